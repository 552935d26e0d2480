"""What was decided at the last build, as files of the store: why things are one, and what is worth asking.

``merges.jsonl`` and ``candidates.jsonl`` follow from the texts and the ledger and are made anew at every
build; what should be otherwise goes into the ledger.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.errors import StoreError
from graph.identities.ties import Place, Tie, own_names
from graph.identity import Identity, event_iri, event_label
from graph.iri import Namespace
from graph.ledger import Side, place
from graph.model import Mention, Reading, Span

MERGES = "merges.jsonl"
CANDIDATES = "candidates.jsonl"
_KEPT = 1000
"""Most questions that are written down, the best of them."""

_PLACES = 3
"""Places by which a side of a judgement is found again, each in another document."""


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Told(_Written):
    """A thing as one side of a decision shows it; ``name`` is its short id, ``sentence`` one that has it."""

    name: str
    label: str
    documents: tuple[str, ...]
    places: tuple[str, ...]
    sentence: str

    @property
    def side(self) -> Side:
        """The thing as a side of a judgement."""
        return Side(name=self.name, places=self.places)


class Candidate(_Written):
    """Two things that may be one; ``score`` is between 0 and 1."""

    score: float
    rule: str
    reason: str
    a: Told
    b: Told


class Merge(_Written):
    """Two things that are one, ``thing`` by its short id; each side is as one document would tell it."""

    thing: str
    score: float
    rule: str
    reason: str
    a: Told
    b: Told


def candidates(folder: Path, limit: int | None = None) -> tuple[Candidate, ...]:
    """What the machine would like to ask, best first.

    Raises:
        StoreError: nothing was built in the folder, or the file is damaged.
    """
    return tuple(_read(folder / CANDIDATES, Candidate))[:limit]


def merges(folder: Path) -> tuple[Merge, ...]:
    """All decisions that two things are one, those of people included, ordered by thing.

    Raises:
        StoreError: nothing was built in the folder, or the file is damaged.
    """
    return tuple(_read(folder / MERGES, Merge))


def write_decisions(folder: Path, readings: Iterable[Reading], identity: Identity, names: Namespace) -> None:
    """Write both files, each whole or not at all."""
    tell = _Teller({r.document.identifier: r for r in readings}, identity, names)
    joined = sorted(
        map(tell.merge, identity.joins), key=lambda m: (m.thing, -m.score, m.a.places, m.b.places)
    )
    _write(folder / MERGES, joined)
    _write(folder / CANDIDATES, tell.candidates(identity.doubts))


class _Teller:
    """Shows places of readings to people."""

    def __init__(self, readings: Mapping[str, Reading], identity: Identity, names: Namespace) -> None:
        self.readings = readings
        self.identity = identity
        self.names = names
        self.stem = names.thing("", "")[:-1]
        self._mentions: dict[str, dict[str, list[Mention]]] = {}
        self._places: dict[str, list[Place]] = defaultdict(list)
        for where, iri in identity.iris.items():
            if len(self._places[iri]) < _PLACES and where[0] not in {p[0] for p in self._places[iri]}:
                self._places[iri].append(where)

    def merge(self, tie: Tie) -> Merge:
        """A tie by which two things became one: each side as its own document tells it."""
        a, b = self.told(tie.a, alone=True), self.told(tie.b, alone=True)
        name = self.name(self.identity.iris[tie.a])
        return Merge(thing=name, score=tie.score, rule=tie.rule, reason=tie.reason, a=a, b=b)

    def candidates(self, doubts: Sequence[Tie]) -> Iterator[Candidate]:
        """The questions, each pair of things once, without those that were answered."""
        iris = self.identity.iris
        answered = {frozenset(iris[p] for p in pair) for pair in self.identity.judged.settled}
        best = sorted(doubts, key=lambda t: (-t.score, t.a, t.b))
        count = 0
        for tie in best:
            pair = frozenset((iris[tie.a], iris[tie.b]))
            if count < _KEPT and len(pair) == 2 and pair not in answered:
                answered.add(pair)
                count += 1
                a, b = self.told(tie.a), self.told(tie.b)
                yield Candidate(score=tie.score, rule=tie.rule, reason=tie.reason, a=a, b=b)

    def told(self, where: Place, alone: bool = False) -> Told:
        """A thing as a place tells it; with all its documents, or (``alone``) as that document has it."""
        iri = self.identity.iris[where]
        name = self.own_name(where) if alone else self.name(iri)
        places = [where] if alone else [where, *(p for p in self._places[iri] if p[0] != where[0])]
        mention = self.mention(where)
        return Told(
            name=name,
            label=self.label(where, alone),
            documents=tuple(p[0] for p in places),
            places=tuple(place(p[0], self.mention(p)) for p in places[:_PLACES]),
            sentence=self.sentence(where[0], mention),
        )

    def name(self, iri: str) -> str:
        """The short id."""
        return iri.removeprefix(self.stem)

    def own_name(self, where: Place) -> str:
        """The short id that the thing would have if there were only this document."""
        reading = self.readings[where[0]]
        for event in reading.events:
            if event.key == where[1]:
                return self.name(event_iri(reading, event, self.names))
        return next(name for name, key in own_names(reading) if key == where[1])

    def label(self, where: Place, alone: bool) -> str:
        """What a document calls the thing, or what all call it."""
        reading, iri = self.readings[where[0]], self.identity.iris[where]
        labels = self.identity.labels
        for event in reading.events:
            if event.key == where[1]:
                own = event_label(event, where[0], self.identity.iris, labels)
                return own if alone else labels.get(iri, own)
        own = next(e.name for e in reading.entities if e.key == where[1])
        return own if alone else labels[iri]

    def mention(self, where: Place) -> Span:
        """Where a document speaks of the thing, by its name if it does so anywhere."""
        if where[0] not in self._mentions:
            by_key: dict[str, list[Mention]] = defaultdict(list)
            for mention in self.readings[where[0]].mentions:
                by_key[mention.refers_to].append(mention)
            self._mentions[where[0]] = by_key
        mentions = self._mentions[where[0]].get(where[1], [])
        named = min(mentions, key=lambda m: (m.rule not in {"name", "trigger"}, m.span), default=None)
        return named.span if named else Span(0, 1)

    def sentence(self, document: str, span: Span) -> str:
        """The sentence around a stretch of a document."""
        reading = self.readings[document]
        around = (s for s in reading.sentences if s.begin <= span.begin and span.end <= s.end)
        found = next(around, span)
        return " ".join(reading.document.text[found.begin : found.end].split())


_Line = TypeVar("_Line", Candidate, Merge)


def _read(path: Path, kind: type[_Line]) -> Iterator[_Line]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        yield from map(kind.model_validate_json, lines)
    except FileNotFoundError as error:
        raise StoreError(
            f"There are no decisions in {path.parent}.",
            "Build the graph, or build it anew: diplograph build …",
        ) from error
    except (OSError, ValidationError) as error:
        raise StoreError(f"{path} cannot be read.", "It is made anew by the next build.") from error


def _write(path: Path, lines: Iterable[BaseModel]) -> None:
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8") as stream:
        for line in lines:
            stream.write(line.model_dump_json() + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(path)
