"""The workers as the service sees them: give it a task, and it gives a reply.

A query starts at once, in a worker of its own. After a moment it has to give way to younger ones; a while
later it must hold one of a few places for long queries, and rests until one is free. So many runaways slow
each other down, and not the small query that comes after them.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Self

from service.endpoint.cradle import spawn
from service.endpoint.generations import Generations, Worker
from service.endpoint.orders import Limits
from service.endpoint.places import Places
from service.endpoint.refusals import BusyError
from service.endpoint.reply import Reply
from service.endpoint.tasks import Task


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
            in_memory: the most statements that are held in memory.
            cut_off: whether queries can open no connection at all.

        Raises:
            StoreError: nothing was built there, or it cannot be held.
        """
        self.limits = limits
        self._places = Places(places)
        self._counting, self._writing = threading.Lock(), threading.Lock()
        self._is_stopping = False
        self._running = 0
        self._process, self._root = spawn(folder)
        try:
            self._generations = Generations(folder, self._root, in_memory, limits, cut_off)
        except BaseException:
            self._root.close()
            self._process.wait()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def version(self) -> tuple[str, float]:
        """What changes whenever the graph does, and the time of that change (seconds since 1970)."""
        return self._generations.version

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
        if self._is_stopping:
            raise BusyError("The service is stopping.", "Try later.")
        if not task.writes:
            return self._attempt(task)
        with self._writing:
            reply = self._attempt(task)
            self._generations.follow()
            return reply

    def close(self, patience: float = 0.0) -> None:
        """Take no more tasks; end those that run after so many seconds."""
        if self._process.returncode is not None:
            return
        self._is_stopping = True
        until = time.monotonic() + patience
        while self._running and time.monotonic() < until:
            time.sleep(0.05)
        self._generations.close()
        self._root.close()
        self._process.wait()

    def _attempt(self, task: Task) -> Reply:
        """Run it, once again in the rare case that its worker was gone before it began."""
        try:
            return self._begun(task)
        except BrokenPipeError:
            return self._begun(task)

    def _begun(self, task: Task) -> Reply:
        self._count(1)
        try:
            worker = self._generations.take(task.asks)
        except BaseException:
            self._count(-1)
            raise
        return Reply(worker, task, self.limits, self._places, self._done)

    def _done(self, worker: Worker) -> None:
        self._generations.give_back(worker)
        self._count(-1)

    def _count(self, number: int) -> None:
        with self._counting:
            self._running += number
