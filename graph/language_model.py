"""Which spaCy pipeline reads the texts, and what a reading depends on besides its text."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path

from graph.errors import ModelError

_AFTER_READING = frozenset(
    (
        *("evaluation", "identities", "knowledge", "linking", "networks", "search"),
        *(
            f"{module}.py"
            for module in (
                *("annotation", "build", "cache", "decisions", "derive", "errors", "export", "identity"),
                *("iri", "ledger", "network", "rdf", "readers", "settings", "store"),
            )
        ),
    )
)
"""Folders and modules that do not decide what is read of a text; a change of any other makes it read anew."""


def model_folder(model: str) -> Path:
    """The folder of an installed pipeline by package name, or of one given by its path.

    Some packages carry a pipeline's folder unchanged under a name of their own; it is found inside.

    Raises:
        ModelError: there is no such package or folder.
    """
    spec = find_spec(model) if model.isidentifier() else None
    root = Path(spec.origin).parent if spec and spec.origin else Path(model)
    for folder in (root, *sorted(root.glob("*/"), reverse=True)):
        if (folder / "config.cfg").is_file():
            return folder
    raise ModelError(
        f"The spaCy pipeline {model!r} is not installed.",
        "Install it into this environment, or give another one with --model NAME_OR_PATH.",
    )


def reading_version(model: str, *, filtered: bool) -> str:
    """Names the model with its version, the state of code, words and weights, and whether these decide."""
    folder = model_folder(model)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']}-{meta['version']}+{_state_of_code()}{'' if filtered else '+rules'}"


@cache
def _state_of_code() -> str:
    state = hashlib.sha256()
    for package in ("graph", "ontology"):
        for path, content in _contents(files(package)):
            state.update(path.encode() + b"\0" + content)
    return state.hexdigest()[:16]


def _contents(entry: Traversable, path: str = "") -> list[tuple[str, bytes]]:
    if entry.name in _AFTER_READING or entry.name == "__pycache__":
        return []
    if entry.is_file():
        return [(path + entry.name, entry.read_bytes())]
    below = sorted(entry.iterdir(), key=lambda e: e.name)
    return [found for child in below for found in _contents(child, f"{path}{entry.name}/")]
