"""The SPARQL service beside bare Oxigraph and other endpoints, all in one run, as ratios of time.

``python -m bench.sparql_service --triples 100000 --peers FOLDER``: the folder has the programs ``oxigraph``
and ``rdflib-endpoint`` of these packages, in an environment of their own. Virtuoso is asked as well where
``virtuoso-t`` is installed (Debian's ``virtuoso-opensource``).
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from http.client import HTTPException
from pathlib import Path

import click
import pyoxigraph as ox

from bench import endpoints
from bench.asking import processor, settle, small, timed
from bench.endpoints import PATIENCE, Endpoint, in_process, timed_alone
from bench.sparql_graph import write
from bench.sparql_load import beside_runaways, many_clients, new_snapshot
from graph.snapshots import in_memory, open_merged, open_snapshot

QUERIES = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).resolve().parent / "queries").glob("*.rq"))
}
ROWS = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 100000"
_LONG = 5.0


@click.command()
@click.option("--triples", default=100_000, help="Statements of the graph, about.")
@click.option("--times", default=3, help="Answers of which the median is taken.")
@click.option("--runaways", default=100, help="Queries that never end, ten at a time.")
@click.option("--peers", type=click.Path(path_type=Path, exists=True), help="A folder with their programs.")
@click.option("--store", type=click.Path(path_type=Path), help="Where the graph is kept for the next run.")
def main(triples: int, times: int, runaways: int, peers: Path | None, store: Path | None) -> None:
    """Measure everything and print it as Markdown."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder = store or scratch / "kg"
        if not folder.exists():
            write(folder, triples)
        snapshot = open_snapshot(folder)
        documents = sum(1 for _ in snapshot.named_graphs())
        click.echo(f"{len(snapshot):,} quads in {documents:,} graphs\n")
        service = stack.enter_context(endpoints.diplograph(folder, query_timeout=str(PATIENCE)))
        settle(service)
        least = [stack.enter_context(endpoints.minimal(folder, *turns)) for turns in ((), ("turns",))]
        small_requests(service, least, documents)
        for endpoint in (service, *least):
            many_clients(endpoint, documents)
        rows(service, folder)
        others = list(_started(_peers(peers, snapshot, scratch), stack))
        analysts_queries(folder, [service, *others], times)
        new_snapshot(service, folder)
        if runaways:
            hasty = stack.enter_context(endpoints.diplograph(folder, query_timeout="5"))
            settle(hasty)
            beside_runaways(hasty, runaways, documents)


def _started(peers: Iterator[AbstractContextManager[Endpoint]], stack: ExitStack) -> Iterator[Endpoint]:
    """Those that start in time; of the others it is said."""
    for peer in peers:
        try:
            yield stack.enter_context(peer)
        except TimeoutError as error:
            click.echo(error)


def _peers(
    programs: Path | None, snapshot: ox.Store, scratch: Path
) -> Iterator[AbstractContextManager[Endpoint]]:
    """The other endpoints that there are, not yet started."""
    if programs and (program := programs / "oxigraph").exists():
        yield endpoints.oxigraph(program, snapshot, scratch)
    if shutil.which("virtuoso-t"):
        yield endpoints.virtuoso(snapshot, scratch)
    if programs and (program := programs / "rdflib-endpoint").exists():
        yield endpoints.rdflib_endpoint(program, snapshot, scratch)


def small_requests(service: Endpoint, least: list[Endpoint], documents: int, number: int = 500) -> None:
    """Processor time of small requests, each another one, in turns with the smallest endpoints."""
    spent: dict[str, list[float]] = {endpoint.name: [] for endpoint in (service, *least)}
    for turn in range(10):
        for endpoint in (service, *least):
            asked = [f"{small(turn * number + n, documents)} # {turn}" for n in range(number)]
            spent[endpoint.name].append(processor(endpoint, asked))
    ours, *others = (statistics.median(found) for found in spent.values())
    for endpoint, other in zip(least, others, strict=True):
        click.echo(f"small request, processor: {ours * 1e3:.2f} ms, {ours / other:.2f} of {endpoint.name}")


def rows(service: Endpoint, folder: Path, number: int = 24) -> None:
    """100,000 rows of JSON: processor and waiting time against query and serialize in one process."""
    graph = in_memory(open_merged(folder))
    there = sum(1 for _ in graph.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    bare = in_process(graph, union=False)
    used, waited, alone, alone_waited = [], [], [], []
    for turn in range(number):
        begin = time.perf_counter()
        used.append(processor(service, [f"{ROWS} # {turn}"]))
        waited.append(time.perf_counter() - begin)
        begin, before = time.perf_counter(), time.process_time()
        bare(ROWS)
        alone.append(time.process_time() - before)
        alone_waited.append(time.perf_counter() - begin)
    for what, one, other in (("processor", used, alone), ("waiting", waited, alone_waited)):
        ratio = statistics.median(one) / statistics.median(other)
        took = statistics.median(one) * 1e3
        click.echo(f"{min(there, 100_000):,} rows of JSON, {what}: {took:.0f} ms, {ratio:.2f} of bare")


def analysts_queries(folder: Path, peers: list[Endpoint], times: int) -> None:
    """The table of queries: milliseconds of Oxigraph on disk, and ratios to it.

    Where Oxigraph has no answer in time, a ratio is to the limit, and so the highest that it can be. No
    answer is an infinite ratio, also where Oxigraph has none either.
    """
    click.echo("\n| query | Oxigraph on disk, ms | " + " | ".join(peer.name for peer in peers) + " |")
    click.echo("|---" * (len(peers) + 2) + "|")
    ratios: dict[str, list[float]] = {peer.name: [] for peer in peers}
    for title, text in QUERIES.items():
        with closing(timed_alone(folder, [f"{text}\n# {n}" for n in range(times)])) as alone:
            first = _repeated(lambda _, alone=alone: next(alone), times)
        shown = []
        for peer in peers:
            ratio = seconds(peer, text, times) / min(first, PATIENCE)
            ratios[peer.name].append(ratio)
            shown.append(_ratio(ratio, is_bound=first > PATIENCE))
        told = f"{first * 1e3:,.1f}" if first <= PATIENCE else f"none in {PATIENCE:g} s"
        click.echo(f"| {title} | {told} | " + " | ".join(shown) + " |")
    medians = [_ratio(statistics.median(found)) for found in ratios.values()]
    click.echo("| median | | " + " | ".join(medians) + " |\n")


def _ratio(ratio: float, is_bound: bool = False) -> str:
    if ratio == float("inf"):
        return "none"
    shown = max(ratio, 0.001)
    return f"{'< ' if is_bound or shown > ratio else ''}{shown:.{3 if shown < 0.1 else 2}f}"


def seconds(peer: Endpoint, text: str, times: int) -> float:
    """The median time of an answer that nobody remembers; infinite where there is none in time."""
    try:
        return _repeated(lambda n: timed(peer.ask, f"{text}\n# {n}"), times)
    except (OSError, HTTPException):  # it has not answered in time, or with an error
        peer.recover()
        return float("inf")


def _repeated(measure: Callable[[int], float], times: int) -> float:
    """The median of a time; one alone where it is long."""
    found = [measure(0)]
    while len(found) < times and found[0] < _LONG:
        found.append(measure(len(found)))
    return statistics.median(found)


if __name__ == "__main__":
    main()
