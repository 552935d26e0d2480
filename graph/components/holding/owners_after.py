"""Whose office it is, by what stands right after the name of its holder: "X of Peru", "X (Peru)"."""

from __future__ import annotations

from spacy.tokens import Doc

from graph.components.holding.titles import NATIONAL, Title
from graph.notes import Notes


def state_after(doc: Doc, notes: Notes, i: int) -> str | None:
    """The state in "of Japan" right after a name."""
    if i + 1 >= len(doc) or doc[i].lower_ != "of":
        return None
    j = i + 2 if doc[i + 1].lower_ == "the" else i + 1
    if j >= len(doc):
        return None
    states = [r for r in notes.referents_at(j) if r.cls == "State"]
    return states[0].key if states else None


def place_after(doc: Doc, notes: Notes, title: Title, i: int) -> str | None:
    """The state after a name, and for a local office the place: "Mayor X of Lyon"."""
    state = state_after(doc, notes, i)
    if state is not None or title.office.kind != "local" or i + 1 >= len(doc) or doc[i].lower_ != "of":
        return state
    places = [r for r in notes.referents_at(i + 1) if r.kind == "territory"]
    return places[0].key if len(places) == 1 else None


def state_in_brackets(doc: Doc, notes: Notes, i: int) -> str | None:
    """The state in brackets after a name: "Ambassador X (Chile)"."""
    if i + 2 >= len(doc) or doc[i].text != "(":
        return None
    reference = notes.at(i + 1)
    closed = reference is not None and reference.end < len(doc) and doc[reference.end].text == ")"
    states = [r for r in notes.referents_at(i + 1) if r.cls == "State"]
    return states[0].key if closed and len(states) == 1 else None


def body_after(doc: Doc, notes: Notes, title: Title, i: int) -> str | None:
    """The body in "Director General X of the Council"."""
    if i + 1 >= len(doc) or doc[i].lower_ != "of" or title.office.kind in NATIONAL | {"rank"}:
        return None
    bodies = notes.referents_at(i + 2 if doc[i + 1].lower_ == "the" and i + 2 < len(doc) else i + 1)
    return bodies[0].key if len(bodies) == 1 and bodies[0].kind == "institution" else None
