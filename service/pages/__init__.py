"""The pages for people: a module for each group of them, each with its own blueprint."""

from __future__ import annotations

import re

from flask import Flask

from service.pages import entity, health, home


def register(app: Flask) -> None:
    """Put all pages on an application."""
    app.jinja_env.filters["words"] = words
    for part in (home, entity, health):
        app.register_blueprint(part.blueprint)


def words(name: str) -> str:
    """A term of the ontology as people write it: ``headOf`` as "head of"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
