"""Errors as answers: RFC 9457 problem documents for programs, from one table of errors to status."""

from __future__ import annotations

import logging

from flask import Flask, Response, json
from werkzeug.exceptions import HTTPException, InternalServerError

from graph.errors import DiplographError

log = logging.getLogger("diplograph")


def problem(status: int, title: str, detail: str) -> Response:
    """An ``application/problem+json`` answer."""
    body = json.dumps({"type": "about:blank", "status": status, "title": title, "detail": detail})
    return Response(body, status, content_type="application/problem+json")


def register(app: Flask) -> None:
    """Answer every error of the application with a problem document."""

    @app.errorhandler(DiplographError)
    def _own(error: DiplographError) -> Response:
        return problem(error.status, error.title, str(error))

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        answer = problem(error.code or 500, error.name, error.description or error.name)
        for name, value in error.get_headers():
            if name.lower() not in {"content-type", "content-length"}:
                answer.headers[name] = value
        return answer

    @app.errorhandler(Exception)
    def _unforeseen(error: Exception) -> Response:
        log.error("unforeseen error", exc_info=error)
        return problem(
            500, InternalServerError().name, "The service met an error it did not foresee; see its log."
        )
