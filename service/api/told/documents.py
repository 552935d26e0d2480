"""Documents, with what was found in their texts."""

from __future__ import annotations

from pydantic import Field

from service.api.operations import Answer
from service.api.told.page import Page
from service.api.told.things import Role, Thing


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


class Documents(Page[DocumentListed]):
    """The documents of the graph, by their names."""
