"""Anniversaries: what is remembered after so many years happened so many years before.

"The 60th anniversary of the accord" in 2016 is of an accord of 1956. Where the clause has no date, the
anniversary is in the year in which the text was issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spacy.attrs import LOWER  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc, Token

from graph.calendar.dates import bounds, calendar_date, is_day
from graph.components.columns import indexes_of
from graph.components.happening.clauses import clause_verb
from graph.model import BlockKind, Span, When
from graph.notes import EventNote, Notes
from ontology.time_words import TimeWords

_NUMBER = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
_BETWEEN = frozenset({"appos", "dobj", "attr", "pobj", "prep"})


def date_anniversaries(doc: Doc, notes: Notes, heads: Mapping[int, EventNote], words: TimeWords) -> None:
    """Date anniversaries that are counted, and the events that they are of."""
    issued = str(notes.document.year or "") or (notes.document.issued or "")[:4]
    for i in indexes_of(doc, LOWER, words.anniversaries):
        token = doc[i]
        years = _years(token, words)
        sentence = notes.sentence_of(i)
        if years is None or sentence is None or sentence.kind is not BlockKind.BODY:
            continue
        base = _base(token, notes, heads) or issued
        if not base[:4].isdigit():
            continue
        event = heads.get(i)
        if event is not None and event.when is None:
            event.when = _when(base, token)
        for then in _remembered(token, heads):
            if not _has_own_date(doc, then):
                value = _before(base, years, elapsing=then.cls in words.elapsing)
                then.when = _when(value, token) if value else then.when


def _years(token: Token, words: TimeWords) -> int | None:
    """How many years an anniversary is counted: "the 60th", "the first", "the bicentenary"."""
    own = words.anniversaries[token.lower_]
    if own:
        return own
    for child in token.children:
        match = _NUMBER.fullmatch(child.lower_)
        if match or child.lower_ in words.ordinals:
            return int(match[1]) if match else words.ordinals[child.lower_]
    return None


def _base(token: Token, notes: Notes, heads: Mapping[int, EventNote]) -> str | None:
    """The date of the act that an anniversary is kept by, as the text gives it."""
    own = heads.get(token.i)
    if own is not None and own.when is not None:
        return own.when.edtf
    node = token
    while node.dep_ in _BETWEEN and node.head.pos_ not in {"VERB", "AUX"}:
        if node.dep_ == "prep" and node.head.pos_ in {"NOUN", "PROPN"}:
            return None
        node = node.head
    verb = clause_verb(node.head if node.dep_ in _BETWEEN else node)
    kept = heads.get(verb.i)
    if kept is not None and kept.when is not None:
        return kept.when.edtf
    days = [c.i for c in verb.children if c.dep_ == "npadvmod"]
    return next((t.when.edtf for t in notes.times if any(t.start <= i < t.end for i in days)), None)


def _remembered(token: Token, heads: Mapping[int, EventNote]) -> Iterator[EventNote]:
    for prep in (c for c in token.children if c.lower_ == "of"):
        yield from (heads[c.i] for c in prep.children if c.i in heads)


def _has_own_date(doc: Doc, event: EventNote) -> bool:
    if event.when is None:
        return False
    subtree = list(doc[slice(*event.triggers[0])].root.subtree)
    return subtree[0].idx <= event.when.phrase.begin < subtree[-1].idx + len(subtree[-1])


def _before(base: str, years: int, *, elapsing: bool) -> str | None:
    """The date some years before another; what went on for days is known to the month."""
    parts = [int(part) for part in base.split("-")] if is_day(base) else [int(base[:4])]
    parts[0] -= years
    return calendar_date(*(parts[:2] if elapsing else parts))


def _when(edtf: str, token: Token) -> When:
    """A date that is worked out of the word for an anniversary."""
    first, last = bounds(edtf)
    words = Span(token.idx, token.idx + len(token))
    return When(edtf, first.isoformat() if first else None, last.isoformat() if last else None, words)
