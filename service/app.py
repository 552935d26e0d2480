"""The web application: one factory that joins the parts."""

from __future__ import annotations

from flask import Flask

from graph.settings import Settings
from service import explore, pages, problems, sparql
from service.engine import Engine


def create_app(settings: Settings) -> Flask:
    """The application on the newest snapshot of ``settings.store``.

    Raises:
        StoreError: nothing was built there.
    """
    app = Flask(__name__)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # answers read from the general to the particular
    app.extensions["engine"] = Engine(settings.store)
    app.extensions["settings"] = settings
    problems.register(app)
    for part in (sparql, explore, pages):
        app.register_blueprint(part.blueprint)
    return app
