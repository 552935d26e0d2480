"""Plain tables that can be far larger than Python objects: texts and lists in arrays, mapped from disk."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Numbers = NDArray[np.int32]
Places = NDArray[np.int64]
T = TypeVar("T")
NOTHING = -1
"""Stands in a column of row numbers or days where there is none."""


@dataclass(frozen=True, slots=True)
class Strings:
    """Texts by number: their UTF-8 in one array, and where each begins (one more than there are texts)."""

    letters: NDArray[np.uint8]
    starts: Places

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        """One text. Raises IndexError where there is none of that number."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self.letters[self.starts[number] : self.starts[number + 1]].tobytes().decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    def find(self, text: str) -> int:
        """The number of a text among texts in ascending order; NOTHING where it is none of them."""
        place = bisect_left(self, text)
        return place if place < len(self) and self[place] == text else NOTHING

    @classmethod
    def of(cls, texts: Iterable[str]) -> Strings:
        """The texts in the order given."""
        listed = list(texts)
        joined = "".join(listed)
        if joined.isascii():  # as long in bytes as in characters
            letters, lengths = joined.encode("ascii"), list(map(len, listed))
        else:
            encoded = [text.encode("utf-8", "replace") for text in listed]
            letters, lengths = b"".join(encoded), list(map(len, encoded))
        return cls(np.frombuffer(letters, dtype=np.uint8), starts_of(np.array(lengths, dtype=np.int64)))


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of numbers for each row: all lists in one array, and where each begins."""

    starts: Places
    values: Numbers

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Numbers:
        """The list of one row."""
        return self.values[self.starts[row] : self.starts[row + 1]]

    def of_all(self, rows: Numbers) -> Numbers:
        """The lists of several rows, one after the other."""
        found: Numbers = self.values[ranges(self.starts[rows], self.starts[rows + 1])]
        return found

    @classmethod
    def grouped(cls, rows: Array, size: int) -> Lists:
        """For each of ``size`` rows the positions at which ``rows`` names it, ascending."""
        order = np.argsort(rows, kind="stable")
        skipped = int(np.count_nonzero(rows < 0))  # NOTHING comes first
        counts = np.bincount(rows[rows >= 0], minlength=size)
        return cls(starts_of(counts), order[skipped:].astype(np.int32))


def starts_of(lengths: Array) -> Places:
    """Where each of several stretches begins when one follows the other, and where the last one ends."""
    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def ranges(begins: Array, ends: Array) -> Places:
    """The numbers of several half-open ranges, one after the other: ``begin, …, end - 1, begin, …``."""
    lengths = ends - begins
    before = np.cumsum(lengths) - lengths
    places: Places = np.arange(lengths.sum(), dtype=np.int64) + np.repeat(begins - before, lengths)
    return places


def numbers(values: Sequence[int]) -> Numbers:
    """A column of whole numbers."""
    return np.array(values, dtype=np.int32)


def digest_of(table: object) -> str:
    """A hexadecimal digest of all columns of a dataclass of arrays, Strings and Lists."""
    sum_ = hashlib.blake2b(digest_size=12)
    for name, column in _columns(table):
        sum_.update(name.encode())
        sum_.update(np.ascontiguousarray(column).data)
    return sum_.hexdigest()


def save(table: object, folder: Path) -> None:
    """Write a dataclass of arrays, Strings, Lists and JSON values into a folder. Raises OSError."""
    folder.mkdir(parents=True)
    for name, column in _columns(table):
        np.save(folder / f"{name}.npy", column, allow_pickle=False)
    plain = {
        f.name: value
        for f in fields(cast("Any", table))
        if not isinstance(value := getattr(table, f.name), (np.ndarray, Strings, Lists))
    }
    (folder / "plain.json").write_text(json.dumps(plain), encoding="utf-8")


def opened(kind: type[T], folder: Path) -> T:
    """A dataclass that ``save`` wrote, its columns mapped from disk; its plain lists come back as tuples.

    Raises:
        OSError, ValueError: the folder is missing, damaged, or of another form.
    """
    plain: dict[str, Any] = json.loads((folder / "plain.json").read_text(encoding="utf-8"))
    values: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in plain.items()}
    for path in sorted(folder.glob("*.npy")):
        name, _, part = path.stem.partition(".")
        values.setdefault(name, {}).update({part: _mapped(path)})
    for name, parts in values.items():
        if isinstance(parts, dict):
            values[name] = _column(parts)
    if values.keys() != {f.name for f in fields(cast("Any", kind))}:
        raise ValueError(f"{folder} holds a table of another form")
    return kind(**values)


def _column(parts: dict[str, Array]) -> Array | Strings | Lists:
    if "letters" in parts:
        return Strings(parts["letters"], parts["starts"])
    return Lists(parts["starts"], parts["values"]) if "values" in parts else parts[""]


def _mapped(path: Path) -> Array:
    """An array from disk; an empty one, which cannot be mapped, is read."""
    try:
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except ValueError:
        return cast("Array", np.load(path, allow_pickle=False))


def _columns(table: object) -> Iterator[tuple[str, Array]]:
    for field in fields(cast("Any", table)):
        value = getattr(table, field.name)
        if isinstance(value, np.ndarray):
            yield field.name, value
        elif isinstance(value, (Strings, Lists)):
            for part in fields(value):
                yield f"{field.name}.{part.name}", getattr(value, part.name)
