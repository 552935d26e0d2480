"""Words that a language pipeline gets wrong: read from ``words/lemmas.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    rare_verbs: frozenset[str]
    hyphenated_verbs: frozenset[str]
    short_titles: frozenset[str]


def load_rare_verbs() -> frozenset[str]:
    """The verbs that hide a common one: ``hop``, for which rules take "hoped".

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    return _load().rare_verbs


def load_hyphenated_verbs() -> frozenset[str]:
    """The verbs that are one word with their hyphen: ``re-elect``.

    Raises:
        pydantic.ValidationError: as for ``load_rare_verbs``.
    """
    return _load().hyphenated_verbs


def load_short_titles() -> frozenset[str]:
    """The titles that end with a full stop before a name, without it: ``Hon``.

    Raises:
        pydantic.ValidationError: as for ``load_rare_verbs``.
    """
    return _load().short_titles


@cache
def _load() -> _File:
    text = (files("ontology") / "words" / "lemmas.yaml").read_text(encoding="utf-8")
    return _File.model_validate(yaml.safe_load(text))
