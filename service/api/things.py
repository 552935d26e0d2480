"""Operations on entities: search, what is known, neighbours, timelines."""

from __future__ import annotations

import numpy as np

from graph.networks.traversal import neighbours
from service.api import parameters as asked
from service.api.asked_index import entities, telling, view
from service.api.operations import Operations, Parameters, PathPart
from service.api.paging import paged
from service.api.told.edges import Neighbour, NeighbourPage
from service.api.told.things import Entities, Entity, Events

operations = Operations()

KIND = PathPart("kind", "The kind in the entity's id.", "person")
NAME = PathPart("name", "The name in the entity's id.", "vladimir-putin")
ENTITY = "/entities/{kind}/{name}"
RULE = "/entities/<path:name>"


@operations.get("/entities", Entities, parameters=asked.Search)
def search(wanted: asked.Search) -> Entities:
    """Entities by a part of their name and kind, those mentioned most first."""
    known = entities()
    return Entities(**paged(wanted, known.found(wanted.q, wanted.kind).tolist(), known.listed))


@operations.get(
    f"{ENTITY}/neighbours",
    NeighbourPage,
    KIND,
    NAME,
    rule=f"{RULE}/neighbours",
    parameters=asked.Neighbours,
)
def entity_neighbours(wanted: asked.Neighbours, name: str) -> NeighbourPage:
    """Who is tied to an entity and by what, those with most facts in common first."""
    tell = telling()
    number = tell.number(name)
    edges = neighbours(view(wanted), number)

    def shown(row: int) -> Neighbour:
        edge = edges.chosen(np.array([row]))
        other = int(edge.other[0] if edge.one[0] == number else edge.one[0])
        return Neighbour(thing=tell.thing(other), edge=next(tell.edges(edge, wanted.facts)))

    return NeighbourPage(**paged(wanted, range(len(edges)), shown))


@operations.get(ENTITY, Entity, KIND, NAME, rule=RULE)
def entity(_: Parameters, name: str) -> Entity:
    """All that is known of an entity.

    Names, links, offices, relations and the latest events, each with the sentences that say so; of an event,
    who takes part and what each document says.
    """
    known = entities()
    return known.known(known.telling.number(name))


@operations.get("/timeline", Events, parameters=asked.Timeline)
def timeline(wanted: asked.Timeline) -> Events:
    """The events that an entity has a role in, or all, in the order of time."""
    tell = telling()
    accounts = (
        np.arange(len(tell.index.account_fact), dtype=np.int32)
        if wanted.entity is None
        else tell.index.accounts_of(tell.number(wanted.entity))
    )
    seen = view(wanted, anything=True)
    return Events(**paged(wanted, tell.events(accounts[seen.fits(accounts)]), tell.event))
