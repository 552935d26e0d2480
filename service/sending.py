"""How the server sends answers: to the client's socket at once, and long ones without copying them first.

waitress keeps what an application gives in a buffer, and lets a thread of its own send from there. That stays
so for a client that does not keep up, so that it holds no worker.
"""

from __future__ import annotations

import select
import time
from collections.abc import Mapping

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import WSGITask

_PATIENCE = 0.5
"""Seconds that an answer may wait for its client in all, before the rest goes by way of the buffer."""
_LARGE = 1 << 14


class _Task(WSGITask):  # type: ignore[misc]  # waitress has no types
    """A request whose answer, where it comes in chunks, is sent without a copy."""

    patience = _PATIENCE

    def finish(self) -> None:
        """End the answer, and send what is left of it. Raises ClientDisconnected."""
        super().finish()
        self.channel.send_rest()

    def write(self, data: bytes) -> None:
        """Send a part of the answer. Raises ClientDisconnected."""
        if len(data) >= _LARGE and not self.wrote_header:
            super().write(b"")  # the header alone
        if len(data) < _LARGE or not (self.chunked_response and self.has_body):
            super().write(data)
            return
        chunk = [b"%X\r\n" % len(data), data, b"\r\n"]
        self.patience -= self.channel.send_now(chunk, self.patience)


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that can be written to at once."""

    task_class = _Task

    def send_now(self, pieces: list[bytes], patience: float) -> float:
        """Send pieces, waiting for the client at most so many seconds in all; returns how long it was.

        What it has not taken by then is left to the buffer. Raises ClientDisconnected.
        """
        rest = [memoryview(piece) for piece in pieces]
        waited = 0.0
        while rest and self._takes(rest) and rest:
            begin = time.monotonic()
            poll = select.poll()
            poll.register(self.socket, select.POLLOUT)
            is_ready = poll.poll(max(0.0, patience - waited) * 1000)
            waited += time.monotonic() - begin
            if not is_ready:
                break
        for piece in rest:
            self.write_soon(piece)
        return waited

    def send_rest(self) -> None:
        """Send what is kept as far as the client takes it, rather than wake the server's thread for it."""
        with self.outbuf_lock:
            if self.connected and self.total_outbufs_len:
                self._flush_exception(self._flush_some, do_close=False)

    def _takes(self, rest: list[memoryview]) -> bool:
        """Send as much of the pieces as the socket takes; false where older ones wait in the buffer.

        The server closes a connection only while it has the lock, so the socket stays this client's.
        """
        with self.outbuf_lock:
            if not self.connected:
                raise ClientDisconnected
            if self.total_outbufs_len:
                self._flush_exception(self._flush_some, do_close=False)
            if self.total_outbufs_len:
                return False
            try:
                sent = self.socket.sendmsg(rest)
            except BlockingIOError:
                sent = 0
            except OSError as error:
                raise ClientDisconnected from error
            self.last_activity = time.time()
        while rest and sent >= len(rest[0]):
            sent -= len(rest.pop(0))
        if sent:
            rest[0] = rest[0][sent:]
        return True


def send_at_once(dispatchers: Mapping[int, object]) -> None:
    """Let the servers of waitress that are in its map send long answers so."""
    for server in dispatchers.values():
        if isinstance(server, BaseWSGIServer):
            server.channel_class = _Channel
