"""What the network page asks for: drawings, counts of filters, and what an edge rests on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from graph.settings import Settings
from service.app import create_app

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def served(built: Path) -> Flask:
    """The application on the graph of the seeds."""
    return create_app(Settings(store=built))


@pytest.fixture
def ask(served: Flask) -> Ask:
    """Ask for an address with parameters, and expect an answer."""

    def get(address: str, **parameters: object) -> Any:
        answer = served.test_client().get(address, query_string=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json

    return get


def test_a_drawing_has_the_network_with_sizes_signs_and_dates(ask: Ask) -> None:
    drawn, network = ask("/api/drawing"), ask("/api/network", limit=1000, facts=100)
    assert not drawn["aggregated"]
    assert (drawn["total_nodes"], drawn["total_edges"]) == (network["total_nodes"], network["total"])
    edges = {(e["source"], e["target"]): e for e in network["edges"]}
    assert {(e["source"], e["target"]) for e in drawn["edges"]} == edges.keys()
    for line in drawn["edges"]:
        edge = edges[line["source"], line["target"]]
        shared = line.keys() & edge.keys()
        assert {"weight", "events", "polarity", "factuality", "first", "last"} <= shared
        assert {name: line[name] for name in shared} == {name: edge[name] for name in shared}
        days = [(f["begin"] or "", f["end"] or "") for f in edge["facts"] if f["begin"] or f["end"]]
        assert [(b or "", e or "") for b, e in line["spells"]] == sorted(set(days))
    degrees = {item["thing"]["id"]: item for item in ask("/api/centrality", limit=1000)["items"]}
    for node in drawn["nodes"]:
        item = degrees[node["id"]]
        assert (node["weight"], node["neighbours"]) == (item["weight"], item["neighbours"])
        assert (node["label"], node["kind"], node["size"]) == (
            item["thing"]["label"],
            item["thing"]["kind"],
            1,
        )
    sizes = [group["size"] for group in ask("/api/communities", limit=1000)["items"]]
    assert [sum(n["community"] == c for n in drawn["nodes"]) for c in range(len(sizes))] == sizes
    assert drawn["communities"] == len(sizes)


def test_too_many_nodes_are_drawn_by_community_and_each_can_be_opened(ask: Ask) -> None:
    whole, groups = ask("/api/drawing"), ask("/api/drawing", nodes=20)
    assert groups["aggregated"]
    assert groups == ask("/api/drawing", nodes=20, aggregate="always")
    assert {node["kind"] for node in groups["nodes"]} == {"community"}
    assert {node["id"] for node in groups["nodes"]} >= {e["target"] for e in groups["edges"]}
    for group in groups["nodes"]:
        inside = ask("/api/drawing", community=group["community"])
        members = {n["id"] for n in whole["nodes"] if n["community"] == group["community"]}
        assert {node["id"] for node in inside["nodes"]} == members
        assert (len(members), inside["total_nodes"]) == (group["size"], group["size"])
        assert group["label"] in {node["label"] for node in inside["nodes"]}
    assert len(ask("/api/drawing", nodes=20, aggregate="never")["nodes"]) == 20


def test_what_is_around_things_is_drawn_with_them(ask: Ask) -> None:
    a, b = (node["id"] for node in sorted(ask("/api/drawing")["nodes"], key=lambda n: -n["weight"])[:2])
    found = ask("/api/drawing", around=[a, b], depth=1)
    egos = [ask(f"/api/entities/{each}/ego", limit=1000) for each in (a, b)]
    assert {n["id"] for n in found["nodes"]} == {n["id"] for ego in egos for n in ego["nodes"]}
    assert {n["community"] for n in found["nodes"]} == {None}
    assert {n["id"] for n in ask("/api/drawing", around=a, depth=0)["nodes"]} == {a}
    assert len(ask("/api/drawing", edges=3)["edges"]) == 3


@pytest.mark.parametrize("filters", [{}, {"class": "Meeting"}, {"since": "2016-01-01", "minimum": 1}])
def test_counts_beside_filters_are_what_choosing_them_gives(ask: Ask, filters: dict[str, Any]) -> None:
    found = ask("/api/facets", **filters)
    network = ask("/api/network", **filters, limit=1)
    assert (found["nodes"], found["edges"]) == (network["total_nodes"], network["total"])
    for name in ("tie", "class", "polarity", "factuality", "document", "publisher"):
        for value in found[name]:
            assert value["label"]
            chosen = ask("/api/facets", **{**filters, name: value["value"]})
            assert chosen["facts"] == value["count"], (name, value)
    assert [p["value"] for p in found["period"]] == sorted(p["value"] for p in found["period"])
    assert {len(p["value"]) for p in ask("/api/facets", per="month")["period"]} == {7}


def test_an_edge_leads_to_all_its_facts_with_their_sentences(ask: Ask) -> None:
    for edge in ask("/api/network", facts=100, limit=5)["edges"]:
        pages: list[Any] = []
        while len(pages) < edge["weight"]:
            page = ask("/api/facts", a=edge["target"], b=edge["source"], offset=len(pages), limit=3)
            assert page["total"] == edge["weight"]
            pages += page["items"]
        assert pages == edge["facts"]
        assert all(fact["evidence"] for fact in pages)
    assert ask("/api/facts", a=edge["source"], b=edge["source"])["total"] == 0


def test_the_timeline_of_everyone_has_every_event_once(ask: Ask) -> None:
    events = ask("/api/timeline", limit=1000)
    ids = [event["id"] for event in events["items"]]
    assert len(ids) == len(set(ids)) == events["total"]
    assert events["total"] == ask("/api/entities", kind="event", limit=1)["total"]
    dates = [event["begin"] or event["end"] or "9999" for event in events["items"]]
    assert dates == sorted(dates)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/api/drawing?community=999999", 404, "numbered from 0"),
        ("/api/drawing?around=person/nobody", 404, "nothing named"),
        ("/api/drawing?aggregate=maybe", 422, "auto"),
        ("/api/drawing?nodes=2001", 422, "1 to 2000"),
        ("/api/drawing?depth=5&around=person/x", 422, "0 to 4"),
        ("/api/drawing?" + "&".join(["around=person/x"] * 101), 422, "at most 100"),
        ("/api/facets?per=day", 422, "month"),
        ("/api/facts?a=person/x", 422, "b is missing"),
    ],
)
def test_what_cannot_be_drawn_says_what_was_expected(
    served: Flask, address: str, status: int, said: str
) -> None:
    answer = served.test_client().get(address)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert said in answer.get_json()["detail"]
