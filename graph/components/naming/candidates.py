"""Stretches of a text that may be names, and which of those that overlap stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from graph.model import EntityKind


class Strength(IntEnum):
    """How sure a finder is of what it found; where two overlap, the surer stands, then the longer."""

    RECOGNISED = 1
    KNOWN = 2
    LONG = 3
    BUILT = 4
    TITLED = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of tokens that may be a name.

    ``known`` is its row in the gazetteer; ``states`` are the rows of the states it belongs to; ``shown`` the
    name to give the entity where it is wider than the stretch ("Mali's army"); ``same`` the start of the full
    name that an acronym stands for.
    """

    start: int
    end: int
    kind: EntityKind
    cls: str
    strength: Strength
    known: str | None = None
    states: tuple[str, ...] = ()
    shown: str | None = None
    same: int | None = None


def standing(candidates: Iterable[Candidate], size: int) -> list[Candidate]:
    """The candidates that stand, in order of the text, no two overlapping; ``size`` is that of the text."""
    taken = [False] * size
    kept: list[Candidate] = []
    for c in sorted(candidates, key=lambda c: (-c.strength, c.start - c.end, c.known is None, c.start)):
        if not any(taken[c.start : c.end]):
            taken[c.start : c.end] = [True] * (c.end - c.start)
            kept.append(c)
    return sorted(kept, key=lambda c: c.start)
