"""How the SPARQL service bears it: many clients, queries that never end, and a new graph meanwhile."""

from __future__ import annotations

import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

import click
import pyoxigraph as ox

from bench.asking import small, timed
from bench.endpoints import Endpoint
from bench.processes import memory
from graph.store import Store

_AFTERWARDS, _PAUSE = 5.0, 0.05
CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
RUNAWAYS = (
    f"SELECT (COUNT(*) AS ?n) {CROSS}",
    "SELECT (COUNT(*) AS ?n) { ?s (!<urn:x>|^!<urn:x>)* ?o . ?o (!<urn:x>|^!<urn:x>)* ?t }",
    f"SELECT * {CROSS} ORDER BY ?i ?a",
    f"CONSTRUCT {{ ?a ?e ?i }} WHERE {CROSS}",
    f"SELECT (COUNT(*) AS ?n) {{ {CROSS} FILTER REGEX(CONCAT(STR(?c), STR(?f)), '(a+)+(b|c*)*$') }}",
    "SELECT * { " + "OPTIONAL { ?s ?p ?o " * 60 + "}" * 60 + " }",
)


def many_clients(endpoint: Endpoint, documents: int, clients: int = 8, seconds: float = 5.0) -> None:
    """How many small requests a second are answered when several clients ask at once, and how soon."""
    until = time.perf_counter() + seconds

    def ask(client: int) -> list[float]:
        waited = []
        while time.perf_counter() < until:
            waited.append(timed(endpoint.ask, f"{small(len(waited), documents)} # {client} {len(waited)}"))
        return waited

    with ThreadPoolExecutor(clients) as asking:
        waited = sorted(wait for found in asking.map(ask, range(clients)) for wait in found)
    middle, late = (1e3 * wait for wait in (statistics.median(waited), waited[len(waited) * 99 // 100]))
    click.echo(
        f"small requests of {clients} clients at once, {endpoint.name}: "
        f"{len(waited) / seconds:,.0f} a second, median {middle:.1f} ms, 99 % within {late:.1f} ms"
    )


def beside_runaways(service: Endpoint, number: int, documents: int) -> None:
    """How small queries fare while runaways come ten at a time, and what becomes of these.

    They are asked at the same pace before: an answer after a pause takes longer, since nothing is at hand.
    """
    largest = 0
    found: list[float] = []

    def ask_small() -> None:
        found.append(timed(service.ask, f"{small(len(found), documents)} # {len(found)}"))
        time.sleep(_PAUSE)

    for _ in range(100):
        ask_small()
    idle = statistics.median(found)
    found.clear()

    def run_away(n: int) -> str:
        try:
            return "answered" if service.ask(RUNAWAYS[n % len(RUNAWAYS)]) else "told why not"
        except (HTTPException, OSError):
            return "cut, and seen to be cut"

    with ThreadPoolExecutor(10) as clients:
        asked = [clients.submit(run_away, n) for n in range(number)]
        while not all(future.done() for future in asked):
            ask_small()
            largest = max(largest, memory(service.pid))
        told = Counter(future.result() for future in asked)
    late = sorted(found)[int(len(found) * 0.95)] / idle
    ratio = statistics.median(found) / idle
    click.echo(
        f"{number} runaways, ten at a time: {', '.join(f'{n} {kind}' for kind, n in sorted(told.items()))}; "
        f"a small query meanwhile ({len(found)} of them): median {ratio:.1f} × idle "
        f"({idle * 1e3:.1f} ms), 95 % within {late:.1f} ×; "
        f"memory of all processes at most {largest >> 20:,} MiB"
    )


def new_snapshot(service: Endpoint, folder: Path) -> None:
    """How long after its publication a snapshot is served, and whether a request fails meanwhile."""
    answers: Counter[bool] = Counter()
    stop = threading.Event()
    node = ox.NamedNode(f"urn:bench:{time.time_ns()}")  # nothing that an earlier run has left
    count = f"SELECT (COUNT(*) AS ?n) {{ ?s {node} ?o }}"

    def ask() -> None:
        while not stop.is_set():
            answers[service.ask(count) > 0] += 1

    before = service.ask(count)
    with ThreadPoolExecutor(2) as clients:
        asking = [clients.submit(ask) for _ in range(2)]
        with Store(folder) as store:
            store.add("urn:bench", [ox.Quad(node, node, ox.Literal(n)) for n in range(1000)])
            begin = time.perf_counter()
            store.publish()
        published = time.perf_counter()
        while service.ask(count) == before:
            time.sleep(0.005)
        served = time.perf_counter()
        time.sleep(_AFTERWARDS)  # while it is loaded into memory
        stop.set()
        for future in asking:
            future.result()
    click.echo(
        f"new snapshot: published in {published - begin:.1f} s, served {served - published:.2f} s later; "
        f"{answers[True]} queries meanwhile, {answers[False]} failed"
    )
