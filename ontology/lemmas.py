"""Dictionary forms that a language pipeline gets wrong: read from ``words/lemmas.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    verbs: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]+e$")], ...]


@cache
def load_verb_lemmas() -> Mapping[str, str]:
    """The verb of each inflected form: ``hoped`` -> ``hope``.

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    text = (files("ontology") / "words" / "lemmas.yaml").read_text(encoding="utf-8")
    verbs = _File.model_validate(yaml.safe_load(text)).verbs
    return {form: verb for verb in verbs for form in (f"{verb}s", f"{verb}d", f"{verb[:-1]}ing")}
