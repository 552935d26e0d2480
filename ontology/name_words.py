"""The words that make names: head nouns of bodies, territories and instruments; parts of people's names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from ontology.office_words import plural_noun, split_words

Use = Literal["proper", "common", "bare"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Heads(_Strict):
    proper: tuple[str, ...]
    common: tuple[str, ...]
    bare: tuple[str, ...] = ()


class _Institutions(_Strict):
    heads: dict[str, _Heads]
    modifiers: frozenset[str]
    lone: frozenset[str]
    missions: frozenset[str]
    belongings: frozenset[str]
    joint: frozenset[str]
    joint_modifiers: frozenset[str]
    events: frozenset[str]
    operations: frozenset[str]
    not_names: frozenset[str]


class _Territories(_Strict):
    heads: dict[str, _Heads]
    modifiers: frozenset[str]
    before_of: dict[str, str]
    sites: frozenset[str]
    directions: frozenset[str]
    common_names: frozenset[str]


class _Instruments(_Strict):
    heads: dict[str, _Heads]
    descriptions: frozenset[str]
    ordinary: frozenset[str]


class _People(_Strict):
    particles: frozenset[str]
    opening: frozenset[str]
    titles: frozenset[str]
    suffixes: frozenset[str]
    surnames: frozenset[str]
    not_names: frozenset[str]
    human_verbs: frozenset[str]
    personal_verbs: frozenset[str]
    named_things: frozenset[str]


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun as it stands in a text: its first token and the class of the ontology that it names."""

    start: int
    cls: str


@dataclass(frozen=True, slots=True)
class HeadNouns:
    """Head nouns of one kind of entity, by use and by their last word in small letters, longest first."""

    forms: dict[Use, dict[str, tuple[tuple[tuple[str, ...], str], ...]]]

    def ending(self, lower: list[str], at: int, use: Use) -> Head | None:
        """The longest head noun whose last word is the token ``at`` of a text in small letters."""
        for words, cls in self.forms[use].get(lower[at], ()):
            start = at + 1 - len(words)
            if start >= 0 and tuple(lower[start : at + 1]) == words:
                return Head(start, cls)
        return None


@dataclass(frozen=True, slots=True)
class NameWords:
    """Everything that ``words/{institutions,territories,instruments,people}.yaml`` say."""

    institutions: HeadNouns
    institution_modifiers: frozenset[str]
    lone: frozenset[str]
    missions: frozenset[str]
    belongings: frozenset[str]
    joint: frozenset[str]
    joint_modifiers: frozenset[str]
    events: frozenset[str]
    operations: frozenset[str]
    not_institutions: frozenset[str]
    territories: HeadNouns
    territory_modifiers: frozenset[str]
    before_of: dict[str, str]
    sites: frozenset[str]
    directions: frozenset[str]
    common_names: frozenset[str]
    instruments: HeadNouns
    descriptions: frozenset[str]
    ordinary: frozenset[str]
    particles: frozenset[str]
    opening_particles: frozenset[str]
    titles: frozenset[str]
    suffixes: frozenset[str]
    surnames: frozenset[str]
    not_names: frozenset[str]
    human_verbs: frozenset[str]
    personal_verbs: frozenset[str]
    named_things: frozenset[str]


@cache
def load_name_words() -> NameWords:
    """Read the words that come with the package.

    Raises:
        pydantic.ValidationError: a file does not have its form.
    """
    institutions = _Institutions.model_validate(_table("institutions"))
    territories = _Territories.model_validate(_table("territories"))
    instruments = _Instruments.model_validate(_table("instruments"))
    people = _People.model_validate(_table("people"))
    return NameWords(
        institutions=_head_nouns(institutions.heads, plural=True),
        institution_modifiers=institutions.modifiers,
        lone=institutions.lone,
        missions=institutions.missions,
        belongings=institutions.belongings,
        joint=institutions.joint,
        joint_modifiers=institutions.joint_modifiers,
        events=institutions.events,
        operations=institutions.operations,
        not_institutions=institutions.not_names,
        territories=_head_nouns(territories.heads, plural=False),
        territory_modifiers=territories.modifiers,
        before_of=territories.before_of,
        sites=territories.sites,
        directions=territories.directions,
        common_names=territories.common_names,
        instruments=_head_nouns(instruments.heads, plural=True),
        descriptions=instruments.descriptions,
        ordinary=instruments.ordinary,
        particles=people.particles,
        opening_particles=people.opening,
        titles=people.titles,
        suffixes=people.suffixes,
        surnames=people.surnames,
        not_names=people.not_names,
        human_verbs=people.human_verbs | people.personal_verbs,
        personal_verbs=people.personal_verbs,
        named_things=people.named_things,
    )


def _table(name: str) -> object:
    return yaml.safe_load((files("ontology") / "words" / f"{name}.yaml").read_text(encoding="utf-8"))


def _head_nouns(heads: dict[str, _Heads], *, plural: bool) -> HeadNouns:
    """Only capitalised names have plurals ("Minsk Agreements"): "trade agreements" are no single thing."""
    uses: tuple[Use, ...] = ("proper", "common", "bare")
    return HeadNouns(
        {use: _by_last_word(_forms(heads, use, plural=plural and use == "proper")) for use in uses}
    )


def _forms(heads: dict[str, _Heads], use: Use, *, plural: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    listed = {split_words(phrase) for uses in heads.values() for phrase in getattr(uses, use)}
    for cls, uses in heads.items():
        for phrase in getattr(uses, use):
            words = split_words(phrase)
            yield words, cls
            plurals = (*words[:-1], plural_noun(words[-1]))
            if plural and plurals not in listed and not phrase.endswith(("s", ".", "of", "for")):
                yield plurals, cls


def _by_last_word(
    forms: Iterable[tuple[tuple[str, ...], str]],
) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, cls in forms:
        table.setdefault(words[-1], []).append((words, cls))
    return {last: tuple(sorted(rows, key=lambda row: -len(row[0]))) for last, rows in table.items()}
