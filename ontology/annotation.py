"""What annotators mark by hand and a score compares: read from ``annotation.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class Annotation(BaseModel):
    """The closed lists of the annotation guideline; the fields are the keys of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    events: tuple[str, ...]
    alike: tuple[frozenset[str], ...]
    speech: str
    relations: dict[str, str]
    same: str

    def are_alike(self, one: str, other: str) -> bool:
        """Whether two event classes are of those that careful annotators swap."""
        return any(one in group and other in group for group in self.alike)


@cache
def load_annotation() -> Annotation:
    """Read ``annotation.yaml``.

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    text = (files("ontology") / "annotation.yaml").read_text(encoding="utf-8")
    return Annotation.model_validate(yaml.safe_load(text))
