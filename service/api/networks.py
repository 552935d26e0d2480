"""Operations on the network of actors: ego networks, paths, projections, files."""

from __future__ import annotations

import numpy as np
from flask import Response

from graph.errors import NotFoundError, ParameterError
from graph.export import NETWORK_FORMATS
from graph.network import bond_graph
from graph.networks.paths import Path, paths
from graph.networks.traversal import ego
from service.api import parameters as asked
from service.api.asked_index import live_index, network, telling, view
from service.api.operations import Operations, PathPart
from service.api.telling import Telling
from service.api.things import ENTITY, KIND, NAME, RULE
from service.api.told.edges import Ego, EgoNode, NetworkPart, Paths, Way

operations = Operations()

WRITTEN = 100_000
"""Edges that a file may have."""


@operations.get(ENTITY + "/ego", Ego, KIND, NAME, rule=RULE + "/ego", parameters=asked.Egos)
def entity_ego(wanted: asked.Egos, name: str) -> Ego:
    """The network around an entity: who is within some steps, and what ties them."""
    tell = telling()
    center = tell.number(name)
    found = ego(view(wanted), center, wanted.depth, wanted.limit)
    nodes = [
        EgoNode(**dict(tell.thing(thing)), steps=steps)
        for thing, steps in zip(found.things.tolist(), found.steps.tolist(), strict=True)
    ]
    heaviest = found.edges.chosen(found.edges.by_weight())
    return Ego(
        center=tell.thing(center),
        depth=wanted.depth,
        total=found.total,
        nodes=nodes,
        edges=list(tell.edges(heaviest, wanted.facts)),
    )


@operations.get("/paths", Paths, parameters=asked.Ways)
def shortest_paths(wanted: asked.Ways) -> Paths:
    """How two things are tied over others: the shortest paths, of equally short ones the strongest first.

    That there is none is an answer: an empty list.
    """
    tell = telling()
    start, goal = tell.number(wanted.start), tell.number(wanted.goal)
    found = paths(view(wanted), start, goal, wanted.longest, wanted.k)
    return Paths(
        source=tell.thing(start),
        target=tell.thing(goal),
        longest=wanted.longest,
        paths=[_way(tell, path, wanted.facts) for path in found],
    )


def _way(tell: Telling, path: Path, facts: int) -> Way:
    return Way(
        length=len(path.things) - 1,
        nodes=[tell.thing(thing) for thing in path.things],
        steps=list(tell.edges(path.edges, facts)),
    )


@operations.get("/network", NetworkPart, parameters=asked.Projection)
def projection(wanted: asked.Projection) -> NetworkPart:
    """The network that the filters make, its heaviest edges first."""
    tell, made = telling(), network(wanted)
    rows = made.edges.by_weight()[wanted.offset : wanted.offset + wanted.limit]
    edges = made.edges.chosen(rows)
    return NetworkPart(
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
