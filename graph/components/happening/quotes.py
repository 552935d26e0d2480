"""Quotations: where quotation marks open and close, over sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.attrs import ORTH  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc

from graph.components.columns import indexes_of
from graph.model import Block

_OPENING = {"“": "”", "«": "»", "„": "“"}
_STRAIGHT = {'"', "''", "``"}
_CLOSING = {"”", "»"}
_MARKS = _STRAIGHT | _CLOSING | _OPENING.keys()
_WORDS = 4
"""Fewer words in quotation marks are a name or a term, not speech."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The tokens between two quotation marks, without them."""

    start: int
    end: int


def find_quotes(doc: Doc, blocks: tuple[Block, ...]) -> Iterator[Quote]:
    """The quotations of a text, in order; one left open ends with its paragraph."""
    marks = indexes_of(doc, ORTH, _MARKS)
    if not marks:
        return
    ends = [b.end for b in blocks]
    opened: int | None = None
    for i in [*marks, len(doc)]:
        if opened is not None:
            border = next((e for e in ends if e > doc[opened].idx), len(doc.text))
            crossed = i == len(doc) or doc[i].idx >= border
            end = _last_before(doc, border) if crossed else i
            if end - opened > _WORDS:
                yield Quote(opened + 1, end)
            opened = i if crossed and i < len(doc) and doc[i].text not in _CLOSING else None
        elif i < len(doc) and doc[i].text not in _CLOSING:
            opened = i


def _last_before(doc: Doc, border: int) -> int:
    span = doc.char_span(0, border, alignment_mode="contract")
    return span.end if span is not None else len(doc)
