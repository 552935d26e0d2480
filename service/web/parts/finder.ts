// A search field with suggestions below it: the combobox pattern, for the mouse and for the keyboard.
import { ask, type Found, sentenceAddress, type Thing, thingAddress, words } from "./api";
import { calmly, h, marked } from "./elements";

interface Hits {
  total: number;
  items: Found[];
}

interface Group {
  heading: string;
  hits: Found[];
}

/** How a finder is used: what it looks for, and what becomes of a choice. */
export interface Use {
  kinds: string[];
  sentences: boolean;
  choose: (hit: Found) => void;
}

const WAIT = 120;
let finders = 0;

/** Where a hit leads. */
export function address(hit: Found): string {
  if (hit.match === "sentence" && hit.evidence) return sentenceAddress(hit.evidence);
  if (hit.kind === "document") return `/doc/${hit.id.replace(/^.*\/doc\//, "")}`;
  return thingAddress(hit.id);
}

/** Let a search field of a page suggest pages to go to. */
export function startSearch(input: HTMLInputElement): void {
  startFinder(input, {
    kinds: ["entity", "event", "document"],
    sentences: true,
    choose: (hit) => location.assign(address(hit)),
  });
}

/** Let a field suggest things. */
export function startFinder(input: HTMLInputElement, use: Use): void {
  const box = input.closest<HTMLElement>(".finder");
  if (!box) return;
  const id = `suggestions-${++finders}`;
  const list = h("div", {
    id,
    role: "listbox",
    class: "suggestions",
    "aria-label": "Suggestions",
    hidden: true,
  });
  box.append(list);
  const told = h("span", { class: "out-of-sight", role: "status" });
  box.append(told);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
    autocomplete: "off",
    spellcheck: "false",
  })) {
    input.setAttribute(name, value);
  }
  let options: { element: HTMLElement; hit: Found }[] = [];
  let active = -1;
  let running: AbortController | undefined;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const activate = (next: number) => {
    options[active]?.element.setAttribute("aria-selected", "false");
    active = next;
    const option = options[active];
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.element.setAttribute("aria-selected", "true");
    option.element.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.element.id);
  };
  const choose = (hit: Found) => {
    close();
    use.choose(hit);
  };
  const show = (groups: Group[]) => {
    options = [];
    const filled = groups.filter((group) => group.hits.length);
    list.replaceChildren(
      ...filled.map((group, place) => {
        const heading = h("div", { class: "heading", id: `${id}-${place}` }, group.heading);
        const elements = group.hits.map((hit) => {
          const element = option(hit, `${id}-option-${options.length}`);
          options.push({ element, hit });
          element.addEventListener("pointerdown", (event) => event.preventDefault());
          element.addEventListener("click", () => choose(hit));
          return element;
        });
        return h("div", { role: "group", "aria-labelledby": heading.id }, heading, ...elements);
      }),
    );
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(options.length > 0));
    told.textContent = options.length ? `${options.length} suggestions` : "No suggestions";
  };
  const look = calmly(WAIT, async () => {
    running?.abort();
    const text = input.value.trim();
    if (!text) return close();
    running = new AbortController();
    try {
      const groups = await suggestions(text, use, running.signal);
      if (document.activeElement === input) show(groups);
    } catch (error) {
      if (!(error instanceof DOMException)) close();
    }
  });

  input.addEventListener("input", look);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const chosen = options[active];
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) look();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = options.length + 1;
      activate(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && !list.hidden && chosen) {
      event.preventDefault();
      choose(chosen.hit);
    }
  });
}

async function suggestions(text: string, use: Use, signal: AbortSignal): Promise<Group[]> {
  const named = new URLSearchParams([
    ["q", text],
    ["prefix", "true"],
    ["limit", "9"],
  ]);
  for (const kind of use.kinds) named.append("kind", kind);
  const said = new URLSearchParams({ q: text, kind: "sentence", limit: "4" });
  const [names, sentences] = await Promise.all([
    ask<Hits>("/api/search", named, signal),
    use.sentences && text.length > 2 ? ask<Hits>("/api/search", said, signal) : { total: 0, items: [] },
  ]);
  return [
    { heading: "Names", hits: names.items },
    { heading: "Sentences", hits: sentences.items },
  ];
}

function option(hit: Found, id: string): HTMLElement {
  const shown = marked(hit.snippet.text, hit.snippet.marks);
  if (hit.match === "sentence") {
    return h("div", { role: "option", id, class: "sentence", "aria-selected": "false" }, ...shown);
  }
  const alias = hit.match === "alias" && hit.snippet.text !== hit.label;
  return h(
    "div",
    { role: "option", id, "aria-selected": "false" },
    h("span", { class: `dot ${hit.kind}` }),
    alias ? h("span", {}, `${hit.label} `, h("span", { class: "note" }, ...shown)) : h("span", {}, ...shown),
    h("span", { class: "note" }, kindWords(hit)),
  );
}

/** What a thing is, in a word or two. */
export const kindWords = (thing: Thing): string => (thing.kind === "person" ? "person" : words(thing.class));
