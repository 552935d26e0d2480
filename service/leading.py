"""Threads that take turns: the one that leads waits for the sockets, and answers what comes itself.

waitress gives each request to another thread. To wake that one, and to be woken by it, takes longer than to
answer a small question. Here a thread is woken only where an answer takes long: it leads from then on, and
the one that led goes on with its answer (Leader/Followers: Schmidt and others, PLoP 2000).
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("diplograph")
_LOOK, _LOOK_SOON = 1.0, 0.01
"""Seconds that a look at the sockets lasts at most; the second where requests wait for a free thread."""
_FAREWELL = 5.0
"""Seconds that answers may take to end when the server stops."""


class Leaders:
    """The threads of a server of waitress: its dispatcher of tasks, which runs its loop as well."""

    def __init__(self, number: int) -> None:
        """So many threads, two or more; all but one may be busy with answers that take long."""
        self._number = number
        self._lead = threading.Lock()
        self._ready: deque[HTTPChannel] = deque()
        self._apart: set[int] = set()  # threads that gave way and are not back yet
        self._ended = threading.Event()
        self._failure: BaseException | None = None

    def add_task(self, channel: HTTPChannel) -> None:
        """Take a connection on which a request has come. waitress calls this."""
        self._ready.append(channel)
        channel.server.pull_trigger()

    def run(self, dispatchers: dict[int, object]) -> None:
        """Serve the servers of a map of waitress, until ``stop``, or until a signal raises an exception here.

        Raises:
            OSError: the sockets cannot be looked at.
        """
        servers = [each for each in dispatchers.values() if isinstance(each, BaseWSGIServer)]
        for server in servers:
            server.pull_trigger = _unless_leading(server.pull_trigger)
        threads = [
            threading.Thread(target=self._work, args=(dispatchers,), name=f"server-{n}", daemon=True)
            for n in range(self._number)
        ]
        for thread in threads:
            thread.start()
        try:
            self._ended.wait()
        finally:
            self.stop()
            servers[0].pull_trigger()
            until = time.monotonic() + _FAREWELL
            for thread in threads:
                thread.join(max(0.0, until - time.monotonic()))
        if self._failure:
            raise self._failure

    def stop(self) -> None:
        """Take no more requests, and let ``run`` return when those that are being answered are, or soon."""
        self._ended.set()

    def shutdown(self) -> None:
        """Nothing: what waitress would do here is done where ``run`` ends."""

    def step_back(self) -> None:
        """Let another thread lead in place of the one that calls this, and does."""
        self._apart.add(threading.get_ident())
        self._lead.release()

    def _work(self, dispatchers: dict[int, object]) -> None:
        while not self._ended.is_set():
            self._apart.discard(threading.get_ident())
            self._lead.acquire()
            _this_thread.leads = self
            try:
                while _this_thread.leads and not self._ended.is_set():
                    self._step(dispatchers)
            except BaseException as error:
                self._failure = error
                self.stop()
            finally:
                give_way()

    def _step(self, dispatchers: dict[int, object]) -> None:
        """Answer one request, or wait for some. Somebody must be left who can lead meanwhile."""
        if self._ready and len(self._apart) < self._number - 1:
            channel = self._ready.popleft()
            try:
                channel.service()
            except Exception:
                log.exception("a request could not be answered")
        else:
            wasyncore.poll(_LOOK_SOON if self._ready else _LOOK, dispatchers)


class _ThisThread(threading.local):
    leads: Leaders | None = None


_this_thread = _ThisThread()


def leads() -> bool:
    """Whether this thread leads, and others wait until it has answered or gives way."""
    return _this_thread.leads is not None


def give_way() -> None:
    """Let another thread lead where this one does: what it does now may take long."""
    leaders, _this_thread.leads = _this_thread.leads, None
    if leaders:
        leaders.step_back()


def giving_way(app: WSGIApplication, but_for: Callable[[WSGIEnvironment], bool]) -> WSGIApplication:
    """An application that gives way before it answers, but for requests that see to that themselves."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not but_for(environ):
            give_way()
        return app(environ, start_response)

    return answer


def _unless_leading(pull: Callable[[], None]) -> Callable[[], None]:
    """What wakes the thread that looks at the sockets, where that is not the one that calls it."""

    def wake() -> None:
        if not _this_thread.leads:
            pull()

    return wake
