"""Where the service says that it listens."""

from __future__ import annotations

import socket

import pytest
import waitress
from flask import Flask

from service.serving import address


@pytest.mark.parametrize("sockets", [1, 2])
def test_the_address_is_told_however_many_a_name_has(sockets: int) -> None:
    listening = [socket.create_server(("127.0.0.1", 0)) for _ in range(sockets)]
    try:
        server = waitress.create_server(Flask("test"), map={}, sockets=listening)
        port = listening[0].getsockname()[1]
        assert address("localhost", server) == f"http://localhost:{port}"
        assert address("::1", server) == f"http://[::1]:{port}"
        server.close()
    finally:
        for one in listening:
            one.close()
