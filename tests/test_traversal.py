"""Traversal agrees with networkx on random graphs, whatever the filter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import networkx as nx
import numpy as np
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import ParameterError
from graph.iri import DG
from graph.networks.actor_index import FACTUALITIES, ActorIndex, day
from graph.networks.bonds import bonds
from graph.networks.filters import Filter
from graph.networks.index_building import build_index
from graph.networks.paths import paths
from graph.networks.summaries import summaries
from graph.networks.traversal import ego, neighbours, reach
from graph.networks.view import View
from graph.networks.whole import Measure, Network
from graph.rdf import PREFIXES
from graph.snapshots import table
from ontology.schema import load_schema

BASE = "https://example.org/"
CLASSES = ("Meeting", "Sanction", "Statement")

Meeting = tuple[int, int, str]
"""Two people, and the class of the event that ties them."""


def indexed(events: list[Meeting], years: list[int] | None = None) -> ActorIndex:
    """An index of people who are tied two by two, in one document; a year of 0 is unknown."""
    document = f"{BASE}doc/a"
    graph = ox.Store()

    def say(subject: str, curie: str, value: str, literal: bool = False) -> None:
        prefix, _, local = curie.partition(":")
        node = ox.Literal(value) if literal else ox.NamedNode(value)
        predicate = ox.NamedNode(PREFIXES[prefix] + local)
        graph.add(ox.Quad(ox.NamedNode(subject), predicate, node, ox.NamedNode(document)))

    say(document, "rdf:type", DG + "Document")
    for number, (one, other, cls) in enumerate(events):
        event = f"{BASE}id/event/{number:03}"
        say(event, "rdf:type", DG + cls)
        for person in (one, other):
            say(person_iri(person), "rdf:type", DG + "Person")
            say(event, "dg:participant", person_iri(person))
        if year := years[number] if years else 0:
            say(event, "dg:startDate", f"200{year}-01-01", literal=True)
            say(event, "dg:endDate", f"200{year}-12-31", literal=True)
            say(event, "dg:factuality", DG + ("Planned" if year % 2 else "Actual"))
    return build_index(partial(table, graph, PREFIXES), load_schema())


def person_iri(number: int) -> str:
    return f"{BASE}id/person/{number:02}"


def expected(events: list[Meeting], classes: tuple[str, ...] = CLASSES) -> nx.Graph[str]:
    """The same network, made by networkx alone."""
    graph: nx.Graph[str] = nx.Graph()
    for one, other, cls in events:
        if cls in classes and one != other:
            a, b = person_iri(one), person_iri(other)
            weight = graph.edges[a, b]["weight"] + 1 if graph.has_edge(a, b) else 1
            graph.add_edge(a, b, weight=weight)
    return graph


people = st.integers(0, 11)
meetings = st.lists(st.tuples(people, people, st.sampled_from(CLASSES)), min_size=1, max_size=40)


def view(events: list[Meeting], **chosen: object) -> View:
    return View(indexed(events), load_schema(), Filter(**chosen))  # type: ignore[arg-type]


def pairs(seen: View, network: Network) -> dict[frozenset[str], int]:
    name = seen.index.things.__getitem__
    edges = network.edges
    return {
        frozenset((name(a), name(b))): int(w)
        for a, b, w in zip(edges.one, edges.other, edges.weight, strict=True)
    }


def by_iri(seen: View, things: Iterator[int], values: Iterator[float]) -> dict[str, float]:
    return {seen.index.things[int(t)]: float(v) for t, v in zip(things, values, strict=True)}


@given(meetings, st.sets(st.sampled_from(CLASSES), min_size=1), st.integers(1, 3))
def test_edges_are_the_pairs_with_enough_events_in_common(
    events: list[Meeting], classes: set[str], minimum: int
) -> None:
    seen = view(events, classes=tuple(classes), minimum=minimum)
    graph = expected(events, tuple(classes))
    wanted = {frozenset(e[:2]): e[2] for e in graph.edges(data="weight") if e[2] >= minimum}
    assert pairs(seen, Network(seen)) == wanted


@given(meetings, people, st.integers(0, 4))
def test_an_ego_network_holds_what_is_within_reach(events: list[Meeting], start: int, depth: int) -> None:
    seen, graph = view(events), expected(events)
    number = seen.index.things.find(person_iri(start))
    if number < 0:
        return
    found = ego(seen, number, depth, limit=100)
    graph.add_node(person_iri(start))
    steps = nx.single_source_shortest_path_length(graph, person_iri(start), cutoff=depth)
    assert by_iri(seen, iter(found.things), iter(found.steps)) == steps
    inside = {frozenset(e) for e in graph.subgraph(steps).edges}
    name = seen.index.things.__getitem__
    assert {
        frozenset((name(a), name(b))) for a, b in zip(found.edges.one, found.edges.other, strict=True)
    } == (inside)
    assert found.total == len(steps)


@given(meetings, people, st.integers(1, 5))
def test_a_limit_keeps_the_nearest(events: list[Meeting], start: int, limit: int) -> None:
    seen = view(events)
    number = seen.index.things.find(person_iri(start))
    if number < 0:
        return
    everything, steps = reach(seen, number, 3)
    found = ego(seen, number, 3, limit)
    assert found.total == len(everything)
    assert sorted(found.steps) == sorted(steps)[:limit]
    assert set(found.things) <= set(everything)


@given(meetings, people, people, st.integers(0, 6), st.integers(1, 6))
def test_paths_are_the_best_simple_paths(
    events: list[Meeting], start: int, goal: int, longest: int, number: int
) -> None:
    seen, graph = view(events), expected(events)
    ends = [seen.index.things.find(person_iri(n)) for n in (start, goal)]
    if min(ends) < 0:
        return
    graph.add_nodes_from([person_iri(start), person_iri(goal)])
    found = [
        tuple(seen.index.things[t] for t in path.things)
        for path in paths(seen, ends[0], ends[1], longest, number)
    ]

    def cost(path: tuple[str, ...]) -> tuple[int, float]:
        weights = [graph.edges[step]["weight"] for step in pairwise(path)]
        return len(path), round(sum(1 / (1 + w) for w in weights), 9)

    if start == goal:
        assert found == [(person_iri(start),)]
        return
    simple = map(tuple, nx.all_simple_paths(graph, person_iri(start), person_iri(goal), cutoff=longest))
    best = sorted(map(cost, simple if longest else []))
    assert [cost(path) for path in found] == best[:number]
    assert len(set(found)) == len(found)
    for path in found:
        assert nx.is_simple_path(graph, list(path))


@given(meetings, people)
def test_neighbours_come_strongest_first(events: list[Meeting], start: int) -> None:
    seen, graph = view(events), expected(events)
    number = seen.index.things.find(person_iri(start))
    if number < 0:
        return
    edges = neighbours(seen, number)
    others = np.where(edges.one == number, edges.other, edges.one)
    iris = [seen.index.things[int(o)] for o in others]
    graph.add_node(person_iri(start))
    adjacent = graph.adj[person_iri(start)]
    assert list(zip(iris, edges.weight, strict=True)) == sorted(
        ((iri, at["weight"]) for iri, at in adjacent.items()), key=lambda pair: (-pair[1], pair[0])
    )


MEASURES = {
    "degree": lambda g: dict(g.degree(weight="weight")),
    "betweenness": lambda g: nx.betweenness_centrality(g) if len(g) > 2 else dict.fromkeys(g, 0.0),
    "closeness": nx.closeness_centrality,
    "pagerank": lambda g: nx.pagerank(g, weight="weight", tol=1e-12, max_iter=1000),
}


@pytest.mark.parametrize("measure", MEASURES)
@given(events=meetings)
def test_centralities_are_those_of_networkx(measure: Measure, events: list[Meeting]) -> None:
    seen, graph = view(events), expected(events)
    network = Network(seen)
    found = by_iri(seen, iter(network.things), iter(network.centrality(measure)))
    assert found == pytest.approx(MEASURES[measure](graph), abs=1e-6)


@given(events=meetings)
def test_eigenvector_centrality_is_an_eigenvector(events: list[Meeting]) -> None:
    seen, graph = view(events), expected(events)
    network = Network(seen)
    scores = network.centrality("eigenvector")
    if not len(scores):
        return
    matrix = nx.to_numpy_array(graph, nodelist=[seen.index.things[int(t)] for t in network.things])
    greatest = np.linalg.eigvalsh(matrix)[-1]
    assert matrix @ scores == pytest.approx(greatest * scores, abs=1e-4 * greatest)
    assert scores.max() == pytest.approx(1)


@pytest.mark.parametrize("measure", ["betweenness", "closeness"])
@given(events=meetings)
def test_an_estimate_from_all_nodes_is_exact_where_all_are_joined(
    measure: Measure, events: list[Meeting]
) -> None:
    network = Network(view(events))
    if len(network.things) < 3 or not network.graph.is_connected():
        return
    everyone = list(range(len(network.things)))
    estimate = (
        network._betweenness(everyone)
        if measure == "betweenness"
        else (network._estimated_closeness(everyone) * (len(everyone) - 1) / len(everyone))
    )
    assert estimate == pytest.approx(network.centrality(measure, sample=0), abs=1e-9)


@pytest.mark.parametrize("method", ["leiden", "louvain"])
@given(events=meetings, seed=st.integers(0, 5))
def test_communities_are_seeded_and_as_good_as_networkx(
    method: str, events: list[Meeting], seed: int
) -> None:
    seen, graph = view(events), expected(events)
    network = Network(seen)
    membership = network.communities(method, seed=seed)  # type: ignore[arg-type]
    assert list(membership) == list(network.communities(method, seed=seed))  # type: ignore[arg-type]
    if not len(membership):
        return
    sizes = np.bincount(membership)
    assert list(sizes) == sorted(sizes, reverse=True)
    groups = [{seen.index.things[int(t)] for t in network.things[membership == c]} for c in range(len(sizes))]
    quality = nx.community.modularity(graph, groups)
    assert network.modularity(membership) == pytest.approx(quality)
    other = nx.community.greedy_modularity_communities(graph, weight="weight")
    assert quality >= nx.community.modularity(graph, other) - 0.1


def test_parallel_events_make_one_edge_and_people_without_others_are_no_nodes() -> None:
    seen = view([(1, 2, "Meeting"), (1, 2, "Meeting"), (3, 3, "Meeting")])
    network = Network(seen)
    assert pairs(seen, network) == {frozenset((person_iri(1), person_iri(2))): 2}
    assert [seen.index.things[int(t)] for t in network.things] == [person_iri(1), person_iri(2)]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"kinds": ("Wizard",)}, "no kind 'Wizard'.*person"),
        ({"ties": ("blood",)}, "no tie 'blood'.*tenure"),
        ({"classes": ("Picnic",)}, "no class of events 'Picnic'.*Meeting"),
        ({"polarities": ("warm",)}, "no polarity 'warm'.*cooperative"),
        ({"factualities": ("maybe",)}, "no factuality 'maybe'.*planned"),
        ({"minimum": 0}, "Give 1 or more"),
    ],
)
def test_a_filter_that_makes_no_sense_says_what_would(chosen: dict[str, object], said: str) -> None:
    with pytest.raises(ParameterError, match=said):
        view([(1, 2, "Meeting")], **chosen)


def test_a_subclass_is_found_by_the_class_above() -> None:
    seen = view([(1, 2, "SummitMeeting"), (1, 3, "Visit")], classes=("Meeting",))
    assert pairs(seen, Network(seen)) == {frozenset((person_iri(1), person_iri(2))): 1}


dated = st.lists(
    st.tuples(people, people, st.sampled_from((*CLASSES, "Communication")), st.integers(0, 3)),
    min_size=1,
    max_size=40,
)


@given(dated)
def test_summaries_are_what_single_edges_tell(events: list[tuple[int, int, str, int]]) -> None:
    index = indexed([event[:3] for event in events], [event[3] for event in events])
    schema = load_schema()
    network = Network(View(index, schema))
    found = summaries(index, schema, network.edges)
    for row, bond in enumerate(bonds(index, schema, network.edges)):
        assert found.events[row] == bond.events
        assert found.signs[row].tolist() == [bond.cooperative, bond.conflictual, bond.neutral]
        assert FACTUALITIES[found.factuality[row]] == bond.factuality
        assert (day(found.first[row]), day(found.last[row])) == (bond.first, bond.last)
        assert [(day(b), day(e)) for b, e in found.spells_of(row)] == bond.spells
