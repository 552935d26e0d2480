"""The words by which the parts of a document are known apart: months, furniture, credits, agencies."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from ontology.leaders import LeaderRole


class LayoutWords(BaseModel):
    """The tables of ``words/layout.yaml``; every word is in lower case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    months: dict[int, tuple[str, ...]]
    weekdays: tuple[tuple[str, ...], ...]
    agency_years: dict[str, tuple[tuple[int, int | None], ...]]
    offices: dict[str, tuple[LeaderRole, ...]]
    not_in_office: frozenset[str]
    yearbooks: dict[str, int]
    chapters: frozenset[str]
    furniture_lines: frozenset[str]
    furniture_openings: tuple[str, ...]
    link_headings: frozenset[str]
    stamps: tuple[str, ...]
    day_ordinals: tuple[str, ...]
    today: tuple[str, ...]
    credits: tuple[str, ...]
    label_words: frozenset[str]
    sentence_openers: frozenset[str]
    future: frozenset[str]
    past: frozenset[str]
    deadline: frozenset[str]
    unlike_today: frozenset[str]
    organisation_words: frozenset[str]

    @cached_property
    def month_numbers(self) -> dict[str, int]:
        """Every name of a month, with its number (January: 1)."""
        return {name: number for number, names in self.months.items() for name in names}

    @cached_property
    def weekday_numbers(self) -> dict[str, int]:
        """Every name of a weekday, with its number as in ``datetime.date.weekday`` (Monday: 0)."""
        return {name: number for number, names in enumerate(self.weekdays) for name in names}


@cache
def layout_words() -> LayoutWords:
    """The words that come with the package.

    :raises pydantic.ValidationError: where ``words/layout.yaml`` does not fit its form.
    """
    table = files("ontology").joinpath("words/layout.yaml").read_text(encoding="utf-8")
    return LayoutWords.model_validate(yaml.safe_load(table))
