"""What ties two things: edges, and the facts behind them."""

from __future__ import annotations

from pydantic import Field

from service.api.operations import Answer
from service.api.told.page import Page
from service.api.told.things import Evidence, Thing


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
    polarity: str = Field(description="cooperative, conflictual, mixed, neutral, or none without an event.")
    factuality: str = Field(description="That of the surest of the facts.")
    classes: dict[str, int]
    ties: dict[str, int]
    first: str | None
    last: str | None
    facts: list[Fact] = Field(description="The latest of them.")


class FactPage(Page[Fact]):
    """Facts that tie two things, the latest first."""


class Neighbour(Answer):
    """Someone tied to an entity, and by what."""

    thing: Thing
    edge: Edge


class NeighbourPage(Page[Neighbour]):
    """Neighbours, those with most facts in common first."""


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
