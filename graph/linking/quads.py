"""The graph of links: what the world outside calls the texts' things, why, and what it knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, Triple

from graph.iri import DG, Namespace, digest
from graph.linking.linker import Link, Linked
from graph.rdf import A, issued_literal, term
from ontology.knowledge_tables import Thing

_WGS84 = "http://www.w3.org/2003/01/geo/wgs84_pos#"
_OF_THINGS = ("http://www.wikidata.org/entity/", "http://dbpedia.org/resource/")
_DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def link_quads(linked: Linked, names: Namespace) -> Iterator[Quad]:
    """All links as quads of the graph ``{base}graph/links``.

    A certain link is ``owl:sameAs``, an uncertain one ``skos:closeMatch``; each has a ``dg:Link`` that tells
    score, reason, source and licence. Of what is linked with certainty come coordinates, country and dates.

    Args:
        linked: the links, and the version of the knowledge base that they come from.
        names: the namespace of the IRIs.
    """
    graph = NamedNode(names.graph("links"))
    statements = list(_statements(linked, names))
    if statements and linked.version:
        base = NamedNode(f"{names.base}knowledge/{linked.version}")
        statements += [
            Triple(graph, term("prov:wasDerivedFrom"), base),
            Triple(base, A, term("prov:Entity")),
            Triple(base, term("dcterms:identifier"), Literal(linked.version)),
        ]
    for statement in statements:
        yield Quad(statement.subject, statement.predicate, statement.object, graph)


def _statements(linked: Linked, names: Namespace) -> Iterator[Triple]:
    for link in linked.links:
        yield from _link(link, names)
        if link.same:
            yield from _facts(NamedNode(link.iri), link.target.thing, names)


def address_of(thing: Thing) -> NamedNode:
    """What the world calls a thing: its Wikidata item, or its IRI in the dataset that told of it."""
    return NamedNode(f"http://www.wikidata.org/entity/{thing.qid}" if thing.qid else thing.id)


def _predicate(link: Link) -> NamedNode:
    """How sure a link is; of datasets whose IRIs are not those of things, no more than a match is said."""
    if not link.same:
        return term("skos:closeMatch")
    known = address_of(link.target.thing).value.startswith(_OF_THINGS)
    return term("owl:sameAs" if known else "skos:exactMatch")


def _link(link: Link, names: Namespace) -> Iterator[Triple]:
    thing = link.target.thing
    entity, item = NamedNode(link.iri), address_of(thing)
    yield Triple(entity, _predicate(link), item)
    kind, slug = link.iri.rsplit("/", 2)[1:]
    node = NamedNode(names.thing("link", f"{kind}-{slug}-{thing.qid.lower() or digest(thing.id, 12)}"))
    yield Triple(node, A, NamedNode(f"{DG}Link"))
    yield Triple(node, NamedNode(f"{DG}linkFrom"), entity)
    yield Triple(node, NamedNode(f"{DG}linkTo"), item)
    yield Triple(node, NamedNode(f"{DG}score"), Literal(f"{link.score:.3f}", datatype=_DECIMAL))
    yield Triple(node, NamedNode(f"{DG}reason"), Literal(link.reason, language="en"))
    for source in thing.sources:
        yield Triple(node, term("dcterms:source"), Literal(source))
    if thing.licence:
        yield Triple(node, term("dcterms:license"), Literal(thing.licence))
    if link.asked:
        yield Triple(node, term("dcterms:created"), Literal(link.asked, datatype=term("xsd:date")))


def _facts(entity: NamedNode, thing: Thing, names: Namespace) -> Iterator[Triple]:
    """What the knowledge base has of a thing, besides its names."""
    if thing.geonames:
        yield Triple(entity, term("owl:sameAs"), NamedNode(f"https://sws.geonames.org/{thing.geonames}/"))
    if thing.enwiki:
        page = quote(thing.enwiki.replace(" ", "_"), safe="/:@!$&'()*+,;=~-._")
        yield Triple(entity, term("owl:sameAs"), NamedNode(f"http://dbpedia.org/resource/{page}"))
    if thing.lat is not None and thing.lon is not None:
        yield Triple(entity, NamedNode(f"{_WGS84}lat"), Literal(f"{thing.lat:.4f}", datatype=_DECIMAL))
        yield Triple(entity, NamedNode(f"{_WGS84}long"), Literal(f"{thing.lon:.4f}", datatype=_DECIMAL))
    for country in thing.country[:1]:
        yield Triple(entity, NamedNode(f"{DG}country"), NamedNode(names.thing("territory", country)))
    began, ended = ("born", "died") if thing.kind == "person" else ("founded", "dissolved")
    for name, value in ((began, thing.begun), (ended, thing.ended)):
        if value and (literal := issued_literal(value)):
            yield Triple(entity, NamedNode(f"{DG}{name}"), literal)
