"""What a text tells of a person's gender before any pronoun: forms of address, titles, given names."""

from __future__ import annotations

from spacy.tokens import Doc

from graph.iri import fold
from graph.notes import Notes
from ontology.pronoun_words import PronounWords


def tell_genders(doc: Doc, notes: Notes, words: PronounWords) -> None:
    """Note the gender of each person whom a form of address, or else the given name, gives away."""
    for reference in notes.references:
        person = notes.referents[reference.keys[0]]
        if person.kind != "person" or person.gender is not None:
            continue
        before = doc[reference.start - 1].lower_ if reference.start else ""
        person.gender = next((g for g, w in words.genders.items() if before in w.before), None)
    for person in notes.referents.values():
        if person.kind == "person" and person.gender is None and " " in person.name:
            given = fold(person.name).split()[0]
            person.gender = next((g for g, w in words.genders.items() if given in w.given), None)
