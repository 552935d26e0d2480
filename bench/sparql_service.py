"""The SPARQL service against bare Oxigraph and other endpoints, in one run, as ratios of time.

``python bench/service.py run --triples 100000``. Peers are optional: ``--oxigraph`` and ``--rdflib-endpoint``
name the programs of the packages ``oxigraph`` and ``rdflib-endpoint``, in an environment of their own.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import create_server
from urllib.parse import urlencode

import click
import pyoxigraph as ox
import waitress
from flask import Flask, Response, request

from graph.rdf import PREFIXES, term
from graph.store import Store, merged, open_snapshot

HERE = Path(__file__).resolve().parent
QUERIES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "queries").glob("*.rq"))}
SMALL = "ASK { ?d a dg:Document }"
ROWS = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 100000"
CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
RUNAWAYS = (
    f"SELECT (COUNT(*) AS ?n) {CROSS}",
    "SELECT (COUNT(*) AS ?n) { ?s (!<urn:x>|^!<urn:x>)* ?o . ?o (!<urn:x>|^!<urn:x>)* ?t }",
    f"SELECT * {CROSS} ORDER BY ?i ?a",
    f"CONSTRUCT {{ ?a ?e ?i }} WHERE {CROSS}",
    f"SELECT (COUNT(*) AS ?n) {{ {CROSS} FILTER REGEX(CONCAT(STR(?c), STR(?f)), '(a+)+(b|c*)*$') }}",
)
BASE = "https://w3id.org/diplograph/"
EVENTS_PER_DOCUMENT = 10
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
Ask = Callable[[str], int]


def quads(triples: int, seed: int = 7) -> Iterator[tuple[str, list[ox.Quad]]]:
    """Documents with events among people, about so many triples in all; a few people are in most."""
    chance = random.Random(seed)
    people = max(50, triples // 200)
    kinds = [
        term(f"dg:{kind}") for kind in ("Meeting", "Visit", "Statement", "Criticism", "Agreement", "Aid")
    ]
    made = number = 0
    while made < triples:
        graph = ox.NamedNode(f"{BASE}doc/{number}")
        found = [ox.Quad(graph, term("rdf:type"), term("dg:Document"), graph)]
        for position in range(EVENTS_PER_DOCUMENT):
            found += _event(chance, people, kinds, graph, f"{number}-{position}")
        made += len(found)
        number += 1
        yield graph.value, found


def _event(
    chance: random.Random, people: int, kinds: list[ox.NamedNode], graph: ox.NamedNode, name: str
) -> Iterator[ox.Quad]:
    """One event with two people, a place, a day, a factuality and its sentence."""

    def say(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(subject, term(predicate), value, graph)

    def thing(kind: str, number: object) -> ox.NamedNode:
        return ox.NamedNode(f"{BASE}id/{kind}/{number}")

    event, sentence = thing("event", name), ox.NamedNode(f"{graph.value}#char={name}")
    yield say(event, "rdf:type", chance.choice(kinds))
    yield say(event, "dg:when", ox.Literal(f"{chance.randint(2010, 2024)}-{chance.randint(1, 12):02}-01"))
    yield say(
        event, "dg:factuality", term(chance.choice(("dg:Actual", "dg:Actual", "dg:Planned", "dg:Denied")))
    )
    yield say(event, "prov:wasDerivedFrom", sentence)
    yield say(sentence, "nif:anchorOf", ox.Literal(f"Sentence {name} says who did what to whom, and where."))
    place = chance.randint(1, 100)
    yield say(event, "dg:place", thing("territory", place))
    yield say(thing("territory", place), "rdfs:label", ox.Literal(f"Place {place}"))
    for role in ("dg:initiator", "dg:recipient"):
        person = min(people, int(chance.paretovariate(0.6)))
        yield say(event, role, thing("person", person))
        yield say(thing("person", person), "rdf:type", term("dg:Person"))
        yield say(thing("person", person), "rdfs:label", ox.Literal(f"Person {person}"))


def over_http(port: int, path: str, prologue: str = "") -> Ask:
    """Asks an endpoint; returns the bytes of the answer, which are 0 where it is an error."""

    def ask(text: str) -> int:
        accept = "text/turtle" if "CONSTRUCT" in text else "application/sparql-results+json"
        address = f"{path}?{urlencode({'query': prologue + text})}"
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request("GET", address, headers={"Accept": accept})
            answer = connection.getresponse()
            body = answer.read()
            return len(body) if answer.status == 200 else 0

    return ask


def in_process(graph: ox.Store, union: bool) -> Ask:
    """Asks a store of this process, and writes the answer out."""

    def ask(text: str) -> int:
        found = graph.query(text, prefixes=PREFIXES, use_default_graph_as_union=union)
        if isinstance(found, ox.QueryTriples):
            return len(ox.serialize(found, format=ox.RdfFormat.TURTLE) or b"")
        return len(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    return ask


def free_port() -> int:
    """A port that was free a moment ago."""
    with create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def started(command: list[str], ask: Ask, **environment: str) -> Iterator[int]:
    """A server, once it answers; yields its process id."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=os.environ | environment, stdout=quiet, stderr=quiet)
    try:
        while True:
            try:
                ask("ASK {}")
                break
            except (OSError, HTTPException):
                time.sleep(0.2)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def seconds(ask: Ask, text: str, times: int) -> float:
    """The median time of an answer; not a number where there is none in time."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        try:
            if not ask(text):
                return float("nan")
        except OSError:  # it has not answered in time
            return float("nan")
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


def processor_seconds(pid: int) -> float:
    """What a process and those that it has started, also ended ones, have used; Linux alone."""
    total = 0.0
    for found in [pid, *_descendants(pid)]:
        fields = Path(f"/proc/{found}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return total


def _descendants(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            yield int(child)
            yield from _descendants(int(child))


def used(pid: int, ask: Ask, text: str, times: int) -> float:
    """Processor seconds of a server for one answer."""
    ask(text)
    before = processor_seconds(pid)
    for _ in range(times):
        ask(text)
    return (processor_seconds(pid) - before) / times


@click.group()
def main() -> None:
    """Measure the service."""


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("port", type=int)
def minimal(folder: Path, port: int) -> None:
    """The smallest endpoint that there is: a Flask view that asks Oxigraph, under the same server."""
    app, graph = Flask("minimal"), open_snapshot(folder)

    @app.get("/sparql")
    def view() -> Response:
        found = graph.query(request.args["query"], prefixes=PREFIXES, use_default_graph_as_union=True)
        body = found.serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[union-attr]
        return Response(body, content_type="application/sparql-results+json")

    waitress.serve(app, host="127.0.0.1", port=port, threads=32, _quiet=True)


@main.command()
@click.option("--triples", default=100_000)
@click.option("--times", default=5)
@click.option("--oxigraph", type=click.Path(path_type=Path))
@click.option("--rdflib-endpoint", type=click.Path(path_type=Path))
@click.option("--runaways", default=100)
def run(triples: int, times: int, oxigraph: Path | None, rdflib_endpoint: Path | None, runaways: int) -> None:
    """Measure everything and print it as Markdown."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "kg"
        with Store(folder) as store:
            for graph, found in quads(triples):
                store.replace(graph, found)
            store.publish()
        snapshot = open_snapshot(folder)
        click.echo(f"{len(snapshot):,} quads in {len(list(snapshot.named_graphs())):,} graphs\n")
        begin = time.perf_counter()
        memory = merged(snapshot)
        click.echo(f"merged in memory: {time.perf_counter() - begin:.1f} s, {len(memory):,} quads\n")
        port, small_port = free_port(), free_port()
        service, least = over_http(port, "/sparql"), over_http(small_port, "/sparql")
        command = [sys.executable, "-c", "from service.cli import main; main()", "serve"]
        pid = stack.enter_context(
            started(
                [*command, "--port", str(port), "--store", str(folder)], service, DIPLOGRAPH_QUERY_TIMEOUT="5"
            )
        )
        least_pid = stack.enter_context(
            started([sys.executable, __file__, "minimal", str(folder), str(small_port)], least)
        )
        peers = {"Oxigraph on disk": in_process(snapshot, union=True), "diplograph": service}
        peers |= _peers(stack, snapshot, oxigraph, rdflib_endpoint)
        _queries(peers, times)
        small, least_small = used(pid, service, SMALL, 500), used(least_pid, least, SMALL, 500)
        click.echo(
            f"\nsmall request, processor: {small * 1e3:.2f} ms, {small / least_small:.2f} of the minimal view"
        )
        rows = used(pid, service, ROWS, 5)
        begin = time.process_time()
        for _ in range(5):
            in_process(memory, union=False)(ROWS)
        bare = (time.process_time() - begin) / 5
        click.echo(
            f"100,000 rows of JSON, processor: {rows:.2f} s, {rows / bare:.2f} of query and serialize alone"
        )
        if runaways:
            _runaways(service, pid, runaways)


def _peers(
    stack: ExitStack, snapshot: ox.Store, oxigraph: Path | None, rdflib_endpoint: Path | None
) -> dict[str, Ask]:
    """Other endpoints with the same data."""
    peers: dict[str, Ask] = {}
    scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    if oxigraph:
        snapshot.backup(str(scratch / "oxigraph"))
        port = free_port()
        ask = over_http(port, "/query", PROLOGUE)
        place = [
            "--location",
            str(scratch / "oxigraph"),
            "--bind",
            f"127.0.0.1:{port}",
            "--union-default-graph",
        ]
        stack.enter_context(started([str(oxigraph), "serve-read-only", *place], ask))
        peers["Oxigraph server"] = ask
    if rdflib_endpoint:
        snapshot.dump(str(scratch / "graph.nq"), ox.RdfFormat.N_QUADS)
        port = free_port()
        ask = over_http(port, "/", PROLOGUE)
        where = ["--host", "127.0.0.1", "--port", str(port)]
        stack.enter_context(started([str(rdflib_endpoint), "serve", *where, str(scratch / "graph.nq")], ask))
        peers["rdflib-endpoint"] = ask
    return peers


def _queries(peers: dict[str, Ask], times: int) -> None:
    """The table of queries: milliseconds of Oxigraph on disk, and ratios to it."""
    names = list(peers)
    click.echo("| query | " + " | ".join([f"{names[0]}, ms", *names[1:]]) + " |")
    click.echo("|---" * (len(names) + 1) + "|")
    ratios: dict[str, list[float]] = {name: [] for name in names[1:]}
    for title, text in QUERIES.items():
        first, *others = (seconds(ask, text, times) for ask in peers.values())
        for name, other in zip(names[1:], others, strict=True):
            ratios[name].append(other / first)
        shown = [f"{first * 1e3:.1f}", *(f"{other / first:.2f}" for other in others)]
        click.echo(f"| {title} | " + " | ".join(shown) + " |")
    medians = [f"{statistics.median(found):.2f}" for found in ratios.values()]
    click.echo("| median | | " + " | ".join(medians) + " |")


def _runaways(ask: Ask, pid: int, number: int) -> None:
    """How small queries fare while runaways come ten at a time."""
    idle = seconds(ask, SMALL, 50)
    largest, answers, found = 0, [], []

    def run_away(n: int) -> str:
        try:
            return "refused" if not ask(RUNAWAYS[n % len(RUNAWAYS)]) else "answered"
        except (HTTPException, OSError):
            return "cut"

    with ThreadPoolExecutor(10) as clients:
        asked = [clients.submit(run_away, n) for n in range(number)]
        while not all(future.done() for future in asked):
            found.append(seconds(ask, SMALL, 1))
            largest = max(largest, sum(_resident(p) for p in [pid, *_descendants(pid)]))
            time.sleep(0.05)
        answers = [future.result() for future in asked]
    told = ", ".join(f"{answers.count(kind)} {kind}" for kind in sorted(set(answers)))
    busy = statistics.median(found)
    late = sorted(found)[int(len(found) * 0.95)]
    click.echo(
        f"\n{number} runaways, ten at a time: {told}; a small query meanwhile ({len(found)} of them): "
        f"median {busy / idle:.1f} × idle, 95 % within {late / idle:.1f} ×; "
        f"proportional memory of all processes at most {largest >> 20:,} MiB"
    )


def _resident(pid: int) -> int:
    """The proportional set size of a process in bytes; 0 where it has ended."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in text.splitlines() if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
