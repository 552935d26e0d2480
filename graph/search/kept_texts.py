"""The text index of a store's newest snapshot: reopened where one was kept, else made and kept beside it."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock

from graph.networks.kept_index import snapshot_name
from graph.search.entries import Rows, classes, entries
from graph.search.text_index import TextIndex, write_index
from graph.snapshots import literals, open_snapshot, statements

KEPT = 2
"""The newest, and the one before it, which somebody may be about to ask."""


def open_texts(folder: Path, elsewhere: Path | None = None) -> TextIndex:
    """The text index of the newest snapshot of a store.

    Args:
        folder: the folder of the store.
        elsewhere: where to keep the index if the store cannot be written to.

    Raises:
        StoreError: nothing was built there, or it cannot be read.
        OSError: the index can be kept nowhere.
    """
    place = (elsewhere or folder / "texts") / f"{snapshot_name(folder)}.sqlite"
    index = TextIndex(place)
    if place.exists() and index.check():
        return index
    place.parent.mkdir(exist_ok=True)
    unfinished = place.with_name(f"{place.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    graph = open_snapshot(folder)
    rows = Rows(partial(statements, graph), partial(literals, graph))
    write_index(unfinished, entries(rows), classes(rows))
    unfinished.replace(place)
    for old in sorted(place.parent.glob("*.sqlite"), key=lambda path: path.stat().st_mtime_ns)[:-KEPT]:
        old.unlink(missing_ok=True)
    return index


class LiveTexts:
    """Follows the snapshots of a store."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._name: str | None = None
        self._index: TextIndex | None = None
        self._elsewhere: tempfile.TemporaryDirectory[str] | None = None

    def current(self) -> TextIndex:
        """The index of the newest snapshot; made at its first use, where a build has not made it already.

        Raises:
            StoreError: nothing was built there.
        """
        name = snapshot_name(self._folder)
        with self._lock:
            if self._index is None or name != self._name:
                self._index, self._name = self._opened(), name
            return self._index

    def _opened(self) -> TextIndex:
        if self._elsewhere is None:
            with suppress(OSError):
                return open_texts(self._folder)
            self._elsewhere = tempfile.TemporaryDirectory(prefix="diplograph-")
        return open_texts(self._folder, Path(self._elsewhere.name))
