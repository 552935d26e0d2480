"""How the service and its workers talk over a socket: frames of a kind, a length and a payload."""

from __future__ import annotations

import pickle
import socket
import struct
from typing import Any

PIECE, END, LAST, ERROR, TASK = b"P", b"E", b"L", b"X", b"T"
"""A piece of an answer; its end; its end, after which the worker had better be replaced; an error; a task."""
_HEAD = struct.Struct("!cI")
_MOST_PARTS = 1024
"""Parts that the operating system takes at a time (IOV_MAX)."""


def send(channel: socket.socket, kind: bytes, *payload: bytes) -> None:
    """Send one frame, whose payload may come in parts. Raises OSError where nobody listens any more."""
    parts = [_HEAD.pack(kind, sum(map(len, payload))), *payload]
    sent = channel.sendmsg(parts[:_MOST_PARTS])
    for part in parts:
        if sent < len(part):
            channel.sendall(memoryview(part)[sent:])
        sent = max(0, sent - len(part))


def receive(channel: socket.socket) -> tuple[bytes, bytes]:
    """The next frame: its kind and its payload.

    Raises:
        EOFError: the other side is gone.
    """
    kind, length = _HEAD.unpack(_exactly(channel, _HEAD.size))
    return kind, _exactly(channel, length)


def pack(value: object) -> bytes:
    """A task, an order or an error as a payload; both sides are the same program."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpack(payload: bytes) -> Any:
    """What was packed."""
    return pickle.loads(payload)


def _exactly(channel: socket.socket, length: int) -> bytes:
    if length == 0:
        return b""
    try:
        payload = channel.recv(length, socket.MSG_WAITALL)
    except ConnectionError as error:
        raise EOFError from error
    if len(payload) < length:
        raise EOFError
    return payload
