"""The titles of offices: read from ``words/offices.yaml``, checked, with their plurals made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

OfficeKind = Literal[
    "state",
    "government",
    "minister",
    "deputy",
    "envoy",
    "spokesperson",
    "legislator",
    "official",
    "leader",
    "local",
    "royal",
    "military",
    "rank",
]
Gender = Literal["male", "female"]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: OfficeKind
    titles: tuple[str, ...]
    gender: Gender | None = None
    states: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class _Verbs(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    appoint: frozenset[str]
    succeed: frozenset[str]
    assume: frozenset[str]
    be: frozenset[str]
    head: frozenset[str]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    offices: tuple[_Row, ...]
    modifiers: frozenset[str]
    times: frozenset[str]
    honorifics: frozenset[str]
    portfolios: frozenset[str]
    past: frozenset[str]
    bodies: dict[str, tuple[str, ...]]
    counterparts: frozenset[str]
    fellows: frozenset[str]
    neighbours: frozenset[str]
    polities: frozenset[str]
    chosen: frozenset[str]
    not_names: frozenset[str]
    verbs: _Verbs
    appointments: frozenset[str]
    posts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Office:
    """A title in its singular form, and what it tells of its holder.

    ``states`` are the common names of the states that have such an office, empty where any may; ``never``
    those that have none.
    """

    title: str
    kind: OfficeKind
    gender: Gender | None
    states: frozenset[str]
    never: frozenset[str]


@dataclass(frozen=True, slots=True)
class OfficeForm:
    """One way to write a title: its words in small letters, split at hyphens, and the office it names."""

    words: tuple[str, ...]
    office: Office
    plural: bool


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """Everything that words say about offices. ``forms`` goes from a form's first word, longest first;
    ``offices`` from titles."""

    offices: dict[str, Office]
    forms: dict[str, tuple[OfficeForm, ...]]
    modifiers: frozenset[str]
    times: frozenset[str]
    honorifics: frozenset[str]
    portfolios: frozenset[str]
    appointing: frozenset[str]
    succeeding: frozenset[str]
    assuming: frozenset[str]
    appointments: frozenset[str]
    posts: frozenset[str]
    being: frozenset[str]
    heading: frozenset[str]
    past: frozenset[str]
    bodies: dict[str, tuple[str, ...]]
    counterparts: frozenset[str]
    fellows: frozenset[str]
    neighbours: frozenset[str]
    polities: frozenset[str]
    chosen: frozenset[str]
    not_names: frozenset[str]


@cache
def load_office_words() -> OfficeWords:
    """Read ``words/offices.yaml``.

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    text = (files("ontology") / "words" / "offices.yaml").read_text(encoding="utf-8")
    content = _File.model_validate(yaml.safe_load(text))
    forms: dict[str, list[OfficeForm]] = {}
    offices: dict[str, Office] = {}
    for row in content.offices:
        for title in row.titles:
            office = Office(title, row.kind, row.gender, frozenset(row.states), frozenset(row.never))
            offices[title] = office
            for form in _forms(office):
                forms.setdefault(form.words[0], []).append(form)
    return OfficeWords(
        offices=offices,
        forms={first: tuple(sorted(fs, key=lambda f: -len(f.words))) for first, fs in forms.items()},
        modifiers=content.modifiers,
        times=content.times,
        honorifics=content.honorifics,
        portfolios=content.portfolios,
        appointing=content.verbs.appoint,
        succeeding=content.verbs.succeed,
        assuming=content.verbs.assume,
        appointments=content.appointments,
        posts=content.posts,
        being=content.verbs.be,
        heading=content.verbs.head,
        past=content.past,
        bodies=content.bodies,
        counterparts=content.counterparts,
        fellows=content.fellows,
        neighbours=content.neighbours,
        polities=content.polities,
        chosen=content.chosen,
        not_names=content.not_names,
    )


def _forms(office: Office) -> Iterator[OfficeForm]:
    yield OfficeForm(split_words(office.title), office, plural=False)
    for plural in plurals(office.title):
        yield OfficeForm(split_words(plural), office, plural=True)


def split_words(phrase: str) -> tuple[str, ...]:
    """Split a phrase as spaCy's English tokenizer does: at spaces, hyphens between letters, and before 's."""
    spaced = phrase.replace("-", " - ").replace("'s ", " 's ").replace("’s ", " ’s ")
    return tuple(spaced.split())


def plurals(title: str) -> tuple[str, ...]:
    """The plural forms of a title; the noun before a preposition or ``general`` takes the ending too."""
    if title.endswith("."):
        return ()
    words = title.split(" ")
    at = next(
        (i for i, w in enumerate(words) if i and w in {"of", "to", "at", "in", "for", "and", "d'affaires"}), 0
    )
    head = at - 1 if at else len(words) - 1
    plain = " ".join([*words[:head], plural_noun(words[head]), *words[head + 1 :]])
    for tail in (" general", "-general", "-in-chief"):
        if title.endswith(tail) and title != tail:
            return (plain, plural_noun(title.removesuffix(tail)) + tail)
    return (plain,)


def plural_noun(noun: str) -> str:
    """The plural of one English noun of office."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun + "s"
