"""Who is who across documents: from all readings to one IRI for each thing.

A pure function of the set of readings and the judgements of people: neither the order of the readings nor how
they were batched matters. Where two things may be one but nothing says so, they stay two, and become a
question. docs/identity.md tells how it is decided.
"""

from __future__ import annotations

import gc
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph.identities.events import find_events
from graph.identities.geography import Geography
from graph.identities.groups import Cluster
from graph.identities.occurrences import Recounting, families
from graph.identities.people import find_people
from graph.identities.resemblance import Comparison
from graph.identities.things import ThingFinder
from graph.identities.ties import Judged, Place, Tie, replay
from graph.iri import Namespace, document_slug, fold, slug
from graph.ledger import Judgement
from graph.model import Event, Reading, Tenure
from ontology.identity import load_identity
from ontology.schema import load_schema

_NESTED = 6
"""Territories between a place and the largest that it lies in."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The IRI of every key of every reading; labels of entities, and of events that several accounts tell of.

    ``joins`` say why things of different names or documents are one, and ``doubts`` which may be: both are
    ties between places. ``judged`` is what people said.
    """

    iris: Mapping[Place, str]
    labels: Mapping[str, str]
    publishers: Mapping[str, str]  # document identifier -> IRI
    joins: Sequence[Tie] = ()
    doubts: Sequence[Tie] = ()
    judged: Judged = field(default_factory=Judged)


def identify(
    readings: Iterable[Reading],
    names: Namespace,
    known: Callable[[str], str | None] = lambda _: None,
    geography: Geography | None = None,
    judgements: Sequence[Judgement] = (),
) -> Identity:
    """Give every entity, event and tenure of all readings its IRI.

    Args:
        readings: all readings of the graph, in any order; each is looked at several times.
        names: the namespace of the IRIs.
        known: the id of an institution in the name tables by its name, for publishers.
        geography: what the name tables know of territories.
        judgements: those of people that hold, oldest first.
    """
    ordered = sorted(readings, key=lambda r: r.document.identifier)
    with _undisturbed():
        return _identified(ordered, names, known, geography or Geography(), judgements)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the collector of cycles, which would walk all readings again and again, and finds none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _identified(
    ordered: Sequence[Reading],
    names: Namespace,
    known: Callable[[str], str | None],
    places: Geography,
    judgements: Sequence[Judgement],
) -> Identity:
    judged = replay(judgements, ordered)
    found = _Identities(names, ordered)
    finder = ThingFinder(load_identity().institutions, places, judged)
    for kind in ("territory", "institution", "instrument"):
        things = finder.find(kind, ordered, found.iris)
        found.bind(kind, things.clusters, things.joins, things.doubts)
    people = find_people(ordered, found.iris, judged)
    found.bind("person", people.clusters, people.joins, people.doubts)
    publishers = _publishers(ordered, found, known)  # before the labels, as it may add names
    labels = found.labels()
    labels |= found.bind_events(labels, places, judged)
    return Identity(found.iris, labels, publishers, found.joins, found.doubts, judged)


def event_iri(reading: Reading, event: Event, names: Namespace) -> str:
    """The IRI of an event that one document tells of, named after its class and where that is."""
    where = f"{document_slug(reading.document.identifier)}-{event.trigger.begin}"
    return names.thing("event", f"{event.cls.lower()}-{where}")


def event_label(event: Event, document: str, iris: Mapping[Place, str], labels: Mapping[str, str]) -> str:
    """Who, what and when in one line: "Sergey Lavrov – Fumio Kishida meeting, 2016-04-15"."""
    actors = [r for r in event.roles if r.entity and r.name in {"initiator", "participant", "recipient"}]
    who = list(dict.fromkeys(labels[iris[document, r.entity or ""]] for r in actors))
    what = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", event.cls).lower()
    named = f"{' – '.join(who[:3])}{' and others' if len(who) > 3 else ''} {what}".strip()
    return f"{named}, {event.when.edtf}" if event.when else named


def tenure_iri(tenure: Tenure, holder: str, of: str | None, names: Namespace) -> str:
    """The IRI of a tenure, named after its holder, title and state or institution."""
    parts = [holder.rsplit("/", 1)[1], slug(tenure.title)] + ([of.rsplit("/", 1)[1]] if of else [])
    return names.thing("tenure", "-".join(parts))


class _Identities:
    """IRIs, the forms of name seen for each, and why, while they are given."""

    def __init__(self, names: Namespace, readings: Sequence[Reading]) -> None:
        self.names = names
        self.readings = readings
        self.iris: dict[Place, str] = {}
        self.forms: dict[str, Counter[str]] = defaultdict(Counter)
        self.joins: list[Tie] = []
        self.doubts: list[Tie] = []
        self._called = {(r.document.identifier, e.key): e.name for r in readings for e in r.entities}

    def bind(
        self, kind: str, clusters: Iterable[Cluster], joins: Iterable[Tie], doubts: Iterable[Tie]
    ) -> None:
        """Give the places of each cluster its IRI."""
        for cluster in clusters:
            iri = self.names.thing(kind, cluster.slug)
            for place in cluster.places:
                self.iris[place] = iri
                self.forms[iri][self._called[place]] += 1
        self._keep(joins, doubts)

    def bind_events(self, labels: Mapping[str, str], geography: Geography, judged: Judged) -> dict[str, str]:
        """Give every event the IRI of its first account; returns the labels of those with several."""
        for reading in self.readings:
            taken: Counter[str] = Counter()
            for event in reading.events:
                iri = event_iri(reading, event, self.names)
                taken[iri] += 1  # "visited Ghana, Peru and Kenya" is three visits with one trigger
                number = f"-{taken[iri]}" if taken[iri] > 1 else ""
                self.iris[reading.document.identifier, event.key] = iri + number
        table = load_identity().events
        recounting = Recounting(families(load_schema()), table, geography, self.iris)
        countries = self._countries()
        accounts = [o for r in self.readings for o in recounting.occurrences(r, countries)]
        comparison = Comparison(table, self._nesting(geography), lambda iri: labels.get(iri, iri))
        found = find_events(accounts, comparison, judged)
        events = {(r.document.identifier, e.key): e for r in self.readings for e in r.events}
        titles: dict[str, str] = {}
        for places in found.clusters:
            head = min(places, key=lambda p: (*_fullness(events[p]), p))
            iri = self.iris[places[0]]
            titles[iri] = event_label(events[head], head[0], self.iris, labels)
            self.iris.update(dict.fromkeys(places, iri))
        self._keep(found.joins, found.doubts)
        return titles

    def labels(self) -> dict[str, str]:
        """The fullest form of each name; of equally full ones the commonest, then the first by alphabet."""
        return {
            iri: min(forms, key=lambda f: (-len(f.split()), -forms[f], f))
            for iri, forms in self.forms.items()
        }

    def _keep(self, joins: Iterable[Tie], doubts: Iterable[Tie]) -> None:
        self.joins += joins
        self.doubts += (t for t in doubts if self.iris[t.a] != self.iris[t.b])

    def _countries(self) -> dict[str, frozenset[str]]:
        """The states that each person holds an office for, be it through an institution."""
        found: dict[str, set[str]] = defaultdict(set)
        for reading in self.readings:
            identifier = reading.document.identifier
            states = {e.key: e.key if e.cls == "State" else e.state for e in reading.entities}
            for tenure in reading.tenures:
                if state := states.get(tenure.of or ""):
                    found[self.iris[identifier, tenure.holder]].add(self.iris[identifier, state])
        return {person: frozenset(of) for person, of in found.items()}

    def _nesting(self, geography: Geography) -> Callable[[str, str], bool]:
        """Whether one territory lies in another, by the name tables."""

        def within(one: str, other: str) -> bool:
            row: str | None = one.rsplit("/", 1)[1]
            wanted = other.rsplit("/", 1)[1]
            for _ in range(_NESTED):
                row = geography.parent(row) if row else None
                if row == wanted:
                    return True
            return False

        return within


def _fullness(event: Event) -> tuple[int, int, int]:
    """What makes an account the one that labels an event: a narrow date, then many parts, then a name."""
    when = event.when
    return -len(when.edtf) if when else 0, -len(event.roles), event.trigger.begin


def _publishers(
    readings: Iterable[Reading], identities: _Identities, known: Callable[[str], str | None]
) -> dict[str, str]:
    """The institution that published each document, where the document or its metadata say so.

    One that the document itself does not mention is the one of that name elsewhere, if only one has it.
    """
    publishers: dict[str, str] = {}
    bodies = identities.names.thing("institution", "")
    named: dict[str, set[str]] = defaultdict(set)
    for iri, forms in identities.forms.items():
        if iri.startswith(bodies):
            for form in forms:
                named[fold(form)].add(iri)
    for reading in readings:
        document = reading.document
        if document.publisher is None:
            continue
        wanted = fold(document.publisher)
        for entity in reading.entities:
            shown = (entity.name, *entity.aliases)
            if entity.kind == "institution" and wanted in map(fold, shown):
                publishers[document.identifier] = identities.iris[document.identifier, entity.key]
                break
        else:
            row = known(document.publisher)
            alike = named.get(wanted, set()) if row is None else set()
            own = identities.names.thing("institution", row or slug(document.publisher))
            iri = min(alike) if len(alike) == 1 else own
            identities.forms[iri][document.publisher] += 1
            publishers[document.identifier] = iri
    return publishers
