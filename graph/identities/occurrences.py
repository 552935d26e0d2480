"""One event as one document tells it, in the terms in which events of different documents are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from graph.identities.geography import Geography
from graph.identities.ties import Place
from graph.iri import fold
from graph.model import Entity, Event, Reading
from ontology.identity import EventKinds
from ontology.schema import Schema

NEAR = 3
"""Days by which two accounts of one event at one place may differ."""

_ACTING = frozenset({"participant", "initiator", "recipient"})


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which something happened: ``days`` is how many, 1 where the very day is known."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it may have been."""
        return (self.end - self.start).days + 1

    def gap(self, other: Window) -> int:
        """The days between two windows; 0 where they overlap."""
        return max((self.start - other.end).days, (other.start - self.end).days, 0)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One document's account of an event.

    ``family`` is the class right below dg:Event; ``acting`` and ``people`` the IRIs of who takes part (all of
    them, and the persons); ``stands_for`` the states that these persons hold an office for; ``topics`` IRIs
    and folded head words of what it is about; ``ground`` the disputed ground, for standing events;
    ``parties`` the ids of the states on its sides.
    """

    place: Place
    cls: str
    family: str
    trigger: str
    acting: frozenset[str]
    people: frozenset[str]
    initiators: frozenset[str]
    stands_for: Mapping[str, frozenset[str]]
    sites: frozenset[str]
    topics: frozenset[str]
    words: frozenset[str]
    window: Window | None
    negated: bool
    named: bool = False  # whether it is about an instrument with a name
    ground: str | None = None
    parties: frozenset[str] = frozenset()

    def lies_with(self, other: Occurrence) -> bool:
        """Whether the dates, where both have one, are near enough to be those of one event."""
        if self.window is None or other.window is None:
            return True
        gap = self.window.gap(other.window)
        return gap <= 1 or (gap <= NEAR and not self.sites.isdisjoint(other.sites))


@dataclass(frozen=True, slots=True)
class Recounting:
    """Makes occurrences of the events of a reading; ``families`` is what ``families`` makes of the schema."""

    families: Mapping[str, str]
    kinds: EventKinds
    geography: Geography
    iris: Mapping[Place, str]

    def occurrences(self, reading: Reading, countries: Mapping[str, frozenset[str]]) -> Iterator[Occurrence]:
        """The events that may be the same as others.

        Args:
            reading: one document's.
            countries: the states that each person, by IRI, holds an office for.
        """
        entities = {e.key: e for e in reading.entities}
        for event in reading.events:
            family = self.families.get(event.cls, event.cls)
            if family not in self.kinds.never:
                yield self._occurrence(reading, event, entities, countries)

    def _occurrence(
        self,
        reading: Reading,
        event: Event,
        entities: Mapping[str, Entity],
        countries: Mapping[str, frozenset[str]],
    ) -> Occurrence:
        def things(names: Iterable[str]) -> frozenset[str]:
            keys = (r.entity for r in event.roles if r.name in names and r.entity in entities)
            return frozenset(self.iris[reading.document.identifier, key] for key in keys if key)

        acting = things(_ACTING)
        people = frozenset(a for a in acting if "/id/person/" in a)
        topics = [r for r in event.roles if r.name == "about"]
        named = [entities[r.entity] for r in topics if r.entity in entities and r.entity]
        called = [*(e.name for e in named), *(r.literal or "" for r in topics)]
        heads = [fold(name).split()[-1:] for name in called]
        ground, parties = None, frozenset[str]()
        if self.families.get(event.cls) in self.kinds.standing:
            ground, parties = self._contested(reading, event, acting)
        trigger = reading.document.text[event.trigger.begin : event.trigger.end]
        return Occurrence(
            place=(reading.document.identifier, event.key),
            cls=event.cls,
            family=self.families.get(event.cls, event.cls),
            trigger=fold(trigger).split(" ")[-1],
            acting=acting,
            people=people,
            initiators=things({"initiator"}),
            stands_for={p: countries.get(p, frozenset()) for p in people},
            sites=things({"place"}),
            topics=things({"about"}),
            words=frozenset(word for head in heads for word in head),
            window=_window(event),
            negated=event.factuality == "negated",
            named=any(e.kind == "instrument" and e.name != e.name.lower() for e in named),
            ground=ground,
            parties=parties,
        )

    def _contested(
        self, reading: Reading, event: Event, acting: frozenset[str]
    ) -> tuple[str | None, frozenset[str]]:
        """The ground that an event is about, or that its sentence names; and the parties."""
        entities = {e.key: e for e in reading.entities if e.kind == "territory"}
        about = [r.entity for r in event.roles if r.name == "about" and r.entity in entities]
        told = frozenset(a.rsplit("/", 1)[1] for a in acting)
        for key in about:
            name = self.iris[reading.document.identifier, key or ""].rsplit("/", 1)[1]
            ground = self.geography.contested(name)
            return (ground[0], told or ground[1]) if ground else (name, told)
        spoken = {
            m.refers_to
            for m in reading.mentions
            if m.refers_to in entities
            and any(s.begin <= m.span.begin and m.span.end <= s.end for s in event.sentences)
        }
        grounds = {g for k in spoken if (g := self.geography.contested(entities[k].known or ""))}
        fitting = [g for g in sorted(grounds, key=lambda g: g[0]) if len(g[1] & told) > 1]
        return (fitting[0][0], told) if len(fitting) == 1 else (None, told)


def families(schema: Schema) -> dict[str, str]:
    """For each class of events, the class right below dg:Event that it is or is below."""
    tops = [name for name in schema.event_classes if "Event" in schema.classes[name].parents]
    return {c: next((t for t in tops if schema.is_a(c, t)), c) for c in schema.event_classes}


def _window(event: Event) -> Window | None:
    """The days that the date covers; None where it is open at an end, or before or after all calendars."""
    when = event.when
    if when is None or when.start is None or when.end is None:
        return None
    try:
        return Window(date.fromisoformat(when.start), date.fromisoformat(when.end))
    except ValueError:
        return None
