"""The pages for people: what the graph holds, and what it knows of each entity."""

from __future__ import annotations

import re

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from graph.errors import NotFoundError
from service.api.asked_index import entities
from service.api.entities import KINDS
from service.api.parameters import Neighbours
from service.api.things import entity_neighbours
from service.named import named_queries

blueprint = Blueprint("pages", __name__)
SHOWN = 40
"""Entities of a kind on the home page, and neighbours on an entity's; the search and the API have all."""


@blueprint.app_template_filter()
def words(name: str) -> str:
    """A term of the ontology as people write it: ``headOf`` as "head of"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


@blueprint.get("/")
def home() -> str:
    """People, institutions, territories and events, those mentioned most first, or those that ``q`` finds."""
    sought = request.args.get("q", "").strip()
    known = entities()
    lists = {}
    for kind in KINDS:
        found = known.found(sought or None, kind)
        lists[kind] = {"total": len(found), "shown": [known.listed(int(n)) for n in found[:SHOWN]]}
    documents = len(current_app.extensions["engine"].documents())
    return render_template(
        "home.html", lists=lists, sought=sought, documents=documents, queries=named_queries().values()
    )


@blueprint.get("/id/<kind>/<name>")
def entity(kind: str, name: str) -> str:
    """All that is known of an entity, each statement with its sentence."""
    if kind not in KINDS:
        raise NotFoundError(
            f"There is no page for {kind}/{name}.", f"There are pages for {', '.join(KINDS)}."
        )
    known, path = entities(), f"{kind}/{name}"
    thing = known.known(known.telling.number(path))
    neighbours = entity_neighbours(Neighbours.model_validate({"limit": SHOWN, "facts": 0}), path)
    return render_template("entity.html", thing=thing, neighbours=neighbours)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Whether the service can answer, for those who watch over it."""
    documents = len(current_app.extensions["engine"].documents())
    return jsonify({"status": "ok", "documents": documents})
