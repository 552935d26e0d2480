"""The form in which others' tables come into the knowledge base: JSON Lines, one thing each.

docs/knowledge.md documents it. Keys that are not named here are passed over, so that tables of others can
often be imported as they are.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from graph.errors import KnowledgeError
from graph.iri import digest, slug
from ontology.knowledge_tables import Held, Thing, ThingKind
from ontology.name_tables import ORGANISATION_KINDS, PLACE_KINDS

Place = Callable[[str], str | None]
"""The id of a state by its ISO code, its name, its Wikidata number or its own id; None where unknown."""

_LISTED = 40  # names that one thing may have


def _text(value: object) -> object:
    return str(value) if isinstance(value, int | float) else value


Words = Annotated[str, BeforeValidator(_text)]


class _Position(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    title: str = ""
    of: str = ""
    start: Words = ""
    end: Words = ""


class Line(BaseModel):
    """One line of an import; only ``name`` is needed, and ``source`` and ``licence`` where no option says."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str = Field(min_length=1)
    kind: str = ""
    qid: str | None = Field(None, pattern=r"^Q[1-9]\d*$")
    aliases: tuple[str, ...] = ()
    names: dict[str, str] = Field(default_factory=dict)
    abbr: str | None = None
    country: str | None = None
    countries: tuple[str, ...] = ()
    parent: str | None = None
    born: Words = ""
    died: Words = ""
    founded: Words = ""
    dissolved: Words = ""
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)
    geonames: Words = ""
    pop: int | None = None
    enwiki: str = ""
    positions: tuple[_Position, ...] = ()
    source: str = ""
    licence: str = ""


def read_lines(path: Path, default: Mapping[str, str], place: Place) -> Iterator[Thing]:
    """The things of a file of JSON Lines, which may be compressed by gzip (``.gz``).

    Args:
        path: the file.
        default: values for lines that have not their own: ``source``, ``licence``, ``kind``.
        place: states by code or name.

    Raises:
        KnowledgeError: the file cannot be read, or a line has not the form; nothing is to be used then.
    """
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        lines = raw.decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path} cannot be read: {error}.") from error
    for number, text in enumerate(lines, 1):
        if text.strip():
            yield _thing(_line(text, default, f"{path}, line {number}"), place)


def _line(text: str, default: Mapping[str, str], where: str) -> Line:
    hint = "docs/knowledge.md describes the form of an import."
    try:
        cells: dict[str, Any] = json.loads(text)
        line = Line.model_validate({**default, **{k: v for k, v in cells.items() if v is not None}})
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(map(str, first["loc"]))
        raise KnowledgeError(f"{where}: {at}: {first['msg']}.", hint) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise KnowledgeError(f"{where}: no JSON object: {error}.", hint) from error
    if not line.source or not line.licence:
        wanted = "source" if not line.source else "licence"
        raise KnowledgeError(f"{where}: no {wanted} is named.", f"Give each line one, or use --{wanted}.")
    if _kind(line.kind) is None:
        raise KnowledgeError(f"{where}: {line.kind!r} is no kind of thing.", f"Use --kind. {hint}")
    return line


def _kind(word: str) -> tuple[ThingKind, str] | None:
    """The kind and class that a word of a table stands for."""
    if word in PLACE_KINDS:
        return "territory", word
    if word in ORGANISATION_KINDS:
        return "institution", word
    others: dict[str, tuple[ThingKind, str]] = {
        "person": ("person", "Person"),
        "Person": ("person", "Person"),
        "institution": ("institution", "Institution"),
        "Other": ("institution", "Institution"),
        "territory": ("territory", "Territory"),
        "Territory": ("territory", "Territory"),
        "Place": ("territory", "Territory"),
    }
    return others.get(word)


def _thing(line: Line, place: Place) -> Thing:
    kind, cls = _kind(line.kind) or ("institution", "Institution")
    codes = (*line.countries, *filter(None, (line.country, line.parent)))
    country = tuple(dict.fromkeys(p for code in codes if (p := place(code))))
    forms = dict.fromkeys((*line.aliases, *line.names.values(), *([line.abbr] if line.abbr else [])))
    return Thing(
        id=line.qid or f"{slug(line.name)}-{digest(f'{line.source}/{kind}/{country}')}",
        kind=kind,
        cls=cls,
        name=line.name,
        forms=tuple(f for f in forms if f and f != line.name)[:_LISTED],
        qid=line.qid or "",
        country=country,
        begun=_date(line.born or line.founded),
        ended=_date(line.died or line.dissolved),
        lat=line.lat,
        lon=line.lon,
        geonames=line.geonames,
        population=line.pop or 0,
        enwiki=line.enwiki.replace("_", " "),
        offices=tuple(
            Held(
                p.title, place(p.of) or "" if p.of else next(iter(country), ""), _date(p.start), _date(p.end)
            )
            for p in line.positions
            if p.title
        ),
        sources=(line.source,),
        licence=line.licence,
    )


def _date(text: str) -> str:
    """An ISO 8601 date or the beginning of one; what has another form is left out."""
    match = re.match(r"\d{4}(-\d\d(-\d\d)?)?", text)
    return match[0] if match else ""
