"""The rows of ``ontology/names``: places and organisations with the forms of their names, read from CSV.

``names/SOURCES.md`` describes the columns and where the facts come from.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

PLACE_KINDS = frozenset("State City Region Island Archipelago BodyOfWater Facility".split())
"""Classes of territories, by their local names in the ontology."""

ORGANISATION_KINDS = frozenset(
    "Institution Government Ministry Legislature Court PoliticalParty InternationalOrganization Company "
    "NewsAgency ThinkTank DiplomaticMission Committee ArmedForces University Forum".split()
)
"""Classes of institutions, by their local names in the ontology."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_QID = re.compile(r"Q[1-9][0-9]*")
_FORM = re.compile(r"(?P<text>[^@?|]+)(?P<ambiguous>\?)?(@(?P<viewpoint>[a-z0-9-]+))?")


class TableError(ValueError):
    """A table in ``ontology/names`` that has not the form it should have, or refers to a missing row."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a name.

    ``viewpoint`` is the id of the state whose side the word takes ("Takeshima" is Japan's word), else None;
    ``ambiguous`` says that the word means this row only where the context supports it ("Jordan").
    """

    text: str
    viewpoint: str | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A territory. ``capital``, ``parent``, ``claimed_by`` and ``administered_by`` are ids of other rows.

    ``forms`` begins with the common English name. A ``kind`` of "State" means that texts let it act like a
    state; it recognises nothing. ``iso2`` and ``iso3`` are ISO 3166-1 codes, ``qid`` and ``geonames`` the
    identifiers of Wikidata and GeoNames, ``lat`` and ``lon`` degrees (WGS 84); what the sources have not is
    empty or None.
    """

    id: str
    name: str
    kind: str
    forms: tuple[Form, ...]
    adjectives: tuple[Form, ...] = ()
    people: tuple[Form, ...] = ()
    capital: str = ""
    parent: str = ""
    iso2: str = ""
    iso3: str = ""
    qid: str = ""
    geonames: str = ""
    lat: float | None = None
    lon: float | None = None
    flags: frozenset[str] = frozenset()
    claimed_by: tuple[str, ...] = ()
    administered_by: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def historical(self) -> bool:
        """Whether it no longer exists."""
        return "historical" in self.flags


@dataclass(frozen=True, slots=True)
class Organisation:
    """An institution. ``state`` is the id of the place it belongs to, empty for international ones.

    The flag ``metonym`` marks a building or street that stands for an office ("the Kremlin").
    """

    id: str
    name: str
    kind: str
    forms: tuple[Form, ...]
    state: str = ""
    qid: str = ""
    flags: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()

    @property
    def historical(self) -> bool:
        """Whether it no longer exists."""
        return "historical" in self.flags

    @property
    def metonym(self) -> bool:
        """Whether the name is that of a place standing for the office."""
        return "metonym" in self.flags


Row = Place | Organisation


def read_places(table: Traversable | None = None) -> tuple[Place, ...]:
    """Read ``names/territories.csv`` (or another table of that form), in file order.

    Raises TableError where a line does not have the form of a place.
    """
    lines = _lines(table or _names() / "territories.csv")
    return tuple(_place(cells, where) for cells, where in lines)


def read_organisations(table: Traversable | None = None) -> tuple[Organisation, ...]:
    """Read ``names/institutions.csv`` (or another table of that form), in file order.

    Raises TableError where a line does not have the form of an organisation.
    """
    lines = _lines(table or _names() / "institutions.csv")
    return tuple(_organisation(cells, where) for cells, where in lines)


def _names() -> Traversable:
    return files("ontology") / "names"


def _lines(table: Traversable) -> Iterator[tuple[dict[str, str], str]]:
    with table.open("r", encoding="utf-8") as stream:
        reader = csv.DictReader(stream, strict=True)
        for cells in reader:
            where = f"{table.name}, line {reader.line_num}"
            if None in cells or None in cells.values():
                raise TableError(f"{where}: the number of cells differs from the header's.")
            yield cells, where


def _place(cells: dict[str, str], where: str) -> Place:
    try:
        return Place(
            id=_identifier(cells["id"]),
            name=cells["name"],
            kind=_member(cells["kind"], PLACE_KINDS),
            forms=_named(cells),
            adjectives=_forms(cells["adjectives"]),
            people=_forms(cells["people"]),
            capital=cells["capital"],
            parent=cells["parent"],
            iso2=cells["iso2"],
            iso3=cells["iso3"],
            qid=_qid(cells["qid"]),
            geonames=cells["geonames"],
            lat=_degrees(cells["lat"]),
            lon=_degrees(cells["lon"]),
            flags=frozenset(_list(cells["flags"])),
            claimed_by=_list(cells["claimed_by"]),
            administered_by=_list(cells["administered_by"]),
            sources=_list(cells["source"]),
        )
    except (KeyError, ValueError) as error:
        raise TableError(f"{where}: {error}. See ontology/names/SOURCES.md for the columns.") from error


def _organisation(cells: dict[str, str], where: str) -> Organisation:
    try:
        return Organisation(
            id=_identifier(cells["id"]),
            name=cells["name"],
            kind=_member(cells["kind"], ORGANISATION_KINDS),
            forms=_named(cells),
            state=cells["state"],
            qid=_qid(cells["qid"]),
            flags=frozenset(_list(cells["flags"])),
            sources=_list(cells["source"]),
        )
    except (KeyError, ValueError) as error:
        raise TableError(f"{where}: {error}. See ontology/names/SOURCES.md for the columns.") from error


def _identifier(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError(f"{text!r} is no id: lower-case words joined by hyphens")
    return text


def _member(text: str, allowed: frozenset[str]) -> str:
    if text not in allowed:
        raise ValueError(f"{text!r} is no kind of this table")
    return text


def _qid(text: str) -> str:
    if text and not _QID.fullmatch(text):
        raise ValueError(f"{text!r} is no Wikidata item")
    return text


def _degrees(text: str) -> float | None:
    return float(text) if text else None


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _named(cells: dict[str, str]) -> tuple[Form, ...]:
    if not cells["name"]:
        raise ValueError("a row without a name")
    name = Form(cells["name"], ambiguous="ambiguous" in cells["flags"].split("|"))
    return (name, *_forms(cells["aliases"]))


def _forms(cell: str) -> tuple[Form, ...]:
    return tuple(map(_form, cell.split("|"))) if cell else ()


def _form(text: str) -> Form:
    if not text.endswith("?") and "@" not in text:
        return Form(text)
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no form of a name: text, then ? if ambiguous, then @ and a state's id")
    return Form(match["text"], match["viewpoint"], match["ambiguous"] is not None)
