"""Queries as requests bring them, read and answered, whichever way the answer then leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.search.kept_texts import LiveTexts
from graph.settings import Settings
from service.endpoint.answers import validators
from service.endpoint.fence import Dataset, read
from service.endpoint.forms import Parameters
from service.endpoint.matching import finder, with_matches
from service.endpoint.pool import Pool
from service.endpoint.remembered import Remembered
from service.endpoint.reply import Reply
from service.endpoint.tasks import Ask
from service.negotiation import GRAPHS, RESULTS, Form, chosen


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the format of its answer, and the headers that say how long the answer holds."""

    task: Ask
    form: Form
    headers: dict[str, str]

    @property
    def is_repeatable(self) -> bool:
        """Whether the answer is the same as long as the graph is."""
        return "ETag" in self.headers


class Questions:
    """Reads queries and has workers answer them; small answers are remembered as long as the graph is."""

    def __init__(self, settings: Settings, texts: LiveTexts, workers: Callable[[], Pool]) -> None:
        self._settings, self._workers = settings, workers
        self._find = finder(texts)
        self._remembered = Remembered()

    def read(self, text: str, given: Parameters, accept: str, base: str) -> Question:
        """Read a query.

        Args:
            text: the query.
            given: the parameters of the request, which may name graphs and a format.
            accept: its Accept header.
            base: what relative IRIs are relative to.

        Raises:
            DiplographError: it is refused.
            BadRequest, NotAcceptable: there is no answer in the format.
        """
        services = self._settings.services
        query = read(text, services)
        dataset = Dataset(given.all("default-graph-uri"), given.all("named-graph-uri"))
        form = chosen(
            accept, GRAPHS if query.form in {"CONSTRUCT", "DESCRIBE"} else RESULTS, given.last("format")
        )
        headers = {"Cache-Control": "no-store"}
        if query.is_repeatable:
            headers = validators(self._workers(), text, dataset, form.name, base)
        asked = with_matches(query, self._find, services)
        return Question(Ask(asked, dataset, form.name, base, "" if asked is query else text), form, headers)

    def answer(self, question: Question) -> bytes | Reply:
        """The answer, whole where it is small, else as it comes in. Raises DiplographError."""
        tag = question.headers.get("ETag")
        known = self._remembered.get(tag) if tag else None
        if known is not None:
            return known
        reply = self._workers().run(question.task)
        if not reply.is_complete:
            return reply
        if tag:
            self._remembered.put(tag, reply.begun)
        return reply.begun
