"""A whole network, and measures of it: centralities and communities, by igraph."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import Lock
from typing import Literal, get_args

import igraph
import numpy as np
from numpy.typing import NDArray

from graph.networks.columns import Numbers
from graph.networks.view import View

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


def _by_size(membership: Numbers) -> Numbers:
    """Communities numbered from the largest down; of equal ones, the one with the first node first."""
    names, first, places, sizes = np.unique(
        membership, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(names), dtype=np.int32)
    rank[np.lexsort((first, -sizes))] = np.arange(len(names), dtype=np.int32)
    found: Numbers = rank[places]
    return found
