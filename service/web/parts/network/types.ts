// What the service answers for the network page.
import type { Edge, Evidence, Fact, Factuality, Kind, Thing } from "../api";

export interface DrawnNode {
  id: string;
  label: string;
  kind: Kind | "community";
  class: string | null;
  size: number;
  neighbours: number;
  weight: number;
  community: number | null;
}

export interface Line {
  source: string;
  target: string;
  weight: number;
  events: number;
  cooperative: number;
  conflictual: number;
  neutral: number;
  polarity: "cooperative" | "conflictual" | "mixed" | "neutral" | "none";
  factuality: Factuality;
  first: string | null;
  last: string | null;
  spells: [string | null, string | null][];
}

export interface Drawn {
  aggregated: boolean;
  total_nodes: number;
  total_edges: number;
  communities: number;
  nodes: DrawnNode[];
  edges: Line[];
}

export interface Value {
  value: string;
  label: string;
  count: number;
}

export interface Facets {
  nodes: number;
  edges: number;
  facts: number;
  kind: Value[];
  tie: Value[];
  class: Value[];
  polarity: Value[];
  factuality: Value[];
  document: Value[];
  publisher: Value[];
  period: Value[];
  undated: number;
}

export interface FactPage {
  total: number;
  offset: number;
  items: Fact[];
}

export interface Paths {
  source: Thing;
  target: Thing;
  paths: { length: number; nodes: Thing[]; steps: Edge[] }[];
}

export type { Edge, Evidence, Fact, Thing };
