"""The graph that workers answer from: the newest snapshot with its graphs merged, on disk or in memory."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.merging import merge
from graph.snapshots import in_memory, merged_path, open_snapshot, read_only

if TYPE_CHECKING:
    from pyoxigraph import Store

QUICK = 2 << 20
"""Bytes on disk of a graph that is in memory sooner than anybody notices: some 20,000 statements."""
_PREFIX = "held-"


@dataclass(frozen=True, slots=True)
class Held:
    """What a worker has: the folder of the store and, unless it is there to write, the graph to ask.

    The graph is in memory, or else at a place on disk where each worker opens it.
    """

    folder: Path
    graph: Store | None = None
    place: Path | None = None

    @property
    def is_on_disk(self) -> bool:
        """Whether workers read from disk."""
        return self.place is not None

    def opened(self) -> Held:
        """The same, with the graph open."""
        return self if self.place is None else Held(self.folder, read_only(self.place), self.place)


@contextmanager
def holding(folder: Path, most: int, at_once: bool) -> Iterator[Held]:
    """Hold the newest snapshot of a store, in memory or on disk.

    Args:
        folder: the folder of the store.
        most: the most statements that are held in memory.
        at_once: whether it is held on disk unless it is so small that loading it goes unnoticed.

    Raises:
        StoreError: nothing was built there, or it cannot be read.
    """
    path = merged_path(folder)
    with _scratch(folder) as scratch:
        place = scratch / "graph"
        if path:
            shutil.copytree(path, place, copy_function=_linked)
        else:  # it was published by something that does not merge
            merge(open_snapshot(folder), place)
        if (at_once and _size(place) > QUICK) or len(open_snapshot(folder)) > most:
            yield Held(folder, place=place)
        else:
            graph = in_memory(read_only(place))
            shutil.rmtree(place, ignore_errors=True)
            yield Held(folder, graph)


def _size(place: Path) -> int:
    return sum(file.stat().st_size for file in place.iterdir())


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder beside the store while this process lives; elsewhere where the store cannot be written to."""
    prefix = f"{_PREFIX}{os.getpid()}-"
    try:
        _sweep(folder)
        made = tempfile.TemporaryDirectory(prefix=prefix, dir=folder, ignore_cleanup_errors=True)
    except OSError:
        made = tempfile.TemporaryDirectory(prefix=f"diplograph-{prefix}", ignore_cleanup_errors=True)
    with made as scratch:
        yield Path(scratch)


def _sweep(folder: Path) -> None:
    """Remove what processes left that were killed."""
    for left in folder.glob(f"{_PREFIX}*-*"):
        pid = left.name.removeprefix(_PREFIX).partition("-")[0]
        if pid.isdecimal() and not _is_alive(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _linked(source: str, target: str) -> None:
    with suppress(OSError):
        os.link(source, target)
        return
    shutil.copy2(source, target)
