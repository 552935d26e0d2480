"""Findings: what the graph says of one document, in the terms in which annotators speak of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.evaluation.matching import plain
from graph.identity import Identity, identify, tenure_iri
from graph.iri import Namespace
from graph.linking.linker import Linked
from graph.model import EntityKind, Event, Factuality, Reading, Span
from graph.rdf import issued_literal
from ontology.annotation import Annotation
from ontology.schema import Schema

_TAKING_PART = frozenset({"participant", "initiator", "recipient"})


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that a document mentions; ``names`` are those it has in the whole graph, made plain."""

    iri: str
    kind: EntityKind
    cls: str
    label: str
    names: frozenset[str]
    wikidata: str | None


@dataclass(frozen=True, slots=True)
class FoundOffice:
    """A tenure: holder and state or institution by their IRIs."""

    iri: str
    holder: str
    title: str
    of: str | None


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event; ``types`` are the annotated classes that it belongs to, people and places are IRIs."""

    iri: str
    types: frozenset[str]
    participants: frozenset[str]
    places: frozenset[str]
    when: str | None
    factuality: Factuality
    sources: frozenset[str]
    sentences: tuple[Span, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the graph says of one document; relations are (subject, predicate, object)."""

    text: str = ""
    entities: tuple[Found, ...] = ()
    offices: tuple[FoundOffice, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    relations: frozenset[tuple[str, str, str]] = frozenset()
    issued: str | None = None


Finder = Callable[[Iterable[Reading]], Mapping[str, Findings]]
"""What the graph of some readings says of each document, by its identifier."""


def find(
    readings: Iterable[Reading],
    names: Namespace,
    terms: tuple[Schema, Annotation],
    known: Callable[[str], str | None],
    links: Callable[[Sequence[Reading], Identity], Linked],
) -> dict[str, Findings]:
    """What the graph of some readings says of each document, by its identifier.

    Args:
        readings: all readings of the graph.
        names: the namespace of the IRIs.
        terms: the ontology, and what annotators mark of it.
        known: the id of an institution in the name tables by its name.
        links: what readings and their identities are linked to.
    """
    ordered = sorted(readings, key=lambda r: r.document.identifier)
    identity = identify(ordered, names, known)
    graph = _Graph(identity, names, *terms, links(ordered, identity).same)
    forms: dict[str, set[str]] = defaultdict(set)
    for reading in ordered:
        for entity in reading.entities:
            forms[graph.iri(reading, entity.key)] |= {entity.name, *entity.aliases}
    return {r.document.identifier: graph.findings(r, forms) for r in ordered}


@dataclass(frozen=True, slots=True)
class _Graph:
    identity: Identity
    names: Namespace
    schema: Schema
    annotation: Annotation
    wikidata: Mapping[str, str]  # of IRIs

    def iri(self, reading: Reading, key: str) -> str:
        return self.identity.iris[reading.document.identifier, key]

    def findings(self, reading: Reading, forms: Mapping[str, set[str]]) -> Findings:
        document = reading.document
        dated = document.issued and issued_literal(document.issued)
        return Findings(
            text=document.text,
            entities=tuple(self._entities(reading, forms)),
            offices=tuple(self._offices(reading)),
            events=tuple(self._events(reading)),
            relations=frozenset(
                (self.iri(reading, r.subject), r.predicate, self.iri(reading, r.object))
                for r in reading.relations
                if r.predicate in self.annotation.relations
            ),
            issued=document.issued if dated else None,
        )

    def _entities(self, reading: Reading, forms: Mapping[str, set[str]]) -> Iterable[Found]:
        """The entities that are mentioned, each IRI once."""
        text = reading.document.text
        mentioned: dict[str, set[str]] = defaultdict(set)
        for m in reading.mentions:
            mentioned[self.iri(reading, m.refers_to)].add(text[m.span.begin : m.span.end])
        found: dict[str, Found] = {}
        for entity in reading.entities:
            iri = self.iri(reading, entity.key)
            if iri in mentioned and iri not in found:
                label = self.identity.labels[iri]
                shown = {plain(n) for n in (label, *forms[iri], *mentioned[iri])} - {""}
                item = self.wikidata.get(iri)
                found[iri] = Found(iri, entity.kind, entity.cls, label, frozenset(shown), item)
        return found.values()

    def _offices(self, reading: Reading) -> Iterable[FoundOffice]:
        found: dict[FoundOffice, None] = {}
        for t in reading.tenures:
            holder = self.iri(reading, t.holder)
            of = self.iri(reading, t.of) if t.of else None
            found[FoundOffice(tenure_iri(t, holder, of, self.names), holder, t.title, of)] = None
        return found

    def _events(self, reading: Reading) -> Iterable[FoundEvent]:
        """The events of annotated classes, each IRI once."""
        found: dict[str, FoundEvent] = {}
        for event in reading.events:
            ancestors = {event.cls, *self.schema.classes[event.cls].ancestors}
            types = frozenset(ancestors & set(self.annotation.events))
            if types:
                new = self._event(reading, event, types)
                found[new.iri] = _both(found[new.iri], new) if new.iri in found else new
        return found.values()

    def _event(self, reading: Reading, event: Event, types: frozenset[str]) -> FoundEvent:
        filled = [(r.name, self.iri(reading, r.entity)) for r in event.roles if r.entity]
        return FoundEvent(
            iri=self.iri(reading, event.key),
            types=types,
            participants=frozenset(iri for role, iri in filled if role in _TAKING_PART),
            places=frozenset(iri for role, iri in filled if role == "place"),
            when=event.when.edtf if event.when else None,
            factuality=event.factuality,
            sources=frozenset({self.iri(reading, event.source)} if event.source else ()),
            sentences=event.sentences,
            rule=event.rule,
        )


def _both(one: FoundEvent, other: FoundEvent) -> FoundEvent:
    """What a graph says of two events that have the same IRI."""
    return replace(
        one,
        participants=one.participants | other.participants,
        places=one.places | other.places,
        when=one.when or other.when,
        sources=one.sources | other.sources,
        sentences=tuple(dict.fromkeys((*one.sentences, *other.sentences))),
    )
