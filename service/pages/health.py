"""Whether the service can answer, for those who watch over it."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that it can, and how many documents there are."""
    documents = len(current_app.extensions["engine"].documents())
    return jsonify({"status": "ok", "documents": documents})
