"""Gold: what annotators found in a text, read from the ``NAME.json`` that goes with ``NAME.txt``.

Entities are named by the fullest form that the text has; events and relations refer to them by that name.
Other keys of the files (triggers, kinds, quotes of relations) are notes of the annotators and not compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from graph.errors import GoldError
from graph.model import EntityKind, Factuality

KINDS: tuple[EntityKind, ...] = ("person", "institution", "territory", "instrument")


@dataclass(frozen=True, slots=True)
class GoldPosition:
    """An office that the text gives a person."""

    title: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A thing that the text names; ``canonical`` is its full common name, ``aliases`` its other forms."""

    name: str
    aliases: tuple[str, ...] = ()
    canonical: str | None = None
    wikidata: str | None = None
    positions: tuple[GoldPosition, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """All its names."""
        return (self.name, *([self.canonical] if self.canonical else []), *self.aliases)


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event in the world; ``type`` is the local name of its ontology class, ``when`` an EDTF date."""

    type: str
    quote: str
    participants: tuple[str, ...]
    place: str | None
    when: str | None
    factuality: Factuality
    source: str | None
    core: bool = False


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A lasting tie; ``predicate`` is the local name of an ontology property."""

    subject: Annotated[str, Field(alias="s")]
    predicate: Annotated[str, Field(alias="p")]
    object: Annotated[str, Field(alias="o")]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """All that was annotated in one text; ``name`` is that of its file without the ending."""

    people: tuple[GoldEntity, ...]
    institutions: tuple[GoldEntity, ...]
    territories: tuple[GoldEntity, ...]
    instruments: tuple[GoldEntity, ...]
    events: tuple[GoldEvent, ...]
    relations: tuple[GoldRelation, ...]
    published: str | None = None
    name: str = ""
    merged: tuple[tuple[str, str], ...] = ()
    """Pairs of names that ``united`` found to be of one thing."""

    def of_kind(self, kind: EntityKind) -> tuple[GoldEntity, ...]:
        """The entities of one kind."""
        lists = (self.people, self.institutions, self.territories, self.instruments)
        return lists[KINDS.index(kind)]


_FORM: TypeAdapter[GoldDocument] = TypeAdapter(GoldDocument)


def read_gold(path: Path) -> GoldDocument:
    """The annotations of one text.

    Raises:
        GoldError: the file cannot be opened or does not have the form of annotations.
    """
    try:
        return replace(_FORM.validate_json(path.read_bytes()), name=path.stem)
    except OSError as error:
        raise GoldError(f"{path} cannot be opened: {error.strerror}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise GoldError(
            f"{path} is not an annotation of a text: {where}: {first['msg']}.",
            "tests/gold has files of the right form.",
        ) from error


def united(document: GoldDocument, same: str) -> GoldDocument:
    """The document with entities that it says are the same folded into one, so that a reader may unite them.

    Args:
        document: as annotated.
        same: the predicate that says so.
    """
    union = _Union({kind: list(document.of_kind(kind)) for kind in KINDS})
    pairs = tuple((r.subject, r.object) for r in document.relations if r.predicate == same)
    for one, other in pairs:
        union.unite(one, other)
    name = union.name
    return replace(
        document,
        people=tuple(_with_offices(e, name) for e in union.lists["person"]),
        institutions=tuple(union.lists["institution"]),
        territories=tuple(union.lists["territory"]),
        instruments=tuple(union.lists["instrument"]),
        events=tuple(_renamed(e, name) for e in document.events),
        relations=tuple(
            replace(r, subject=name(r.subject), object=name(r.object))
            for r in document.relations
            if r.predicate != same
        ),
        merged=pairs,
    )


@dataclass(slots=True)
class _Union:
    """Lists of entities in which several become one."""

    lists: dict[EntityKind, list[GoldEntity]]
    kept: dict[str, str] = field(default_factory=dict)

    def name(self, name: str) -> str:
        return self.kept.get(name, name)

    def unite(self, one: str, other: str) -> None:
        for entities in self.lists.values():
            first = next((i for i, e in enumerate(entities) if e.name == self.name(one)), None)
            second = next((i for i, e in enumerate(entities) if e.name == self.name(other)), None)
            if first is not None and second is not None and first != second:
                stays, goes = entities[first], entities[second]
                aliases = (*stays.aliases, goes.name, *goes.aliases)
                entities[first] = replace(stays, aliases=aliases, wikidata=stays.wikidata or goes.wikidata)
                del entities[second]
                self.kept = {k: stays.name if v == goes.name else v for k, v in self.kept.items()}
                self.kept[goes.name] = stays.name


def _with_offices(person: GoldEntity, name: Callable[[str], str]) -> GoldEntity:
    positions = tuple(replace(p, of=name(p.of) if p.of else None) for p in person.positions)
    return replace(person, positions=positions)


def _renamed(event: GoldEvent, name: Callable[[str], str]) -> GoldEvent:
    return replace(
        event,
        participants=tuple(dict.fromkeys(map(name, event.participants))),
        place=name(event.place) if event.place else None,
        source=name(event.source) if event.source else None,
    )
