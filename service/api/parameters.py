"""What can be asked of the API: the query parameters of its operations."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler

from graph.model import Factuality
from graph.networks.actor_index import FACTUALITIES
from graph.networks.filters import Filter, Polarity, TieName
from graph.networks.whole import Measure, Method
from ontology.schema import Schema, load_schema
from service.api.operations import Parameters

MOST = 1000
"""Items on one page at most."""
FURTHEST = 8
"""Steps that a path or an ego network may have."""


MOST_NODES = 2000
"""Nodes of a drawing at most; of more than that nobody sees anything."""
MOST_EDGES = 10_000
"""Edges of a drawing at most."""


class OneOf:
    """Lists the words that a parameter takes, which come from the ontology, when the schema is asked for."""

    def __init__(self, words: Callable[[], list[str]]) -> None:
        self._words = words

    def __get_pydantic_json_schema__(self, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core), "enum": self._words()}


def kinds(schema: Schema) -> list[str]:
    """The kinds of things that a filter takes, in lower case."""
    return sorted(name.lower() for name in ("Entity", "Event", *schema.below("Entity")))


def classes(schema: Schema) -> list[str]:
    """The classes of facts that a filter takes."""
    relations = (name for name, p in schema.properties.items() if not p.literal)
    return sorted({"Event", "Tenure", *schema.event_classes, *relations})


def _day(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError("it should be a day such as 2016-05-31")
    return value


def _truth(value: object) -> object:
    if value not in {"true", "false"}:
        raise ValueError("it should be true or false")
    return value == "true"


Day = Annotated[date, BeforeValidator(_day)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Kind = Annotated[str, OneOf(lambda: kinds(load_schema()))]
Class = Annotated[str, OneOf(lambda: classes(load_schema()))]
Thing = Annotated[str, Field(min_length=1, examples=["person/vladimir-putin"])]


class Paged(Parameters):
    """Which part of a list is wanted."""

    limit: int = Field(50, ge=1, le=MOST, description=f"Items to give, 1 to {MOST}.")
    offset: int = Field(0, ge=0, le=10**9, description="Items to skip before these, 0 or more.")


class Search(Paged):
    """Which entities are wanted."""

    q: str | None = Field(None, description="A part of any name of the entity.")
    kind: Kind | None = Field(None, description="A class of entities, with those below it, or event.")


class Filtered(Parameters):
    """Which ties count."""

    kind: tuple[Kind, ...] = Field(
        (),
        description="Classes of things that are nodes, with those below them, or event; default: actor.",
    )
    tie: tuple[TieName, ...] = Field((), description="What ties things; by default all that fits the kinds.")
    cls: tuple[Class, ...] = Field(
        (), alias="class", description="Classes of events or relations, with those below them."
    )
    polarity: tuple[Polarity, ...] = Field((), description="The sign of the events.")
    factuality: tuple[Factuality, ...] = Field(
        (), description="How sure the text is; default: all but negated."
    )
    since: Day | None = Field(None, description="First day of a window that dated facts must touch.")
    until: Day | None = Field(None, description="Last day of that window, not before the first.")
    undated: Truth = Field(False, description="Whether facts without a date count inside a window.")
    document: tuple[str, ...] = Field((), description="Identifiers of documents that must say so.")
    publisher: tuple[str, ...] = Field((), description="Publishers of such documents, as KIND/NAME.")
    minimum: int = Field(
        1, ge=1, le=10**9, description="Facts that two things must have in common, 1 or more."
    )

    def filter(self, iri: Callable[[str], str], anything: bool = False) -> Filter:
        """The filter that they mean.

        Args:
            iri: the IRI of a thing by its id.
            anything: whether all factualities count where none is named.
        """
        usual = FACTUALITIES if anything else FACTUALITIES[:3]
        return Filter(
            kinds=self.kind or ("Actor",),
            ties=self.tie,
            classes=self.cls,
            polarities=self.polarity,
            factualities=self.factuality or usual,
            begin=self.since,
            end=self.until,
            undated=self.undated,
            documents=self.document,
            publishers=tuple(map(iri, self.publisher)),
            minimum=self.minimum,
        )


class Shown(Filtered):
    """Which ties count, and how much of what is behind them is shown."""

    facts: int = Field(3, ge=0, le=100, description="Facts to show with each edge, latest first, 0 to 100.")


class Neighbours(Paged, Shown):
    """Which neighbours are wanted."""


class Egos(Shown):
    """How far an ego network goes."""

    depth: int = Field(1, ge=0, le=4, description="Steps from the entity, 0 to 4.")
    limit: int = Field(100, ge=1, le=MOST, description=f"Nodes to give, nearest first, 1 to {MOST}.")


class Ways(Shown):
    """Between whom paths are wanted."""

    start: Thing = Field(alias="from", description="Where paths begin, as KIND/NAME.")
    goal: Thing = Field(alias="to", description="Where they end, as KIND/NAME.")
    longest: int = Field(6, ge=0, le=FURTHEST, alias="max", description=f"Steps at most, 0 to {FURTHEST}.")
    k: int = Field(1, ge=1, le=25, description="Paths to find, 1 to 25.")


class Projection(Paged, Shown):
    """Which network is wanted; its edges are paged."""


class Drawing(Filtered):
    """Which network is drawn, and how much of it."""

    around: tuple[Thing, ...] = Field(
        (), max_length=100, description="Things in the middle, as KIND/NAME, at most 100; default: the whole."
    )
    depth: int = Field(1, ge=0, le=4, description="Steps from these, 0 to 4.")
    community: int | None = Field(
        None, ge=0, le=10**9, description="One community of the whole network; not looked at around things."
    )
    aggregate: Literal["auto", "always", "never"] = Field(
        "auto",
        description="Whether a whole network is drawn by communities; auto: where it has too many nodes.",
    )
    nodes: int = Field(MOST_NODES, ge=1, le=MOST_NODES, description=f"Nodes at most, 1 to {MOST_NODES}.")
    edges: int = Field(MOST_EDGES, ge=0, le=MOST_EDGES, description=f"Edges at most, 0 to {MOST_EDGES}.")


class Facets(Filtered):
    """Which network is counted."""

    per: Literal["year", "month"] = Field("year", description="Periods in which facts are counted.")


class Between(Paged, Filtered):
    """Between whom facts are wanted."""

    a: Thing = Field(description="The one, as KIND/NAME.")
    b: Thing = Field(description="The other, as KIND/NAME.")


class Centrality(Paged, Filtered):
    """Which measure of which network is wanted."""

    measure: Measure = Field("degree", description="What is measured.")
    sample: int | None = Field(
        None, ge=0, le=1000,
        description="Nodes from which betweenness and closeness are estimated; 0: all; default: by size.",
    )  # fmt: skip
    seed: int = Field(0, ge=0, le=2**31, description="Which nodes these are.")


class Communities(Paged, Filtered):
    """How communities are found."""

    method: Method = Field("leiden", description="How they are found.")
    resolution: float = Field(1.0, gt=0, le=100, description="The greater, the smaller the communities.")
    seed: int = Field(0, ge=0, le=2**31, description="The same seed gives the same communities.")
    members: int = Field(20, ge=1, le=MOST, description=f"Members to show of each, 1 to {MOST}.")


class Timeline(Paged, Filtered):
    """Whose timeline is wanted."""

    entity: Thing | None = Field(None, description="Whose, as KIND/NAME; by default everyone's.")


class Claims(Paged, Filtered):
    """Who is to have spoken of whom."""

    about: Thing | None = Field(None, description="Of whom, as KIND/NAME.")
    by: Thing | None = Field(None, description="Who speaks, as KIND/NAME.")


class Comparison(Filtered):
    """Which two are compared."""

    a: Thing = Field(description="The one, as KIND/NAME.")
    b: Thing = Field(description="The other, as KIND/NAME.")
    per: Literal["year", "quarter", "month"] = Field(
        "year", description="Stretches in which tone is counted."
    )
    limit: int = Field(50, ge=1, le=MOST, description=f"Common events and neighbours to show, 1 to {MOST}.")


class Disagreements(Paged, Filtered):
    """Which events are looked at."""


class Files(Filtered):
    """Which network is written."""
