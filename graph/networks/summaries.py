"""Counts, signs and dates of many edges at once; ``graph.networks.bonds`` tells of single ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.networks.actor_index import BASES, FACTUALITIES, ActorIndex, TieKind
from graph.networks.columns import NOTHING, Array, Numbers, starts_of
from graph.networks.filters import POLARITIES, polarity_of
from graph.networks.view import Edges
from ontology.schema import Schema

_LATER = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Summaries:
    """A row for each edge.

    ``signs`` counts its events by polarity, in the order of POLARITIES. ``factuality`` is that of its surest
    fact, by its place among FACTUALITIES. ``first`` and ``last`` are days, NOTHING where none is known;
    ``spells`` are the rows edge, first day, last day of all its dated facts, each once, in ascending order.
    """

    events: Numbers
    signs: Array
    factuality: Numbers
    first: Numbers
    last: Numbers
    spells: Numbers
    spell_starts: Array

    def spells_of(self, edge: int) -> Numbers:
        """The pairs of first and last day of one edge."""
        found: Numbers = self.spells[self.spell_starts[edge] : self.spell_starts[edge + 1], 1:]
        return found


def summaries(index: ActorIndex, schema: Schema, edges: Edges) -> Summaries:
    """The columns of some edges, in their order; a fact counts as the first document tells it."""
    size = len(edges)
    accounts = index.tie_account[edges.ties]
    of_tie = np.repeat(np.arange(size), np.diff(edges.starts))
    begins = _fact_begins(of_tie, index.account_fact[accounts])
    edge, first_account = of_tie[begins], accounts[begins]
    signs = _signs(index, schema, first_account)
    if len(begins):
        signs[np.logical_and.reduceat(index.tie_kind[edges.ties] == TieKind.REPORT, begins)] = NOTHING
    counted = [np.bincount(edge[signs == sign], minlength=size) for sign in range(len(POLARITIES))]
    is_event = index.account_basis[first_account] == BASES.index("event")
    factuality = np.full(size, len(FACTUALITIES) - 1, dtype=np.int32)
    np.minimum.at(factuality, edge, index.account_factuality[first_account].astype(np.int32))
    spells = _spells(index, accounts, begins, edge)
    known = np.where(spells[:, 1:] == NOTHING, spells[:, :0:-1], spells[:, 1:])
    first = np.full(size, _LATER, dtype=np.int32)
    last = np.full(size, NOTHING, dtype=np.int32)
    np.minimum.at(first, spells[:, 0], known.min(axis=1, initial=_LATER))
    np.maximum.at(last, spells[:, 0], known.max(axis=1, initial=NOTHING))
    return Summaries(
        events=np.bincount(edge[is_event], minlength=size).astype(np.int32),
        signs=np.stack(counted, axis=1),
        factuality=factuality,
        first=np.where(first == _LATER, NOTHING, first).astype(np.int32),
        last=last,
        spells=spells,
        spell_starts=starts_of(np.bincount(spells[:, 0], minlength=size)),
    )


def _fact_begins(edge: Array, fact: Array) -> Array:
    """Where, in the ties of edges, those of another edge or fact begin; they are in the order of both."""
    new = np.ones(len(edge), dtype=np.bool_)
    new[1:] = (edge[1:] != edge[:-1]) | (fact[1:] != fact[:-1])
    return np.flatnonzero(new)


def _signs(index: ActorIndex, schema: Schema, accounts: Array) -> Numbers:
    """For each account its polarity's place among POLARITIES, NOTHING where it has none."""
    named = [polarity_of(schema, cls) for cls in index.types]
    table = np.array([POLARITIES.index(n) if n else NOTHING for n in named] or [NOTHING], dtype=np.int32)
    found: Numbers = table[index.account_type[accounts]]
    return found


def _spells(index: ActorIndex, accounts: Array, begins: Array, edge: Array) -> Numbers:
    """The rows edge, first day, last day of dated facts; each fact by its first account that has a date."""
    if not len(begins):
        return np.zeros((0, 3), dtype=np.int32)
    begin, end = index.account_begin[accounts], index.account_end[accounts]
    places = np.where(np.maximum(begin, end) != NOTHING, np.arange(len(accounts)), len(accounts))
    dated = np.minimum.reduceat(places, begins)
    there = dated < len(accounts)
    rows = np.stack([edge[there], begin[dated[there]], end[dated[there]]], axis=1)
    found: Numbers = np.unique(rows, axis=0).astype(np.int32)
    return found
