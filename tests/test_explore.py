"""What the API answers: with its evidence, in pages that hold together, and with errors that help."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.export import NETWORK_FORMATS
from graph.network import load
from graph.settings import Settings
from graph.snapshots import statements
from graph.store import Store
from service.app import create_app

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def served(built: Path) -> Flask:
    """The application on the graph of the seeds."""
    return create_app(Settings(store=built))


@pytest.fixture
def client(served: Flask) -> FlaskClient:
    return served.test_client()


@pytest.fixture
def ask(client: FlaskClient) -> Ask:
    """Ask for an address with parameters, and expect an answer."""

    def get(address: str, **parameters: object) -> Any:
        answer = client.get(address, query_string=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json

    return get


@pytest.fixture
def actors(ask: Ask) -> list[str]:
    """The ids of those who have most in common with others."""
    return [item["thing"]["id"] for item in ask("/api/centrality", limit=6)["items"]]


def evidence_in(value: object) -> list[dict[str, Any]]:
    """All evidence anywhere in an answer."""
    if isinstance(value, list):
        return [found for each in value for found in evidence_in(each)]
    if not isinstance(value, dict):
        return []
    if value.keys() == {"document", "id", "begin", "end", "quote"}:
        return [value]
    return [found for each in value.values() for found in evidence_in(each)]


def test_every_piece_of_evidence_is_in_the_text_where_it_says(ask: Ask, actors: list[str]) -> None:
    texts = {
        d["identifier"]: ask(f"/api/documents/{d['id']}")["text"] for d in ask("/api/documents")["items"]
    }
    a, b = actors[:2]
    answers = [
        ask(f"/api/entities/{a}"),
        ask(f"/api/entities/{a}/neighbours"),
        ask(f"/api/entities/{a}/ego", depth=2),
        ask("/api/paths", **{"from": a, "to": b, "k": 3}),
        ask("/api/network", facts=100),
        ask("/api/timeline", entity=a),
        ask("/api/claims"),
        ask("/api/compare", a=a, b=b),
    ]
    for answer in answers:
        found = evidence_in(answer)
        assert found
        for piece in found:
            assert texts[piece["document"]][piece["begin"] : piece["end"]] == piece["quote"]


def test_every_fact_of_a_network_has_its_sentence(ask: Ask) -> None:
    for edge in ask("/api/network", facts=100, limit=1000)["edges"]:
        assert edge["facts"]
        assert all(fact["evidence"] for fact in edge["facts"])
        assert edge["sentences"] >= edge["reports"] >= edge["documents"] >= 1
        assert (
            edge["weight"]
            >= edge["events"]
            == edge["cooperative"]
            + edge["conflictual"]
            + edge["neutral"]
            + (sum(f["basis"] == "event" and f["polarity"] is None for f in edge["facts"]))
        )


@pytest.mark.parametrize(
    ("address", "parameters"),
    [
        ("/api/entities", {}),
        ("/api/entities", {"kind": "person"}),
        ("/api/centrality", {"measure": "pagerank"}),
        ("/api/claims", {}),
        ("/api/documents", {}),
        ("/api/communities", {}),
    ],
)
def test_pages_follow_each_other_without_gap_or_repetition(
    ask: Ask, address: str, parameters: dict[str, str]
) -> None:
    whole = ask(address, limit=1000, **parameters)
    pages: list[Any] = []
    while len(pages) < whole["total"]:
        page = ask(address, limit=3, offset=len(pages), **parameters)
        assert page["total"] == whole["total"]
        pages += page["items"]
    assert pages == whole["items"]
    assert ask(address, offset=10**6, **parameters)["items"] == []


def test_the_network_is_the_one_that_python_users_get(ask: Ask, built: Path) -> None:
    made = nx.Graph(load(built))
    found = ask("/api/network", limit=1000)
    base = "https://w3id.org/diplograph/id/"
    assert {frozenset((base + e["source"], base + e["target"])) for e in found["edges"]} == {
        frozenset(edge) for edge in made.edges
    }
    assert found["total_nodes"] == len(made)


def test_neighbours_are_sorted_and_are_the_ego_network_of_one_step(ask: Ask, actors: list[str]) -> None:
    neighbours = ask(f"/api/entities/{actors[0]}/neighbours", limit=1000)["items"]
    weights = [item["edge"]["weight"] for item in neighbours]
    assert weights == sorted(weights, reverse=True)
    ego = ask(f"/api/entities/{actors[0]}/ego", limit=1000)
    assert {item["thing"]["id"] for item in neighbours} == {n["id"] for n in ego["nodes"] if n["steps"] == 1}
    cut = ask(f"/api/entities/{actors[0]}/ego", limit=2)
    assert (len(cut["nodes"]), cut["total"]) == (2, ego["total"])


def test_a_path_leads_from_one_to_the_other_and_no_path_is_an_answer(ask: Ask, actors: list[str]) -> None:
    a, b = actors[0], actors[-1]
    (path,) = ask("/api/paths", **{"from": a, "to": b})["paths"]
    ids = [node["id"] for node in path["nodes"]]
    assert (ids[0], ids[-1]) == (a, b)
    assert path["length"] == len(path["steps"]) == len(ids) - 1
    for step, one, other in zip(path["steps"], ids, ids[1:], strict=False):
        assert {step["source"], step["target"]} == {one, other}
    assert ask("/api/paths", **{"from": a, "to": b, "minimum": 10**6})["paths"] == []
    assert ask("/api/paths", **{"from": a, "to": b, "max": 0})["paths"] == []
    assert ask("/api/paths", **{"from": a, "to": a})["paths"][0]["length"] == 0


def test_search_finds_parts_of_any_name_whatever_case_and_accents(ask: Ask) -> None:
    first = ask("/api/entities", limit=1)["items"][0]
    for name in ask(f"/api/entities/{first['id']}")["names"]:
        found = ask("/api/entities", q=name.upper(), limit=1000)["items"]
        assert first["id"] in {item["id"] for item in found}
    assert ask("/api/entities", q="no such name at all")["total"] == 0
    assert ask("/api/entities", q="?!")["total"] == 0


def test_a_timeline_is_in_order_and_a_window_narrows_it(ask: Ask, actors: list[str]) -> None:
    events = ask("/api/timeline", entity=actors[0], limit=1000)["items"]
    days = [event["begin"] or event["end"] for event in events]
    dated = [day for day in days if day]
    assert days == sorted(dated) + [None] * (len(days) - len(dated))
    narrowed = ask("/api/timeline", entity=actors[0], since=dated[-1], limit=1000)["items"]
    assert {event["id"] for event in narrowed} <= {event["id"] for event in events}
    assert all(event["begin"] or event["end"] for event in narrowed)


def test_claims_are_by_and_about_whom_one_asks_for(ask: Ask) -> None:
    everything = ask("/api/claims", limit=1000)["items"]
    assert everything
    speaker, about = everything[0]["speaker"]["id"], everything[0]["about"][0]["id"]
    by = ask("/api/claims", by=speaker, limit=1000)["items"]
    assert {claim["speaker"]["id"] for claim in by} == {speaker}
    both = ask("/api/claims", by=speaker, about=about)["items"]
    assert both
    assert all(about in {thing["id"] for thing in claim["about"]} for claim in both)


def test_two_actors_are_compared_by_what_they_have_in_common(ask: Ask, actors: list[str]) -> None:
    edge = ask("/api/network", tie="event", limit=1)["edges"][0]
    found = ask("/api/compare", a=edge["source"], b=edge["target"])
    assert found["edge"] is not None
    assert found["common_events"] >= edge["events"] >= 1
    assert sum(stretch["events"] for stretch in found["tone"]) <= found["common_events"]
    assert [s["period"] for s in found["tone"]] == sorted(s["period"] for s in found["tone"])
    for neighbour in found["neighbours"]:
        assert neighbour["a"] >= 1
        assert neighbour["b"] >= 1
    assert ask("/api/compare", a=actors[0], b=actors[0])["edge"] is None


def test_a_document_has_its_text_with_spans(ask: Ask) -> None:
    listed = ask("/api/documents")["items"][0]
    found = ask(f"/api/documents/{listed['id']}")
    assert (len(found["spans"]), len(found["statements"])) == (listed["mentions"], listed["facts"])
    for span in found["spans"]:
        assert found["text"][span["begin"] : span["end"]] == span["quote"]
    assert ask(f"/api/documents/{listed['identifier']}")["iri"] == listed["iri"]


@pytest.mark.parametrize("ending", NETWORK_FORMATS)
def test_a_network_can_be_had_as_a_file(client: FlaskClient, ending: str) -> None:
    answer = client.get(f"/api/network.{ending}?kind=person")
    assert answer.status_code == 200
    assert answer.content_type == NETWORK_FORMATS[ending].media_type
    assert f"network.{ending}" in answer.headers["Content-Disposition"]
    assert len(answer.data) < len(client.get(f"/api/network.{ending}").data)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/api/entities/person/nobody-at-all", 404, "/api/entities?q="),
        ("/api/entities/wizard/merlin", 404, "nothing named"),
        ("/api/entities/person/%00%F0%9F%92%A9'%22%3C", 404, "nothing named"),
        ("/api/entities/person/../../etc/passwd", 404, ""),
        ("/api/documents/none", 404, "/api/documents"),
        ("/api/network.xlsx", 404, "gexf, graphml"),
        ("/api/none", 404, "/api/paths"),
        ("/api/paths?from=person/nobody&to=person/nobody", 404, "nothing named"),
        ("/api/paths?from=person/nobody", 422, "to is missing"),
        ("/api/network?since=2017-01-01&until=2016-01-01", 422, "before it begins"),
        ("/api/network?since=2016", 422, "a day such as 2016-05-31"),
        ("/api/network?since=2016-02-30", 422, "since is not usable"),
        ("/api/network?class=Picnic", 422, "Meeting"),
        ("/api/network?kind=wizard", 422, "person"),
        ("/api/network?minimum=0", 422, "1 or more"),
        ("/api/network?limit=1001", 422, "1 to 1000"),
        ("/api/network?undated=perhaps", 422, "true or false"),
        ("/api/network?document=none.txt", 404, "no document none.txt"),
        ("/api/network?publisher=institution/none", 404, "nothing named"),
        ("/api/centrality?measure=fame", 422, "betweenness"),
        ("/api/communities?resolution=0", 422, "greater than 0"),
        ("/api/communities?resolution=nan", 422, "resolution is not usable"),
        ("/api/entities/person/x/ego?depth=-1", 422, "0 to 4"),
        ("/api/entities/person/x/ego?depth=1e9", 422, "0 to 4"),
        ("/api/paths?from=a&to=b&max=99", 422, "0 to 8"),
        ("/api/entities?offset=-1", 422, "0 or more"),
        ("/api/entities?page=2", 422, "There are: limit, offset, q, kind"),
    ],
)
def test_what_cannot_be_answered_says_what_was_expected(
    client: FlaskClient, address: str, status: int, said: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.json is not None
    assert said in answer.json["detail"]
    assert answer.json["status"] == status


def test_a_new_snapshot_is_seen_at_the_next_request_and_changes_the_tag(built: Path, tmp_path: Path) -> None:
    from graph.snapshots import open_snapshot  # noqa: PLC0415

    quads = list(open_snapshot(built))
    identified = statements(open_snapshot(built), "http://purl.org/dc/terms/identifier")
    documents = sorted({graph for subject, _, graph, _ in identified if subject == graph})
    with Store(tmp_path / "kg") as store:
        by_graph: dict[str, list[Any]] = {}
        for quad in quads:
            by_graph.setdefault(quad.graph_name.value, []).append(quad)  # type: ignore[union-attr]
        for graph, held in by_graph.items():
            store.replace(graph, held)
        store.publish()
        client = create_app(Settings(store=tmp_path / "kg")).test_client()
        before = client.get("/api/documents")
        assert before.json is not None
        assert before.json["total"] == len(documents)
        store.remove(documents[0])
        store.publish()
        after = client.get("/api/documents", headers={"If-None-Match": before.headers["ETag"]})
        assert after.status_code == 200
        assert after.json is not None
        assert after.json["total"] == len(documents) - 1
        assert after.headers["ETag"] != before.headers["ETag"]


TOLD_TWICE = """
@prefix doc: <https://w3id.org/diplograph/doc/> .
@prefix dg: <https://w3id.org/diplograph/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
doc:a {
  <https://w3id.org/diplograph/id/person/x> a dg:Person .
  <https://w3id.org/diplograph/id/person/y> a dg:Person .
  doc:a a dg:Document ; dcterms:identifier "a.txt" ; nif:isString "They met in May." .
  <https://w3id.org/diplograph/id/event/m> a dg:Meeting ; dg:factuality dg:Actual ; dg:when "2016-05" ;
    dg:startDate "2016-05-01" ; dg:endDate "2016-05-31" ;
    dg:participant <https://w3id.org/diplograph/id/person/x>, <https://w3id.org/diplograph/id/person/y> ;
    prov:wasDerivedFrom <https://w3id.org/diplograph/doc/a#char=0,16> .
}
doc:b {
  doc:b a dg:Document ; dcterms:identifier "b.txt" ; nif:isString "They will meet in June." .
  <https://w3id.org/diplograph/id/event/m> a dg:Meeting ; dg:factuality dg:Planned ; dg:when "2016-06" ;
    dg:startDate "2016-06-01" ; dg:endDate "2016-06-30" ;
    dg:participant <https://w3id.org/diplograph/id/person/x>, <https://w3id.org/diplograph/id/person/y> ;
    prov:wasDerivedFrom <https://w3id.org/diplograph/doc/b#char=0,23> .
}
"""


def test_sources_that_differ_on_an_event_are_set_side_by_side(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        quads = list(ox.parse(TOLD_TWICE, format=ox.RdfFormat.TRIG))
        for graph in {quad.graph_name for quad in quads}:
            assert isinstance(graph, ox.NamedNode)
            store.replace(graph.value, [quad for quad in quads if quad.graph_name == graph])
        store.publish()
    client = create_app(Settings(store=tmp_path)).test_client()
    found = client.get("/api/disagreements").json
    assert found is not None
    (item,) = found["items"]
    assert item["event"]["id"] == "event/m"
    assert item["differs"] == ["factuality", "time"]
    assert [(a["document"], a["factuality"], a["when"]) for a in item["accounts"]] == [
        ("a.txt", "actual", "2016-05"),
        ("b.txt", "planned", "2016-06"),
    ]
    assert item["accounts"][1]["evidence"][0]["quote"] == "They will meet in June."
    one = client.get("/api/disagreements?document=a.txt").json
    assert one is not None
    assert one["total"] == 0
    edge = client.get("/api/network").get_json()["edges"][0]
    assert (edge["weight"], edge["events"], edge["reports"], edge["sentences"]) == (1, 1, 2, 2)


def test_a_date_that_is_only_more_precise_is_no_disagreement(tmp_path: Path) -> None:
    text = TOLD_TWICE.replace("dg:Planned", "dg:Actual").replace('"2016-06-01"', '"2016-05-03"')
    text = text.replace('"2016-06-30"', '"2016-05-03"').replace('"2016-06"', '"2016-05-03"')
    with Store(tmp_path) as store:
        quads = list(ox.parse(text, format=ox.RdfFormat.TRIG))
        for graph in {quad.graph_name for quad in quads}:
            assert isinstance(graph, ox.NamedNode)
            store.replace(graph.value, [quad for quad in quads if quad.graph_name == graph])
        store.publish()
    found = create_app(Settings(store=tmp_path)).test_client().get("/api/disagreements")
    assert found.get_json()["total"] == 0


def test_common_neighbours_are_those_that_networkx_finds(ask: Ask, built: Path, actors: list[str]) -> None:
    graph = nx.Graph(load(built))
    base = "https://w3id.org/diplograph/id/"
    for one, other in combinations(actors, 2):
        found = ask("/api/compare", a=one, b=other, limit=1000)
        wanted = set(nx.common_neighbors(graph, base + one, base + other))
        assert {base + item["thing"]["id"] for item in found["neighbours"]} == wanted
        assert found["common_neighbours"] == len(wanted)
        assert (found["edge"] is not None) == graph.has_edge(base + one, base + other)
