"""What the commands that change the graph do: build and forget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from graph.build import Report, Tables, build, drop
from graph.documents.sources import Source, count_texts, iter_sources, list_sources
from graph.identities.geography import geography
from graph.identity import Identity
from graph.knowledge.library import open_knowledge
from graph.linking.kept import KeptLinks, with_kept
from graph.linking.linker import Linked, link
from graph.model import Document, Reading
from graph.readers import Failure
from graph.settings import Settings
from ontology.gazetteer import Gazetteer, load_gazetteer
from ontology.name_tables import Organisation
from ontology.title_words import load_title_words
from service.commands.asking import print_counts
from service.endpoint.engine import Engine


def run_build(
    sources: Iterable[Path], settings: Settings, dry_run: bool, console: Console, progress: Console
) -> tuple[Failure, ...]:
    """Build the graph, or list what a build would read; returns what could not be read.

    Raises:
        StoreError, ModelError: the build cannot begin.
    """
    paths = list(sources)
    if dry_run:
        return _list_texts(paths, settings, console)
    total = sum(count_texts(s) for s in list_sources(paths) if isinstance(s, Source))
    with _Bar(total, progress) as bar:
        report = build(
            iter_sources(paths, settings), settings.store, settings, bar, tables(load_gazetteer(), settings)
        )
    _print_report(report, bar.words, settings, console)
    return report.failures


def run_forget(identifiers: Iterable[str], settings: Settings, console: Console) -> None:
    """Take documents out of the graph.

    Raises:
        NotFoundError: the graph has no document of that identifier.
        StoreError: the store cannot be used.
    """
    left = drop(identifiers, settings.store, settings, tables(load_gazetteer(), settings))
    console.print(f"{left} document{'' if left == 1 else 's'} left in {settings.store}.")


def tables(gazetteer: Gazetteer, settings: Settings) -> Tables:
    """What building needs of the name tables and the knowledge base."""

    def institution(name: str) -> str | None:
        rows = [row for row in gazetteer.find(name) if isinstance(row, Organisation)]
        return rows[0].id if len(rows) == 1 else None

    def links(readings: Sequence[Reading], identity: Identity) -> Linked:
        with closing(open_knowledge(settings)) as base:
            linked = link(readings, identity, base, load_title_words())
        return with_kept(linked, KeptLinks(settings.store).read(), identity.iris.values())

    return Tables(institution, links, geography(gazetteer))


class _Bar:
    """A build's progress on the terminal: texts, words a second, time left."""

    def __init__(self, total: int, console: Console) -> None:
        self.words = 0
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
        )
        self._task: TaskID = self._progress.add_task("Reading", total=total, rate="")

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def read(self, document: Document, fresh: bool) -> None:
        """Advance by one text."""
        if fresh:
            self.words += len(document.text.split())
        elapsed = self._progress.tasks[self._task].elapsed or 0
        rate = f"{self.words / elapsed:,.0f} words/s" if self.words and elapsed else ""
        self._progress.update(self._task, advance=1, rate=rate)

    def failed(self, failure: Failure) -> None:
        """Name a text that cannot be read, above the bar, at once."""
        self._progress.console.print(
            f"[red]not read[/red] {failure.identifier}: {failure.reason}", highlight=False
        )
        self._progress.update(self._task, advance=1)

    def identifying(self, documents: int) -> None:
        """All is read."""
        self._progress.update(self._task, description=f"Who is who in {documents} documents")


def _list_texts(paths: list[Path], settings: Settings, console: Console) -> tuple[Failure, ...]:
    table = Table("text", "title", "publisher", "issued", "words", title="Would be read")
    failures = []
    for one in iter_sources(paths, settings):
        if isinstance(one, Failure):
            failures.append(one)
        else:
            shown = (one.title or "", one.publisher or "", one.issued or "unknown")
            table.add_row(one.identifier, *shown, str(len(one.text.split())))
    console.print(table)
    _print_failures(tuple(failures), console)
    return tuple(failures)


def _print_report(report: Report, words: int, settings: Settings, console: Console) -> None:
    print_counts(Engine(settings.store), console)
    console.print(
        f"{report.fresh} read ({words:,} words), {report.known} known from before, "
        f"{len(report.failures)} not read; {report.documents} documents in {settings.store}."
    )
    _print_failures(report.failures, console)


def _print_failures(failures: tuple[Failure, ...], console: Console) -> None:
    if failures:
        table = Table("not read", "why", title="What could not be read")
        for failure in failures:
            table.add_row(failure.identifier, failure.reason)
        console.print(table)
