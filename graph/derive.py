"""The graphs that follow from the documents' graphs: the ontology and what it entails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse

from graph.iri import Namespace
from graph.rdf import A
from ontology.schema import ALIGNMENTS, ONTOLOGY, Schema, ontology_file


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
