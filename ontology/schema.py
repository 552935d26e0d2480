"""The ontology as plain data: its classes, its properties, and what each entails.

Read once from ``diplograph.ttl`` and ``alignments.ttl``; a class or property goes by its local name
(``"Meeting"``), and by its IRI where other vocabularies come in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

NAMESPACE = "https://w3id.org/diplograph/ontology#"
ONTOLOGY = "diplograph.ttl"
ALIGNMENTS = "alignments.ttl"
SHAPES = "shapes.ttl"

_DG = Namespace(NAMESPACE)
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)


@dataclass(frozen=True, slots=True)
class OntologyClass:
    """A class of the ontology.

    ``parents`` and ``ancestors`` are local names of classes of the ontology, ``ancestors`` without the
    class itself and nearest first. ``plover`` ("CONSULT", or "NONE" where PLOVER has no such type) and
    ``polarity`` ("Cooperative", "Conflictual", "Neutral") are None for all but event classes.
    """

    name: str
    iri: str
    label: str
    comment: str
    parents: tuple[str, ...]
    ancestors: tuple[str, ...]
    plover: str | None
    polarity: str | None


@dataclass(frozen=True, slots=True)
class OntologyProperty:
    """A property of the ontology.

    ``domain`` and ``range`` are IRIs, None where the ontology leaves them open; ``parents`` and
    ``ancestors`` are local names, as for a class. ``literal`` is True where the values are always literals.
    """

    name: str
    iri: str
    label: str
    comment: str
    domain: str | None
    range: str | None
    parents: tuple[str, ...]
    ancestors: tuple[str, ...]
    literal: bool


@dataclass(frozen=True, slots=True)
class Schema:
    """All classes and properties of the ontology by local name, and the closure of the alignments."""

    version: str
    classes: Mapping[str, OntologyClass]
    properties: Mapping[str, OntologyProperty]
    superclasses: Mapping[str, tuple[str, ...]]
    superproperties: Mapping[str, tuple[str, ...]]

    @property
    def event_classes(self) -> tuple[str, ...]:
        """Local names of all classes below Event, in alphabetical order."""
        return self.below("Event")

    def below(self, ancestor: str) -> tuple[str, ...]:
        """Local names of all classes below one class, that class left out, in alphabetical order."""
        return tuple(sorted(name for name, cls in self.classes.items() if ancestor in cls.ancestors))

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether class ``cls`` is ``ancestor`` or below it (local names).

        Raises:
            KeyError: ``cls`` is no class of the ontology.
        """
        return cls == ancestor or ancestor in self.classes[cls].ancestors

    def entailed_types(self, iri: str) -> tuple[str, ...]:
        """IRIs of all other classes that an instance of the class ``iri`` belongs to, sorted."""
        return self.superclasses.get(iri, ())

    def entailed_properties(self, iri: str) -> tuple[str, ...]:
        """IRIs of all other properties that hold wherever the property ``iri`` does, sorted."""
        return self.superproperties.get(iri, ())


def ontology_file(name: str) -> Traversable:
    """A file of the ontology, by its name in this package, wherever the package is installed."""
    return files("ontology") / name


def read_graph(*names: str) -> Graph:
    """The Turtle files of those names in this package, parsed into one new graph."""
    graph = Graph()
    for name in names:
        graph.parse(data=ontology_file(name).read_bytes(), format="turtle")
    return graph


@cache
def load_schema() -> Schema:
    """The ontology and its alignments; parsed at the first call, the same object afterwards."""
    return schema_of(read_graph(ONTOLOGY, ALIGNMENTS))


def schema_of(graph: Graph) -> Schema:
    """The schema that a graph of OWL and RDFS axioms states for the terms of the diplograph namespace.

    Raises:
        ValueError: a term has no label or no comment, or the graph has no ``owl:versionInfo``.
    """
    classes = _terms(graph, (OWL.Class,))
    properties = _terms(graph, PROPERTY_KINDS)
    return Schema(
        version=_text(graph, URIRef(NAMESPACE.removesuffix("#")), OWL.versionInfo),
        classes=MappingProxyType({_local(c): _class(graph, c) for c in classes}),
        properties=MappingProxyType({_local(p): _property(graph, p) for p in properties}),
        superclasses=MappingProxyType(_closure(graph, RDFS.subClassOf)),
        superproperties=MappingProxyType(_closure(graph, RDFS.subPropertyOf)),
    )


def _terms(graph: Graph, kinds: Iterable[URIRef]) -> list[URIRef]:
    found = {
        s for kind in kinds for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef) and s in _DG
    }
    return sorted(found)


def _class(graph: Graph, term: URIRef) -> OntologyClass:
    polarity = graph.value(term, _DG.polarity)
    code = graph.value(term, _DG.ploverCode)
    return OntologyClass(
        name=_local(term),
        iri=str(term),
        label=_text(graph, term, RDFS.label),
        comment=_text(graph, term, RDFS.comment),
        parents=tuple(_local(p) for p in _own(_parents(graph, RDFS.subClassOf)(term))),
        ancestors=tuple(_local(p) for p in _own(_above(term, _parents(graph, RDFS.subClassOf)))),
        plover=None if code is None else str(code),
        polarity=_local(polarity) if isinstance(polarity, URIRef) else None,
    )


def _property(graph: Graph, term: URIRef) -> OntologyProperty:
    domain, range_ = graph.value(term, RDFS.domain), graph.value(term, RDFS.range)
    return OntologyProperty(
        name=_local(term),
        iri=str(term),
        label=_text(graph, term, RDFS.label),
        comment=_text(graph, term, RDFS.comment),
        domain=None if domain is None else str(domain),
        range=None if range_ is None else str(range_),
        parents=tuple(_local(p) for p in _own(_parents(graph, RDFS.subPropertyOf)(term))),
        ancestors=tuple(_local(p) for p in _own(_above(term, _parents(graph, RDFS.subPropertyOf)))),
        literal=(term, RDF.type, OWL.DatatypeProperty) in graph,
    )


def _text(graph: Graph, term: Node, predicate: URIRef) -> str:
    value = graph.value(term, predicate)
    if not isinstance(value, Literal):
        raise ValueError(f"{term} has no {predicate.n3(graph.namespace_manager)}")
    return str(value)


def _parents(graph: Graph, predicate: URIRef) -> Callable[[URIRef], list[URIRef]]:
    def parents(term: URIRef) -> list[URIRef]:
        return sorted(o for o in graph.objects(term, predicate) if isinstance(o, URIRef))

    return parents


def _above(term: URIRef, parents: Callable[[URIRef], list[URIRef]]) -> list[URIRef]:
    """Everything above a term, breadth first, the term itself left out."""
    found: dict[URIRef, None] = {}
    level = [term]
    while level:
        level = [p for t in level for p in parents(t) if p not in found and p != term]
        found.update(dict.fromkeys(level))
    return list(found)


def _closure(graph: Graph, predicate: URIRef) -> dict[str, tuple[str, ...]]:
    parents = _parents(graph, predicate)
    terms = {s for s in graph.subjects(predicate) if isinstance(s, URIRef)}
    return {str(t): tuple(sorted(map(str, _above(t, parents)))) for t in sorted(terms)}


def _own(terms: Iterable[URIRef]) -> Iterable[URIRef]:
    return (t for t in terms if t in _DG)


def _local(term: URIRef) -> str:
    return str(term).removeprefix(NAMESPACE)
