"""The ties of an index that a filter keeps, and the edges that they make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graph.errors import NotFoundError, ParameterError
from graph.networks.actor_index import ActorIndex
from graph.networks.columns import NOTHING, Array, Numbers, Places, ranges
from graph.networks.filters import (
    Filter,
    Mask,
    by_class,
    entity_classes,
    event_classes,
    factualities,
    tie_kinds,
    window,
)
from ontology.schema import Schema


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of things, each once with the lower number first, and the rows of the ties behind each.

    ``weight`` is the number of facts behind an edge.
    """

    one: Numbers
    other: Numbers
    weight: Numbers
    starts: Places
    ties: Numbers

    def __len__(self) -> int:
        return len(self.one)

    def behind(self, edge: int) -> Numbers:
        """The rows of the ties behind an edge."""
        return self.ties[self.starts[edge] : self.starts[edge + 1]]

    def chosen(self, rows: Array) -> Edges:
        """Some of the edges, in the order given."""
        begins, ends = self.starts[:-1][rows], self.starts[1:][rows]
        starts = np.concatenate([[0], np.cumsum(ends - begins)]).astype(np.int64)
        return Edges(
            self.one[rows], self.other[rows], self.weight[rows], starts, self.ties[ranges(begins, ends)]
        )

    def by_weight(self) -> Numbers:
        """The edges in descending order of weight, then by their ends."""
        return np.lexsort((self.other, self.one, -self.weight)).astype(np.int32)


class View:
    """An index seen through a filter. Looks only at the ties that it is asked about."""

    def __init__(self, index: ActorIndex, schema: Schema, chosen: Filter | None = None) -> None:
        """See an index through a filter.

        Raises:
            ParameterError: the filter names a kind, tie, class, polarity or factuality that there is not,
                its window ends before it begins, or its minimum is less than one.
            NotFoundError: it names a document or publisher that the graph has not.
        """
        self.index = index
        self.filter = chosen = chosen or Filter()
        tables = _Tables(index)
        self._kinds = tables.types(entity_classes(schema, chosen.kinds))
        self._ties = tie_kinds(schema, chosen)
        self._classes = tables.types(event_classes(schema, chosen)) if by_class(chosen) else None
        self._factualities = factualities(chosen)
        self._documents = tables.documents(chosen)
        self._window = window(chosen)
        if chosen.minimum < 1:
            raise ParameterError(f"The minimum of facts in common is {chosen.minimum}.", "Give 1 or more.")

    def has(self, thing: int) -> bool:
        """Whether a thing is of a kind that can be a node."""
        return bool(self._kinds[self.index.thing_type[thing]])

    def kept(self, ties: Array) -> Array:
        """Those of some ties that the filter keeps, whatever their number for one pair."""
        index = self.index
        ties = ties[self._ties[index.tie_kind[ties]]]
        for ends in (index.tie_from, index.tie_to):
            ties = ties[self._kinds[index.thing_type[ends[ties]]]]
        kept: Array = ties[self.fits(index.tie_account[ties])]
        return kept

    def fits(self, accounts: Array) -> Mask:
        """Whether the filter keeps accounts, whoever they concern."""
        index = self.index
        keep = self._factualities[index.account_factuality[accounts]]
        if self._classes is not None:
            keep &= self._classes[index.account_type[accounts]]
        if self._documents is not None:
            keep &= self._documents[index.account_document[accounts]]
        if self._window is not None:
            keep &= self._in_window(accounts)
        found: Mask = keep
        return found

    def ties_of(self, things: Array) -> Array:
        """The ties of some things that the filter keeps, of pairs that reach its minimum."""
        ties = np.unique(self.kept(self.index.ties_of.of_all(things)))
        return self.edges(ties).ties if self.filter.minimum > 1 else ties

    def all_ties(self) -> Array:
        """All ties that the filter keeps, whatever their number for one pair."""
        return self.kept(np.arange(len(self.index.tie_from), dtype=np.int32))

    def edges(self, ties: Array) -> Edges:
        """The edges that ties make, those that reach the filter's minimum."""
        index = self.index
        made = joined(index, ties, index.tie_from[ties], index.tie_to[ties], len(index.things))
        if self.filter.minimum > 1:
            return made.chosen(np.flatnonzero(made.weight >= self.filter.minimum))
        return made

    def _in_window(self, accounts: Array) -> Mask:
        """Whether accounts may lie in the window; a date that is open on one side goes on on that side."""
        begin, end = self.index.account_begin[accounts], self.index.account_end[accounts]
        first, last = self._window or (0, 0)
        dated = (begin != NOTHING) | (end != NOTHING)
        meets = ((begin == NOTHING) | (begin <= last)) & ((end == NOTHING) | (end >= first))
        found: Mask = np.where(dated, meets, self.filter.undated)
        return found


def joined(index: ActorIndex, ties: Array, one: Array, other: Array, size: int) -> Edges:
    """The edges that ties make between the ends given for them, which are numbers below ``size``.

    The ties behind an edge are in the order of their facts, and of one fact in the order given.
    """
    size = max(size, 1)
    pair = np.minimum(one, other).astype(np.int64) * size + np.maximum(one, other)
    fact = index.account_fact[index.tie_account[ties]]
    order = np.lexsort((fact, pair))
    pair, fact = pair[order], fact[order]
    first = np.ones(len(pair), dtype=np.bool_)
    first[1:] = pair[1:] != pair[:-1]
    new_fact = first.copy()
    new_fact[1:] |= fact[1:] != fact[:-1]
    begins = np.flatnonzero(first)
    weight = np.add.reduceat(new_fact, begins, dtype=np.int32) if len(begins) else np.zeros(0, np.int32)
    starts = np.append(begins, len(pair)).astype(np.int64)
    near, far = np.divmod(pair[begins], size)
    return Edges(near.astype(np.int32), far.astype(np.int32), weight, starts, ties[order])


class _Tables:
    """Lists of names as masks over the columns of an index."""

    def __init__(self, index: ActorIndex) -> None:
        self.index = index

    def types(self, names: Iterable[str]) -> Mask:
        """The types of those names."""
        wanted = set(names)
        return np.array([name in wanted for name in self.index.types], dtype=np.bool_)

    def documents(self, chosen: Filter) -> Mask | None:
        """The documents that a filter names; None where it names neither documents nor publishers."""
        if not chosen.documents and not chosen.publishers:
            return None
        index = self.index
        keep = np.zeros(len(index.documents), dtype=np.bool_)
        keep[[document_number(index, name) for name in chosen.documents]] = True
        publishers = [thing_number(index, name) for name in chosen.publishers]
        published = np.isin(index.publisher, publishers)
        if chosen.documents and chosen.publishers:
            return keep & published
        return keep if chosen.documents else published


def thing_number(index: ActorIndex, iri: str) -> int:
    """The number of a thing. Raises NotFoundError."""
    number = index.things.find(iri)
    if number == NOTHING:
        raise NotFoundError(f"The graph has nothing named {iri}.", "Look for it with /api/entities?q=…")
    return number


def document_number(index: ActorIndex, name: str) -> int:
    """The number of a document by its IRI or identifier. Raises NotFoundError."""
    number = index.documents.find(name)
    if number == NOTHING:
        number = next((n for n, known in enumerate(index.identifiers) if known == name), NOTHING)
    if number == NOTHING:
        raise NotFoundError(f"The graph has no document {name}.", "All are listed at /api/documents.")
    return number
