"""The common nouns that take up something named before: read from ``words/nominals.yaml`` and checked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from ontology.office_words import OfficeKind


class Pairs(BaseModel):
    """Plural nouns for several parties at once; ``known`` are those that need no number: "the leaders"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    states: frozenset[str]
    people: frozenset[str]
    known: frozenset[str]


class NominalWords(BaseModel):
    """The tables of ``words/nominals.yaml``; every word is in lower case.

    The values of ``institutions``, ``instruments`` and ``territories`` are classes of the ontology.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    institutions: dict[str, frozenset[str]]
    instruments: dict[str, frozenset[str]]
    territories: dict[str, frozenset[str]]
    capitals: frozenset[str]
    state_parts: frozenset[str]
    pairs: Pairs
    gatherings: frozenset[str]
    attendants: frozenset[str]
    plain_officers: frozenset[str]
    people: dict[str, frozenset[OfficeKind]]
    counts: dict[str, int]

    def classes(self, noun: str) -> frozenset[str]:
        """The classes of what a singular noun may take up; empty where it is not in the tables."""
        for table in (self.institutions, self.instruments, self.territories):
            if noun in table:
                return table[noun]
        return frozenset()


@cache
def load_nominal_words() -> NominalWords:
    """Read ``words/nominals.yaml``.

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    text = (files("ontology") / "words" / "nominals.yaml").read_text(encoding="utf-8")
    return NominalWords.model_validate(yaml.safe_load(text))
