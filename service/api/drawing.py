"""Operations for the network page: what to draw, what filters would keep, what an edge rests on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from flask import Response

from graph.errors import NotFoundError
from graph.network import kind_of
from graph.networks import drawing as drawings
from graph.networks.actor_index import FACTUALITIES, ActorIndex, day
from graph.networks.bonds import bonds, sign
from graph.networks.columns import NOTHING, Array, Numbers, numbers
from graph.networks.drawing import Drawing
from graph.networks.facets import Counts, facets
from graph.networks.summaries import summaries
from graph.networks.traversal import neighbours
from graph.networks.whole import Network
from service.api import parameters as asked
from service.api.asked_index import asked_index, live_index, network, telling, view
from service.api.operations import Operations
from service.api.paging import paged
from service.api.telling import Telling
from service.api.told.drawing import Counted, Drawn, Line, Node, Value
from service.api.told.edges import FactPage

operations = Operations()


@operations.get("/drawing", Drawn, parameters=asked.Drawing)
def drawing(wanted: asked.Drawing) -> Response:
    """The network that the filters make, in one answer that a browser can draw.

    Around things it has what is within some steps of them. A whole network with too many nodes is drawn with
    a node for each community (Leiden, on weights); community= then draws the inside of one of them.
    """
    key = (asked_index().version, "drawing", wanted)
    told = live_index().once(key, lambda: drawn(wanted).model_dump_json(by_alias=True))
    return Response(told, content_type="application/json")


def drawn(wanted: asked.Drawing) -> Drawn:
    """What is to be drawn. Raises NotFoundError for a thing or a community that is not there."""
    tell = telling()
    if wanted.around:
        centers = numbers([tell.number(name) for name in wanted.around])
        around = drawings.around(view(wanted), centers, wanted.depth, wanted.nodes, wanted.edges)
        return _told(tell, around, lambda row: _thing(tell, around, row), 0)
    made = network(wanted)
    membership = _membership(made)
    count = int(membership.max(initial=-1)) + 1
    if wanted.community is not None and wanted.community >= count:
        raise NotFoundError(
            f"There is no community {wanted.community}.", f"The network has {count}, numbered from 0."
        )
    too_many = len(made.things) > wanted.nodes and wanted.aggregate == "auto"
    if wanted.community is None and (too_many or wanted.aggregate == "always"):
        groups = drawings.by_community(made, membership, wanted.nodes, wanted.edges)
        strongest = _strongest(made, membership)
        return _told(tell, groups, lambda row: _group(tell.index, groups, row, strongest), count)
    whole = drawings.whole(made, membership, wanted.community, wanted.nodes, wanted.edges)
    return _told(tell, whole, lambda row: _thing(tell, whole, row), count)


def _membership(made: Network) -> Numbers:
    """The communities of a network, worked out once."""
    key = (asked_index().version, made.view.filter, "drawing")
    return live_index().once(key, made.communities)


def _strongest(made: Network, membership: Numbers) -> Numbers:
    """Of each community the thing of most weight."""
    order = np.lexsort((-made.degrees()[1], membership))
    _, firsts = np.unique(membership[order], return_index=True)
    found: Numbers = made.things[order[firsts]]
    return found


def _thing(tell: Telling, drawn: Drawing, row: int) -> Node:
    number, community = int(drawn.nodes[row]), int(drawn.community[row])
    cls = tell.index.type_of(number)
    return Node(
        id=tell.id(tell.index.things[number]),
        label=tell.index.labels[number],
        kind=kind_of(tell.schema, cls),
        cls=cls,
        size=1,
        neighbours=int(drawn.neighbours[row]),
        weight=int(drawn.weights[row]),
        community=None if community == NOTHING else community,
    )


def _group(index: ActorIndex, drawn: Drawing, row: int, strongest: Numbers) -> Node:
    number = int(drawn.nodes[row])
    return Node(
        id=f"community/{number}",
        label=index.labels[int(strongest[number])],
        kind="community",
        cls=None,
        size=int(drawn.sizes[row]),
        neighbours=int(drawn.neighbours[row]),
        weight=int(drawn.weights[row]),
        community=number,
    )


def _told(tell: Telling, drawn: Drawing, node: Callable[[int], Node], communities: int) -> Drawn:
    nodes = [node(row) for row in range(len(drawn.nodes))]
    return Drawn(
        aggregated=drawn.aggregated,
        total_nodes=drawn.all_nodes,
        total_edges=drawn.all_edges,
        communities=communities,
        nodes=nodes,
        edges=_lines(tell, drawn, [node.id for node in nodes]),
    )


def _lines(tell: Telling, drawn: Drawing, ids: list[str]) -> list[Line]:
    edges = drawn.edges
    sums = summaries(tell.index, tell.schema, edges)
    starts, spells = sums.spell_starts.tolist(), list(zip(*map(_days, sums.spells[:, 1:].T), strict=True))
    columns = zip(
        edges.one.tolist(),
        edges.other.tolist(),
        edges.weight.tolist(),
        sums.events.tolist(),
        sums.signs.tolist(),
        sums.factuality.tolist(),
        _days(sums.first),
        _days(sums.last),
        strict=True,
    )
    return [
        Line(
            source=ids[one],
            target=ids[other],
            weight=weight,
            events=events,
            cooperative=cooperative,
            conflictual=conflictual,
            neutral=neutral,
            polarity=sign(events, cooperative, conflictual),
            factuality=FACTUALITIES[factuality],
            first=first,
            last=last,
            spells=spells[starts[row] : starts[row + 1]],
        )
        for row, (one, other, weight, events, signs, factuality, first, last) in enumerate(columns)
        for cooperative, conflictual, neutral in [signs]
    ]


def _days(ordinals: Array) -> list[str | None]:
    """The days of a column; the same ones are written once."""
    different, place = np.unique(ordinals, return_inverse=True)
    written = [day(ordinal) for ordinal in different.tolist()]
    return [written[row] for row in place.tolist()]


@operations.get("/facets", Counted, parameters=asked.Facets)
def counted(wanted: asked.Facets) -> Counted:
    """What each value of each filter would keep, before one chooses it."""
    tell, made = telling(), network(wanted)
    index, chosen = tell.index, made.view.filter
    months = wanted.per == "month"
    key = (index.version, chosen, "facets", months)
    found = live_index().once(key, lambda: facets(index, tell.schema, chosen, months))
    return Counted(
        nodes=len(made.things),
        edges=len(made.edges),
        facts=len(np.unique(index.account_fact[index.tie_account[made.edges.ties]])),
        kind=_values(found.kind, lower=True),
        tie=_values(found.tie),
        cls=_values(found.cls),
        polarity=_values(found.polarity),
        factuality=_values(found.factuality),
        document=[
            Value(
                value=index.identifiers[row], label=index.titles[row] or index.identifiers[row], count=count
            )
            for iri, count in found.document
            for row in [index.documents.find(iri)]
        ],
        publisher=[
            Value(value=tell.id(iri), label=index.labels[index.things.find(iri)], count=count)
            for iri, count in found.publisher
        ],
        period=_values(found.period),
        undated=found.undated,
    )


def _values(counts: Counts, lower: bool = False) -> list[Value]:
    return [Value(value=name.lower() if lower else name, label=name, count=count) for name, count in counts]


@operations.get("/facts", FactPage, parameters=asked.Between)
def facts_between(wanted: asked.Between) -> FactPage:
    """All that ties two things: events, tenures and relations with their sentences, the latest first."""
    tell = telling()
    a, b = tell.number(wanted.a), tell.number(wanted.b)
    edges = neighbours(view(wanted), a)
    row = np.flatnonzero((edges.one == b) | (edges.other == b)) if a != b else numbers([])
    facts = [fact for bond in bonds(tell.index, tell.schema, edges.chosen(row)) for fact in bond.latest()]
    return FactPage(**paged(wanted, facts, tell.fact))
