// What the bundler makes of imported files: the address of each, relative to the script that imports it.
declare module "*?address" {
  const address: string;
  export default address;
}

// The inner parts of the layout, which its package does not describe.
declare module "graphology-layout-forceatlas2/iterate" {
  import type { ForceAtlas2Settings } from "graphology-layout-forceatlas2";
  export default function iterate(
    settings: ForceAtlas2Settings,
    nodes: Float32Array,
    edges: Float32Array,
  ): void;
}
declare module "graphology-layout-forceatlas2/helpers" {
  import type Graph from "graphology";
  import type { Attributes } from "graphology-types";
  export function graphToByteArrays(
    graph: Graph,
    weight: (edge: string, attributes: Attributes) => number,
  ): { nodes: Float32Array; edges: Float32Array };
}
