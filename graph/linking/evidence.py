"""What all texts together say of each thing that could tell who or what it is in the world outside."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from graph.identity import Identity
from graph.iri import fold
from graph.model import Document, Entity, EntityKind, Reading

Days = tuple[str, str]
"""First and last day, ISO 8601."""

Countries = Callable[[str], tuple[str, ...]]
"""The ids of the states that a row of the name tables is, lies in or belongs to."""


@dataclass(frozen=True, slots=True, order=True)
class Claimed:
    """An office that a text gives a person: ``of`` is the id of a state, or empty; ``days`` the text's."""

    title: str
    of: str
    days: Days | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is said of one thing.

    ``names`` are its forms, fullest first; ``known`` rows of the name tables that it was read as; ``states``
    ids of states that it is said to belong to; ``beside`` those that the same texts mention; ``days`` when
    the texts are from.
    """

    iri: str
    kind: EntityKind
    classes: frozenset[str]
    names: tuple[str, ...]
    known: tuple[str, ...]
    states: frozenset[str]
    offices: tuple[Claimed, ...]
    beside: frozenset[str]
    days: tuple[Days, ...]


@dataclass(slots=True)
class _Sheet:
    kind: EntityKind
    classes: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)
    offices: set[Claimed] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    days: set[Days] = field(default_factory=set)


def gather(readings: Iterable[Reading], identity: Identity, countries: Countries) -> tuple[Evidence, ...]:
    """The evidence on every entity of some readings, ordered by IRI, whatever the order of the readings.

    Args:
        readings: all readings of the graph.
        identity: the IRIs of their entities.
        countries: the states of a row of the name tables.
    """
    sheets: dict[str, _Sheet] = {}
    for reading in readings:
        _Page(reading, identity.iris, countries).note(sheets)
    return tuple(_evidence(iri, sheet) for iri, sheet in sorted(sheets.items()))


class _Page:
    """One reading, with the states of its entities."""

    def __init__(self, reading: Reading, iris: Mapping[tuple[str, str], str], countries: Countries) -> None:
        self.reading = reading
        self.iris = iris
        self.days = days_of(reading.document)
        entities = {e.key: e for e in reading.entities}
        self.states = {e.key: frozenset(_states(e, entities, countries)) for e in reading.entities}

    def note(self, sheets: dict[str, _Sheet]) -> None:
        identifier = self.reading.document.identifier
        offices = self._offices()
        for entity in self.reading.entities:
            iri = self.iris.get((identifier, entity.key))
            if iri is None:
                continue
            sheet = sheets.setdefault(iri, _Sheet(entity.kind))
            sheet.classes.add(entity.cls)
            sheet.names |= {entity.name, *entity.aliases}
            sheet.known |= {entity.known} if entity.known else set()
            sheet.states |= self.states[entity.key] | {o.of for o in offices[entity.key] if o.of}
            sheet.offices |= offices[entity.key]
            sheet.days |= {self.days} if self.days else set()
            for other, states in self.states.items():
                if other != entity.key:
                    sheet.beside |= states

    def _offices(self) -> Mapping[str, set[Claimed]]:
        found: dict[str, set[Claimed]] = defaultdict(set)
        for tenure in self.reading.tenures:
            states = sorted(self.states.get(tenure.of, ())) if tenure.of else []
            for of in states or [""]:
                found[tenure.holder].add(Claimed(tenure.title, of, self.days))
        return found


def _states(entity: Entity, entities: Mapping[str, Entity], countries: Countries) -> Iterable[str]:
    if entity.known:
        yield from countries(entity.known)
    if entity.state and (state := entities.get(entity.state)) and state.known:
        yield from countries(state.known)


def _evidence(iri: str, sheet: _Sheet) -> Evidence:
    return Evidence(
        iri,
        sheet.kind,
        frozenset(sheet.classes),
        tuple(sorted(sheet.names, key=lambda n: (-len(fold(n).split()), n))),
        tuple(sorted(sheet.known)),
        frozenset(sheet.states),
        tuple(sorted(sheet.offices, key=lambda o: (o.title, o.of, o.days or ("", "")))),
        frozenset(sheet.beside),
        tuple(sorted(sheet.days)),
    )


def days_of(document: Document) -> Days | None:
    """The days that a text speaks from: of its issue, else of the year that it reports on."""
    return span(document.issued or (str(document.year) if document.year else ""))


def span(date: str) -> Days | None:
    """The first and last day of a year, month or day; None of anything else."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", date)
    if match is None:
        return None
    year, month, day = match.groups()
    if day:
        return date, date
    return (f"{date}-01", f"{date}-31") if month else (f"{year}-01-01", f"{year}-12-31")
