"""The index of a store's newest snapshot: reopened where one was kept, else made and kept beside it."""

from __future__ import annotations

import contextlib
import os
import shutil
from functools import partial
from pathlib import Path

from graph.networks.actor_index import ActorIndex
from graph.networks.columns import opened, save
from graph.networks.index_building import FORM, build_index
from graph.rdf import PREFIXES
from graph.snapshots import open_snapshot, snapshot_path, table
from ontology.schema import Schema


def snapshot_name(folder: Path) -> str:
    """A name for the newest snapshot that no other one of this folder has or had.

    Raises:
        StoreError: nothing was built there.
    """
    path = snapshot_path(folder)
    return f"{path.name}-{path.stat().st_mtime_ns}"


def open_index(folder: Path, schema: Schema) -> ActorIndex:
    """The index of the newest snapshot of a store.

    Where the folder cannot be written to, the index is made anew in each process.

    Raises:
        StoreError: nothing was built there, or it cannot be read.
    """
    place = folder / "index" / snapshot_name(folder)
    with contextlib.suppress(OSError, ValueError):
        index = opened(ActorIndex, place)
        if index.version.startswith(f"{FORM}-"):
            return index
    index = build_index(partial(table, open_snapshot(folder), PREFIXES), schema)
    with contextlib.suppress(OSError):
        _keep(index, place)
        return opened(ActorIndex, place)
    return index


def _keep(index: ActorIndex, place: Path) -> None:
    """Put the index in its place in one step, whoever else does so, and drop those of older snapshots."""
    unfinished = place.with_name(f"{place.name}.{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    save(index, unfinished)
    shutil.rmtree(place, ignore_errors=True)
    try:
        unfinished.rename(place)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
    for other in place.parent.iterdir():
        if other != place:
            shutil.rmtree(other, ignore_errors=True)
