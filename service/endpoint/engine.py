"""The engine asks the newest snapshot in the process that it is in: of the command line, and of pages."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import pyoxigraph as ox

from graph.rdf import PREFIXES
from graph.search.kept_texts import LiveTexts
from graph.snapshots import open_merged, open_snapshot, snapshot_path
from service.endpoint.evaluation import Answer, evaluate
from service.endpoint.fence import Dataset, read
from service.endpoint.formats import GRAPH_FORMATS
from service.endpoint.matching import finder, with_matches


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
        self._follow()
        with self._lock:
            if self._merged is None:
                self._merged = open_merged(self._folder)
            return self._merged
