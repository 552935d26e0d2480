"""The life of a worker: one task after another, within its limits."""

from __future__ import annotations

import signal
import socket

from graph.errors import DiplographError, QueryError
from service.endpoint import wire
from service.endpoint.confinement import keep_descriptors, limit_memory, most_held
from service.endpoint.held import Held
from service.endpoint.orders import Limits
from service.endpoint.outlet import Outlet
from service.endpoint.refusals import LimitError
from service.endpoint.tasks import Task

_DATABASE = 2 << 30
"""Bytes of address space, most of them never used, that a database on disk and its threads take."""


def work(held: Held, channel: socket.socket, limits: Limits, cut_off: bool) -> None:
    """Do the tasks that come over a channel until it is closed.

    Args:
        held: what they are about.
        channel: where tasks come from and answers go to.
        limits: what each may take.
        cut_off: whether no connection can be opened, whatever is asked; on disk, the database opens files.
    """
    held = held.opened()
    limit_memory(limits.memory + (0 if held.graph and not held.is_on_disk else _DATABASE))
    if cut_off and not held.is_on_disk:
        keep_descriptors()
    born = most_held()
    while True:
        try:
            _, payload = wire.receive(channel)
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + 1)
        _perform(wire.unpack(payload), held, channel, limits, born)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _perform(task: Task, held: Held, channel: socket.socket, limits: Limits, born: int) -> None:
    outlet = Outlet(channel, task.form, limits.bytes, limits.rows)
    try:
        task.run(held, outlet)
        outlet.finish(wire.LAST if _has_grown(born, limits) else wire.END)
    except ConnectionError:
        return  # nobody waits for the answer any more
    except Exception as error:  # an error of any kind is the answer
        wire.send(channel, wire.ERROR, wire.pack(outlet.exceeded or _told(error, limits)))


def _has_grown(born: int, limits: Limits) -> bool:
    """Whether tasks have made their worker so large that the next may have notably less memory."""
    return most_held() > born + limits.memory // 4


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
