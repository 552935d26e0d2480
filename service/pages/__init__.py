"""The pages for people: a module for each group of them, each with its own blueprint."""

from __future__ import annotations

import re

from flask import Flask, request, url_for

from service.pages import (
    compare,
    documents,
    entity,
    health,
    home,
    map,
    network,
    quality,
    query,
    review,
    timeline,
)

PLACES = (
    ("/network", "Network"),
    ("/map", "Map"),
    ("/timeline", "Timeline"),
    ("/documents", "Documents"),
    ("/compare", "Compare"),
    ("/query", "Query"),
    ("/review", "Review"),
    ("/quality", "Quality"),
)
"""The pages that every page leads to."""


def register(app: Flask) -> None:
    """Put all pages on an application."""
    app.jinja_env.filters["words"] = words
    app.jinja_env.filters["sentence_address"] = documents.sentence_address
    app.jinja_env.globals["same_page"] = same_page
    app.jinja_env.globals["places"] = PLACES
    for part in (home, entity, network, map, documents, timeline, compare, query, review, quality, health):
        app.register_blueprint(part.blueprint)


def words(name: str) -> str:
    """A term of the ontology as people write it: ``headOf`` as "head of"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def same_page(**changed: object) -> str:
    """The address of the page that is shown, with some of its parameters changed, or left out where None."""
    given: dict[str, object] = {name: values for name, values in request.args.lists() if any(values)}
    return url_for(request.endpoint or "home.home", **{**(request.view_args or {}), **given, **changed})
