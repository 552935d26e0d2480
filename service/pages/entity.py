"""The page of an entity or event: all that is known of it, each statement with its sentence."""

from __future__ import annotations

from flask import Blueprint, render_template

from graph.errors import NotFoundError
from service.api.asked_index import entities
from service.api.entities import KINDS
from service.api.parameters import Neighbours
from service.api.things import entity_neighbours
from service.api.told.things import Relation
from service.pages.atlas import load_atlas
from service.pages.offices import chart, offices
from service.pages.usages import usages

blueprint = Blueprint("entity", __name__)
SHOWN = 24
"""Neighbours on the page; the API has all."""


@blueprint.get("/id/<kind>/<name>")
def entity(kind: str, name: str) -> str:
    """All that is known of an entity."""
    if kind not in KINDS:
        raise NotFoundError(
            f"There is no page for {kind}/{name}.", f"There are pages for {', '.join(KINDS)}."
        )
    known, path = entities(), f"{kind}/{name}"
    number = known.telling.number(path)
    thing = known.known(number)
    held = offices(known.telling, known.telling.index.accounts_of(number))
    neighbours = entity_neighbours(
        Neighbours.model_validate({"limit": SHOWN, "facts": 0, "kind": ("actor", "territory")}), path
    )
    return render_template(
        "entity.html",
        thing=thing,
        usages=usages(known.telling, number),
        offices=held,
        chart=chart(held),
        relations=_grouped(thing.relations),
        neighbours=neighbours,
        location=load_atlas().location(path),
        parties=load_atlas().parties(path),
    )


def _grouped(relations: list[Relation]) -> dict[tuple[str, bool], list[Relation]]:
    """Relations by their name and direction."""
    groups: dict[tuple[str, bool], list[Relation]] = {}
    for relation in relations:
        groups.setdefault((relation.relation, relation.inverse), []).append(relation)
    return groups
