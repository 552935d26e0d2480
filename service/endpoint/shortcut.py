"""The short way of a small query, past the framework, which would take as long again as the answer.

Whatever turns out to be more, as a long answer or an error, goes on to the application with what is there.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.endpoint.answers import CONDITIONS, is_zipped, whole_headers
from service.endpoint.forms import Parameters, base_address, one_text
from service.endpoint.questions import Question, Questions
from service.endpoint.reply import Reply
from service.telemetry import ARRIVED, Metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/sparql"
_BEGUN = "diplograph.begun"


@dataclass(frozen=True, slots=True)
class Begun:
    """A question, and its answer as far as it is there."""

    question: Question
    answer: bytes | Reply


def short_way(app: WSGIApplication, questions: Questions, metrics: Metrics) -> WSGIApplication:
    """An application in which the short way is tried first.

    Args:
        app: the application, whose view of ``/sparql`` takes what is ``begun``.
        questions: reads and answers queries.
        metrics: where requests are counted.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[ARRIVED] = time.monotonic()
        if not _is_plain(environ):
            return app(environ, start_response)
        made = _begin(environ, questions)
        if isinstance(made, Begun) and isinstance(made.answer, bytes) and not is_zipped(made.answer, environ):
            start_response("200 OK", whole_headers(made.answer, made.question.form, made.question.headers))
            metrics.note(PATH, "GET", 200, "ok", environ[ARRIVED])
            return [made.answer]
        environ[_BEGUN] = made
        try:
            return app(environ, start_response)
        finally:
            if _BEGUN in environ and isinstance(made, Begun) and isinstance(made.answer, Reply):
                made.answer.close()  # the application did not come to it

    return answer


def begun(environ: WSGIEnvironment) -> Begun | None:
    """What the short way has begun of a request, to be taken once. Raises what it met."""
    made: Begun | Exception | None = environ.pop(_BEGUN, None)
    if isinstance(made, Exception):
        raise made
    return made


def _is_plain(environ: WSGIEnvironment) -> bool:
    """Whether a request is a query in its address, for an answer that its client has not got yet."""
    return (
        environ["PATH_INFO"] == PATH
        and environ["REQUEST_METHOD"] == "GET"
        and "query=" in environ["QUERY_STRING"]
        and not environ.keys() & CONDITIONS
    )


def _begin(environ: WSGIEnvironment, questions: Questions) -> Begun | Exception:
    try:
        given = Parameters.of(environ["QUERY_STRING"].encode("latin-1"))
        text = one_text("query", given)
        question = questions.read(text, given, environ.get("HTTP_ACCEPT", ""), base_address(environ))
        return Begun(question, questions.answer(question))
    except Exception as error:  # of any kind: the application tells it
        return error
