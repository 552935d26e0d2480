"""The web application: one factory that joins the parts."""

from __future__ import annotations

from threading import Lock

from flask import Flask

from graph.search.kept_texts import LiveTexts
from graph.settings import Settings
from service import bundle, pages, problems, safety, telemetry
from service.api import explore, review
from service.endpoint import describe, graphstore, sparql
from service.endpoint.engine import Engine
from service.endpoint.orders import Limits
from service.endpoint.pool import Pool
from service.endpoint.questions import Questions
from service.endpoint.shortcut import short_way
from service.refreshing import Refresher


class Workers:
    """The pool of workers of an application, which starts when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self.pool: Pool | None = None

    def __call__(self) -> Pool:
        """The pool. Raises StoreError where the graph cannot be held."""
        with self._lock:
            if self.pool is None:
                chosen = self._settings
                limits = Limits(
                    chosen.query_timeout, chosen.query_memory, chosen.query_rows, chosen.query_bytes
                )
                self.pool = Pool(
                    chosen.store,
                    limits,
                    chosen.query_workers,
                    chosen.snapshot_in_memory,
                    cut_off=not chosen.services,
                )
            return self.pool

    def close(self, patience: float = 0.0) -> None:
        """End the workers; those that are busy after so many seconds."""
        if self.pool:
            self.pool.close(patience)


def create_app(settings: Settings) -> Flask:
    """The application on the newest snapshot of ``settings.store``.

    Raises:
        StoreError: nothing was built there.
    """
    app = Flask(__name__)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # answers read from the general to the particular
    app.extensions["engine"] = Engine(settings.store)
    app.extensions["refresher"] = Refresher(settings)
    app.extensions["settings"] = settings
    app.extensions["texts"] = LiveTexts(settings.store)
    app.extensions["workers"] = Workers(settings)
    app.extensions["questions"] = Questions(settings, app.extensions["texts"], app.extensions["workers"])
    telemetry.register(app)
    if not settings.rate_limit:  # which is kept by the application
        app.wsgi_app = short_way(  # type: ignore[method-assign, assignment]
            app.wsgi_app, app.extensions["questions"], app.extensions["metrics"]
        )
    safety.register(app, settings)
    problems.register(app)
    bundle.register(app)
    for part in (sparql, graphstore, describe, explore, review):
        app.register_blueprint(part.blueprint)
    pages.register(app)
    return app
