"""The words of places: read from ``words/places.yaml`` and checked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

Words = frozenset[str]


class PlaceWords(BaseModel):
    """Everything that words say about where something was; the fields are the keys of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    opening: Words
    kinds: Words
    along: Words
    staying: Words
    topical: Words
    courts: Words
    hosting: Words
    venues: Words
    by_court: Words
    by_host: Words
    by_victim: Words
    by_inviter: Words
    by_need: Words
    needing: Words
    by_goal: Words
    by_post: Words


@cache
def load_place_words() -> PlaceWords:
    """Read ``words/places.yaml``.

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    text = (files("ontology") / "words" / "places.yaml").read_text(encoding="utf-8")
    return PlaceWords.model_validate(yaml.safe_load(text))
