"""What is told of persons, institutions, territories and events."""

from __future__ import annotations

from pydantic import Field

from service.api.operations import Answer
from service.api.told.page import Page


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


class Role(Answer):
    """Who or what has a role: a thing, or words."""

    role: str
    thing: Thing | None
    words: str | None


class Found(Thing):
    """An entity that a search found."""

    mentions: int
    documents: int


class Entities(Page[Found]):
    """Entities, those mentioned most first."""


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


class Events(Page[Event]):
    """Events in the order of time, those without a date last."""


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
