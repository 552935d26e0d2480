"""How much each value of each filter would keep, before one chooses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from graph.networks.actor_index import FACTUALITIES, ActorIndex, TieKind
from graph.networks.bonds import TIE_NAMES
from graph.networks.columns import NOTHING, Array, Lists, Numbers, Strings, numbers, ranges, starts_of
from graph.networks.filters import POLARITIES, TIES, Filter, polarity_of
from graph.networks.view import View
from ontology.schema import Schema

Counts = tuple[tuple[str, int], ...]
"""Values and how much each would keep, in an order that suits them."""

Unit = Literal["Y", "M"]
_EPOCH = 719_163  # the ordinal of 1970-01-01, from which numpy counts days
_LONGEST = 200
"""Stretches of time in which one fact counts at most."""


@dataclass(frozen=True, slots=True)
class Facets:
    """For each filter its values with what they would keep if the others stayed as they are.

    ``kind`` counts the things that would be nodes if all kinds were; the others count facts. A class counts
    with all below it, as it filters. ``document`` and ``publisher`` have IRIs, ``period`` years or months.
    ``undated`` counts the facts without a date.
    """

    kind: Counts
    tie: Counts
    cls: Counts
    polarity: Counts
    factuality: Counts
    document: Counts
    publisher: Counts
    period: Counts
    undated: int


def facets(index: ActorIndex, schema: Schema, chosen: Filter, months: bool = False) -> Facets:
    """The facets of a filter.

    Args:
        index: where it is looked up.
        schema: the ontology.
        chosen: the filter; each of its fields is left aside where the values of that very field are counted.
        months: whether periods are months rather than years.

    Raises:
        ParameterError, NotFoundError: the filter cannot be used.
    """
    counting = _Counting(index, schema)

    def ties(**aside: object) -> Array:
        view = View(index, schema, replace(chosen, **aside))  # type: ignore[arg-type]
        kept = view.all_ties()
        return view.edges(kept).ties if chosen.minimum > 1 else kept

    period, undated = counting.periods(ties(begin=None, end=None), "M" if months else "Y")
    return Facets(
        kind=counting.kinds(ties(kinds=_all_kinds(chosen))),
        tie=counting.ties(ties(ties=tuple(TIES))),
        cls=counting.classes(ties(classes=())),
        polarity=counting.polarities(ties(polarities=())),
        factuality=counting.factualities(ties(factualities=FACTUALITIES)),
        document=counting.documents(ties(documents=())),
        publisher=counting.publishers(ties(publishers=())),
        period=period,
        undated=undated,
    )


def _all_kinds(chosen: Filter) -> tuple[str, ...]:
    """All kinds, with events as nodes only where the filter has them so."""
    return ("Entity", "Event") if any(kind.lower() == "event" for kind in chosen.kinds) else ("Entity",)


@dataclass(frozen=True, slots=True)
class _Counting:
    """Counts things and facts by their values."""

    index: ActorIndex
    schema: Schema

    def kinds(self, ties: Array) -> Counts:
        index = self.index
        things = np.unique([index.tie_from[ties], index.tie_to[ties]])
        by_type = np.bincount(index.thing_type[things], minlength=len(index.types))
        counts: Counter[str] = Counter()
        for cls, count in zip(index.types, by_type.tolist(), strict=True):
            counts.update(dict.fromkeys((cls, *self._above(cls)), count))
        return _by_count(iter(counts.items()))

    def ties(self, ties: Array) -> Counts:
        kinds = self.index.tie_kind[ties]
        names = list(dict.fromkeys(TIE_NAMES.values()))
        table = np.full(max(TIE_NAMES) + 1, NOTHING, dtype=np.int64)
        for kind, name in TIE_NAMES.items():
            table[kind] = names.index(name)
        return _by_count(zip(names, self._facts(ties, table[kinds], len(names)), strict=True))

    def classes(self, ties: Array) -> Counts:
        types = self.index.account_type[self.index.tie_account[ties]]
        names = {name: number for number, name in enumerate(self.index.types)}
        above = [
            [names.setdefault(name, len(names)) for name in (cls, *self._above(cls))]
            for cls in self.index.types
        ]
        lists = Lists(
            starts_of(np.array([len(each) for each in above])), numbers([n for a in above for n in a])
        )
        rows = np.repeat(np.arange(len(ties)), np.diff(lists.starts)[types])
        counts = self._facts(ties[rows], lists.of_all(types), len(names))
        return _by_count(zip(names, counts, strict=True))

    def polarities(self, ties: Array) -> Counts:
        ties = ties[self.index.tie_kind[ties] != TieKind.REPORT]
        named = [polarity_of(self.schema, cls) for cls in self.index.types]
        table = np.array([POLARITIES.index(n) if n else NOTHING for n in named] or [NOTHING])
        signs = table[self.index.account_type[self.index.tie_account[ties]]]
        return _in_order(POLARITIES, self._facts(ties, signs, len(POLARITIES)))

    def factualities(self, ties: Array) -> Counts:
        values = self.index.account_factuality[self.index.tie_account[ties]].astype(np.int64)
        return _in_order(FACTUALITIES, self._facts(ties, values, len(FACTUALITIES)))

    def documents(self, ties: Array) -> Counts:
        values = self.index.account_document[self.index.tie_account[ties]]
        return self._named(self.index.documents, self._facts(ties, values, len(self.index.documents)))

    def publishers(self, ties: Array) -> Counts:
        values = self.index.publisher[self.index.account_document[self.index.tie_account[ties]]]
        return self._named(self.index.things, self._facts(ties, values, len(self.index.things)))

    def periods(self, ties: Array, unit: Unit) -> tuple[Counts, int]:
        """Facts by each year or month that they touch, in order, and those without any date."""
        index = self.index
        accounts = index.tie_account[ties]
        begin, end = index.account_begin[accounts], index.account_end[accounts]
        begin, end = np.where(begin == NOTHING, end, begin), np.where(end == NOTHING, begin, end)
        there = begin != NOTHING
        first, last = (_stretch(days[there], unit) for days in (begin, end))
        last = np.minimum(np.maximum(first, last), first + _LONGEST)
        rows = np.repeat(np.flatnonzero(there), last - first + 1)
        stretches = ranges(first, last + 1)
        lowest = int(stretches.min(initial=0))
        counts = self._facts(ties[rows], stretches - lowest, int(stretches.max(initial=0)) - lowest + 1)
        names = ((str(np.datetime64(lowest + n, unit)), count) for n, count in enumerate(counts))
        undated = np.unique(index.account_fact[accounts[~there]])
        return tuple((name, count) for name, count in names if count), len(undated)

    def _facts(self, ties: Array, values: Array, size: int) -> list[int]:
        """For each value below ``size`` the number of facts behind the ties that have it."""
        there = values != NOTHING
        facts = self.index.account_fact[self.index.tie_account[ties[there]]].astype(np.int64)
        pairs = np.unique(values[there].astype(np.int64) * max(len(self.index.facts), 1) + facts)
        counts: list[int] = np.bincount(pairs // max(len(self.index.facts), 1), minlength=size).tolist()
        return counts

    def _above(self, cls: str) -> Iterable[str]:
        """The classes above a class of things or events, or the properties above a relation."""
        known = self.schema.classes.get(cls) or self.schema.properties.get(cls)
        return known.ancestors if known else ()

    def _named(self, names: Strings, counts: list[int]) -> Counts:
        return _by_count((names[row], count) for row, count in enumerate(counts) if count)


def _stretch(days: Numbers, unit: Unit) -> Array:
    """The years (Y) or months (M) of days, as numpy counts them."""
    dates = (days.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    found: Array = dates.astype(f"datetime64[{unit}]").astype(np.int64)
    return found


def _by_count(counts: Iterator[tuple[str, int]]) -> Counts:
    """The values that there are, the most frequent first, then by alphabet."""
    return tuple(sorted((pair for pair in counts if pair[1]), key=lambda pair: (-pair[1], pair[0])))


def _in_order(names: Sequence[str], counts: list[int]) -> Counts:
    return tuple(zip(names, counts, strict=True))
