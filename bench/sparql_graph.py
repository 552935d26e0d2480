"""A graph of any size for measuring the SPARQL service: documents with events among people, from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from graph.rdf import term
from graph.store import Store

BASE = "https://w3id.org/diplograph/"
EVENTS_PER_DOCUMENT = 10
_KINDS = ("Meeting", "Visit", "Statement", "Criticism", "Agreement", "Aid")
_FACTUALITIES = ("dg:Actual", "dg:Actual", "dg:Planned", "dg:Denied")


def write(folder: Path, triples: int, seed: int = 7) -> int:
    """Publish a graph of about so many statements; returns how many documents it has."""
    made = list(graphs(triples, seed))
    with Store(folder) as store:
        store.fill(quad for _, found in made for quad in found)
        store.publish()
    return len(made)


def graphs(triples: int, seed: int = 7) -> Iterator[tuple[str, list[ox.Quad]]]:
    """Named graphs with about so many statements in all; a few people are in most."""
    chance = random.Random(seed)
    people = max(50, triples // 200)
    made = number = 0
    while made < triples:
        graph = ox.NamedNode(f"{BASE}doc/{number}")
        found = [ox.Quad(graph, term("rdf:type"), term("dg:Document"), graph)]
        for position in range(EVENTS_PER_DOCUMENT):
            found += _event(chance, people, graph, f"{number}-{position}")
        made += len(set(found))
        number += 1
        yield graph.value, found


def _event(chance: random.Random, people: int, graph: ox.NamedNode, name: str) -> Iterator[ox.Quad]:
    """One event with two people, a place, a day, a factuality and its sentence."""

    def say(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(subject, term(predicate), value, graph)

    event, sentence = _thing("event", name), ox.NamedNode(f"{graph.value}#char={name}")
    day = f"{chance.randint(2010, 2024)}-{chance.randint(1, 12):02}-01"
    yield say(event, "rdf:type", term(f"dg:{chance.choice(_KINDS)}"))
    yield say(event, "dg:when", ox.Literal(day))
    yield say(event, "dg:factuality", term(chance.choice(_FACTUALITIES)))
    yield say(event, "prov:wasDerivedFrom", sentence)
    yield say(sentence, "nif:anchorOf", ox.Literal(f"Sentence {name} says who did what to whom, and where."))
    place = chance.randint(1, 100)
    yield say(event, "dg:place", _thing("territory", place))
    yield say(_thing("territory", place), "rdfs:label", ox.Literal(f"Place {place}"))
    for role in ("dg:initiator", "dg:recipient"):
        person = min(people, int(chance.paretovariate(0.6)))
        yield say(event, role, _thing("person", person))
        yield say(_thing("person", person), "rdf:type", term("dg:Person"))
        yield say(_thing("person", person), "rdfs:label", ox.Literal(f"Person {person}"))


def _thing(kind: str, number: object) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}id/{kind}/{number}")
