// CodeMirror in the place of a textarea. It lives in a shadow root, where it adopts its styles as objects: the
// page's policy lets nobody write style elements into a document.
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

interface Vocabulary {
  prefixes: Record<string, string>;
  classes: Record<string, string>;
  properties: Record<string, string>;
}

const KEYWORDS = `SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS
  FILTER BIND VALUES EXISTS GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET PREFIX BASE COUNT SUM MIN MAX AVG
  SAMPLE GROUP_CONCAT SEPARATOR IF COALESCE BOUND STR LANG LANGMATCHES DATATYPE IRI REGEX REPLACE CONTAINS
  STRSTARTS STRENDS STRLEN SUBSTR STRBEFORE STRAFTER CONCAT LCASE UCASE YEAR MONTH DAY NOW ABS ROUND UNDEF
  IN NOT`.split(/\s+/);

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--seal)" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--institution)" },
  { tag: [tags.string, tags.literal], color: "var(--state)" },
  { tag: [tags.atom, tags.number, tags.bool], color: "var(--instrument)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
  { tag: [tags.operator, tags.standard(tags.variableName)], color: "var(--person)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--ink)", background: "transparent", fontSize: "0.9rem" },
  "&.cm-focused": { outline: "2px solid var(--link)", outlineOffset: "1px", borderRadius: "var(--round)" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.6rem 0" },
  ".cm-gutters": { background: "transparent", color: "var(--quiet)", border: "0" },
  ".cm-activeLine": { background: "color-mix(in oklab, var(--edge) 9%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--mark)",
  },
  "&.cm-focused .cm-matchingBracket": { background: "var(--mark)" },
  ".cm-tooltip": { background: "var(--raised)", color: "var(--ink)", border: "1px solid var(--edge)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--link)", color: "var(--on-strong)" },
  ".cm-completionInfo": { maxWidth: "22rem", font: "0.85rem/1.4 var(--sans)" },
  ".cm-wrong": { textDecoration: "underline wavy var(--seal)", textUnderlineOffset: "3px" },
});

function completion(known: Vocabulary): (context: CompletionContext) => CompletionResult | null {
  const terms = (group: Record<string, string>, type: string): Completion[] =>
    Object.entries(group).map(([label, info]) => ({ label, info, type }));
  const fixed: Completion[] = [
    ...terms(known.classes, "class"),
    ...terms(known.properties, "property"),
    ...Object.entries(known.prefixes).map(([name, iri]) => ({
      label: `${name}:`,
      detail: iri,
      type: "namespace",
    })),
    ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
  ];
  return (context) => {
    const word = context.matchBefore(/[?$]?[\w-]*(?::[\w-]*)?/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    if (/^[?$]/.test(word.text)) {
      const names = new Set(context.state.doc.toString().match(/[?$]\w+/g));
      names.delete(word.text);
      return { from: word.from, options: [...names].map((label) => ({ label, type: "variable" })) };
    }
    return { from: word.from, options: fixed, validFor: /^[\w-]*(?::[\w-]*)?$/ };
  };
}

/** Underlines the rest of the line from where the query could not be read on. */
function wrong(field: HTMLTextAreaElement, state: EditorState): { mark: Extension; at: number } | undefined {
  const line = Number(field.dataset.line);
  if (!(line >= 1 && line <= state.doc.lines)) return undefined;
  const found = state.doc.line(line);
  const at = Math.min(found.from + Math.max(Number(field.dataset.column) - 1, 0), found.to);
  const from = at < found.to ? at : found.from;
  if (from === found.to) return { mark: [], at };
  const marks = Decoration.set([Decoration.mark({ class: "cm-wrong" }).range(from, found.to)]);
  return { mark: EditorView.decorations.of(marks), at };
}

/** The editor's state, with the cursor where an error is, if there is one. */
function begun(field: HTMLTextAreaElement, extensions: Extension): EditorState {
  const plain = EditorState.create({ doc: field.value, extensions });
  const error = wrong(field, plain);
  if (!error) return plain;
  return EditorState.create({
    doc: field.value,
    selection: { anchor: error.at },
    extensions: [extensions, error.mark],
  });
}

export function edit(): void {
  const field = document.querySelector<HTMLTextAreaElement>("#sparql");
  const place = document.querySelector<HTMLElement>("#editor");
  const form = field?.form;
  if (!field || !place || !form) return;
  const known: Vocabulary = JSON.parse(document.querySelector("#vocabulary")?.textContent ?? "{}");
  const root = place.attachShadow({ mode: "open" });
  const ask = (): boolean => {
    form.requestSubmit();
    return true;
  };
  const state = begun(field, [
    lineNumbers(),
    EditorView.lineWrapping,
    history(),
    drawSelection(),
    highlightActiveLine(),
    bracketMatching(),
    closeBrackets(),
    StreamLanguage.define(sparql),
    syntaxHighlighting(colours),
    autocompletion({ override: [completion(known)], icons: false }),
    Prec.highest(keymap.of([{ key: "Mod-Enter", run: ask }])),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...historyKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({ "aria-label": "SPARQL" }),
    look,
    EditorView.updateListener.of((update) => {
      if (update.docChanged) field.value = update.state.doc.toString();
    }),
  ]);
  place.hidden = false;
  field.hidden = true;
  for (const keys of document.querySelectorAll<HTMLElement>(".keys")) keys.hidden = false;
  const view = new EditorView({ state, parent: root, root });
  if (field.dataset.line) view.focus();
}
