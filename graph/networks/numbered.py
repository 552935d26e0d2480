"""What the documents of a snapshot state, as columns of numbers.

Oxigraph looks up the text of every term of every row in its database, which takes far longer than finding the
rows. So the terms are listed once, and joined to the rows as numbers inside of the query. Each join stands in
a query of its own within the next, which keeps the optimizer from multiplying the lists with each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.networks.columns import Places
from graph.networks.tabular import Tabular, is_iri, values

Table = Callable[[str], bytes]
"""Answers a SELECT query in the tab-separated values of SPARQL 1.1."""


@dataclass(frozen=True, slots=True)
class Within:
    """Rows of any of some subjects in any of some graphs, which come as their places in these lists."""

    subjects: Sequence[str]
    graphs: Sequence[str]

    def joined(self, rows: str, shown: str) -> str:
        """A pattern of rows, of which ``shown`` stay, with the numbers ``?sn`` and ``?gn`` beside."""
        inner = f"{{ SELECT ?s ?gn {shown} {{ {rows} {_values('?g', '?gn', self.graphs)} }} }}"
        return f"{{ {inner} {_values('?s', '?sn', self.subjects)} }}"


@dataclass(frozen=True, slots=True)
class Stated:
    """Columns of what graphs state: subject and graph as terms of the format, and a code."""

    subjects: list[str]
    graphs: list[str]
    codes: Places


@dataclass(frozen=True, slots=True)
class Worded:
    """Columns of what subjects state in words: subject, graph and code as numbers, and the words."""

    subjects: Places
    graphs: Places
    codes: Places
    words: list[str]

    def rows(self) -> list[tuple[int, int, int, str]]:
        """The same, row by row."""
        numbers = (column.tolist() for column in (self.subjects, self.graphs, self.codes))
        return list(zip(*numbers, self.words, strict=True))


@dataclass(frozen=True, slots=True)
class Told:
    """Columns of what subjects state of anything: all numbers.

    ``objects`` is NOTHING where an object is none of those listed. ``others`` has the objects of these rows,
    in their order, as terms of the tab-separated format.
    """

    subjects: Places
    graphs: Places
    codes: Places
    objects: Places
    others: list[str]


class Numbered:
    """Asks for what named graphs state; terms that are given in a list come as their places in it.

    Patterns name the subject ``?s`` and the object ``?o``; they stand in a graph ``?g``.
    """

    def __init__(self, table: Table) -> None:
        self._table = table

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, in ascending order."""
        return sorted(values(list(filter(is_iri, self._asked("SELECT ?g { GRAPH ?g { } }").terms(0)))))

    def named(self, pattern: str, shown: str, beside: Sequence[str] = ()) -> list[list[str]]:
        """The columns of the different rows of a pattern in all named graphs but some: terms of the format.

        Args:
            pattern: what a graph has to hold.
            shown: the variables of a row.
            beside: graphs to leave out.
        """
        leave = f"FILTER(?g NOT IN ({', '.join(f'<{iri}>' for iri in beside)}))" if beside else ""
        found = self._asked(f"SELECT DISTINCT {shown} {{ GRAPH ?g {{ {pattern} }} {leave} }}")
        return [found.terms(column) for column in range(len(shown.split()))]

    def stated(self, pairs: Mapping[str, int], also: str = "") -> Stated:
        """Which subjects state one of some pairs in named graphs.

        Args:
            pairs: codes by predicate and object.
            also: what else the graph has to hold.
        """
        rows = f"GRAPH ?g {{ ?s ?p ?o . {also} }}"
        found = self._asked(f"SELECT ?s ?g ?k {{ {rows} {_codes('?p ?o', pairs)} }}")
        return Stated(found.terms(0), found.terms(1), found.numbers(2))

    def told(
        self, codes: Mapping[str, int], pairs: Mapping[str, int], places: Within, objects: Sequence[str]
    ) -> Told:
        """What is stated of anything.

        Args:
            codes: codes by predicate.
            pairs: codes by predicate and object.
            places: the subjects and graphs to look for.
            objects: the IRIs whose places are wanted.
        """
        known = f"{_either(codes, pairs)} OPTIONAL {{ {_values('?o', '?on', objects)} }}"
        within = places.joined(f"{{ SELECT ?s ?g ?k ?on ?o {{ {known} }} }}", "?k ?on ?o")
        # What is known by its number is not looked up.
        found = self._asked(f"SELECT ?sn ?gn ?k ?on (IF(BOUND(?on), ?none, ?o) AS ?other) {within}")
        subjects, graphs, code, place = (found.numbers(column) for column in range(4))
        return Told(subjects, graphs, code, place, found.terms(4, (place < 0).nonzero()[0]))

    def worded(
        self, pairs: Mapping[str, int], places: Within, condition: str = "", pattern: str = "?s ?p ?o"
    ) -> Worded:
        """What is stated in words: of a literal its value, else the IRI; blank nodes are left out.

        Args:
            pairs: codes by predicate.
            places: the subjects and graphs to look for.
            condition: what must hold of ``?o``.
            pattern: how subject, predicate and object stand; ``?o ?p ?s`` where the roles are exchanged.
        """
        held = f"!isBlank(?o) && ({condition})" if condition else "!isBlank(?o)"
        rows = f"SELECT ?s ?g ?k ?o {{ GRAPH ?g {{ {pattern} }} {_codes('?p', pairs)} FILTER({held}) }}"
        if not len(self._asked(f"{rows} LIMIT 1")):  # long lists take a while to read, even for no rows
            nothing = np.zeros(0, dtype=np.int64)
            return Worded(nothing, nothing, nothing, [])
        found = self._asked(f"SELECT ?sn ?gn ?k ?o {places.joined(f'{{ {rows} }}', '?k ?o')}")
        subjects, graphs, codes = (found.numbers(column) for column in range(3))
        return Worded(subjects, graphs, codes, values(found.terms(3)))

    def _asked(self, query: str) -> Tabular:
        return Tabular(self._table(query))


def _either(codes: Mapping[str, int], pairs: Mapping[str, int]) -> str:
    """What graphs state with some predicates, and with some predicates and objects."""
    both = (_codes("?p", codes), _codes("?p ?o", pairs))
    rows = (f"{{ SELECT ?s ?g ?k ?o {{ GRAPH ?g {{ ?s ?p ?o }} {listed} }} }}" for listed in both)
    return f"{{ {' UNION '.join(rows)} }}"


def _codes(variables: str, codes: Mapping[str, int]) -> str:
    """Codes of predicates, or of predicates and objects."""
    listed = " ".join(f"({key} {code})" for key, code in codes.items())
    return f"VALUES ({variables} ?k) {{ {listed} }}"


def _values(variable: str, number: str, iris: Iterable[str]) -> str:
    """A list of IRIs beside their places in it."""
    listed = " ".join(f"(<{iri}> {place})" for place, iri in enumerate(iris))
    return f"VALUES ({variable} {number}) {{ {listed} }}"
