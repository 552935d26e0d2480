"""The part of a network that fits a screen: around things, inside a community, or community by community."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from graph.networks.actor_index import ActorIndex
from graph.networks.columns import NOTHING, Array, Numbers
from graph.networks.traversal import among, reach
from graph.networks.view import Edges, View, joined
from graph.networks.whole import Network


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes and the edges among them, the heaviest first.

    ``nodes`` are things in ascending order or, where ``aggregated``, numbers of communities; ``sizes`` are
    the numbers of things that each stands for. ``neighbours`` and ``weights`` count and sum the edges of each
    in the whole that was asked for, drawn or not; edges inside of a community do not count for it.
    ``community`` is each node's, NOTHING where the drawing is of a part around things. ``edges`` join places
    in ``nodes``. ``all_nodes`` and ``all_edges`` tell how many there are of what was asked for.
    """

    aggregated: bool
    nodes: Numbers
    sizes: Numbers
    neighbours: Numbers
    weights: Numbers
    community: Numbers
    edges: Edges
    all_nodes: int
    all_edges: int


def around(view: View, centers: Array, depth: int, most: int, lines: int) -> Drawing:
    """The things within some steps of any of several, the nearest and, of these, those of most weight.

    Args:
        view: the ties that count.
        centers: the things in the middle, which are always drawn.
        depth: steps from them, at least 0.
        most: nodes to draw at most.
        lines: edges to draw at most.
    """
    steps = np.full(len(view.index.things), np.iinfo(np.int32).max, dtype=np.int32)
    for center in centers.tolist():
        things, far = reach(view, center, depth)
        steps[things] = np.minimum(steps[things], far)
    things = np.flatnonzero(steps != np.iinfo(np.int32).max).astype(np.int32)
    edges = among(view, things)
    weights = _sums(edges, len(view.index.things))[1][things]
    kept = np.sort(things[np.lexsort((things, -weights, steps[things]))[:most]])
    return _drawn(edges, things, kept, np.full(len(kept), NOTHING, dtype=np.int32), lines)


def whole(network: Network, membership: Numbers, community: int | None, most: int, lines: int) -> Drawing:
    """A whole network or one of its communities; of too many nodes those of most weight.

    Args:
        network: all edges that count.
        membership: the community of each node.
        community: the one to draw; None for all.
        most: nodes to draw at most.
        lines: edges to draw at most.
    """
    edges, things = network.edges, network.things
    if community is not None:
        things = things[membership == community]
        edges = edges.chosen(np.flatnonzero(np.isin(edges.one, things) & np.isin(edges.other, things)))
    weights = _sums(edges, len(network.view.index.things))[1][things]
    kept = np.sort(things[np.lexsort((things, -weights))[:most]])
    return _drawn(edges, things, kept, membership[np.searchsorted(network.things, kept)], lines)


def by_community(network: Network, membership: Numbers, most: int, lines: int) -> Drawing:
    """A network with a node for each of its communities, the largest first, and the edges between them."""
    index, count = network.view.index, int(membership.max(initial=-1)) + 1
    of_thing = np.full(len(index.things), NOTHING, dtype=np.int32)
    of_thing[network.things] = membership
    edges = _between(index, network.edges, of_thing, count)
    numbers = np.arange(count, dtype=np.int32)
    drawn = _drawn(edges, numbers, numbers[:most], numbers[:most], lines)
    sizes = np.bincount(membership, minlength=count)[:most]
    return replace(drawn, aggregated=True, sizes=sizes.astype(np.int32))


def _between(index: ActorIndex, edges: Edges, of_thing: Numbers, count: int) -> Edges:
    """The edges between communities, from those between their members."""
    ones, others = (np.repeat(of_thing[ends], np.diff(edges.starts)) for ends in (edges.one, edges.other))
    apart = ones != others
    return joined(index, edges.ties[apart], ones[apart], others[apart], count)


def _drawn(edges: Edges, all_nodes: Numbers, kept: Numbers, community: Numbers, lines: int) -> Drawing:
    """The drawing of some nodes, which are in ascending order, and of the heaviest edges among them."""
    numbers, weights = _sums(edges, int(all_nodes.max(initial=-1)) + 1)
    inside = edges.chosen(np.flatnonzero(np.isin(edges.one, kept) & np.isin(edges.other, kept)))
    shown = inside.chosen(inside.by_weight()[:lines])
    ends = (np.searchsorted(kept, e).astype(np.int32) for e in (shown.one, shown.other))
    one, other = ends
    return Drawing(
        aggregated=False,
        nodes=kept,
        sizes=np.ones(len(kept), dtype=np.int32),
        neighbours=numbers[kept],
        weights=weights[kept],
        community=community,
        edges=replace(shown, one=one, other=other),
        all_nodes=len(all_nodes),
        all_edges=len(edges),
    )


def _sums(edges: Edges, size: int) -> tuple[Numbers, Numbers]:
    """For each number below ``size`` its edges, and the sum of their weights."""
    number = sum(np.bincount(ends, minlength=size) for ends in (edges.one, edges.other))
    weight = sum(np.bincount(ends, weights=edges.weight, minlength=size) for ends in (edges.one, edges.other))
    return np.asarray(number, dtype=np.int32), np.asarray(weight, dtype=np.int32)
