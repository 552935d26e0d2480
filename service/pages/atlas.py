"""Where things are: coordinates of the name tables, and which places are disputed between whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ontology.gazetteer import Gazetteer, load_gazetteer
from ontology.name_tables import Place


@dataclass(frozen=True, slots=True)
class Party:
    """A state with a part in a dispute: what it calls the place, and whether it claims or administers it.

    ``names`` are its own words for the place, or the common English name where the tables have none.
    """

    id: str
    label: str
    names: tuple[str, ...]
    claims: bool
    administers: bool


@dataclass(frozen=True, slots=True)
class Location:
    """A point in degrees (WGS 84). ``is_exact``: False where it is the middle of the place's parts.

    ``iso3`` is the ISO 3166-1 code of a state. ``parties`` is empty where nobody disputes the place.
    """

    lon: float
    lat: float
    is_exact: bool
    iso3: str
    parties: tuple[Party, ...]


class Atlas:
    """Knows the places of the name tables by the last part of their ids."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._places = {place.id: place for place in gazetteer.places}
        self._parts: dict[str, list[Place]] = {}
        for place in gazetteer.places:
            if place.parent:
                self._parts.setdefault(place.parent, []).append(place)

    def location(self, id_: str) -> Location | None:
        """Where the thing of an id such as territory/japan is; None where the tables do not say."""
        place = self._place(id_)
        if place is None:
            return None
        point = self._point(place)
        if point is None:
            return None
        lon, lat = point
        return Location(lon, lat, place.lat is not None, place.iso3, self._parties(place))

    def parties(self, id_: str) -> tuple[Party, ...]:
        """Who claims or administers a place, by the tables; empty where nobody disputes it."""
        place = self._place(id_)
        return self._parties(place) if place else ()

    def _place(self, id_: str) -> Place | None:
        kind, _, name = id_.partition("/")
        return self._places.get(name) if kind == "territory" else None

    def _point(self, place: Place) -> tuple[float, float] | None:
        """Its own coordinates, or the middle of its parts, which lie close together."""
        if place.lat is not None and place.lon is not None:
            return place.lon, place.lat
        parts = [
            (p.lon, p.lat) for p in self._parts.get(place.id, ()) if p.lon is not None and p.lat is not None
        ]
        if not parts:
            return None
        return sum(lon for lon, _ in parts) / len(parts), sum(lat for _, lat in parts) / len(parts)

    def _parties(self, place: Place) -> tuple[Party, ...]:
        involved = dict.fromkeys((*place.claimed_by, *place.administered_by))
        if len(involved) < 2:
            return ()
        return tuple(self._party(place, state) for state in involved)

    def _party(self, place: Place, state: str) -> Party:
        own = tuple(f.text for f in place.forms if f.viewpoint == state and f.text[:1].isupper())
        if not own and not place.forms[0].viewpoint:
            own = (place.name,)
        return Party(
            f"territory/{state}",
            self._places[state].name,
            own,
            state in place.claimed_by,
            state in place.administered_by,
        )


@lru_cache(maxsize=1)
def load_atlas() -> Atlas:
    """The atlas of the name tables, read once."""
    return Atlas(load_gazetteer())
