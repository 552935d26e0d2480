"""The process that workers are born from.

service ──▶ nursery, which holds nothing ──fork──▶ writers
                │
               fork ──▶ nursery, which holds a snapshot ──fork──▶ workers, which answer queries

The service has threads and must not fork; a nursery has none. A worker is there within some milliseconds and
shares the snapshot's memory, so that killing one costs next to nothing. Each dies when its parent does.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.errors import DiplographError, QueryError
from graph.store import merged, open_snapshot, read_only
from service.endpoint import wire
from service.endpoint.refusals import LimitError
from service.endpoint.tasks import Held, Outlet, Task

_DATABASE = 2 << 30
"""Bytes of address space, most of them never used, that a database on disk and its threads take."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: seconds, bytes of memory, rows and bytes of its answer."""

    seconds: float
    memory: int
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Hold:
    """Fork a nursery that holds the newest snapshot, in memory where it has at most so many quads."""

    in_memory: int


@dataclass(frozen=True, slots=True)
class Work:
    """Fork a worker. ``cut_off``: it can open no connection, whatever it is asked."""

    limits: Limits
    cut_off: bool


@dataclass(frozen=True, slots=True)
class Signal:
    """Send a signal to a child."""

    pid: int
    number: int


@dataclass(frozen=True, slots=True)
class Fate:
    """Tell how a child ended that has closed its channel: the number of its signal, or 0."""

    pid: int


class Nursery:
    """Takes orders over a control channel until it is closed."""

    def __init__(self, control: socket.socket, held: Held, on_disk: Path | None = None) -> None:
        self._control = control
        self._held = held
        self._on_disk = on_disk
        self._ended: dict[int, int] = {}

    def run(self) -> None:
        """Obey until the other side closes the channel."""
        while True:
            payload, descriptors, _, _ = socket.recv_fds(self._control, 1 << 16, 1)
            if not payload:
                return
            channel = socket.socket(fileno=descriptors[0]) if descriptors else None
            self._reap()
            wire.send(self._control, wire.PIECE, wire.pack(self._obey(wire.unpack(payload), channel)))

    def _obey(self, order: Hold | Work | Signal | Fate, channel: socket.socket | None) -> int:
        match order:
            case Hold(in_memory) if channel:
                return self._fork(channel, lambda: self._hold(channel, in_memory))
            case Work(limits, cut_off) if channel:
                return self._fork(channel, lambda: self._work(channel, limits, cut_off))
            case Signal(pid, number) if pid not in self._ended:
                os.kill(pid, number)
            case Fate(pid):
                if pid not in self._ended:
                    self._ended[pid] = os.waitpid(pid, 0)[1]
                status = self._ended[pid]
                return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            case Signal():
                pass
            case _:
                raise TypeError(order)
        return 0

    def _fork(self, channel: socket.socket, life: Callable[[], None]) -> int:
        pid = os.fork()
        if pid:
            self._ended.pop(pid, None)
            channel.close()
            return pid
        try:
            _die_with_parent()
            self._control.close()
            life()
        except BaseException:  # nothing may escape into the parent's stack
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(0)

    def _reap(self) -> None:
        """Note how children ended, so that none stays a zombie."""
        try:
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                self._ended[ended[0]] = ended[1]
        except ChildProcessError:
            pass

    def _hold(self, control: socket.socket, in_memory: int) -> None:
        """The life of a nursery with a snapshot: tell that it is there, then take orders."""
        with tempfile.TemporaryDirectory(prefix="diplograph-") as scratch:
            try:
                snapshot = open_snapshot(self._held.folder)
                folder = None if len(snapshot) <= in_memory else Path(scratch) / "merged"
                graph = merged(snapshot, folder)
            except Exception as error:  # told to the service, which goes on with what it has
                wire.send(control, wire.ERROR, wire.pack(QueryError(str(error))))
                return
            del snapshot
            held = Held(self._held.folder, None if folder else graph)
            del graph
            gc.freeze()
            wire.send(control, wire.END)
            Nursery(control, held, folder).run()

    def _work(self, channel: socket.socket, limits: Limits, cut_off: bool) -> None:
        """The life of a worker: one task after another."""
        held = self._held
        if self._on_disk:
            held = Held(held.folder, read_only(self._on_disk))
        _limit_memory(limits.memory + (0 if held.graph and not self._on_disk else _DATABASE))
        if cut_off and not self._on_disk:
            _keep_descriptors()
        while True:
            try:
                _, payload = wire.receive(channel)
            except EOFError:
                return
            signal.setitimer(signal.ITIMER_REAL, limits.seconds + 1)
            _perform(wire.unpack(payload), held, channel, limits)
            signal.setitimer(signal.ITIMER_REAL, 0)


def _perform(task: Task, held: Held, channel: socket.socket, limits: Limits) -> None:
    outlet = Outlet(channel, task.form, limits.bytes, limits.rows)
    try:
        task.run(held, outlet)
        outlet.pass_on()
    except ConnectionError:
        return  # nobody waits for the answer any more
    except Exception as error:  # an error of any kind is the answer
        wire.send(channel, wire.ERROR, wire.pack(outlet.exceeded or _told(error, limits)))
    else:
        wire.send(channel, wire.END)


def _told(error: Exception, limits: Limits) -> DiplographError:
    if isinstance(error, DiplographError):
        return error
    if isinstance(error, MemoryError):
        return out_of_memory(limits)
    return QueryError(f"The query cannot be answered: {error}")


def out_of_memory(limits: Limits) -> LimitError:
    """The error for a query that needs more memory than it may have."""
    return LimitError(
        f"The query needs more than {limits.memory >> 20:,} MiB of memory (query_memory).",
        "Ask for less at a time: drop ORDER BY or DISTINCT over everything, or join fewer patterns.",
        limit="query_memory",
    )


def _limit_memory(extra: int) -> None:
    """Let this process grow by so many bytes and no more, where /proc tells how large it is."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statm = Path("/proc/self/statm")
    if statm.exists():
        pages = int(statm.read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + extra
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _keep_descriptors() -> None:
    """Let no descriptor be opened beyond those that are: no file, and no connection to anywhere."""
    highest = os.open(os.devnull, os.O_RDONLY)
    os.close(highest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest, highest))


def _die_with_parent() -> None:
    """Ask Linux to kill this process when its parent ends, even in the middle of a query."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def main() -> None:
    """Take orders over the descriptor that the command line names, about the folder that it names."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    descriptor, folder = sys.argv[1:]
    Nursery(socket.socket(fileno=int(descriptor)), Held(Path(folder))).run()
