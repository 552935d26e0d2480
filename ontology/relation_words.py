"""The words that state relations between things: read from ``words/relations.yaml`` and checked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

Predicate = Literal[
    "partOf",
    "locatedIn",
    "memberOf",
    "headOf",
    "represents",
    "claimedBy",
    "administeredBy",
    "capitalOf",
    "partyTo",
    "publishedBy",
    "proposedBy",
    "organizedBy",
    "ownedBy",
]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tie(_Strict):
    """What verbs and nouns of relation have in common.

    ``kinds`` holds, for each side of the property, the kinds or classes that may stand there.
    """

    id: str
    predicate: Predicate
    kinds: tuple[frozenset[str], frozenset[str]]


class VerbTie(Tie):
    """Verbs that state a relation; ``nouns`` are objects one of which they need ("take possession of").

    With such a noun, sides are the agent of the verb, or the owner or complement of the noun.
    """

    lemmas: frozenset[str]
    subject: str
    object: str
    nouns: frozenset[str] = frozenset()


class NounTie(Tie):
    """Nouns that state a relation; each side has a choice of arguments.

    With ``marks``, one of these words must stand before the noun ("state-owned company").
    """

    nouns: frozenset[str]
    marks: frozenset[str] = frozenset()
    subject: tuple[str, ...]
    object: tuple[str, ...]


class EventTie(Tie):
    """Classes of events that tell of a relation; each side has a choice of roles."""

    classes: frozenset[str]
    subject: tuple[str, ...]
    object: tuple[str, ...]


class Same(_Strict):
    """Words by which a text gives a thing a second name."""

    between: tuple[tuple[str, ...], ...]
    verbs: frozenset[str]


class Membership(_Strict):
    """ "Other G7 countries": the words before and after the name of the body."""

    marks: frozenset[str]
    nouns: frozenset[str]


class OfficeTies(_Strict):
    """Words of titles and before them that tell what their holder is to a state or body."""

    heads: frozenset[str]
    leaders: frozenset[str]
    beside: frozenset[str]
    second: frozenset[str]


class RelationWords(_Strict):
    """The tables of ``words/relations.yaml``."""

    verbs: tuple[VerbTie, ...]
    nouns: tuple[NounTie, ...]
    events: tuple[EventTie, ...]
    same: Same
    membership: Membership
    lists: frozenset[str]
    sorts: frozenset[str]
    concluded: frozenset[str]
    hosts: frozenset[str]
    parts: frozenset[str]
    seats: frozenset[str]
    capitals: frozenset[str]
    offices: OfficeTies

    def by_lemma(self) -> dict[str, tuple[VerbTie, ...]]:
        """The ties of each verb, by its lemma."""
        lemmas = {lemma for tie in self.verbs for lemma in tie.lemmas}
        return {lemma: tuple(t for t in self.verbs if lemma in t.lemmas) for lemma in lemmas}

    def by_noun(self) -> dict[str, tuple[NounTie, ...]]:
        """The ties of each noun, by its form in the text, in small letters."""
        nouns = {noun for tie in self.nouns for noun in tie.nouns}
        return {noun: tuple(t for t in self.nouns if noun in t.nouns) for noun in nouns}


@cache
def load_relation_words() -> RelationWords:
    """Read ``words/relations.yaml``.

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    text = (files("ontology") / "words" / "relations.yaml").read_text(encoding="utf-8")
    return RelationWords.model_validate(yaml.safe_load(text))
