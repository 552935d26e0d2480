"""The workers as the service sees them: who answers which query, for how long, and on which snapshot.

A query starts at once, in a worker of its own. After a moment it has to give way to younger ones; a while
later it must hold one of a few places for long queries, and rests until one is free. So many runaways slow
each other down, and not the small query that comes after them.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from graph.errors import DiplographError, QueryError, StoreError
from graph.store import snapshot_path
from service.endpoint import wire
from service.endpoint.nursery import Fate, Hold, Limits, Signal, Work, out_of_memory
from service.endpoint.refusals import BusyError, LimitError
from service.endpoint.tasks import Task

MODEST, LONG = 0.03, 0.25
"""Seconds after which a query gives way to others, and after which it needs a place for long ones."""
EAGER = 1 << 18
"""Bytes of an answer that are waited for before its status is told."""
_NICENESS = 19
_WARM = 4
_POLL = 0.2
_BIRTH = "from service.endpoint.nursery import main; main()"
"""Not ``-m``, which would make the module's classes anew as those of ``__main__``."""


class _Nursery:
    """The near end of a nursery's control channel."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._lock = threading.Lock()

    def order(self, order: Hold | Work | Signal | Fate, far_end: socket.socket | None = None) -> int:
        """Give an order, with a channel for whom it forks. Raises EOFError where the nursery is gone."""
        with self._lock:
            try:
                socket.send_fds(self._control, [wire.pack(order)], [far_end.fileno()] if far_end else [])
                kind, payload = wire.receive(self._control)
            except OSError as error:
                raise EOFError from error
        assert kind == wire.PIECE
        return int(wire.unpack(payload))

    def fork(self, order: Hold | Work) -> tuple[int, socket.socket]:
        """A child's process id and the near end of its channel."""
        near, far = socket.socketpair()
        with far:
            try:
                return self.order(order, far), near
            except EOFError:
                near.close()
                raise

    def close(self) -> None:
        """Let it end, and all its children with it."""
        self._control.close()


@dataclass(eq=False)
class _Generation:
    """A snapshot's nursery, with its workers that wait for work."""

    nursery: _Nursery
    version: str
    modified: float
    idle: deque[_Worker] = field(default_factory=deque)
    busy: int = 0
    retired: bool = False


@dataclass(eq=False)
class _Worker:
    """A worker, and the generation whose snapshot it holds; None where it is there for one task."""

    pid: int
    channel: socket.socket
    nursery: _Nursery
    generation: _Generation | None = None
    is_spent: bool = False

    def signal(self, number: int) -> None:
        with suppress(EOFError):
            self.nursery.order(Signal(self.pid, number))

    def end(self) -> None:
        self.signal(signal.SIGKILL)
        self.channel.close()


class Pool:
    """Runs tasks in workers with limits. Follows the store's newest snapshot; a context manager."""

    def __init__(
        self, folder: Path, limits: Limits, places: int, in_memory: int, cut_off: bool = True
    ) -> None:
        """Start, and wait until the newest snapshot is there.

        Args:
            folder: the folder of the store.
            limits: what each query may take.
            places: how many long queries run at a time; three times as many may wait.
            in_memory: the most quads that are held in memory.
            cut_off: whether queries can open no connection at all.

        Raises:
            StoreError: nothing was built there, or it cannot be held.
        """
        self.limits = limits
        self._folder, self._in_memory, self._cut_off = folder, in_memory, cut_off
        self._places = threading.BoundedSemaphore(places)
        self._resting = threading.BoundedSemaphore(3 * places)
        self._lock, self._following, self._writing = threading.Lock(), threading.Lock(), threading.Lock()
        self._stopping = threading.Event()
        self._running = 0
        self._process, control = _spawn(folder)
        self._root = _Nursery(control)
        try:
            self._now = self._held()
        except BaseException:
            self._root.close()
            self._process.wait()
            raise
        self._follower = threading.Thread(target=self._keep_following, name="follower", daemon=True)
        self._follower.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def version(self) -> tuple[str, float]:
        """What changes whenever the graph does, and the time of that change (seconds since 1970)."""
        return self._now.version, self._now.modified

    @property
    def running(self) -> int:
        """How many tasks are being worked on."""
        return self._running

    def run(self, task: Task) -> Reply:
        """Do a task; returns when its answer is there or begins to be long.

        What a write leaves is seen by all that begins after it.

        Raises:
            DiplographError: what the task raises.
            LimitError: it takes more than it may; its worker has been ended.
            BusyError: too many long queries are waiting.
        """
        if self._stopping.is_set():
            raise BusyError("The service is stopping.", "Try later.")
        if not task.writes:
            return self._attempt(task)
        with self._writing:
            reply = self._attempt(task)
            self.follow()
            return reply

    def follow(self) -> None:
        """Go over to the newest snapshot where there is a newer one; queries that run stay with theirs."""
        with self._following:
            if _version(self._folder) == (self._now.version, self._now.modified):
                return
            newest = self._held()
            with self._lock:
                old, self._now = self._now, newest
                old.retired = True
            self._dismiss(old)

    def close(self, patience: float = 0.0) -> None:
        """Take no more tasks; end those that run after so many seconds."""
        if self._process.returncode is not None:
            return
        self._stopping.set()
        until = time.monotonic() + patience
        while self._running and time.monotonic() < until:
            time.sleep(0.05)
        self._follower.join()
        for worker in self._now.idle:
            worker.channel.close()
        self._now.nursery.close()
        self._root.close()
        self._process.wait()

    def _attempt(self, task: Task) -> Reply:
        """Run it, once again in the rare case that its worker was gone before it began."""
        try:
            return Reply(self, self._take(task), task)
        except BrokenPipeError:
            return Reply(self, self._take(task), task)

    def _take(self, task: Task) -> _Worker:
        """A worker for a task."""
        with self._lock:
            self._running += 1
            generation = self._now if task.asks else None
            if generation:
                generation.busy += 1
                if generation.idle:
                    return generation.idle.pop()
        nursery = generation.nursery if generation else self._root
        try:
            pid, channel = nursery.fork(Work(self.limits, self._cut_off and task.asks))
        except EOFError as error:
            self._put_away(generation)
            raise StoreError(
                "The process that holds the graph has ended.", "Start the service again."
            ) from error
        return _Worker(pid, channel, nursery, generation)

    def give_back(self, worker: _Worker) -> None:
        """Keep a worker for the next task, unless it is spent, old, or one too many."""
        generation = worker.generation
        with self._lock:
            if generation and not worker.is_spent and not generation.retired and len(generation.idle) < _WARM:
                generation.idle.append(worker)
                worker = None  # type: ignore[assignment]
        if worker:
            worker.end()
        self._put_away(generation)

    def _put_away(self, generation: _Generation | None) -> None:
        with self._lock:
            self._running -= 1
            if generation:
                generation.busy -= 1
        if generation and generation.retired:
            self._dismiss(generation)

    def _dismiss(self, generation: _Generation) -> None:
        """Let a retired generation go when nobody needs it."""
        with self._lock:
            idle, is_needed = list(generation.idle), generation.busy
            generation.idle.clear()
        for worker in idle:
            worker.end()
        if not is_needed:
            generation.nursery.close()

    def rest(self, worker: _Worker, deadline: float) -> None:
        """Get a place for a long query, resting where there is none.

        Raises:
            BusyError: too many rest already, or none became free in time.
        """
        if self._places.acquire(blocking=False):
            return
        if not self._resting.acquire(blocking=False):
            raise BusyError(
                "All places for long queries are taken, and too many queries wait for one.", "Try later."
            )
        try:
            worker.signal(signal.SIGSTOP)
            if not self._places.acquire(timeout=max(0.0, deadline - time.monotonic())):
                raise BusyError(
                    "All places for long queries were taken for as long as a query may take.", "Try later."
                )
            worker.signal(signal.SIGCONT)
        finally:
            self._resting.release()

    def leave_place(self) -> None:
        """Give a place for a long query to the next."""
        self._places.release()

    def _held(self) -> _Generation:
        """A nursery that holds the newest snapshot. Raises StoreError."""
        version, modified = _version(self._folder)
        _, control = self._root.fork(Hold(self._in_memory))
        try:
            kind, payload = wire.receive(control)
        except EOFError:
            kind, payload = wire.ERROR, wire.pack(StoreError("its process has ended"))
        if kind == wire.ERROR:
            control.close()
            raise StoreError(f"The graph in {self._folder} cannot be held: {wire.unpack(payload)}.")
        return _Generation(_Nursery(control), version, modified)

    def _keep_following(self) -> None:
        while not self._stopping.wait(_POLL):
            with suppress(DiplographError, EOFError):  # a store that is being replaced; there is a next time
                self.follow()


class Reply:
    """A task's answer: iterate over its pieces once, then close it.

    Raises, when made or iterated over:
        DiplographError: the task's own error, or the limit that was exceeded.
    """

    def __init__(self, pool: Pool, worker: _Worker, task: Task) -> None:
        self._pool, self._worker = pool, worker
        self._begin = time.monotonic()
        self._deadline = self._begin + pool.limits.seconds
        self._is_modest = self._has_place = False
        self._pieces: list[bytes] = []
        self.is_complete = self._is_closed = False
        try:
            wire.send(worker.channel, wire.TASK, wire.pack(task))
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

    @property
    def begun(self) -> bytes:
        """What is there already: all of the answer, where it is complete."""
        return b"".join(self._pieces)

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
        self._worker.is_spent |= self._is_modest or not self.is_complete
        if self._has_place:
            self._pool.leave_place()
        self._pool.give_back(self._worker)

    def _next(self) -> bytes:
        """The next piece; empty at the end."""
        self._wait()
        try:
            kind, payload = wire.receive(self._worker.channel)
        except EOFError:
            raise self._fate() from None
        if kind == wire.ERROR:
            self._worker.is_spent = True
            raise wire.unpack(payload)
        self.is_complete = kind == wire.END
        return payload

    def _wait(self) -> None:
        """Wait for the worker to say something, and see that it keeps its manners meanwhile."""
        while True:
            age = time.monotonic() - self._begin
            if not self._is_modest and age >= MODEST:
                self._is_modest = True
                with suppress(OSError):  # it may be gone
                    os.setpriority(os.PRIO_PROCESS, self._worker.pid, _NICENESS)
            if not self._has_place and age >= LONG:
                self._pool.rest(self._worker, self._deadline)
                self._has_place = True
            due = self._deadline if self._has_place else self._begin + (LONG if self._is_modest else MODEST)
            if self._is_readable(min(due, self._deadline) - time.monotonic()):
                return
            if time.monotonic() >= self._deadline:
                raise _too_slow(self._pool.limits)

    def _is_readable(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._worker.channel, select.POLLIN)
        return bool(poll.poll(max(0.0, seconds) * 1000))

    def _fate(self) -> DiplographError:
        """Why a worker has ended in the middle of a task."""
        number = self._worker.nursery.order(Fate(self._worker.pid))
        if number == signal.SIGSEGV:
            return QueryError("The query is too deep to be read.", "Nest less, and write shorter chains.")
        if number == signal.SIGALRM:
            return _too_slow(self._pool.limits)
        return out_of_memory(self._pool.limits)


def _too_slow(limits: Limits) -> LimitError:
    return LimitError(
        f"The query takes longer than {limits.seconds:g} seconds (query_timeout).",
        "Ask for less: bind more of the pattern, or use SELECT DISTINCT between steps of a path.",
        limit="query_timeout",
    )


def _version(folder: Path) -> tuple[str, float]:
    """The name of the newest snapshot and the time when it was published. Raises StoreError."""
    path = snapshot_path(folder)
    return path.name, (folder / "current").stat().st_mtime


def _spawn(folder: Path) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """A new nursery without a graph, in a process that knows no secrets, and its control channel."""
    near, far = socket.socketpair()
    places = [str(Path(__file__).resolve().parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {n: v for n, v in os.environ.items() if not n.startswith("DIPLOGRAPH_")}
    with far:
        process = subprocess.Popen(
            [sys.executable, "-c", _BIRTH, str(far.fileno()), str(folder.resolve())],
            env=environment | {"PYTHONPATH": os.pathsep.join(places)},
            pass_fds=[far.fileno()],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    return process, near
