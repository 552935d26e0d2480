"""Ways through an index of actors: ego networks, shortest paths, centralities, communities.

Ego networks and paths read the ties that they meet straight from the index, under any filter; measures of a
whole network run on an igraph graph of its edges.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Literal, get_args

import igraph
import numpy as np
from numpy.typing import NDArray

from graph.networks.actor_index import ActorIndex
from graph.networks.columns import Array, Numbers
from graph.networks.view import Edges, View

Measure = Literal["degree", "betweenness", "closeness", "eigenvector", "pagerank"]
MEASURES: tuple[str, ...] = get_args(Measure)
Method = Literal["leiden", "louvain"]
METHODS: tuple[str, ...] = get_args(Method)
Scores = NDArray[np.float64]

EXACT = 20_000_000
"""Nodes times edges up to which betweenness and closeness are exact by default, some seconds of work."""
SAMPLE = 64
"""Nodes from which they are estimated in larger networks by default."""
_TRIES = 10
"""Runs from which the best communities are taken, where the network is not large."""
_SHARE = 16
"""Sources in one call of igraph, which lets no other thread run meanwhile."""
_DRAWING = Lock()
_UNSEEN = np.int16(30_000)


@dataclass(frozen=True, slots=True)
class Ego:
    """The things within some steps of a thing, nearest first, the steps to each, and the edges among them.

    ``total`` is the number of things within reach, of which those that do not fit a limit are left out.
    """

    things: Numbers
    steps: Numbers
    edges: Edges
    total: int


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one thing to another: the things on it, and the edge of each step."""

    things: tuple[int, ...]
    edges: Edges


def reach(view: View, start: int, depth: int) -> tuple[Numbers, Numbers]:
    """The things within ``depth`` steps of one, nearest first, then by number; and the steps to each."""
    seen = np.zeros(len(view.index.things), dtype=np.bool_)
    seen[start] = True
    levels = [np.array([start], dtype=np.int32)]
    while len(levels) <= depth and len(levels[-1]):
        new = _ends(view.index, view.ties_of(levels[-1]))
        new = np.unique(new[~seen[new]])
        seen[new] = True
        levels.append(new)
    steps = np.repeat(np.arange(len(levels), dtype=np.int32), [len(level) for level in levels])
    return np.concatenate(levels), steps


def ego(view: View, start: int, depth: int, limit: int) -> Ego:
    """The network around a thing.

    Args:
        view: the ties that count.
        start: the thing in its middle.
        depth: steps from it, at least 0.
        limit: the number of things to keep; of those equally far, the ones with most facts in common with
            things nearer are kept.
    """
    things, steps = reach(view, start, depth)
    total = len(things)
    if total > limit:
        things, steps = _strongest(view, things, steps, limit)
    return Ego(things, steps, among(view, things), total)


def among(view: View, things: Array) -> Edges:
    """The edges between some things."""
    inside = np.zeros(len(view.index.things), dtype=np.bool_)
    inside[things] = True
    ties = view.index.ties_of.of_all(things)
    ties = ties[inside[view.index.tie_from[ties]] & inside[view.index.tie_to[ties]]]
    return view.edges(view.kept(np.unique(ties)))


def neighbours(view: View, thing: int) -> Edges:
    """The edges of one thing, those of most weight first, then in the order of the others' IRIs."""
    edges = view.edges(view.ties_of(np.array([thing], dtype=np.int32)))
    return edges.chosen(edges.by_weight())


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
        self.steps = [np.full(size, _UNSEEN, dtype=np.int16) for _ in self.ends]
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
            met = self.frontier[side][self.steps[1 - side][self.frontier[side]] < _UNSEEN]
            if len(met):
                return int((self.steps[0][met] + self.steps[1][met]).min())
        return None

    def grow(self, side: int) -> None:
        """See one step farther from one side."""
        ties = self.view.ties_of(self.frontier[side])
        new = _ends(self.view.index, ties)
        new = np.unique(new[self.steps[side][new] == _UNSEEN])
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


class Network:
    """All edges that a filter keeps, and measures of them."""

    def __init__(self, view: View) -> None:
        """Gather the edges of a view; a node is whatever has an edge."""
        self.view = view
        self.edges = view.edges(view.all_ties())
        self.things: Numbers = np.unique(np.concatenate([self.edges.one, self.edges.other]))

    @cached_property
    def graph(self) -> igraph.Graph:
        """The edges as an undirected graph; its nodes are places in ``things``."""
        ends = np.stack([self.edges.one, self.edges.other], axis=1)
        return igraph.Graph(len(self.things), np.searchsorted(self.things, ends))

    def degrees(self) -> tuple[Numbers, Numbers]:
        """For each node the number of its edges, and the sum of their weights."""
        places = [np.searchsorted(self.things, ends) for ends in (self.edges.one, self.edges.other)]
        size = len(self.things)
        number = sum(np.bincount(p, minlength=size) for p in places)
        weight = sum(np.bincount(p, weights=self.edges.weight, minlength=size) for p in places)
        return np.asarray(number, dtype=np.int32), np.asarray(weight, dtype=np.int32)

    def is_large(self) -> bool:
        """Whether exact betweenness and closeness would take more than some seconds."""
        return len(self.things) * len(self.edges) > EXACT

    def centrality(self, measure: Measure, sample: int | None = None, seed: int = 0) -> Scores:
        """A measure of each node's place in the network.

        Degree is the sum of the weights of a node's edges. Betweenness (Freeman 1977) and closeness count
        steps; betweenness is the share of the pairs of other nodes, closeness is corrected for nodes that
        reach only a part of the network (Wasserman and Faust 1994). Eigenvector centrality (Bonacich 1987),
        whose greatest value is 1, and PageRank (damping 0.85) go by weight.

        Args:
            measure: which one.
            sample: the number of nodes from which betweenness (Brandes and Pich 2007) or closeness (Eppstein
                and Wang 2004) is estimated; 0 for all; None leaves it to the size of the network.
            seed: which nodes these are, and where the search for the eigenvector starts.
        """
        if not len(self.things):
            return np.zeros(0)
        if measure == "degree":
            return self.degrees()[1].astype(np.float64)
        if measure == "pagerank":
            return np.array(self.graph.pagerank(directed=False, weights=self.edges.weight.tolist()))
        if measure == "eigenvector":
            return self._eigenvector(seed)
        chosen = self._sources(sample, seed)
        return self._betweenness(chosen) if measure == "betweenness" else self._closeness(chosen)

    def communities(self, method: Method = "leiden", resolution: float = 1.0, seed: int = 0) -> Numbers:
        """The community of each node, by modularity on weights; 0 is the largest.

        Args:
            method: leiden (Traag, Waltman and van Eck 2019) or louvain (Blondel et al. 2008).
            resolution: greater than 0; the greater, the smaller the communities.
            seed: the same one gives the same communities.
        """
        if not len(self.things):
            return np.zeros(0, dtype=np.int32)
        with _seeded(seed):
            tries = [self._grouped(method, resolution) for _ in range(1 if self.is_large() else _TRIES)]
        best = max(tries, key=lambda found: self._modularity(found, resolution))
        return _by_size(np.array(best, dtype=np.int32))

    def modularity(self, membership: Numbers) -> float:
        """How much denser communities are inside than chance would have it (Newman and Girvan 2004)."""
        return self._modularity(membership.tolist(), 1.0) if len(self.edges) else 0.0

    def _modularity(self, membership: list[int], resolution: float) -> float:
        weights = self.edges.weight.tolist()
        return float(self.graph.modularity(membership, weights=weights, resolution=resolution))

    def _grouped(self, method: Method, resolution: float) -> list[int]:
        """Communities as one run of a method finds them."""
        weights = self.edges.weight.tolist()
        found = (
            self.graph.community_leiden("modularity", weights=weights, resolution=resolution)
            if method == "leiden"
            else self.graph.community_multilevel(weights=weights, resolution=resolution)
        )
        membership: list[int] = found.membership
        return membership

    def _eigenvector(self, seed: int) -> Scores:
        """The scores of the part with the greatest eigenvalue; they are zero in those not joined to it."""
        scores, greatest = np.zeros(len(self.things)), 0.0
        bound = self.degrees()[1]  # no eigenvalue is greater than the greatest sum of a row
        graph = self.graph.copy()
        graph.es["weight"] = self.edges.weight.tolist()
        for part in sorted(graph.connected_components(), key=len, reverse=True):
            if bound[part].max() <= greatest:
                continue
            with _seeded(seed):
                found, value = graph.induced_subgraph(part).eigenvector_centrality(
                    weights="weight", return_eigenvalue=True
                )
            if value > greatest:
                scores, greatest = np.zeros(len(self.things)), value
                scores[part] = found
        return scores

    def _sources(self, sample: int | None, seed: int) -> list[int]:
        size = len(self.things)
        wanted = (SAMPLE if self.is_large() else size) if sample is None else (sample or size)
        return random.Random(seed).sample(range(size), wanted) if wanted < size else list(range(size))

    def _betweenness(self, sources: list[int]) -> Scores:
        size = len(self.things)
        total = np.zeros(size)
        for first in range(0, len(sources), _SHARE):
            share = sources[first : first + _SHARE]
            total += np.array(self.graph.betweenness(directed=False, sources=share, targets=None))
        pairs = (size - 1) * (size - 2) / 2
        return total * (size / len(sources)) / pairs if pairs else total

    def _closeness(self, sources: list[int]) -> Scores:
        size = len(self.things)
        if len(sources) == size:
            near = np.nan_to_num(np.array(self.graph.closeness(normalized=True)))
            clusters = self.graph.connected_components()
            sizes = np.array(clusters.sizes())[clusters.membership]
            return np.asarray(near * (sizes - 1) / max(size - 1, 1))
        return self._estimated_closeness(sources)

    def _estimated_closeness(self, sources: list[int]) -> Scores:
        """From the mean distance to the sources, and the share of them that a node reaches."""
        size = len(self.things)
        total, reached = np.zeros(size), np.zeros(size)
        for source in sources:
            steps = np.array(self.graph.distances(source)[0])
            there = np.isfinite(steps)
            total[there] += steps[there]
            reached += there
        mean = np.divide(total, reached, out=np.zeros(size), where=reached > 0)

        share = reached / len(sources)
        scores: Scores = np.divide(share, mean, out=np.zeros(size), where=mean > 0)
        return scores


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Let igraph, whose random numbers are shared by all threads, draw those of a seed."""
    with _DRAWING:
        igraph.set_random_number_generator(random.Random(seed))
        yield


def _ends(index: ActorIndex, ties: Array) -> Array:
    return np.concatenate([index.tie_from[ties], index.tie_to[ties]])


def _strongest(view: View, things: Numbers, steps: Numbers, limit: int) -> tuple[Numbers, Numbers]:
    """The nearest things, and of those at the edge of the limit the ones with most facts inward."""
    last = int(steps[limit])
    inner = things[steps < last]
    distance = np.full(len(view.index.things), _UNSEEN, dtype=np.int16)
    distance[things] = steps
    edges = view.edges(view.ties_of(inner))
    inward = np.zeros(len(view.index.things), dtype=np.int64)
    for near, far in ((edges.one, edges.other), (edges.other, edges.one)):
        out = (distance[near] < last) & (distance[far] == last)
        np.add.at(inward, far[out], edges.weight[out])
    order = np.lexsort((things, -inward[things], steps))[:limit]
    return things[order], steps[order]


def _by_size(membership: Numbers) -> Numbers:
    """Communities numbered from the largest down; of equal ones, the one with the first node first."""
    names, first, places, sizes = np.unique(
        membership, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(names), dtype=np.int32)
    rank[np.lexsort((first, -sizes))] = np.arange(len(names), dtype=np.int32)
    found: Numbers = rank[places]
    return found
