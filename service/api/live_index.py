"""The index of actors that the service answers from: always that of the newest snapshot."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from graph.networks.actor_index import ActorIndex
from graph.networks.filters import Filter
from graph.networks.kept_index import open_index, snapshot_name
from graph.networks.view import View
from graph.networks.whole import Network
from ontology.schema import Schema

T = TypeVar("T")

KEPT = 16
"""Whole networks and measures of them that are kept for the next request."""
KEPT_EDGES = 3_000_000
"""Edges that all kept networks may have together."""


class LiveIndex:
    """Follows the snapshots of a store, and keeps what was worked out on the newest."""

    def __init__(self, folder: Path, schema: Schema) -> None:
        self.schema = schema
        self._folder = folder
        self._lock = Lock()
        self._name: str | None = None
        self._index: ActorIndex | None = None
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def current(self) -> ActorIndex:
        """The index of the newest snapshot.

        Raises:
            StoreError: nothing was built there.
        """
        name = snapshot_name(self._folder)
        with self._lock:
            if self._index is None or name != self._name:
                self._index, self._name = open_index(self._folder, self.schema), name
                self._kept.clear()
            return self._index

    def network(self, index: ActorIndex, chosen: Filter) -> Network:
        """All edges of a filter, worked out once. Raises what View raises."""
        view = View(index, self.schema, chosen)
        return self.once((index.version, chosen), lambda: Network(view), lambda made: len(made.edges))

    def once(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int] = lambda _: 0) -> T:
        """What was made for this key before, or is made now; the longest unused is dropped first."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast("T", self._kept[key][0])
        made = make()
        with self._lock:
            self._kept[key] = (made, size(made))
            while len(self._kept) > KEPT or sum(edges for _, edges in self._kept.values()) > KEPT_EDGES:
                if len(self._kept) == 1:
                    break
                self._kept.popitem(last=False)
        return made
