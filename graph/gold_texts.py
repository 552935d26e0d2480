"""The texts that were annotated, as Documents: ``NAME.txt`` for each ``NAME.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from graph.encodings import decode
from graph.errors import GoldError
from graph.model import Document
from graph.records import metadata
from graph.texts import read_text


def list_annotations(folder: Path, only: frozenset[str] = frozenset()) -> tuple[Path, ...]:
    """The annotation files of a folder, by name; with ``only``, those of these texts.

    Raises:
        GoldError: there are none.
    """
    paths = tuple(p for p in sorted(folder.glob("*.json")) if not only or p.stem in only)
    if not paths:
        wanted = f" of {', '.join(sorted(only))}" if only else ""
        raise GoldError(f"There are no annotations{wanted} in {folder}.", "They are files NAME.json.")
    return paths


def annotated_texts(annotations: tuple[Path, ...], texts: Path, *, informed: bool) -> Iterator[Document]:
    """The texts of some annotations; those that are not in the folder ``texts`` are left out.

    Args:
        annotations: files ``NAME.json``.
        texts: the folder of the files ``NAME.txt``.
        informed: whether date of issue, publisher and address are known from the annotations, as a build of
            a folder knows them that has both files side by side; else the text alone must tell.
    """
    for path in annotations:
        text = texts / f"{path.stem}.txt"
        if text.is_file():
            known, _ = metadata(json.loads(path.read_bytes())) if informed else (None, None)
            yield read_text(text.name, decode(text.read_bytes()), known)
