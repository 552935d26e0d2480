"""The SPARQL 1.1 Graph Store HTTP Protocol at ``/data``.

A graph is named by ``?graph=IRI``, by ``?default`` (the unnamed graph alone, not the union that queries see),
or directly: ``/data/person/1.ttl`` is the graph of that address.
"""

from __future__ import annotations

import re
from uuid import uuid4

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import BadRequest

from graph.settings import Settings
from service.endpoint.answers import is_known, respond, validators
from service.endpoint.forms import check_token, parameters
from service.endpoint.refusals import QuerySyntaxError, UnsupportedTextError
from service.endpoint.sparql import workers
from service.endpoint.tasks import DeleteGraph, ReadGraph, WriteGraph
from service.negotiation import GRAPHS, chosen, form_of

blueprint = Blueprint("graphstore", __name__)
_METHODS = ["GET", "PUT", "POST", "DELETE"]


@blueprint.route("/data", methods=_METHODS, strict_slashes=False)
def indirect() -> Response:
    """A graph that the parameters name; a POST that names none makes one and says where."""
    given = parameters(request)
    graph, is_default = given.one("graph"), given.one("default") is not None
    if graph is None and not is_default and request.method == "POST":
        check_token(request, current_app.extensions["settings"])
        graph = f"{request.host_url}data/{uuid4()}"
        response = _write(graph, replacing=False)
        response.headers["Location"] = graph
        return response
    if (graph is None) != is_default:
        raise BadRequest("Name one graph: ?graph=IRI or ?default.")
    if graph is not None and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*$", graph):
        raise BadRequest(f"{graph!r} cannot name a graph: it is not an absolute IRI.")
    return _operate(graph)


@blueprint.route("/data/<path:name>", methods=_METHODS)
def direct(name: str) -> Response:
    """The graph whose name is the address of the request."""
    del name
    return _operate(request.base_url)


def _operate(graph: str | None) -> Response:
    if request.method in {"GET", "HEAD"}:
        return _read(graph)
    settings: Settings = current_app.extensions["settings"]
    check_token(request, settings)
    if request.method == "DELETE":
        workers().run(DeleteGraph(graph))
        return Response(status=204)
    return _write(graph, replacing=request.method == "PUT")


def _read(graph: str | None) -> Response:
    form = chosen(request.headers.get("Accept", ""), GRAPHS, parameters(request).last("format"))
    pool = workers()
    headers = validators(pool, "graph", graph, form.name)
    reply = pool.run(ReadGraph(graph, form.name))
    if is_known(request, headers):
        reply.close()
        return Response(status=304, headers=headers | {"Vary": "Accept, Accept-Encoding"})
    return respond(request, reply, form, headers)


def _write(graph: str | None, replacing: bool) -> Response:
    """Put the body, or each part of a form, into a graph."""
    if request.mimetype == "multipart/form-data":
        files = [file for _, file in request.files.items(multi=True)]
        parts = tuple(_part(file.mimetype, file.mimetype_params, file.read()) for file in files)
    else:
        parts = (_part(request.mimetype, request.mimetype_params, request.get_data()),)
    reply = workers().run(WriteGraph(graph, parts, graph or request.base_url, replacing))
    return Response(status=201 if reply.begun == b"new" else 204)


def _part(kind: str, details: dict[str, str], content: bytes) -> tuple[str, bytes]:
    """A text with the name of its format. Raises UnsupportedTextError, QuerySyntaxError."""
    form = form_of(kind)
    if form is None:
        known = ", ".join(form.types[0] for form in GRAPHS)
        raise UnsupportedTextError(
            f"{kind or 'A body without Content-Type'} cannot be read.", f"Send {known}."
        )
    if details.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise UnsupportedTextError(f"The graph is in {details['charset']}.", "Send it in UTF-8.")
    if form.name == "rdf" and (b"<!DOCTYPE" in content or b"\0" in content):
        raise QuerySyntaxError(
            "XML with a document type cannot be read here.", "Write IRIs in full, no entities."
        )
    return form.name, content
