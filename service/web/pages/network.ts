// The page of the network: joins the picture, the filters, the slider of time and the panel of evidence.
import "../styles/network.css";
import { ask, type Found, Refusal } from "../parts/api";
import { calmly, h, the } from "../parts/elements";
import { startFinder } from "../parts/finder";
import { showFacets } from "../parts/network/facets";
import { saveGexf, savePng, saveSvg } from "../parts/network/files";
import { linePanel, nodePanel, overview, pathPanel, things } from "../parts/network/panel";
import { type Look, lineKey, Picture } from "../parts/network/picture";
import { drawing, filters, read, type State, write } from "../parts/network/state";
import { showTable } from "../parts/network/table";
import { TimeSlider } from "../parts/network/time";
import type { Drawn, Facets, Line, Thing } from "../parts/network/types";

interface Neighbours {
  items: { thing: Thing }[];
}

const page = the("#network");
page.hidden = false;
// Asked for before anything is made ready to draw it; the head of the page has asked already.
const first = ask<Drawn>(page.dataset.drawing ?? "/api/drawing");
const panel = the("#panel");
const note = the("#note");
const table = the("#as-table");
const state: State = read(new URLSearchParams(location.search));
let drawn: Drawn | null = null;
let path: Set<string> = new Set();
let pathFrom = "";
let asking: AbortController | undefined;
let telling: AbortController | undefined;

const remember = calmly(150, () => history.replaceState(null, "", write(state)));
const listed = calmly(200, () => showTable(table, picture, openLine));
const picture = new Picture(the("#picture"), page.dataset.layout ?? "", look(), {
  onNode: chooseNode,
  onOpen: open,
  onLine: openLine,
  onNothing: () => choose({ node: "", edge: null, path: null }),
  onPin: (id, x, y) => {
    state.pins[id] = [x, y];
    remember();
    if (state.node === id) showPanel();
  },
  onArranged: (done) => {
    the("#arrange").setAttribute("aria-pressed", String(!done));
    if (done) page.dataset.arranged = "yes";
  },
  onCamera: () => {
    const { x, y, ratio } = picture.renderer.getCamera().getState();
    const isUsual = Math.abs(x - 0.5) < 0.001 && Math.abs(y - 0.5) < 0.001 && Math.abs(ratio - 1) < 0.001;
    state.camera = isUsual ? null : { x, y, ratio };
    remember();
  },
});
const slider = new TimeSlider(the("#time"), (since, until) => {
  Object.assign(state, { since, until });
  relook();
  if (!slider.playing) count();
});

function look(): Look {
  const ends = state.path ?? state.edge ?? [];
  return {
    colour: state.colour,
    hidden: new Set(state.hidden),
    since: state.since,
    until: state.until,
    undated: state.undated,
    selected: new Set([state.node, pathFrom, ...state.around, ...ends].filter(Boolean)),
    selectedLine: state.edge && lineKey(...state.edge),
    path,
  };
}

/** Show what changed without asking the service. */
function relook(): void {
  picture.setLook(look());
  remember();
  listed();
}

/** Ask for the network anew: the filters have changed, or whose surroundings are drawn. */
async function redraw(asked?: Promise<Drawn>): Promise<void> {
  asking?.abort();
  asking = new AbortController();
  remember();
  try {
    drawn = await (asked ?? ask<Drawn>("/api/drawing", drawing(state), asking.signal));
  } catch (error) {
    if (error instanceof Refusal) note.textContent = error.message;
    else if (!(error instanceof DOMException)) throw error;
    return;
  }
  picture.show(drawn, state.pins, look());
  page.dataset.ready = "yes";
  delete page.dataset.arranged;
  tell(drawn);
  const panelled = showPanel();
  // What nobody waits for comes after the first look at the picture.
  await seen();
  picture.arrange();
  listed();
  count();
  await panelled;
}

/** Waits until what was made is seen. */
const seen = () =>
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));

function tell(shown: Drawn): void {
  const parts = [];
  if (shown.aggregated)
    parts.push(`${things(shown).toLocaleString("en")} things in ${shown.communities} communities`);
  else if (shown.edges.length < shown.total_edges) {
    parts.push(
      `the ${shown.edges.length.toLocaleString("en")} heaviest of ${shown.total_edges.toLocaleString("en")} edges`,
    );
  }
  if (!shown.nodes.length) parts.push("Nothing is left with these filters.");
  if (state.community !== null && !state.around.length) parts.push(`community ${state.community + 1}`);
  note.textContent = parts.join(" · ");
  the("#whole").hidden = !state.around.length && state.community === null && !state.hidden.length;
  the<HTMLAnchorElement>("#whole-gexf").href = `/api/network.gexf?${filters(state, true)}`;
}

const count = calmly(80, async () => {
  const query = filters(state, true);
  query.set("per", "month");
  const facets = await ask<Facets>("/api/facets", query);
  const whose = state.around.length || state.community !== null ? "The whole network: " : "";
  the("#kept").textContent =
    whose +
    `${facets.nodes.toLocaleString("en")} nodes, ${facets.edges.toLocaleString("en")} edges, ${facets.facts.toLocaleString("en")} facts`;
  showFacets(the("#facets"), facets, state, (name, values) => {
    if (name === "minimum") state.minimum = Math.max(1, Number(values[0]) || 1);
    else if (name === "undated") state.undated = values.length > 0;
    else state.chosen[name] = values;
    if (name !== "undated") state.community = null;
    void redraw();
  });
  if (!slider.playing) slider.show(facets.period, state.since, state.until);
});

function choose(chosen: Partial<Pick<State, "node" | "edge" | "path">>): void {
  Object.assign(state, { node: "", edge: null, path: null }, chosen);
  if (!state.path) path = new Set();
  pathFrom = "";
  relook();
  void showPanel();
}

function chooseNode(id: string): void {
  if (pathFrom && pathFrom !== id) choose({ path: [pathFrom, id] });
  else choose({ node: id });
}

function openLine(line: Line): void {
  choose({ edge: [line.source, line.target] });
  if (matchMedia("(width < 76rem)").matches) panel.scrollIntoView({ block: "nearest" });
  panel.focus({ preventScroll: true });
}

/** Show what is around a thing, or what is in a community. */
function open(id: string): void {
  if (id.startsWith("community/")) state.community = Number(id.split("/")[1]);
  else state.around = [id];
  state.hidden = [];
  state.pins = {};
  choose({ node: id.startsWith("community/") ? "" : id });
  picture.fit();
  void redraw();
}

async function showPanel(): Promise<void> {
  telling?.abort();
  telling = new AbortController();
  try {
    const shown = await panelContent(telling.signal);
    panel.replaceChildren(...shown);
    panel.scrollTop = 0;
  } catch (error) {
    if (error instanceof Refusal) panel.replaceChildren(h("p", {}, error.message));
    else if (!(error instanceof DOMException)) throw error;
  }
}

async function panelContent(signal: AbortSignal): Promise<Node[]> {
  if (!drawn) return [];
  if (state.path) {
    const { shown, found } = await pathPanel(state.path, filters(state, true));
    path = new Set(found.paths.flatMap((one) => one.nodes.map((node) => node.id)));
    for (const one of found.paths) for (const step of one.steps) path.add(lineKey(step.source, step.target));
    relook();
    return shown;
  }
  const { graph } = picture;
  if (state.edge && graph.hasEdge(lineKey(...state.edge))) {
    const line = graph.getEdgeAttribute(lineKey(...state.edge), "line");
    if (line.source.startsWith("community/")) return overview(drawn);
    const names = [line.source, line.target].map((id) => graph.getNodeAttribute(id, "label"));
    return linePanel(line, names as [string, string], filters(state, true), signal);
  }
  if (state.node && graph.hasNode(state.node)) return nodeContent(state.node, signal);
  return overview(drawn);
}

async function nodeContent(id: string, signal: AbortSignal): Promise<Node[]> {
  const { node, fixed } = picture.graph.getNodeAttributes(id);
  const ways = { pinned: fixed, pathFrom: pathFrom === id, drawnNeighbours: picture.graph.degree(id) };
  return nodePanel(node, ways, node.kind === "community" ? {} : await around(id, signal), {
    open: () => open(id),
    hide: () => {
      state.hidden.push(id);
      choose({});
      if (drawn) tell(drawn);
    },
    pin: () => {
      const { x, y } = picture.graph.getNodeAttributes(id);
      if (fixed) delete state.pins[id];
      else state.pins[id] = [x, y];
      picture.graph.setNodeAttribute(id, "fixed", !fixed);
      relook();
      void showPanel();
    },
    path: () => {
      pathFrom = id;
      relook();
      void showPanel();
    },
    expand: () => {
      if (!state.around.includes(id)) state.around.push(id);
      void redraw();
    },
  });
}

/** How many of each kind are tied to a thing, before anything of it is drawn. */
async function around(id: string, signal: AbortSignal): Promise<Record<string, number>> {
  const query = filters(state, true);
  query.set("limit", "1000");
  query.set("facts", "0");
  const found = await ask<Neighbours>(`/api/entities/${id}/neighbours`, query, signal);
  const counts: Record<string, number> = {};
  for (const { thing } of found.items) counts[thing.kind] = (counts[thing.kind] ?? 0) + 1;
  return counts;
}

function listen(): void {
  const colour = the<HTMLSelectElement>("#colour");
  colour.value = state.colour;
  colour.addEventListener("change", () => {
    state.colour = colour.value as State["colour"];
    relook();
  });
  the("#whole").addEventListener("click", () => {
    Object.assign(state, { around: [], community: null, hidden: [], pins: {} });
    choose({});
    picture.fit();
    void redraw();
  });
  the("#arrange").addEventListener("click", () => {
    if (picture.arranging) picture.halt();
    else picture.arrange();
    the("#arrange").setAttribute("aria-pressed", String(picture.arranging));
  });
  the("#in").addEventListener("click", () => picture.zoom(1 / 1.5));
  the("#out").addEventListener("click", () => picture.zoom(1.5));
  the("#fit").addEventListener("click", () => picture.fit());
  const saves: Record<string, (picture: Picture) => void> = { png: savePng, svg: saveSvg, gexf: saveGexf };
  for (const button of page.querySelectorAll<HTMLButtonElement>("[data-save]")) {
    button.addEventListener("click", () => {
      saves[button.dataset.save ?? ""]?.(picture);
      the("details.menu", page).removeAttribute("open");
    });
  }
  the("#add").addEventListener("submit", (event) => event.preventDefault());
  const who = the<HTMLInputElement>("#who");
  startFinder(who, {
    kinds: ["actor"],
    sentences: false,
    choose: (hit: Found) => {
      who.value = "";
      if (pathFrom) chooseNode(hit.id);
      else if (picture.graph.hasNode(hit.id)) choose({ node: hit.id });
      else if (state.around.length) {
        state.around.push(hit.id);
        void redraw();
      } else open(hit.id);
    },
  });
}

listen();
if (matchMedia("(width < 48rem)").matches) the(".filters details").removeAttribute("open");
await redraw(first);
if (state.camera) picture.renderer.getCamera().setState(state.camera);
