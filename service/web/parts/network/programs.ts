// What draws nodes and edges: WebGL, or, where the processor plays the graphics card, it paints them, far faster.
import type Sigma from "sigma";
import {
  type AbstractEdgeProgram,
  type AbstractNodeProgram,
  EdgeLineProgram,
  type EdgeProgramType,
  EdgeRectangleProgram,
  NodeCircleProgram,
} from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { colorToArray } from "sigma/utils";
import type { LineAttributes, NodeAttributes } from "./picture";
import { Sheet } from "./sheet";

type Edge = [from: NodeDisplayData, to: NodeDisplayData, shown: EdgeDisplayData];
type Renderer = Sigma<NodeAttributes, LineAttributes>;
type EdgeProgram = EdgeProgramType<NodeAttributes, LineAttributes>;
type NodePainter = AbstractNodeProgram<NodeAttributes, LineAttributes>;
type EdgePainter = AbstractEdgeProgram<NodeAttributes, LineAttributes>;

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;
/** Names of programs for edges that sigma makes in any case, so that it makes no more than these two. */
export const [THIN, WIDE] = ["arrow", "line"];

/** Whether what is drawn in a context of WebGL is drawn by the processor. */
export function isSoftware(gl: WebGLRenderingContext | WebGL2RenderingContext | null): boolean {
  const names = gl?.getExtension("WEBGL_debug_renderer_info");
  return Boolean(names && SOFTWARE.test(String(gl?.getParameter(names.UNMASKED_RENDERER_WEBGL))));
}

const edgeSheets = new WeakMap<Renderer, Sheet>();

/** The sheet that all edges of a renderer are painted on, one point wide on any screen. */
function edgeSheet(renderer: Renderer): Sheet {
  const sheet = edgeSheets.get(renderer) ?? new Sheet(renderer, "paintedEdges", "edges", 1);
  edgeSheets.set(renderer, sheet);
  return sheet;
}

/** A program for edges that leaves them to WebGL or to a painter. */
function edges(
  Usual: EdgeProgram,
  paint: (sheet: Sheet, edges: Edge[], params: RenderParams) => void,
): EdgeProgram {
  return class implements EdgePainter {
    readonly drawLabel = undefined;
    private readonly usual: EdgePainter | null;
    private readonly sheet: Sheet | null;
    private edges: Edge[] = [];

    constructor(gl: WebGLRenderingContext, picking: WebGLFramebuffer | null, renderer: Renderer) {
      this.sheet = isSoftware(gl) ? edgeSheet(renderer) : null;
      this.usual = this.sheet ? null : new Usual(gl, picking, renderer);
    }

    kill(): void {
      this.usual?.kill();
    }

    reallocate(capacity: number): void {
      this.usual?.reallocate(capacity);
      this.edges = new Array(capacity);
    }

    process(number: number, row: number, from: NodeDisplayData, to: NodeDisplayData, shown: EdgeDisplayData) {
      this.usual?.process(number, row, from, to, shown);
      if (this.sheet) this.edges[row] = [from, to, shown];
    }

    render(params: RenderParams): void {
      this.usual?.render(params);
      if (!this.sheet) return;
      const seen = this.edges.filter(([from, to, shown]) => !shown.hidden && !from.hidden && !to.hidden);
      if (seen.length) paint(this.sheet, seen, params);
    }
  };
}

/** Edges one point wide. */
export const ThinEdges = edges(EdgeLineProgram, (sheet, edges, { matrix }) => {
  for (const [from, to, shown] of edges) {
    sheet.dot(...sheet.place(matrix, from), ...sheet.place(matrix, to), pixel(shown.color));
  }
  sheet.show();
});

/** Edges as wide as their size says. */
export const WideEdges = edges(EdgeRectangleProgram, (sheet, edges, params) => {
  const { context } = sheet;
  for (const [from, to, shown] of edges) {
    context.beginPath();
    context.moveTo(...sheet.place(params.matrix, from));
    context.lineTo(...sheet.place(params.matrix, to));
    context.strokeStyle = shown.color;
    context.lineWidth = Math.max(shown.size / params.sizeRatio, params.minEdgeThickness);
    context.stroke();
  }
});

/** Nodes as circles, by WebGL or by a painter. */
export class Circles implements NodePainter {
  readonly drawLabel = undefined;
  readonly drawHover = undefined;
  private readonly usual: NodePainter | null;
  private readonly sheet: Sheet | null;
  private nodes: NodeDisplayData[] = [];

  constructor(gl: WebGLRenderingContext, picking: WebGLFramebuffer | null, renderer: Renderer) {
    this.sheet = isSoftware(gl) ? new Sheet(renderer, "paintedNodes", "nodes", devicePixelRatio) : null;
    this.usual = this.sheet ? null : new NodeCircleProgram(gl, picking, renderer);
  }

  kill(): void {
    this.usual?.kill();
  }

  reallocate(capacity: number): void {
    this.usual?.reallocate(capacity);
    this.nodes = new Array(capacity);
  }

  process(number: number, row: number, shown: NodeDisplayData): void {
    this.usual?.process(number, row, shown);
    if (this.sheet) this.nodes[row] = shown;
  }

  render(params: RenderParams): void {
    this.usual?.render(params);
    if (!this.sheet) return;
    const { context } = this.sheet;
    for (const shown of this.nodes) {
      if (!shown || shown.hidden) continue;
      context.beginPath();
      context.arc(...this.sheet.place(params.matrix, shown), shown.size / params.sizeRatio, 0, 2 * Math.PI);
      context.fillStyle = shown.color;
      context.fill();
    }
  }
}

/** Draws nothing: what is under the pointer is drawn with its name. */
export class Nothing implements NodePainter {
  readonly drawLabel = undefined;
  readonly drawHover = undefined;
  kill(): void {}
  reallocate(_: number): void {}
  process(_: number, __: number, ___: NodeDisplayData): void {}
  render(_: RenderParams): void {}
}

const pixels = new Map<string, number>();

/** A colour as canvases keep it, in the order of bytes that nearly all machines have. */
function pixel(colour: string): number {
  const known = pixels.get(colour);
  if (known !== undefined) return known;
  const [red, green, blue] = colorToArray(colour);
  const made = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  pixels.set(colour, made);
  return made;
}
