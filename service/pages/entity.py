"""The page of an entity or event: all that is known of it, each statement with its sentence."""

from __future__ import annotations

from flask import Blueprint, render_template

from graph.errors import NotFoundError
from service.api.asked_index import entities
from service.api.entities import KINDS
from service.api.parameters import Neighbours
from service.api.things import entity_neighbours

blueprint = Blueprint("entity", __name__)
SHOWN = 40
"""Neighbours on the page; the API has all."""


@blueprint.get("/id/<kind>/<name>")
def entity(kind: str, name: str) -> str:
    """All that is known of an entity."""
    if kind not in KINDS:
        raise NotFoundError(
            f"There is no page for {kind}/{name}.", f"There are pages for {', '.join(KINDS)}."
        )
    known, path = entities(), f"{kind}/{name}"
    thing = known.known(known.telling.number(path))
    neighbours = entity_neighbours(Neighbours.model_validate({"limit": SHOWN, "facts": 0}), path)
    return render_template("entity.html", thing=thing, neighbours=neighbours)
