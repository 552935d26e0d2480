// The ledger as the page of reviewing asks it: every request with the token, which is kept for this tab alone.
import { type Evidence, Refusal, type Thing } from "./api";

export type Verdict = "same" | "different" | "unsure";

export interface Side {
  name: string;
  places: string[];
}

export interface SideTold {
  side: Side;
  label: string;
  thing: Thing | null;
  names: string[];
  offices: string[];
  documents: string[];
  spoken: { evidence: Evidence; before: string; after: string }[];
}

export interface Question {
  score: number;
  rule: string;
  reason: string;
  a: SideTold;
  b: SideTold;
}

export interface Judgement {
  number: number;
  verdict: Verdict;
  a: Side;
  b: Side;
  by: string;
  why: string;
  at: string;
  undone: number | null;
}

export interface Following {
  state: "up to date" | "following" | "failed";
  problem: string | null;
}

export interface Judged {
  judgement: Judgement;
  graph: Following;
}

interface Page<T> {
  total: number;
  items: T[];
}

const KEPT = "diplograph-token";
const SHOWN = 50;

/** A refusal of the token itself. */
export class WrongToken extends Refusal {}

async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`/api/review/${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${sessionStorage.getItem(KEPT) ?? ""}`,
      ...(body ? { "Content-Type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const told = await answer.json();
  if (answer.status === 401 || answer.status === 403) throw new WrongToken(told.detail);
  if (!answer.ok) throw new Refusal(told.detail ?? answer.statusText);
  return told as T;
}

export const isUnlocked = (): boolean => sessionStorage.getItem(KEPT) !== null;
export const unlock = (token: string): void => sessionStorage.setItem(KEPT, token);
export const lock = (): void => sessionStorage.removeItem(KEPT);

export const questions = (): Promise<Page<Question>> => send("GET", `candidates?limit=${SHOWN}`);
export const history = (): Promise<Page<Judgement> & { graph: Following }> =>
  send("GET", `judgements?limit=${SHOWN}`);
export const undo = (number: number): Promise<Judged> => send("DELETE", `judgements/${number}`);
export const judge = (verdict: Verdict, asked: Question, why: string, by: string): Promise<Judged> =>
  send("POST", "judgements", { verdict, a: asked.a.side, b: asked.b.side, why, by });
