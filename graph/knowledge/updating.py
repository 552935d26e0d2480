"""Growing the knowledge base from a Wikidata-shaped SPARQL endpoint, state by state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files

from graph.errors import RemoteError
from graph.knowledge.compiling import joined
from graph.knowledge.library import Library
from graph.linking.endpoint import Endpoint, Row
from graph.linking.profiles import Place, things_of
from ontology.knowledge_tables import Thing, ThingKind
from ontology.name_tables import Place as PlaceRow

PAGE = 2000
"""Rows of one answer; the next are asked for until one has fewer."""

PARTS: dict[str, ThingKind] = {
    "office-holders": "person",
    "ministries": "institution",
    "organisations": "institution",
    "territories": "territory",
}
"""What is asked for of each state: the names of the templates, and the kind of what they yield."""

_CLASSES = {"ministries": "Ministry", "organisations": "Institution", "territories": "Region"}


@dataclass(frozen=True, slots=True)
class Grown:
    """How far an update came: states asked about, things learnt, and what ended it early, if anything."""

    states: int = 0
    things: int = 0
    failure: RemoteError | None = None


def update(
    states: Iterable[PlaceRow], since: str, endpoint: Endpoint, place: Place, into: tuple[Library, str]
) -> Iterator[Grown]:
    """Ask for the office-holders, ministries, organisations and territories of states, and keep them.

    What is learnt of a state is kept before the next one is asked about: nothing is lost where the endpoint
    fails; it is added to what the import held before.

    Args:
        states: rows with a Wikidata number; others are passed over.
        since: a year; office-holders who left before it are not asked for.
        endpoint: whom to ask.
        place: states by their IRIs.
        into: the library, and the name of the import.
    """
    library, name = into
    kept = {thing.id: thing for layer, things in library.imports() if layer == name for thing in things}
    grown = Grown()
    for state in (s for s in states if s.qid):
        try:
            fresh = list(_of_state(state, since, endpoint, place))
        except RemoteError as error:
            yield replace(grown, failure=error)
            return
        for thing in fresh:
            kept[thing.id] = joined(kept[thing.id], thing) if thing.id in kept else thing
        library.keep(name, (kept[id_] for id_ in sorted(kept)))
        grown = Grown(grown.states + 1, grown.things + len(fresh))
        yield grown


def _of_state(state: PlaceRow, since: str, endpoint: Endpoint, place: Place) -> Iterator[Thing]:
    for part, kind in PARTS.items():
        template = (files("graph.linking") / "queries" / "update" / f"{part}.rq").read_text(encoding="utf-8")
        query = template.replace("{{state}}", f"wd:{state.qid}").replace("{{since}}", since)
        rows = list(_pages(query, endpoint))
        for thing in things_of(rows, kind, (endpoint.address, "CC0-1.0"), place):
            if thing.qid:
                country = thing.country or (state.id,)
                yield replace(thing, id=thing.qid, cls=_CLASSES.get(part, thing.cls), country=country)


def _pages(query: str, endpoint: Endpoint) -> Iterator[Row]:
    offset = 0
    while True:
        rows, _ = endpoint.select(query.replace("{{limit}}", str(PAGE)).replace("{{offset}}", str(offset)))
        yield from rows
        if len(rows) < PAGE:
            return
        offset += PAGE
