"""Operations on the network of actors: ego networks, paths, projections, measures, files."""

from __future__ import annotations

import numpy as np
from flask import Response

from graph.errors import NotFoundError, ParameterError
from graph.export import NETWORK_FORMATS
from graph.network import bond_graph
from graph.networks.columns import Array
from graph.networks.traversal import SAMPLE, Network, Path, ego, paths
from service.api import answers as api
from service.api import parameters as asked
from service.api.asked_index import asked_index, live_index, network, telling, view
from service.api.openapi import Operations, PathPart
from service.api.telling import Telling
from service.api.things import ENTITY, KIND, NAME, RULE, paged

operations = Operations()

WRITTEN = 100_000
"""Edges that a file may have."""


@operations.get(ENTITY + "/ego", api.Ego, KIND, NAME, rule=RULE + "/ego", parameters=asked.Egos)
def entity_ego(wanted: asked.Egos, name: str) -> api.Ego:
    """The network around an entity: who is within some steps, and what ties them."""
    tell = telling()
    center = tell.number(name)
    found = ego(view(wanted), center, wanted.depth, wanted.limit)
    nodes = [
        api.EgoNode(**dict(tell.thing(thing)), steps=steps)
        for thing, steps in zip(found.things.tolist(), found.steps.tolist(), strict=True)
    ]
    heaviest = found.edges.chosen(found.edges.by_weight())
    return api.Ego(
        center=tell.thing(center),
        depth=wanted.depth,
        total=found.total,
        nodes=nodes,
        edges=list(tell.edges(heaviest, wanted.facts)),
    )


@operations.get("/paths", api.Paths, parameters=asked.Ways)
def shortest_paths(wanted: asked.Ways) -> api.Paths:
    """How two things are tied over others: the shortest paths, of equally short ones the strongest first.

    That there is none is an answer: an empty list.
    """
    tell = telling()
    start, goal = tell.number(wanted.start), tell.number(wanted.goal)
    found = paths(view(wanted), start, goal, wanted.longest, wanted.k)
    return api.Paths(
        source=tell.thing(start),
        target=tell.thing(goal),
        longest=wanted.longest,
        paths=[_way(tell, path, wanted.facts) for path in found],
    )


def _way(tell: Telling, path: Path, facts: int) -> api.Way:
    return api.Way(
        length=len(path.things) - 1,
        nodes=[tell.thing(thing) for thing in path.things],
        steps=list(tell.edges(path.edges, facts)),
    )


@operations.get("/network", api.NetworkPart, parameters=asked.Projection)
def projection(wanted: asked.Projection) -> api.NetworkPart:
    """The network that the filters make, its heaviest edges first."""
    tell, made = telling(), network(wanted)
    rows = made.edges.by_weight()[wanted.offset : wanted.offset + wanted.limit]
    edges = made.edges.chosen(rows)
    return api.NetworkPart(
        total=len(made.edges),
        total_nodes=len(made.things),
        offset=wanted.offset,
        nodes=[tell.thing(thing) for thing in np.unique([edges.one, edges.other]).tolist()],
        edges=list(tell.edges(edges, wanted.facts)),
    )


@operations.get(
    "/network.{format}",
    {form.media_type.partition(";")[0]: form.name for form in NETWORK_FORMATS.values()},
    PathPart("format", "The ending of the file.", "gexf", {"type": "string", "enum": list(NETWORK_FORMATS)}),
    rule="/network.<format>",
    parameters=asked.Files,
)
def network_file(wanted: asked.Files, format: str) -> Response:
    """The network that the filters make, as a file for other tools.

    GEXF for Gephi (with time), GraphML, node-link JSON, Cytoscape JSON, CX2, DOT, Pajek, and CSV of edges or
    of nodes.
    """
    if format not in NETWORK_FORMATS:
        raise NotFoundError(
            f"There is no format {format!r} of networks.", f"There are: {', '.join(NETWORK_FORMATS)}."
        )
    made = network(wanted)
    if len(made.edges) > WRITTEN:
        raise ParameterError(
            f"The network has {len(made.edges):,} edges; a file may have {WRITTEN:,}.",
            "Ask for fewer with minimum=, since=, class= or other filters.",
        )
    form = NETWORK_FORMATS[format]
    response = Response(form.write(bond_graph(made, live_index().schema)), content_type=form.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="network.{format}"'
    return response


@operations.get("/centrality", api.Scores, parameters=asked.Centrality)
def centrality(wanted: asked.Centrality) -> api.Scores:
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
    return api.Scores(
        measure=wanted.measure,
        sample=sample if estimated and 0 < sample < len(made.things) else None,
        **paged(wanted, order.tolist(), lambda row: _scored(made, row, float(scores[row]))),
    )


@operations.get("/communities", api.Groups, parameters=asked.Communities)
def communities(wanted: asked.Communities) -> api.Groups:
    """Groups with more ties among them than chance would have it, the largest first."""
    made = network(wanted)
    key = (asked_index().version, made.view.filter, wanted.method, wanted.resolution, wanted.seed)
    membership = live_index().once(
        key, lambda: made.communities(wanted.method, wanted.resolution, wanted.seed)
    )
    weight = made.degrees()[1]

    def shown(number: int) -> api.Community:
        rows: Array = np.flatnonzero(membership == number)
        members = rows[np.lexsort((rows, -weight[rows]))][: wanted.members].tolist()
        scored = [_scored(made, row, float(weight[row])) for row in members]
        return api.Community(number=number, size=len(rows), members=scored)

    count = int(membership.max()) + 1 if len(membership) else 0
    return api.Groups(
        method=wanted.method, modularity=made.modularity(membership), **paged(wanted, range(count), shown)
    )


def _scored(made: Network, row: int, score: float) -> api.Scored:
    number, weight = made.degrees()
    return api.Scored(
        thing=telling().thing(int(made.things[row])),
        score=score,
        neighbours=int(number[row]),
        weight=int(weight[row]),
    )
