"""Persons who have the same office elsewhere: "Kenyan President A met his Ugandan counterpart, B"."""

from __future__ import annotations

from spacy.attrs import LOWER  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc

from graph.components.columns import indexes_of
from graph.notes import Notes, OfficeNote

_WORDS = frozenset({"counterpart", "opposite"})
_ADDRESS = frozenset({",", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "number", "sheikh", "dr", "dr."})
_NATIONAL = frozenset({"state", "government", "minister", "deputy"})


def note_counterparts(doc: Doc, notes: Notes) -> None:
    """Give each counterpart that is named the office of the one whose counterpart it is."""
    for i in indexes_of(doc, LOWER, _WORDS):
        sentence = notes.sentence_of(i)
        if sentence is not None:
            _note(doc, notes, i, sentence.start, sentence.end)


def _note(doc: Doc, notes: Notes, i: int, begin: int, end: int) -> None:
    held = [o for o in notes.offices if o.holder and o.kind in _NATIONAL and begin <= o.start < i]
    states = [r for r in notes.referents_at(i - 1) if r.cls == "State"]
    j = i + 1
    while j < end and doc[j].lower_ in _ADDRESS:
        j += 1
    person = notes.referents_at(j) if j < end else ()
    if not held or len(person) != 1 or person[0].kind != "person" or person[0].key == held[-1].holder:
        return
    of = states[0].key if states else None
    same = held[-1]
    notes.offices.append(
        OfficeNote(i, i + 1, same.title, person[0].key, of, "counterpart", i, i + 1, i, same.kind)
    )
