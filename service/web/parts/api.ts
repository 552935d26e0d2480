// The service's API as the pages ask it, and the shapes of its answers that they use.

export type Kind = "person" | "state" | "institution" | "territory" | "instrument" | "event" | string;
export type Polarity = "cooperative" | "conflictual" | "neutral";
export type Factuality = "actual" | "planned" | "possible" | "negated";

export interface Thing {
  id: string;
  iri: string;
  label: string;
  kind: Kind;
  class: string;
}

export interface Evidence {
  document: string;
  id: string;
  begin: number;
  end: number;
  quote: string;
}

export interface Fact {
  id: string | null;
  label: string;
  basis: "event" | "tenure" | "relation";
  class: string;
  polarity: Polarity | null;
  factuality: Factuality;
  when: string | null;
  begin: string | null;
  end: string | null;
  reports: number;
  evidence: Evidence[];
}

export interface Edge {
  source: string;
  target: string;
  weight: number;
  events: number;
  reports: number;
  documents: number;
  sentences: number;
  cooperative: number;
  conflictual: number;
  neutral: number;
  tone: number | null;
  classes: Record<string, number>;
  ties: Record<string, number>;
  factualities?: Record<string, number>;
  first: string | null;
  last: string | null;
  facts: Fact[];
}

export interface Found extends Thing {
  match: "label" | "alias" | "title" | "sentence";
  snippet: { text: string; marks: [number, number][] };
  evidence: Evidence | null;
  things: Thing[];
}

/** A refusal of the service, in its own words. */
export class Refusal extends Error {}

/** Ask the service for JSON. Throws Refusal, or an AbortError where the signal says so. */
export async function ask<T>(
  path: string,
  parameters?: URLSearchParams | Record<string, string>,
  signal?: AbortSignal,
): Promise<T> {
  const query = new URLSearchParams(parameters).toString();
  const answer = await fetch(query ? `${path}?${query}` : path, {
    headers: { Accept: "application/json" },
    ...(signal ? { signal } : {}),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Refusal(body.detail ?? answer.statusText);
  return body as T;
}

/** The page of a thing. */
export const thingAddress = (id: string): string => `/id/${id.split("/").map(encodeURIComponent).join("/")}`;

/** The place of a sentence in its document. */
export const sentenceAddress = (evidence: Evidence): string =>
  `/doc/${evidence.id.split("/").map(encodeURIComponent).join("/")}#char=${evidence.begin},${evidence.end}`;

/** A term of the ontology as people write it: "headOf" as "head of". */
export const words = (term: string): string => term.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
