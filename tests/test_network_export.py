"""Every format of networks is read back with a library that did not write it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import igraph
import networkx as nx
import pydot
import pytest
from lxml import etree

from graph.errors import QueryError
from graph.export import NETWORK_FORMATS, network_format

GEXF = {"g": "http://www.gexf.net/1.2draft"}
ANNA, BODY, CITY = (f"https://example.org/id/{n}" for n in ("person/anna", "institution/b", "territory/c"))


@pytest.fixture
def network() -> nx.Graph[str]:
    """Three things, one with every awkward character in its name, two with the same name."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node(ANNA, label='Änna "O\'B" <&> \\ 李\x07', kind="person", cls="Person", wikidata="Q42")
    graph.add_node(BODY, label="Twin", kind="institution", cls="Ministry", wikidata="")
    graph.add_node(CITY, label="Twin", kind="state", cls="State", wikidata="Q1")
    counts = {"weight": 3, "events": 2, "reports": 4, "documents": 2, "sentences": 5}
    signs = {"cooperative": 1, "conflictual": 1, "neutral": 0, "polarity": "mixed", "factuality": "actual"}
    graph.add_edge(
        ANNA, BODY, **counts, **signs, classes=["Meeting", "Sanction"], ties=["event", "tenure"],
        first="2016-04-15", last="2017-01-31", spells=[("2016-04-15", "2016-04-15"), ("2017-01-01", None)],
    )  # fmt: skip
    signs = {"cooperative": 0, "conflictual": 0, "neutral": 0, "polarity": "none", "factuality": "planned"}
    dates = {"first": None, "last": None, "spells": []}
    graph.add_edge(BODY, CITY, **counts, **signs, classes=["ofState"], ties=["relation"], **dates)
    return graph


def label(network: nx.Graph[str], node: str) -> str:
    return str(network.nodes[node]["label"]).replace("\x07", "\ufffd")


def test_gexf_has_the_nodes_edges_attributes_and_spells(network: nx.Graph[str]) -> None:
    root = etree.fromstring(NETWORK_FORMATS["gexf"].write(network))
    graph = root.find("g:graph", GEXF)
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    nodes = {n.get("id"): n.get("label") for n in graph.iterfind("g:nodes/g:node", GEXF)}
    assert nodes == {node: label(network, node) for node in network}
    titles = {a.get("id"): a.get("title") for a in graph.iterfind("g:attributes/g:attribute", GEXF)}
    edges = {(e.get("source"), e.get("target")): e for e in graph.iterfind("g:edges/g:edge", GEXF)}
    edge = edges[ANNA, BODY]
    assert edge.get("weight") == "3"
    values = {titles[v.get("for")]: v.get("value") for v in edge.iterfind("g:attvalues/g:attvalue", GEXF)}
    assert (values["polarity"], values["classes"], values["first"]) == (
        "mixed",
        "Meeting; Sanction",
        "2016-04-15",
    )
    spells = [(s.get("start"), s.get("end")) for s in edge.iterfind("g:spells/g:spell", GEXF)]
    assert spells == [("2016-04-15", "2016-04-15"), ("2017-01-01", None)]
    assert not edges[BODY, CITY].findall("g:spells", GEXF)


def test_graphml_is_read_by_igraph(network: nx.Graph[str], tmp_path: Path) -> None:
    path = tmp_path / "net.graphml"
    path.write_bytes(NETWORK_FORMATS["graphml"].write(network))
    graph = igraph.Graph.Read_GraphML(str(path))
    assert dict(zip(graph.vs["id"], graph.vs["label"], strict=True)) == {
        n: label(network, n) for n in network
    }
    assert graph.vs["wikidata"] == ["Q42", "", "Q1"]
    assert graph.es["weight"] == [3, 3]
    assert graph.es["polarity"] == ["mixed", "none"]


def test_pajek_is_read_by_networkx_and_igraph(network: nx.Graph[str], tmp_path: Path) -> None:
    content = NETWORK_FORMATS["net"].write(network)
    graph = nx.read_pajek(io.BytesIO(content))
    assert {at["iri"]: at["kind"] for _, at in graph.nodes(data=True)} == {
        ANNA: "person", BODY: "institution", CITY: "state",
    }  # fmt: skip
    iri = nx.get_node_attributes(graph, "iri")
    edges = {frozenset((iri[a], iri[b])): at for a, b, at in graph.edges(data=True)}
    assert edges[frozenset((ANNA, BODY))] == {
        "weight": 3.0, "events": "2", "reports": "4", "documents": "2", "sentences": "5", "cooperative": "1",
        "conflictual": "1", "neutral": "0", "polarity": "mixed", "factuality": "actual", "classes": "Meeting; Sanction",
        "ties": "event; tenure", "first": "2016-04-15", "last": "2017-01-31",
    }  # fmt: skip
    path = tmp_path / "plain.net"
    path.write_bytes(content)
    assert igraph.Graph.Read_Pajek(str(path)).vcount() == 3


@pytest.mark.filterwarnings("ignore:.* deprecated - use:DeprecationWarning")  # pydot's, of pyparsing
def test_dot_is_read_by_pydot(network: nx.Graph[str]) -> None:
    (graph,) = pydot.graph_from_dot_data(NETWORK_FORMATS["dot"].write(network).decode())
    names = {node.get_name().strip('"') for node in graph.get_nodes()}
    assert names == set(network)
    ends = {(e.get_source().strip('"'), e.get_destination().strip('"')) for e in graph.get_edges()}
    assert ends == {(ANNA, BODY), (BODY, CITY)}
    assert {e.get("weight") for e in graph.get_edges()} == {'"3"'}
    anna = next(node for node in graph.get_nodes() if node.get_name().strip('"') == ANNA)
    assert anna.get("wikidata") == '"Q42"'


def test_node_link_and_cytoscape_json_hold_the_same_graph(network: nx.Graph[str]) -> None:
    linked = json.loads(NETWORK_FORMATS["json"].write(network))
    assert {n["id"]: n["label"] for n in linked["nodes"]} == {n: label(network, n) for n in network}
    assert [(e["source"], e["target"], e["weight"]) for e in linked["links"]] == [
        (ANNA, BODY, 3),
        (BODY, CITY, 3),
    ]
    shown = json.loads(NETWORK_FORMATS["cyjs"].write(network))["elements"]
    assert [n["data"]["id"] for n in shown["nodes"]] == list(network)
    assert [(e["data"]["source"], e["data"]["target"]) for e in shown["edges"]] == [
        (ANNA, BODY),
        (BODY, CITY),
    ]
    ids = [e["data"]["id"] for e in shown["edges"]]
    assert len(set(ids)) == len(ids)


def test_cx2_declares_what_it_holds(network: nx.Graph[str]) -> None:
    aspects = json.loads(NETWORK_FORMATS["cx2"].write(network))
    assert aspects[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert aspects[-1] == {"status": [{"success": True}]}
    held = {name: content for aspect in aspects[1:-1] for name, content in aspect.items()}
    kinds = {"string": str, "integer": int}
    for aspect in ("nodes", "edges"):
        declared = held["attributeDeclarations"][0][aspect]
        for item in held[aspect]:
            assert all(isinstance(v, kinds[declared[name]["d"]]) for name, v in item["v"].items())
    counts = {m["name"]: m["elementCount"] for m in held["metaData"]}
    assert (counts["nodes"], counts["edges"]) == (len(held["nodes"]), len(held["edges"])) == (3, 2)
    ids = {node["id"] for node in held["nodes"]}
    assert all({edge["s"], edge["t"]} <= ids for edge in held["edges"])


def test_csv_lists_edges_and_nodes(network: nx.Graph[str]) -> None:
    edges = list(csv.DictReader(io.StringIO(NETWORK_FORMATS["csv"].write(network).decode())))
    assert [(e["source"], e["target"], e["weight"], e["first"]) for e in edges] == [
        (ANNA, BODY, "3", "2016-04-15"), (BODY, CITY, "3", ""),
    ]  # fmt: skip
    nodes = list(csv.DictReader(io.StringIO(NETWORK_FORMATS["nodes.csv"].write(network).decode())))
    assert {n["id"]: (n["label"], n["wikidata"]) for n in nodes} == {
        n: (label(network, n), at["wikidata"]) for n, at in network.nodes(data=True)
    }


@pytest.mark.parametrize("ending", NETWORK_FORMATS)
def test_an_empty_network_has_a_file_in_every_format(ending: str) -> None:
    assert NETWORK_FORMATS[ending].write(nx.Graph())


def test_endings_name_formats() -> None:
    assert network_format("a/b.nodes.csv").name == "CSV of nodes"
    assert network_format("a/b.GEXF").name == "GEXF"
    with pytest.raises(QueryError, match=r"\.gexf, \.graphml"):
        network_format("a/b.xlsx")
