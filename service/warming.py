"""What every page needs, made before the first is asked for, so that nobody waits for it."""

from __future__ import annotations

import gc
from threading import Thread

from flask import Flask

from graph.errors import StoreError
from ontology.schema import load_schema
from service.api.asked_index import live_index
from service.api.explore import openapi
from service.pages.atlas import load_atlas


def warm(app: Flask) -> None:
    """Read the ontology and the name tables, compile the pages, and open the index of the graph.

    The index is opened beside that, since it is made where the newest snapshot has none yet, which may take
    long; a request that needs it waits for it. Nothing is told of a graph that cannot be read: the requests
    do that.
    """
    load_schema()
    load_atlas()
    openapi()
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    Thread(target=_open_index, args=(app,), name="index", daemon=True).start()
    # What is there by now stays: looking through it for garbage takes longer than most answers.
    gc.collect()
    gc.freeze()


def _open_index(app: Flask) -> None:
    with app.app_context():
        try:
            live_index().current()
        except (StoreError, OSError):
            return
