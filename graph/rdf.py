"""From a Reading and the identity map to the quads of the document's named graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from graph.identities.accounts import as_told_once
from graph.identity import Identity, event_label, tenure_iri
from graph.iri import DG, Namespace
from graph.model import Document, Entity, Event, Mention, Reading, Relation, Span, Tenure

PREFIXES = {
    "dg": DG,
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
}
EDTF = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
_PARTICIPANTS = {"initiator", "recipient"}


def term(curie: str) -> NamedNode:
    """The IRI of a prefixed name such as ``dg:Event``."""
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


A = term("rdf:type")


def document_quads(reading: Reading, identity: Identity, names: Namespace) -> Iterator[Quad]:
    """All that one document says, as quads of its named graph."""
    writer = _Writer(reading, identity, names)
    yield from writer.document(reading.document)
    yield from writer.entities()
    for mention in reading.mentions:
        yield from writer.mention(mention)
    for tenure in reading.tenures:
        yield from writer.tenure(tenure)
    for accounts in writer.events():
        yield from writer.event(accounts)
    for relation in reading.relations:
        yield from writer.relation(relation)


def issued_literal(edtf: str) -> Literal | None:
    """A date of issue as the XSD type of its precision; None where XSD has none (seasons, intervals)."""
    for pattern, kind in (
        (r"\d{4}-\d\d-\d\d", "xsd:date"),
        (r"\d{4}-\d\d", "xsd:gYearMonth"),
        (r"\d{4}", "xsd:gYear"),
    ):
        if re.fullmatch(pattern, edtf):
            return Literal(edtf, datatype=term(kind))
    return None


@dataclass(slots=True)
class _Writer:
    reading: Reading
    identity: Identity
    names: Namespace

    @property
    def graph(self) -> NamedNode:
        return NamedNode(self.names.document(self.reading.document.identifier))

    def iri(self, key: str) -> NamedNode:
        return NamedNode(self.identity.iris[self.reading.document.identifier, key])

    def say(self, subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, term(predicate), value, self.graph)

    def phrase(self, span: Span, kind: str = "nif:Phrase") -> Iterator[Quad]:
        """A stretch of text with its offsets and words; its IRI is ``names.phrase(…)``."""
        document = self.reading.document
        node = NamedNode(self.names.phrase(document.identifier, span))
        number = term("xsd:nonNegativeInteger")
        yield self.say(node, "rdf:type", term(kind))
        yield self.say(node, "nif:referenceContext", self.graph)
        yield self.say(node, "nif:beginIndex", Literal(str(span.begin), datatype=number))
        yield self.say(node, "nif:endIndex", Literal(str(span.end), datatype=number))
        yield self.say(node, "nif:anchorOf", Literal(document.text[span.begin : span.end]))

    def document(self, d: Document) -> Iterator[Quad]:
        node = self.graph
        yield self.say(node, "rdf:type", term("dg:Document"))
        yield self.say(node, "rdf:type", term("nif:Context"))
        yield self.say(node, "dcterms:identifier", Literal(d.identifier))
        yield self.say(node, "nif:isString", Literal(d.text))
        if d.title:
            yield self.say(node, "dcterms:title", Literal(d.title))
        if d.issued and (issued := issued_literal(d.issued)):
            yield self.say(node, "dcterms:issued", issued)
        if d.url and (address := _web_address(d.url)):
            yield self.say(node, "dcterms:source", address)
        if publisher := self.identity.publishers.get(d.identifier):
            yield self.say(node, "dcterms:publisher", NamedNode(publisher))
            if NamedNode(publisher) not in map(self.iri, (e.key for e in self.reading.entities)):
                yield from self.described(NamedNode(publisher), "dg:Institution")
        if place := self.place_of_issue(d):
            yield self.say(node, "dcterms:spatial", place)

    def place_of_issue(self, d: Document) -> NamedNode | None:
        """The territory that the document's place names, where the document mentions it."""
        wanted = (d.place or "").casefold()
        for entity in self.reading.entities:
            if entity.kind == "territory" and wanted in {
                n.casefold() for n in (entity.name, *entity.aliases)
            }:
                return self.iri(entity.key)
        return None

    def described(self, node: NamedNode, cls: str) -> Iterator[Quad]:
        yield self.say(node, "rdf:type", term(cls))
        yield self.say(node, "rdfs:label", Literal(self.identity.labels[node.value], language="en"))

    def entities(self) -> Iterator[Quad]:
        states: dict[NamedNode, NamedNode] = {}  # the first for each institution, which has only one
        for entity in self.reading.entities:
            node = self.iri(entity.key)
            yield from self.entity(node, entity)
            if entity.state and entity.kind == "institution":
                yield self.say(node, "dg:ofState", states.setdefault(node, self.iri(entity.state)))

    def entity(self, node: NamedNode, entity: Entity) -> Iterator[Quad]:
        yield from self.described(node, f"dg:{entity.cls}")
        for form in sorted({entity.name, *entity.aliases} - {self.identity.labels[node.value]}):
            yield self.say(node, "skos:altLabel", Literal(form, language="en"))

    def mention(self, mention: Mention) -> Iterator[Quad]:
        identifier = self.reading.document.identifier
        node = NamedNode(self.names.phrase(identifier, mention.span))
        yield from self.phrase(mention.span)
        yield self.say(node, "itsrdf:taIdentRef", self.iri(mention.refers_to))
        yield self.say(node, "dg:resolvedBy", Literal(mention.rule))
        if mention.antecedent and mention.antecedent != mention.span:
            antecedent = NamedNode(self.names.phrase(identifier, mention.antecedent))
            yield self.say(node, "dg:antecedent", antecedent)

    def evidence(self, node: NamedNode, sentence: Span) -> Iterator[Quad]:
        yield from self.phrase(sentence, "nif:Sentence")
        phrase = NamedNode(self.names.phrase(self.reading.document.identifier, sentence))
        yield self.say(node, "prov:wasDerivedFrom", phrase)

    def tenure(self, tenure: Tenure) -> Iterator[Quad]:
        holder = self.iri(tenure.holder)
        of = self.iri(tenure.of) if tenure.of else None
        node = NamedNode(tenure_iri(tenure, holder.value, of.value if of else None, self.names))
        yield self.say(node, "rdf:type", term("dg:Tenure"))
        yield self.say(node, "dg:holder", holder)
        yield self.say(node, "dg:title", Literal(tenure.title, language="en"))
        if of:
            yield self.say(node, "dg:of", of)
        yield from self.evidence(node, tenure.sentence)

    def events(self) -> list[list[Event]]:
        """The document's accounts of each event, in the order of the text; mostly one."""
        accounts: dict[NamedNode, list[Event]] = {}
        for event in self.reading.events:
            accounts.setdefault(self.iri(event.key), []).append(event)
        return list(accounts.values())

    def event(self, accounts: list[Event]) -> Iterator[Quad]:
        event = as_told_once(accounts)
        node = self.iri(event.key)
        yield self.say(node, "rdfs:label", Literal(self.event_label(event), language="en"))
        yield self.say(node, "dg:factuality", term(f"dg:{event.factuality.capitalize()}"))
        for account in accounts:
            yield self.say(node, "rdf:type", term(f"dg:{account.cls}"))
            yield self.say(node, "dg:rule", Literal(account.rule))
        for role in event.roles:
            if role.entity:
                value: NamedNode | Literal = self.iri(role.entity)
                if role.name in _PARTICIPANTS:
                    yield self.say(node, "dg:participant", value)
            else:
                value = Literal(role.literal or "", language="en")
            yield self.say(node, f"dg:{role.name}", value)
        yield from self.time(node, event)
        if event.source:
            yield self.say(node, "dg:source", self.iri(event.source))
        if event.says:
            yield self.say(node, "dg:says", Literal(event.says, language="en"))
        if event.part_of:
            yield self.say(node, "dg:subEventOf", self.iri(event.part_of))
        for sentence in event.sentences:
            yield from self.evidence(node, sentence)

    def time(self, node: NamedNode, event: Event) -> Iterator[Quad]:
        if event.when is None:
            return
        yield self.say(node, "dg:when", Literal(event.when.edtf, datatype=EDTF))
        for predicate, day in (("dg:startDate", event.when.start), ("dg:endDate", event.when.end)):
            if day:
                yield self.say(node, predicate, Literal(day, datatype=term("xsd:date")))

    def event_label(self, event: Event) -> str:
        """What the event is called in all documents."""
        of_all = self.identity.labels.get(self.iri(event.key).value)
        identifier = self.reading.document.identifier
        return of_all or event_label(event, identifier, self.identity.iris, self.identity.labels)

    def relation(self, relation: Relation) -> Iterator[Quad]:
        """The relation as a triple, and as an ``rdf:Statement`` that points at its sentence."""
        subject, object_ = self.iri(relation.subject), self.iri(relation.object)
        if subject == object_:  # two names of what was judged to be one
            return
        predicate = f"dg:{relation.predicate}"
        yield self.say(subject, predicate, object_)
        ends = (subject.value.rsplit("/", 1)[1], relation.predicate, object_.value.rsplit("/", 1)[1])
        node = NamedNode(f"{self.graph.value}#relation={','.join(ends)}")
        yield self.say(node, "rdf:type", term("rdf:Statement"))
        yield self.say(node, "rdf:subject", subject)
        yield self.say(node, "rdf:predicate", term(predicate))
        yield self.say(node, "rdf:object", object_)
        yield self.say(node, "dg:rule", Literal(relation.rule))
        yield from self.evidence(node, relation.sentence)


def _web_address(url: str) -> NamedNode | None:
    """An address as an IRI; None where it is none, since a text's metadata may hold anything."""
    if not re.match(r"https?://[^/\s]", url):
        return None
    try:
        return NamedNode(url)
    except ValueError:
        return None
