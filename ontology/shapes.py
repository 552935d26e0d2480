"""Validation of the graphs of documents against ``shapes.ttl``, in reports that an analyst understands.

pySHACL runs on rdflib graphs and on pyoxigraph stores alike; on a store, SPARQL constraints take a
hundredth of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol, cast

import pyshacl
from pyshacl.errors import ReportableRuntimeError
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from ontology.schema import ALIGNMENTS, NAMESPACE, ONTOLOGY, PROPERTY_KINDS, SHAPES, read_graph

_MARK = "https://w3id.org/diplograph/shapes#Graph"


class Triples(Protocol):
    """Triples that SPARQL can add to: a ``pyoxigraph.Store`` or an ``rdflib.Graph``."""

    def update(self, update: str, /) -> object:
        """Run a SPARQL update."""


@dataclass(frozen=True, slots=True)
class Violation:
    """Something in a graph that breaks the data contract.

    ``focus`` is the IRI of the thing that is wrong, ``path`` the prefixed name of the property at fault
    and ``value`` its value, where one is to blame; ``message`` is the rule that is broken, in a sentence;
    ``document`` is the name of the graph, which is the IRI of its document.
    """

    focus: str
    path: str | None
    message: str
    document: str
    value: str | None = None

    def __str__(self) -> str:
        return f"{self.focus}: {self.message}" + (f" Here: {self.value}" if self.value else "")


def validate(graphs: Iterable[tuple[str, Triples]]) -> Iterator[Violation]:
    """All that is wrong in the graphs of documents, each given with its name.

    Each ``Triples`` holds one named graph and nothing else, in a copy of the caller's: the class hierarchy
    of the ontology is added to it. The violations of a graph come in order, each once.

    Raises:
        pyshacl.errors.ReportableRuntimeError: a shape cannot be run.
    """
    for name, triples in graphs:
        triples.update(f"INSERT DATA {{ <{name}> a <{_MARK}> }}")
        yield from _report(name, triples)


def validate_links(name: str, triples: Triples) -> Iterator[Violation]:
    """As ``validate``, for the graphs of links and of names, which are not graphs of documents."""
    yield from _report(name, triples)


def _report(name: str, triples: Triples) -> list[Violation]:
    triples.update(_hierarchy())
    # The annotation of pyshacl.validate leaves out the stores that it accepts.
    _, report, text = pyshacl.validate(cast("Graph", triples), shacl_graph=_shapes(), inplace=True)
    if not isinstance(report, Graph):
        raise ReportableRuntimeError(text)
    found = {_violation(report, node, name) for node in report.subjects(RDF.type, SH.ValidationResult)}
    return sorted(found, key=lambda v: (v.focus, v.path or "", v.message, v.value or ""))


def _violation(report: Graph, node: Node, document: str) -> Violation:
    focus, value = report.value(node, SH.focusNode), report.value(node, SH.value)
    if (node, SH.sourceConstraintComponent, SH.SPARQLConstraintComponent) in report and value is not None:
        focus, value = value, None
    path = report.value(node, SH.resultPath)
    return Violation(
        focus=_shown(report, focus),
        path=_shown(report, path) if isinstance(path, URIRef) else None,
        message=str(report.value(node, SH.resultMessage)).replace(NAMESPACE, "dg:"),
        document=document,
        value=None if value in (None, focus) else _shown(report, value),
    )


def _shown(report: Graph, term: Node | None) -> str:
    """A term for reading: literals as they are, IRIs of the ontology and the usual vocabularies prefixed."""
    if not isinstance(term, URIRef):
        return str(term)
    prefixed = term.n3(report.namespace_manager)
    return str(term) if prefixed.startswith("<") else prefixed


@cache
def _shapes() -> Graph:
    return read_graph(SHAPES)


@cache
def _hierarchy() -> str:
    """A SPARQL update that adds which classes are below which, and what is a class or property at all."""
    axioms = read_graph(ONTOLOGY, ALIGNMENTS, SHAPES)
    facts = [t for t in axioms.triples((None, RDFS.subClassOf, None)) if isinstance(t[2], URIRef)]
    facts += [(s, RDF.type, OWL.Class) for s in axioms.subjects(RDF.type, OWL.Class)]
    facts += [(s, RDF.type, RDF.Property) for kind in PROPERTY_KINDS for s in axioms.subjects(RDF.type, kind)]
    return "INSERT DATA {" + " ".join(f"{s.n3()} {p.n3()} {o.n3()} ." for s, p, o in sorted(facts)) + "}"
