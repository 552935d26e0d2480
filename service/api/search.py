"""The operation that finds things by words: names, titles and sentences, the best fit first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import numpy as np
from flask import current_app
from pydantic import Field

from graph.networks.columns import NOTHING
from graph.networks.filters import entity_classes
from graph.search.entries import Phrase
from graph.search.kept_texts import LiveTexts
from graph.search.text_index import MOST_WORDS, Hit, Sought
from ontology.schema import load_schema
from service.api.asked_index import telling
from service.api.operations import Operations, Parameters
from service.api.parameters import OneOf, Truth, kinds
from service.api.telling import Telling
from service.api.told.hits import Snippet, TextHit, TextHits
from service.api.told.things import Evidence, Thing

operations = Operations()
MOST = 100
"""Items on one page at most."""
_THINGS = 20
_PAGE = 20
_FURTHEST = 10**6 - 1
_SNIPPET = 240
"""Characters of a text that are shown around what was found in it."""


_BESIDE = ("document", "sentence")
"""What can be found that is no entity and no event."""
Findable = Annotated[str, OneOf(lambda: [*_BESIDE, *kinds(load_schema())])]


class Words(Parameters):
    """What is looked for."""

    q: str = Field(
        max_length=MOST_WORDS,
        description="Words, all of which must be there, in any form; those in double quotes in that order.",
        examples=["northern territories"],
    )
    kind: tuple[Findable, ...] = Field(
        default=(),
        description="Classes of things, with those below them; or event, document, sentence. Default: all.",
    )
    prefix: Truth = Field(
        default=False,
        description="Whether the last word may be the beginning of one; finds names and titles alone.",
    )
    limit: int = Field(default=_PAGE, ge=1, le=MOST, description=f"Items to give, 1 to {MOST}.")
    cursor: str | None = Field(
        default=None, pattern=r"^[0-9]{1,6}$", description="Where to go on: next of an earlier answer."
    )


@operations.get("/search", TextHits, parameters=Words)
def text_search(wanted: Words) -> TextHits:
    """Things by the words of their names, and sentences by theirs.

    Words are found in any form of their language, with or without accents and capitals. Each thing comes
    once, with the name that fits best. With prefix=true it gives suggestions while somebody types.
    """
    offset = int(wanted.cursor or 0)
    tell = telling()
    texts: LiveTexts = current_app.extensions["texts"]
    found = texts.current().find(_sought(wanted), wanted.limit, offset)
    following = offset + wanted.limit
    return TextHits(
        total=found.total,
        next=str(following) if following < min(found.total, _FURTHEST) else None,
        items=[_shown(tell, hit) for hit in found.found],
    )


def _sought(wanted: Words) -> Sought:
    """What is looked for. Raises ParameterError where there is no such kind."""
    if not wanted.kind:
        return Sought(wanted.q, wanted.prefix)
    beside = {kind.capitalize() for kind in wanted.kind if kind in _BESIDE}
    named = [kind for kind in wanted.kind if kind not in _BESIDE]
    return Sought(wanted.q, wanted.prefix, beside | entity_classes(load_schema(), named))


def _shown(tell: Telling, hit: Hit) -> TextHit:
    return TextHit(
        **dict(_thing(tell, hit)),
        match=hit.match,
        language=hit.language,
        score=hit.score,
        snippet=_snippet(hit),
        evidence=_evidence(tell, hit.phrase),
        things=list(_things(tell, hit.phrase)) if hit.match == "sentence" and hit.phrase else [],
    )


def _thing(tell: Telling, hit: Hit) -> Thing:
    index = tell.index
    number = index.things.find(hit.thing)
    if number != NOTHING:
        return tell.thing(number)
    kind = {"sentence": "sentence", "title": "document"}.get(hit.match, "entity")
    row = NOTHING if hit.phrase is None else index.documents.find(hit.phrase[0])
    label = hit.text
    if kind == "sentence" and row != NOTHING:
        label = index.titles[row] or index.identifiers[row]
    return Thing(id=hit.thing, iri=hit.thing, label=label, kind=kind, cls=kind.capitalize())


def _snippet(hit: Hit) -> Snippet:
    """What stands around the first word that was found."""
    begin = 0
    if len(hit.text) > _SNIPPET and hit.marks:
        earliest = max(0, min(hit.marks[0][0] - _SNIPPET // 3, len(hit.text) - _SNIPPET))
        begin = hit.text.rfind(" ", 0, earliest) + 1
    end = begin + _SNIPPET
    marks = [(max(b, begin) - begin, min(e, end) - begin) for b, e in hit.marks if b < end and e > begin]
    return Snippet(text=hit.text[begin:end], marks=marks)


def _evidence(tell: Telling, phrase: Phrase | None) -> Evidence | None:
    index = tell.index
    row = NOTHING if phrase is None else index.documents.find(phrase[0])
    if phrase is None or row == NOTHING:
        return None
    _, begin, end = phrase
    return Evidence(
        document=index.identifiers[row],
        id=tell.document_id(row),
        begin=begin,
        end=end,
        quote=index.texts[row][begin:end],
    )


def _things(tell: Telling, phrase: Phrase) -> Iterator[Thing]:
    """What is mentioned in a stretch of text, in the order of the text."""
    index, (document, begin, end) = tell.index, phrase
    row = index.documents.find(document)
    if row == NOTHING:
        return
    rows = index.mentions_in[row]
    inside = rows[(index.mention_begin[rows] >= begin) & (index.mention_end[rows] <= end)]
    ordered = inside[np.argsort(index.mention_begin[inside], kind="stable")]
    for number in list(dict.fromkeys(index.mention_thing[ordered].tolist()))[:_THINGS]:
        yield tell.thing(number)
