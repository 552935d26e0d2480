"""The SPARQL 1.1 Protocol: queries at ``/sparql``, updates at ``/update``."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import BadRequest

from graph.settings import Settings
from service.endpoint import describe, shortcut
from service.endpoint.answers import is_known, respond
from service.endpoint.fence import Dataset, read
from service.endpoint.forms import base_address, check_token, parameters, text
from service.endpoint.matching import finder, with_matches
from service.endpoint.pool import Pool
from service.endpoint.questions import Questions
from service.endpoint.tasks import Update
from service.leading import give_way

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def sparql() -> Response:
    """Answer a query given by GET, by a form, or as the body of a POST; without one, describe the service."""
    begun = shortcut.begun(request.environ)
    if begun:
        return respond(request, begun.answer, begun.question.form, begun.question.headers)
    given = parameters(request)
    if request.method != "POST" and not given.all("query") and not given.all("update"):
        give_way()
        return describe.description()
    asked = text(request, "query", "application/sparql-query", given)
    questions: Questions = current_app.extensions["questions"]
    question = questions.read(asked, given, request.headers.get("Accept", ""), base_address(request.environ))
    if question.is_repeatable and is_known(request, question.headers):
        return Response(status=304, headers=question.headers | {"Vary": "Accept, Accept-Encoding"})
    return respond(request, questions.answer(question), question.form, question.headers)


@blueprint.post("/update", strict_slashes=False)
def update() -> Response:
    """Change the graph, whole or not at all; the next query sees it."""
    settings: Settings = current_app.extensions["settings"]
    check_token(request, settings)
    given = parameters(request)
    asked = read(text(request, "update", "application/sparql-update", given), settings.services)
    dataset = Dataset(given.all("using-graph-uri"), given.all("using-named-graph-uri"))
    if dataset and asked.names_dataset:
        raise BadRequest("The update names graphs with WITH or USING, and the request does with using-… too.")
    asked = with_matches(asked, finder(current_app.extensions["texts"]), settings.services)
    workers().run(Update(asked.using(dataset) if dataset else asked.text, base_address(request.environ)))
    return Response(status=204)


def workers() -> Pool:
    """The application's workers."""
    pool: Pool = current_app.extensions["workers"]()
    return pool
