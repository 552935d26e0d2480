"""The home page: what the graph holds, and what a search finds in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, current_app, render_template, request

from service.api.asked_index import entities
from service.api.entities import KINDS
from service.api.search import Words, text_search
from service.api.told.hits import Snippet, TextHit
from service.named import NamedQuery, named_queries
from service.pages.documents import sentence_address

blueprint = Blueprint("home", __name__)
SHOWN = 40
"""Entities of a kind that a search shows; the API has all."""
STARTS = 10
"""Entities of a kind to start from, those mentioned most."""
FIRST = ("who-met-whom", "says", "names", "planned")
"""Named queries that come before the others."""
SENTENCES = 30
"""Sentences that a search shows."""


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence that a search found: where it stands, and its words in pieces, found or not."""

    hit: TextHit
    address: str
    pieces: tuple[tuple[str, bool], ...]


@blueprint.get("/")
def home() -> str:
    """What there is to start from, or what ``q`` finds: entities by their names, and sentences."""
    sought = request.args.get("q", "").strip()
    known = entities()
    shown = SHOWN if sought else STARTS
    lists = {}
    for kind in KINDS:
        found = known.found(sought or None, kind)
        lists[kind] = {"total": len(found), "shown": [known.listed(int(n)) for n in found[:shown]]}
    documents = len(current_app.extensions["engine"].documents())
    names = {"person": "people", "institution": "institutions", "territory": "states and territories"}
    return render_template(
        "home.html",
        lists=lists,
        sought=sought,
        sentences=_sentences(sought) if sought else None,
        documents=documents,
        holds=[
            (documents, "documents"),
            (lists["event"]["total"], "events"),
            *((lists[kind]["total"], name) for kind, name in names.items()),
        ],
        queries=_questions(),
    )


def _questions() -> list[NamedQuery]:
    """The queries with a name, those that most people come with first."""
    queries = named_queries()
    return [queries[name] for name in sorted(queries, key=lambda name: (name not in FIRST, name))]


def _sentences(sought: str) -> dict[str, object]:
    """The sentences that have the words that are sought."""
    hits = text_search(Words.model_validate({"q": sought[:1000], "kind": ("sentence",), "limit": SENTENCES}))
    shown = [
        FoundSentence(hit, sentence_address(hit.evidence), tuple(_pieces(hit.snippet)))
        for hit in hits.items
        if hit.evidence
    ]
    return {"total": hits.total, "shown": shown}


def _pieces(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    """The words of a snippet in order, those that were sought apart from the others."""
    done = 0
    for begin, end in sorted(snippet.marks):
        if begin >= done:
            yield snippet.text[done:begin], False
            yield snippet.text[begin:end], True
            done = end
    yield snippet.text[done:], False
