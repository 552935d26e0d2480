"""The home page: what the graph holds, and what a search finds in it."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request

from service.api.asked_index import entities
from service.api.entities import KINDS
from service.named import named_queries

blueprint = Blueprint("home", __name__)
SHOWN = 40
"""Entities of a kind on the page; the search and the API have all."""


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
