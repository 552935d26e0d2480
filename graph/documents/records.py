"""Tables of texts: the records of JSON Lines and CSV files, one at a time, however large the file is."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from graph.documents.encodings import encoding_of
from graph.documents.issue_date import as_edtf
from graph.documents.texts import Metadata
from graph.errors import UnreadableSourceError
from ontology.layout import layout_words
from ontology.reading_words import column_names

_SAMPLE = 1 << 18
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the number of the line that it begins on, and its cells by column, or why there are none."""

    line: int
    cells: Mapping[str, object]
    problem: str | None = None


class _Lines:
    """The lines of an open file, none longer than ``longest`` characters; counts them.

    Iterating over a longer line skips it and raises UnreadableSourceError; the iteration can go on.
    """

    def __init__(self, stream: TextIO, longest: int) -> None:
        self.number = 0
        self._stream = stream
        self._longest = longest

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._longest)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) < self._longest or line.endswith("\n"):
            return line
        while line and not line.endswith("\n"):
            line = self._stream.readline(self._longest)
        raise UnreadableSourceError(f"The line is longer than {self._longest:,} characters.")


def records(path: Path, longest: int) -> Iterator[Record]:
    """The records of a table by its extension (``.csv``, ``.tsv``; else JSON Lines), malformed ones too.

    :param longest: characters that one text may have; lines eight times as long are refused unread.
    :raises OSError: the file cannot be opened.
    :raises UnreadableSourceError: it is no text, or a CSV file without a column of texts.
    """
    with path.open("rb") as binary:
        sample = binary.read(_SAMPLE)
    if not sample.strip():
        raise UnreadableSourceError("It is empty.")
    encoding = encoding_of(sample, whole=len(sample) < _SAMPLE)
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        lines = _Lines(stream, 8 * longest)
        yield from _csv(lines, path, longest) if path.suffix.lower() in {".csv", ".tsv"} else _json(lines)


def cell(cells: Mapping[str, object], name: str) -> str | None:
    """What a record or sidecar says under one of the names that ``columns.yaml`` has for ``name``."""
    folded = {_fold(key): value for key, value in cells.items()}
    for key in column_names()[name]:
        value = folded.get(key)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return None


def metadata(cells: Mapping[str, object]) -> tuple[Metadata, str | None]:
    """The metadata of a record or sidecar, and what is wrong with it, if anything: a date that is none."""
    written = cell(cells, "published")
    published = as_edtf(written, layout_words()) if written else None
    known = Metadata(
        cell(cells, "title"), cell(cells, "publisher"), published, cell(cells, "place"), cell(cells, "url")
    )
    wrong = f"“{written}” is not a date; the text is read without it." if written and not published else None
    return known, wrong


def _json(lines: _Lines) -> Iterator[Record]:
    while True:
        try:
            line = next(lines)
            if line.strip("\ufeff \t\r\n"):
                yield Record(lines.number, _object(line))
        except StopIteration:
            return
        except UnreadableSourceError as error:
            yield Record(lines.number, {}, error.message)


def _object(line: str) -> Mapping[str, object]:
    try:
        value: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableSourceError(f"It is not JSON: {error.msg} at character {error.pos + 1}.") from error
    except RecursionError as error:
        raise UnreadableSourceError("Its JSON is nested too deep.") from error
    if not isinstance(value, dict):
        raise UnreadableSourceError("It is JSON, but not an object with a text.")
    return value


def _csv(lines: _Lines, path: Path, longest: int) -> Iterator[Record]:
    csv.field_size_limit(max(longest, csv.field_size_limit()))
    header_line = next(lines).removeprefix("\ufeff")
    delimiter = "\t" if path.suffix.lower() == ".tsv" else max(_DELIMITERS, key=header_line.count)
    header = next(csv.reader([header_line], delimiter=delimiter))
    if cell(dict.fromkeys(header, "x"), "text") is None:
        names = ", ".join(column_names()["text"])
        raise UnreadableSourceError(
            f"It has no column of texts: its columns are {', '.join(header)}.", f"Name one of them: {names}."
        )
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        begin = lines.number + 1
        try:
            row = next(rows)
            if row:
                yield _row(begin, header, row)
        except StopIteration:
            return
        except UnreadableSourceError as error:
            yield Record(begin, {}, error.message)
        except csv.Error as error:
            yield Record(begin, {}, f"It is not CSV: {error}.")


def _row(line: int, header: list[str], row: list[str]) -> Record:
    if len(row) > len(header):
        return Record(line, {}, f"It has {len(row)} cells where the header has {len(header)}.")
    return Record(line, dict(zip(header, row, strict=False)))


def _fold(key: str) -> str:
    return "".join(letter for letter in key.casefold() if letter.isalnum())
