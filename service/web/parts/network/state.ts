// The whole state of the network page, which its address holds.

export const CHOICES = ["kind", "tie", "class", "polarity", "factuality", "document", "publisher"] as const;
export type Choice = (typeof CHOICES)[number];

export interface State {
  /** Filters, as the API names them. */
  chosen: Record<Choice, string[]>;
  minimum: number;
  since: string;
  until: string;
  undated: boolean;
  /** Whose surroundings are drawn; of nobody: the whole network. */
  around: string[];
  depth: number;
  community: number | null;
  colour: "kind" | "community";
  hidden: string[];
  pins: Record<string, [number, number]>;
  /** What the panel shows: a thing, the edge between two, or the paths between two. */
  node: string;
  edge: [string, string] | null;
  path: [string, string] | null;
  camera: { x: number; y: number; ratio: number } | null;
}

const round = (value: number) => String(Math.round(value * 1000) / 1000);

/** The state that an address holds. */
export function read(query: URLSearchParams): State {
  const two = (name: string): [string, string] | null => {
    const [a, b] = (query.get(name) ?? "").split("|");
    return a && b ? [a, b] : null;
  };
  const [x, y, ratio] = (query.get("camera") ?? "").split(",").map(Number);
  const pins: State["pins"] = {};
  for (const pin of query.getAll("pin")) {
    const [id, px, py] = pin.split("@");
    if (id && px && py) pins[id] = [Number(px), Number(py)];
  }
  return {
    chosen: Object.fromEntries(CHOICES.map((name) => [name, query.getAll(name)])) as State["chosen"],
    minimum: Math.max(1, Number(query.get("minimum")) || 1),
    since: query.get("since") ?? "",
    until: query.get("until") ?? "",
    undated: query.get("undated") === "true",
    around: query.getAll("around"),
    depth: Math.min(4, Math.max(1, Number(query.get("depth")) || 1)),
    community: query.has("community") ? Number(query.get("community")) : null,
    colour: query.get("colour") === "community" ? "community" : "kind",
    hidden: query.getAll("hide"),
    pins,
    node: query.get("node") ?? "",
    edge: two("edge"),
    path: two("path"),
    camera: x !== undefined && y !== undefined && ratio ? { x, y, ratio } : null,
  };
}

/** The filters as parameters of the API; without time where the page itself looks at that. */
export function filters(state: State, withTime: boolean): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of CHOICES) for (const value of state.chosen[name]) query.append(name, value);
  if (state.minimum > 1) query.set("minimum", String(state.minimum));
  if (withTime && state.since) query.set("since", state.since);
  if (withTime && state.until) query.set("until", state.until);
  if (withTime && state.undated) query.set("undated", "true");
  return query;
}

/** What the API is to draw. */
export function drawing(state: State): URLSearchParams {
  const query = filters(state, false);
  for (const id of state.around) query.append("around", id);
  if (state.around.length && state.depth > 1) query.set("depth", String(state.depth));
  if (state.community !== null && !state.around.length) query.set("community", String(state.community));
  return query;
}

/** The address that holds a state. */
export function write(state: State): string {
  const query = filters(state, true);
  for (const [name, value] of drawing(state)) {
    if (["around", "depth", "community"].includes(name)) query.append(name, value);
  }
  if (state.colour !== "kind") query.set("colour", state.colour);
  for (const id of state.hidden) query.append("hide", id);
  for (const [id, [x, y]] of Object.entries(state.pins)) query.append("pin", `${id}@${round(x)}@${round(y)}`);
  if (state.node) query.set("node", state.node);
  if (state.edge) query.set("edge", state.edge.join("|"));
  if (state.path) query.set("path", state.path.join("|"));
  const camera = state.camera;
  if (camera) query.set("camera", [camera.x, camera.y, camera.ratio].map(round).join(","));
  const text = query.toString().replaceAll("%2F", "/").replaceAll("%7C", "|").replaceAll("%40", "@");
  return text ? `${location.pathname}?${text}` : location.pathname;
}
