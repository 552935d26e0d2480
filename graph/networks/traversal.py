"""What is near a thing: neighbours and ego networks, read from the ties that they meet, under any filter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.networks.actor_index import ActorIndex
from graph.networks.columns import Array, Numbers
from graph.networks.view import Edges, View

UNSEEN = np.int16(30_000)
"""The number of steps to what no search has met."""


@dataclass(frozen=True, slots=True)
class Ego:
    """The things within some steps of a thing, nearest first, the steps to each, and the edges among them.

    ``total`` is the number of things within reach, of which those that do not fit a limit are left out.
    """

    things: Numbers
    steps: Numbers
    edges: Edges
    total: int


def reach(view: View, start: int, depth: int) -> tuple[Numbers, Numbers]:
    """The things within ``depth`` steps of one, nearest first, then by number; and the steps to each."""
    seen = np.zeros(len(view.index.things), dtype=np.bool_)
    seen[start] = True
    levels = [np.array([start], dtype=np.int32)]
    while len(levels) <= depth and len(levels[-1]):
        new = ends_of(view.index, view.ties_of(levels[-1]))
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


def ends_of(index: ActorIndex, ties: Array) -> Array:
    """The things at both ends of some ties."""
    return np.concatenate([index.tie_from[ties], index.tie_to[ties]])


def _strongest(view: View, things: Numbers, steps: Numbers, limit: int) -> tuple[Numbers, Numbers]:
    """The nearest things, and of those at the edge of the limit the ones with most facts inward."""
    last = int(steps[limit])
    inner = things[steps < last]
    distance = np.full(len(view.index.things), UNSEEN, dtype=np.int16)
    distance[things] = steps
    edges = view.edges(view.ties_of(inner))
    inward = np.zeros(len(view.index.things), dtype=np.int64)
    for near, far in ((edges.one, edges.other), (edges.other, edges.one)):
        out = (distance[near] < last) & (distance[far] == last)
        np.add.at(inward, far[out], edges.weight[out])
    order = np.lexsort((things, -inward[things], steps))[:limit]
    return things[order], steps[order]
