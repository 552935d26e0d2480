"""Which thing a reader means: by its id, or by a name as they would type it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request
from werkzeug.datastructures import MultiDict

from graph.networks.columns import NOTHING
from service.api.asked_index import entities, telling
from service.api.told.things import Thing

OFFERED = 200
"""Names that a field offers; any other can be typed."""


def given() -> MultiDict[str, str]:
    """The parameters of the address, without the fields of a form that were left empty."""
    return MultiDict((name, value) for name, value in request.args.items(multi=True) if value.strip())


def meant(words: str) -> Thing | None:
    """The thing of an id such as ``person/sergey-lavrov``, or else the one of that name mentioned most."""
    tell = telling()
    number = tell.index.things.find(tell.iri(words))
    if number != NOTHING:
        return tell.thing(number)
    found = entities().found(words.strip(), "entity")
    exact = [n for n in found[:OFFERED].tolist() if tell.index.labels[n].casefold() == words.casefold()]
    return tell.thing(int((exact or found)[0])) if len(found) else None


def offered(kind: str) -> Iterator[str]:
    """The names of a kind that are mentioned most, each once, for a field to offer."""
    tell = telling()
    found = entities().found(None, kind)[:OFFERED].tolist()
    yield from dict.fromkeys(tell.index.labels[number] for number in found)
