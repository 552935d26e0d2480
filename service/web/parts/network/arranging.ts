// Where the nodes of a network stand: a first guess that is always the same, then ForceAtlas2 in a worker.
import type Graph from "graphology";
import { graphToByteArrays } from "graphology-layout-forceatlas2/helpers";
import type { Progress, Task } from "../../whole/layout";

const PER_NODE = 10;
const MANY = 300;

/** A number from 0 to 1 that a text always has. */
function share(text: string, salt: number): number {
  let hash = 2166136261 ^ salt;
  for (let place = 0; place < text.length; place++) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 16777619);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4294967296;
}

/** Where a node starts: those of a community side by side, on a ring. */
export function start(id: string, community: number | null): { x: number; y: number } {
  const angle = community === null ? share(id, 1) * 2 * Math.PI : community * 2.39996;
  const far = community === null ? 40 + 60 * share(id, 2) : 25 * Math.sqrt(community + 1);
  return {
    x: far * Math.cos(angle) + 20 * (share(id, 3) - 0.5),
    y: far * Math.sin(angle) + 20 * (share(id, 4) - 0.5),
  };
}

/**
 * Lays a graph out in a worker. The same graph always gets the same picture, however fast the machine is; steps on
 * the way are shown where they are welcome.
 */
export class Arranger {
  private readonly worker: Worker;
  private graph: Graph | undefined;
  private order: string[] = [];
  private told: ((done: boolean) => void) | undefined;
  running = false;

  constructor(
    address: string,
    private readonly isWelcome: () => boolean,
  ) {
    this.worker = new Worker(address);
    this.worker.addEventListener("message", (event: MessageEvent<Progress>) => this.move(event.data));
  }

  /** Begin, from where the nodes are; nodes with the attribute ``fixed`` stay. */
  begin(graph: Graph, told: (done: boolean) => void): void {
    this.stop();
    this.graph = graph;
    if (graph.order < 2) {
      told(true);
      return;
    }
    const weight = (_: string, attributes: { weight?: number }) => 1 + Math.log2(attributes.weight ?? 1);
    const { nodes, edges } = graphToByteArrays(graph, weight);
    this.order = graph.nodes();
    this.told = told;
    this.running = true;
    const size = graph.order;
    const task: Task = {
      nodes,
      edges,
      steps: size > 1000 ? 350 : size > MANY ? 600 : 900,
      settings: {
        barnesHutOptimize: size > MANY,
        barnesHutTheta: 0.8,
        edgeWeightInfluence: 1,
        gravity: 0.06,
        strongGravityMode: true,
        scalingRatio: 9,
        slowDown: 1 + Math.log(size),
      },
    };
    this.worker.postMessage(task, [nodes.buffer, edges.buffer]);
  }

  stop(): void {
    if (this.running) this.worker.postMessage("stop");
    this.running = false;
  }

  private move({ nodes, done }: Progress): void {
    if (!this.running || !(done || this.isWelcome())) return;
    const place = new Map(this.order.map((id, row) => [id, row * PER_NODE]));
    this.graph?.updateEachNodeAttributes(
      (id, attributes) => {
        const row = place.get(id);
        if (row === undefined || attributes.fixed) return attributes;
        attributes.x = nodes[row] ?? 0;
        attributes.y = nodes[row + 1] ?? 0;
        return attributes;
      },
      { attributes: ["x", "y"] },
    );
    if (done) this.running = false;
    this.told?.(done);
  }
}
