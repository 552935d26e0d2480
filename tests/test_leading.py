"""Of the threads that take turns, one is always left that looks at the sockets."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest
import waitress
from waitress import wasyncore
from waitress.server import BaseWSGIServer

from service.leading import Leaders, give_way, giving_way

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

THREADS = 4


class Answering:
    """An application: at ``/slow`` one waits until it lets go, and at ``/wrong`` there is an error."""

    def __init__(self) -> None:
        self.lets_go = threading.Event()
        self.waiting = threading.Semaphore(0)
        self.seen: list[str] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/wrong":
            raise RuntimeError(path)
        if path == "/slow":
            give_way()
            self.waiting.release()
            assert self.lets_go.wait(30)
        self.seen.append(threading.current_thread().name)
        start_response("200 OK", [("Content-Length", str(len(path)))])
        return [path.encode()]


@contextmanager
def serving(app: Answering) -> Iterator[BaseWSGIServer]:
    """A server of an application; what ``run`` raises is raised at the end."""
    leaders, dispatchers, failures = Leaders(THREADS), dict[int, object](), list[BaseException]()
    polite = giving_way(app, but_for=lambda environ: environ["PATH_INFO"] != "/polite")
    server = waitress.create_server(
        polite, map=dispatchers, _dispatcher=leaders, host="127.0.0.1", port=0, cleanup_interval=1
    )

    def run() -> None:
        try:
            leaders.run(dispatchers)
        except OSError as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield server
    finally:
        leaders.stop()
        thread.join(20)
        assert not thread.is_alive()
        for dispatcher in list(dispatchers.values()):
            dispatcher.close()  # type: ignore[attr-defined]
    if failures:
        raise failures[0]


def connected(server: BaseWSGIServer) -> socket.socket:
    """A connection to a server."""
    return socket.create_connection(("127.0.0.1", server.effective_port), 10)


def get(server: BaseWSGIServer, path: str, timeout: float = 10) -> bytes:
    """What is answered."""
    with closing(HTTPConnection("127.0.0.1", server.effective_port, timeout=timeout)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for something that comes soon."""
    until = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.01)


def asked_beside(server: BaseWSGIServer, path: str, number: int) -> list[threading.Thread]:
    """Threads that have asked something and wait for the answer."""
    threads = [threading.Thread(target=get, args=(server, path, 30)) for _ in range(number)]
    for thread in threads:
        thread.start()
    return threads


def test_who_answers_at_once_is_asked_again_without_waking_another() -> None:
    app = Answering()
    with serving(app) as server:
        assert {get(server, f"/{n}") for n in range(20)} == {f"/{n}".encode() for n in range(20)}
    assert len(set(app.seen)) == 1


@pytest.mark.parametrize("busy", [1, THREADS - 1])
def test_slow_answers_keep_no_others_from_being_answered_while_threads_are_free(busy: int) -> None:
    app = Answering()
    with serving(app) as server:
        threads = asked_beside(server, "/slow", busy)
        for _ in threads:
            assert app.waiting.acquire(timeout=10)
        if busy < THREADS - 1:
            assert get(server, "/quick") == b"/quick"
            assert get(server, "/polite") == b"/polite"
        else:  # the last one looks at the sockets, and what comes waits
            with connected(server) as connection:
                connection.sendall(b"GET /quick HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                connection.settimeout(0.2)
                with pytest.raises(TimeoutError):
                    connection.recv(1)
                app.lets_go.set()
                connection.settimeout(10)
                assert connection.recv(1)
        app.lets_go.set()
        for thread in threads:
            thread.join(10)
            assert not thread.is_alive()


def test_many_that_give_way_all_come_back() -> None:
    app = Answering()
    app.lets_go.set()
    with serving(app) as server:
        for n in range(5 * THREADS):
            path = ("/slow", "/polite", "/quick")[n % 3]
            assert get(server, path) == path.encode()


def test_requests_of_one_connection_are_answered_in_their_order() -> None:
    app = Answering()
    app.lets_go.set()
    with serving(app) as server, connected(server) as connection:
        paths = ["/a", "/slow", "/b", "/polite", "/c"]
        connection.sendall(b"".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for path in paths))
        found = b""
        while not found.endswith(b"/c"):
            found += connection.recv(1 << 16)
        assert [part.rpartition(b"\r\n")[2] for part in found.split(b"HTTP/1.1 200")[1:]] == [
            path.encode() for path in paths
        ]


def test_an_error_ends_one_answer_and_no_thread() -> None:
    app = Answering()
    with serving(app) as server:
        for _ in range(2 * THREADS):
            assert b"Internal Server Error" in get(server, "/wrong")
        assert get(server, "/quick") == b"/quick"


def test_what_is_being_answered_is_answered_before_the_end() -> None:
    app = Answering()
    with serving(app) as server:
        (thread,) = asked_beside(server, "/slow", 1)
        assert app.waiting.acquire(timeout=10)
        threading.Timer(0.3, app.lets_go.set).start()
        begin = time.monotonic()
    thread.join(10)
    assert not thread.is_alive()
    assert app.seen
    assert time.monotonic() - begin < 5


def test_sockets_that_cannot_be_looked_at_end_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("too many sockets")

    def serve() -> None:
        with serving(Answering()) as server:
            assert get(server, "/quick") == b"/quick"
            monkeypatch.setattr(wasyncore, "poll", fail)
            server.pull_trigger()
            wait_until(lambda: not any(t.name.startswith("server-") for t in threading.enumerate()))

    with pytest.raises(OSError, match="too many sockets"):
        serve()
