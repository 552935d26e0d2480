"""Aftermath: what is said after an occasion is said on its day: "said on Monday after talks in Lima"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from graph.calendar.dates import is_day
from graph.components.happening.clauses import tense
from graph.components.happening.intervals import is_measured
from graph.notes import EventNote
from ontology.time_words import TimeWords

_CARRYING = frozenset({"dobj", "nsubjpass"})


def date_by_aftermath(
    doc: Doc,
    heads: Mapping[int, EventNote],
    speech: frozenset[str],
    occasions: frozenset[str],
    words: TimeWords,
) -> None:
    """Share a day between an act of speech and the occasion after which its clause puts it."""
    for i in sorted(heads):
        said = heads[i]
        if said.cls not in speech or doc[i].pos_ != "VERB" or tense(doc[i]) != "past":
            continue
        for occasion in _before(doc[i], heads, words):
            if occasion.cls not in occasions:
                continue
            if occasion.when is None and said.when is not None and is_day(said.when.edtf):
                occasion.when = said.when
            elif said.when is None and occasion.when is not None and is_day(occasion.when.edtf):
                said.when = occasion.when


def _before(verb: Token, heads: Mapping[int, EventNote], words: TimeWords) -> Iterator[EventNote]:
    """The occasions behind "after" beside a verb: "after talks", "after meeting", "after he had met"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in words.aftermath and not is_measured(child, words):
            nodes = [c for c in child.children if c.dep_ in {"pobj", "pcomp"}]
        elif child.dep_ == "advcl" and _is_after(child, words):
            nodes = [child]
        else:
            continue
        for node in nodes:
            carried = (c for c in node.children if c.dep_ in _CARRYING)
            found = next((heads[t.i] for t in (node, *carried) if t.i in heads), None)
            if found is not None:
                yield found


def _is_after(clause: Token, words: TimeWords) -> bool:
    marks = [c for c in clause.children if c.dep_ in {"mark", "prep"} and c.i < clause.i]
    return any(m.lower_ in words.aftermath and not is_measured(m, words) for m in marks)
