"""The graphs that follow from the documents' graphs: the ontology, links to the world, entailments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse

from graph.identity import Identity
from graph.iri import Namespace
from graph.model import Reading
from graph.rdf import A, term
from ontology.schema import ALIGNMENTS, ONTOLOGY, Schema, ontology_file


@dataclass(frozen=True, slots=True)
class Outside:
    """What other datasets call a thing; None where no table has it."""

    wikidata: str | None = None  # Q…
    geonames: str | None = None  # a number


def ontology_quads(names: Namespace) -> Iterator[Quad]:
    """The ontology and its alignments, so that queries can join labels of classes."""
    graph = NamedNode(names.graph("ontology"))
    axioms = Dataset(
        Quad(q.subject, q.predicate, q.object, graph)
        for name in (ONTOLOGY, ALIGNMENTS)
        for q in parse(ontology_file(name).read_bytes(), format=RdfFormat.TURTLE)
    )
    axioms.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)  # the same names for blank nodes every time
    yield from axioms


def link_quads(
    readings: Iterable[Reading],
    identity: Identity,
    names: Namespace,
    outside: Callable[[str], Outside],
) -> Iterator[Quad]:
    """``owl:sameAs`` for entities that were recognised as a row of the name tables.

    Args:
        readings: all readings of the graph.
        identity: the IRIs of their entities.
        names: the namespace of the IRIs.
        outside: the identifiers of a row, by its id.
    """
    graph = NamedNode(names.graph("links"))
    known = {
        (identity.iris[r.document.identifier, e.key], e.known)
        for r in readings
        for e in r.entities
        if e.known
    }
    for iri, row in sorted(known):
        found = outside(row)
        if found.wikidata:
            address = NamedNode(f"http://www.wikidata.org/entity/{found.wikidata}")
            yield Quad(NamedNode(iri), term("owl:sameAs"), address, graph)
        if found.geonames:
            address = NamedNode(f"https://sws.geonames.org/{found.geonames}/")
            yield Quad(NamedNode(iri), term("owl:sameAs"), address, graph)


def inferred_quads(quads: Iterable[Quad], schema: Schema, names: Namespace) -> Iterator[Quad]:
    """What class and property hierarchies, the alignments included, entail of the documents' quads."""
    graph = NamedNode(names.graph("inferred"))
    seen: set[Quad] = set()
    for quad in quads:
        if not isinstance(quad.subject, NamedNode):
            continue
        if quad.predicate == A and isinstance(quad.object, NamedNode):
            entailed = [
                Quad(quad.subject, A, NamedNode(t), graph) for t in schema.entailed_types(quad.object.value)
            ]
        else:
            above = schema.entailed_properties(quad.predicate.value)
            entailed = [Quad(quad.subject, NamedNode(p), quad.object, graph) for p in above]
        for new in entailed:
            if new not in seen:
                seen.add(new)
                yield new
