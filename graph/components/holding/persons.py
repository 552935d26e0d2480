"""The references to persons at, before and after a token."""

from __future__ import annotations

from spacy.tokens import Token

from graph.notes import Notes, Reference


def _is_person(notes: Notes, reference: Reference | None) -> bool:
    return reference is not None and all(notes.referents[k].kind == "person" for k in reference.keys)


def person_at(notes: Notes, i: int) -> Reference | None:
    """The person whose name begins at a token."""
    reference = notes.at(i)
    return (
        reference if reference is not None and reference.start == i and _is_person(notes, reference) else None
    )


def person_ending(notes: Notes, i: int) -> Reference | None:
    """The person whose name ends with a token."""
    reference = notes.at(i) if i >= 0 else None
    return reference if reference and reference.end == i + 1 and _is_person(notes, reference) else None


def people_at(notes: Notes, token: Token | None) -> list[Reference]:
    """The person, or persons at once, whom a token names."""
    reference = notes.at(token.i) if token is not None else None
    return [reference] if reference is not None and _is_person(notes, reference) else []
