"""Queries evaluated on a graph whose default graph is the merge of all, and their answers written out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, cast

import pyoxigraph as ox

from graph.errors import QueryError
from graph.rdf import PREFIXES
from service.endpoint.fence import Dataset, Text
from service.endpoint.formats import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    Writable,
    first_line,
    graph_name,
    syntax_problem,
)

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave, not yet written out. It can be written or walked through once."""

    found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

    @property
    def is_graph(self) -> bool:
        """Whether it is triples, of CONSTRUCT or DESCRIBE, rather than rows or yes and no."""
        return isinstance(self.found, ox.QueryTriples)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of rows; of a graph, subject, predicate and object; of ASK, none."""
        if isinstance(self.found, ox.QuerySolutions):
            return tuple(v.value for v in self.found.variables)
        return ("subject", "predicate", "object") if self.is_graph else ()

    def rows(self) -> Iterator[Sequence[Term | None]]:
        """The rows, or the triples of a graph. Raises QueryError where evaluation fails."""
        if isinstance(self.found, ox.QueryBoolean):
            return
        for row in self.found:
            yield tuple(row)

    def truth(self) -> bool | None:
        """The answer of ASK; None for other queries."""
        return bool(self.found) if isinstance(self.found, ox.QueryBoolean) else None

    def write(self, form: str) -> bytes:
        """Write it out in one of RESULT_FORMATS, or of GRAPH_FORMATS where it is a graph."""
        if isinstance(self.found, ox.QueryTriples):
            return ox.serialize(self.found, format=GRAPH_FORMATS[form], prefixes=PREFIXES) or b""
        return self.found.serialize(format=RESULT_FORMATS[form]) or b""

    def write_to(self, outlet: Writable, form: str) -> None:
        """The same, piece by piece as it is found."""
        if isinstance(self.found, ox.QueryTriples):
            ox.serialize(self.found, cast("IO[bytes]", outlet), format=GRAPH_FORMATS[form], prefixes=PREFIXES)
        else:
            self.found.serialize(cast("IO[bytes]", outlet), format=RESULT_FORMATS[form])


def evaluate(graph: ox.Store, query: Text, dataset: Dataset, base: str | None = None) -> Answer:
    """Ask a query of a graph that ``graph.merging.merge`` has made.

    Args:
        graph: the graph; its default graph is what is asked where neither text nor dataset names graphs.
        query: the query, as the fence has read it.
        dataset: the graphs that the protocol names; they take the place of the query's own.
        base: what relative IRIs are relative to, unless the query says.

    Raises:
        QueryError: it does not parse, or cannot be evaluated.
    """
    named_here = query.dataset()
    if not dataset and len(named_here.default) > 1:
        dataset = named_here
    try:
        if not dataset:
            return Answer(graph.query(query.text, base_iri=base, prefixes=PREFIXES))
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
            graph_name(g) for g in dataset.default
        ]
        names: list[ox.NamedNode | ox.BlankNode] = [graph_name(g) for g in dataset.named]
        if len(default) > 1:
            graph, default = _assembled(graph, default, names), [ox.DefaultGraph()]
        found = graph.query(
            query.text, base_iri=base, prefixes=PREFIXES, default_graph=default, named_graphs=names
        )
        return Answer(found)
    except SyntaxError as error:
        raise syntax_problem("The query", error) from error
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"The query cannot be answered: {first_line(str(error))}") from error


def check(text: str, base: str) -> None:
    """Parse a query. Raises QuerySyntaxError."""
    try:
        ox.Store().query(text, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        raise syntax_problem("The query", error) from error


def _assembled(
    graph: ox.Store,
    default: Sequence[ox.NamedNode | ox.BlankNode | ox.DefaultGraph],
    named: Sequence[ox.NamedNode | ox.BlankNode],
) -> ox.Store:
    """A dataset with the merge of some graphs as its default graph, which Oxigraph would not make a set."""
    dataset = ox.Store()
    for name in default:
        quads = graph.quads_for_pattern(None, None, None, name)
        dataset.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    for name in named:
        dataset.add_graph(name)
        dataset.extend(graph.quads_for_pattern(None, None, None, name))
    return dataset
