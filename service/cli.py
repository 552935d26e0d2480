"""The command ``diplograph``."""

from __future__ import annotations

import sys
from getpass import getuser
from pathlib import Path
from typing import Any, Literal

import click
from pydantic import ValidationError
from rich.console import Console

from graph.errors import DiplographError, SettingError
from graph.settings import Settings


def _user() -> str:
    """The name of whoever runs the command; empty where the system has none for them."""
    try:
        return getuser()
    except (KeyError, OSError):
        return ""


FAILED_SOURCES = 2
"""Exit status of a build in which some sources could not be read."""

_store = click.option(
    "--store", type=click.Path(path_type=Path, file_okay=False), help="Folder of the store (default: ./kg)."
)
_filter = click.option(
    "--filter/--no-filter",
    "filtered",
    default=None,
    help="Let the learned filter have a say in what is an event (default), or the rules alone.",
)
_why = click.option("--why", default="", help="The reason, in plain words.")
_by = click.option("--by", default=_user, help="Who says so (default: your user name).")


class Command(click.Group):
    """A group whose commands tell the project's own errors in one line instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit with status 1 and one line where a DiplographError stops it."""
        try:
            return super().invoke(ctx)
        except DiplographError as error:
            raise click.ClickException(str(error)) from error


def settings(**options: object) -> Settings:
    """Settings from options (those given), environment and ``diplograph.toml``.

    Raises:
        SettingError: a value makes no sense, or the file cannot be read.
    """
    try:
        return Settings(**{k: v for k, v in options.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise SettingError(f"The setting {where!r} is not usable: {first['msg']}.") from error
    except (OSError, ValueError) as error:
        raise SettingError(f"diplograph.toml cannot be read: {error}.") from error


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="diplograph")
def main() -> None:
    """From diplomatic and news texts to a knowledge graph in which every statement has its sentence.

    \b
    diplograph build seeds            read the texts of a folder into the graph
    diplograph query who-met-whom     ask it a question that has a name
    diplograph query 'SELECT …'       or one of your own, in SPARQL
    diplograph serve                  look at it in a browser, and let programs ask

    Settings come from options, then from the environment (DIPLOGRAPH_STORE, DIPLOGRAPH_MODEL, …), then
    from diplograph.toml in the working folder.
    """


@main.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@_store
@click.option("--model", help="spaCy pipeline, by package name or path.")
@click.option("--jobs", type=int, help="Processes that read (default: 1).")
@_filter
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

    chosen = settings(store=store, model=model, jobs=jobs, filter=filtered)
    failures = run_build(sources, chosen, dry_run, Console(), Console(stderr=True))
    if failures:
        sys.exit(FAILED_SOURCES)


@main.command()
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
@_store
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
    run_query(words, text, form, settings(store=store), console)


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(["ttl", "trig", "nq", "jsonld", "csv"]),
    help="Default: by the ending of FILE, else nq.",
)
@click.option("--network", is_flag=True, help="Write the network of actors, in the format of FILE's ending.")
@_store
def export(file: Path | None, form: str | None, network: bool, store: Path | None) -> None:
    """Write the whole graph to FILE, or to the standard output.

    trig, nq and jsonld keep the named graphs, one for each document; ttl is the union of all; csv is a
    table of events with participants, place, date, factuality, source and sentence.

    With --network, who is tied to whom: .gexf, .graphml, .json (node-link), .cyjs, .cx2, .dot, .net (Pajek),
    .csv (edges) or .nodes.csv.
    """
    from service.commands.asking import run_export, run_network_export  # noqa: PLC0415

    if not network:
        run_export(file, form, settings(store=store))
    elif file is None or form is not None:
        raise click.UsageError("--network takes its format from the ending of FILE, which must be given.")
    else:
        run_network_export(file, settings(store=store))


@main.command()
@_store
def check(store: Path | None) -> None:
    """Check the graph against the data contract: shapes, evidence, offsets; exit status 1 where broken."""
    from service.commands.checking import run_check  # noqa: PLC0415

    if not run_check(settings(store=store), Console()):
        sys.exit(1)


@main.command()
@_store
def stats(store: Path | None) -> None:
    """Count what the graph holds."""
    from service.commands.asking import run_stats  # noqa: PLC0415

    run_stats(settings(store=store), Console())


@main.command()
@click.argument("identifiers", nargs=-1, required=True)
@_store
def forget(identifiers: tuple[str, ...], store: Path | None) -> None:
    """Take documents out of the graph, by their identifiers (their paths in the folder that was built)."""
    from service.commands.building import run_forget  # noqa: PLC0415

    run_forget(identifiers, settings(store=store), Console())


@main.command()
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
@_filter
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
        run_link_score(gold, settings(model=model, jobs=jobs), form, errors, Console())
        return
    wanted = frozenset(only.split(",")) if only else frozenset()
    sample = Sample(gold, texts, not without_metadata, wanted)
    chosen = settings(model=model, jobs=jobs, filter=filtered)
    run_score(sample, chosen, Wanted(form, errors, left_out), Console())


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--sentence", type=int, help="Only the sentence of this number.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--model", help="spaCy pipeline, by package name or path.")
@_filter
def explain(file: Path, sentence: int | None, form: str, model: str | None, filtered: bool | None) -> None:
    """Show how the text in FILE is read, sentence by sentence: mentions, events, relations, with their rules.

    Words that could have made an event and did not are listed with what stood against them.
    """
    from service.commands.explaining import run_explain  # noqa: PLC0415

    run_explain(file, settings(model=model, filter=filtered), sentence, form, Console())


def _judging(verdict: Literal["same", "different", "unsure"], text: str) -> None:
    """Add the command of a verdict, which is told of in ``text``."""

    @main.command(verdict, help=text)
    @click.argument("a")
    @click.argument("b")
    @_why
    @_by
    @_store
    def command(a: str, b: str, why: str, by: str, store: Path | None) -> None:
        from service.commands.judging import Remark, run_judge  # noqa: PLC0415

        run_judge(verdict, (a, b), Remark(why, by), settings(store=store), Console())


_judging(
    "same",
    """Say that A and B are one thing, and bring the graph up to date without reading any text.

    A and B are ids as 'candidates' shows them (person/sergey-lavrov), whole IRIs, names that only one thing
    has, or places in a text (a.txt#char=254,267). What you say holds at every later build, whatever the
    machine thinks, until you take it back with 'undo'. It is kept in ledger.jsonl, in the store's folder.

    \b
    diplograph same "Joe Biden" person/joseph-r-biden-jr --why "one president"
    """,
)
_judging(
    "different",
    """Say that A and B are two things, and bring the graph up to date without reading any text.

    Where the machine has made them one, say as which document tells of each: NAME@DOCUMENT. What other
    documents tell stays with the first that it fits. It holds until you take it back with 'undo'.

    \b
    diplograph different person/boris-johnson person/ian-johnson
    diplograph different "Maria Silva@a.txt" "Maria Silva@b.txt" --why "one is from Angola"
    """,
)
_judging("unsure", "Say that you cannot tell whether A and B are one, so that nobody is asked again.")


@main.command()
@click.argument("which", nargs=-1, metavar="[NUMBER | A B]")
@_why
@_by
@_store
def undo(which: tuple[str, ...], why: str, by: str, store: Path | None) -> None:
    """Take back a judgement: by its NUMBER, or the last on A and B. Without any, list all judgements.

    Where A and B were made one by the machine and nobody judged them, they are parted from now on.
    """
    from service.commands.judging import Remark, run_undo  # noqa: PLC0415

    if len(which) > 2 or (len(which) == 1 and not which[0].isdigit()):
        raise click.UsageError("Give the number of a judgement, or two things.")
    run_undo(which, Remark(why, by), settings(store=store), Console())


@main.command()
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="How many.")
@_store
def candidates(limit: int, store: Path | None) -> None:
    """List what the machine would like to ask about who is who, best first.

    Answer with 'same', 'different' or 'unsure'.
    """
    from service.commands.judging import run_candidates  # noqa: PLC0415

    run_candidates(limit, settings(store=store), Console())


@main.command()
@click.argument("thing")
@_store
def why(thing: str, store: Path | None) -> None:
    """Show why the mentions of THING are one: where they stand, what was joined for what reason, who judged.

    \b
    diplograph why "Sergey Lavrov"
    diplograph why event/proposal-003_565828490891b658-1765
    """
    from service.commands.judging import run_why  # noqa: PLC0415

    run_why(thing, settings(store=store), Console())


_patience = (
    click.option("--timeout", type=float, default=30.0, show_default=True, help="Seconds to wait."),
    click.option("--attempts", type=int, default=4, show_default=True, help="How often to ask."),
)


def _patient(command: Any) -> Any:
    for option in reversed(_patience):
        command = option(command)
    return command


@main.command()
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
@_patient
@_store
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
    if not run_link(target, settings(store=store), manners, Console(), Console(stderr=True)):
        sys.exit(FAILED_SOURCES)


@main.group()
def kb() -> None:
    """The offline knowledge base: what it has, and how it grows."""


@kb.command("stats")
def kb_stats() -> None:
    """Count what the knowledge base has, by source; it is made on first use."""
    from service.commands.knowledge import run_kb_stats  # noqa: PLC0415

    run_kb_stats(settings(), Console())


@kb.command("look")
@click.argument("name")
def kb_look(name: str) -> None:
    """Show what has this NAME, or nearly; exit status 1 where nothing has."""
    from service.commands.knowledge import run_kb_look  # noqa: PLC0415

    if not run_kb_look(name, settings(), Console()):
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
    run_kb_import(file, default, name, settings(), Console())


@kb.command("forget")
@click.argument("name")
def kb_forget(name: str) -> None:
    """Take the import NAME out of the knowledge base."""
    from service.commands.knowledge import run_kb_forget  # noqa: PLC0415

    run_kb_forget(name, settings(), Console())


@kb.command("update")
@click.option("--endpoint", metavar="URL", required=True, help="An endpoint with data in Wikidata's form.")
@click.option("--country", "countries", multiple=True, help="Only of this state; may be given several times.")
@click.option("--since", default="2000", show_default=True, help="Year: nobody who left office before it.")
@_patient
def kb_update(endpoint: str, countries: tuple[str, ...], since: str, timeout: float, attempts: int) -> None:
    """Learn office-holders, ministries, organisations and territories of states from a SPARQL endpoint.

    What is learnt of each state is kept at once; the exit status is 2 where the endpoint ended it early.
    """
    from graph.linking.manners import Manners  # noqa: PLC0415
    from service.commands.knowledge import Wanted, run_kb_update  # noqa: PLC0415

    manners = Manners(timeout=timeout, attempts=attempts)
    if not run_kb_update(endpoint, Wanted(countries, since), settings(), manners, Console()):
        sys.exit(FAILED_SOURCES)


@main.command()
@_store
@click.option("--host", help="Address to listen on (default: 127.0.0.1).")
@click.option("--port", type=int, help="Port to listen on (default: 8000; 0 takes a free one).")
def serve(store: Path | None, host: str | None, port: int | None) -> None:
    """Serve the graph: pages, /sparql and /api, until interrupted."""
    from service.serving import run_serve  # noqa: PLC0415

    run_serve(settings(store=store, host=host, port=port), Console(stderr=True))
