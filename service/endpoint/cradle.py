"""The service's end of a nursery: orders go there, and channels to those that it forks come back."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from service.endpoint import wire
from service.endpoint.orders import Fate, Hold, Order, Signal, Work

_AHEAD = 1 << 22
"""Bytes that a child may send ahead of who listens, as far as the operating system grants it."""
_LARGE_PAGES = "glibc.malloc.hugetlb=1"
"""For the graph in memory, where the operating system leaves that to programs: a worker is then forked in a
seventh of the time, and queries find what is in memory a little sooner."""
_BIRTH = "from service.endpoint.nursery import main; main()"
"""Not ``-m``, which would make the module's classes anew as those of ``__main__``."""


class Cradle:
    """The near end of a nursery's control channel."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._lock = threading.Lock()

    def order(self, order: Order, far_end: socket.socket | None = None) -> int:
        """Give an order, with a channel for whom it forks. Raises EOFError where the nursery is gone."""
        with self._lock:
            try:
                socket.send_fds(self._control, [wire.pack(order)], [far_end.fileno()] if far_end else [])
                kind, payload = wire.receive(self._control)
            except OSError as error:
                raise EOFError from error
        assert kind == wire.PIECE
        return int(wire.unpack(payload))

    def fork(self, order: Hold | Work) -> Child:
        """A child of the nursery. Raises EOFError where the nursery is gone."""
        near, far = socket.socketpair()
        far.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _AHEAD)
        with far:
            try:
                return Child(self.order(order, far), near, self)
            except EOFError:
                near.close()
                raise

    def close(self) -> None:
        """Let it end, and all its children with it."""
        self._control.close()


@dataclass(eq=False, slots=True)
class Child:
    """A process that a nursery has forked: its id, and the near end of its channel."""

    pid: int
    channel: socket.socket
    parent: Cradle

    def signal(self, number: int) -> None:
        """Send it a signal, if it is there."""
        with suppress(EOFError):
            self.parent.order(Signal(self.pid, number))

    def fate(self) -> int:
        """How it ended: the number of its signal, or 0. Raises EOFError where its nursery is gone, too."""
        return self.parent.order(Fate(self.pid))

    def end(self) -> None:
        """End it at once."""
        self.signal(signal.SIGKILL)
        self.channel.close()


def spawn(folder: Path) -> tuple[subprocess.Popen[bytes], Cradle]:
    """A new nursery without a graph, in a process that knows no secrets, and its near end."""
    near, far = socket.socketpair()
    places = [str(Path(__file__).resolve().parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {n: v for n, v in os.environ.items() if not n.startswith("DIPLOGRAPH_")}
    tunables = ":".join(filter(None, [environment.get("GLIBC_TUNABLES"), _LARGE_PAGES]))
    with far:
        process = subprocess.Popen(
            [sys.executable, "-c", _BIRTH, str(far.fileno()), str(folder.resolve())],
            env=environment | {"PYTHONPATH": os.pathsep.join(places), "GLIBC_TUNABLES": tunables},
            pass_fds=[far.fileno()],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    return process, Cradle(near)
