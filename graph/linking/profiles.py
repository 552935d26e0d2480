"""How datasets are asked: a query template for each kind of thing, and what its rows mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from graph.errors import RemoteError
from graph.linking.endpoint import Row
from ontology.knowledge_tables import Held, Thing, ThingKind

KINDS: tuple[ThingKind, ...] = ("person", "institution", "territory")
PLACEHOLDER = "{{names}}"
WIKIDATA = "http://www.wikidata.org/entity/"
LICENCES: Mapping[str, str] = {"wikidata": "CC0-1.0", "dbpedia": "CC-BY-SA-3.0"}

_CLASSES: Mapping[ThingKind, str] = {
    "person": "Person",
    "institution": "Institution",
    "territory": "Territory",
}

Place = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Profile:
    """The templates of a dataset by kind, and the terms under which it gives its facts."""

    name: str
    templates: Mapping[ThingKind, str]
    licence: str = ""

    def query(self, kind: ThingKind, names: Iterable[str]) -> str:
        """The query for the things of a kind that have one of some names, in English."""
        literals = " ".join(f'"{_escaped(name)}"@en' for name in names)
        return self.templates[kind].replace(PLACEHOLDER, literals)


def load_profile(name: str, folder: Path | None = None) -> Profile:
    """The templates of a profile that comes with diplograph, or of a folder of one's own.

    Raises:
        RemoteError: there is no such profile, or a template is missing or has no place for the names.
    """
    templates: dict[ThingKind, str] = {}
    root = folder or files("graph.linking") / "queries" / name
    for kind in KINDS:
        try:
            templates[kind] = (root / f"{kind}.rq").read_text(encoding="utf-8")
        except OSError as error:
            raise RemoteError(
                f"There is no template {kind}.rq in {folder or name!r}.", "docs/knowledge.md describes them."
            ) from error
        if PLACEHOLDER not in templates[kind]:
            raise RemoteError(f"{kind}.rq of {folder or name!r} has no place for the names: {PLACEHOLDER}.")
    return Profile(name if folder is None else folder.name, templates, LICENCES.get(name, ""))


def things_of(
    rows: Iterable[Row], kind: ThingKind, source: tuple[str, str], place: Place
) -> tuple[Thing, ...]:
    """The things that the rows of a template tell of, each once, ordered by their addresses.

    Args:
        rows: with the variables ``item``, ``name``, ``label``, ``country``, ``begun``, ``ended``, ``title``,
            ``of``, ``start``, ``end``, ``lat``, ``lon``, ``geonames``, ``population``, ``wikidata``; all but
            the first two may be missing.
        kind: what was asked for.
        source: the address of the endpoint, and its licence.
        place: states by their IRIs.
    """
    by_item: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if item := row.get("item"):
            by_item[item].append(row)
    return tuple(_thing(item, group, kind, source, place) for item, group in sorted(by_item.items()))


def qid_of(address: str) -> str:
    """The number of a Wikidata item; empty for other addresses."""
    tail = address.removeprefix(WIKIDATA).removeprefix("https://www.wikidata.org/entity/")
    return tail if tail[:1] == "Q" and tail[1:].isdigit() else ""


def _thing(item: str, rows: list[Row], kind: ThingKind, source: tuple[str, str], place: Place) -> Thing:
    forms = sorted({row["name"] for row in rows if row.get("name")})
    label = next((row["label"] for row in rows if row.get("label")), forms[0] if forms else item)
    numbers = sorted({qid for row in rows if (qid := qid_of(row.get("wikidata", "")))})
    return Thing(
        id=item,
        kind=kind,
        cls=_CLASSES[kind],
        name=label,
        forms=tuple(form for form in forms if form != label),
        qid=qid_of(item) or (numbers[0] if len(numbers) == 1 else ""),
        country=tuple(sorted({p for row in rows if (p := place(row.get("country", "") or "-"))})),
        begun=_date(_first(rows, "begun")),
        ended=_date(_first(rows, "ended")),
        lat=_number(_first(rows, "lat")),
        lon=_number(_first(rows, "lon")),
        geonames=_first(rows, "geonames"),
        population=int(_number(_first(rows, "population")) or 0),
        offices=tuple(sorted(_offices(rows, place), key=lambda h: (h.start, h.title, h.of))),
        sources=(source[0],),
        licence=source[1],
    )


def _offices(rows: Iterable[Row], place: Place) -> set[Held]:
    return {
        Held(
            row["title"],
            place(row.get("of", "") or "-") or "",
            _date(row.get("start", "")),
            _date(row.get("end", "")),
        )
        for row in rows
        if row.get("title")
    }


def _first(rows: Iterable[Row], name: str) -> str:
    return min((row[name] for row in rows if row.get(name)), default="")


def _date(text: str) -> str:
    """The day of a date or time of day; empty for what is none."""
    day = text[:10]
    return day if len(day) in {4, 7, 10} and day[:4].isdigit() else ""


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _escaped(name: str) -> str:
    """A name as the inside of a SPARQL string."""
    return name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ")
