"""The answer of a worker as it comes in, and the watch over how long the worker takes."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from graph.errors import DiplographError, QueryError
from service.endpoint import wire
from service.endpoint.generations import Worker
from service.endpoint.orders import Limits
from service.endpoint.places import Places
from service.endpoint.refusals import LimitError
from service.endpoint.tasks import Task
from service.endpoint.worker import out_of_memory
from service.leading import give_way, leads

PROMPT, MODEST, LONG = 0.001, 0.03, 0.25
"""Seconds after which another thread leads, after which a query gives way to others, and after which it
needs a place for long ones."""
EAGER = 1 << 18
"""Bytes of an answer that are waited for before its status is told."""
_NICENESS = 19


class Reply:
    """A task's answer: iterate over its pieces once, then close it.

    Raises, when made or iterated over:
        DiplographError: the task's own error, or the limit that was exceeded.
    """

    def __init__(
        self, worker: Worker, task: Task, limits: Limits, places: Places, done: Callable[[Worker], None]
    ) -> None:
        """Give the task to a worker, and wait until the answer is there or begins to be long.

        Args:
            worker: who does it.
            task: what is to be done.
            limits: what it may take.
            places: where it gets a place when it takes long.
            done: is called once with the worker, when it is not needed any more.
        """
        self._worker, self._limits, self._places, self._done = worker, limits, places, done
        self._begin = time.monotonic()
        self._deadline = self._begin + limits.seconds
        self._is_modest = self._has_place = False
        self._pieces: list[bytes] = []
        self.is_complete = self._is_closed = False
        try:
            wire.send(worker.child.channel, wire.TASK, wire.pack(task))
            size = 0
            while not self.is_complete and size < EAGER:
                if piece := self._next():
                    self._pieces.append(piece)
                    size += len(piece)
        except BaseException:
            self.close()
            raise
        if self.is_complete:
            self.close()
        else:
            give_way()  # the rest waits for the client, too

    @property
    def begun(self) -> bytes:
        """What is there already: all of the answer, where it is complete."""
        return self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)

    def __iter__(self) -> Iterator[bytes]:
        yield self.begun
        while not self.is_complete:
            if piece := self._next():
                yield piece
        self.close()

    def close(self) -> None:
        """Give the worker back; end it where its answer is not complete."""
        if self._is_closed:
            return
        self._is_closed = True
        self._worker.is_spent |= not self.is_complete or not self._is_eager_again()
        if self._has_place:
            self._places.leave()
        self._done(self._worker)

    def _is_eager_again(self) -> bool:
        """Whether the worker has its full priority, or gets it back, which takes a privilege."""
        if self._is_modest:
            try:
                os.setpriority(os.PRIO_PROCESS, self._worker.child.pid, 0)
            except OSError:
                return False
        return True

    def _next(self) -> bytes:
        """The next piece; empty at the end."""
        self._wait()
        try:
            kind, payload = wire.receive(self._worker.child.channel)
        except EOFError:
            raise self._fate() from None
        if kind == wire.ERROR:
            self._worker.is_spent = True
            raise wire.unpack(payload)
        self.is_complete = kind != wire.PIECE
        self._worker.is_spent |= kind == wire.LAST
        return payload

    def _wait(self) -> None:
        """Wait for the worker to say something, and see that it keeps its manners meanwhile."""
        if leads():
            if self._is_readable(PROMPT):
                return
            give_way()
        while True:
            age = time.monotonic() - self._begin
            if not self._is_modest and age >= MODEST:
                self._is_modest = True
                with suppress(OSError):  # it may be gone
                    os.setpriority(os.PRIO_PROCESS, self._worker.child.pid, _NICENESS)
            if not self._has_place and age >= LONG:
                self._places.enter(self._worker.child, self._deadline)
                self._has_place = True
            due = self._deadline if self._has_place else self._begin + (LONG if self._is_modest else MODEST)
            if self._is_readable(min(due, self._deadline) - time.monotonic()):
                return
            if time.monotonic() >= self._deadline:
                raise too_slow(self._limits)

    def _is_readable(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._worker.child.channel, select.POLLIN)
        return bool(poll.poll(max(0.0, seconds) * 1000))

    def _fate(self) -> DiplographError:
        """Why a worker has ended in the middle of a task."""
        number = self._worker.child.fate()
        if number == signal.SIGSEGV:
            return QueryError("The query is too deep to be read.", "Nest less, and write shorter chains.")
        if number == signal.SIGALRM:
            return too_slow(self._limits)
        return out_of_memory(self._limits)


def too_slow(limits: Limits) -> LimitError:
    """The error for a query that needs more time than it may have."""
    return LimitError(
        f"The query takes longer than {limits.seconds:g} seconds (query_timeout).",
        "Ask for less: bind more of the pattern, or use SELECT DISTINCT between steps of a path.",
        limit="query_timeout",
    )
