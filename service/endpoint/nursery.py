"""The process that workers are born from.

service ──▶ nursery, which holds nothing ──fork──▶ writers
                │
               fork ──▶ nursery, which holds a snapshot ──fork──▶ workers, which answer queries

The service has threads and must not fork; a nursery has none. A worker is there within some milliseconds and
shares the snapshot's memory, so that killing one costs next to nothing. Each dies when its parent does.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from graph.errors import QueryError
from service.endpoint import wire
from service.endpoint.confinement import die_with_parent, leave_network
from service.endpoint.held import Held, holding
from service.endpoint.orders import Fate, Hold, Order, Signal, Work
from service.endpoint.worker import work


class Nursery:
    """Takes orders over a control channel until it is closed."""

    def __init__(self, control: socket.socket, held: Held) -> None:
        self._control = control
        self._held = held
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

    def _obey(self, order: Order, channel: socket.socket | None) -> int:
        match order:
            case Hold() if channel:
                return self._fork(channel, lambda: self._hold(channel, order))
            case Work(limits, cut_off) if channel:
                return self._fork(channel, lambda: work(self._held, channel, limits, cut_off))
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
            die_with_parent()
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

    def _hold(self, control: socket.socket, order: Hold) -> None:
        """The life of a nursery with a snapshot: tell that it is there and where, then take orders."""
        told = False
        if order.cut_off:
            leave_network()
        try:
            with holding(self._held.folder, order.in_memory, order.at_once) as held:
                gc.freeze()
                wire.send(control, wire.END, wire.pack(held.is_on_disk))
                told = True
                Nursery(control, held).run()
        except Exception as error:  # told to the service, which goes on with what it has
            if told:
                raise
            wire.send(control, wire.ERROR, wire.pack(QueryError(str(error))))


def main() -> None:
    """Take orders over the descriptor that the command line names, about the folder that it names."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    descriptor, folder = sys.argv[1:]
    Nursery(socket.socket(fileno=int(descriptor)), Held(Path(folder))).run()
