"""What a request is answered from: the index of the newest snapshot, and the application's settings."""

from __future__ import annotations

from flask import current_app, g

from graph.iri import Namespace
from graph.networks.actor_index import ActorIndex
from graph.networks.view import View
from graph.networks.whole import Network
from graph.settings import Settings
from ontology.schema import load_schema
from service.api.entities import Entities
from service.api.live_index import LiveIndex
from service.api.parameters import Filtered
from service.api.telling import Telling


def live_index() -> LiveIndex:
    """The application's index, made at its first use."""
    settings: Settings = current_app.extensions["settings"]
    made: LiveIndex = current_app.extensions.setdefault("index", LiveIndex(settings.store, load_schema()))
    return made


def asked_index() -> ActorIndex:
    """The index of this request, the same one from its beginning to its end. Raises StoreError."""
    if "index" not in g:
        g.index = live_index().current()
    index: ActorIndex = g.index
    return index


def telling() -> Telling:
    """The words for this request's answer."""
    settings: Settings = current_app.extensions["settings"]
    return Telling(asked_index(), live_index().schema, Namespace(settings.base))


def entities() -> Entities:
    """What is known of entities."""
    return Entities(telling())


def view(wanted: Filtered, anything: bool = False) -> View:
    """The ties that a request asks for; where ``anything``, also what is told as not so."""
    return View(asked_index(), live_index().schema, wanted.filter(telling().iri, anything))


def network(wanted: Filtered) -> Network:
    """All edges that a request asks for."""
    return live_index().network(asked_index(), wanted.filter(telling().iri))
