// A layer of the picture that the processor paints, for machines without a graphics card.

import type Sigma from "sigma";
import type { LineAttributes, NodeAttributes } from "./picture";

/** A canvas among the layers of a sigma, of the size of its box and empty before each drawing. */
export class Sheet {
  readonly context: CanvasRenderingContext2D;
  /** What is coloured point by point; made at its first use. */
  private image: ImageData | null = null;
  private points = new Uint32Array();
  private width = 0;
  private height = 0;

  /**
   * Args: the renderer, a name for the layer, the layer that it lies on, and how many points of the canvas one of
   * the style sheets has.
   */
  constructor(
    renderer: Sigma<NodeAttributes, LineAttributes>,
    name: string,
    after: string,
    private readonly ratio: number,
  ) {
    const canvas = renderer.createCanvas(name, { afterLayer: after });
    // Kept where the processor paints, rather than where a graphics card would.
    this.context = canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
    renderer.on("beforeRender", () => this.clear(renderer.getContainer()));
  }

  private clear({ offsetWidth: width, offsetHeight: height }: HTMLElement): void {
    const { context, ratio } = this;
    if (width !== this.width || height !== this.height) {
      [this.width, this.height] = [width, height];
      context.canvas.width = Math.max(1, width * ratio);
      context.canvas.height = Math.max(1, height * ratio);
      this.image = null;
      context.scale(ratio, ratio);
    }
    context.clearRect(0, 0, width, height);
    if (this.image) this.points.fill(0);
  }

  /** The points of the sheet, to be coloured. */
  private made(): ImageData {
    if (this.image) return this.image;
    this.image = new ImageData(this.context.canvas.width, this.context.canvas.height);
    this.points = new Uint32Array(this.image.data.buffer);
    return this.image;
  }

  /** Where something lies, by the matrix that sigma gives its programs. */
  place(matrix: Float32Array, { x, y }: { x: number; y: number }): [number, number] {
    const [a = 0, b = 0, , c = 0, d = 0, , e = 0, f = 0] = matrix;
    return [((a * x + c * y + e + 1) / 2) * this.width, ((1 - (b * x + d * y + f)) / 2) * this.height];
  }

  /** Colour the points from one place to another, as far as they lie on the sheet; ``show`` has them seen. */
  dot(x: number, y: number, u: number, v: number, colour: number): void {
    const { width, height } = this.made();
    const { points } = this;
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(u - x), Math.abs(v - y))));
    const [across, down] = [(u - x) / steps, (v - y) / steps];
    const [first, last] = inside(steps, [x, across, width], [y, down, height]);
    let [left, top] = [x + first * across, y + first * down];
    for (let step = first; step <= last; step++) {
      points[(top | 0) * width + (left | 0)] = colour;
      left += across;
      top += down;
    }
  }

  /** Put the coloured points on the sheet, in place of all that was there. */
  show(): void {
    this.context.putImageData(this.made(), 0, 0);
  }
}

/** The first and last of some steps that lie between 0 and an end, each way from a begin by a stride. */
function inside(steps: number, ...ways: [begin: number, stride: number, end: number][]): [number, number] {
  let [first, last] = [0, steps];
  for (const [begin, stride, end] of ways) {
    if (stride === 0) {
      if (begin < 0 || begin >= end) return [1, 0];
      continue;
    }
    const [one, other] = [(0.01 - begin) / stride, (end - 0.01 - begin) / stride];
    first = Math.max(first, Math.ceil(Math.min(one, other)));
    last = Math.min(last, Math.floor(Math.max(one, other)));
  }
  return [first, last];
}
