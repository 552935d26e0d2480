"""What the steps of identity hand on: places, ties between them with reasons, and what people judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.iri import slug
from graph.ledger import Judgement, Side, parsed_place
from graph.model import Reading

Place = tuple[str, str]
"""A document's identifier and a key in its reading."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A reason for which two things are one, or (a doubt) may be one; ``score`` is between 0 and 1."""

    a: Place
    b: Place
    rule: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What people judged, as places that are one and places that are not.

    ``overridden`` are the numbers of judgements that later ones contradict, ``places`` all that are judged.
    """

    together: tuple[tuple[Place, ...], ...] = ()
    apart: Mapping[Place, frozenset[Place]] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()
    settled: frozenset[frozenset[Place]] = frozenset()  # pairs that nobody need be asked about any more
    overridden: frozenset[int] = frozenset()
    places: frozenset[Place] = frozenset()


def replay(judgements: Iterable[Judgement], readings: Iterable[Reading]) -> Judged:
    """Find the things that judgements are about in the readings, and apply the judgements, newest first.

    A judgement about something that no document has any more rests until one has it again.

    Args:
        judgements: those that hold, oldest first.
        readings: all readings of the graph.
    """
    newest = sorted(judgements, key=lambda j: -j.number)
    if not newest:
        return Judged()
    found = _Finder(newest, readings)
    sets, ties, settled, overridden = _Sets(), list[Tie](), set[frozenset[Place]](), set[int]()
    for judgement in newest:
        one, other = found.places(judgement.a), found.places(judgement.b)
        if not one or not other:
            continue
        a, b = one[0], other[0]
        settled.add(frozenset((a, b)))
        if judgement.verdict == "same" and sets.join(a, b):
            reason = f"judgement {judgement.number}{f': {judgement.why}' if judgement.why else ''}"
            ties.append(Tie(a, b, "judged", 1.0, reason))
            already = f"judgement {judgement.number}, by which time it was one thing"
            for head, place in ((h, p) for h, *others in (one, other) for p in others):
                if sets.join(head, place):
                    ties.append(Tie(head, place, "judged", 1.0, already))
        elif judgement.verdict == "same":
            overridden.add(judgement.number)
        elif judgement.verdict == "different":
            parted = [sets.part(x, y) for x in one for y in other]
            if not all(parted):
                overridden.add(judgement.number)
    together, apart = sets.together(), sets.apart()
    places = frozenset(p for group in together for p in group) | frozenset(apart)
    return Judged(together, apart, tuple(ties), frozenset(settled), frozenset(overridden), places)


class _Sets:
    """Disjoint sets of places, some of which must not be joined."""

    def __init__(self) -> None:
        self._up: dict[Place, Place] = {}
        self._parted: list[tuple[Place, Place]] = []

    def root(self, place: Place) -> Place:
        while (above := self._up.setdefault(place, place)) != place:
            place = above
        return place

    def join(self, a: Place, b: Place) -> bool:
        """Make two sets one, if nothing keeps them apart."""
        one, other = sorted((self.root(a), self.root(b)))
        if any({self.root(x), self.root(y)} == {one, other} for x, y in self._parted):
            return False
        self._up[other] = one
        return True

    def part(self, a: Place, b: Place) -> bool:
        """Keep two sets apart, if they are not one already."""
        if self.root(a) == self.root(b):
            return False
        self._parted.append((a, b))
        return True

    def together(self) -> tuple[tuple[Place, ...], ...]:
        sets: dict[Place, list[Place]] = {}
        for place in sorted(self._up):
            sets.setdefault(self.root(place), []).append(place)
        return tuple(tuple(group) for _, group in sorted(sets.items()) if len(group) > 1)

    def apart(self) -> dict[Place, frozenset[Place]]:
        apart: dict[Place, set[Place]] = {}
        for a, b in self._parted:
            apart.setdefault(a, set()).add(b)
            apart.setdefault(b, set()).add(a)
        return {place: frozenset(others) for place, others in sorted(apart.items())}


class _Finder:
    """Which thing of which reading a side of a judgement is."""

    def __init__(self, judgements: Iterable[Judgement], readings: Iterable[Reading]) -> None:
        sides = [side for j in judgements for side in (j.a, j.b)]
        documents = {parsed_place(text)[0] for side in sides for text in side.places}
        names = {side.name for side in sides if not side.places}
        self._readings: dict[str, Reading] = {}
        self._named: dict[str, Place] = {}
        for reading in sorted(readings, key=lambda r: r.document.identifier):
            identifier = reading.document.identifier
            if identifier in documents:
                self._readings[identifier] = reading
            if names:
                for name, key in own_names(reading):
                    self._named.setdefault(name, (identifier, key))

    def places(self, side: Side) -> list[Place]:
        """Those of the side's places that are there; a side without places goes by its name."""
        if not side.places:
            return [self._named[side.name]] if side.name in self._named else []
        found = (self._place(text, side.kind) for text in side.places)
        return list(dict.fromkeys(place for place in found if place))

    def _place(self, text: str, kind: str) -> Place | None:
        """What a stretch of a document refers to; or what a mention does that overlaps with it."""
        identifier, span = parsed_place(text)
        reading = self._readings.get(identifier)
        if reading is None:
            return None
        kinds = {e.key: e.kind for e in reading.entities}
        mentions = [m for m in reading.mentions if m.span.begin < span.end and span.begin < m.span.end]
        for mention in sorted(mentions, key=lambda m: (m.span != span, m.span, m.refers_to)):
            if kinds.get(mention.refers_to, "event") == kind:
                return identifier, mention.refers_to
        return None


def own_names(reading: Reading) -> Iterator[tuple[str, str]]:
    """The short id that each entity of a reading has by its name alone, with its key."""
    for entity in reading.entities:
        yield f"{entity.kind}/{entity.known or slug(entity.name)}", entity.key
