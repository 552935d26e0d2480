"""The store: a folder with the graph (Oxigraph), one writer, and snapshots for any number of readers.

kg/live/            the database that builds write to
kg/snapshots/N/     copies made of hard links; ``kg/current`` names the newest
kg/readings.sqlite  what was read of each document (see ``graph.cache``)
kg/lock             held by the one process that writes
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import pyoxigraph as ox

from graph.errors import StoreError, StoreLockedError

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
        self._graph.remove_graph(name)
        self._graph.bulk_extend(quads)

    def remove(self, graph: str) -> None:
        """Drop a named graph."""
        self._graph.remove_graph(ox.NamedNode(graph))

    def quads(self) -> Iterator[ox.Quad]:
        """All quads of the database."""
        return iter(self._graph)

    def publish(self) -> Path:
        """Make a snapshot of the graph as it is now, and let readers find it."""
        snapshots = self.folder / "snapshots"
        snapshots.mkdir(exist_ok=True)
        numbers = sorted(int(p.name) for p in snapshots.iterdir() if p.name.isdigit())
        number = (numbers[-1] if numbers else 0) + 1
        self._graph.flush()
        self._graph.backup(str(snapshots / str(number)))
        pointer = self.folder / "current.new"
        pointer.write_text(str(number), encoding="ascii")
        pointer.replace(self.folder / "current")
        for old in numbers[: 1 - KEPT_SNAPSHOTS]:
            shutil.rmtree(snapshots / str(old), ignore_errors=True)
        return snapshots / str(number)


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
