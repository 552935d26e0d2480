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

from graph.store import in_memory, merge, merged_path, open_snapshot, read_only

if TYPE_CHECKING:
    from pyoxigraph import Store

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
def holding(folder: Path, most: int) -> Iterator[tuple[Held, int]]:
    """Hold the newest snapshot of a store, and tell how many statements it has.

    Args:
        folder: the folder of the store.
        most: the most statements that are held in memory.

    Raises:
        StoreError: nothing was built there, or it cannot be read.
    """
    path = merged_path(folder)
    size = len(open_snapshot(folder))
    with _scratch(folder) as scratch:
        place = scratch / "graph"
        if path:
            shutil.copytree(path, place, copy_function=_linked)
        else:  # it was published by something that does not merge
            merge(open_snapshot(folder), place)
        if size > most:
            yield Held(folder, place=place), size
        else:
            graph = in_memory(read_only(place))
            shutil.rmtree(place, ignore_errors=True)
            yield Held(folder, graph), size


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
