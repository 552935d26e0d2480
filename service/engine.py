"""Asking the graph: SPARQL on the newest snapshot, with errors that say what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.errors import QueryError
from graph.rdf import PREFIXES
from graph.store import open_snapshot, snapshot_path

RESULT_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request asks; with neither named, all graphs together are the default graph."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


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


class Engine:
    """Answers queries from the newest snapshot of a store; a new build is seen at the next query."""

    def __init__(self, folder: Path) -> None:
        """Open the store of a folder.

        Raises:
            StoreError: nothing was built there.
        """
        self._folder = folder
        self._path = snapshot_path(folder)
        self._graph = open_snapshot(folder)

    @property
    def version(self) -> str:
        """Changes whenever the graph does."""
        self._follow()
        return self._path.name

    def query(self, text: str, dataset: Dataset | None = None) -> Answer:
        """Ask a SPARQL 1.1 query; the prefixes of ``graph.rdf.PREFIXES`` need not be declared.

        Raises:
            QueryError: it does not parse, or cannot be evaluated.
        """
        self._follow()
        dataset = dataset or Dataset()
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(g) for g in dataset.named]
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
            ox.NamedNode(g) for g in dataset.default
        ]
        union = not (named or default)
        try:
            found = self._graph.query(
                text,
                prefixes=PREFIXES,
                use_default_graph_as_union=union,
                default_graph=None if union else default,
                named_graphs=None if union else named,
            )
        except SyntaxError as error:
            raise QueryError(f"The query cannot be read: {_first_line(str(error))}") from error
        except (ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"The query cannot be answered: {_first_line(str(error))}") from error
        return Answer(found)

    def dump(self, form: str) -> bytes:
        """The whole graph; in a format without named graphs, the union of all of them."""
        self._follow()
        rdf = GRAPH_FORMATS[form]
        if rdf.supports_datasets:
            return self._graph.dump(format=rdf, prefixes=PREFIXES) or b""
        return self.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").write(form)

    def documents(self) -> list[str]:
        """The names of the graphs that hold a document, in order."""
        found = self.query("SELECT ?d WHERE { GRAPH ?d { ?d a dg:Document } } ORDER BY ?d")
        return [d.value for (d,) in found.rows() if isinstance(d, ox.NamedNode)]

    def copy_of(self, graph: str) -> ox.Store:
        """The triples of one named graph in a store of their own, in memory, to do with as one likes."""
        self._follow()
        copy = ox.Store()
        quads = self._graph.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        copy.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
        return copy

    def _follow(self) -> None:
        """Open the newest snapshot where there is a newer one."""
        newest = snapshot_path(self._folder)
        if newest != self._path:
            self._graph, self._path = open_snapshot(self._folder), newest


def _first_line(message: str) -> str:
    """The parser's message without its long list of what else could have stood there."""
    return message.splitlines()[0].split(": expected one of", 1)[0].removesuffix(":")
