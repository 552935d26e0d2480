"""The store: a folder with the graph (Oxigraph), one writer, and snapshots for any number of readers.

kg/live/            the database that builds write to
kg/snapshots/N/     copies made of hard links; ``kg/current`` names the newest
kg/merged/N/        the same with the merge of all graphs as the default graph, which is what queries ask
kg/readings.sqlite  what was read of each document (see ``graph.cache``)
kg/lock             held by the one process that writes
kg/unpublished      is there while something is written that no snapshot has
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import pyoxigraph as ox

from graph.errors import StoreError, StoreLockedError
from graph.merging import Name, amend, merge, tidy

KEPT_SNAPSHOTS = 2
"""The newest, and the one before it, which a reader may be about to open."""


class Store:
    """The graph, open for writing. A context manager; only one can be open for a folder."""

    def __init__(self, folder: Path) -> None:
        """Open or create the store in a folder.

        Raises:
            StoreLockedError: another process writes to it.
            StoreError: the folder cannot be made, or holds something else.
        """
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(folder)
        except OSError as error:
            raise StoreError(f"{folder} cannot be used as a store: {error.strerror}.") from error
        try:
            self._graph = ox.Store(str(folder / "live"))
        except OSError as error:
            self._lock.close()
            raise StoreError(f"The store in {folder} cannot be opened: {error}.") from error
        self._unpublished = folder / "unpublished"
        self._changed: set[Name] | None = None if self._unpublished.exists() else set()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let others write."""
        del self._graph
        self._lock.close()

    def replace(self, graph: str, quads: Iterable[ox.Quad]) -> None:
        """Put these quads in the place of all that a named graph holds."""
        name = ox.NamedNode(graph)
        self._will_change([name])
        self._graph.remove_graph(name)
        self._graph.bulk_extend(quads)

    def fill(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads, each to its own graph; the quickest way for very many."""
        self._will_change(None)
        self._graph.bulk_extend(quads)

    def remove(self, graph: str) -> None:
        """Drop a named graph."""
        self._will_change([ox.NamedNode(graph)])
        self._graph.remove_graph(ox.NamedNode(graph))

    def quads(self) -> Iterator[ox.Quad]:
        """All quads of the database."""
        return iter(self._graph)

    def update(
        self,
        text: str,
        base: str | None = None,
        prefixes: Mapping[str, str] | None = None,
        graphs: Collection[str] | None = None,
    ) -> None:
        """Run a SPARQL 1.1 Update, whole or not at all.

        Args:
            text: the update.
            base: what relative IRIs are relative to.
            prefixes: need not be declared in it.
            graphs: names among which are all graphs that it may change, besides the unnamed one; None where
                it may change any.

        Raises:
            SyntaxError, ValueError, RuntimeError, OSError: what Oxigraph says against it.
        """
        is_published = self._changed == set()
        names = None if graphs is None else [ox.NamedNode(graph) for graph in graphs]
        self._will_change(names if names is None else [ox.DefaultGraph(), *names])
        try:
            self._graph.update(text, base_iri=base, prefixes=dict(prefixes or {}))
        except Exception:
            if is_published:  # and still so, since nothing was changed
                self._is_published()
            raise

    def has(self, graph: str | None) -> bool:
        """Whether there is a named graph of this name; the unnamed one (None) is always there."""
        return graph is None or self._graph.contains_named_graph(ox.NamedNode(graph))

    def add(self, graph: str | None, quads: Iterable[ox.Quad], replacing: bool = False) -> None:
        """Put triples into a named graph, or the unnamed one (None), which is made where it is not there.

        Args:
            graph: the IRI of the graph.
            quads: their own graph is not looked at.
            replacing: whether they take the place of all that the graph holds.
        """
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        self._will_change([name])
        if replacing:
            self._graph.clear_graph(name)
        self._graph.add_graph(name)
        self._graph.extend(ox.Quad(q.subject, q.predicate, q.object, name) for q in quads)

    def publish(self) -> Path:
        """Make a snapshot of the graph as it is now, and let readers find it.

        The merge of its graphs is made before they do, so that the newest graph can be asked at once: out of
        the last one where little has changed, else anew. In the latter case what was written is put in order
        first: two seconds for a million statements, and reading all of them takes almost half as long.
        """
        snapshots = self.folder / "snapshots"
        snapshots.mkdir(exist_ok=True)
        numbers = sorted(int(p.name) for p in snapshots.iterdir() if p.name.isdigit())
        number = (numbers[-1] if numbers else 0) + 1
        self._graph.flush()
        merged = self.folder / "merged" / str(number)
        if self._is_amended(merged):
            tidy(self._graph, self.folder / "live")
        else:
            self._graph.optimize()
            merge(self._graph, merged)
        self._graph.backup(str(snapshots / str(number)))
        pointer = self.folder / "current.new"
        pointer.write_text(str(number), encoding="ascii")
        pointer.replace(self.folder / "current")
        self._is_published()
        for old in numbers[: 1 - KEPT_SNAPSHOTS]:
            for place in (snapshots, self.folder / "merged"):
                shutil.rmtree(place / str(old), ignore_errors=True)
        return snapshots / str(number)

    def _is_amended(self, path: Path) -> bool:
        """Make the merge at a path out of the last one, where that is quicker; return whether it was."""
        try:
            last = merged_path(self.folder)
        except StoreError:
            return False
        if last is None or self._changed is None:
            return False
        return amend(read_only(last), open_snapshot(self.folder), self._graph, self._changed, path)

    def _is_published(self) -> None:
        """Note that the last snapshot has all that was written."""
        self._unpublished.unlink(missing_ok=True)
        self._changed = set()

    def _will_change(self, names: Iterable[Name] | None) -> None:
        """Note, before it happens, which graphs will not be as they are in the last snapshot; None: any."""
        self._unpublished.touch()
        if names is None:
            self._changed = None
        elif self._changed is not None:
            self._changed.update(names)


def snapshot_path(folder: Path) -> Path:
    """The folder of the newest snapshot.

    Raises:
        StoreError: nothing was built there yet.
    """
    try:
        path = folder / "snapshots" / (folder / "current").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        path = None
    if path is None or not path.is_dir():
        raise StoreError(
            f"There is no graph in {folder}.", "Build one with: diplograph build FOLDER_OF_TEXTS"
        )
    return path


def open_snapshot(folder: Path) -> ox.Store:
    """The newest snapshot of a store, read-only; builds may go on beside it.

    Raises:
        StoreError: nothing was built there yet, or it cannot be read.
    """
    path = snapshot_path(folder)
    try:
        return ox.Store.read_only(str(path))
    except OSError as error:
        raise StoreError(f"The graph in {folder} cannot be read: {error}.") from error


def merged_path(folder: Path) -> Path | None:
    """Where the newest snapshot is with its graphs merged; None where it was published without.

    Raises:
        StoreError: nothing was built there yet.
    """
    path = folder / "merged" / snapshot_path(folder).name
    return path if path.is_dir() else None


def open_merged(folder: Path) -> ox.Store:
    """The newest snapshot with the merge of its graphs as the default graph, read-only.

    Raises:
        StoreError: nothing was built there yet.
    """
    path = merged_path(folder)
    if path:
        return read_only(path)
    with tempfile.TemporaryDirectory(prefix="diplograph-") as scratch:
        merge(open_snapshot(folder), Path(scratch) / "merged")
        return in_memory(read_only(Path(scratch) / "merged"))


def read_only(path: Path) -> ox.Store:
    """A store that nobody writes to, at the path of ``Store.publish`` or of ``merge``."""
    return ox.Store.read_only(str(path))


def in_memory(graph: ox.Store) -> ox.Store:
    """A copy of a graph in memory, in the order of its subjects.

    What is asked together then lies together, which takes a third off the time of a query that looks at much.
    """
    lines = (graph.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    copy = ox.Store()
    copy.load(b"".join(sorted(lines)), ox.RdfFormat.N_QUADS)
    for name in graph.named_graphs():
        copy.add_graph(name)
    return copy


Statement = tuple[str, str, str, bool]
"""Subject, object, named graph, and whether the object is a literal."""


def statements(
    graph: ox.Store, predicate: str, subject: str | None = None, thing: str | None = None
) -> Iterator[Statement]:
    """What the named graphs state with one predicate, as plain strings; a literal by its value alone.

    A statement that several graphs make comes once for each. Those of blank nodes, and on them, are left out.

    Args:
        graph: the graph to look in.
        predicate: an IRI, as are ``subject`` and ``thing``, the object: of these any where they are None.
    """
    of = None if subject is None else ox.NamedNode(subject)
    about = None if thing is None else ox.NamedNode(thing)
    for quad in graph.quads_for_pattern(of, ox.NamedNode(predicate), about, None):
        who, value, name = quad.subject, quad.object, quad.graph_name
        if (
            isinstance(who, ox.NamedNode)
            and isinstance(name, ox.NamedNode)
            and isinstance(value, (ox.NamedNode, ox.Literal))
        ):
            yield who.value, value.value, name.value, isinstance(value, ox.Literal)


def literals(graph: ox.Store, predicate: str) -> Iterator[tuple[str, str, str, str]]:
    """What a graph says of named things in words with one predicate: who, the words, their language, where.

    The language is empty where the literal has none; so is the named graph where it is the unnamed one.
    """
    for quad in graph.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
        subject, value, name = quad.subject, quad.object, quad.graph_name
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal):
            where = name.value if isinstance(name, ox.NamedNode) else ""
            yield subject.value, value.value, value.language or "", where


def _locked(folder: Path) -> BinaryIO:
    """Hold the lock of a folder until the file is closed; the file tells whose it is."""
    lock = (folder / "lock").open("a+b")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read().decode("ascii", "replace").strip()
        lock.close()
        raise StoreLockedError(
            f"The store in {folder} is in use by another process{f' ({holder})' if holder else ''}.",
            "Wait for it to end, or use another folder with --store.",
        ) from None
    with contextlib.suppress(OSError):
        lock.truncate(0)
        lock.write(f"process {os.getpid()}".encode())
        lock.flush()
    return lock


def table(graph: ox.Store, prefixes: Mapping[str, str], query: str) -> bytes:
    """The answer to a SELECT query as tab-separated values (SPARQL 1.1), made without a Python object a term.

    Args:
        graph: the graph to ask.
        prefixes: need not be declared in the query.
        query: in SPARQL; trusted, since nothing limits what it takes.
    """
    found = graph.query(query, prefixes=dict(prefixes))
    assert isinstance(found, ox.QuerySolutions)
    return found.serialize(format=ox.QueryResultsFormat.TSV) or b""
