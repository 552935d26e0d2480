"""The JSON API below ``/api``: its operations, its OpenAPI document, and a page that shows it."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template

from service.api import (
    claims,
    comparison,
    disagreements,
    documents,
    drawing,
    measures,
    networks,
    review,
    search,
    things,
)
from service.api.asked_index import asked_index
from service.api.openapi import document
from service.api.operations import Operations

PREFIX = "/api"
DESCRIPTION = """Who is connected to whom, how, since when, and on whose word.

Every item carries its evidence: the document, and where in its text the sentence begins and ends. Events and
reports are counted apart: ten articles on one meeting are one event. Lists keep their order as long as the
graph is the same, which entity tags tell. Errors are problem documents (RFC 9457) that say what was
expected."""

blueprint = Blueprint("explore", __name__, url_prefix=PREFIX)
PARTS = (things, search, networks, drawing, measures, claims, comparison, disagreements, documents)
operations = Operations([operation for part in PARTS for operation in part.operations.all])
operations.register(blueprint, lambda: asked_index().version)
everything = Operations([*operations.all, *review.operations.all])
"""What the OpenAPI document describes: also the operations that need the token."""


@cache
def openapi() -> dict[str, Any]:
    """The OpenAPI document of the API."""
    return document(everything, "diplograph", DESCRIPTION, PREFIX)


@blueprint.get("/openapi.json")
def openapi_document() -> Response:
    """The OpenAPI document, for programs."""
    return jsonify(openapi())


@blueprint.get("", strict_slashes=False)
def page() -> str:
    """The OpenAPI document, for people."""
    return render_template("api.html", api=openapi())


@blueprint.get("/<path:rest>")
def nothing(rest: str) -> Response:
    """Say what there is, for addresses below ``/api`` that are none."""
    there = ", ".join(dict.fromkeys(PREFIX + operation.path for operation in everything.all))
    abort(404, f"There is no /api/{rest}. There are: {there}; all are described at /api.")
