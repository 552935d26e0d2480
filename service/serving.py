"""What ``diplograph serve`` does: the application under a production WSGI server, until interrupted."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

import waitress
from flask import Flask
from rich.console import Console
from waitress.server import BaseWSGIServer, MultiSocketServer

from graph.errors import SettingError
from graph.settings import Settings
from service.app import Workers, create_app
from service.leading import Leaders, giving_way
from service.sending import send_at_once
from service.warming import warm

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

THREADS = 32
"""Requests that are worked on at a time; more than there can be long queries, running and waiting."""
_SPOOLED = 1 << 25
"""Bytes of an answer that wait in memory for a slow reader; what is more waits on disk."""
_SENT = 1 << 18
"""Bytes that are sent at a time."""
_SHORT = 1 << 12
"""Characters of a query that is soon read."""
_LAST_WORDS = 0.5


def run_serve(settings: Settings, console: Console) -> None:
    """Serve the newest snapshot of the store; a signal lets running queries finish, another ends them.

    Raises:
        StoreError: there is no graph yet.
        SettingError: the address cannot be listened on.
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    app = create_app(settings)
    workers: Workers = app.extensions["workers"]
    workers()
    warm(app)
    try:
        leaders, dispatchers = Leaders(THREADS), dict[int, object]()
        server = _server(app, settings, leaders, dispatchers)
        _stop_gracefully(workers, settings.query_timeout)
        console.print(f"Serving {settings.store} at {address(settings.host, server)}  (stop with Ctrl+C)")
        with suppress(SystemExit, KeyboardInterrupt):
            leaders.run(dispatchers)
    finally:
        workers.close()


def address(host: str, server: BaseWSGIServer | MultiSocketServer) -> str:
    """The address of the service; a name that has several, as ``localhost`` may, is listened on at each."""
    several = isinstance(server, MultiSocketServer)
    port = server.effective_listen[0][1] if several else server.effective_port
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _server(
    app: Flask, settings: Settings, leaders: Leaders, dispatchers: dict[int, object]
) -> BaseWSGIServer | MultiSocketServer:
    """The server. Answers spool to disk, so that a slow reader keeps no worker."""
    try:
        server = waitress.create_server(
            giving_way(app, but_for=_is_short_query),
            map=dispatchers,
            _dispatcher=leaders,
            host=settings.host,
            port=settings.port,
            max_request_body_size=settings.request_bytes + 1,
            send_bytes=_SENT,
            outbuf_overflow=_SPOOLED,
            outbuf_high_watermark=2 * settings.query_bytes,
            ident="diplograph",
        )
    except OSError as error:
        raise SettingError(
            f"{settings.host}:{settings.port} cannot be listened on: {error.strerror}.",
            "Choose another with --port, or --port 0 for any that is free.",
        ) from error
    send_at_once(dispatchers)
    return server


def _is_short_query(environ: WSGIEnvironment) -> bool:
    """Whether a request is a query that is soon read; its view gives way where the answer takes long."""
    length = len(environ["QUERY_STRING"]) + int(environ.get("CONTENT_LENGTH") or 0)
    return environ["PATH_INFO"] == "/sparql" and length <= _SHORT


def _stop_gracefully(workers: Workers, patience: float) -> None:
    """At the first signal, wait for running queries in the background, and then send the second."""

    def finish() -> None:
        workers.close(patience)
        time.sleep(_LAST_WORDS)  # for the server to send what it has
        os.kill(os.getpid(), signal.SIGTERM)

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        for again in (signal.SIGINT, signal.SIGTERM):
            signal.signal(again, leave)
        threading.Thread(target=finish, daemon=True).start()

    def leave(number: int, frame: FrameType | None) -> None:
        del frame
        raise SystemExit(128 + number if workers.pool and workers.pool.running else 0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
