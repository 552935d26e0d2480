"""Commands that ask the graph, check it, write it out and serve it."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from service.cli import options


@click.command()
@click.argument("words", nargs=-1)
@click.option(
    "-f",
    "--file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the query from a file.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "ttl"]),
    help="Default: a table; Turtle where the answer is a graph.",
)
@options.store
def query(words: tuple[str, ...], file: Path | None, form: str | None, store: Path | None) -> None:
    """Ask the graph: a SPARQL query, or the NAME of one with its parameters.

    \b
    diplograph query                                 list the named queries
    diplograph query who-met-whom actor=Lavrov       a named query, about one actor
    diplograph query 'SELECT * { ?s a dg:Visit }'    SPARQL; usual prefixes need not be declared
    diplograph query -f question.rq --format csv     from a file, as CSV
    """
    from service.commands.asking import list_queries, run_query  # noqa: PLC0415

    console = Console()
    if not words and file is None:
        list_queries(console)
        return
    text = file.read_text(encoding="utf-8") if file else None
    run_query(words, text, form, options.settings(store=store), console)


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(["ttl", "trig", "nq", "jsonld", "csv"]),
    help="Default: by the ending of FILE, else nq.",
)
@click.option("--network", is_flag=True, help="Write the network of actors, in the format of FILE's ending.")
@options.store
def export(file: Path | None, form: str | None, network: bool, store: Path | None) -> None:
    """Write the whole graph to FILE, or to the standard output.

    trig, nq and jsonld keep the named graphs, one for each document; ttl is the union of all; csv is a
    table of events with participants, place, date, factuality, source and sentence.

    With --network, who is tied to whom: .gexf, .graphml, .json (node-link), .cyjs, .cx2, .dot, .net (Pajek),
    .csv (edges) or .nodes.csv.
    """
    from service.commands.asking import run_export, run_network_export  # noqa: PLC0415

    if not network:
        run_export(file, form, options.settings(store=store))
    elif file is None or form is not None:
        raise click.UsageError("--network takes its format from the ending of FILE, which must be given.")
    else:
        run_network_export(file, options.settings(store=store))


@click.command()
@options.store
def check(store: Path | None) -> None:
    """Check the graph against the data contract: shapes, evidence, offsets; exit status 1 where broken."""
    from service.commands.checking import run_check  # noqa: PLC0415

    if not run_check(options.settings(store=store), Console()):
        sys.exit(1)


@click.command()
@options.store
def stats(store: Path | None) -> None:
    """Count what the graph holds."""
    from service.commands.asking import run_stats  # noqa: PLC0415

    run_stats(options.settings(store=store), Console())


@click.command()
@options.store
@click.option("--host", help="Address to listen on (default: 127.0.0.1).")
@click.option("--port", type=int, help="Port to listen on (default: 8000; 0 takes a free one).")
def serve(store: Path | None, host: str | None, port: int | None) -> None:
    """Serve the graph: pages, /sparql and /api, until interrupted."""
    from service.serving import run_serve  # noqa: PLC0415

    run_serve(options.settings(store=store, host=host, port=port), Console(stderr=True))
