"""A SPARQL endpoint on the network, asked politely through SPARQLWrapper."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from graph.errors import RemoteError
from graph.linking.manners import Manners, user_agent
from graph.linking.remembered import Remembered

Row = dict[str, str]
"""The values of one solution by variable, IRIs and literals alike as plain text; unbound ones are missing."""

_BIG = 64 * 1024 * 1024  # bytes of an answer
_LONG = 2000  # characters of a query that still fit into an address


class _Term(BaseModel):
    value: str


class _Results(BaseModel):
    bindings: list[dict[str, _Term]]


class _Answer(BaseModel):
    results: Annotated[_Results, Field()]


_ROWS: TypeAdapter[list[Row]] = TypeAdapter(list[Row])


class Endpoint:
    """Asks queries of the SELECT form; answers are remembered on disk."""

    def __init__(self, address: str, manners: Manners, remembered: Remembered) -> None:
        """Take the address of a SPARQL 1.1 endpoint, without asking it anything.

        Raises:
            RemoteError: it is no address of the web.
        """
        if not address.startswith(("http://", "https://")):
            raise RemoteError(
                f"{address!r} is no address of an endpoint.", "It begins with http:// or https://."
            )
        self.address = address
        self._manners = manners
        self._remembered = remembered

    def select(self, query: str) -> tuple[list[Row], str]:
        """The rows that a query yields, and the day they were given.

        Raises:
            RemoteError: the endpoint is down, too slow, refuses, or answers no SPARQL results.
        """
        body, day = self._remembered.answer(
            self.address, query, lambda: self._manners.ask(lambda: self._ask(query), self.address)
        )
        return _ROWS.validate_python(body), day

    def _ask(self, query: str) -> list[Row]:
        wrapper = SPARQLWrapper(self.address, agent=user_agent())
        wrapper.setTimeout(max(1, round(self._manners.timeout)))
        wrapper.setReturnFormat(JSON)
        wrapper.addCustomHttpHeader("Accept", "application/sparql-results+json")
        if len(query) > _LONG:
            wrapper.setMethod(POST)
        wrapper.setQuery(query)
        try:
            response = wrapper.query().response
        except SPARQLWrapperException as error:
            raise RemoteError(f"{self.address} refuses the query: {_first_line(error)}.") from error
        with response:
            return rows_of(response.read(_BIG + 1), response.headers.get("Content-Type", ""))


def rows_of(body: bytes, kind: str) -> list[Row]:
    """The rows of an answer in the SPARQL 1.1 JSON results form.

    Raises:
        ValueError: it has not that form; the message says what it is instead.
    """
    if len(body) > _BIG:
        raise ValueError(f"more than {_BIG >> 20} MiB")
    if "html" in kind.lower() or body.lstrip()[:1] == b"<":
        raise ValueError("a web page or XML")
    try:
        cells: Any = json.loads(body)
        answer = _Answer.model_validate(cells)
    except (ValidationError, ValueError) as error:
        raise ValueError("no SPARQL results in JSON") from error
    return [{name: term.value for name, term in row.items()} for row in answer.results.bindings]


def _first_line(error: Exception) -> str:
    lines = [line for line in str(error).replace("\\n", "\n").splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__).rstrip(". ")[:300]
