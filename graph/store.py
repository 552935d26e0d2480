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
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import pyoxigraph as ox

from graph.errors import StoreError, StoreLockedError
from graph.merging import Name, amend, merge, tidy
from graph.snapshots import merged_path, open_snapshot, read_only

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
