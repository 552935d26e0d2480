"""Commands about what is known elsewhere: the offline knowledge base, and datasets on the network."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from service.cli import options


@click.command()
@click.option(
    "--endpoint", metavar="URL", help="A SPARQL endpoint, such as https://query.wikidata.org/sparql"
)
@click.option("--reconcile", metavar="URL", help="A service of the Reconciliation API (0.2, or the draft).")
@click.option("--profile", type=click.Choice(["wikidata", "dbpedia"]), default="wikidata", show_default=True)
@click.option(
    "--queries",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of query templates of your own, instead of a profile.",
)
@click.option(
    "--type", "types", multiple=True, metavar="KIND=TYPE", help="What a service calls persons, and so on."
)
@click.option("--fresh", is_flag=True, help="Ask again what was asked before.")
@options.patient
@options.store
def link(  # noqa: PLR0913  one argument for each option
    endpoint: str | None,
    reconcile: str | None,
    profile: str,
    queries: Path | None,
    types: tuple[str, ...],
    fresh: bool,
    timeout: float,
    attempts: int,
    store: Path | None,
) -> None:
    """Ask a dataset on the network what the things of the graph are that the knowledge base does not know.

    What is found is kept in the store's folder and in the graph of links, over every build. Answers are
    remembered, so that a run that was broken off goes on; the exit status is 2 where it ended early.
    docs/knowledge.md explains profiles and templates.
    """
    from graph.linking.manners import Manners  # noqa: PLC0415
    from service.commands.linking import Target, run_link  # noqa: PLC0415

    if (endpoint is None) == (reconcile is None):
        raise click.UsageError("Give one of --endpoint and --reconcile.")
    pairs = tuple((kind, type_) for kind, _, type_ in (text.partition("=") for text in types))
    target = Target(endpoint, reconcile, profile, queries, pairs, fresh)
    manners = Manners(timeout=timeout, attempts=attempts)
    if not run_link(target, options.settings(store=store), manners, Console(), Console(stderr=True)):
        sys.exit(options.FAILED_SOURCES)


@click.group()
def kb() -> None:
    """The offline knowledge base: what it has, and how it grows."""


@kb.command("stats")
def kb_stats() -> None:
    """Count what the knowledge base has, by source; it is made on first use."""
    from service.commands.knowledge import run_kb_stats  # noqa: PLC0415

    run_kb_stats(options.settings(), Console())


@kb.command("look")
@click.argument("name")
def kb_look(name: str) -> None:
    """Show what has this NAME, or nearly; exit status 1 where nothing has."""
    from service.commands.knowledge import run_kb_look  # noqa: PLC0415

    if not run_kb_look(name, options.settings(), Console()):
        sys.exit(1)


@kb.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--name", help="What to call the import (default: after the file).")
@click.option("--source", help="Where lines come from that do not say so.")
@click.option("--licence", help="Their terms.")
@click.option("--kind", help="What they are: person, institution, territory or a class of the ontology.")
def kb_import(
    file: Path, name: str | None, source: str | None, licence: str | None, kind: str | None
) -> None:
    """Take the things of FILE (JSON Lines, maybe .gz) into the knowledge base, over the tables it comes with.

    An import of the same name takes the place of an earlier one. docs/knowledge.md describes the form.
    """
    from service.commands.knowledge import run_kb_import  # noqa: PLC0415

    given = {"source": source, "licence": licence, "kind": kind}
    default = {key: value for key, value in given.items() if value}
    run_kb_import(file, default, name, options.settings(), Console())


@kb.command("forget")
@click.argument("name")
def kb_forget(name: str) -> None:
    """Take the import NAME out of the knowledge base."""
    from service.commands.knowledge import run_kb_forget  # noqa: PLC0415

    run_kb_forget(name, options.settings(), Console())


@kb.command("update")
@click.option("--endpoint", metavar="URL", required=True, help="An endpoint with data in Wikidata's form.")
@click.option("--country", "countries", multiple=True, help="Only of this state; may be given several times.")
@click.option("--since", default="2000", show_default=True, help="Year: nobody who left office before it.")
@options.patient
def kb_update(endpoint: str, countries: tuple[str, ...], since: str, timeout: float, attempts: int) -> None:
    """Learn office-holders, ministries, organisations and territories of states from a SPARQL endpoint.

    What is learnt of each state is kept at once; the exit status is 2 where the endpoint ended it early.
    """
    from graph.linking.manners import Manners  # noqa: PLC0415
    from service.commands.knowledge import Wanted, run_kb_update  # noqa: PLC0415

    manners = Manners(timeout=timeout, attempts=attempts)
    if not run_kb_update(endpoint, Wanted(countries, since), options.settings(), manners, Console()):
        sys.exit(options.FAILED_SOURCES)
