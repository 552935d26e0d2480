"""Generations of workers: each answers from one snapshot, and the newest is the one that is asked.

A new snapshot is asked on disk at once; where it fits into memory, it is loaded beside that and asked there.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import DiplographError, StoreError
from graph.snapshots import snapshot_path
from service.endpoint import wire
from service.endpoint.cradle import Child, Cradle
from service.endpoint.orders import Hold, Limits, Work
from service.leading import give_way

_WARM = 4
_POLL = 0.1


@dataclass(eq=False, slots=True)
class Generation:
    """A snapshot's nursery, with its workers that wait for work."""

    nursery: Cradle
    version: str
    modified: float
    is_on_disk: bool
    is_large: bool = False  # too large for memory
    idle: deque[Worker] = field(default_factory=deque)
    busy: int = 0
    retired: bool = False


@dataclass(eq=False, slots=True)
class Worker:
    """A worker, and the generation whose snapshot it holds; None where it is there for one task."""

    child: Child
    generation: Generation | None = None
    is_spent: bool = False


class Generations:
    """Gives workers out and takes them back, and follows the store's newest snapshot."""

    def __init__(self, folder: Path, root: Cradle, in_memory: int, limits: Limits, cut_off: bool) -> None:
        """Hold the newest snapshot.

        Args:
            folder: the folder of the store.
            root: the nursery that holds nothing.
            in_memory: the most statements that are held in memory.
            limits: what each query may take.
            cut_off: whether queries can open no connection at all.

        Raises:
            StoreError: nothing was built there, or it cannot be held.
        """
        self._folder, self._root, self._in_memory = folder, root, in_memory
        self._limits, self._cut_off = limits, cut_off
        self._lock, self._following = threading.Lock(), threading.Lock()
        self._stopping = threading.Event()
        self._now = self._held(at_once=True)
        self._follower = self._repeating(self.follow, "follower")
        self._repeating(self._load, "loader")  # which must not keep a newer snapshot waiting

    @property
    def version(self) -> tuple[str, float]:
        """What changes whenever the graph does, and the time of that change (seconds since 1970)."""
        return self._now.version, self._now.modified

    def take(self, asks: bool) -> Worker:
        """A worker for a task about the graph, or (``asks`` is false) about the store. Raises StoreError."""
        with self._lock:
            generation = self._now if asks else None
            if generation:
                generation.busy += 1
                if generation.idle:
                    return generation.idle.pop()
        nursery = generation.nursery if generation else self._root
        give_way()
        try:
            child = nursery.fork(Work(self._limits, self._cut_off and asks))
        except EOFError as error:
            self._put_away(generation)
            raise StoreError(
                "The process that holds the graph has ended.", "Start the service again."
            ) from error
        return Worker(child, generation)

    def give_back(self, worker: Worker) -> None:
        """Keep a worker for the next task, unless it is spent, old, or one too many."""
        generation, is_kept = worker.generation, False
        with self._lock:
            if generation and not worker.is_spent and not generation.retired:
                is_kept = len(generation.idle) < _WARM
                if is_kept:
                    generation.idle.append(worker)
        if not is_kept:
            worker.child.end()
        self._put_away(generation)

    def follow(self) -> None:
        """Go over to the newest snapshot where there is a newer one; queries that run stay with theirs."""
        with self._following:
            if _version(self._folder) != self.version:
                self._go_over(self._held(at_once=True))

    def close(self) -> None:
        """Let all workers go."""
        self._stopping.set()
        self._follower.join()
        for worker in self._now.idle:
            worker.child.channel.close()
        self._now.nursery.close()

    def _put_away(self, generation: Generation | None) -> None:
        if generation:
            with self._lock:
                generation.busy -= 1
            if generation.retired:
                self._dismiss(generation)

    def _go_over(self, newest: Generation) -> None:
        with self._lock:
            old, self._now = self._now, newest
            old.retired = True
        self._dismiss(old)

    def _dismiss(self, generation: Generation) -> None:
        """Let a retired generation go when nobody needs it."""
        with self._lock:
            idle, is_needed = list(generation.idle), generation.busy
            generation.idle.clear()
        for worker in idle:
            worker.child.end()
        if not is_needed:
            generation.nursery.close()

    def _held(self, at_once: bool) -> Generation:
        """A nursery that holds the newest snapshot. Raises StoreError."""
        version, modified = _version(self._folder)
        control = self._root.fork(Hold(self._in_memory, at_once, self._cut_off)).channel
        try:
            kind, payload = wire.receive(control)
        except EOFError:
            kind, payload = wire.ERROR, wire.pack(StoreError("its process has ended"))
        if kind == wire.ERROR:
            control.close()
            raise StoreError(f"The graph in {self._folder} cannot be held: {wire.unpack(payload)}.")
        return Generation(Cradle(control), version, modified, is_on_disk=wire.unpack(payload))

    def _repeating(self, task: Callable[[], None], name: str) -> threading.Thread:
        """A thread that does something again and again until this is closed."""

        def repeat() -> None:
            while not self._stopping.wait(_POLL):
                with suppress(
                    DiplographError, EOFError
                ):  # a store that is being replaced; there is a next time
                    task()

        thread = threading.Thread(target=repeat, name=name, daemon=True)
        thread.start()
        return thread

    def _load(self) -> None:
        """Load the snapshot into memory beside its generation on disk, where it fits, and go over to that."""
        if not self._now.is_on_disk or self._now.is_large:
            return
        loaded = self._held(at_once=False)
        with self._following:
            if (loaded.version, loaded.modified) == self.version and not loaded.is_on_disk:
                self._go_over(loaded)
            else:
                self._now.is_large = loaded.is_on_disk
                loaded.nursery.close()


def _version(folder: Path) -> tuple[str, float]:
    """The name of the newest snapshot and the time when it was published. Raises StoreError."""
    path = snapshot_path(folder)
    return path.name, (folder / "current").stat().st_mtime
