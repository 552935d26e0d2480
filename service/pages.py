"""The pages for people: what the graph holds, and what it knows of each entity."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from graph.errors import NotFoundError
from service.entities import KINDS
from service.explore import entities
from service.named import named_queries

blueprint = Blueprint("pages", __name__)
SHOWN = 40
"""Entities of a kind on the home page; the search finds the others."""


@blueprint.get("/")
def home() -> str:
    """People, institutions, territories and events, those mentioned most first, or those that ``q`` finds."""
    words = request.args.get("q", "").strip() or None
    lists = {}
    for kind in KINDS:
        found = entities().search(words, kind)
        lists[kind] = {"total": len(found), "items": found[:SHOWN]}
    documents = len(current_app.extensions["engine"].documents())
    return render_template(
        "home.html", lists=lists, words=words or "", documents=documents, queries=named_queries().values()
    )


@blueprint.get("/id/<kind>/<name>")
def entity(kind: str, name: str) -> str:
    """All that is known of an entity, each statement with its sentence."""
    if kind not in KINDS:
        raise NotFoundError(f"There is no page for {kind}/{name}.")
    known = entities()
    iri = known.names.thing(kind, name)
    return render_template("entity.html", thing=known.entity(iri), neighbours=known.neighbours(iri))


@blueprint.get("/healthz")
def healthz() -> Response:
    """Whether the service can answer, for those who watch over it."""
    documents = len(current_app.extensions["engine"].documents())
    return jsonify({"status": "ok", "documents": documents})
