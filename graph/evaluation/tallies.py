"""Tallies: counts of what was found, missed and invented, and shares of what is right; they add up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Counts:
    """What of a kind was found rightly, falsely, and not; a half where a thing is half right."""

    right: float = 0.0
    false: float = 0.0
    missed: float = 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.false + other.false, self.missed + other.missed)

    @property
    def gold(self) -> int:
        """How many there are."""
        return int(self.right + self.missed)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        found = self.right + self.false
        return self.right / found if found else 0.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found; 0 where nothing is there."""
        there = self.right + self.missed
        return self.right / there if there else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a number are right (of participants of one event, a part of one may be)."""

    right: float = 0.0
    number: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.number + other.number)

    @property
    def value(self) -> float:
        """The share that is right; 0 of nothing."""
        return self.right / self.number if self.number else 0.0


def macro_f1(pairs: Iterable[tuple[str, str | None]]) -> float:
    """The mean F1 over all labels that occur, of pairs (gold, found); 0 of no pairs.

    Unlike accuracy, it counts a rare label as much as a common one (C. D. Manning et al.,
    Introduction to Information Retrieval, 2008, section 13.6).
    """
    counts = Counter(pairs)
    labels = {label for pair in counts for label in pair if label is not None}
    per_label = [
        Counts(
            right=counts[label, label],
            false=sum(n for (gold, found), n in counts.items() if found == label != gold),
            missed=sum(n for (gold, found), n in counts.items() if gold == label != found),
        ).f1
        for label in labels
    ]
    return sum(per_label) / len(per_label) if per_label else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that was missed, or found and not annotated, in words."""

    document: str
    kind: str
    words: str


@dataclass(slots=True)
class Sheet:
    """The score of one document, while and after it is written down.

    ``types`` and ``factualities`` are pairs (annotated, found). A type is found as None where the event was
    missed; the pair (None, type) is a false alarm.
    """

    name: str
    counts: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    shares: defaultdict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    mistakes: list[Mistake] = field(default_factory=list)
    types: list[tuple[str | None, str | None]] = field(default_factory=list)
    factualities: list[tuple[str, str | None]] = field(default_factory=list)

    def count(self, kind: str, right: float = 0, false: float = 0, missed: float = 0) -> None:
        """Add what of a kind was found rightly, falsely, and not."""
        self.counts[kind] += Counts(right, false, missed)

    def judge(self, detail: str, right: float) -> None:
        """Add one judgement on a detail: right (1 or True), wrong, or a part."""
        self.shares[detail] += Share(right, 1)

    def note(self, kind: str, words: str) -> None:
        """Add a mistake to those that are listed."""
        self.mistakes.append(Mistake(self.name, kind, words))
