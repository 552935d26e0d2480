"""The words of attribution, by which a text says who says so: read from ``words/attribution.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

Words = frozenset[str]


class Attribution(BaseModel):
    """Everything that words say about attribution; the fields are the keys of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verbs: Words
    presupposing: Words
    charging: dict[str, Words]
    nouns: Words
    according: Words
    views: Words
    as_: Annotated[Words, Field(alias="as")]
    putting: Words
    documents: Words
    issued_by: Words
    concerning: Words
    first_person: Words
    several: Words


@cache
def load_attribution() -> Attribution:
    """Read ``words/attribution.yaml``.

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    text = (files("ontology") / "words" / "attribution.yaml").read_text(encoding="utf-8")
    return Attribution.model_validate(yaml.safe_load(text))
