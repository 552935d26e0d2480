"""What the documents of a snapshot state, as rows of numbers.

Oxigraph looks up the text of every term of every row in its database, which takes far longer than finding the
rows. So the terms are listed once, and joined to the rows as numbers inside of the query. Each join stands in
a query of its own within the next, which keeps the optimizer from multiplying the lists with each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from graph.networks.columns import Places

Table = Callable[[str], bytes]
"""Answers a SELECT query in the tab-separated values of SPARQL 1.1."""

_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


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

    def coded(
        self, pairs: Mapping[str, int], graphs: Sequence[str], subjects: Sequence[str], objects: Sequence[str]
    ) -> Places:
        """The rows subject, graph, code, object; all four are numbers.

        Args:
            pairs: codes by predicate or, for rows whose object is not asked for, by predicate and object.
            graphs: IRIs of the graphs to look in.
            subjects: the IRIs that may be subjects.
            objects: the IRIs that may be objects.
        """
        wide = " ".join(f"({key} {code})" for key, code in pairs.items() if " " not in key)
        narrow = " ".join(f"({key} {code})" for key, code in pairs.items() if " " in key)
        rows = f"""
            {{ SELECT ?s ?g ?k ?on {{
                {{ SELECT ?s ?g ?k ?o {{ GRAPH ?g {{ ?s ?p ?o }} VALUES (?p ?k) {{ {wide} }} }} }}
                {_values("o", objects)} }} }}
            UNION
            {{ SELECT ?s ?g ?k (0 AS ?on) {{
                GRAPH ?g {{ ?s ?p ?o }} VALUES (?p ?o ?k) {{ {narrow} }} }} }}"""
        query = _joined(rows, "?k ?on", graphs, subjects)
        text = self._table(f"SELECT ?sn ?gn ?k ?on {query}").partition(b"\n")[2]
        return np.array(text.split(), dtype=np.int64).reshape(-1, 4)

    def worded(
        self,
        pairs: Mapping[str, int],
        graphs: Sequence[str],
        subjects: Sequence[str],
        condition: str = "!isBlank(?o)",
        pattern: str = "?s ?p ?o",
    ) -> Iterator[tuple[int, int, int, str]]:
        """The rows subject, graph, code and the object as a text: of a literal its value, else the IRI.

        Args:
            pairs: codes by predicate.
            graphs: IRIs of the graphs to look in.
            subjects: the IRIs that may be subjects.
            condition: what must hold of ``?o``, which is no blank node.
            pattern: how subject, predicate and object stand; ``?o ?p ?s`` where the roles are exchanged.
        """
        wide = " ".join(f"({key} {code})" for key, code in pairs.items())
        coded = f"VALUES (?p ?k) {{ {wide} }}"
        found = f"SELECT ?s ?g ?k ?o {{ GRAPH ?g {{ {pattern} }} {coded} FILTER({condition}) }}"
        if not any(self._rows(f"{found} LIMIT 1")):  # long lists take a while to read, even for no rows
            return
        rows = f"{{ {found} }}"
        query = _joined(rows, "?k ?o", graphs, subjects)
        for subject, graph, code, text in self._rows(f"SELECT ?sn ?gn ?k (STR(?o) AS ?v) {query}"):
            yield int(subject), int(graph), int(code), _text(text)

    def _rows(self, query: str) -> Iterator[list[str]]:
        lines = self._table(query).decode("utf-8", "replace").split("\n")
        return (line.split("\t") for line in lines[1:-1])


def _joined(rows: str, shown: str, graphs: Sequence[str], subjects: Sequence[str]) -> str:
    return f"""{{
        {{ SELECT ?s ?gn {shown} {{ {rows} {_values("g", graphs)} }} }}
        {_values("s", subjects)} }}"""


def _values(name: str, iris: Iterable[str]) -> str:
    """A list of IRIs beside their places in it: of ``s``, ``?sn``."""
    listed = " ".join(f"(<{iri}> {number})" for number, iri in enumerate(iris))
    return f"VALUES (?{name} ?{name}n) {{ {listed} }}"


def _text(word: str) -> str:
    """An IRI or plain literal as the tab-separated format has it, without brackets, quotes and escapes."""
    plain = word[1:-1] if word[:1] in {"<", '"'} else word
    return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[1]), plain) if "\\" in plain else plain
