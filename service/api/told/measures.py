"""Measures of networks: scores of nodes, and communities."""

from __future__ import annotations

from pydantic import Field

from service.api.operations import Answer
from service.api.told.page import Page
from service.api.told.things import Thing


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
