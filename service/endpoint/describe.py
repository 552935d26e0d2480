"""What the service says of itself in RDF: SPARQL 1.1 Service Description, and VoID for the dataset."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, render_template, request

from graph.settings import Settings
from service.endpoint.answers import is_known, validators
from service.endpoint.fence import Dataset, read
from service.endpoint.formats import rewritten
from service.endpoint.forms import parameters
from service.endpoint.pool import Pool
from service.endpoint.tasks import Ask
from service.named import named_queries
from service.negotiation import GRAPHS, chosen

blueprint = Blueprint("describe", __name__)


def description() -> Response:
    """The Service Description, for a GET of the endpoint without a query."""
    settings: Settings = current_app.extensions["settings"]
    return _answer(
        "service.ttl",
        {"federates": bool(settings.services), "writes": settings.update_token is not None},
    )


@blueprint.get("/.well-known/void")
def void() -> Response:
    """How large the dataset is, where it is asked, and which vocabularies it speaks."""
    settings: Settings = current_app.extensions["settings"]
    return _answer("void.ttl", {"base": settings.base})


def _answer(template: str, values: dict[str, object]) -> Response:
    form = chosen(request.headers.get("Accept", ""), GRAPHS, parameters(request).last("format"))
    pool: Pool = current_app.extensions["workers"]()
    headers = validators(pool, template, form.name, request.host_url) | {"Vary": "Accept"}
    if is_known(request, headers):
        return Response(status=304, headers=headers)
    modified = datetime.fromtimestamp(pool.version[1], UTC).isoformat(timespec="seconds")
    turtle = render_template(
        template, root=request.host_url, counts=_counts(pool), modified=modified, **values
    )
    body = rewritten(turtle, form.name, f"{request.host_url}.well-known/void")
    return Response(body, content_type=form.content_type, headers=headers)


def _counts(pool: Pool) -> dict[str, str]:
    """How many triples, subjects, properties, classes and documents there are."""
    text = named_queries("void")["counts"].text
    reply = pool.run(Ask(read(text), Dataset(), "csv", request.base_url))
    return next(csv.DictReader(io.StringIO(b"".join(reply).decode())))
