"""Operations that measure a network: centralities and communities."""

from __future__ import annotations

import numpy as np

from graph.networks.columns import Array
from graph.networks.whole import SAMPLE, Network
from service.api import parameters as asked
from service.api.asked_index import asked_index, live_index, network, telling
from service.api.operations import Operations
from service.api.paging import paged
from service.api.told.measures import Community, Groups, Scored, Scores

operations = Operations()


@operations.get("/centrality", Scores, parameters=asked.Centrality)
def centrality(wanted: asked.Centrality) -> Scores:
    """How central each node of a network is, by one of five measures, the highest first.

    Degree is the sum of the weights of a node's edges; betweenness and closeness count steps; eigenvector
    centrality and PageRank go by weight. In large networks betweenness and closeness are estimated.
    """
    made = network(wanted)
    key = (asked_index().version, made.view.filter, wanted.measure, wanted.sample, wanted.seed)
    scores = live_index().once(key, lambda: made.centrality(wanted.measure, wanted.sample, wanted.seed))
    scores = np.round(scores, 12)
    order = np.lexsort((made.things, -scores))
    estimated = wanted.measure in {"betweenness", "closeness"}
    sample = wanted.sample if wanted.sample is not None else (SAMPLE if made.is_large() else 0)
    return Scores(
        measure=wanted.measure,
        sample=sample if estimated and 0 < sample < len(made.things) else None,
        **paged(wanted, order.tolist(), lambda row: _scored(made, row, float(scores[row]))),
    )


@operations.get("/communities", Groups, parameters=asked.Communities)
def communities(wanted: asked.Communities) -> Groups:
    """Groups with more ties among them than chance would have it, the largest first."""
    made = network(wanted)
    key = (asked_index().version, made.view.filter, wanted.method, wanted.resolution, wanted.seed)
    membership = live_index().once(
        key, lambda: made.communities(wanted.method, wanted.resolution, wanted.seed)
    )
    weight = made.degrees()[1]

    def shown(number: int) -> Community:
        rows: Array = np.flatnonzero(membership == number)
        members = rows[np.lexsort((rows, -weight[rows]))][: wanted.members].tolist()
        scored = [_scored(made, row, float(weight[row])) for row in members]
        return Community(number=number, size=len(rows), members=scored)

    count = int(membership.max()) + 1 if len(membership) else 0
    return Groups(
        method=wanted.method, modularity=made.modularity(membership), **paged(wanted, range(count), shown)
    )


def _scored(made: Network, row: int, score: float) -> Scored:
    number, weight = made.degrees()
    return Scored(
        thing=telling().thing(int(made.things[row])),
        score=score,
        neighbours=int(number[row]),
        weight=int(weight[row]),
    )
