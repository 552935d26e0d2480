"""Which events of different documents are one: by class, who takes part, where, when and about what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations

from graph.identities.occurrences import Occurrence, Window
from graph.identities.resemblance import ASKED, JOINED, Comparison
from graph.identities.ties import Judged, Place, Tie

_COMPARED = 4
"""Accounts before it, by date, with which each is compared in a block: chains join the rest."""

_TOKENS = 6
"""Things of an event by whose pairs it is looked for."""

_DAY = timedelta(days=1)
_MONTH = 31
_SPREAD = 3
"""Days within which all accounts of one event must lie, as far as they name a day."""


@dataclass(slots=True)
class Events:
    """The accounts that are of one event, several for each; with the reasons and the questions."""

    clusters: list[tuple[Place, ...]] = field(default_factory=list)
    joins: list[Tie] = field(default_factory=list)
    doubts: list[Tie] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """Accounts that are of one event, as far as it is known by now."""

    places: list[Place]
    documents: set[str]
    windows: set[Window]
    judged: set[Place]
    apart: set[Place]
    joined: bool = False  # by a judgement

    def may_be(self, other: _Group) -> bool:
        """Whether no document tells of both, no judgement parts them, and the dates lie together."""
        return (
            self.documents.isdisjoint(other.documents)
            and self.judged.isdisjoint(other.apart)
            and self._lies_with(other)
        )

    def _lies_with(self, other: _Group) -> bool:
        """Whether the dates lie together: all of them, or one where people said that others do not matter."""
        near = (a.gap(b) <= _SPREAD for a in self.windows for b in other.windows)
        if self.joined or other.joined:
            return not (self.windows and other.windows) or any(near)
        return all(near)

    def absorb(self, other: _Group) -> None:
        """Become one with the other."""
        self.places += other.places
        self.joined = self.joined or other.joined
        for name in ("documents", "windows", "judged", "apart"):
            getattr(self, name).update(getattr(other, name))


def find_events(occurrences: Iterable[Occurrence], comparison: Comparison, judged: Judged) -> Events:
    """Tell which accounts are of one event.

    Args:
        occurrences: all accounts, in any order.
        comparison: how alike two of them are.
        judged: what people judged; it overrides everything else.
    """
    accounts = sorted(occurrences, key=lambda o: o.place)
    found = Events()
    groups = _Groups(accounts, judged)
    found.joins += [t for t in judged.ties if t.a in groups]
    standing = [a for a in accounts if a.family in comparison.kinds.standing]
    passing = [a for a in accounts if a.family not in comparison.kinds.standing]
    for tie, free in (*_standing(standing), *_passing(passing, comparison)):
        if tie.score < JOINED:
            found.doubts.append(tie)
        elif groups.join(tie, free):
            found.joins.append(tie)
    found.doubts = [t for t in found.doubts if not groups.are_one(t)]
    found.clusters = groups.clusters()
    return found


class _Groups:
    """Which accounts are one by now."""

    def __init__(self, accounts: Sequence[Occurrence], judged: Judged) -> None:
        known = {a.place for a in accounts}
        self._of: dict[Place, _Group] = {}
        for a in accounts:
            windows = {a.window} if a.window and a.window.days <= _MONTH else set()
            mine = {a.place} & judged.places
            apart = set(judged.apart.get(a.place, ()))
            self._of[a.place] = _Group([a.place], {a.place[0]}, windows, mine, apart)
        for together in judged.together:
            first, *others = [p for p in together if p in known] or [("", "")]
            for place in others:
                self._merge(self._of[first], self._of[place])
                self._of[first].joined = True

    def __contains__(self, place: Place) -> bool:
        return place in self._of

    def are_one(self, tie: Tie) -> bool:
        """Whether both sides of a tie are one by now."""
        return self._of[tie.a] is self._of[tie.b]

    def join(self, tie: Tie, free: bool) -> bool:
        """Make both sides one, if nothing forbids it; ``free``: whatever their documents and dates."""
        a, b = self._of[tie.a], self._of[tie.b]
        if a is b or not (a.judged.isdisjoint(b.apart) if free else a.may_be(b)):
            return False
        self._merge(a, b)
        return True

    def clusters(self) -> list[tuple[Place, ...]]:
        """The places of each event that has several."""
        groups = {id(g): g for g in self._of.values()}
        return sorted(tuple(sorted(g.places)) for g in groups.values() if len(g.places) > 1)

    def _merge(self, a: _Group, b: _Group) -> None:
        large, small = (a, b) if len(a.places) >= len(b.places) else (b, a)
        large.absorb(small)
        for place in small.places:
            self._of[place] = large


def _standing(accounts: Sequence[Occurrence]) -> Iterator[tuple[Tie, bool]]:
    """Ties between accounts of what lasts: one ground and two parties in common make them one."""
    blocks: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for account in accounts:
        if account.ground:
            blocks[account.family, account.ground].append(account)
    for (_, ground), block in sorted(blocks.items()):
        heads: list[Occurrence] = []
        for account in block:
            fitting = next((h for h in heads if len(h.parties & account.parties) > 1), None)
            if fitting is None:
                heads.append(account)
                continue
            between = " and ".join(sorted(fitting.parties & account.parties)[:3])
            reason = f"both tell of the dispute over {ground} between {between}"
            yield Tie(fitting.place, account.place, "ground", 0.9, reason), True
    yield from _groundless(accounts)


def _groundless(accounts: Sequence[Occurrence]) -> Iterator[tuple[Tie, bool]]:
    """A dispute between parties without its ground is the one that the same document tells of with it."""
    told: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for account in accounts:
        if account.ground:
            told[account.family, account.place[0]].append(account)
    for account in accounts:
        if account.ground is None:
            fitting = [
                other
                for other in told.get((account.family, account.place[0]), ())
                if len(account.parties & other.parties) > 1
            ]
            if len({other.ground for other in fitting}) == 1:
                reason = "the document tells of one dispute between these parties"
                yield Tie(fitting[0].place, account.place, "ground", 0.8, reason), True


def _passing(accounts: Sequence[Occurrence], comparison: Comparison) -> list[tuple[Tie, bool]]:
    """Ties between accounts of what has a date, best first."""
    by_place: Mapping[Place, Occurrence] = {a.place: a for a in accounts}
    ties: dict[tuple[Place, Place], Tie] = {}
    for pair in _pairs(accounts):
        if pair[0][0] != pair[1][0]:
            alike = comparison.compare(by_place[pair[0]], by_place[pair[1]])
            if alike and alike.score >= ASKED:
                ties[pair] = Tie(*pair, "event", alike.score, alike.reason)
    best = sorted(ties.values(), key=lambda t: (-t.score, t.a, t.b))
    return [(tie, False) for tie in best]


def _pairs(accounts: Sequence[Occurrence]) -> Iterator[tuple[Place, Place]]:
    """Accounts that have two things and a month in common, or a text: each with the last of its blocks."""
    blocks: dict[Hashable, list[Occurrence]] = defaultdict(list)
    for account in sorted(
        accounts, key=lambda o: (o.window is None, o.window and (o.window.start, o.window.end), o.place)
    ):
        near: dict[Place, Occurrence] = {}
        for key in _keys(account):
            block = blocks[key]
            near.update((other.place, other) for other in block[-_COMPARED if account.window else -1 :])
            block.append(account)
        for place, other in near.items():
            if place != account.place and account.lies_with(other):
                yield min(account.place, place), max(account.place, place)


def _keys(account: Occurrence) -> Iterator[tuple[object, ...]]:
    """The blocks that an account stands in."""
    if account.named:
        yield from ((account.family, topic) for topic in account.topics)
    if account.window is None and not account.people:
        return
    states = frozenset(s for of in account.stands_for.values() for s in of)
    words = [f"about {w}" for w in sorted(account.words)]
    tokens = [*sorted(account.people), *sorted(account.sites | account.topics), *words]
    tokens += sorted((account.acting | states) - account.people)
    tokens = list(dict.fromkeys(tokens))[:_TOKENS]
    tokens.append(f"word {account.trigger}")
    for month in _months(account.window):
        for pair in combinations(sorted(tokens), 2):
            yield (account.family, month, *pair)


def _months(window: Window | None) -> Iterator[str]:
    """The months in which an account's event may be found, a day before and after included."""
    if window is None:
        yield "undated"
    elif window.days > _MONTH:
        yield "long"
    else:
        days = (window.start - _DAY, window.end + _DAY)
        yield from sorted({f"{day.year}-{day.month}" for day in (days[0], window.start, window.end, days[1])})
