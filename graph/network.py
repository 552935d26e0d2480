"""Actor networks as networkx graphs, for Python users and for export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import networkx as nx

from graph.networks.actor_index import ActorIndex
from graph.networks.bonds import Bond, Fact, bonds, sentences
from graph.networks.filters import Filter
from graph.networks.kept_index import open_index
from graph.networks.view import View
from graph.networks.whole import Network
from ontology.schema import Schema, load_schema

WIKIDATA = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)$")


def load(store: Path | str, chosen: Filter | None = None) -> nx.MultiDiGraph[str]:
    """The network of a store: everyone a node, by IRI, and an edge for each fact that ties two of them.

    Edges run from who does something to whom it is done to; where the text gives no direction, both
    take part alike and the attribute ``directed`` is False.

    Args:
        store: the folder of a store.
        chosen: what to keep; by default all actors and what is told as actual, planned or possible.

    Raises:
        StoreError: nothing was built there.
        ParameterError, NotFoundError: the filter cannot be used.
    """
    schema = load_schema()
    return fact_graph(Network(View(open_index(Path(store), schema), schema, chosen)), schema)


def fact_graph(network: Network, schema: Schema) -> nx.MultiDiGraph[str]:
    """A network with an edge for each fact; its key is the fact's IRI, or of a relation its triple."""
    index = network.view.index
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    _add_nodes(graph, network, schema)
    for bond in bonds(index, schema, network.edges):
        for fact in bond.facts:
            graph.add_edge(
                index.things[fact.start],
                index.things[fact.goal],
                key=index.facts[fact.number],
                **_fact_attributes(index, fact),
            )
    return graph


def bond_graph(network: Network, schema: Schema) -> nx.Graph[str]:
    """A network with one edge for each pair: weights, counts, tone, classes and dates.

    ``spells`` are the pairs of first and last day of all dated facts behind an edge.
    """
    index = network.view.index
    graph: nx.Graph[str] = nx.Graph()
    _add_nodes(graph, network, schema)
    for bond in bonds(index, schema, network.edges):
        graph.add_edge(index.things[bond.one], index.things[bond.other], **_bond_attributes(bond))
    return graph


def kind_of(schema: Schema, cls: str) -> str:
    """The kind of thing that a class is, as in the addresses of the service, with ``state`` beside them."""
    for kind in ("State", "Person", "Institution", "Territory", "Instrument", "Event"):
        if cls == kind or kind in schema.classes[cls].ancestors:
            return kind.lower()
    return "actor" if cls == "Actor" else "entity"


def wikidata_of(index: ActorIndex, thing: int) -> str | None:
    """The Wikidata id of a thing, where the graph links it."""
    found = (WIKIDATA.match(index.link_iris[int(link)]) for link in index.links[thing])
    return next((match[1] for match in found if match), None)


def _add_nodes(graph: nx.Graph[str], network: Network, schema: Schema) -> None:
    index = network.view.index
    for thing in network.things.tolist():
        cls = index.type_of(thing)
        graph.add_node(
            index.things[thing],
            label=index.labels[thing],
            kind=kind_of(schema, cls),
            cls=cls,
            wikidata=wikidata_of(index, thing) or "",
        )


def _fact_attributes(index: ActorIndex, fact: Fact) -> dict[str, Any]:
    documents = dict.fromkeys(index.identifiers[int(index.account_document[a])] for a in fact.accounts)
    return {
        "tie": fact.ties[0],
        "cls": fact.cls,
        "polarity": fact.polarity,
        "factuality": fact.factuality,
        "when": fact.when or None,
        "start": fact.begin,
        "end": fact.end,
        "directed": fact.directed,
        "documents": list(documents),
        "sentences": [s.quote for account in fact.accounts for s in sentences(index, account)],
    }


def _bond_attributes(bond: Bond) -> dict[str, Any]:
    return {
        "weight": bond.weight,
        "events": bond.events,
        "reports": bond.reports,
        "documents": bond.documents,
        "sentences": bond.sentences,
        "cooperative": bond.cooperative,
        "conflictual": bond.conflictual,
        "neutral": bond.neutral,
        "polarity": bond.polarity,
        "factuality": bond.factuality,
        "classes": list(bond.classes),
        "ties": list(bond.ties),
        "first": bond.first,
        "last": bond.last,
        "spells": bond.spells,
    }
