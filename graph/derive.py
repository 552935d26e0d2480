"""The graphs beside the documents' graphs: the ontology, what it entails, and whose word a name is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, parse

from graph.identities.geography import Geography
from graph.identity import Identity
from graph.iri import Namespace, slug
from graph.model import Reading
from graph.rdf import A, term
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


def name_quads(
    readings: Iterable[Reading], identity: Identity, geography: Geography, names: Namespace
) -> Iterator[Quad]:
    """The names of the graph's territories that are the word of one side, as ``dg:Naming``.

    Args:
        readings: all readings of the graph.
        identity: the IRIs of their entities.
        geography: what the name tables know of territories.
        names: the namespace of the IRIs.
    """
    graph = NamedNode(names.graph("names"))
    rows = {
        (identity.iris[r.document.identifier, e.key], e.known)
        for r in readings
        for e in r.entities
        if e.known and e.kind == "territory"
    }
    for iri, row in sorted(rows):
        forms: dict[str, tuple[str, str]] = {}
        for form, state in geography.words_of_sides(row):
            forms.setdefault(slug(form), (form, state))  # the first of those that differ in capitals
        for name, (form, state) in forms.items():
            node = NamedNode(f"{iri}#name={name}")
            yield Quad(node, A, term("dg:Naming"), graph)
            yield Quad(node, term("dg:names"), NamedNode(iri), graph)
            yield Quad(node, term("dg:form"), Literal(form, language="en"), graph)
            yield Quad(node, term("dg:usedBy"), NamedNode(names.thing("territory", state)), graph)


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
