"""Persons who have the same office elsewhere: "Kenyan President A met his Ugandan counterpart, B"."""

from __future__ import annotations

from spacy.attrs import LOWER  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc

from graph.components.columns import indexes_of
from graph.components.holding.holders import state_after
from graph.notes import Notes, OfficeNote
from ontology.office_words import OfficeWords

_NATIONAL = frozenset({"state", "government", "minister", "deputy", "envoy"})
_OWNERS = frozenset({"his", "her"})


def note_counterparts(doc: Doc, notes: Notes, words: OfficeWords) -> None:
    """Give each counterpart that is named the office of the one whose counterpart it is."""
    for i in indexes_of(doc, LOWER, words.counterparts):
        sentence = notes.sentence_of(i)
        if sentence is not None:
            _note(doc, notes, i, (sentence.start, sentence.end), words)


def _note(doc: Doc, notes: Notes, i: int, bounds: tuple[int, int], words: OfficeWords) -> None:
    begin, end = bounds
    held = _of_owner(doc, notes, i, begin)
    held = held or [o for o in notes.offices if o.holder and o.kind in _NATIONAL and begin <= o.start < i]
    if not held and _is_owned(doc, i, begin):
        held = [o for o in notes.offices if o.holder and o.kind in _NATIONAL and o.start < begin][-1:]
    states = [r for r in notes.referents_at(i - 1) if r.cls == "State"]
    j = i + 1
    if j + 1 < end and doc[j].lower_ == "in":  # "his colleague in Lima, X"
        seat = notes.at(j + 1)
        j = seat.end if seat is not None and notes.referents[seat.keys[0]].kind == "territory" else j
    while j < end and (doc[j].lower_ in words.honorifics or doc[j].lower_ in {",", "number"}):
        j += 1
    person = notes.referents_at(j) if j < end else ()
    if not held or len(person) != 1 or person[0].kind != "person" or person[0].key == held[-1].holder:
        return
    after = notes.at(j)
    of = states[0].key if states else state_after(doc, notes, after.end) if after is not None else None
    if of is None and doc[i].lower_ in words.fellows:  # who may as well work for the same state
        return
    same = held[-1]
    notes.offices.append(
        OfficeNote(i, i + 1, same.title, person[0].key, of, "counterpart", i, i + 1, i, same.kind)
    )


def _of_owner(doc: Doc, notes: Notes, i: int, begin: int) -> list[OfficeNote]:
    """The offices of the person named last before "his counterpart" at token ``i``."""
    if not _is_owned(doc, i, begin):
        return []
    named = [
        r for r in notes.references if begin <= r.start < i and notes.referents[r.keys[0]].kind == "person"
    ]
    owner = max(named, key=lambda r: r.start, default=None)
    if owner is None:
        return []
    return [o for o in notes.offices if o.holder in owner.keys and o.kind in _NATIONAL and o.start < i]


def _is_owned(doc: Doc, i: int, begin: int) -> bool:
    """Whether "his" or "her" stands before the word at token ``i``, at most two words away."""
    return any(t.lower_ in _OWNERS for t in doc[max(begin, i - 2) : i])
