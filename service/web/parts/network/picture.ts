// A network drawn with WebGL: what is where, what is seen, and what the pointer is on.
import { UndirectedGraph } from "graphology";
import type { EdgeDisplayData, NodeDisplayData } from "sigma/types";
import { onTheme } from "../theme";
import { Arranger, start } from "./arranging";
import { Colours } from "./colours";
import { GlidingSigma } from "./gliding";
import { drawHover, drawLabel } from "./labels";
import { Circles, isSoftware, Nothing, THIN, ThinEdges, WIDE, WideEdges } from "./programs";
import type { Drawn, DrawnNode, Line } from "./types";

export interface NodeAttributes {
  x: number;
  y: number;
  size: number;
  label: string;
  fixed: boolean;
  weight: number;
  node: DrawnNode;
}

export interface LineAttributes {
  size: number;
  weight: number;
  line: Line;
}

/** What of a network is seen, and how. */
export interface Look {
  colour: "kind" | "community";
  hidden: ReadonlySet<string>;
  /** The window of time; null: all. Edges without a date are seen in it only if ``undated``. */
  since: string;
  until: string;
  undated: boolean;
  selected: ReadonlySet<string>;
  selectedLine: string | null;
  path: ReadonlySet<string>;
}

export interface Calls {
  onNode?: (id: string) => void;
  onOpen?: (id: string) => void;
  onLine?: (line: Line) => void;
  onNothing?: () => void;
  onPin?: (id: string, x: number, y: number) => void;
  onArranged?: (done: boolean) => void;
  onCamera?: () => void;
}

export const lineKey = (a: string, b: string): string => (a < b ? `${a}|${b}` : `${b}|${a}`);

const NEAR = 6;
const MOVED = 4;

const empty = () => new UndirectedGraph<NodeAttributes, LineAttributes>({ allowSelfLoops: true });

export class Picture {
  graph = empty();
  readonly renderer: GlidingSigma<NodeAttributes, LineAttributes>;
  colours = new Colours();
  private readonly arranger: Arranger;
  private hovered: string | null = null;
  private near = new Set<string>();
  private hoveredLine: string | null = null;
  private seen = new Set<string>();
  /** How much of their colour lines keep: less where there are very many. */
  private strength = 1;

  constructor(
    readonly box: HTMLElement,
    worker: string,
    private look: Look,
    private readonly calls: Calls,
  ) {
    this.renderer = new GlidingSigma<NodeAttributes, LineAttributes>(this.graph, box, {
      allowInvalidContainer: true,
      labelFont: getComputedStyle(box).fontFamily,
      labelSize: 13,
      labelWeight: "500",
      labelRenderedSizeThreshold: 5,
      labelDensity: 0.7,
      labelGridCellSize: 90,
      zIndex: true,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      edgeProgramClasses: { [THIN]: ThinEdges, [WIDE]: WideEdges },
      nodeProgramClasses: { circle: Circles },
      nodeHoverProgramClasses: { circle: Nothing },
      stagePadding: box.clientWidth < 500 ? 30 : 60,
      defaultDrawNodeLabel: (context, data, settings) => drawLabel(context, data, settings, this.colours),
      defaultDrawNodeHover: (context, data, settings) => drawHover(context, data, settings, this.colours),
      nodeReducer: (id, attributes) => this.nodeLook(id, attributes),
      edgeReducer: (key, attributes) => this.lineLook(key, attributes),
    }).watch();
    this.arranger = new Arranger(worker, () => !this.renderer.isBusy);
    if (isSoftware(this.renderer.getCanvases().nodes?.getContext("webgl2") ?? null)) {
      box.classList.add("software");
      this.renderer.findBy((x, y) => this.nodeAt(x, y));
    }
    this.listen();
    onTheme(() => {
      this.colours = new Colours();
      this.renderer.refresh();
    });
  }

  /** Show a network. Nodes that were there stay where they are; new ones start by their neighbours. */
  show(drawn: Drawn, pins: Record<string, [number, number]>, look = this.look): void {
    this.arranger.stop();
    const room = Math.max(0.6, Math.min(1, this.box.clientWidth / 600));
    const scale = room * Math.max(0.45, Math.min(1, Math.sqrt(300 / drawn.nodes.length)));
    const heaviest = Math.max(1, ...drawn.nodes.map((node) => node.weight));
    const ties = Math.max(1, ...drawn.edges.map((line) => line.weight));
    this.strength = Math.max(0.4, Math.min(1, Math.sqrt(1200 / drawn.edges.length)));
    // Made aside, since sigma looks at each node and edge that is added to a graph that it draws.
    const graph = empty();
    for (const node of drawn.nodes) {
      const pin = pins[node.id];
      const before = this.graph.hasNode(node.id) ? this.graph.getNodeAttributes(node.id) : null;
      const { x, y } = pin ? { x: pin[0], y: pin[1] } : (before ?? start(node.id, node.community));
      const size = scale * (3.5 + 15 * Math.sqrt(node.weight / heaviest));
      const label = node.kind === "community" ? `${node.label} and ${node.size - 1} more` : node.label;
      graph.addNode(node.id, { x, y, size, label, fixed: Boolean(pin), weight: node.weight, node });
    }
    for (const line of drawn.edges) {
      if (!graph.hasNode(line.source) || !graph.hasNode(line.target)) continue;
      graph.mergeEdgeWithKey(lineKey(line.source, line.target), line.source, line.target, {
        size: scale * (1.4 + 5 * Math.sqrt(line.weight / ties)),
        weight: line.weight,
        line,
      });
    }
    this.graph = graph;
    this.hovered = this.hoveredLine = null;
    this.near = new Set();
    this.look = look;
    this.see();
    this.renderer.setGraph(graph);
  }

  /** Lay out, in the worker. */
  arrange(): void {
    this.arranger.begin(this.graph, (done) => this.calls.onArranged?.(done));
  }

  get arranging(): boolean {
    return this.arranger.running;
  }

  halt(): void {
    this.arranger.stop();
  }

  setLook(look: Look): void {
    this.look = look;
    this.see();
    this.renderer.refresh();
  }

  private see(): void {
    this.seen = new Set();
    this.graph.forEachEdge((_, { line }, source, target) => {
      if (this.isSeen(line, source, target)) this.seen.add(source).add(target);
    });
  }

  /** The edges that are seen now. */
  lines(): Line[] {
    return this.graph
      .filterEdges((_, { line }, source, target) => this.isSeen(line, source, target))
      .map((key) => this.graph.getEdgeAttribute(key, "line"));
  }

  /** The nodes that are seen now. */
  nodes(): { id: string; attributes: NodeAttributes }[] {
    return this.graph
      .filterNodes((id) => this.isNodeSeen(id))
      .map((id) => ({ id, attributes: this.graph.getNodeAttributes(id) }));
  }

  /** Whether an edge is within the window of time and none of its ends is hidden. */
  isSeen(line: Line, source: string, target: string): boolean {
    const { hidden, since, until, undated } = this.look;
    if (hidden.has(source) || hidden.has(target)) return false;
    if (!since && !until) return true;
    if (!line.spells.length) return undated;
    return line.spells.some(
      ([begin, end]) => (!until || !begin || begin <= until) && (!since || !end || end >= since),
    );
  }

  isNodeSeen(id: string): boolean {
    if (this.look.hidden.has(id)) return false;
    if (!this.look.since && !this.look.until) return true;
    return this.seen.has(id) || this.look.selected.has(id);
  }

  fit(): void {
    this.renderer.getCamera().animatedReset({ duration: 250 });
  }

  zoom(factor: number): void {
    const camera = this.renderer.getCamera();
    camera.animate({ ratio: camera.ratio * factor }, { duration: 150 });
  }

  private nodeLook(id: string, attributes: NodeAttributes): Partial<NodeDisplayData> {
    const { selected, path } = this.look;
    const isSelected = selected.has(id);
    const focus = this.hovered !== null || path.size > 0;
    const isNear = this.hovered ? this.near.has(id) : path.has(id);
    const colour = this.colours.node(attributes.node, this.look.colour);
    const { x, y, size, label } = attributes;
    const faint = focus && !isNear && !isSelected;
    return {
      x,
      y,
      size: attributes.fixed ? size + 1.5 : size,
      label: faint ? null : label,
      color: faint ? this.colours.faded(colour, 0.22) : colour,
      hidden: !this.isNodeSeen(id),
      highlighted: isSelected,
      forceLabel: isSelected || (focus && isNear && this.near.size < 30),
      zIndex: isSelected ? 3 : faint ? 0 : 2,
    };
  }

  private lineLook(key: string, { size, line }: LineAttributes): Partial<EdgeDisplayData> {
    const [source, target] = [line.source, line.target];
    const { path, selectedLine } = this.look;
    const isChosen = key === selectedLine || path.has(key);
    const isUnder = key === this.hoveredLine;
    const focus = this.hovered !== null || path.size > 0;
    const isNear = this.hovered ? source === this.hovered || target === this.hovered : path.has(key);
    const own = this.colours.line(line);
    const usual = this.strength < 1 && !isNear && !isUnder ? this.colours.faded(own, this.strength) : own;
    const colour = isChosen ? this.colours.seal : usual;
    return {
      type: this.strength < 1 && !isChosen ? THIN : WIDE,
      size: isChosen || isUnder ? size + 2 : size,
      color: focus && !isNear && !isChosen ? this.colours.faded(colour, 0.12) : colour,
      hidden: !this.isSeen(line, source, target),
      zIndex: isChosen || isNear ? 2 : line.polarity === "none" ? 0 : 1,
    };
  }

  private listen(): void {
    const { renderer } = this;
    renderer.on("enterNode", ({ node }) => renderer.isMoving || this.hover(node));
    renderer.on("leaveNode", () => this.hover(null));
    renderer.on("clickNode", ({ node }) => this.calls.onNode?.(node));
    renderer.on("doubleClickNode", (event) => {
      event.preventSigmaDefault();
      this.calls.onOpen?.(event.node);
    });
    renderer.on("clickStage", ({ event }) => {
      const key = this.lineAt(event.x, event.y);
      if (key) this.calls.onLine?.(this.graph.getEdgeAttribute(key, "line"));
      else this.calls.onNothing?.();
    });
    renderer.on("moveBody", ({ event }) => {
      if (this.hovered || renderer.isMoving) return;
      this.hoverLine(this.lineAt(event.x, event.y));
    });
    renderer.getCamera().on("updated", () => this.calls.onCamera?.());
    if (this.calls.onPin) this.listenToDrags();
  }

  private listenToDrags(): void {
    const { renderer } = this;
    let dragged: { id: string; x: number; y: number; moved: boolean } | null = null;
    renderer.on("downNode", ({ node, event }) => {
      dragged = { id: node, x: event.x, y: event.y, moved: false };
      if (!renderer.getCustomBBox()) renderer.setCustomBBox(renderer.getBBox());
    });
    renderer.on("moveBody", ({ event }) => {
      if (!dragged) return;
      dragged.moved ||= Math.hypot(event.x - dragged.x, event.y - dragged.y) > MOVED;
      if (!dragged.moved) return;
      const place = renderer.viewportToGraph(event);
      this.graph.mergeNodeAttributes(dragged.id, { ...place, fixed: true });
      event.preventSigmaDefault();
      event.original.preventDefault();
      event.original.stopPropagation();
    });
    const drop = () => {
      if (dragged?.moved) {
        const { x, y } = this.graph.getNodeAttributes(dragged.id);
        this.calls.onPin?.(dragged.id, x, y);
      }
      dragged = null;
    };
    renderer.on("upNode", drop);
    renderer.on("upStage", drop);
  }

  private hover(id: string | null): void {
    if (id === this.hovered) return;
    this.hovered = id;
    this.near = new Set(id ? [id, ...this.graph.neighbors(id)] : []);
    this.hoveredLine = null;
    this.box.style.cursor = id ? "pointer" : "";
    this.renderer.refresh({ skipIndexation: true });
  }

  private hoverLine(key: string | null): void {
    if (key === this.hoveredLine) return;
    const edges = [this.hoveredLine, key].filter(
      (one) => one !== null && this.graph.hasEdge(one),
    ) as string[];
    this.hoveredLine = key;
    this.box.style.cursor = key ? "pointer" : "";
    this.renderer.refresh({ partialGraph: { edges }, skipIndexation: true });
  }

  /** The node at a point of the picture; of several, the one whose middle is nearest. */
  private nodeAt(x: number, y: number): string | null {
    const at = this.renderer.viewportToFramedGraph({ x, y });
    const beside = this.renderer.viewportToFramedGraph({ x: x + 1, y });
    const point = Math.hypot(beside.x - at.x, beside.y - at.y);
    let best = Number.POSITIVE_INFINITY;
    let found: string | null = null;
    this.graph.forEachNode((id) => {
      const shown = this.renderer.getNodeDisplayData(id);
      if (!shown || shown.hidden) return;
      const distance = Math.hypot(shown.x - at.x, shown.y - at.y);
      if (distance < Math.min(best, this.renderer.scaleSize(shown.size) * point))
        [best, found] = [distance, id];
    });
    return found;
  }

  /** The edge under a point of the picture, the nearest within a few pixels. */
  lineAt(x: number, y: number): string | null {
    const places = new Map<string, { x: number; y: number }>();
    const place = (id: string) => {
      const known = places.get(id) ?? this.renderer.graphToViewport(this.graph.getNodeAttributes(id));
      places.set(id, known);
      return known;
    };
    let best = NEAR;
    let found: string | null = null;
    this.graph.forEachEdge((key, { line, size }, source, target) => {
      if (!this.isSeen(line, source, target)) return;
      const distance = fromSegment(x, y, place(source), place(target)) - size / 2;
      if (distance < best) [best, found] = [distance, key];
    });
    return found;
  }
}

function fromSegment(x: number, y: number, a: { x: number; y: number }, b: { x: number; y: number }): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length ? Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length)) : 0;
  return Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
}
