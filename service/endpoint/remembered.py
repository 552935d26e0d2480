"""Small answers that were given before, and are the same as long as the graph is."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

SMALL = 1 << 16
"""Bytes of the largest answer that is remembered."""
_ALL = 1 << 25


class Remembered:
    """Answers by their entity tags, which change with the graph; the longest unused are forgotten first."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, tag: str) -> bytes | None:
        """The answer of an entity tag; None where it is not remembered."""
        with self._lock:
            if tag in self._answers:
                self._answers.move_to_end(tag)
            return self._answers.get(tag)

    def put(self, tag: str, answer: bytes) -> None:
        """Remember an answer, unless it is large."""
        if len(answer) > SMALL:
            return
        with self._lock:
            self._size += len(answer) - len(self._answers.pop(tag, b""))
            self._answers[tag] = answer
            while self._size > _ALL:
                self._size -= len(self._answers.popitem(last=False)[1])
