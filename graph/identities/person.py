"""One person, as far as it is known who that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import total_ordering

from graph.identities.spelling import romanised
from graph.identities.ties import Place
from graph.iri import fold

_SUFFIXES = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv"})


@total_ordering
@dataclass(frozen=True, slots=True)
class Name:
    """A person's name: its folded words of more than a letter, its initials, and "jr" or the like.

    Names are ordered by how full they are, the fullest first.
    """

    words: tuple[str, ...]
    initials: frozenset[str]
    suffix: str

    @property
    def full(self) -> bool:
        """Whether it is more than a surname."""
        return len(self.words) > 1

    @property
    def spelt(self) -> tuple[str, ...]:
        """The words, whatever the romanisation."""
        return tuple(map(romanised, self.words))

    def __lt__(self, other: Name) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, tuple[str, ...], list[str], str]:
        initials = sorted(self.initials)
        return -len(self.words), -len(initials), self.words, initials, self.suffix

    def may_be(self, other: Name, in_office: bool, for_state: bool) -> bool:
        """Whether two full names can be one person's.

        Args:
            other: the other name.
            in_office: whether their bearers hold one office.
            for_state: whether they hold offices for one state.
        """
        if bool(self.suffix) != bool(other.suffix) and not in_office:
            return False  # a father and a son, for all that is known
        if self.spelt[0] != other.spelt[0]:  # "Kishida Fumio" and "Fumio Kishida"
            return sorted(self.spelt) == sorted(other.spelt) and (in_office or for_state)
        if self.spelt[-1] != other.spelt[-1]:
            return False
        if self.initials and other.initials and self.initials != other.initials:
            return False
        one, two = set(self.spelt[1:-1]), set(other.spelt[1:-1])
        letters, others = {w[0] for w in one} | self.initials, {w[0] for w in two} | other.initials
        return (one <= two or two <= one or not (one and two)) and (letters <= others or others <= letters)


Office = tuple[str, str | None]  # a folded title and the IRI of the state or institution


@dataclass(slots=True)
class Person:
    """One person, as far as it is known by now: the places that tell of them and what these say.

    ``called`` is the fullest name, and ``also`` the full names of those who were judged to be the same;
    ``countries`` are the states that the person holds an office for, be it through an institution.
    """

    places: list[Place]
    names: set[str]
    called: Name
    offices: set[Office]
    countries: set[str]
    years: set[int]
    documents: set[str] = field(default_factory=set)
    judged: set[Place] = field(default_factory=set)
    apart: set[Place] = field(default_factory=set)
    also: set[Name] = field(default_factory=set)

    @property
    def ofs(self) -> set[str]:
        """The states and institutions that the person holds an office for."""
        return {of for _, of in self.offices if of}

    @property
    def full_names(self) -> list[Name]:
        """The full names by which others may know the person, the fullest first."""
        return [n for n in (self.called, *sorted(self.also - {self.called})) if n.full]

    @property
    def first(self) -> tuple[bool, Name, Place]:
        """What puts people into one order, those whom people judged and the fullest names first."""
        return not self.judged, self.called, min(self.places)

    def contradicts(self, other: Person) -> bool:
        """Whether they hold offices for different states, or one is called senior."""
        if self.countries and other.countries and not self.countries & other.countries:
            return True
        return bool(self.called.suffix and other.called.suffix) and self.called.suffix != other.called.suffix

    def may_be(self, other: Person) -> bool:
        """Whether nothing forbids that they are one: no document, judgement or office tells them apart."""
        return (
            self.documents.isdisjoint(other.documents)
            and self.judged.isdisjoint(other.apart)
            and not self.contradicts(other)
        )

    def absorb(self, other: Person) -> None:
        """Become one with the other."""
        self.called = min(self.called, other.called)
        self.places += other.places
        for name in ("names", "offices", "countries", "years", "documents", "judged", "apart", "also"):
            getattr(self, name).update(getattr(other, name))


def read_name(name: str) -> Name:
    """A name taken to pieces."""
    words = fold(name).split()
    suffix = next((w for w in words if w in _SUFFIXES), "")
    rest = [w for w in words if w not in _SUFFIXES] or words
    return Name(tuple(w for w in rest if len(w) > 1), frozenset(w for w in rest if len(w) == 1), suffix)
