"""The documents: what there is, and each text with all that was found in it marked where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for

from service.api.asked_index import telling
from service.api.documents import document as told_document
from service.api.documents import documents as told_documents
from service.api.operations import Parameters, parsed
from service.api.parameters import Paged
from service.api.told.documents import Document, Span
from service.api.told.things import Evidence, Thing
from service.pages import reasons
from service.pages.asking import own_rows
from service.pages.marked import Mark, paragraphs

blueprint = Blueprint("documents", __name__)
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cast:
    """A thing that a document mentions, how often, and where first."""

    thing: Thing
    mentions: int
    first: Span


def sentence_address(evidence: Evidence) -> str:
    """The address of a sentence in its document."""
    return url_for("documents.document", name=evidence.id, _anchor=f"char={evidence.begin},{evidence.end}")


@blueprint.get("/documents")
def documents() -> str:
    """The documents of the graph, in parts."""
    wanted = parsed(Paged, request.args)
    return render_template("documents.html", page=told_documents(wanted), wanted=wanted)


@blueprint.get("/doc/<path:name>")
def document(name: str) -> str:
    """A text with its entities, events and sentences marked, and beside it what it tells of."""
    shown = told_document(Parameters(), name)
    rules = {row["event"]: row["rule"] for row in own_rows("rules", shown.iri)}
    marks = [*_mentions(shown, _reasons(shown.iri), rules), *_sentences(shown)]
    statements = sorted(shown.statements, key=lambda s: (s.spans or [[len(shown.text)] * 2])[0])
    return render_template(
        "document.html",
        document=shown,
        paragraphs=list(paragraphs(shown.text, marks)),
        cast=_cast(shown),
        statements={
            basis: [s for s in statements if s.basis == basis] for basis in ("event", "tenure", "relation")
        },
        why={s.id: reasons.of_event(rules.get(_iri(s.id), "")) for s in statements if s.id},
    )


def _iri(id_: str | None) -> str:
    return telling().iri(id_) if id_ else ""


def _reasons(graph: str) -> Mapping[Place, list[str]]:
    """Why each phrase means what it means, in plain words; for the words that tell of events, nothing."""
    found: dict[Place, list[str]] = defaultdict(list)
    for row in own_rows("resolved", graph):
        if row["rule"] != reasons.TRIGGER:
            why = reasons.of_mention(row["rule"], row["through"])
            place = int(row["begin"]), int(row["end"])
            if why not in found[place]:
                found[place].append(why)
    return found


def _mentions(shown: Document, why: Mapping[Place, list[str]], rules: Mapping[str, str]) -> Iterator[Mark]:
    """A mark for each stretch of text that refers to things, however many."""
    places: dict[Place, dict[str, Thing]] = defaultdict(dict)
    for span in shown.spans:
        places[span.begin, span.end][span.thing.id] = span.thing
    for (begin, end), found in places.items():
        things = list(found.values())
        lines = [", ".join(f"{t.label} ({_kind(t)})" for t in things if t.kind != "event")]
        lines += why.get((begin, end), [])
        lines += [f"{t.label}: {reasons.of_event(rules.get(t.iri, ''))}" for t in things if t.kind == "event"]
        yield Mark(begin, end, things[0].kind, f"/id/{things[0].id}", " · ".join(filter(None, lines)))


def _kind(thing: Thing) -> str:
    return thing.cls if thing.kind != "person" else "person"


def _sentences(shown: Document) -> Iterator[Mark]:
    """A mark for each sentence that a statement rests on, unless it is all one mention, which is marked."""
    mentions = {(span.begin, span.end) for span in shown.spans}
    for begin, end in {(s[0], s[1]) for statement in shown.statements for s in statement.spans} - mentions:
        yield Mark(begin, end, "sentence")


def _cast(shown: Document) -> dict[str, list[Cast]]:
    """Who and what a document mentions, by kind, those mentioned most first."""
    found: dict[str, list[Span]] = defaultdict(list)
    for span in shown.spans:
        if span.thing.kind != "event":
            found[span.thing.id].append(span)
    kinds: dict[str, list[Cast]] = defaultdict(list)
    for spans in sorted(found.values(), key=lambda s: (-len(s), s[0].thing.label)):
        kinds[spans[0].thing.kind].append(Cast(spans[0].thing, len(spans), spans[0]))
    return {kind: kinds[kind] for kind in ("person", "state", "institution", "territory", "instrument")}
