"""What the commands that ask the graph do: query, export, stats."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from graph.errors import QueryError, StoreError
from graph.rdf import PREFIXES
from graph.settings import Settings
from ontology.schema import load_schema
from service.endpoint.engine import Engine
from service.endpoint.evaluation import Answer, Term
from service.endpoint.formats import GRAPH_FORMATS
from service.named import NamedQuery, named_queries, named_query

EXPORT_ENDINGS = {".ttl": "ttl", ".trig": "trig", ".nq": "nq", ".jsonld": "jsonld", ".csv": "csv"}


def list_queries(console: Console) -> None:
    """Print the named queries with their questions and parameters."""
    table = Table("name", "question", "parameters", title="Named queries")
    for named in named_queries().values():
        parameters = "\n".join(f"{p.name}: {p.meaning}" for p in named.parameters)
        table.add_row(named.name, named.question, parameters)
    console.print(table)


def run_query(
    words: Sequence[str], text: str | None, form: str | None, settings: Settings, console: Console
) -> None:
    """Ask a query given as SPARQL, as text of a file, or by name with ``parameter=value`` words.

    Raises:
        QueryError, NotFoundError, StoreError: it cannot be asked.
    """
    if text is None:
        text = _sparql(words)
    answer = Engine(settings.store).query(text)
    if form is None:
        form = "ttl" if answer.is_graph else "table"
    if form == "table":
        _print_table(answer, console)
    else:
        _write(_in_form(answer, form), None)


def run_export(file: Path | None, form: str | None, settings: Settings) -> None:
    """Write the whole graph to a file or the standard output.

    Raises:
        QueryError: the ending of the file names no format and none was given.
        StoreError: there is no graph, or the file cannot be written.
    """
    if form is None and file is not None and file.suffix not in EXPORT_ENDINGS:
        raise QueryError(
            f"{file} has no ending that names a format.",
            f"Use one of {', '.join(EXPORT_ENDINGS)}, or --format.",
        )
    form = form or (EXPORT_ENDINGS[file.suffix] if file else "nq")
    engine = Engine(settings.store)
    if form == "csv":
        content = engine.query(named_query("events").text).write("csv")
    elif form == "nq":
        content = b"".join(sorted(engine.dump("nq").splitlines(keepends=True)))
    else:
        content = engine.dump(form)
    _write(content, file)


def run_network_export(file: Path, settings: Settings) -> None:
    """Write the network of actors to a file, in the format that its ending names.

    Raises:
        QueryError: the ending names no format of networks.
        StoreError: there is no graph, or the file cannot be written.
    """
    from graph.export import network_format  # noqa: PLC0415  only this command loads networkx and igraph
    from graph.network import bond_graph  # noqa: PLC0415
    from graph.networks.kept_index import open_index  # noqa: PLC0415
    from graph.networks.view import View  # noqa: PLC0415
    from graph.networks.whole import Network  # noqa: PLC0415

    form, schema = network_format(file.name), load_schema()
    network = Network(View(open_index(settings.store, schema), schema))
    _write(form.write(bond_graph(network, schema)), file)


def run_stats(settings: Settings, console: Console) -> None:
    """Print how many things of each class the graph holds.

    Raises:
        StoreError: there is no graph.
    """
    print_counts(Engine(settings.store), console)


def print_counts(engine: Engine, console: Console) -> None:
    """A table of kinds with their classes, most frequent first."""
    kinds: dict[str, list[tuple[str, int]]] = {}
    for kind, cls, count in engine.query(named_query("counts").text).rows():
        kinds.setdefault(_shown(kind), []).append((_shown(cls), int(_shown(count))))
    table = Table("", "number", "of which", title="In the graph")
    for name, classes in sorted(kinds.items(), key=lambda item: -sum(n for _, n in item[1])):
        parts = ", ".join(f"{cls} {n}" for cls, n in classes) if len(classes) > 1 else ""
        table.add_row(name, str(sum(n for _, n in classes)), parts)
    console.print(table)


def _sparql(words: Sequence[str]) -> str:
    """The query that the words of a command line mean."""
    first, *rest = words
    if first not in named_queries():
        if rest or not any(c.isspace() or c in "{}" for c in first):
            return named_query(first).text  # raises, and lists the names that there are
        return first
    named: NamedQuery = named_query(first)
    pairs = [word.partition("=") for word in rest]
    for name, equals, _ in pairs:
        if not equals:
            raise QueryError(f"{name!r} gives no value to a parameter.", f"Write {first} {name}=VALUE.")
    return named.filled({name: value for name, _, value in pairs})


def _in_form(answer: Answer, form: str) -> bytes:
    if answer.is_graph and form in GRAPH_FORMATS:
        return answer.write(form)
    if answer.is_graph:
        raise QueryError(f"The answer is a graph, which has no {form} form.", "Use --format ttl.")
    if form in GRAPH_FORMATS:
        raise QueryError(f"The answer is a table, which has no {form} form.", "Use --format csv or json.")
    return answer.write(form)


def _print_table(answer: Answer, console: Console) -> None:
    if (truth := answer.truth()) is not None:
        console.print("yes" if truth else "no")
        return
    table = Table(*answer.columns, show_lines=False)
    for row in answer.rows():
        table.add_row(*(_shown(value) for value in row))
    console.print(table)
    console.print(f"{table.row_count} row{'' if table.row_count == 1 else 's'}")


def _shown(value: Term | None) -> str:
    """A term as people read it: literals bare, IRIs with the usual prefixes."""
    if value is None:
        return ""
    text = getattr(value, "value", None) or str(value)
    for prefix, namespace in PREFIXES.items():
        if text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return str(text)


def _write(content: bytes, file: Path | None) -> None:
    if file is None:
        sys.stdout.buffer.write(content)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise StoreError(f"{file} cannot be written: {error.strerror}.") from error
