"""One territory, institution or instrument, as far as it is known what that is."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from graph.identities.ties import Place


@dataclass(slots=True)
class Thing:
    """One territory, institution or instrument, as far as it is known by now.

    ``states`` are the IRIs of those that it is of, ``presumed`` of that which its document is on; it is
    ``vague`` where its name and state could be those of many.
    """

    kind: str
    slug: str
    known: bool
    places: list[Place]
    classes: set[str]
    names: set[str]
    aliases: set[str]
    states: set[str]
    presumed: set[str]
    vague: bool
    documents: set[str] = field(default_factory=set)
    judged: set[Place] = field(default_factory=set)
    apart: set[Place] = field(default_factory=set)
    spoken: frozenset[str] = frozenset()  # the states that its document is on, where it is vague
    also: set[str] = field(default_factory=set)  # slugs of those that were judged to be the same
    joined: bool = False  # by a judgement

    @property
    def first(self) -> tuple[bool, Place]:
        """What puts things into one order: rows of the tables first."""
        return not self.known, min(self.places)

    def may_be(self, other: Thing) -> bool:
        """Whether nothing forbids that they are one: no judgement, row, document or state."""
        return (
            not (self.known and other.known)
            and self.judged.isdisjoint(other.apart)
            and self.documents.isdisjoint(other.documents)
            and (not (self.states and other.states) or bool(self.states & other.states))
        )

    def absorb(self, other: Thing) -> None:
        """Become one with the other; the row of a table, or else the smaller slug, names both."""
        self.slug = min((not self.known, self.slug), (not other.known, other.slug))[1]
        self.known, self.vague = self.known or other.known, self.vague and other.vague
        self.places += other.places
        for name in ("classes", "names", "aliases", "states", "presumed", "documents", "judged", "apart"):
            getattr(self, name).update(getattr(other, name))


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a thing may have in common with others: a key, and the reason that it would be.

    ``giver`` says whether the thing's own document gives it this name beside another; None: names are equals.
    """

    key: Hashable
    rule: str
    score: float
    reason: str
    giver: bool | None = None
