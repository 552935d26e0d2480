"""How alike two accounts of an event are, and why: a sum of weights, as a probability.

The weights are set by hand, on the side of keeping apart: what is wrongly joined costs a reader more than
what is told twice. A date within a month, one person and one more thing in common are just enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp

from graph.identities.occurrences import NEAR, Occurrence
from ontology.identity import EventKinds

JOINED = 0.8
"""From this probability on, two accounts are of one event."""

ASKED = 0.5
"""From this probability on, it is worth asking."""

_BIAS = 3.1
_MONTH = 31


@dataclass(frozen=True, slots=True)
class Resemblance:
    """The probability that two accounts are of one event, and what speaks for it, in words."""

    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares accounts.

    Args:
        kinds: what events of which class need in common.
        within: whether the first of two places, as IRIs, lies in the second.
        name: what to call a thing, by its IRI, in reasons.
    """

    kinds: EventKinds
    within: Callable[[str, str], bool]
    name: Callable[[str], str]

    def compare(self, a: Occurrence, b: Occurrence) -> Resemblance | None:
        """How alike two accounts of the same family are; None where something rules out that they are one."""
        when, actors = self._when(a, b), self._actors(a, b)
        if when is None or actors is None:
            return None
        site, topic = self._site(a, b), self._topic(a, b)
        local = a.family in self.kinds.local
        if local and not (site.count and a.trigger == b.trigger):
            return None
        told = [when, actors, site, topic]
        points = sum(t.points for t in told)
        points += (1.0 if local else 0.5) if a.trigger == b.trigger else 0.0
        points -= (1.5 if a.negated != b.negated else 0.0) + (0.25 if a.cls != b.cls else 0.0)
        enough = local or sum(t.count for t in told) > 1
        if a.family in self.kinds.mutual:
            enough = enough and actors.count > 1
        once = a.family in self.kinds.single and a.named and bool(a.topics & b.topics)
        points += 1.0 if once else 0.0
        score = 1 / (1 + exp(_BIAS - points))
        if not (enough and (when.sure or once)):
            score = min(score, JOINED - 0.01)
        reason = "; ".join(t.reason for t in told if t.reason)
        return Resemblance(round(score, 3), reason)

    def _when(self, a: Occurrence, b: Occurrence) -> _Told | None:
        one, other = a.window, b.window
        if one is None or other is None:
            return _Told()
        gap, days = one.gap(other), max(one.days, other.days)
        if gap == 0:
            points = 3.0 if days == 1 else 2.0 if days <= _MONTH else 0.5
            same = "the same day" if days == 1 else "dates that agree"
            return _Told(points, f"{same}, {max(one.start, other.start)}", 0, days <= _MONTH)
        if days == 1 and (gap == 1 or (gap <= NEAR and a.sites & b.sites)):
            apart = "a day" if gap == 1 else f"{gap} days"
            return _Told(1.5 if gap == 1 else 0.5, f"dates only {apart} apart", 0, True)
        return None

    def _actors(self, a: Occurrence, b: Occurrence) -> _Told | None:
        shared = a.acting & b.acting
        if a.acting == b.acting:
            for_a = for_b = left_a = left_b = frozenset[str]()
        else:
            only_a, only_b = a.acting - shared, b.acting - shared
            for_a = frozenset(s for p in a.people & only_a for s in a.stands_for[p] & only_b)
            for_b = frozenset(s for p in b.people & only_b for s in b.stands_for[p] & only_a)
            left_a = _left(a, only_a - for_b, for_a)
            left_b = _left(b, only_b - for_a, for_b)
        count = len(shared) + len(for_a) + len(for_b)
        if left_a and left_b and (count < 2 or (left_a & a.people and left_b & b.people)):
            return None
        if a.initiators and b.initiators and not count:
            return None
        points = min(sum(2.0 if "/id/person/" in s else 1.0 for s in shared), 4.0)
        points += min(0.75 * (len(for_a) + len(for_b)), 1.5) - (1.0 if left_a and left_b else 0.0)
        names = ", ".join(self.name(i) for i in sorted(shared | for_a | for_b)[:4])
        return _Told(points, f"with {names}" if names else "", count)

    def _site(self, a: Occurrence, b: Occurrence) -> _Told:
        if not a.sites or not b.sites:
            return _Told()
        if shared := sorted(a.sites & b.sites):
            return _Told(1.5, f"in {self.name(shared[0])}", 1)
        pairs = ((x, y) for x in sorted(a.sites) for y in sorted(b.sites))
        nested = next((p for p in pairs if self.within(*p) or self.within(p[1], p[0])), None)
        return _Told(0.75, f"in {' / '.join(map(self.name, nested))}", 1) if nested else _Told(-2.0)

    def _topic(self, a: Occurrence, b: Occurrence) -> _Told:
        if shared := sorted(a.topics & b.topics):
            return _Told(2.0, f"about {self.name(shared[0])}", 1)
        if words := sorted(a.words & b.words):
            return _Told(1.5, f"about a {words[0]}", 1)
        return _Told(-0.5 if (a.topics or a.words) and (b.topics or b.words) else 0.0)


def _left(account: Occurrence, only: frozenset[str], stood_for: frozenset[str]) -> frozenset[str]:
    """Who takes part in one account alone: without those for whom a state or a person stands."""
    states = frozenset(s for p in account.people for s in account.stands_for[p])
    return frozenset(x for x in only - states if not account.stands_for.get(x, frozenset()) & stood_for)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one aspect adds: weight, words, how many things are the same, whether it is enough by itself."""

    points: float = 0.0
    reason: str = ""
    count: int = 0
    sure: bool = False
