"""What the documents of a snapshot state, as rows of numbers.

Oxigraph looks up the text of every term of every row in its database, which takes far longer than finding the
rows. So the terms are listed once, and joined to the rows as numbers inside of the query. Each join stands in
a query of its own within the next, which keeps the optimizer from multiplying the lists with each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.networks.columns import Places

Table = Callable[[str], bytes]
"""Answers a SELECT query in the tab-separated values of SPARQL 1.1."""

_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Apart:
    """Rows of any of some subjects in any of some graphs: they come as the numbers of both."""

    subjects: Sequence[str]
    graphs: Sequence[str]
    shown = "?sn ?gn"

    def joined(self, rows: str, shown: str) -> str:
        """A pattern of rows with the numbers beside."""
        inner = f"{{ SELECT ?s ?gn {shown} {{ {rows} {_values('?g', '?gn', self.graphs)} }} }}"
        return f"{{ {inner} {_values('?s', '?sn', self.subjects)} }}"


@dataclass(frozen=True, slots=True)
class Together:
    """Rows of some subjects each in a graph of its own: they come as the number of the pair."""

    pairs: Sequence[tuple[str, str]]
    shown = "?n"

    def joined(self, rows: str, shown: str) -> str:  # noqa: ARG002  both have the same form
        """A pattern of rows with the numbers beside."""
        listed = " ".join(f"(<{one}> <{other}> {n})" for n, (one, other) in enumerate(self.pairs))
        return f"{{ {{ {rows} }} VALUES (?s ?g ?n) {{ {listed} }} }}"


class Numbered:
    """Asks for what named graphs state; terms that are given in a list come as their places in it.

    Patterns name the subject ``?s``, the object ``?o`` and a code ``?k``; they stand in a graph ``?g``.
    """

    def __init__(self, table: Table) -> None:
        self._table = table

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, in ascending order."""
        return sorted(_text(row[0]) for row in self._rows("SELECT ?g { GRAPH ?g { } }") if row[0][:1] == "<")

    def named(self, pattern: str, shown: str, beside: Sequence[str] = ()) -> Iterator[list[str]]:
        """The different rows of a pattern in all named graphs but some: IRIs, and literals in quotes.

        Args:
            pattern: what a graph has to hold.
            shown: the variables of a row.
            beside: graphs to leave out.
        """
        leave = f"FILTER(?g NOT IN ({', '.join(f'<{iri}>' for iri in beside)}))" if beside else ""
        query = f"SELECT DISTINCT {shown} {{ GRAPH ?g {{ {pattern} }} {leave} }}"
        return ([word[1:-1] if word[:1] == "<" else word for word in row] for row in self._rows(query))

    def stated(self, pairs: Mapping[str, int], also: str = "") -> Iterator[tuple[str, str, int]]:
        """The rows subject, graph, code, the first two as IRIs.

        Args:
            pairs: codes by predicate and object.
            also: what else the graph has to hold.
        """
        query = f"SELECT ?s ?g ?k {{ GRAPH ?g {{ ?s ?p ?o . {also} }} {_codes('?p ?o', pairs)} }}"
        for subject, graph, code in self._rows(query):
            if subject[:1] == graph[:1] == "<":
                yield subject[1:-1], graph[1:-1], int(code)

    def coded(
        self, wide: Mapping[str, int], narrow: Mapping[str, int], places: Together, objects: Sequence[str]
    ) -> Places:
        """The rows place, code, object; all three are numbers.

        Args:
            wide: codes by predicate.
            narrow: codes by predicate and object, for rows whose object is not asked for and comes as 0.
            places: the subjects and graphs to look for.
            objects: the IRIs that may be objects.
        """
        rows = f"""
            {{ SELECT ?s ?g ?k ?on {{
                {{ SELECT ?s ?g ?k ?o {{ GRAPH ?g {{ ?s ?p ?o }} {_codes("?p", wide)} }} }}
                {_values("?o", "?on", objects)} }} }}
            UNION
            {{ SELECT ?s ?g ?k (0 AS ?on) {{ GRAPH ?g {{ ?s ?p ?o }} {_codes("?p ?o", narrow)} }} }}"""
        query = f"SELECT {places.shown} ?k ?on {places.joined(rows, '?k ?on')}"
        rows = self._table(query).partition(b"\n")[2].decode("ascii")
        return np.fromstring(rows, dtype=np.int64, sep=" ").reshape(-1, 3)  # any white space separates

    def worded(
        self,
        pairs: Mapping[str, int],
        places: Apart | Together,
        condition: str = "",
        pattern: str = "?s ?p ?o",
    ) -> Iterator[tuple[list[int], str]]:
        """Numbers, the last of them a code, and the object as a text: of a literal its value, else the IRI.

        Args:
            pairs: codes by predicate.
            places: the subjects and graphs to look for.
            condition: what must hold of ``?o``.
            pattern: how subject, predicate and object stand; ``?o ?p ?s`` where the roles are exchanged.
        """
        held = f"FILTER({condition})" if condition else ""
        rows = f"SELECT ?s ?g ?k ?o {{ GRAPH ?g {{ {pattern} }} {_codes('?p', pairs)} {held} }}"
        if not any(self._rows(f"{rows} LIMIT 1")):  # long lists take a while to read, even for no rows
            return
        query = f"SELECT {places.shown} ?k (STR(?o) AS ?v) {places.joined(f'{{ {rows} }}', '?k ?o')}"
        for *found, text in self._rows(query):
            if text:  # a blank node has none
                yield list(map(int, found)), _text(text)

    def _rows(self, query: str) -> Iterator[list[str]]:
        lines = self._table(query).decode("utf-8", "replace").split("\n")
        return (line.split("\t") for line in lines[1:-1])


def _codes(variables: str, codes: Mapping[str, int]) -> str:
    """Codes of predicates, or of predicates and objects."""
    listed = " ".join(f"({key} {code})" for key, code in codes.items())
    return f"VALUES ({variables} ?k) {{ {listed} }}"


def _values(variable: str, number: str, iris: Iterable[str]) -> str:
    """A list of IRIs beside their places in it."""
    listed = " ".join(f"(<{iri}> {place})" for place, iri in enumerate(iris))
    return f"VALUES ({variable} {number}) {{ {listed} }}"


def _text(word: str) -> str:
    """An IRI or plain literal as the tab-separated format has it, without brackets, quotes and escapes."""
    plain = word[1:-1] if word[:1] in {"<", '"'} else word
    return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[1]), plain) if "\\" in plain else plain
