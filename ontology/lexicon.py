"""The event lexicon: which words are triggers of which event class, and where their arguments stand.

Read from ``words/frames.yaml`` and ``words/events/*.yaml``, checked against the ontology, and compiled
to one table from the first lemma of each trigger. ``docs/lexicon.md`` describes the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ontology.frames import (
    SATISFIERS,
    Condition,
    EventType,
    Finer,
    LexiconFileError,
    Requirement,
    RoleFrame,
    Trigger,
    parse_path,
)
from ontology.lemmas import load_hyphenated_verbs
from ontology.lexicon_files import EventsFile, ExampleRow, FrameRow, FramesFile, RoleRow, TriggerRow
from ontology.schema import Schema, load_schema

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that must give an event of class ``cls`` with these names in its roles; None: must not."""

    cls: str
    text: str
    roles: Mapping[str, tuple[str, ...]] | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All triggers by the first lemma of their words, the most particular first.

    ``stand_ins`` are nouns behind which a state or institution acts ("delegation"), ``members`` those
    behind which only an institution does ("fighters"); ``groups`` only count or collect what follows
    them ("number of"). ``triggers`` has every trigger once, by its id, in their order; ``joint`` are the ids
    of those whose parties may be left out.
    """

    types: Mapping[str, EventType]
    table: Mapping[str, tuple[Trigger, ...]]
    stand_ins: frozenset[str]
    members: frozenset[str]
    groups: frozenset[str]
    support: frozenset[str]
    likewise: Mapping[str, frozenset[str]]
    examples: tuple[Example, ...]
    triggers: Mapping[str, Trigger]
    joint: frozenset[str]


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of this package, read at the first call.

    Raises:
        LexiconFileError: a file does not fit its form or the ontology; the message names file and place.
    """
    return read_lexicon(FilePath(str(files("ontology"))) / "words", load_schema())


def read_lexicon(folder: FilePath, schema: Schema) -> Lexicon:
    """Read ``frames.yaml`` and ``events/*.yaml`` below a folder.

    Raises:
        LexiconFileError: as for ``load_lexicon``.
    """
    shared = _parse(folder / "frames.yaml", FramesFile)
    compilers = [
        _Compiler(path, _parse(path, EventsFile), shared, schema)
        for path in sorted((folder / "events").glob("*.yaml"))
    ]
    triggers = [t for c in compilers for t in c.triggers()]
    _unique(triggers)
    table: dict[str, list[Trigger]] = {}
    for trigger in sorted(triggers, key=lambda t: (-t.weight, t.id)):
        for lemma in sorted(trigger.words[0]):
            table.setdefault(lemma, []).append(trigger)
    types = {c.file.type: c.event_type() for c in compilers}
    known = sorted({t.id: t for row in table.values() for t in row}.items())
    return Lexicon(
        types=MappingProxyType(types),
        table=MappingProxyType({lemma: tuple(ts) for lemma, ts in table.items()}),
        stand_ins=frozenset(shared.stand_ins),
        members=frozenset(shared.members),
        groups=frozenset(shared.groups),
        support=frozenset(shared.support),
        likewise=MappingProxyType({verb: frozenset(words) for verb, words in shared.likewise.items()}),
        examples=tuple(e for c in compilers for e in c.examples()),
        triggers=MappingProxyType(dict(known)),
        joint=frozenset(t.id for _, t in known if types[t.cls].setting or any(r.implied for r in t.roles)),
    )


def _parse(path: FilePath, model: type[_Model]) -> _Model:
    try:
        return model.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise LexiconFileError(f"{path.name}: {error}") from error


def _unique(triggers: Iterable[Trigger]) -> None:
    seen: set[str] = set()
    for trigger in triggers:
        if trigger.id in seen:
            raise LexiconFileError(
                f"Two triggers have the id {trigger.id!r}: give one row an 'id' of its own."
            )
        seen.add(trigger.id)


class _Compiler:
    """From one file's rows to its triggers."""

    def __init__(self, path: FilePath, file: EventsFile, shared: FramesFile, schema: Schema) -> None:
        self.path, self.file, self.shared, self.schema = path, file, shared, schema
        self.frames = {**shared.frames, **file.frames}
        for cls in (file.type, *file.absorbs, *(e.type for e in file.examples if e.type)):
            if cls not in schema.event_classes:
                raise self.error(f"{cls!r} is not an event class of the ontology")

    def error(self, message: str) -> LexiconFileError:
        return LexiconFileError(f"{self.path.name}: {message}.")

    def event_type(self) -> EventType:
        file = self.file
        return EventType(
            cls=file.type,
            merge=file.merge,
            absorbs=frozenset(file.absorbs),
            setting=file.setting,
            voices=file.voices,
            lasting=file.lasting,
            finer=self.finer(),
        )

    def finer(self) -> Finer | None:
        row = self.file.finer
        if row is None:
            return None
        if row.type not in self.schema.classes or not self.schema.is_a(row.type, self.file.type):
            raise self.error(f"{row.type!r} is no class below {self.file.type!r}")
        return Finer(row.type, frozenset(row.words), frozenset(row.offices), row.holders)

    def examples(self) -> Iterator[Example]:
        for row in self.file.examples:
            yield Example(row.type or self.file.type, row.text, MappingProxyType(_roles_of(row)))
        for text in self.file.none:
            yield Example(self.file.type, text, None)

    def triggers(self) -> Iterator[Trigger]:
        for row in self.file.triggers:
            frame = self.inherited(row, row.frame or row.like)
            for phrase in row.words:
                first, *rest = phrase.split()
                for word in first.split("/"):
                    yield self.trigger(row, frame, [word, *rest])

    def inherited(self, row: FrameRow, parent: str | None) -> FrameRow:
        """A row with what it leaves out filled in from the frame it is like."""
        if parent is None:
            return row
        if parent not in self.frames:
            raise self.error(f"there is no frame {parent!r}")
        base = self.inherited(self.frames[parent], self.frames[parent].like)
        return FrameRow.model_construct(
            pos=row.pos or base.pos,
            roles={k: v for k, v in {**base.roles, **row.roles}.items() if v.path},
            require=base.require if row.require is None else row.require,
            only_if={**base.only_if, **row.only_if},
            not_if={**base.not_if, **row.not_if},
            form=row.form or base.form,
            support=row.support or base.support,
        )

    def trigger(self, row: TriggerRow, frame: FrameRow, words: list[str]) -> Trigger:
        """One trigger; its id names the first of each word's alternatives."""
        name = "-".join(w.split("/")[0] for w in words) + (f".{row.id}" if row.id else "")
        if not frame.pos:
            raise self.error(f"{name!r} has no part of speech")
        roles = tuple(self.role(n, r) for n, r in frame.roles.items())
        return Trigger(
            id=f"{self.file.type}.{name}.{frame.pos[0].lower()}",
            cls=self.file.type,
            pos=frozenset(frame.pos),
            words=tuple(_spellings(w) for w in words),
            roles=roles,
            require=tuple(self.requirement(r) for r in frame.require or ()),
            only_if=tuple(self.condition(p, w) for p, w in frame.only_if.items()),
            not_if=tuple(self.condition(p, w) for p, w in frame.not_if.items()),
            forms=frozenset(frame.form),
            support=frozenset(frame.support or self.shared.support),
        )

    def role(self, name: str, row: RoleRow) -> RoleFrame:
        if name not in self.schema.properties:
            raise self.error(f"the role {name!r} is not a property of the ontology")
        classes = row.classes or self.shared.classes.get(name, ())
        return RoleFrame(
            role=name,
            paths=tuple(parse_path(p) for p in row.path),
            classes=self.closure(classes),
            literal=row.literal or (name == "about" and not row.classes),
            each=row.each,
            implied=row.implied,
        )

    def closure(self, classes: Iterable[str]) -> frozenset[str]:
        found: set[str] = set()
        for cls in classes:
            if cls not in self.schema.classes:
                raise self.error(f"{cls!r} is not a class of the ontology")
            found.update((cls, *self.schema.below(cls)))
        return frozenset(found)

    def condition(self, path: str, words: tuple[str, ...]) -> Condition:
        return Condition(
            parse_path(path),
            frozenset(w for w in words if not w[0].isupper()),
            self.closure(w for w in words if w[0].isupper()),
        )

    def requirement(self, text: str) -> Requirement:
        names, _, count = text.partition(":")
        wanted = {n.strip() for n in names.split("|")}
        unknown = wanted - SATISFIERS - self.schema.properties.keys()
        if unknown:
            raise self.error(f"cannot require {sorted(unknown)}")
        below = {p.name for p in self.schema.properties.values() if wanted & set(p.ancestors)}
        return Requirement(frozenset(wanted | below), int(count or 1))


def _roles_of(row: ExampleRow) -> dict[str, tuple[str, ...]]:
    roles = {
        "initiator": row.initiator,
        "recipient": row.recipient,
        "participant": row.participants,
        "place": (row.place,) if row.place else (),
        "about": row.about,
    }
    return {name: names for name, names in roles.items() if names}


def _spellings(word: str) -> frozenset[str]:
    """The alternatives of ``deal/pact``, in American and British spelling, with a hyphen and without."""
    words = set(word.split("/"))
    pairs = (
        ("ize", "ise"),
        ("izing", "ising"),
        ("ization", "isation"),
        ("efense", "efence"),
        ("abor", "abour"),
    )
    for old, (american, british) in product(tuple(words), pairs):
        if old.endswith(american):
            words.add(old.removesuffix(american) + british)
    words |= {verb for verb in load_hyphenated_verbs() if verb.replace("-", "") in words}
    return frozenset(words)
