// The filters: the values of each, and what each would keep, before one chooses it.
import { words } from "../api";
import { h } from "../elements";
import type { Choice, State } from "./state";
import type { Facets, Value } from "./types";

const SHOWN = 7;
const GROUPS: { name: Choice; heading: string; only?: string[] }[] = [
  {
    name: "kind",
    heading: "Who and what",
    only: ["person", "institution", "state", "territory", "instrument", "event"],
  },
  { name: "polarity", heading: "Sign" },
  { name: "factuality", heading: "How sure" },
  { name: "tie", heading: "What ties them" },
  { name: "class", heading: "Events and relations" },
  { name: "publisher", heading: "Published by" },
  { name: "document", heading: "Documents" },
];
/** What counts where nothing is chosen, for those filters where that is not everything. */
const USUAL: Partial<Record<Choice, string[]>> = {
  kind: ["person", "institution", "state"],
  factuality: ["actual", "planned", "possible"],
};

/** Show the filters in a box. ``changed`` is called with each new choice. */
export function showFacets(
  box: HTMLElement,
  facets: Facets,
  state: State,
  changed: (name: Choice | "minimum" | "undated", values: string[]) => void,
): void {
  const focused = document.activeElement?.id;
  const open = new Set([...box.querySelectorAll<HTMLDetailsElement>("details[open]")].map((one) => one.id));
  const groups = GROUPS.map(({ name, heading, only }) => {
    const values = facets[name].filter(({ value }) => !only || only.includes(value));
    return values.length ? group(name, heading, values, state, open, changed) : null;
  });
  box.replaceChildren(
    ...groups.filter((one) => one !== null),
    minimum(state, changed),
    undated(facets, state, changed),
  );
  if (focused) document.getElementById(focused)?.focus();
}

function group(
  name: Choice,
  heading: string,
  values: Value[],
  state: State,
  open: Set<string>,
  changed: (name: Choice, values: string[]) => void,
): HTMLElement {
  const given = state.chosen[name].flatMap((value) => (value === "actor" ? (USUAL.kind ?? []) : [value]));
  const chosen = new Set(given.length ? given : USUAL[name]);
  const rows = values.map((value, place) => {
    const input = h("input", { type: "checkbox", id: `${name}-${place}`, value: value.value });
    input.checked = chosen.has(value.value);
    input.addEventListener("change", () => {
      if (input.checked) chosen.add(value.value);
      else chosen.delete(value.value);
      const usual = USUAL[name];
      const isUsual = usual && usual.length === chosen.size && usual.every((one) => chosen.has(one));
      changed(name, isUsual ? [] : [...chosen]);
    });
    return h(
      "label",
      { class: value.count ? "check" : "check none" },
      input,
      h("span", {}, ["class", "tie", "kind"].includes(name) ? words(value.label) : value.label),
      h("span", { class: "count" }, value.count.toLocaleString("en")),
    );
  });
  const first = rows.slice(0, SHOWN);
  const rest = rows.slice(SHOWN);
  const more = rest.length
    ? h(
        "details",
        {
          class: "more",
          id: `more-${name}`,
          open: open.has(`more-${name}`) || rest.some((row) => row.querySelector("input")?.checked),
        },
        h("summary", {}, `${rest.length} more`),
        ...rest,
      )
    : null;
  return h("fieldset", {}, h("legend", {}, heading), ...first, more);
}

function minimum(state: State, changed: (name: "minimum", values: string[]) => void): HTMLElement {
  const input = h("input", { type: "number", id: "minimum", min: 1, max: 999, value: state.minimum });
  input.addEventListener("change", () => changed("minimum", [input.value]));
  return h(
    "fieldset",
    {},
    h("label", { class: "check", for: "minimum" }, "Facts in common, at least ", input),
  );
}

function undated(
  facets: Facets,
  state: State,
  changed: (name: "undated", values: string[]) => void,
): HTMLElement {
  const input = h("input", { type: "checkbox", id: "undated" });
  input.checked = state.undated;
  input.addEventListener("change", () => changed("undated", input.checked ? ["true"] : []));
  const count = h("span", { class: "count" }, facets.undated.toLocaleString("en"));
  return h("label", { class: "check" }, input, "Also without a date, when time is narrowed", count);
}
