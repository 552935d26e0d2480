"""A Reconciliation API service on the network (W3C Entity Reconciliation Community Group), 0.2 or the draft.

The draft is that of 2026-07: queries are a JSON body with conditions, where 0.2 has a form with a field
``queries``. A service tells its versions in its manifest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from graph.errors import RemoteError
from graph.linking.manners import Manners, user_agent
from graph.linking.remembered import Remembered

BATCH = 10
"""Queries that are sent together; the services of Wikidata and others take no more."""

_LIMIT = 5  # candidates of a query
_BIG = 16 * 1024 * 1024


class _Text(BaseModel):
    str: str


class _View(BaseModel):
    url: str = ""


class Manifest(BaseModel):
    """What a service says of itself."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    name: str
    versions: tuple[str, ...] = ("0.1",)
    space: str = Field("", alias="identifierSpace")
    view: _View = Field(default_factory=_View)

    @property
    def drafted(self) -> bool:
        """Whether it understands only what comes after 0.2."""
        return not any(version in {"0.1", "0.2"} for version in self.versions)

    def address(self, identifier: str) -> str:
        """The IRI of a candidate; empty where the service does not tell how they are made."""
        if "://" in identifier:
            return identifier
        if self.space.endswith(("/", "#")):
            return self.space + identifier
        template = self.view.url.replace("{{id}}", "{id}").replace("{+id}", "{id}")
        return template.replace("{id}", identifier) if "{id}" in template else ""


class _Candidate(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str
    name: str | list[_Text]
    match: bool = False

    @property
    def words(self) -> str:
        """The name; in the draft it comes in several languages, of which the first is taken."""
        return self.name if isinstance(self.name, str) else next((text.str for text in self.name), "")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate: its IRI, its name, and whether the service is sure of it."""

    address: str
    name: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A name, the service's type for it (or empty), and properties with values that it should have."""

    name: str
    type: str = ""
    properties: tuple[tuple[str, str], ...] = ()


_RESULTS: TypeAdapter[list[_Candidate]] = TypeAdapter(list[_Candidate])


class Reconciliation:
    """Asks a service in batches; answers are remembered on disk."""

    def __init__(self, address: str, manners: Manners, remembered: Remembered) -> None:
        """Take the address of a service and read its manifest.

        Raises:
            RemoteError: it is no address of the web, or no service answers there.
        """
        if not address.startswith(("http://", "https://")):
            raise RemoteError(
                f"{address!r} is no address of a service.", "It begins with http:// or https://."
            )
        self.address = address
        self._manners = manners
        self._remembered = remembered
        body, _ = remembered.answer(address, "manifest", lambda: self._fetch(Request(address)))
        try:
            self.manifest = Manifest.model_validate(body)
        except ValidationError as error:
            raise RemoteError(
                f"{address} is no reconciliation service: it has no manifest.", "Is that its right address?"
            ) from error

    def ask(self, questions: Sequence[Question]) -> tuple[list[tuple[Proposal, ...]], str]:
        """The candidates of each question, and the day they were given.

        Raises:
            RemoteError: the service is down, too slow, refuses, or answers something else than asked.
        """
        wanted = [self._query(q) for q in questions]
        text = json.dumps(wanted, sort_keys=True, ensure_ascii=False)
        body, day = self._remembered.answer(self.address, text, lambda: self._fetch(self._request(wanted)))
        try:
            found = [_RESULTS.validate_python(some) for some in _batch(body, len(wanted))]
        except (ValidationError, LookupError, TypeError, AttributeError) as error:
            raise RemoteError(f"{self.address} answers no reconciliation results.") from error
        return [tuple(self._proposals(some)) for some in found], day

    def _proposals(self, candidates: Iterable[_Candidate]) -> Iterable[Proposal]:
        for candidate in candidates:
            if address := self.manifest.address(candidate.id):
                yield Proposal(address, candidate.words, candidate.match)

    def _query(self, question: Question) -> dict[str, Any]:
        if self.manifest.drafted:
            conditions: list[dict[str, str]] = [{"matchType": "name", "v": question.name}]
            conditions += [{"matchType": "property", "pid": p, "v": v} for p, v in question.properties]
            query: dict[str, Any] = {"conditions": conditions, "limit": _LIMIT}
        else:
            query = {"query": question.name, "limit": _LIMIT}
            if question.properties:
                query["properties"] = [{"pid": p, "v": {"id": v}} for p, v in question.properties]
        if question.type:
            query["type"] = question.type
        return query

    def _request(self, queries: Sequence[Mapping[str, Any]]) -> Request:
        if self.manifest.drafted:
            body = json.dumps({"queries": list(queries)}).encode()
            return Request(
                f"{self.address.rstrip('/')}/reconcile", body, {"Content-Type": "application/json"}
            )
        numbered = {f"q{n}": query for n, query in enumerate(queries)}
        form = urlencode({"queries": json.dumps(numbered, ensure_ascii=False)}).encode()
        return Request(self.address, form, {"Content-Type": "application/x-www-form-urlencoded"})

    def _fetch(self, request: Request) -> Any:
        request.add_header("User-Agent", user_agent())
        request.add_header("Accept", "application/json")
        return self._manners.ask(lambda: self._once(request), self.address)

    def _once(self, request: Request) -> Any:
        with urlopen(request, timeout=self._manners.timeout) as response:
            body: bytes = response.read(_BIG + 1)
        if len(body) > _BIG:
            raise ValueError(f"more than {_BIG >> 20} MiB")
        try:
            return json.loads(body)
        except ValueError as error:
            raise ValueError("a web page" if body.lstrip()[:1] == b"<" else "no JSON") from error


def _batch(body: Any, number: int) -> list[Any]:
    """The candidates of each query, in their order, of either version of the API."""
    if "results" in body:
        return [body["results"][n]["candidates"] for n in range(number)]
    return [body[f"q{n}"]["result"] for n in range(number)]
