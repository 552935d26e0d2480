"""Sources: files, folders and tables of texts, listed in a fixed order and read one at a time.

Read are ``.txt``, ``.md``, ``.html``, ``.jsonl`` and ``.csv`` with their variants. In a folder, hidden files,
other extensions and links to folders are passed over. A file ``NAME.json`` beside a text ``NAME.txt`` is no
source: its keys title, publisher, published (or date), place and url are metadata of the text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.documents.encodings import decode
from graph.documents.language import other_language
from graph.documents.markup import html_text, markdown_text
from graph.documents.records import Record, cell, metadata, records
from graph.documents.texts import normalised, read_text
from graph.errors import UnreadableSourceError
from graph.model import Document
from graph.readers import Failure
from graph.settings import Settings

TEXTS = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"})
TABLES = frozenset({".jsonl", ".ndjson", ".csv", ".tsv"})
_LONGEST_CHARACTER = 4
_PAGE_PER_TEXT = 20


@dataclass(frozen=True, slots=True)
class Source:
    """A file that holds one text or a table of texts; ``identifier`` is relative to the folder built."""

    path: Path
    identifier: str

    @property
    def table(self) -> bool:
        """Whether the file holds many texts."""
        return self.path.suffix.lower() in TABLES


def list_sources(paths: Iterable[Path]) -> tuple[Source | Failure, ...]:
    """The files under ``paths``: in the order of ``paths``, within each by name; each file once.

    A path that was named itself fails where it is missing or not of a kind that is read.
    """
    found: dict[Path, Source | Failure] = {}
    for path in paths:
        for one in _folder(path) if path.is_dir() else [_file(path)]:
            key = one.path.resolve() if isinstance(one, Source) else path / one.identifier
            found.setdefault(key, one)
    return tuple(found.values())


def count_texts(source: Source) -> int:
    """The texts that a source holds: one, or for a table its lines (at most so many), without decoding it.

    Zero where it cannot be opened.
    """
    if not source.table:
        return 1
    try:
        with source.path.open("rb") as stream:
            lines = sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
    except OSError:
        return 0
    return max(1, lines)


def iter_sources(paths: Iterable[Path], settings: Settings) -> Iterator[Document | Failure]:
    """Every text under ``paths`` as a Document, or why it could not be read; nothing stops the others.

    Of two texts with the same identifier, the second fails.
    """
    seen: set[str] = set()
    for source in list_sources(paths):
        for one in [source] if isinstance(source, Failure) else read_source(source, settings):
            if isinstance(one, Failure):
                yield one
            elif one.identifier in seen:
                yield Failure(one.identifier, "Another text of this build has the same identifier.")
            else:
                seen.add(one.identifier)
                yield one


def read_source(source: Source, settings: Settings) -> Iterator[Document | Failure]:
    """The texts of one source, and what could not be read of it."""
    try:
        if source.table:
            for record in records(source.path, settings.max_characters):
                yield from _read_record(source, record, settings)
        else:
            yield from _read_file(source, settings)
    except OSError as error:
        yield Failure(source.identifier, f"It cannot be opened: {error.strerror or error}.")
    except UnreadableSourceError as error:
        yield Failure(source.identifier, str(error))


def _folder(folder: Path) -> Iterator[Source | Failure]:
    """The sources of a folder, by name; folders in it that cannot be opened fail."""
    failures: list[Failure] = []

    def report(error: OSError) -> None:
        place = Path(error.filename).relative_to(folder).as_posix()
        failures.append(Failure(place, f"The folder cannot be opened: {error.strerror}."))

    paths: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=report):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [Path(place, name) for name in names if not name.startswith(".")]
    for path in sorted(paths, key=lambda path: path.relative_to(folder).parts):
        if path.suffix.lower() in TEXTS | TABLES:
            yield _named(path, path.relative_to(folder).as_posix())
    yield from failures


def _file(path: Path) -> Source | Failure:
    """A file that was named itself."""
    if not path.exists() and not path.is_symlink():
        return Failure(str(path), "There is no such file or folder.")
    if path.suffix.lower() not in TEXTS | TABLES:
        kinds = ", ".join(sorted(TEXTS | TABLES))
        return Failure(path.name, f"Files of this kind are not read. Read are: {kinds}.")
    return _named(path, path.name)


def _named(path: Path, identifier: str) -> Source | Failure:
    if path.is_symlink() and not path.exists():
        return Failure(identifier, "It is a link that leads nowhere.")
    return Source(path, identifier) if path.is_file() else Failure(identifier, "It is not a file.")


def _read_file(source: Source, settings: Settings) -> Iterator[Document | Failure]:
    html = source.path.suffix.lower() in {".html", ".htm", ".xhtml"}
    longest = settings.max_characters * _LONGEST_CHARACTER * (_PAGE_PER_TEXT if html else 1)
    if source.path.stat().st_size > longest:
        raise _too_long(settings)
    written, inner = _contents(source, decode(source.path.read_bytes(), html=html))
    sidecar, problem = _sidecar(source)
    if problem:
        yield problem
    known, wrong = metadata({**_folded(inner), **_folded(sidecar)})
    if wrong:
        yield Failure(source.identifier, wrong)
    text = _checked(written, settings)
    yield read_text(source.identifier, text, known)


def _contents(source: Source, written: str) -> tuple[str, Mapping[str, object]]:
    """The text of a file without markup, and the metadata within it."""
    if not written.strip("\ufeff \t\r\n"):
        raise UnreadableSourceError("It is empty.")
    match source.path.suffix.lower():
        case ".html" | ".htm" | ".xhtml":
            return html_text(written)
        case ".md" | ".markdown":
            return markdown_text(normalised(written))
        case _:
            return written, {}


def _sidecar(source: Source) -> tuple[Mapping[str, object], Failure | None]:
    """What the ``.json`` beside a text says, or why it says nothing."""
    path = source.path.with_suffix(".json")
    identifier = Path(source.identifier).with_suffix(".json").as_posix()
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}, None
    except OSError as error:
        return {}, Failure(identifier, f"It cannot be opened: {error.strerror}. The text beside it is read.")
    except (ValueError, RecursionError):
        return {}, Failure(identifier, "It is not JSON. The text beside it is read without it.")
    if isinstance(content, dict):
        return content, None
    return {}, Failure(identifier, "It is not a JSON object. The text beside it is read without it.")


def _folded(known: Mapping[str, object]) -> dict[str, object]:
    """The metadata under its own names alone, so that one source of it can go before another."""
    names = ("title", "publisher", "published", "place", "url")
    return {name: value for name in names if (value := cell(known, name)) is not None}


def _read_record(source: Source, record: Record, settings: Settings) -> Iterator[Document | Failure]:
    own = cell(record.cells, "identifier")
    identifier = f"{source.identifier}#{own or record.line}"
    if record.problem:
        yield Failure(identifier, record.problem)
        return
    try:
        text = _checked(cell(record.cells, "text"), settings)
    except UnreadableSourceError as error:
        yield Failure(identifier, str(error))
        return
    known, wrong = metadata(record.cells)
    if wrong:
        yield Failure(identifier, wrong)
    yield read_text(identifier, text, known)


def _checked(text: str | None, settings: Settings) -> str:
    """The text, if it is neither empty nor too long nor in another language.

    :raises UnreadableSourceError: it is.
    """
    if not text or not text.strip("\ufeff \t\r\n"):
        raise UnreadableSourceError("It has no text.")
    if len(text) > settings.max_characters:
        raise _too_long(settings)
    language = other_language(text)
    if language:
        raise UnreadableSourceError(f"It is not in English: it seems to be in {language}.")
    return text


def _too_long(settings: Settings) -> UnreadableSourceError:
    return UnreadableSourceError(
        f"It is longer than {settings.max_characters:,} characters.", "Split it, or raise max_characters."
    )
