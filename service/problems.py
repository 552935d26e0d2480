"""Errors as answers: RFC 9457 problem documents for programs and pages for people, each with its status."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping

from flask import Flask, Response, g, json, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from graph.errors import DiplographError

log = logging.getLogger("diplograph")


_PROGRAMS = ("/api", "/sparql", "/data")
"""Where the addresses begin whose answers are for programs, whoever asks."""
_FOR_PROGRAMS = "/api/"
"""Names an address for programs within what is told."""
_NAMING = {"id", "doc"}
"""The first parts of addresses that go on with a name."""
_BETWEEN_WORDS = re.compile(r"^[^/]*/(?=.)|[-_/]+")
"""What stands before the name of a thing, and between the words of a name."""


def problem(status: int, title: str, detail: str, members: Mapping[str, object] | None = None) -> Response:
    """An ``application/problem+json`` answer; ``members`` are what programs need beside the usual ones.

    Who would rather have HTML, as browsers do, gets a page that says the same.
    """
    if _is_for_people():
        return _page(status, title, detail)
    body = {"type": "about:blank", "status": status, "title": title, "detail": detail, **(members or {})}
    return Response(json.dumps(body), status, content_type="application/problem+json")


def _page(status: int, title: str, detail: str) -> Response:
    """The page of a problem, with a search, which is for the name of what is not there."""
    kind, _, name = request.path.strip("/").partition("/")
    sought = _BETWEEN_WORDS.sub(" ", name).strip() if status == 404 and kind in _NAMING else ""
    # Where programs are told where to look, people get the search field.
    said = detail if _FOR_PROGRAMS not in detail else ""
    page = render_template("problem.html", status=status, title=title, detail=said, missed=sought)
    return Response(page, status)


def _is_for_people() -> bool:
    kinds = ("application/problem+json", "application/json", "text/html")
    wanted = request.accept_mimetypes.best_match(kinds) if request.accept_mimetypes else None
    return wanted == "text/html" and not request.path.startswith(_PROGRAMS)


def register(app: Flask) -> None:
    """Answer every error of the application with a problem document."""

    @app.errorhandler(DiplographError)
    def _own(error: DiplographError) -> Response:
        members: Mapping[str, object] = getattr(error, "members", {})
        g.outcome = members.get("limit", error.title.lower())
        answer = problem(error.status, error.title, str(error), members)
        answer.headers.update(getattr(error, "headers", {}))
        return answer

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        if error.code is not None and error.code < 400:
            return error.get_response()  # type: ignore[return-value]  # a redirection is no problem
        g.outcome = error.name.lower()
        answer = problem(error.code or 500, error.name, error.description or error.name)
        for name, value in error.get_headers():
            if name.lower() not in {"content-type", "content-length"}:
                answer.headers[name] = value
        return answer

    @app.errorhandler(Exception)
    def _unforeseen(error: Exception) -> Response:
        g.outcome = "unforeseen"
        log.error("unforeseen error", exc_info=error)
        return problem(
            500, InternalServerError().name, "The service met an error it did not foresee; see its log."
        )
