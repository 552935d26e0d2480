// The colours of networks, read from the design tokens as they are now, light or dark.
import { colour } from "../theme";
import type { DrawnNode, Line } from "./types";

type Rgb = [number, number, number];

const COMMUNITIES = ["institution", "person", "state", "instrument", "event", "territory", "cooperative"];
/** How much of a line's colour is left where what it stands for is planned or only possible. */
const UNSURE = 0.42;

export class Colours {
  readonly ink = colour("--ink");
  readonly quiet = colour("--quiet");
  readonly raised = colour("--raised");
  readonly seal = colour("--seal");
  readonly edge = colour("--edge");
  private readonly ground = rgb(colour("--raised"));
  private readonly named = new Map<string, string>();

  /** Of a node, by what it is or by whom it is tied to. */
  node(node: DrawnNode, by: "kind" | "community"): string {
    if (node.kind === "community" || by === "community") return this.community(node.community ?? 0);
    return this.token(node.kind);
  }

  /** Of an edge: by sign, and lighter where nothing of it is told as a fact. */
  line(line: Line): string {
    const sign = line.polarity;
    const full =
      sign === "cooperative" || sign === "conflictual"
        ? this.token(sign)
        : sign === "mixed"
          ? this.token("instrument")
          : this.faded(this.token("neutral"), sign === "neutral" ? 0.75 : 0.45);
    return line.factuality === "actual" ? full : this.faded(full, UNSURE);
  }

  /** A colour mixed with the ground, of which so much is left. */
  faded(of: string, share: number): string {
    const mixed = rgb(of).map((value, place) =>
      Math.round(value * share + (this.ground[place] ?? 0) * (1 - share)),
    );
    return `rgb(${mixed.join(",")})`;
  }

  private community(number: number): string {
    const name = COMMUNITIES[number % COMMUNITIES.length] ?? "entity";
    const shade = [1, 0.6, 0.35][Math.floor(number / COMMUNITIES.length) % 3] ?? 1;
    return this.faded(this.token(name), shade);
  }

  private token(name: string): string {
    const known = this.named.get(name) ?? colour(`--${name}`, "--entity");
    this.named.set(name, known);
    return known;
  }
}

function rgb(text: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}
