"""What ``diplograph kb`` does: tell of the knowledge base, look things up in it, and let it grow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from graph.errors import KnowledgeError
from graph.iri import slug
from graph.knowledge.base import KnowledgeBase, Match
from graph.knowledge.imports import read_lines
from graph.knowledge.library import cache_folder, library, open_knowledge
from graph.knowledge.places import Places
from graph.knowledge.updating import Grown, update
from graph.linking.endpoint import Endpoint
from graph.linking.manners import Manners
from graph.linking.remembered import Remembered
from graph.settings import Settings
from ontology.gazetteer import load_gazetteer
from ontology.knowledge_tables import Thing
from ontology.name_tables import Place

_OFFICES = 6  # of one thing that are shown


def run_kb_stats(settings: Settings, console: Console) -> None:
    """Print how many things of which kind each layer gives, and where the file is.

    Raises:
        KnowledgeError: the knowledge base cannot be made or read.
    """
    with closing(open_knowledge(settings)) as base:
        table = Table("from", "kind", "things", title="In the knowledge base")
        for (layer, kind), number in base.counts().items():
            table.add_row(escape(layer), kind, f"{number:,}")
        console.print(table)
        size = base.path.stat().st_size / 1e6
        console.print(
            f"{base.names():,} names; version {base.version}; {size:.0f} MB in {base.path}",
            highlight=False,
            soft_wrap=True,
        )


def run_kb_look(name: str, settings: Settings, console: Console) -> bool:
    """Print the things of a name, and those of nearly that name; returns whether there are any.

    Raises:
        KnowledgeError: the knowledge base cannot be made or read.
    """
    with closing(open_knowledge(settings)) as base:
        matches = _matches(name, base)
        for match in matches:
            if known := base.get(match.id):
                _show(known.thing, match, known.layer, console)
    if not matches:
        console.print(f"Nothing of the name {name!r}.", highlight=False)
    return bool(matches)


def run_kb_import(
    file: Path, default: dict[str, str], name: str | None, settings: Settings, console: Console
) -> None:
    """Take the things of a file into the knowledge base.

    Raises:
        KnowledgeError: the file has not the form; nothing is imported then.
    """
    things = list(read_lines(file, default, Places(load_gazetteer())))
    called = name or slug(file.name.split(".")[0])
    number = library(settings).keep(called, things)
    console.print(f"{number:,} things imported as {called}.", highlight=False)


def run_kb_forget(name: str, settings: Settings, console: Console) -> None:
    """Take an import out of the knowledge base.

    Raises:
        KnowledgeError: there is none of that name.
    """
    library(settings).drop(name)
    console.print(f"{name} is forgotten.", highlight=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an update asks about: states by name or code (none: all), and office-holders since a year."""

    countries: tuple[str, ...]
    since: str


def run_kb_update(
    address: str, wanted: Wanted, settings: Settings, manners: Manners, console: Console
) -> bool:
    """Ask an endpoint about states and keep what it tells; returns whether all were asked about.

    Raises:
        KnowledgeError: a country is unknown, or the folder of imports cannot be written to.
        RemoteError: the address is none.
    """
    gazetteer = load_gazetteer()
    places = Places(gazetteer)
    states = [p for p in gazetteer.places if p.kind == "State" and p.qid and not p.historical]
    if wanted.countries:
        asked = {_country(country, places) for country in wanted.countries}
        states = [p for p in states if p.id in asked]
    name = slug(urlsplit(address).netloc or "endpoint")
    with closing(Remembered(cache_folder(settings), fresh=True)) as remembered:
        endpoint = Endpoint(address, manners, remembered)
        steps = update(states, wanted.since, endpoint, places, (library(settings), name))
        last = _watched(steps, states, console)
    console.print(
        f"{last.things:,} things learnt of {last.states} of {len(states)} states, kept as {name}.",
        highlight=False,
    )
    if last.failure:
        console.print(f"[red]Ended early.[/red] {last.failure}", highlight=False, soft_wrap=True)
    return last.failure is None


def _watched(steps: Iterator[Grown], states: list[Place], console: Console) -> Grown:
    last = Grown()
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Asking about states", total=len(states))
        for last in steps:
            bar.update(task, completed=last.states)
    return last


def _country(text: str, places: Places) -> str:
    found = places(text)
    if found is None:
        raise KnowledgeError(f"{text!r} is no state of the name tables.", "Use its English name or ISO code.")
    return found


def _matches(name: str, base: KnowledgeBase) -> list[Match]:
    best: dict[str, Match] = {}
    for match in (*base.exact(name), *base.exact(name, "person"), *base.fuzzy(name)):
        if match.id not in best or best[match.id].likeness < match.likeness:
            best[match.id] = match
    return sorted(best.values(), key=lambda m: (-m.likeness, m.id))


def _show(thing: Thing, match: Match, layer: str, console: Console) -> None:
    where = ", ".join(thing.country)
    what = f"{thing.cls}, {where}" if where else thing.cls
    console.print(
        f"[bold]{escape(thing.name)}[/bold]  {what}  {thing.qid or thing.id}", highlight=False, soft_wrap=True
    )
    life = "–".join((thing.begun, thing.ended)).strip("–")
    rows = [
        ("names", " · ".join(thing.forms)),
        ("dates", life),
        ("place", f"{thing.lat}, {thing.lon}" if thing.lat is not None else ""),
        *(
            ("office", f"{o.title}, {o.of}, {o.start or '?'}–{o.end or ''}")
            for o in thing.offices[-_OFFICES:]
        ),
        ("from", f"{', '.join(thing.sources)} ({thing.licence}); {layer}; {match.how}, {match.likeness:.2f}"),
    ]
    for label, words in rows:
        if words:
            console.print(f"  {label:7} {escape(words)}", highlight=False, soft_wrap=True)
