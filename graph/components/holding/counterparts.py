"""Persons who have the same office elsewhere: "Kenyan President A met his Ugandan counterpart, B"."""

from __future__ import annotations

from spacy.attrs import LOWER  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc

from graph.components.columns import indexes_of
from graph.components.holding.owners_after import state_after
from graph.notes import Notes, OfficeNote, Reference
from ontology.office_words import OfficeWords

_NATIONAL = frozenset({"state", "government", "minister", "deputy", "envoy", "leader", "military"})
_OWNERS = frozenset({"his", "her", "their"})


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
    if not held:
        return
    states = _before(doc, notes, i, begin)
    j = i + 1
    if j + 1 < end and doc[j].lower_ in {"in", "from", "of"}:  # "his colleague in Lima, X"
        after, stop = _list(doc, notes, j + 1, end)
        named = [r for r in after if notes.referents[r.keys[0]].kind == "territory"]
        if named and len(named) == len(after):
            states = states or _states(notes, named)
            j = stop
    people, _ = _list(doc, notes, _addressed(doc, j, end, words), end, words)
    people = [r for r in people if len(r.keys) == 1 and notes.referents[r.keys[0]].kind == "person"]
    if doc[i].tag_ not in {"NNS", "NNPS"}:
        people = people[:1]
    for n, person in enumerate(people):
        paired = len(states) == len(people)
        of = states[n] if paired else state_after(doc, notes, person.end)
        alone = of is None and (doc[i].lower_ in words.fellows or len(people) > 1)
        if alone or person.keys[0] == held[-1].holder:  # a colleague may as well work for the same state
            continue
        same = held[-1]
        notes.offices.append(
            OfficeNote(i, i + 1, same.title, person.keys[0], of, "counterpart", i, i + 1, i, same.kind)
        )


def _before(doc: Doc, notes: Notes, i: int, begin: int) -> list[str]:
    """The states in "his Chilean and Bolivian counterparts", where ``i`` is the token of the noun."""
    states: list[str] = []
    while i > begin:
        reference = notes.at(i - 1)
        found = _states(notes, [reference]) if reference is not None else []
        if not found or reference is None:
            break
        states = [*found, *states]
        i = reference.start
        while i > begin and doc[i - 1].lower_ in {",", "and"}:
            i -= 1
    return states


def _states(notes: Notes, references: list[Reference]) -> list[str]:
    return [r.keys[0] for r in references if len(r.keys) == 1 and notes.referents[r.keys[0]].cls == "State"]


def _addressed(doc: Doc, j: int, end: int, words: OfficeWords) -> int:
    """The token after commas, "number" and forms of address."""
    while j < end and (doc[j].lower_ in words.honorifics or doc[j].lower_ in {",", "number"}):
        j += 1
    return j


def _list(
    doc: Doc, notes: Notes, i: int, end: int, words: OfficeWords | None = None
) -> tuple[list[Reference], int]:
    """The names of "A, B and C" from token ``i``, and the token after them; "of" a state may follow each."""
    found: list[Reference] = []
    stop = i
    while i < end:
        reference = notes.at(i)
        if reference is None or reference.start != i:
            break
        found.append(reference)
        stop = i = reference.end
        if words is not None and state_after(doc, notes, i) is not None:
            while i < end and doc[i].lower_ not in {",", "and"}:
                i += 1
        while i < end and doc[i].lower_ in {",", "and"}:
            i += 1
        if words is not None:
            i = _addressed(doc, i, end, words)
        elif i < end and (at := notes.at(i)) and notes.referents[at.keys[0]].kind != "territory":
            break
    return found, stop


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
    """Whether "his" or "her" stands before the word at token ``i``, with one word or some states between."""
    near = 5 if doc[i].tag_ == "NNS" else 2
    return any(t.lower_ in _OWNERS for t in doc[max(begin, i - near) : i])
