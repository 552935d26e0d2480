"""Backdrops: the place that a dateline or the opening of a paragraph gives what is told behind it."""

from __future__ import annotations

from spacy.tokens import Doc

from graph.components.happening.spots import VISITED
from graph.iri import fold
from graph.model import BlockKind
from graph.notes import Argument, Notes, Reference


def lead_place(notes: Notes) -> Argument | None:
    """The place of the dateline that the first paragraph begins with."""
    lead = next((b for b in notes.document.blocks if b.kind is BlockKind.BODY), None)
    return dateline_place(notes) if lead is not None and lead.prose.begin > lead.begin else None


def openings(doc: Doc, notes: Notes) -> dict[int, Reference]:
    """The paragraphs, by number, that begin with a place, and tell of its affairs: "In Mali, ..."."""
    found: dict[int, Reference] = {}
    for number, block in enumerate(notes.document.blocks):
        span = doc.char_span(block.prose.begin, block.prose.end, alignment_mode="expand")
        if block.kind is BlockKind.BODY and span is not None and len(span) > 2 and span[0].text == "In":
            reference = notes.at(span.start + 1)
            if reference is not None and notes.referents[reference.keys[0]].cls in VISITED:
                found[number] = reference
    return found


def dateline_place(notes: Notes) -> Argument | None:
    """The place in the dateline, where a reference names it."""
    place = notes.document.place
    if place is None:
        return None
    return next((place_of(r) for r in notes.references if _names(notes, r, fold(place))), None)


def _names(notes: Notes, reference: Reference, place: str) -> bool:
    referent = notes.referents[reference.keys[0]]
    known = {fold(name) for name in (referent.name, *referent.aliases)}
    town = referent.kind == "territory" and (referent.cls != "State" or fold(referent.name) == place)
    return reference.rule == "name" and town and place in known


def place_of(reference: Reference) -> Argument:
    """The place that a reference names."""
    return Argument("place", reference.start, reference.end, key=reference.keys[0])
