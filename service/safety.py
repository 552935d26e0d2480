"""What keeps browsers and busy clients in bounds: headers of every answer, CORS, sizes and a rate limit."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING

from flask import Flask, Response, request

from graph.settings import Settings
from service.endpoint.refusals import TooManyRequestsError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Location",
}
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_MOST_CLIENTS = 10_000


class RateLimit:
    """Counts each client's requests by the minute; forgets the clients it has not seen for longest."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._seen: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = Lock()

    def count(self, client: str, now: float) -> None:
        """Note a request at a time in seconds. Raises TooManyRequestsError."""
        minute = int(now // 60)
        with self._lock:
            last, number = self._seen.pop(client, (minute, 0))
            number = number + 1 if last == minute else 1
            self._seen[client] = minute, number
            if len(self._seen) > _MOST_CLIENTS:
                self._seen.popitem(last=False)
        if number > self._per_minute:
            raise TooManyRequestsError(
                f"A client may make {self._per_minute} requests a minute (rate_limit).", "Wait a minute."
            )


def register(app: Flask, settings: Settings) -> None:
    """Put the limits and headers on every request and answer of an application."""
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = settings.request_bytes
    if settings.rate_limit:
        limit = RateLimit(settings.rate_limit)

        @app.before_request
        def _count() -> None:
            limit.count(request.remote_addr or "", time.time())

    @app.after_request
    def _permit(response: Response) -> Response:
        if request.method == "OPTIONS":
            response.headers.update(_PREFLIGHT)
            response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "")
        return response

    app.wsgi_app = _protected(app.wsgi_app)  # type: ignore[method-assign, assignment]


def _protected(app: WSGIApplication) -> WSGIApplication:
    """An application that puts HEADERS on each answer that has none of its own of that name.

    It does so below Flask, whose headers are objects that take a tenth of a small request's time for this.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: object) -> Callable[[bytes], object]:
            given = {name for name, _ in headers}
            added = [header for header in HEADERS.items() if header[0] not in given]
            return start_response(status, headers + added, *error)  # type: ignore[arg-type]

        return app(environ, start)

    return answer
