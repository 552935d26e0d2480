"""What a worker can be asked to do, and the outlet that its answer leaves by."""

from __future__ import annotations

import io
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from service.endpoint import engine, wire
from service.endpoint.fence import Dataset, Text
from service.endpoint.refusals import LimitError

if TYPE_CHECKING:
    from pyoxigraph import Store

_PIECE = 1 << 18
_ROW_ENDS = {"json": b"}},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n", "nt": b"\n", "nq": b"\n"}
"""What stands once in every row of an answer. In JSON, a text that contains it counts as a row more."""


class Outlet(io.RawIOBase):
    """Sends what is written to it in pieces, and counts bytes and rows."""

    def __init__(self, channel: socket.socket, form: str, max_bytes: int, max_rows: int) -> None:
        super().__init__()
        self._channel = channel
        self._pending = bytearray()
        self._row_end = _ROW_ENDS.get(form, b"")
        self._bytes, self._rows = 0, 0
        self._max_bytes, self._max_rows = max_bytes, max_rows
        self.exceeded: LimitError | None = None

    def write(self, piece: bytes) -> int:  # type: ignore[override]  # Oxigraph writes bytes alone
        """Take a piece. Raises LimitError where it is one too many."""
        self._pending += piece
        if len(self._pending) >= _PIECE:
            self.pass_on()
        return len(piece)

    def pass_on(self) -> None:
        """Send all that is pending. Raises LimitError."""
        self._bytes += len(self._pending)
        if self._row_end:
            self._rows += self._pending.count(self._row_end)
        for limit, number, most in (
            ("query_bytes", self._bytes, self._max_bytes),
            ("query_rows", self._rows, self._max_rows),
        ):
            if number > most:
                self.exceeded = LimitError(
                    f"The answer has more than {most:,} {limit.removeprefix('query_')} (query_{limit[6:]}).",
                    "Ask for less with LIMIT, and for the rest with OFFSET.",
                    limit=limit,
                    status=413,
                )
                raise self.exceeded
        if self._pending:
            wire.send(self._channel, wire.PIECE, bytes(self._pending))
        self._pending = bytearray()


@dataclass(frozen=True, slots=True)
class Held:
    """What a worker has: the folder of the store and, unless it is there to write, the graph to ask."""

    folder: Path
    graph: Store | None = None


class Task(Protocol):
    """One thing to do; what it gives goes to the outlet."""

    @property
    def form(self) -> str:
        """The format of the answer."""

    @property
    def writes(self) -> bool:
        """Whether it changes the store."""

    @property
    def asks(self) -> bool:
        """Whether it is about the graph that a worker holds, rather than about the store."""

    def run(self, held: Held, outlet: Outlet) -> None:
        """Do it. Raises DiplographError."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Answer a query in one of the formats of its form.

    ``written`` is the text of the client where that is another: it is the one that errors speak of.
    """

    query: Text
    dataset: Dataset
    form: str
    base: str
    written: str = ""
    writes: bool = False
    asks: bool = True

    def run(self, held: Held, outlet: Outlet) -> None:
        """Answer from the held graph."""
        assert held.graph is not None
        if self.written:
            engine.check(self.written, self.base)
        engine.evaluate(held.graph, self.query, self.dataset, self.base).write_to(outlet, self.form)


@dataclass(frozen=True, slots=True)
class ReadGraph:
    """Give one graph; None is the unnamed one."""

    graph: str | None
    form: str
    writes: bool = False
    asks: bool = False

    def run(self, held: Held, outlet: Outlet) -> None:
        """Write it out from the newest snapshot."""
        engine.dump_graph(held.folder, self.graph, outlet, self.form)


@dataclass(frozen=True, slots=True)
class Update:
    """Run an update."""

    text: str
    base: str
    form: str = ""
    writes: bool = True
    asks: bool = False

    def run(self, held: Held, outlet: Outlet) -> None:
        """Change the store and publish it."""
        del outlet
        engine.update(held.folder, self.text, self.base)


@dataclass(frozen=True, slots=True)
class WriteGraph:
    """Put RDF texts into a graph; the answer is ``new`` where there was none of that name."""

    graph: str | None
    parts: tuple[tuple[str, bytes], ...]
    base: str
    replacing: bool
    form: str = ""
    writes: bool = True
    asks: bool = False

    def run(self, held: Held, outlet: Outlet) -> None:
        """Change the store and publish it."""
        is_new = engine.write_graph(held.folder, self.graph, self.parts, self.base, self.replacing)
        outlet.write(b"new" if is_new else b"old")


@dataclass(frozen=True, slots=True)
class DeleteGraph:
    """Remove a graph."""

    graph: str | None
    form: str = ""
    writes: bool = True
    asks: bool = False

    def run(self, held: Held, outlet: Outlet) -> None:
        """Change the store and publish it."""
        del outlet
        engine.delete_graph(held.folder, self.graph)
