"""Pictures of a table of results: numbers as bars, and pairs as a network, laid out the same each time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import igraph

from service.pages.results import Results
from service.pages.terms import Term

NODES = 120
"""Nodes of a picture; of more pairs, the first are drawn."""
_MARGIN = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: what it is of, its number, and its length and begin in per cent."""

    term: Term
    value: float
    begin: float
    length: float


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a picture: place in per cent, and radius in pixels."""

    term: Term
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Line:
    """An edge of a picture, and how many rows it stands for."""

    x1: float
    y1: float
    x2: float
    y2: float
    number: int


def numbered(results: Results) -> str | None:
    """The first column that holds numbers alone; None where there is none."""
    for place, name in enumerate(results.columns):
        cells = [row[place] for row in results.rows if row[place].kind != "nothing"]
        if cells and all(cell.number is not None for cell in cells):
            return name
    return None


def named(results: Results, besides: Sequence[str] = ()) -> str | None:
    """The first column that names something, of those not among ``besides``: things before words."""
    for kinds in (("iri",), ("literal",)):
        for place, name in enumerate(results.columns):
            cells = [row[place] for row in results.rows if row[place].kind != "nothing"]
            if name not in besides and cells and all(cell.kind in kinds for cell in cells):
                return name
    return None


def telling(results: Results, besides: Sequence[str] = ()) -> str | None:
    """The column of names that tells rows apart best, the first of several that do; None where none names."""
    kinds: dict[str, int] = {}
    for place, name in enumerate(results.columns):
        cells = [row[place] for row in results.rows if row[place].kind != "nothing"]
        if name not in besides and cells and all(cell.number is None for cell in cells):
            kinds[name] = len(set(cells))
    return max(kinds, key=lambda name: kinds[name]) if kinds else named(results, besides)


def bars(results: Results, names: str, numbers: str) -> list[Bar]:
    """A bar for each row with a number; bars of negative numbers go to the left of zero."""
    at, value = results.columns.index(names), results.columns.index(numbers)
    found = [(row[at], number) for row in results.rows if (number := row[value].number) is not None]
    low = min(0.0, min((number for _, number in found), default=0.0))
    span = max(0.0, max((number for _, number in found), default=0.0)) - low or 1.0
    return [
        Bar(
            term,
            number,
            round((min(number, 0.0) - low) / span * 100, 3),
            round(abs(number) / span * 100, 3),
        )
        for term, number in found
        if math.isfinite(number)
    ]


def network(results: Results, one: str, other: str) -> tuple[list[Node], list[Line]]:
    """The pairs of two columns, as nodes and edges."""
    first, second = results.columns.index(one), results.columns.index(other)
    pairs: Counter[tuple[Term, Term]] = Counter()
    terms: dict[Term, int] = {}
    for row in results.rows:
        ends = row[first], row[second]
        new = {end for end in ends if end not in terms}
        if any(end.kind == "nothing" for end in ends) or len(terms) + len(new) > NODES:
            continue
        for end in ends:
            terms.setdefault(end, len(terms))
        pairs[ends] += 1
    if not terms:
        return [], []
    graph = igraph.Graph(len(terms), [(terms[a], terms[b]) for a, b in pairs])
    layout = graph.layout_kamada_kawai(seed=graph.layout_circle())
    layout.fit_into((_MARGIN, _MARGIN, 100 - _MARGIN, 100 - _MARGIN), keep_aspect_ratio=False)
    places = [(round(x, 2), round(y, 2)) for x, y in layout.coords]
    nodes = [
        Node(term, *places[n], radius=round(4 + 2 * math.sqrt(graph.degree(n)), 1))
        for term, n in terms.items()
    ]
    lines = [Line(*places[terms[a]], *places[terms[b]], number) for (a, b), number in pairs.items()]
    return nodes, lines
