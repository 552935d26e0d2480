"""The answer to a query as a page shows it: a part of the rows, and how many there are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import current_app, request

from graph.settings import Settings
from service.endpoint.fence import Dataset, read
from service.endpoint.matching import finder, with_matches
from service.endpoint.sparql import workers
from service.endpoint.tasks import Ask
from service.pages.terms import Term, row_of_table, triple

MOST = 10_000
"""Rows that are counted; of more is only said that there are more."""
_TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Results:
    """Columns, the rows of one page, and how many rows there are, or more of them than were counted.

    ``truth`` is the answer to a question that is answered by yes or no.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term, ...], ...]
    total: int
    is_more: bool = False
    truth: bool | None = None


def ask(text: str, offset: int, limit: int) -> Results:
    """Ask the graph.

    Args:
        text: a query of any form.
        offset, limit: which of the rows are wanted.

    Raises:
        QueryError: it does not parse or cannot be answered, with line and column where they are known.
        ForbiddenError, LimitError, BusyError: it asks for what it may not have.
    """
    settings: Settings = current_app.extensions["settings"]
    query = read(text, settings.services)
    is_graph = query.form in {"CONSTRUCT", "DESCRIBE"}
    form = "nt" if is_graph else "json" if query.form == "ASK" else "tsv"
    asked = with_matches(query, finder(current_app.extensions["texts"]), settings.services)
    written = "" if asked is query else query.text
    reply = workers().run(Ask(asked, Dataset(), form, request.base_url, written=written))
    try:
        if form == "json":
            return Results((), (), 0, truth=bool(json.loads(b"".join(reply))["boolean"]))
        lines = _lines(reply)
        columns = _TRIPLE if is_graph else _columns(next(lines, ""))
        return _part(columns, lines, offset, limit, is_graph)
    finally:
        reply.close()


def _columns(line: str) -> tuple[str, ...]:
    return tuple(name.removeprefix("?") for name in line.split("\t")) if line else ()


def _part(columns: tuple[str, ...], lines: Iterable[str], offset: int, limit: int, is_graph: bool) -> Results:
    rows: list[tuple[Term, ...]] = []
    number = 0
    for line in lines:
        if number == MOST:
            return Results(columns, tuple(rows), number, is_more=True)
        if offset <= number < offset + limit:
            rows.append(triple(line) if is_graph else row_of_table(line))
        number += 1
    return Results(columns, tuple(rows), number)


def _lines(pieces: Iterable[bytes]) -> Iterator[str]:
    """The lines of an answer, as its pieces come."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line.decode()
    if rest:
        yield rest.decode()
