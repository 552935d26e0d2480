"""Asking the graph: SPARQL on the newest snapshot, with errors that say what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO, Protocol, cast

import pyoxigraph as ox

from graph.errors import NotFoundError, QueryError
from graph.rdf import PREFIXES
from graph.search.kept_texts import LiveTexts
from graph.store import Store, merged, open_snapshot, snapshot_path
from service.endpoint.fence import Dataset, Text, read
from service.endpoint.matching import finder, with_matches
from service.endpoint.refusals import QuerySyntaxError

__all__ = ["GRAPH_FORMATS", "RESULT_FORMATS", "Answer", "Dataset", "Engine", "Term"]

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


class Writable(Protocol):
    """What an answer can be written to."""

    def write(self, piece: bytes, /) -> int:
        """Take a piece of it."""


_PLACE = re.compile(r"error at (\d+):(\d+)|(?:on|at) line (\d+) (?:at )?column (\d+)")


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


class Engine:
    """Answers queries from the newest snapshot of a store; a new build is seen at the next query.

    It runs them in its own process, without limits: for the command line and the service's own questions.
    """

    def __init__(self, folder: Path) -> None:
        """Open the store of a folder.

        Raises:
            StoreError: nothing was built there.
        """
        self._folder = folder
        self._path = snapshot_path(folder)
        self._graph = open_snapshot(folder)
        self._merged: ox.Store | None = None
        self._lock = Lock()
        self._find = finder(LiveTexts(folder))

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
        query = with_matches(read(text), self._find)
        return evaluate(self._follow_merged(), query, dataset or Dataset())

    def dump(self, form: str) -> bytes:
        """The whole graph; in a format without named graphs, the union of all of them."""
        graph = self._follow()
        rdf = GRAPH_FORMATS[form]
        if rdf.supports_datasets:
            return graph.dump(format=rdf, prefixes=PREFIXES) or b""
        return self.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").write(form)

    def documents(self) -> list[str]:
        """The names of the graphs that hold a document, in order."""
        found = self.query("SELECT ?d WHERE { GRAPH ?d { ?d a dg:Document } } ORDER BY ?d")
        return [d.value for (d,) in found.rows() if isinstance(d, ox.NamedNode)]

    def copy_of(self, graph: str) -> ox.Store:
        """The triples of one named graph in a store of their own, in memory, to do with as one likes."""
        copy = ox.Store()
        quads = self._follow().quads_for_pattern(None, None, None, ox.NamedNode(graph))
        copy.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
        return copy

    def _follow(self) -> ox.Store:
        """The newest snapshot, opened where it is newer than the one that is open."""
        with self._lock:
            newest = snapshot_path(self._folder)
            if newest != self._path:
                self._graph, self._path, self._merged = open_snapshot(self._folder), newest, None
            return self._graph

    def _follow_merged(self) -> ox.Store:
        """The newest snapshot with the merge of all graphs as its default graph."""
        graph = self._follow()
        with self._lock:
            if self._merged is None:
                self._merged = merged(graph)
            return self._merged


def evaluate(graph: ox.Store, query: Text, dataset: Dataset, base: str | None = None) -> Answer:
    """Ask a query of a graph that ``graph.store.merged`` has made.

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
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [_name(g) for g in dataset.default]
        names: list[ox.NamedNode | ox.BlankNode] = [_name(g) for g in dataset.named]
        if len(default) > 1:
            graph, default = _assembled(graph, default, names), [ox.DefaultGraph()]
        found = graph.query(
            query.text, base_iri=base, prefixes=PREFIXES, default_graph=default, named_graphs=names
        )
        return Answer(found)
    except SyntaxError as error:
        raise syntax_problem("The query", error) from error
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"The query cannot be answered: {_first_line(str(error))}") from error


def check(text: str, base: str) -> None:
    """Parse a query. Raises QuerySyntaxError."""
    try:
        ox.Store().query(text, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        raise syntax_problem("The query", error) from error


def dump_graph(folder: Path, graph: str | None, outlet: Writable, form: str) -> None:
    """Write one graph of the newest snapshot, or the unnamed one (None).

    Raises:
        NotFoundError: there is no graph of that name.
    """
    snapshot = open_snapshot(folder)
    name: ox.NamedNode | ox.DefaultGraph = ox.DefaultGraph() if graph is None else _name(graph)
    if isinstance(name, ox.NamedNode) and not snapshot.contains_named_graph(name):
        raise NotFoundError(f"There is no graph <{graph}>.")
    snapshot.dump(cast("IO[bytes]", outlet), GRAPH_FORMATS[form], from_graph=name, prefixes=PREFIXES)


def update(folder: Path, text: str, base: str) -> None:
    """Run an update on the store of a folder and publish what it leaves; ``base`` is as for ``evaluate``.

    Raises:
        QuerySyntaxError, QueryError: it does not parse or cannot be done; nothing was changed then.
        StoreLockedError: a build is writing.
    """
    with Store(folder) as store:
        try:
            store.update(text, base, PREFIXES)
        except SyntaxError as error:
            raise syntax_problem("The update", error) from error
        except (ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"The update cannot be done: {_first_line(str(error))}") from error
        store.publish()


def write_graph(
    folder: Path, graph: str | None, parts: Sequence[tuple[str, bytes]], base: str, replacing: bool
) -> bool:
    """Put RDF texts into one graph and publish it; returns whether the graph is new.

    Args:
        folder: the folder of the store.
        graph: the IRI of the graph, None for the unnamed one.
        parts: texts, each with the name of its format in GRAPH_FORMATS.
        base: what relative IRIs are relative to.
        replacing: whether they take the place of all that the graph holds.

    Raises:
        QuerySyntaxError: one of them does not parse; nothing was changed then.
        StoreLockedError: a build is writing.
    """
    quads: list[ox.Quad] = []
    for form, content in parts:
        try:
            quads += ox.parse(
                content,
                GRAPH_FORMATS[form],
                base_iri=base,
                without_named_graphs=True,
                rename_blank_nodes=True,
            )
        except SyntaxError as error:
            raise syntax_problem("The graph", error) from error
        except (ValueError, OSError) as error:
            raise QuerySyntaxError(f"The graph cannot be read: {_first_line(str(error))}") from error
    with Store(folder) as store:
        is_new = not store.has(graph)
        store.add(graph, quads, replacing)
        store.publish()
    return is_new


def delete_graph(folder: Path, graph: str | None) -> None:
    """Remove one graph, or empty the unnamed one (None), and publish.

    Raises:
        NotFoundError: there is no graph of that name.
        StoreLockedError: a build is writing.
    """
    with Store(folder) as store:
        if not store.has(graph):
            raise NotFoundError(f"There is no graph <{graph}>.")
        if graph is None:
            store.add(None, (), replacing=True)
        else:
            store.remove(graph)
        store.publish()


def rewritten(turtle: str, form: str, base: str) -> bytes:
    """A Turtle text in another of GRAPH_FORMATS; ``base`` is what its relative IRIs are relative to."""
    triples = ox.parse(turtle, ox.RdfFormat.TURTLE, base_iri=base)
    return ox.serialize(triples, format=GRAPH_FORMATS[form], prefixes=PREFIXES) or b""


def syntax_problem(what: str, error: SyntaxError) -> QuerySyntaxError:
    """An error of Oxigraph's parsers with its place; ``what`` begins the sentence."""
    message = _first_line(str(error))
    found = _PLACE.search(message)
    line, column = (int(found[1] or found[3]), int(found[2] or found[4])) if found else (None, None)
    return QuerySyntaxError(f"{what} cannot be read: {message}", line=line, column=column)


def _name(graph: str) -> ox.NamedNode:
    """Raises QueryError where it is no IRI."""
    try:
        return ox.NamedNode(graph)
    except ValueError as error:
        raise QueryError(f"{graph!r} cannot name a graph: it is not an absolute IRI.") from error


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


def _first_line(message: str) -> str:
    """The parser's message without its long list of what else could have stood there."""
    return message.splitlines()[0].split(": expected one of", 1)[0].removesuffix(":")
