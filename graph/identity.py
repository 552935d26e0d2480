"""Who is who across documents: from all readings to one IRI for each thing.

A pure function of the set of readings: neither their order nor how they were batched matters. Where two
things may be one but nothing says so, they stay two; a merge needs a name and, for a surname, an office.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from graph import persons
from graph.iri import Namespace, digest, document_slug, fold, slug
from graph.model import Entity, Event, Reading, Tenure

GENERIC = frozenset(
    {"Government", "Ministry", "Legislature", "Court", "Committee", "ArmedForces", "DiplomaticMission"}
    | {"Institution"}
)
"""Classes of institutions whose bare names ("Foreign Ministry") say nothing without their state."""

Place = tuple[str, str]  # a document's identifier and a key in its reading


@dataclass(frozen=True, slots=True)
class Identity:
    """The IRI of every key of every reading, and the label of every IRI."""

    iris: Mapping[Place, str]
    labels: Mapping[str, str]
    publishers: Mapping[str, str]  # document identifier -> IRI


def identify(
    readings: Iterable[Reading], names: Namespace, known: Callable[[str], str | None] = lambda _: None
) -> Identity:
    """Give every entity, event and tenure of all readings its IRI.

    Args:
        readings: all readings of the graph, in any order; each is looked at several times.
        names: the namespace of the IRIs.
        known: the id of an institution in the name tables by its name, for publishers.
    """
    ordered = sorted(readings, key=lambda r: r.document.identifier)
    identities = _Identities(names)
    for reading in ordered:
        for entity in reading.entities:
            if entity.kind == "territory":
                identities.add(reading, entity, entity.known or slug(entity.name))
    for kind in ("institution", "instrument"):
        for reading in ordered:
            for entity in reading.entities:
                if entity.kind == kind:
                    identities.add(reading, entity, _slug_of(entity, reading, identities.iris))
    for slug_, name, members in persons.clusters(ordered, identities.iris):
        for member in members:
            identities.bind(member, "person", slug_, name)
    for reading in ordered:
        taken: Counter[str] = Counter()
        for event in reading.events:
            iri = event_iri(reading, event, names)
            taken[iri] += 1  # "visited Ghana, Peru and Kenya" is three visits with one trigger
            number = f"-{taken[iri]}" if taken[iri] > 1 else ""
            identities.iris[reading.document.identifier, event.key] = iri + number
    publishers = _publishers(ordered, identities, known)  # before the labels, as it may add names
    return Identity(identities.iris, identities.labels(), publishers)


def event_iri(reading: Reading, event: Event, names: Namespace) -> str:
    """The IRI of an event, named after its class and where the document tells of it."""
    where = f"{document_slug(reading.document.identifier)}-{event.trigger.begin}"
    return names.thing("event", f"{event.cls.lower()}-{where}")


def tenure_iri(tenure: Tenure, holder: str, of: str | None, names: Namespace) -> str:
    """The IRI of a tenure, named after its holder, title and state or institution."""
    parts = [holder.rsplit("/", 1)[1], slug(tenure.title)] + ([of.rsplit("/", 1)[1]] if of else [])
    return names.thing("tenure", "-".join(parts))


class _Identities:
    """IRIs and the forms of name seen for each, while they are given."""

    def __init__(self, names: Namespace) -> None:
        self.names = names
        self.iris: dict[Place, str] = {}
        self.forms: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, reading: Reading, entity: Entity, slug_: str) -> None:
        self.bind((reading.document.identifier, entity.key), entity.kind, slug_, entity.name)

    def bind(self, place: Place, kind: str, slug_: str, name: str) -> None:
        iri = self.names.thing(kind, slug_)
        self.iris[place] = iri
        self.forms[iri][name] += 1

    def labels(self) -> dict[str, str]:
        """The fullest form of each name; of equally full ones the commonest, then the first by alphabet."""
        return {
            iri: min(forms, key=lambda f: (-len(f.split()), -forms[f], f))
            for iri, forms in self.forms.items()
        }


def _slug_of(entity: Entity, reading: Reading, iris: Mapping[Place, str]) -> str:
    """An institution or instrument: by its table row, its name and state, or as this document's own."""
    if entity.known:
        return entity.known
    state = iris.get((reading.document.identifier, entity.state)) if entity.state else None
    if entity.kind == "institution":
        if state:
            state_slug = state.rsplit("/", 1)[1]
            name = slug(entity.name)
            return name if state_slug in name else f"{name}-{state_slug}"
        if entity.cls not in GENERIC or len(fold(entity.name).split()) > 2:
            return slug(entity.name)
    elif any(word[:1].isupper() for word in entity.name.split()):
        return slug(entity.name)
    return f"{slug(entity.name)}-{digest(reading.document.identifier)}"


def _publishers(
    readings: Iterable[Reading], identities: _Identities, known: Callable[[str], str | None]
) -> dict[str, str]:
    """The institution that published each document, where the document or its metadata say so."""
    publishers: dict[str, str] = {}
    for reading in readings:
        document = reading.document
        if document.publisher is None:
            continue
        wanted = fold(document.publisher)
        for entity in reading.entities:
            forms = (entity.name, *entity.aliases)
            if entity.kind == "institution" and wanted in map(fold, forms):
                publishers[document.identifier] = identities.iris[document.identifier, entity.key]
                break
        else:
            name = known(document.publisher) or slug(document.publisher)
            iri = identities.names.thing("institution", name)
            identities.forms[iri][document.publisher] += 1
            publishers[document.identifier] = iri
    return publishers
