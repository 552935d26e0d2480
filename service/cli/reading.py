"""Commands about texts: they are read, forgotten, scored and explained."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from service.cli import options


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@options.store
@click.option("--model", help="spaCy pipeline, by package name or path.")
@click.option("--jobs", type=int, help="Processes that read (default: 1).")
@options.filtering
@click.option("--dry-run", is_flag=True, help="Only list what would be read; write nothing.")
def build(  # noqa: PLR0913  one argument for each option
    sources: tuple[Path, ...],
    store: Path | None,
    model: str | None,
    jobs: int | None,
    filtered: bool | None,
    dry_run: bool,
) -> None:
    """Read SOURCES into the graph: files and folders of .txt, .md, .html, .jsonl and .csv.

    Texts that were read before and have not changed are not read again. What cannot be read is listed
    at the end with the reason; the rest goes on, and the exit status is 2.
    """
    from service.commands.building import run_build  # noqa: PLC0415  each command loads only what it needs

    chosen = options.settings(store=store, model=model, jobs=jobs, filter=filtered)
    failures = run_build(sources, chosen, dry_run, Console(), Console(stderr=True))
    if failures:
        sys.exit(options.FAILED_SOURCES)


@click.command()
@click.argument("identifiers", nargs=-1, required=True)
@options.store
def forget(identifiers: tuple[str, ...], store: Path | None) -> None:
    """Take documents out of the graph, by their identifiers (their paths in the folder that was built)."""
    from service.commands.building import run_forget  # noqa: PLC0415

    run_forget(identifiers, options.settings(store=store), Console())


@click.command()
@click.argument(
    "gold", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of the texts (default: that of their annotations).",
)
@click.option("--errors", metavar="KIND", help="List mistakes: people, positions, events, dates, places, …")
@click.option("--only", help="Names of texts, with commas between: read and score only these.")
@click.option("--without-metadata", is_flag=True, help="Let the text alone tell when it was issued, by whom.")
@click.option(
    "--left-out/--no-left-out",
    default=True,
    help="Also read each text with a filter that learned from the others only (default: yes).",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@click.option("--model", help="spaCy pipeline, by package name or path.")
@click.option("--jobs", type=int, help="Processes that read (default: 1).")
@options.filtering
def score(  # noqa: PLR0913  one argument for each option
    gold: tuple[Path, ...],
    texts: Path | None,
    errors: str | None,
    only: str | None,
    without_metadata: bool,
    left_out: bool,
    form: str,
    model: str | None,
    jobs: int | None,
    filtered: bool | None,
) -> None:
    """Read the texts NAME.txt and compare what is found with the annotations NAME.json of the folders GOLD.

    Date of issue, publisher and address are taken from NAME.json, as a build of that folder does; a column
    beside shows what the text alone yields, and another ("left out") what a filter yields that has learned
    from the other texts only.
    Of folders of CoNLL-U files whose names are linked to Wikipedia (NAME.conllu, as in the GUM corpus), the
    links alone are compared.
    docs/quality.md explains the figures. No store is read or written.
    """
    from service.commands.link_scoring import is_wikified, run_link_score  # noqa: PLC0415
    from service.commands.measuring import Sample  # noqa: PLC0415
    from service.commands.scoring import Wanted, run_score  # noqa: PLC0415

    if all(map(is_wikified, gold)):
        run_link_score(gold, options.settings(model=model, jobs=jobs), form, errors, Console())
        return
    wanted = frozenset(only.split(",")) if only else frozenset()
    sample = Sample(gold, texts, not without_metadata, wanted)
    chosen = options.settings(model=model, jobs=jobs, filter=filtered)
    run_score(sample, chosen, Wanted(form, errors, left_out), Console())


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--sentence", type=int, help="Only the sentence of this number.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--model", help="spaCy pipeline, by package name or path.")
@options.filtering
def explain(file: Path, sentence: int | None, form: str, model: str | None, filtered: bool | None) -> None:
    """Show how the text in FILE is read, sentence by sentence: mentions, events, relations, with their rules.

    Words that could have made an event and did not are listed with what stood against them.
    """
    from service.commands.explaining import run_explain  # noqa: PLC0415

    run_explain(file, options.settings(model=model, filter=filtered), sentence, form, Console())
