"""What phrases of time say, before anything is counted from a date."""

from __future__ import annotations

from dataclasses import dataclass

from graph.calendar.dates import Unit
from ontology.time_words import Anchor


@dataclass(frozen=True, slots=True)
class Counted:
    """Some units before or after the one that holds a date: "last year", "two weeks ago", "the next day"."""

    unit: Unit
    steps: int
    base: Anchor = "issue"


@dataclass(frozen=True, slots=True)
class Anniversary:
    """The day of issue in another year: "75 years ago today"."""

    years: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some units up to a date, or from it on: "the last two years"."""

    unit: Unit
    steps: int
    base: Anchor = "issue"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date by its names; what is left out is None.

    ``year`` may itself be counted ("May last year"); ``span`` is the first and last month of a half or a
    quarter; ``steps`` is that of "last May" or "next spring", counted from the ``base``, the day of issue
    or the story ("the following May").
    """

    year: int | Counted | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    span: tuple[int, int] | None = None
    steps: int | None = None
    base: Anchor = "issue"


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week; ``steps`` is that of "last Friday", ``week`` of "Friday last week"."""

    number: int
    steps: int | None = None
    week: Counted | None = None


@dataclass(frozen=True, slots=True)
class DayOf:
    """A day of a month that is itself counted: "the 25th of that month"."""

    day: int
    month: Counted


@dataclass(frozen=True, slots=True)
class SameDay:
    """The day that the text has reached: "hours later"."""


@dataclass(frozen=True, slots=True)
class Period:
    """A decade or a century, as EDTF."""

    edtf: str


@dataclass(frozen=True, slots=True)
class Between:
    """From one date to another, both included."""

    first: Expression
    last: Expression


Expression = Anniversary | Counted | Stretch | Calendar | Weekday | DayOf | SameDay | Period | Between
