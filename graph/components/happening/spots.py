"""Spots: the territories that words of a sentence name as the place of an event."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from graph.notes import Argument, EventNote, Notes, Reference, Referent
from ontology.place_words import load_place_words

VISITED = frozenset({"City", "State", "Facility", "Island", "DiplomaticMission", "University"})
"""Classes of places that one is at while one meets or speaks; a sea or region is rather what is spoken of."""
_SITED = frozenset({"of", "at"})


def places(event: EventNote) -> list[Argument]:
    """Where an event is said to have been."""
    return [a for a in event.arguments if a.role == "place"]


def block_of(notes: Notes, token: Token) -> int:
    """The number of the paragraph that a word stands in; -1 between them."""
    blocks = notes.document.blocks
    return next((i for i, b in enumerate(blocks) if b.begin <= token.idx < b.end), -1)


def spot(notes: Notes, token: Token) -> Argument | None:
    """A territory that a token names, as the place of an event; behind a noun too: "the oasis of Siwa"."""
    return next((a for t in _names(token) if (a := _spot(notes, t)) is not None), None)


def class_of(notes: Notes, place: Argument) -> str:
    """The class of a place; empty where it has no name."""
    return notes.referents[place.key].cls if place.key else ""


def end(notes: Notes, token: Token, prepositions: frozenset[str]) -> Argument | None:
    """The place that hangs on a word by one of some prepositions."""
    ends = (e for p in token.children if p.dep_ == "prep" and p.lower_ in prepositions for e in p.children)
    return next((a for e in ends if (a := spot(notes, e)) is not None), None)


def named_within(notes: Notes, token: Token) -> Argument | None:
    """A territory of the text that a token names within another name ("court in Bahrain").

    A town that only this name tells of becomes one.
    """
    territories = (r for r in notes.referents.values() if r.kind == "territory")
    key = next((r.key for r in territories if token.text in {r.name, *r.aliases}), None)
    if key is None and token.pos_ == "PROPN" and token.ent_type_ == "GPE" and token.head.dep_ == "prep":
        key = notes.new_key("t")
        notes.referents[key] = Referent(key, "territory", "City", token.text)
        notes.refer(Reference(token.i, token.i + 1, token.i, (key,), "name"))
    return Argument("place", token.i, token.i + 1, key=key) if key else None


def kind_before(token: Token) -> Token:
    """The noun for the kind of a place before its name ("the oasis of Siwa"), or the name itself."""
    of = token.head
    named = token.dep_ == "pobj" and of.lower_ == "of" and of.head.lemma_.lower() in load_place_words().kinds
    return of.head if named else token


def _names(token: Token) -> Iterator[Token]:
    yield token
    if token.pos_ == "NOUN" and token.lemma_.lower() in load_place_words().kinds:
        yield from (c for c in token.children if c.dep_ == "appos")
        yield from (c for p in token.children if p.lower_ in _SITED for c in p.children if c.dep_ == "pobj")


def _spot(notes: Notes, token: Token) -> Argument | None:
    reference = notes.at(token.i)
    if reference is None or notes.referents[reference.keys[0]].kind != "territory":
        return None
    return Argument("place", reference.start, reference.end, key=reference.keys[0])
