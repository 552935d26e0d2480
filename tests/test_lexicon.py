"""The event lexicon: its form, its parity with the ontology, and every example sentence it holds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from graph.components.events import EventFinder
from graph.components.merging import EventMerger
from graph.model import Block, BlockKind, Document, Event, Reading
from graph.pipeline import load_pipeline
from graph.reading import read
from ontology import schema as schema_module
from ontology.lexicon import Example, Lexicon, LexiconFileError, load_lexicon, parse_path, read_lexicon
from ontology.schema import Schema, load_schema, schema_of

WORDS = Path(schema_module.__file__).parent / "words"


def _readings(texts: list[str], lexicon: Lexicon | None = None) -> Iterator[Reading]:
    nlp = load_pipeline()
    if lexicon is not None:
        nlp.replace_pipe  # noqa: B018
    documents = [
        Document(f"{i}.txt", text, (Block(0, len(text), BlockKind.BODY),)) for i, text in enumerate(texts)
    ]
    return read(nlp, documents)


@cache
def _examples() -> list[tuple[Example, Reading]]:
    """Every example of the lexicon with what is read from it; the pipeline runs once for all."""
    examples = load_lexicon().examples
    return list(zip(examples, _readings([e.text for e in examples]), strict=True))


def _names(reading: Reading, event: Event, role: str) -> set[str]:
    """All names of those in a role; for ``participant`` of those in its sub-roles too."""
    roles = {"participant", "initiator", "recipient"} if role == "participant" else {role}
    entities = {e.key: e for e in reading.entities}
    found: set[str] = set()
    for r in event.roles:
        if r.name in roles:
            entity = entities.get(r.entity or "")
            found |= {entity.name, *entity.aliases} if entity else {r.literal or ""}
    return found


def _has_roles(reading: Reading, event: Event, example: Example) -> bool:
    return all(
        any(name in found for found in _names(reading, event, role))
        for role, names in (example.roles or {}).items()
        for name in names
    )


@pytest.mark.parametrize("index", range(len(load_lexicon().examples)))
def test_every_example_sentence_yields_its_own_event(index: int) -> None:
    example, reading = _examples()[index]
    events = [e for e in reading.events if e.cls == example.cls]
    if example.roles is None:
        assert not events, f"{example.text!r} should not be a {example.cls}"
    else:
        assert any(_has_roles(reading, e, example) for e in events), (
            f"{example.text!r} should be a {example.cls} with {dict(example.roles)}; found "
            f"{[(e.cls, e.rule, _names(reading, e, 'participant'), _names(reading, e, 'place')) for e in reading.events]}"
        )
