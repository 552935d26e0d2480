"""Pronouns, and the verbs by which one tells who speaks: read from ``words/pronouns.yaml`` and checked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict


class Pronoun(BaseModel):
    """What one pronoun can stand for; ``speaker`` ones stand for who speaks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: frozenset[Literal["person", "territory", "institution", "instrument"]]
    number: Literal["singular", "plural"]
    gender: Literal["male", "female"] | None = None
    possessive: bool = False
    speaker: bool = False


class GenderWords(BaseModel):
    """Words before a name, and given names, of one gender."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: frozenset[str]
    given: frozenset[str]


class CapitalWords(BaseModel):
    """Words around a capital by which a place is told from a government."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place_prepositions: frozenset[str]
    partner_prepositions: frozenset[str]
    given_to: frozenset[str]
    sought_from: frozenset[str]
    dealt_with: frozenset[str]
    journeys: frozenset[str]


class PronounWords(BaseModel):
    """The tables of ``words/pronouns.yaml``; every word is in lower case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pronouns: dict[str, Pronoun]
    speech: frozenset[str]
    government_verbs: frozenset[str]
    government_nouns: frozenset[str]
    capitals: CapitalWords
    genders: dict[Literal["male", "female"], GenderWords]


@cache
def load_pronoun_words() -> PronounWords:
    """Read ``words/pronouns.yaml``.

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    text = (files("ontology") / "words" / "pronouns.yaml").read_text(encoding="utf-8")
    return PronounWords.model_validate(yaml.safe_load(text))
