"""Shortest paths between two things, read from the ties on the way, under any filter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import igraph
import numpy as np

from graph.networks.columns import Array
from graph.networks.traversal import UNSEEN, ends_of
from graph.networks.view import Edges, View


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one thing to another: the things on it, and the edge of each step."""

    things: tuple[int, ...]
    edges: Edges


def paths(view: View, start: int, goal: int, longest: int, number: int) -> list[Path]:
    """The best simple paths between two things: those of fewest steps, and of these the strongest first.

    A step is the stronger the more facts its edge rests on: a path costs one for each step and, to tell
    paths of equal length apart, the inverse of each weight.

    Args:
        view: the ties that count.
        start: where paths begin.
        goal: where they end.
        longest: the steps that a path may have, at least 0.
        number: how many paths to find, at least 1.
    """
    if start == goal:
        return [Path((start,), view.edges(np.zeros(0, dtype=np.int32)))]
    search = _Search(view, start, goal, longest)
    length = search.meet()
    found: list[Path] = []
    while length is not None and length <= longest:
        found = [path for path in search.best(length, number) if len(path.things) <= length + 1]
        if len(found) == number:
            break
        length += 1
    return found


class _Search:
    """A breadth-first search from two sides, and the ties that lie on short ways between them."""

    def __init__(self, view: View, start: int, goal: int, longest: int) -> None:
        self.view = view
        self.ends = (start, goal)
        self.longest = longest
        size = len(view.index.things)
        self.steps = [np.full(size, UNSEEN, dtype=np.int16) for _ in self.ends]
        self.frontier = [np.array([end], dtype=np.int32) for end in self.ends]
        self.radius = [0, 0]
        self.ties: list[list[Array]] = [[], []]
        for steps, end in zip(self.steps, self.ends, strict=True):
            steps[end] = 0

    def meet(self) -> int | None:
        """The number of steps between the two; None where it is more than the longest wanted."""
        while sum(self.radius) < self.longest and all(map(len, self.frontier)):
            side = 0 if len(self.frontier[0]) <= len(self.frontier[1]) else 1
            self.grow(side)
            met = self.frontier[side][self.steps[1 - side][self.frontier[side]] < UNSEEN]
            if len(met):
                return int((self.steps[0][met] + self.steps[1][met]).min())
        return None

    def grow(self, side: int) -> None:
        """See one step farther from one side."""
        ties = self.view.ties_of(self.frontier[side])
        new = ends_of(self.view.index, ties)
        new = np.unique(new[self.steps[side][new] == UNSEEN])
        self.radius[side] += 1
        self.steps[side][new] = self.radius[side]
        self.frontier[side] = new
        self.ties[side].append(ties)

    def best(self, length: int, number: int) -> Iterator[Path]:
        """The best paths of all whose ties lie on walks of at most ``length`` steps."""
        while sum(self.radius) < length:
            self.grow(0 if len(self.frontier[0]) <= len(self.frontier[1]) else 1)
        edges = self.view.edges(self.between(length))
        things, ends = np.unique(np.stack([edges.one, edges.other], axis=1), return_inverse=True)
        graph = igraph.Graph(len(things), ends.reshape(-1, 2))
        costs = 1 + 1 / ((1 + edges.weight) * (self.longest + 1))
        start, goal = (int(np.searchsorted(things, end)) for end in self.ends)
        for steps in graph.get_k_shortest_paths(start, goal, number, costs.tolist(), output="epath"):
            yield self.path(edges.chosen(np.array(steps, dtype=np.int32)))

    def between(self, length: int) -> Array:
        """The ties that may lie on a walk of at most ``length`` steps from one side to the other."""
        index = self.view.index
        ties = np.unique(np.concatenate([each for side in self.ties for each in side]))
        far = [np.minimum(s, r + 1) for s, r in zip(self.steps, self.radius, strict=True)]
        one, other = index.tie_from[ties], index.tie_to[ties]
        through = np.minimum(far[0][one] + far[1][other], far[0][other] + far[1][one]) + 1
        found: Array = ties[through <= length]
        return found

    def path(self, edges: Edges) -> Path:
        things = [self.ends[0]]
        for one, other in zip(edges.one, edges.other, strict=True):
            things.append(int(other) if one == things[-1] else int(one))
        return Path(tuple(things), edges)
