"""The words of time: read from ``words/times.yaml`` and checked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

Anchor = Literal["issue", "story", "report"]
UnitName = Literal["day", "week", "weekend", "month", "quarter", "year", "decade", "century"]
Words = frozenset[str]


class Relative(BaseModel):
    """What "last" or "following" does: steps of a unit, from the date of issue or of the story."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    steps: Annotated[int, Field(ge=-1, le=1)]
    base: Annotated[Anchor, Field(alias="from")]


class TimeWords(BaseModel):
    """Everything that words say about time; the fields are the keys of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    months: dict[str, Annotated[int, Field(ge=1, le=12)]]
    month_abbreviations: dict[str, Annotated[int, Field(ge=1, le=12)]]
    weekdays: dict[str, Annotated[int, Field(ge=0, le=6)]]
    weekday_abbreviations: dict[str, Annotated[int, Field(ge=0, le=6)]]
    seasons: dict[str, Annotated[int, Field(ge=21, le=24)]]
    units: dict[str, UnitName]
    plurals: dict[str, UnitName]
    relatives: dict[str, Relative]
    after_the: Words
    deictics: dict[str, int]
    parts: Words
    times_of_day: Words
    moments: Words
    partitive: Words
    ordinals: dict[str, int]
    numbers: dict[str, int]
    decades: dict[str, Annotated[int, Field(ge=0, le=9)]]
    ago: Words
    earlier: Words
    later: Words
    before: Words
    after: Words
    halves: Words
    to: Words
    from_: Annotated[Words, Field(alias="from")]
    between: Words
    and_: Annotated[Words, Field(alias="and")]
    of: Words
    in_: Annotated[Words, Field(alias="in")]
    the: Words
    lead: Words
    singular: Words
    ends: Words
    deadlines: Words
    named_days: Words
    no_day_names: Words
    editions: Words
    named_years: Words
    ahead: Words
    ahead_prepositions: Words
    behind_prepositions: Words
    brought_about: Words
    outside: Words
    ending: Words
    occasion_prepositions: Words
    settings: Words
    returning: Words
    aftermath: Words
    portions: Words
    purposes: Words
    vehicles: Words
    attending: Words
    gathering: Words
    attendants: Words
    accounts: Words
    own_words: Words
    breaking: Words
    habits: Words
    shared: Words
    domestic: Words
    lasting_prepositions: Words
    unrest: Words
    elapsing: Words
    befalling: Words
    stays: Words
    momentary: Words
    anniversaries: dict[str, Annotated[int, Field(ge=0)]]


@cache
def load_time_words() -> TimeWords:
    """Read ``words/times.yaml``.

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    text = (files("ontology") / "words" / "times.yaml").read_text(encoding="utf-8")
    return TimeWords.model_validate(yaml.safe_load(text))
