"""Matching what was annotated with what was found: names that are alike, and pairs one to one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

_IGNORED = frozenset({"the", "a", "an", "of", "mr", "mrs", "ms", "s"})


def plain(name: str) -> str:
    """A name without case, accents, punctuation, possessives, articles and forms of address."""
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    words = re.findall(r"\w+", letters.replace("’", "'").replace("'s ", " "))
    return " ".join(w for w in words if w not in _IGNORED)


def overlap(one: str, other: str) -> float:
    """The F1 of the words that two names share, 0 to 1."""
    a, b = plain(one).split(), plain(other).split()
    shared = sum((Counter(a) & Counter(b)).values())
    return 2 * shared / (len(a) + len(b)) if shared else 0.0


def likeness(name: str, forms: frozenset[str], found: frozenset[str]) -> float:
    """How alike an annotated thing and a found one are: 2 by the name, 1 by another form, else by words.

    Args:
        name: the name of what was annotated, as ``plain`` makes it.
        forms: all its names, the same way.
        found: all names of what was found, the same way.
    """
    if name in found:
        return 2.0
    if forms & found:
        return 1.0
    return max((overlap(a, b) for a in forms for b in found), default=0.0)


def one_to_one(pairs: Iterable[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """The pairs (score, left, right) that stay when the best is taken first and each side only once."""
    lefts: set[int] = set()
    rights: set[int] = set()
    taken = []
    for score, left, right in sorted(pairs, key=lambda pair: -pair[0]):
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            taken.append((score, left, right))
    return taken


def dice(one: Iterable[str], other: Iterable[str]) -> float:
    """The Dice coefficient of two sets; 1 of two empty ones."""
    a, b = set(one), set(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def unmatched(number: int, matched: Sequence[int]) -> list[int]:
    """The indexes below ``number`` that are not among some."""
    return sorted(set(range(number)) - set(matched))
