"""The outlet that the answer of a worker leaves by, which counts what leaves."""

from __future__ import annotations

import socket

from service.endpoint import wire
from service.endpoint.refusals import LimitError

PIECE = 1 << 18
"""Bytes that are sent at a time."""
_ROW_ENDS = {"json": b"}},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n", "nt": b"\n", "nq": b"\n"}
"""What stands once in every row of an answer. In JSON, a text that contains it counts as a row more."""
COUNTED = 1 << 20
"""Bytes in which every row is counted. Counting costs a tenth of what writing does, so beyond that the rows
of one piece in eight stand for those of the others."""
_SHARE, _TOLERANCE = 8, 1.05


class Outlet:
    """Sends what is written to it in pieces, and counts bytes and rows."""

    def __init__(self, channel: socket.socket, form: str, max_bytes: int, max_rows: int) -> None:
        self._channel = channel
        self._pending: list[bytes] = []
        self._size = 0
        self._row_end = _ROW_ENDS.get(form, b"")
        self._bytes, self._rows, self._pieces = 0, 0, 0
        self._max_bytes, self._max_rows = max_bytes, max_rows
        self.exceeded: LimitError | None = None

    def expect(self, rows: int) -> None:
        """Be told that there will be at most so many rows; if they may be, nobody needs to count them."""
        if rows <= self._max_rows:
            self._row_end = b""

    def write(self, piece: bytes) -> int:
        """Take a piece. Raises LimitError where it is one too many."""
        self._pending.append(piece)
        self._size += len(piece)
        if self._size >= PIECE:
            self._pass_on(wire.PIECE)
        return len(piece)

    def flush(self) -> None:
        """Keep what is there until there is enough to send; writers call this at their end."""

    def finish(self, kind: bytes = wire.END) -> None:
        """Send the rest, as the end of the answer. Raises LimitError."""
        self._pass_on(kind)

    def _pass_on(self, kind: bytes) -> None:
        self._bytes += self._size
        self._pieces += 1
        self._refuse_more_than("query_bytes", self._bytes, self._max_bytes, self._max_bytes)
        if self._row_end:
            is_exact = self._bytes <= COUNTED
            if is_exact or self._pieces % _SHARE == 0:
                self._rows += b"".join(self._pending).count(self._row_end) * (1 if is_exact else _SHARE)
            most = self._max_rows * (1 if is_exact else _TOLERANCE)
            self._refuse_more_than("query_rows", self._rows, most, self._max_rows)
        wire.send(self._channel, kind, *self._pending)
        self._pending, self._size = [], 0

    def _refuse_more_than(self, limit: str, number: int, most: float, told: int) -> None:
        if number > most:
            self.exceeded = LimitError(
                f"The answer has more than {told:,} {limit.removeprefix('query_')} ({limit}).",
                "Ask for less with LIMIT, and for the rest with OFFSET.",
                limit=limit,
                status=413,
            )
            raise self.exceeded
