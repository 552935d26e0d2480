"""What the offline knowledge base is made of: the rows of ``ontology/knowledge`` and of the name tables.

``knowledge/SOURCES.md`` describes the columns and where the facts come from.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

from ontology.gazetteer import Gazetteer
from ontology.name_tables import Organisation, Place, Row

ThingKind = Literal["person", "institution", "territory"]

TABLES = ("people", "offices", "institutions", "missions", "territories")
NAME_TABLES = ("territories.csv", "institutions.csv")
LICENCE = "MIT"
"""Terms of the project's own tables; their sources allow it (``knowledge/SOURCES.md``)."""

EMBASSIES = frozenset({"embassy", "high commission", "apostolic nunciature"})


@dataclass(frozen=True, slots=True)
class Held:
    """An office that a person held. ``of`` is the id of a place; dates are ISO 8601, maybe cut, or empty.

    An empty ``end``: still held, or not known.
    """

    title: str
    of: str = ""
    start: str = ""
    end: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A person, institution or territory of the world outside the texts.

    ``id`` is that of the name tables where they have the thing, else its Wikidata number; ``cls`` the local
    name of its ontology class; ``forms`` its other names; ``adjectives`` those of a place; ``country`` the
    ids of the places it belongs to; ``begun`` and ``ended`` dates of birth and death, of founding and
    dissolution; ``host`` the state where a mission is; ``enwiki`` the title of its page in the English
    Wikipedia. What is not known is empty.
    """

    id: str
    kind: ThingKind
    cls: str
    name: str
    forms: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    qid: str = ""
    country: tuple[str, ...] = ()
    begun: str = ""
    ended: str = ""
    lat: float | None = None
    lon: float | None = None
    geonames: str = ""
    population: int = 0
    enwiki: str = ""
    host: str = ""
    offices: tuple[Held, ...] = ()
    sources: tuple[str, ...] = ()
    licence: str = LICENCE


def tables_digest() -> str:
    """SHA-256 of all tables, in hexadecimal digits: what a knowledge base made of them depends on."""
    digest = hashlib.sha256()
    for table in (
        *(_table(name) for name in TABLES),
        *(files("ontology") / "names" / n for n in NAME_TABLES),
    ):
        digest.update(table.read_bytes())
    return digest.hexdigest()


def read_things(gazetteer: Gazetteer) -> Iterator[Thing]:
    """All things that the tables know, those of the name tables first.

    Raises:
        KeyError, ValueError, OSError: a table is missing or does not have its form.
    """
    rows: tuple[Row, ...] = (*gazetteer.places, *gazetteer.organisations)
    for row in rows:
        yield _named(row, gazetteer)
    yield from _people()
    for cells in _rows("institutions"):
        yield Thing(
            cells["qid"],
            "institution",
            cells["kind"],
            cells["name"],
            _list(cells["aliases"]),
            qid=cells["qid"],
            country=_list(cells["country"]),
            begun=cells["founded"],
            ended=cells["dissolved"],
            enwiki=_page(cells),
            sources=_list(cells["source"]),
        )
    yield from _missions(gazetteer)
    for cells in _rows("territories"):
        yield Thing(
            cells["qid"],
            "territory",
            cells["kind"],
            cells["name"],
            _list(cells["aliases"]),
            qid=cells["qid"],
            country=_list(cells["country"]),
            lat=_number(cells["lat"]),
            lon=_number(cells["lon"]),
            geonames=cells["geonames"],
            population=int(cells["population"] or 0),
            sources=_list(cells["source"]),
        )


def _named(row: Row, gazetteer: Gazetteer) -> Thing:
    state = gazetteer.state_of(row)
    forms = tuple(form.text for form in row.forms[1:])
    country = (state.id,) if state and state.id != row.id else ()
    if isinstance(row, Organisation):
        return Thing(
            row.id,
            "institution",
            row.kind,
            row.name,
            forms,
            qid=row.qid,
            country=country,
            sources=row.sources,
        )
    place: Place = row
    return Thing(
        place.id,
        "territory",
        place.kind,
        place.name,
        forms,
        tuple(form.text for form in place.adjectives),
        place.qid,
        country,
        lat=place.lat,
        lon=place.lon,
        geonames=place.geonames,
        sources=place.sources,
    )


def _people() -> Iterator[Thing]:
    offices: dict[str, list[dict[str, str]]] = defaultdict(list)
    for cells in _rows("offices"):
        offices[cells["person"]].append(cells)
    for cells in _rows("people"):
        country = _list(cells["country"])
        home = country[0] if country else ""
        held = tuple(
            Held(
                o["title"],
                {"": home, "-": ""}.get(o["of"], o["of"]),
                o["from"],
                o["to"],
                o["source"],
            )
            for o in offices[cells["qid"]]
        )
        yield Thing(
            cells["qid"],
            "person",
            "Person",
            cells["name"],
            _list(cells["aliases"]),
            qid=cells["qid"],
            country=country,
            begun=cells["born"],
            ended=cells["died"],
            enwiki=_page(cells),
            offices=held,
            sources=_list(cells["source"]),
        )


def _missions(gazetteer: Gazetteer) -> Iterator[Thing]:
    """Missions by names that texts give them: "Embassy of Japan in Moscow", "Japanese Embassy in Russia"."""
    for cells in _rows("missions"):
        sender, host = gazetteer.place(cells["sender"]), gazetteer.place(cells["host"])
        noun = "Embassy" if cells["kind"] in EMBASSIES else cells["kind"].title()
        if cells["kind"] in EMBASSIES:
            seats = dict.fromkeys((host.name, cells["city"]))
        else:
            seats = dict.fromkeys((cells["city"],))
        whose = [f"{noun} of {sender.name}", *(f"{form.text} {noun}" for form in sender.adjectives[:1])]
        names = [f"{one} in {seat}" for seat in seats if seat for one in whose]
        if not names:
            continue
        yield Thing(
            cells["qid"],
            "institution",
            "DiplomaticMission",
            names[0],
            tuple(names[1:]),
            qid=cells["qid"],
            country=(sender.id,),
            lat=_number(cells["lat"]),
            lon=_number(cells["lon"]),
            host=host.id,
            sources=_list(cells["source"]),
        )


def _table(name: str) -> Traversable:
    return files("ontology") / "knowledge" / f"{name}.csv.gz"


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = gzip.decompress(_table(name).read_bytes()).decode("utf-8")
    yield from csv.DictReader(io.StringIO(text), strict=True)


def _page(cells: dict[str, str]) -> str:
    """The title of the Wikipedia page; ``=`` in the table says that it is the name."""
    return cells["name"] if cells["enwiki"] == "=" else cells["enwiki"]


def _number(text: str) -> float | None:
    return float(text) if text else None


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
