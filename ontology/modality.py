"""The words of modality and negation: read from ``words/modality.yaml`` and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

Effect = Literal["actual", "planned", "possible", "negated", "wished", "ahead"]
PartOfSpeech = Literal["VERB", "NOUN", "ADJ"]
Words = frozenset[str]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    pos: PartOfSpeech
    complement: Effect | None = None
    object: Effect | None = None
    prepositions: dict[str, Effect] = {}
    gerund: bool = False
    infinitive: bool = False
    progressive: bool = False
    ongoing: bool = False


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    governors: tuple[_Row, ...]
    auxiliaries: dict[str, Effect]
    modifiers: dict[str, Effect]
    negations: Words
    marks: dict[str, Effect]
    prepositions: dict[str, Effect]
    occurring: Words
    lasting: Words
    speech: Words
    denying: Words
    polite: Words
    transparent: Words
    raising: Words
    fulfilled: Words
    presuming: Words
    awaiting: Words
    appointed: Words
    outcomes: Words


@dataclass(slots=True)
class Governor:
    """What a word does to the events it governs, by the way it governs them.

    ``gerunds`` are the prepositions that count only before a gerund ("the issue of signing"); ``infinitive``
    and ``progressive`` narrow the complement to "is to visit" and "is going to visit", ``ongoing`` to
    "announced that it was leaving".
    """

    complement: Effect | None = None
    object: Effect | None = None
    prepositions: dict[str, Effect] | None = None
    gerunds: dict[str, Effect] | None = None
    infinitive: bool = False
    progressive: bool = False
    ongoing: bool = False


@dataclass(frozen=True, slots=True)
class Modality:
    """Everything that words say about modality. ``governors`` goes from lemma and part of speech."""

    governors: Mapping[tuple[str, PartOfSpeech], Governor]
    auxiliaries: Mapping[str, Effect]
    modifiers: Mapping[str, Effect]
    negations: Words
    marks: Mapping[str, Effect]
    prepositions: Mapping[str, Effect]
    occurring: Words
    lasting: Words
    speech: Words
    denying: Words
    polite: Words
    transparent: Words
    raising: Words
    fulfilled: Words
    presuming: Words
    awaiting: Words
    appointed: Words
    outcomes: Words


@cache
def load_modality() -> Modality:
    """Read ``words/modality.yaml``; of several rows for a word the later ones add to the first.

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    text = (files("ontology") / "words" / "modality.yaml").read_text(encoding="utf-8")
    content = _File.model_validate(yaml.safe_load(text))
    governors: dict[tuple[str, PartOfSpeech], Governor] = {}
    for row in content.governors:
        for word in row.words:
            _add(governors.setdefault((word, row.pos), Governor()), row)
    rest = {name: getattr(content, name) for name in _File.model_fields if name != "governors"}
    return Modality(governors=governors, **rest)


def _add(governor: Governor, row: _Row) -> None:
    governor.complement = governor.complement or row.complement
    governor.object = governor.object or row.object
    if row.gerund:
        governor.gerunds = (governor.gerunds or {}) | row.prepositions
    else:
        governor.prepositions = row.prepositions | (governor.prepositions or {})
    governor.infinitive = governor.infinitive or row.infinitive
    governor.progressive = governor.progressive or row.progressive
    governor.ongoing = governor.ongoing or row.ongoing
