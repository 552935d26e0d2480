"""The SPARQL 1.1 Protocol's query operation at ``/sparql``."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from service.engine import Dataset, Engine
from service.negotiation import GRAPHS, RESULTS, chosen

blueprint = Blueprint("sparql", __name__)
_QUERY_TYPE = "application/sparql-query"
_FORM_TYPE = "application/x-www-form-urlencoded"


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answer a query given by GET, by a form, or as the body of a POST."""
    engine: Engine = current_app.extensions["engine"]
    answer = engine.query(_query_text(), _dataset())
    form = chosen(request, GRAPHS if answer.is_graph else RESULTS)
    response = Response(answer.write(form.name), content_type=form.content_type)
    response.headers["Vary"] = "Accept"
    return response


def _query_text() -> str:
    """The one query of the request. Raises BadRequest, UnsupportedMediaType."""
    if request.method == "POST" and request.mimetype == _QUERY_TYPE:
        try:
            return request.get_data().decode(request.mimetype_params.get("charset", "utf-8"))
        except (LookupError, UnicodeDecodeError) as error:
            raise BadRequest(
                f"The query is not in the character set that the request names: {error}."
            ) from error
    if request.method == "POST" and request.mimetype != _FORM_TYPE:
        raise UnsupportedMediaType(f"POST a query as {_QUERY_TYPE}, or as the field query of a {_FORM_TYPE}.")
    texts = (request.args if request.method == "GET" else request.form).getlist("query")
    if len(texts) != 1:
        raise BadRequest(
            f"Give one query; this request has {len(texts)}. For example: /sparql?query=ASK%20%7B%7D"
        )
    return texts[0]


def _dataset() -> Dataset:
    """The graphs that the protocol's parameters name."""
    fields = request.form if request.mimetype == _FORM_TYPE and request.method == "POST" else request.args
    return Dataset(tuple(fields.getlist("default-graph-uri")), tuple(fields.getlist("named-graph-uri")))
