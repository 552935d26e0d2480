// Judging who is who: a question at a time, one key for each answer, and every answer can be taken back.
import "../styles/review.css";
import { Refusal, sentenceAddress, thingAddress } from "../parts/api";
import { h, the } from "../parts/elements";
import type { Judgement, Question, SideTold, Verdict } from "../parts/ledger";
import * as ledger from "../parts/ledger";

const POLL = 700;
const WORDED: Record<Verdict, string> = {
  same: "is the same as",
  different: "is different from",
  unsure: "may or may not be",
};

let asked: Question[] = [];
let total = 0;
let at = 0;
let busy = false;

function side(told: SideTold): Node[] {
  const link = told.thing
    ? h("a", { href: thingAddress(told.thing.id) }, told.label)
    : h("span", {}, told.label);
  const names = told.names.filter((name) => name !== told.label);
  return [
    h("h3", {}, h("span", { class: `dot ${told.thing?.kind ?? ""}` }), " ", link),
    h("p", { class: "note" }, names.length ? `also ${names.join(", ")}` : "no other name"),
    ...(told.offices.length ? [h("p", {}, told.offices.join(" · "))] : []),
    ...told.spoken.map(({ evidence, before, after }) =>
      h(
        "blockquote",
        {},
        before,
        h("mark", {}, evidence.quote),
        after,
        h("cite", {}, h("a", { href: sentenceAddress(evidence) }, `${evidence.document}, in the text`)),
      ),
    ),
  ];
}

function show(): void {
  const one = asked[at];
  the("#question").hidden = !one;
  the("#done").hidden = Boolean(one);
  if (!one) return;
  the("#question-heading").textContent = `Are these two one? ${at + 1} of ${total}`;
  the("#reason").textContent = `${one.reason} (${Math.round(one.score * 100)} %)`;
  the("#a").replaceChildren(...side(one.a));
  the("#b").replaceChildren(...side(one.b));
}

function worded(made: Judgement): string {
  return `${made.a.name} ${WORDED[made.verdict]} ${made.b.name}`;
}

function listed(made: Judgement): Node {
  const by = [made.by, made.at.slice(0, 10)].filter(Boolean).join(", ");
  const button = h("button", { type: "button", "aria-label": `undo judgement ${made.number}` }, "undo");
  button.addEventListener("click", () => void act(() => takeBack(made.number)));
  return h(
    "li",
    made.undone ? { class: "undone" } : {},
    h("span", { class: "count" }, String(made.number)),
    h("span", { class: "what" }, worded(made)),
    h("span", { class: "note" }, made.why ? `${made.why} (${by})` : by),
    made.undone ? h("span", { class: "note" }, "taken back") : button,
  );
}

async function refresh(): Promise<ledger.Following> {
  const [open, made] = await Promise.all([ledger.questions(), ledger.history()]);
  asked = open.items;
  total = open.total;
  at = Math.min(at, Math.max(asked.length - 1, 0));
  the("#judged").textContent = String(made.total);
  the("#history").replaceChildren(...made.items.map(listed));
  show();
  return made.graph;
}

/** Says what was done, and when the graph has followed. */
async function follow(said: string): Promise<void> {
  const status = the("#status");
  for (;;) {
    const graph = await refresh();
    if (graph.state === "up to date") {
      status.textContent = `${said} The graph is up to date.`;
      return;
    }
    if (graph.state === "failed") {
      status.textContent = `${said} The graph does not follow: ${graph.problem}`;
      return;
    }
    status.textContent = `${said} The graph is following …`;
    await new Promise((done) => setTimeout(done, POLL));
  }
}

async function answer(verdict: Verdict): Promise<void> {
  const one = asked[at];
  if (!one) return;
  const why = the<HTMLInputElement>("#why");
  const made = await ledger.judge(verdict, one, why.value, the<HTMLInputElement>("#by").value);
  why.value = "";
  asked.splice(at, 1);
  total -= 1;
  show();
  void follow(`Line ${made.judgement.number}: ${worded(made.judgement)}.`).catch(refused);
}

async function takeBack(number?: number): Promise<void> {
  const last = number ?? (await ledger.history()).items.find((made) => made.undone === null)?.number;
  if (last === undefined) {
    the("#status").textContent = "There is nothing to take back.";
    return;
  }
  const taken = await ledger.undo(last);
  void follow(`Taken back: ${worded(taken.judgement)}.`).catch(refused);
}

function refused(error: unknown): void {
  if (error instanceof ledger.WrongToken) locked(error.message);
  else if (error instanceof Refusal) the("#status").textContent = error.message;
  else the("#status").textContent = "The service does not answer.";
}

/** One thing at a time; what is refused is said. */
async function act(what: () => Promise<void>): Promise<void> {
  if (busy) return;
  busy = true;
  try {
    await what();
  } catch (error) {
    refused(error);
  } finally {
    busy = false;
  }
}

function locked(why = ""): void {
  ledger.lock();
  the("#desk").hidden = true;
  the("#unlock").hidden = false;
  the("#refused").textContent = why;
  the("#token").focus();
}

async function begin(): Promise<void> {
  await refresh();
  the("#unlock").hidden = true;
  the("#desk").hidden = false;
  the("#question").focus();
}

function later(): void {
  at = asked.length ? (at + 1) % asked.length : 0;
  show();
}

const KEYS: Record<string, () => void> = {
  s: () => void act(() => answer("same")),
  d: () => void act(() => answer("different")),
  u: () => void act(() => answer("unsure")),
  z: () => void act(() => takeBack()),
  ArrowRight: later,
};

function start(): void {
  the("#unlock").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = the<HTMLInputElement>("#token");
    ledger.unlock(field.value);
    field.value = "";
    void act(begin);
  });
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-verdict]")) {
    button.addEventListener("click", () => void act(() => answer(button.dataset.verdict as Verdict)));
  }
  the("#later").addEventListener("click", later);
  the("#take-back").addEventListener("click", () => void act(() => takeBack()));
  the("#lock").addEventListener("click", () => locked());
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input, textarea, select")) return;
    const act = the("#desk").hidden
      ? undefined
      : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  if (ledger.isUnlocked()) void act(begin);
  else locked();
}

if (document.querySelector("#unlock")) start();
