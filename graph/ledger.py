"""The ledger: what people have judged *same*, *different* or *unsure*, as a readable, append-only file.

One judgement a line (JSON Lines), in ``ledger.jsonl`` of the store's folder. Nothing is ever rewritten: to
undo is a line too. What was judged is kept by name and by places in the texts, so that it holds whatever
IRIs a later build gives.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from graph.errors import LedgerError, NotFoundError
from graph.model import Span

LEDGER = "ledger.jsonl"
Verdict = Literal["same", "different", "unsure"]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    at: AwareDatetime
    by: str = ""
    why: str = ""


class Side(BaseModel):
    """One of the two things that a judgement is about.

    ``name`` is the thing's short id when it was judged ("person/amina-okafor"); ``places`` are mentions of it
    ("a.txt#char=12,25"), of which the first that is still in the graph says what is meant.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^(person|institution|territory|instrument|event)/\S+$")
    places: tuple[Annotated[str, Field(pattern=r"^.+#char=\d+,\d+$")], ...] = ()

    @property
    def kind(self) -> str:
        """person, institution, territory, instrument or event."""
        return self.name.partition("/")[0]


class Judged(_Line):
    """A line of the file that judges two things."""

    verdict: Verdict
    a: Side
    b: Side


class Undone(_Line):
    """A line of the file that takes back the judgement of an earlier line."""

    undo: int = Field(ge=1)


class Judgement(BaseModel):
    """A judgement with its number, which is that of its line; ``undone`` is the line that took it back."""

    model_config = ConfigDict(frozen=True)

    number: int
    verdict: Verdict
    a: Side
    b: Side
    by: str
    why: str
    at: datetime
    undone: int | None = None


_LINE: TypeAdapter[Judged | Undone] = TypeAdapter(Judged | Undone)


class Ledger:
    """The judgements of one store. Any number of processes may read and append at a time."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / LEDGER

    def judge(self, verdict: Verdict, a: Side, b: Side, why: str = "", by: str = "") -> Judgement:
        """Append a judgement; durable when this returns. A later one on the same things overrides.

        Raises:
            LedgerError: the two are of different kinds, or one and the same; the file cannot be used.
        """
        if a.kind != b.kind:
            raise LedgerError(f"{a.name} and {b.name} are of different kinds; such things are never one.")
        if a == b or set(a.places) & set(b.places):
            raise LedgerError(
                f"{a.name} is one thing already.",
                f"Say which mentions of it you mean: {a.name}@DOCUMENT, with two documents.",
            )
        line = Judged(at=_now(), by=by, why=why, verdict=verdict, a=a, b=b)
        with self._appending() as (stream, _):
            return _judgement(_append(stream, line), line)

    def undo(self, number: int, why: str = "", by: str = "") -> Judgement:
        """Take back the judgement of a line; returns it. What was judged before it holds again.

        Raises:
            NotFoundError: no judgement has that number, or it was taken back already.
            LedgerError: the file is damaged or not writable.
        """
        with self._appending() as (stream, history):
            found = next((j for j in history if j.number == number), None)
            if found is None:
                raise NotFoundError(f"There is no judgement {number}.", "See: diplograph undo")
            if found.undone:
                raise NotFoundError(f"Judgement {number} was already taken back, by line {found.undone}.")
            line = _append(stream, Undone(at=_now(), by=by, why=why, undo=number))
        return found.model_copy(update={"undone": line})

    def history(self) -> tuple[Judgement, ...]:
        """All judgements, oldest first, those that were taken back included.

        Raises:
            LedgerError: a line has not the form of one; it is named by its number.
        """
        try:
            return _history(self.path.read_bytes(), self.path)
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise LedgerError(f"{self.path} cannot be read: {error.strerror}.") from error

    def standing(self) -> tuple[Judgement, ...]:
        """The judgements that hold, oldest first.

        Raises:
            LedgerError: a line has not the form of one.
        """
        return tuple(j for j in self.history() if j.undone is None)

    @contextlib.contextmanager
    def _appending(self) -> Iterator[tuple[BinaryIO, tuple[Judgement, ...]]]:
        """The file, locked, and what it holds; it stays as it is where it holds a broken line."""
        try:
            with self.path.open("a+b") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX)
                stream.seek(0)
                yield stream, _history(stream.read(), self.path)
        except OSError as error:
            raise LedgerError(f"{self.path} cannot be written: {error.strerror}.") from error


def place(document: str, span: Span) -> str:
    """A place in a text, as judgements name it: ``a.txt#char=12,25``."""
    return f"{document}#char={span.begin},{span.end}"


def parsed_place(text: str) -> tuple[str, Span]:
    """The document and stretch that a place names."""
    document, _, offsets = text.rpartition("#char=")
    begin, _, end = offsets.partition(",")
    return document, Span(int(begin), int(end))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _judgement(number: int, line: Judged) -> Judgement:
    return Judgement(
        number=number, verdict=line.verdict, a=line.a, b=line.b, by=line.by, why=line.why, at=line.at
    )


def _append(stream: BinaryIO, line: Judged | Undone) -> int:
    """Write a line at the end, whole and durable; returns its number."""
    stream.seek(0)
    before = stream.read()
    torn = b"\n" if before and not before.endswith(b"\n") else b""
    text = line.model_dump_json(exclude_defaults=True)
    stream.write(torn + text.encode() + b"\n")
    stream.flush()
    os.fsync(stream.fileno())
    return before.count(b"\n") + len(torn) + 1


def _history(content: bytes, path: Path) -> tuple[Judgement, ...]:
    judgements: dict[int, Judgement] = {}
    for number, text in enumerate(content.split(b"\n"), 1):
        if not text.strip():
            continue
        line = _parsed(text, number, path)
        if isinstance(line, Judged):
            judgements[number] = _judgement(number, line)
        elif line.undo not in judgements:
            raise _broken(number, path, f"it takes back line {line.undo}, which is no judgement before it")
        else:
            judgements[line.undo] = judgements[line.undo].model_copy(update={"undone": number})
    return tuple(judgements.values())


def _parsed(text: bytes, number: int, path: Path) -> Judged | Undone:
    try:
        return _LINE.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part not in {"Judged", "Undone"})
        raise _broken(number, path, f"{where}: {first['msg']}" if where else first["msg"]) from error


def _broken(number: int, path: Path, why: str) -> LedgerError:
    return LedgerError(
        f"{path}, line {number} is no judgement ({why}).",
        "Correct that line, or empty it; keep the others where they are, since they go by their numbers.",
    )
