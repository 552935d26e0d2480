"""What tells whether two texts speak of one thing: read from ``identity.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class IdentityWords(_Table):
    """Words of institutions' names; the fields are the keys of the file."""

    generic: frozenset[str]
    empty: frozenset[str]
    synonyms: Mapping[str, str]


class EventKinds(_Table):
    """Classes of events by what makes two of them one; each speaks for the classes below it too."""

    never: frozenset[str]
    standing: frozenset[str]
    mutual: frozenset[str]
    local: frozenset[str]
    single: frozenset[str]


class IdentityTable(_Table):
    """The whole file."""

    institutions: IdentityWords
    events: EventKinds


@cache
def load_identity() -> IdentityTable:
    """Read ``identity.yaml``.

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    text = (files("ontology") / "identity.yaml").read_text(encoding="utf-8")
    return IdentityTable.model_validate(yaml.safe_load(text))
