"""Who holds a title: the name after it, the name it is an apposition to, or the subject it is said of."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from graph.components.holding.named_after import named_after
from graph.components.holding.named_before import named_before
from graph.components.holding.owners_after import body_after, place_after, state_in_brackets
from graph.components.holding.sayings import said_of
from graph.components.holding.titles import NATIONAL, Title, end_of_sentence
from graph.notes import Notes, Reference
from ontology.office_words import OfficeWords


@dataclass(frozen=True, slots=True)
class Holding:
    """One person with a title, and for which state or body, if the words say it."""

    title: Title
    holder: str
    of: str | None
    rule: str


def holdings(doc: Doc, notes: Notes, title: Title, words: OfficeWords) -> list[Holding]:
    """The persons whom the text gives a title, by the first way of saying it that fits."""
    enclosed = not title.plural and title.determiner is None and _has_comma_after(doc, notes, title)
    before = named_before(doc, notes, title, words) if enclosed else []
    people = [] if before else named_after(doc, notes, title, words)
    if people:
        return _distributed(doc, notes, title, people, "before-name")
    people = before or named_before(doc, notes, title, words)
    if people:
        return _distributed(doc, notes, title, people, "after-name")
    return _distributed(doc, notes, title, said_of(doc, notes, title.head, words), "copula")


def _has_comma_after(doc: Doc, notes: Notes, title: Title) -> bool:
    return title.right < end_of_sentence(notes, title) and doc[title.right].text == ","


def _distributed(doc: Doc, notes: Notes, title: Title, people: list[Reference], rule: str) -> list[Holding]:
    """Give each person its state: "the ministers of A and B, X and Y"; "Presidents X of A and Y of B"."""
    shared = title.of[0] if len(title.of) == 1 else None
    paired = len(title.of) == len(people)
    holdings = []
    for i, reference in enumerate(people):
        of = title.of[i] if paired else shared
        if rule == "before-name" and of is None:
            of = place_after(doc, notes, title, reference.end) or body_after(doc, notes, title, reference.end)
        if of is None and title.office.kind in NATIONAL and not title.to:
            of = state_in_brackets(doc, notes, reference.end)
        holdings += [Holding(title, key, of, rule) for key in reference.keys]
    return holdings
