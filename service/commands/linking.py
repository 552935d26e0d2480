"""What ``diplograph link`` does: ask datasets on the network about what is not certain yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from graph.build import rebuild, understood
from graph.errors import StoreError
from graph.knowledge.library import cache_folder, open_knowledge
from graph.knowledge.places import Places
from graph.linking.endpoint import Endpoint
from graph.linking.evidence import gather
from graph.linking.kept import KeptLinks
from graph.linking.linker import Linker
from graph.linking.live import Asked, Dataset, ReconciledDataset, SparqlDataset, ask_dataset, unsure
from graph.linking.manners import Manners
from graph.linking.profiles import WIKIDATA, load_profile
from graph.linking.reconciliation import Reconciliation
from graph.linking.remembered import Remembered
from graph.settings import Settings
from ontology.gazetteer import Gazetteer, load_gazetteer
from ontology.knowledge_tables import ThingKind
from ontology.title_words import load_title_words
from service.commands.building import tables

_WIKIDATA_TYPES: dict[ThingKind, str] = {"person": "Q5"}


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to ask: an endpoint with a profile (or templates of one's own), or a reconciliation service.

    ``types`` are what a service calls the kinds; ``fresh`` is whether to ask again what was asked before.
    """

    endpoint: str | None = None
    reconcile: str | None = None
    profile: str = "wikidata"
    queries: Path | None = None
    types: tuple[tuple[str, str], ...] = ()
    fresh: bool = False


def run_link(
    target: Target, settings: Settings, manners: Manners, console: Console, progress: Console
) -> bool:
    """Ask, keep what is found, and publish the graph with it; returns whether all was asked.

    Raises:
        StoreError: there is no graph, or it is in use.
        RemoteError: nobody can be asked; nothing is changed then.
    """
    if not (settings.store / "readings.sqlite").exists():
        raise StoreError(f"There is no graph in {settings.store}.", "Build one with: diplograph build FOLDER")
    gazetteer = load_gazetteer()
    named = tables(gazetteer, settings)
    readings, identity = understood(settings.store, settings, named)
    keep = KeptLinks(settings.store)
    before = keep.path.read_bytes() if keep.path.exists() else b""
    with (
        closing(open_knowledge(settings)) as base,
        closing(Remembered(cache_folder(settings), fresh=target.fresh)) as remembered,
    ):
        linker = Linker(base, load_title_words())
        dataset = _dataset(target, linker, gazetteer, manners, remembered)
        certain = {k.iri for some in keep.read().values() for k in some if k.same}
        certain |= set(named.links(readings, identity).same)
        wanted = unsure(gather(readings, identity, linker.countries), certain)
        last = _watched(ask_dataset(wanted, linker, dataset, keep), dataset.address, progress)
    if keep.path.exists() and keep.path.read_bytes() != before:
        rebuild(settings.store, settings, named)
    _report(last, dataset.address, console)
    return last.failure is None


def _dataset(
    target: Target, linker: Linker, gazetteer: Gazetteer, manners: Manners, remembered: Remembered
) -> Dataset:
    if target.reconcile:
        service = Reconciliation(target.reconcile, manners, remembered)
        own: dict[ThingKind, str] = _WIKIDATA_TYPES if service.manifest.space == WIKIDATA else {}
        return ReconciledDataset(service, linker, own | _types(target))
    endpoint = Endpoint(target.endpoint or "", manners, remembered)
    return SparqlDataset(endpoint, load_profile(target.profile, target.queries), Places(gazetteer))


def _types(target: Target) -> dict[ThingKind, str]:
    kinds: tuple[ThingKind, ...] = ("person", "institution", "territory")
    given = dict(target.types)
    return {kind: given[kind] for kind in kinds if kind in given}


def _watched(steps: Iterator[Asked], address: str, console: Console) -> Asked:
    """Show how a run goes on, and return how far it came."""
    last = Asked()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[found]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(f"Asking {address}", total=None, found="")
        for last in steps:
            bar.update(task, total=last.wanted, completed=last.asked, found=f"{last.same} linked")
    return last


def _report(last: Asked, address: str, console: Console) -> None:
    console.print(
        f"{last.asked} of {last.wanted} things asked for at {address}: "
        f"{last.same} linked, {last.close} perhaps.",
        highlight=False,
        soft_wrap=True,
    )
    if last.failure:
        console.print(f"[red]Ended early.[/red] {last.failure}", highlight=False, soft_wrap=True)
        console.print("What was linked is kept; the same command goes on from here.", highlight=False)
