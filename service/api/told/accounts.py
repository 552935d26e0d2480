"""Who says what, and how accounts compare."""

from __future__ import annotations

from pydantic import Field

from service.api.operations import Answer
from service.api.told.edges import Edge
from service.api.told.page import Page
from service.api.told.things import Account, Event, Thing


class Claim(Answer):
    """Someone speaks of someone."""

    speaker: Thing
    about: list[Thing]
    how: str = Field(description="speech: in an act of their own; report: as the source for what others do.")
    event: Event


class Said(Page[Claim]):
    """Claims in the order of time, those without a date last."""


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


class Differing(Page[Disagreement]):
    """Events that documents tell differently."""
