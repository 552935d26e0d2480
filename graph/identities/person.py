"""One person, as far as it is known who that is."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.identities.spelling import romanised
from graph.identities.ties import Place
from graph.iri import fold

_SUFFIXES = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv"})

Office = tuple[str, str | None]  # a folded title and the IRI of the state or institution


@dataclass(slots=True)
class Person:
    """One person, as far as it is known by now: the places that tell of them and what these say.

    ``words`` are those of the fullest name, without initials and suffixes; ``countries`` the states that the
    person holds an office for, be it through an institution.
    """

    places: list[Place]
    names: set[str]
    words: tuple[str, ...]
    initials: frozenset[str]
    suffix: str
    offices: set[Office]
    countries: set[str]
    years: set[int]
    documents: set[str] = field(default_factory=set)
    judged: set[Place] = field(default_factory=set)
    apart: set[Place] = field(default_factory=set)

    @property
    def ofs(self) -> set[str]:
        """The states and institutions that the person holds an office for."""
        return {of for _, of in self.offices if of}

    @property
    def spelt(self) -> tuple[str, ...]:
        """The words of the name, whatever the romanisation."""
        return tuple(map(romanised, self.words))

    @property
    def full(self) -> bool:
        """Whether more than a surname is known."""
        return len(self.words) > 1

    @property
    def first(self) -> tuple[tuple[int, ...], tuple[str, ...], Place]:
        """What puts people into one order, the fullest names first, whatever order they came in."""
        return (-len(self.words), -len(self.initials)), self.words, min(self.places)

    def contradicts(self, other: Person) -> bool:
        """Whether their offices, suffixes or middle initials are at odds."""
        if self.countries and other.countries and not self.countries & other.countries:
            return True
        if self.suffix and other.suffix and self.suffix != other.suffix:
            return True
        titles, theirs = {t for t, _ in self.offices}, {t for t, _ in other.offices}
        return bool(self.ofs and other.ofs) and not (self.ofs & other.ofs or titles & theirs)

    def may_be(self, other: Person) -> bool:
        """Whether nothing forbids that they are one: no document, judgement or office tells them apart."""
        return (
            self.documents.isdisjoint(other.documents)
            and self.judged.isdisjoint(other.apart)
            and not self.contradicts(other)
        )

    def absorb(self, other: Person) -> None:
        """Become one with the other."""
        if other.full > self.full or (other.full == self.full and other.first < self.first):
            self.words, self.initials = other.words, other.initials
        self.suffix = self.suffix or other.suffix
        self.places += other.places
        for name in ("names", "offices", "countries", "years", "documents", "judged", "apart"):
            getattr(self, name).update(getattr(other, name))


def name_parts(name: str) -> tuple[tuple[str, ...], frozenset[str], str]:
    """The words of a name, its initials, and "jr" or the like."""
    words = fold(name).split()
    suffix = next((w for w in words if w in _SUFFIXES), "")
    rest = [w for w in words if w not in _SUFFIXES] or words
    return tuple(w for w in rest if len(w) > 1), frozenset(w for w in rest if len(w) == 1), suffix
