"""The page of the map: places that texts speak of, what happened there, and who disputes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from flask import Blueprint, render_template

from graph.networks.actor_index import BASES, ROLES, day
from service.api.asked_index import entities
from service.api.telling import Telling
from service.api.told.things import Found
from service.pages.atlas import Atlas, Location, load_atlas

blueprint = Blueprint("map", __name__)
MOST = 1500
"""Places on the map, those mentioned most."""
SPELLS = 300
"""Events of a place whose days the map knows."""

Spell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map. ``spells`` are first and last days of events there, empty where not known."""

    thing: Found
    location: Location
    events: int
    spells: list[Spell]


@blueprint.get("/map")
def world() -> str:
    """The places with coordinates, those mentioned most first."""
    known, atlas = entities(), load_atlas()
    numbers = known.found(None, "territory")
    spots = [
        spot for n in numbers[:MOST].tolist() if (spot := _spot(known.telling, atlas, known.listed(n), n))
    ]
    return render_template("map.html", spots=spots, all=len(numbers))


def _spot(tell: Telling, atlas: Atlas, thing: Found, number: int) -> Spot | None:
    location = atlas.location(thing.id)
    if location is None:
        return None
    spells = list(_spells(tell, number))
    return Spot(thing, location, len(spells), spells[:SPELLS])


def _spells(tell: Telling, number: int) -> Iterator[Spell]:
    """The days of the events that happened at a place."""
    index = tell.index
    rows = index.roles_of[number]
    accounts = index.role_account[rows[index.role_name[rows] == ROLES.index("place")]]
    accounts = accounts[index.account_basis[accounts] == BASES.index("event")]
    _, firsts = np.unique(index.account_fact[accounts], return_index=True)
    for account in accounts[firsts].tolist():
        yield day(index.account_begin[account]) or "", day(index.account_end[account]) or ""
