// What stands beside the picture: a thing, what an edge rests on, a path, or how to read the picture.
import { ask, sentenceAddress, thingAddress, words } from "../api";
import { h } from "../elements";
import type { Drawn, DrawnNode, Edge, Fact, FactPage, Line, Paths, Thing } from "./types";

const FACTS = "60";
const PLURALS: Record<string, string> = { person: "people", territory: "territories", entity: "others" };

/** How many things all circles stand for. */
export const things = (drawn: Drawn): number => drawn.nodes.reduce((sum, node) => sum + node.size, 0);

/** How the picture is to be read. */
export function overview(drawn: Drawn): Node[] {
  const strokes = [
    ["cooperative", "cooperative events"],
    ["conflictual", "conflictual events"],
    ["mixed", "both"],
    ["", "neutral events"],
    ["none", "no event: an office, a membership"],
    ["cooperative unsure", "lighter: planned or only possible"],
  ];
  const kinds = drawn.aggregated ? [] : [...new Set(drawn.nodes.map((node) => node.kind))].sort();
  return [
    h("h2", {}, drawn.aggregated ? "Communities" : "The network"),
    h(
      "p",
      {},
      drawn.aggregated
        ? `${things(drawn).toLocaleString("en")} things are too many to draw one by one. Each circle is a community of those tied most to each other; double-click one to open it.`
        : "Click a circle for what is known of it, a line for the sentences behind it. Drag a circle to pin it; double-click one to show those around it.",
    ),
    h(
      "ul",
      { class: "legend" },
      ...kinds.map((kind) => h("li", {}, h("span", { class: `dot ${kind}` }), kind)),
      ...strokes.map(([name, text]) => h("li", {}, h("span", { class: `stroke ${name}` }), text)),
    ),
  ];
}

export interface NodeCalls {
  open: () => void;
  hide: () => void;
  pin: () => void;
  path: () => void;
  expand: () => void;
}

/** What is known of a node, and how many would come if it were expanded. */
export function nodePanel(
  node: DrawnNode,
  ways: { pinned: boolean; pathFrom: boolean; drawnNeighbours: number },
  around: Record<string, number>,
  calls: NodeCalls,
): Node[] {
  const button = (text: string, call: () => void, pressed = false) => {
    const made = h("button", { type: "button", "aria-pressed": pressed ? "true" : null }, text);
    made.addEventListener("click", call);
    return made;
  };
  if (node.kind === "community") {
    return [
      h("h2", {}, `${node.label} and ${node.size - 1} more`),
      h("p", { class: "note" }, `${node.neighbours} communities tied to it, ${node.weight} facts`),
      h("p", { class: "row" }, button("Open it", calls.open), button("Hide", calls.hide)),
    ];
  }
  const counts = Object.entries(around)
    .sort((a, b) => b[1] - a[1])
    .map(([kind, count]) => `${count} ${count === 1 ? kind : (PLURALS[kind] ?? `${kind}s`)}`);
  const unseen = node.neighbours - ways.drawnNeighbours;
  return [
    h("p", { class: "note" }, h("span", { class: `dot ${node.kind}` }), ` ${words(node.class ?? node.kind)}`),
    h("h2", {}, h("a", { href: thingAddress(node.id) }, node.label)),
    h("p", { class: "note" }, `${node.neighbours} neighbours, ${node.weight} facts with them`),
    h(
      "p",
      { class: "row" },
      button(ways.pinned ? "Unpin" : "Pin", calls.pin, ways.pinned),
      button("Hide", calls.hide),
      button(ways.pathFrom ? "Now choose the other end" : "Path from here", calls.path, ways.pathFrom),
    ),
    h("h3", {}, "Around it"),
    h("p", { class: "note" }, counts.join(", ")),
    h(
      "p",
      { class: "row" },
      unseen > 0 ? button(`Expand: ${unseen} more`, calls.expand) : null,
      button("Show only what is around it", calls.open),
    ),
    unseen > 0 ? h("p", { class: "note" }, `${unseen} of its neighbours are not drawn.`) : h("span"),
  ];
}

/** The events and sentences that an edge rests on. */
export async function linePanel(
  line: Line,
  names: [string, string],
  filters: URLSearchParams,
  signal: AbortSignal,
): Promise<Node[]> {
  const query = new URLSearchParams([
    ["a", line.source],
    ["b", line.target],
    ["limit", FACTS],
  ]);
  for (const [name, value] of filters) query.append(name, value);
  const page = await ask<FactPage>("/api/facts", query, signal);
  const compare = `/compare?${new URLSearchParams({ a: line.source, b: line.target })}`;
  return [
    h(
      "h2",
      {},
      h("a", { href: thingAddress(line.source) }, names[0]),
      " and ",
      h("a", { href: thingAddress(line.target) }, names[1]),
    ),
    h(
      "p",
      { class: "note" },
      `${page.total} facts: ${line.cooperative} cooperative, ${line.conflictual} conflictual, ${line.neutral} neutral events. `,
      h("a", { href: compare }, "Compare the two"),
    ),
    h("ol", { class: "facts" }, ...page.items.map(fact)),
    ...(page.total > page.items.length
      ? [h("p", { class: "note" }, `The latest ${page.items.length}.`)]
      : []),
  ];
}

/** The shortest paths between two things, and what each step rests on. */
export async function pathPanel(
  ends: [string, string],
  filters: URLSearchParams,
): Promise<{ shown: Node[]; found: Paths }> {
  const query = new URLSearchParams(filters);
  for (const [name, value] of [
    ["from", ends[0]],
    ["to", ends[1]],
    ["k", "3"],
    ["facts", "2"],
  ] as const) {
    query.set(name, value);
  }
  const found = await ask<Paths>("/api/paths", query);
  const ways = found.paths.map((path, place) =>
    h(
      "section",
      {},
      h("h3", {}, found.paths.length > 1 ? `Way ${place + 1}, ${path.length} steps` : `${path.length} steps`),
      ...path.steps.flatMap((step) => stepShown(step, path.nodes)),
    ),
  );
  const title = h("h2", {}, `From ${found.source.label} to ${found.target.label}`);
  const none = h("p", {}, "No path of six steps or fewer joins them under these filters.");
  return { shown: [title, ...(ways.length ? ways : [none])], found };
}

function stepShown(step: Edge, nodes: Thing[]): Node[] {
  const label = (id: string) => nodes.find((node) => node.id === id)?.label ?? id;
  return [
    h(
      "p",
      {},
      h("b", {}, `${label(step.source)} – ${label(step.target)}`),
      h("span", { class: "note" }, ` ${step.weight} facts`),
    ),
    h("ol", { class: "facts" }, ...step.facts.map(fact)),
  ];
}

/** An event, tenure or relation with its sentences. */
export function fact(
  one: Pick<Fact, "id" | "label" | "when" | "polarity" | "factuality" | "evidence">,
): HTMLElement {
  const label = one.id ? h("a", { href: thingAddress(one.id) }, one.label) : h("span", {}, one.label);
  const badge = (name: string) => h("span", { class: `badge ${name}` }, name);
  return h(
    "li",
    {},
    h(
      "div",
      { class: "fact-head" },
      h("time", {}, one.when ?? "no date"),
      label,
      one.polarity && one.polarity !== "neutral" ? badge(one.polarity) : null,
      one.factuality !== "actual" ? badge(one.factuality) : null,
    ),
    ...one.evidence.map((sentence) =>
      h(
        "blockquote",
        {},
        sentence.quote,
        h(
          "cite",
          {},
          h("a", { href: sentenceAddress(sentence) }, `${sentence.document}, the sentence in the text`),
        ),
      ),
    ),
  );
}
