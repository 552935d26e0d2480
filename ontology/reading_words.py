"""The words that reading files needs: names of columns, and function words of languages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from pydantic import TypeAdapter

Words = dict[str, tuple[str, ...]]


def _table(name: str) -> Words:
    content = files("ontology").joinpath("words", name).read_text(encoding="utf-8")
    return TypeAdapter(Words).validate_python(yaml.safe_load(content))


@cache
def column_names() -> Words:
    """What a column or key holds (``text``, ``title``, …), with the names it goes by, best first."""
    return _table("columns.yaml")


@cache
def function_words() -> dict[str, frozenset[str]]:
    """The commonest function words of each language in Latin script, by its English name."""
    return {language: frozenset(words) for language, words in _table("languages.yaml").items()}
