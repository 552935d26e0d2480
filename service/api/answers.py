"""What the API answers, as models: the schemas of its OpenAPI document."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import Field

from service.api.openapi import Answer

Item = TypeVar("Item")


class Thing(Answer):
    """A person, institution, territory, instrument or event."""

    id: str = Field(description="KIND/NAME, or the IRI where that lies elsewhere.")
    iri: str
    label: str
    kind: str = Field(description="person, institution, state, territory, instrument, event or entity.")
    cls: str = Field(serialization_alias="class", description="The most specific class of the ontology.")


class Evidence(Answer):
    """A sentence, or the words that name something; offsets count the code points of the document's text."""

    document: str = Field(description="The document's identifier.")
    id: str = Field(description="The document's name in /api/documents/.")
    begin: int
    end: int
    quote: str


class Fact(Answer):
    """An event, tenure or relation that ties two things."""

    id: str | None = Field(description="Of an event; None for others.")
    label: str
    basis: str = Field(description="event, tenure or relation.")
    cls: str = Field(serialization_alias="class")
    ties: list[str]
    polarity: str | None
    factuality: str
    when: str | None = Field(description="EDTF, as precise as the text.")
    begin: str | None
    end: str | None
    source: str = Field(description="The id of the thing from which the tie goes.")
    target: str
    directed: bool = Field(description="Whether the text gives a direction.")
    reports: int = Field(description="Documents that tell of it, of those asked for.")
    evidence: list[Evidence]


class Edge(Answer):
    """A pair of things with all that ties them; events and reports are counted apart."""

    source: str = Field(description="The id of one of them.")
    target: str
    weight: int = Field(description="Facts in common.")
    events: int = Field(description="Events among them.")
    reports: int = Field(description="Accounts of the facts: what one document says of one fact.")
    documents: int
    sentences: int
    cooperative: int
    conflictual: int
    neutral: int
    tone: float | None = Field(description="Cooperative less conflictual events by their sum.")
    classes: dict[str, int]
    ties: dict[str, int]
    first: str | None
    last: str | None
    facts: list[Fact] = Field(description="The latest of them.")


class Page(Answer, Generic[Item]):
    """A part of a list, whose order is the same as long as the graph is."""

    total: int
    offset: int
    items: list[Item]


class Found(Thing):
    """An entity that a search found."""

    mentions: int
    documents: int


class Neighbour(Answer):
    """Someone tied to an entity, and by what."""

    thing: Thing
    edge: Edge


class Tenure(Answer):
    """An office that someone holds."""

    title: str
    holder: Thing
    of: Thing | None
    evidence: list[Evidence]


class Relation(Answer):
    """A relation, seen from one of its ends."""

    relation: str
    inverse: bool = Field(description="Whether the entity is the object of the relation.")
    other: Thing
    evidence: list[Evidence]


class Role(Answer):
    """Who or what has a role: a thing, or words."""

    role: str
    thing: Thing | None
    words: str | None


class Account(Answer):
    """What one document says of an event."""

    document: str
    publisher: Thing | None
    issued: str | None
    cls: str = Field(serialization_alias="class")
    factuality: str
    when: str | None
    begin: str | None
    end: str | None
    says: str | None
    roles: list[Role]
    evidence: list[Evidence]


class Event(Answer):
    """An event as all documents tell it together; where they differ, as the first of them does."""

    id: str
    iri: str
    label: str
    cls: str = Field(serialization_alias="class")
    polarity: str | None
    factuality: str
    when: str | None
    begin: str | None
    end: str | None
    says: str | None
    roles: list[Role]
    reports: int
    evidence: list[Evidence]


class Entity(Thing):
    """All that is known of an entity."""

    names: list[str]
    wikidata: str | None
    links: list[str]
    mentions: int
    documents: int
    first_mention: Evidence | None
    tenures: list[Tenure]
    relations: list[Relation]
    roles: list[Role] = Field(description="Of an event: who and what takes part.")
    accounts: list[Account] = Field(description="Of an event: what each document says.")
    events: int = Field(description="Events it has a role in; /api/timeline lists all.")
    latest: list[Event] = Field(description="The latest of these, those without a date last.")


class EgoNode(Thing):
    """A thing and the steps to it."""

    steps: int


class Ego(Answer):
    """The network around an entity."""

    center: Thing
    depth: int
    total: int = Field(description="Things within reach.")
    nodes: list[EgoNode]
    edges: list[Edge]


class Way(Answer):
    """One path: its nodes, and what each step rests on."""

    length: int
    nodes: list[Thing]
    steps: list[Edge]


class Paths(Answer):
    """The paths between two things; none where there is none of the length allowed."""

    source: Thing
    target: Thing
    longest: int
    paths: list[Way]


class NetworkPart(Answer):
    """A part of the edges of a network, the heaviest first, and the nodes that they join."""

    total: int = Field(description="Edges of the whole network.")
    total_nodes: int
    offset: int
    nodes: list[Thing]
    edges: list[Edge]


class Scored(Answer):
    """A node and its score."""

    thing: Thing
    score: float
    neighbours: int
    weight: int


class Scores(Page[Scored]):
    """A measure of all nodes, the highest first."""

    measure: str
    sample: int | None = Field(description="Nodes it was estimated from; None where it is exact.")


class Community(Answer):
    """A group of nodes with more ties among them than chance would have it."""

    number: int
    size: int
    members: list[Scored] = Field(description="Those with most facts in common with others of the network.")


class Groups(Page[Community]):
    """The communities of a network, the largest first."""

    method: str
    modularity: float


class Claim(Answer):
    """Someone speaks of someone."""

    speaker: Thing
    about: list[Thing]
    how: str = Field(description="speech: in an act of their own; report: as the source for what others do.")
    event: Event


class Stretch(Answer):
    """The events of a stretch of time."""

    period: str
    events: int
    cooperative: int
    conflictual: int
    neutral: int
    tone: float | None


class CommonNeighbour(Answer):
    """A thing tied to both, and the facts in common with each."""

    thing: Thing
    a: int
    b: int


class Compared(Answer):
    """Two actors side by side."""

    a: Thing
    b: Thing
    edge: Edge | None = Field(description="What ties them; None where nothing does.")
    common_events: int
    events: list[Event]
    common_neighbours: int
    neighbours: list[CommonNeighbour]
    tone: list[Stretch] = Field(description="Of the dated events in common.")


class Disagreement(Answer):
    """An event that documents tell differently, and what each of them says."""

    event: Thing
    differs: list[str] = Field(description="class, factuality, time, place or participants.")
    accounts: list[Account]


class Span(Answer):
    """A mention of a thing in a text."""

    begin: int
    end: int
    quote: str
    thing: Thing


class Statement(Answer):
    """An event, tenure or relation that a text tells of, and where."""

    id: str | None
    basis: str
    cls: str = Field(serialization_alias="class")
    label: str
    factuality: str
    when: str | None
    roles: list[Role]
    spans: list[list[int]]


class DocumentListed(Answer):
    """A document of the graph."""

    id: str
    iri: str
    identifier: str
    title: str | None
    publisher: Thing | None
    issued: str | None
    address: str | None
    mentions: int
    facts: int


class Document(DocumentListed):
    """A document with its text and all that was found in it."""

    text: str
    spans: list[Span]
    statements: list[Statement]


class Entities(Page[Found]):
    """Entities, those mentioned most first."""


class NeighbourPage(Page[Neighbour]):
    """Neighbours, those with most facts in common first."""


class Events(Page[Event]):
    """Events in the order of time, those without a date last."""


class Said(Page[Claim]):
    """Claims in the order of time, those without a date last."""


class Differing(Page[Disagreement]):
    """Events that documents tell differently."""


class Documents(Page[DocumentListed]):
    """The documents of the graph, by their names."""
