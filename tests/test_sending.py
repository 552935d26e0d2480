"""Long answers reach clients whole, however slowly they read, and nobody waits for those who are gone."""

from __future__ import annotations

import json
import socket
import time
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

from conftest import Live, live_service

ROWS = 40_000
LONG = f"SELECT * {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} LIMIT {ROWS}"


def asked(live: Live) -> socket.socket:
    """A connection with a small window, over which the long answer was asked for and not yet read."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", live.port))
    address = f"/sparql?{urlencode({'query': LONG})}"
    connection.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return connection


def settle(live: Live) -> None:
    """Wait until no worker has anything to do, which a reader that held one would make too long."""
    until = time.monotonic() + 30
    while b"diplograph_tasks_running 0" not in live.send("GET", "/metrics").body:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_reader_that_waits_gets_the_whole_answer_and_holds_no_worker(built: Path) -> None:
    with live_service(built) as live, asked(live) as connection:
        connection.recv(1, socket.MSG_PEEK)  # it has begun
        settle(live)
        answer = HTTPResponse(connection)
        answer.begin()
        body = answer.read()
        assert len(body) > 1 << 24
        assert len(json.loads(body)["results"]["bindings"]) == ROWS


def test_nobody_writes_to_a_client_that_is_gone(built: Path) -> None:
    with live_service(built) as live:
        for _ in range(3):
            with asked(live) as connection:
                connection.recv(1000)
            settle(live)
        assert live.query("ASK {}", "application/sparql-results+json").json()["boolean"] is True
