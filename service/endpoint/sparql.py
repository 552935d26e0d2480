"""The SPARQL 1.1 Protocol: queries at ``/sparql``, updates at ``/update``."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import BadRequest

from graph.settings import Settings
from service.endpoint import describe
from service.endpoint.answers import is_known, respond, respond_whole, validators
from service.endpoint.fence import Dataset, Text, read
from service.endpoint.forms import base_address, check_token, parameters, text
from service.endpoint.matching import Find, finder, with_matches
from service.endpoint.pool import Pool
from service.endpoint.remembered import Remembered
from service.endpoint.tasks import Ask, Update
from service.negotiation import GRAPHS, RESULTS, Form, chosen

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def sparql() -> Response:
    """Answer a query given by GET, by a form, or as the body of a POST; without one, describe the service."""
    given = parameters(request)
    if request.method != "POST" and not given.all("query") and not given.all("update"):
        return describe.description()
    settings: Settings = current_app.extensions["settings"]
    query = read(text(request, "query", "application/sparql-query", given), settings.services)
    dataset = Dataset(given.all("default-graph-uri"), given.all("named-graph-uri"))
    forms = GRAPHS if query.form in {"CONSTRUCT", "DESCRIBE"} else RESULTS
    form = chosen(request, forms, given.last("format"))
    if not query.is_repeatable:
        return respond(
            request, workers().run(_task(query, dataset, form)), form, {"Cache-Control": "no-store"}
        )
    headers = validators(workers(), query.text, dataset, form.name, base_address(request))
    if is_known(request, headers):
        return Response(status=304, headers=headers | {"Vary": "Accept, Accept-Encoding"})
    return _repeatable(_task(query, dataset, form), form, headers)


def _task(query: Text, dataset: Dataset, form: Form) -> Ask:
    settings: Settings = current_app.extensions["settings"]
    asked = with_matches(query, _finder(), settings.services)
    return Ask(asked, dataset, form.name, base_address(request), written="" if asked is query else query.text)


def _repeatable(task: Ask, form: Form, headers: dict[str, str]) -> Response:
    """An answer that is the same as long as the graph is; a small one is remembered."""
    remembered: Remembered = current_app.extensions["remembered"]
    known = remembered.get(headers["ETag"])
    if known is not None:
        return respond_whole(request, known, form, headers)
    reply = workers().run(task)
    if reply.is_complete:
        remembered.put(headers["ETag"], reply.begun)
    return respond(request, reply, form, headers)


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
    asked = with_matches(asked, _finder(), settings.services)
    workers().run(Update(asked.using(dataset) if dataset else asked.text, base_address(request)))
    return Response(status=204)


def workers() -> Pool:
    """The application's workers."""
    pool: Pool = current_app.extensions["workers"]()
    return pool


def _finder() -> Find:
    return finder(current_app.extensions["texts"])
