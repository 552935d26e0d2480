// How names are drawn: with a rim of the ground, so that lines do not cross them; under the pointer on a plate.
import type { Attributes } from "graphology-types";
import type { Settings } from "sigma/settings";
import type { NodeDisplayData, PartialButFor } from "sigma/types";
import type { Colours } from "./colours";

/** Letters of the longest name that is drawn whole; all of it is seen under the pointer. */
const LONG = 32;

type Shown = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;

/** Where a name of a width begins: on the right of its node or, where the picture ends there, on the left. */
function beginning(context: CanvasRenderingContext2D, x: number, away: number, width: number): number {
  const right = x + away;
  return right + width > context.canvas.clientWidth && x - away - width > 0 ? x - away - width : right;
}

/** A name as long as it may be beside others; that of a community ends with how many it has. */
function short(name: string): string {
  const [end] = / and [\d,]+ more$/.exec(name) ?? [""];
  const begin = name.slice(0, name.length - end.length);
  return begin.length > LONG ? `${begin.slice(0, LONG - 2).trimEnd()}…${end}` : name;
}

/** Draw the name of a node beside it. */
export function drawLabel<N extends Attributes, E extends Attributes>(
  context: CanvasRenderingContext2D,
  shown: Shown,
  settings: Settings<N, E>,
  colours: Colours,
): void {
  if (!shown.label) return;
  context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
  const name = short(shown.label);
  const x = beginning(context, shown.x, shown.size + 3, context.measureText(name).width);
  const y = shown.y + settings.labelSize / 3;
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = colours.raised;
  context.strokeText(name, x, y);
  context.fillStyle = colours.ink;
  context.fillText(name, x, y);
}

/** Draw the plate, the node on it and its name. */
export function drawHover<N extends Attributes, E extends Attributes>(
  context: CanvasRenderingContext2D,
  shown: Shown,
  settings: Settings<N, E>,
  colours: Colours,
): void {
  const { labelSize: size, labelFont: font, labelWeight: weight } = settings;
  const radius = shown.size + 3;
  context.font = `${weight} ${size}px ${font}`;
  const height = Math.max(size + 10, 2 * radius);
  const width = shown.label ? context.measureText(shown.label).width : 0;
  const text = beginning(context, shown.x, radius + 3, width);
  const isLeft = text < shown.x;
  const begin = isLeft ? text - 8 : shown.x - radius;
  const end = isLeft || !shown.label ? shown.x + radius : text + width + 8;
  context.beginPath();
  context.roundRect(begin, shown.y - height / 2, end - begin, height, height / 2);
  context.fillStyle = colours.raised;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colours.edge;
  context.stroke();
  context.beginPath();
  context.arc(shown.x, shown.y, shown.size, 0, 2 * Math.PI);
  context.fillStyle = shown.color;
  context.fill();
  if (!shown.label) return;
  context.fillStyle = colours.ink;
  context.fillText(shown.label, text, shown.y + size / 3);
}
