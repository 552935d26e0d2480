"""What identity needs of the name tables about territories, by the ids of their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph.iri import fold
from ontology.gazetteer import Gazetteer
from ontology.name_tables import Place

Contested = tuple[str, frozenset[str]]
"""A disputed ground, and those who claim or administer it."""


@dataclass(frozen=True, slots=True)
class Geography:
    """Functions of ids; a row that is no longer in the tables is a row of which nothing is known.

    ``words`` are the folded words of the names and adjectives of a territory, ``state`` is the state that it
    is or lies in, ``parent`` the next larger territory, ``contested`` the largest disputed ground around it;
    ``words_of_sides`` are the names that one side uses, each with the id of its state.
    """

    words: Callable[[str], frozenset[str]] = lambda _: frozenset()
    state: Callable[[str], str | None] = lambda _: None
    parent: Callable[[str], str | None] = lambda _: None
    contested: Callable[[str], Contested | None] = lambda _: None
    words_of_sides: Callable[[str], Iterable[tuple[str, str]]] = lambda _: ()


def geography(gazetteer: Gazetteer) -> Geography:
    """What the gazetteer knows."""

    def row(identifier: str) -> Place | None:
        try:
            return gazetteer.place(identifier)
        except KeyError:
            return None

    def words(identifier: str) -> frozenset[str]:
        place = row(identifier)
        forms = (*place.forms, *place.adjectives, *place.people) if place else ()
        return frozenset(word for form in forms for word in fold(form.text).split())

    def state(identifier: str) -> str | None:
        place = row(identifier)
        found = gazetteer.state_of(place) if place else None
        return found.id if found else None

    def parent(identifier: str) -> str | None:
        place = row(identifier)
        return (place.parent or None) if place else None

    def contested(identifier: str) -> Contested | None:
        place = row(identifier)
        if place is None or "disputed" not in place.flags:
            return None
        sides = frozenset((*place.claimed_by, *place.administered_by))
        return contested(place.parent) or (place.id, sides)

    def words_of_sides(identifier: str) -> Iterable[tuple[str, str]]:
        place = row(identifier)
        return [(form.text, form.viewpoint) for form in (place.forms if place else ()) if form.viewpoint]

    return Geography(words, state, parent, contested, words_of_sides)
