"""Networks as files that other tools open: Gephi, Cytoscape, Pajek, Graphviz, spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import networkx as nx

from graph.errors import QueryError

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML 1.0 cannot hold, whatever its escape."""

Graph: TypeAlias = "nx.Graph[str]"
NODE_COLUMNS = ("label", "kind", "cls", "wikidata")
COUNTS = ("weight", "events", "reports", "documents", "sentences", "cooperative", "conflictual", "neutral")
EDGE_COLUMNS = (*COUNTS, "polarity", "factuality", "classes", "ties", "first", "last")


@dataclass(frozen=True, slots=True)
class NetworkFormat:
    """A format of networks: its ending, without the dot, media type, name, and what writes it."""

    ending: str
    media_type: str
    name: str
    write: Callable[[Graph], bytes]


def _plain(value: object) -> Any:
    """An attribute as one value that every format can hold: lists as words, None as nothing."""
    if isinstance(value, (list, tuple)):
        return "; ".join(str(_plain(part)) for part in value)
    if isinstance(value, str):
        return _UNWRITABLE.sub("\ufffd", value)
    return "" if value is None else value


def _nodes(graph: Graph) -> Iterator[tuple[str, dict[str, Any]]]:
    for node, at in graph.nodes(data=True):
        yield node, {name: _plain(at[name]) for name in NODE_COLUMNS}


def _edges(graph: Graph) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for one, other, at in graph.edges(data=True):
        yield one, other, {name: _plain(at[name]) for name in EDGE_COLUMNS}


def _flat(graph: Graph) -> Graph:
    """A copy whose attributes every format can hold."""
    copy: Graph = nx.Graph()
    copy.add_nodes_from(_nodes(graph))
    copy.add_edges_from(_edges(graph))
    return copy


def gexf(graph: Graph) -> bytes:
    """GEXF 1.2, with a spell for every dated fact behind an edge."""
    copy = _flat(graph)
    for one, other, at in graph.edges(data=True):
        if at["spells"]:
            copy.edges[one, other]["spells"] = at["spells"]
    stream = io.BytesIO()
    nx.write_gexf(copy, stream, version="1.2draft")
    return stream.getvalue()


def graphml(graph: Graph) -> bytes:
    """GraphML, with typed attributes."""
    stream = io.BytesIO()
    nx.write_graphml_xml(_flat(graph), stream, named_key_ids=True)
    return stream.getvalue()


def node_link(graph: Graph) -> bytes:
    """Node-link JSON, as d3 and networkx read it."""
    return _json(nx.node_link_data(_flat(graph), edges="links"))


def cytoscape(graph: Graph) -> bytes:
    """The JSON of Cytoscape and Cytoscape.js."""
    content = nx.cytoscape_data(_flat(graph))
    for number, edge in enumerate(content["elements"]["edges"]):
        edge["data"]["id"] = f"e{number}"
    return _json(content)


def cx2(graph: Graph) -> bytes:
    """CX2, which Cytoscape and NDEx exchange (Cytoscape Exchange Format, version 2.0)."""
    numbers = {node: number for number, node in enumerate(graph)}
    nodes = [{"id": numbers[n], "v": {"name": at["label"], "iri": n, **at}} for n, at in _nodes(graph)]
    edges = [
        {"id": number, "s": numbers[one], "t": numbers[other], "v": at}
        for number, (one, other, at) in enumerate(_edges(graph))
    ]
    declared = {
        "nodes": {name: {"d": "string"} for name in ("name", "iri", *NODE_COLUMNS)},
        "edges": {name: {"d": _cx2_type(name)} for name in EDGE_COLUMNS},
    }
    counts = [{"name": "nodes", "elementCount": len(nodes)}, {"name": "edges", "elementCount": len(edges)}]
    return _json(
        [
            {"CXVersion": "2.0", "hasFragments": False},
            {"metaData": [{"name": "attributeDeclarations", "elementCount": 1}, *counts]},
            {"attributeDeclarations": [declared]},
            {"nodes": nodes},
            {"edges": edges},
            {"status": [{"success": True}]},
        ]
    )


def dot(graph: Graph) -> bytes:
    """The language of Graphviz."""
    lines = ["graph network {"]
    lines += [f"  {_quoted(node)} [{_dot_attributes(at)}];" for node, at in _nodes(graph)]
    lines += [
        f"  {_quoted(one)} -- {_quoted(other)} [{_dot_attributes(at)}];" for one, other, at in _edges(graph)
    ]
    return "\n".join([*lines, "}", ""]).encode()


def pajek(graph: Graph) -> bytes:
    """Pajek's network format. Where two nodes share a label, it is followed by the IRI."""
    numbers = {node: number for number, node in enumerate(graph, start=1)}
    labels = Counter(at["label"] for _, at in _nodes(graph))
    lines = [f"*Vertices {len(numbers)}"]
    for node, at in _nodes(graph):
        label = at["label"] if labels[at["label"]] == 1 else f"{at['label']} <{node}>"
        rest = " ".join(f"{k} {_pajek_text(at[k])}" for k in ("kind", "cls", "wikidata") if at[k])
        lines.append(f"{numbers[node]} {_pajek_text(label)} 0.0 0.0 ellipse iri {_pajek_text(node)} {rest}")
    lines.append("*Edges")
    for one, other, at in _edges(graph):
        rest = " ".join(f"{k} {_pajek_text(v)}" for k, v in at.items() if k != "weight" and v != "")
        lines.append(f"{numbers[one]} {numbers[other]} {at['weight']} {rest}")
    return "\n".join([*lines, ""]).encode()


def edge_list(graph: Graph) -> bytes:
    """The edges as CSV, with IRIs and labels of both ends."""
    labels = {node: _plain(label) for node, label in graph.nodes(data="label")}
    header = ("source", "target", "source_label", "target_label", *EDGE_COLUMNS)
    return _csv(
        header, ((one, other, labels[one], labels[other], *at.values()) for one, other, at in _edges(graph))
    )


def node_list(graph: Graph) -> bytes:
    """The nodes as CSV."""
    return _csv(("id", *NODE_COLUMNS), ((node, *at.values()) for node, at in _nodes(graph)))


NETWORK_FORMATS: Mapping[str, NetworkFormat] = {
    form.ending: form
    for form in (
        NetworkFormat("gexf", "application/gexf+xml", "GEXF", gexf),
        NetworkFormat("graphml", "application/graphml+xml", "GraphML", graphml),
        NetworkFormat("json", "application/json", "node-link JSON", node_link),
        NetworkFormat("cyjs", "application/vnd.cytoscape+json", "Cytoscape JSON", cytoscape),
        NetworkFormat("cx2", "application/vnd.cytoscape.cx2+json", "CX2", cx2),
        NetworkFormat("dot", "text/vnd.graphviz; charset=utf-8", "DOT", dot),
        NetworkFormat("net", "text/x-pajek; charset=utf-8", "Pajek", pajek),
        NetworkFormat("csv", "text/csv; charset=utf-8", "CSV of edges", edge_list),
        NetworkFormat("nodes.csv", "text/csv; charset=utf-8", "CSV of nodes", node_list),
    )
}
"""All formats, by the ending of their files."""


def network_format(name: str) -> NetworkFormat:
    """The format that the ending of a file's name means.

    Raises:
        QueryError: none has that ending.
    """
    for ending in sorted(NETWORK_FORMATS, key=len, reverse=True):
        if name.lower().endswith(f".{ending}"):
            return NETWORK_FORMATS[ending]
    raise QueryError(
        f"{name} has no ending that names a format of networks.",
        f"Use one of {', '.join(f'.{ending}' for ending in NETWORK_FORMATS)}.",
    )


def _cx2_type(column: str) -> str:
    return "integer" if column in COUNTS else "string"


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _csv(header: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode()


def _quoted(text: object) -> str:
    """A string of DOT, whose one escape is that of the quotation mark."""
    plain = str(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{plain}"'


def _dot_attributes(at: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={_quoted(value)}" for name, value in at.items() if value != "")


def _pajek_text(value: object) -> str:
    """A word of Pajek's, which has no escapes."""
    words = " ".join(str(value).replace('"', "'").split())
    return f'"{words}"'
