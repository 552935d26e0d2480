// How names are drawn: with a rim of the ground, so that lines do not cross them; under the pointer on a plate.
import type { Attributes } from "graphology-types";
import type { Settings } from "sigma/settings";
import type { NodeDisplayData, PartialButFor } from "sigma/types";
import type { Colours } from "./colours";

type Shown = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;

/** Draw the name of a node beside it. */
export function drawLabel<N extends Attributes, E extends Attributes>(
  context: CanvasRenderingContext2D,
  shown: Shown,
  settings: Settings<N, E>,
  colours: Colours,
): void {
  if (!shown.label) return;
  context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
  const [x, y] = [shown.x + shown.size + 3, shown.y + settings.labelSize / 3];
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = colours.raised;
  context.strokeText(shown.label, x, y);
  context.fillStyle = colours.ink;
  context.fillText(shown.label, x, y);
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
  const width = shown.label ? context.measureText(shown.label).width + 12 : 0;
  const height = Math.max(size + 10, 2 * radius);
  context.beginPath();
  context.roundRect(shown.x - radius, shown.y - height / 2, width + 2 * radius, height, height / 2);
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
  context.fillText(shown.label, shown.x + radius + 3, shown.y + size / 3);
}
