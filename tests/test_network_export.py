"""Every format of networks is read back with a library that did not write it."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gexfpy
import igraph
import networkx as nx
import pandas as pd
import pydot
import pytest
from ndex2.cx2 import RawCX2NetworkFactory

from graph.errors import QueryError
from graph.export import NETWORK_FORMATS, network_format

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


NODES = ("label", "kind", "wikidata")
EDGES = ("weight", "events", "reports", "polarity", "factuality", "classes", "ties", "first", "last")


def plain(value: object) -> str:
    """A value as formats without lists and nothing have it."""
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value).replace("\x07", "\ufffd")


def nodes_of(network: nx.Graph[str]) -> dict[str, tuple[str, ...]]:
    """What every format has to hold of nodes."""
    return {node: tuple(plain(at[name]) for name in NODES) for node, at in network.nodes(data=True)}


def edges_of(network: nx.Graph[str]) -> dict[frozenset[str], tuple[str, ...]]:
    """What every format has to hold of edges."""
    return {
        frozenset((one, other)): tuple(plain(at[name]) for name in EDGES)
        for one, other, at in network.edges(data=True)
    }


def told(at: Mapping[str, object], names: tuple[str, ...]) -> tuple[str, ...]:
    """The same of what was read; numbers may have come as decimals."""
    values = (at.get(name, "") for name in names)
    return tuple(plain(int(v) if isinstance(v, float) and v.is_integer() else v) for v in values)


def read_by_igraph(graph: igraph.Graph, name: str) -> tuple[dict[str, object], dict[frozenset[str], object]]:
    """Nodes and edges of a graph of igraph, whose nodes have IRIs in an attribute."""
    iris = graph.vs[name]
    edges = {frozenset((iris[e.source], iris[e.target])): told(e.attributes(), EDGES) for e in graph.es}
    return {v[name]: told(v.attributes(), NODES) for v in graph.vs}, edges


def test_gexf_is_read_by_gexfpy(network: nx.Graph[str]) -> None:
    graph = gexfpy.parse_string(NETWORK_FORMATS["gexf"].write(network).decode()).graph
    assert (graph.mode.value, graph.timeformat.value, graph.defaultedgetype.value) == (
        "dynamic", "date", "undirected",
    )  # fmt: skip
    titles = {
        (each.class_value.value, str(a.id)): a.title for each in graph.attributes for a in each.attribute
    }

    def values(kind: str, item: Any) -> dict[str, object]:
        found = [v for group in item.attvalues for v in group.attvalue]
        return {titles[kind, str(v.for_value)]: v.value for v in found}

    nodes = {n.id: told({"label": n.label, **values("node", n)}, NODES) for n in graph.nodes[0].node}
    assert nodes == nodes_of(network)
    edges = {frozenset((e.source, e.target)): e for e in graph.edges[0].edge}
    assert {
        ends: told({**values("edge", edge), "weight": float(edge.weight)}, EDGES)
        for ends, edge in edges.items()
    } == edges_of(network)
    spells = [
        (str(s.start), s.end and str(s.end))
        for each in edges[frozenset((ANNA, BODY))].spells
        for s in each.spell
    ]
    assert spells == [("2016-04-15", "2016-04-15"), ("2017-01-01", None)]
    assert not edges[frozenset((BODY, CITY))].spells


def test_graphml_is_read_by_igraph(network: nx.Graph[str], tmp_path: Path) -> None:
    path = tmp_path / "net.graphml"
    path.write_bytes(NETWORK_FORMATS["graphml"].write(network))
    graph = igraph.Graph.Read_GraphML(str(path))
    assert read_by_igraph(graph, "id") == (nodes_of(network), edges_of(network))
    assert not graph.is_directed()


def test_pajek_is_read_by_igraph_and_networkx(network: nx.Graph[str], tmp_path: Path) -> None:
    content = NETWORK_FORMATS["net"].write(network)
    path = tmp_path / "plain.net"
    path.write_bytes(content)
    graph = igraph.Graph.Read_Pajek(str(path))
    nodes, edges = read_by_igraph(graph, "iri")
    assert edges == edges_of(network)
    assert {iri: at[1:] for iri, at in nodes.items()} == {
        iri: at[1:] for iri, at in nodes_of(network).items()
    }
    assert graph.vs["name"] == ["Änna 'O'B' <&> \\ 李\ufffd", f"Twin <{BODY}>", f"Twin <{CITY}>"]
    assert set(nx.read_pajek(io.BytesIO(content))) == set(graph.vs["name"])


@pytest.mark.filterwarnings("ignore:.* deprecated - use:DeprecationWarning")  # pydot's, of pyparsing
def test_dot_is_read_by_pydot(network: nx.Graph[str]) -> None:
    (graph,) = pydot.graph_from_dot_data(NETWORK_FORMATS["dot"].write(network).decode())

    def bare(text: str) -> str:
        return text.strip('"').replace('\\"', '"').replace("\\\\", "\\")

    def at(item: Any) -> dict[str, object]:
        return {name: bare(value) for name, value in item.get_attributes().items()}

    assert {bare(n.get_name()): told(at(n), NODES) for n in graph.get_nodes()} == nodes_of(network)
    assert {
        frozenset((bare(e.get_source()), bare(e.get_destination()))): told(at(e), EDGES)
        for e in graph.get_edges()
    } == edges_of(network)
    assert graph.get_type() == "graph"


def test_node_link_json_is_read_by_igraph(network: nx.Graph[str]) -> None:
    linked = json.loads(NETWORK_FORMATS["json"].write(network))
    ends = ("source", "target")
    graph = igraph.Graph.DictList(linked["nodes"], linked["links"], False, "id", ends)
    assert read_by_igraph(graph, "id") == (nodes_of(network), edges_of(network))


def test_cytoscape_json_is_read_by_pandas(network: nx.Graph[str]) -> None:
    elements = json.loads(NETWORK_FORMATS["cyjs"].write(network))["elements"]
    nodes = pd.json_normalize(elements["nodes"]).rename(columns=lambda name: name.removeprefix("data."))
    assert {at["id"]: told(at, NODES) for at in nodes.to_dict("records")} == nodes_of(network)
    edges = pd.json_normalize(elements["edges"]).rename(columns=lambda name: name.removeprefix("data."))
    assert {
        frozenset((at["source"], at["target"])): told(at, EDGES) for at in edges.to_dict("records")
    } == edges_of(network)
    assert edges["id"].is_unique


def test_cx2_is_read_by_ndex2(network: nx.Graph[str]) -> None:
    read = RawCX2NetworkFactory().get_cx2network(json.loads(NETWORK_FORMATS["cx2"].write(network)))
    iris = {number: node["v"]["iri"] for number, node in read.get_nodes().items()}
    assert {iris[n]: told(node["v"], NODES) for n, node in read.get_nodes().items()} == nodes_of(network)
    assert {
        frozenset((iris[e["s"]], iris[e["t"]])): told(e["v"], EDGES) for e in read.get_edges().values()
    } == edges_of(network)
    kinds = {"string": str, "integer": int}
    declared = read.get_attribute_declarations()
    for aspect, items in (("nodes", read.get_nodes()), ("edges", read.get_edges())):
        for item in items.values():
            assert all(isinstance(v, kinds[declared[aspect][name]["d"]]) for name, v in item["v"].items())


def test_csv_is_read_by_pandas(network: nx.Graph[str]) -> None:
    def rows(ending: str) -> list[dict[str, str]]:
        content = io.BytesIO(NETWORK_FORMATS[ending].write(network))
        frame = pd.read_csv(content, dtype=str, keep_default_na=False)
        return frame.to_dict("records")

    assert {at["id"]: told(at, NODES) for at in rows("nodes.csv")} == nodes_of(network)
    edges = rows("csv")
    assert {frozenset((at["source"], at["target"])): told(at, EDGES) for at in edges} == edges_of(network)
    assert [(at["source_label"], at["target_label"]) for at in edges][1] == ("Twin", "Twin")


@pytest.mark.parametrize("ending", NETWORK_FORMATS)
def test_an_empty_network_has_a_file_in_every_format(ending: str) -> None:
    assert NETWORK_FORMATS[ending].write(nx.Graph())


def test_endings_name_formats() -> None:
    assert network_format("a/b.nodes.csv").name == "CSV of nodes"
    assert network_format("a/b.GEXF").name == "GEXF"
    with pytest.raises(QueryError, match=r"\.gexf, \.graphml"):
        network_format("a/b.xlsx")
