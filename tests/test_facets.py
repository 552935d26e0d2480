"""Facets tell what a filter would keep; drawings hold the heaviest part of a network."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from graph.networks.actor_index import ActorIndex
from graph.networks.bonds import bonds
from graph.networks.columns import NOTHING
from graph.networks.drawing import Drawing, around, by_community, whole
from graph.networks.facets import facets
from graph.networks.filters import Filter
from graph.networks.kept_index import open_index
from graph.networks.view import View
from graph.networks.whole import Network
from ontology.schema import load_schema

FILTERS = [
    Filter(),
    Filter(kinds=("Person", "State")),
    Filter(ties=("event", "claim"), factualities=("planned", "possible")),
    Filter(classes=("Meeting", "memberOf")),
    Filter(polarities=("conflictual",)),
    Filter(begin=date(2016, 1, 1), end=date(2016, 6, 30)),
    Filter(begin=date(2016, 1, 1), undated=True, minimum=2),
    Filter(kinds=("Actor", "Event")),
]


@pytest.fixture(scope="module")
def index(built: Path) -> ActorIndex:
    return open_index(built, load_schema())


def kept(index: ActorIndex, chosen: Filter) -> int:
    """How many facts a network rests on."""
    edges = Network(View(index, load_schema(), chosen)).edges
    return len(np.unique(index.account_fact[index.tie_account[edges.ties]]))


@pytest.mark.parametrize("chosen", FILTERS)
def test_each_value_counts_what_choosing_it_keeps(index: ActorIndex, chosen: Filter) -> None:
    if chosen.minimum > 1:
        chosen = replace(chosen, minimum=1)
    found = facets(index, load_schema(), chosen)
    if "Event" not in chosen.kinds:
        for value, count in found.tie:
            assert kept(index, replace(chosen, ties=(value,))) == count, value
    for value, count in found.cls:
        assert kept(index, replace(chosen, classes=(value,))) == count, value
    for value, count in found.polarity:
        assert kept(index, replace(chosen, polarities=(value,))) == count, value
    for value, count in found.factuality:
        assert kept(index, replace(chosen, factualities=(value,))) == count, value
    for value, count in found.document:
        assert kept(index, replace(chosen, documents=(value,))) == count, value
    for value, count in found.publisher:
        assert kept(index, replace(chosen, publishers=(value,))) == count, value
    for value, count in found.period:
        year = {"begin": date(int(value), 1, 1), "end": date(int(value), 12, 31), "undated": False}
        assert kept(index, replace(chosen, **year)) == count, value  # type: ignore[arg-type]


def test_the_seeds_have_something_of_every_facet(index: ActorIndex) -> None:
    found = facets(index, load_schema(), Filter())
    assert dict(found.kind)["Person"] > 5
    assert dict(found.kind)["Actor"] >= dict(found.kind)["Person"] + dict(found.kind)["State"]
    assert {"event", "claim", "tenure"} <= dict(found.tie).keys()
    assert dict(found.cls)["Event"] >= dict(found.cls)["Meeting"] >= 1
    assert dict(found.polarity)["cooperative"] > 0
    assert dict(found.factuality)["planned"] > 0
    assert len(found.document) == 5
    assert found.undated > 0
    months = facets(index, load_schema(), Filter(), months=True).period
    assert "2016" in dict(found.period)
    assert all(len(month) == 7 for month, _ in months)
    assert list(months) == sorted(months)


def test_a_minimum_leaves_out_what_pairs_below_it_rest_on(index: ActorIndex) -> None:
    everything = dict(facets(index, load_schema(), Filter()).cls)
    fewer = dict(facets(index, load_schema(), Filter(minimum=2)).cls)
    assert fewer
    assert all(count <= everything[cls] for cls, count in fewer.items())
    assert sum(fewer.values()) < sum(everything.values())


def drawn(index: ActorIndex, drawing: Drawing) -> dict[frozenset[int], int]:
    edges = drawing.edges
    return {
        frozenset((int(drawing.nodes[a]), int(drawing.nodes[b]))): int(w)
        for a, b, w in zip(edges.one, edges.other, edges.weight, strict=True)
    }


@pytest.fixture(scope="module")
def network(index: ActorIndex) -> Network:
    return Network(View(index, load_schema()))


def test_a_drawing_of_everything_is_the_network(index: ActorIndex, network: Network) -> None:
    membership = network.communities()
    drawing = whole(network, membership, None, 10_000, 10_000)
    assert drawing.nodes.tolist() == network.things.tolist()
    assert drawing.community.tolist() == membership.tolist()
    assert (drawing.neighbours.tolist(), drawing.weights.tolist()) == tuple(
        each.tolist() for each in network.degrees()
    )
    pairs = zip(network.edges.one, network.edges.other, network.edges.weight, strict=True)
    assert drawn(index, drawing) == {frozenset((int(a), int(b))): int(w) for a, b, w in pairs}


def test_of_too_much_the_strongest_is_drawn(index: ActorIndex, network: Network) -> None:
    drawing = whole(network, network.communities(), None, 5, 3)
    strongest = sorted(network.degrees()[1].tolist(), reverse=True)[:5]
    assert sorted(drawing.weights.tolist(), reverse=True) == strongest
    assert len(drawing.edges) <= 3
    assert (drawing.all_nodes, drawing.all_edges) == (len(network.things), len(network.edges))
    weights = drawing.edges.weight.tolist()
    assert weights == sorted(weights, reverse=True)


def test_one_community_can_be_drawn_alone(index: ActorIndex, network: Network) -> None:
    membership = network.communities()
    for number in range(int(membership.max()) + 1):
        drawing = whole(network, membership, number, 10_000, 10_000)
        assert drawing.nodes.tolist() == network.things[membership == number].tolist()
        assert set(drawing.community.tolist()) == {number}


def test_edges_between_communities_rest_on_the_facts_across(index: ActorIndex, network: Network) -> None:
    membership = network.communities()
    drawing = by_community(network, membership, 10_000, 10_000)
    assert drawing.sizes.tolist() == np.bincount(membership).tolist()
    place = dict(zip(network.things.tolist(), membership.tolist(), strict=True))
    across: dict[frozenset[int], set[int]] = {}
    for bond in bonds(index, load_schema(), network.edges):
        pair = frozenset((place[bond.one], place[bond.other]))
        if len(pair) == 2:
            across.setdefault(pair, set()).update(fact.number for fact in bond.facts)
    assert drawn(index, drawing) == {pair: len(facts) for pair, facts in across.items()}


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_what_is_drawn_around_things_is_within_reach(index: ActorIndex, network: Network, depth: int) -> None:
    graph = nx.Graph(zip(network.edges.one.tolist(), network.edges.other.tolist(), strict=True))
    strongest = network.things[np.argsort(-network.degrees()[1])][:2]
    drawing = around(network.view, strongest, depth, 10_000, 10_000)
    reached = [nx.single_source_shortest_path_length(graph, int(c), cutoff=depth) for c in strongest]
    assert set(drawing.nodes.tolist()) == set().union(*reached)
    assert set(drawn(index, drawing)) == {
        frozenset(edge) for edge in graph.subgraph(drawing.nodes.tolist()).edges
    }
    assert set(drawing.community.tolist()) == {NOTHING}
    cut = around(network.view, strongest, depth, 2, 10_000)
    assert set(cut.nodes.tolist()) == set(strongest.tolist())
