"""The texts that were annotated, as Documents: ``NAME.txt`` for each ``NAME.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.documents.encodings import decode
from graph.documents.records import metadata
from graph.documents.texts import read_text
from graph.errors import GoldError
from graph.model import Document


def list_annotations(folders: Iterable[Path], only: frozenset[str] = frozenset()) -> tuple[Path, ...]:
    """The annotation files of some folders, by name; with ``only``, those of these texts.

    Raises:
        GoldError: a folder has none, or two have the same name.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        paths = [p for p in sorted(folder.glob("*.json")) if not only or p.stem in only]
        if not paths and not only:
            raise GoldError(f"There are no annotations in {folder}.", "They are files NAME.json.")
        for path in paths:
            if path.stem in found:
                raise GoldError(f"{path} and {found[path.stem]} have the same name.", "Rename one of them.")
            found[path.stem] = path
    if missing := only - found.keys():
        raise GoldError(f"There are no annotations named {', '.join(sorted(missing))}.")
    return tuple(found[name] for name in sorted(found))


def annotated_texts(
    annotations: tuple[Path, ...], texts: Path | None = None, *, informed: bool
) -> Iterator[Document]:
    """The texts of some annotations; those that are not there are left out.

    Args:
        annotations: files ``NAME.json``.
        texts: the folder of the files ``NAME.txt``; None where they stand beside the annotations.
        informed: whether date of issue, publisher and address are known from the annotations, as a build of
            a folder knows them that has both files side by side; else the text alone must tell.
    """
    for path in annotations:
        text = (texts or path.parent) / f"{path.stem}.txt"
        if text.is_file():
            known, _ = metadata(json.loads(path.read_bytes())) if informed else (None, None)
            yield read_text(text.name, decode(text.read_bytes()), known)
