"""Traversal of a large network of actors, beside igraph and networkx on the same edges in one run.

``python bench/network.py --edges 1000000``: makes a graph of events in which five actors each take part, with
a seed; writes it into a store; builds, keeps and reopens the index; and asks it, igraph alone and networkx
the same questions. Times are medians in milliseconds of processor time; what networkx would take too long
for is measured on a part and scaled up, which the table says.
"""

from __future__ import annotations

import itertools
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click
import igraph
import networkx as nx
import numpy as np
import pyoxigraph as ox
from rich.console import Console
from rich.table import Table

from graph.derive import term
from graph.networks.actor_index import ActorIndex
from graph.networks.index_building import build_index
from graph.networks.kept_index import open_index
from graph.networks.paths import paths
from graph.networks.traversal import ego, reach
from graph.networks.view import View
from graph.networks.whole import Network
from graph.rdf import PREFIXES
from graph.snapshots import open_snapshot, table
from graph.store import Store
from ontology.schema import load_schema

BASE = "https://example.org/"
TOGETHER = 5
"""Actors that take part in one event, which makes ten edges."""
CLASSES = ("Meeting", "Visit", "Criticism", "Agreement", "Sanction")
EVENTS_PER_DOCUMENT = 20
SOURCES = 64
"""Nodes from which betweenness is estimated."""


def quads(events: int, seed: int, actors: int | None = None) -> Iterator[ox.Quad]:
    """A graph of events among actors, by default as many; some are in many more events than others."""
    numbers = np.random.default_rng(seed)
    who = ((actors or events) * numbers.random((events, TOGETHER)) ** 2).astype(int)
    days = numbers.integers(0, 3650, events)
    start = np.datetime64("2010-01-01")
    a, person = term("rdf:type"), term("dg:Person")
    for event in range(events):
        number = event // EVENTS_PER_DOCUMENT
        document = ox.NamedNode(f"{BASE}doc/{number}")
        if event % EVENTS_PER_DOCUMENT == 0:
            yield ox.Quad(document, a, term("dg:Document"), document)
            yield ox.Quad(document, term("dcterms:identifier"), ox.Literal(f"{number}.txt"), document)
            yield ox.Quad(document, term("nif:isString"), ox.Literal("They met. " * 40), document)
        node = ox.NamedNode(f"{BASE}id/event/{event}")
        day = ox.Literal(str(start + days[event]))
        begin = event % EVENTS_PER_DOCUMENT * 10
        yield ox.Quad(node, a, term(f"dg:{CLASSES[event % len(CLASSES)]}"), document)
        yield ox.Quad(node, term("dg:factuality"), term("dg:Actual"), document)
        yield ox.Quad(node, term("dg:startDate"), day, document)
        yield ox.Quad(node, term("dg:endDate"), day, document)
        yield ox.Quad(
            node,
            term("prov:wasDerivedFrom"),
            ox.NamedNode(f"{document.value}#char={begin},{begin + 9}"),
            document,
        )
        for actor in who[event].tolist():
            someone = ox.NamedNode(f"{BASE}id/person/{actor}")
            yield ox.Quad(node, term("dg:participant"), someone, document)
            yield ox.Quad(someone, a, person, document)


def written(folder: Path, events: int, seed: int, actors: int | None = None) -> int:
    """A store with the graph; returns the number of its quads."""
    with Store(folder) as store:
        store._graph.bulk_extend(quads(events, seed, actors))
        store.publish()
        return len(store._graph)


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds of processor time that a call takes, and what it gives."""
    begin = time.process_time()
    found = call()
    return (time.process_time() - begin) * 1000, found


def median(calls: list[Callable[[], Any]]) -> float:
    """The median of the milliseconds that calls take."""
    return statistics.median(timed(call)[0] for call in calls)


MEMORY = """
import sys
from pathlib import Path
from ontology.schema import load_schema
from graph.networks.kept_index import open_index
from graph.networks.traversal import reach
from graph.networks.whole import Network
from graph.networks.view import View
def held(kind):
    return int(next(l for l in open("/proc/self/status") if l.startswith(kind)).split()[1]) // 1024
schema = load_schema()
before = held("VmRSS")
view = View(open_index(Path(sys.argv[1]), schema), schema)
reach(view, 0, 2)
after = held("VmRSS")
network = Network(view)
network.graph
network.centrality("pagerank")
print(after - before, held("VmRSS") - before, held("VmHWM") - before)
"""


def measure(index: ActorIndex, seed: int) -> Iterator[tuple[str, float, float, float, str]]:
    """Questions with the times of the index, of igraph alone and of networkx, and a note."""
    view = View(index, load_schema())
    build_ms, network = timed(lambda: Network(view))
    graph_ms, _ = timed(lambda: network.graph)
    ends = np.searchsorted(network.things, np.stack([network.edges.one, network.edges.other], axis=1))
    igraph_ms, alone = timed(lambda: igraph.Graph(len(network.things), ends))
    networkx_ms, plain = timed(lambda: nx.Graph(ends.tolist()))
    yield (
        "all edges as a graph",
        build_ms + graph_ms,
        igraph_ms,
        networkx_ms,
        "from ties; the others from pairs",
    )
    draw = random.Random(seed)
    nodes = [draw.randrange(len(network.things)) for _ in range(20)]
    yield (
        "two-hop ego, who is in it",
        median([lambda n=n: reach(view, int(network.things[n]), 2) for n in nodes]),
        median([lambda n=n: alone.neighborhood(n, order=2) for n in nodes]),
        median([lambda n=n: nx.single_source_shortest_path_length(plain, n, cutoff=2) for n in nodes]),
        "",
    )
    yield (
        "two-hop ego, 200 nodes and edges",
        median([lambda n=n: ego(view, int(network.things[n]), 2, 200) for n in nodes]),
        median([lambda n=n: alone.induced_subgraph(alone.neighborhood(n, order=2)) for n in nodes]),
        median([lambda n=n: nx.ego_graph(plain, n, radius=2) for n in nodes]),
        "the others without limit",
    )
    pairs = list(itertools.pairwise(nodes))
    things = network.things
    yield (
        "shortest path",
        median([lambda a=a, b=b: paths(view, int(things[a]), int(things[b]), 6, 1) for a, b in pairs]),
        median([lambda a=a, b=b: alone.get_shortest_path(a, b) for a, b in pairs]),
        median([lambda a=a, b=b: nx.bidirectional_shortest_path(plain, a, b) for a, b in pairs]),
        "strongest of the shortest; the others any",
    )
    weights = network.edges.weight.tolist()
    yield (
        "PageRank",
        median([lambda: network.centrality("pagerank")]),
        median([lambda: alone.pagerank(directed=False, weights=weights)]),
        median([lambda: nx.pagerank(plain)]),
        "networkx by scipy",
    )
    scale = SOURCES / 2
    yield (
        f"betweenness from {SOURCES} nodes",
        median([lambda: network.centrality("betweenness", sample=SOURCES)]),
        median([lambda: alone.betweenness(directed=False, sources=list(range(SOURCES)))]),
        median([lambda: nx.betweenness_centrality(plain, k=2, seed=seed)]) * scale,
        f"networkx from 2, times {scale:.0f}",
    )
    part = plain.subgraph(range(len(network.things) // 20))
    share = len(network.edges) / max(part.number_of_edges(), 1)
    yield (
        "communities",
        median([network.communities]),
        median([lambda: alone.community_leiden("modularity", weights=weights)]),
        median([lambda: nx.community.louvain_communities(part, seed=seed)]) * share,
        f"networkx: Louvain on a part, times {share:.0f}",
    )


@click.command()
@click.option("--edges", default=1_000_000, help="Number of ties between actors.")
@click.option("--seed", default=1)
def main(edges: int, seed: int) -> None:
    """Measure, and print a table."""
    console = Console(width=130)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "kg"
        count = written(folder, edges // 10, seed)
        schema, snapshot = load_schema(), open_snapshot(folder)
        wall = time.perf_counter()
        built, index = timed(lambda: build_index(partial(table, snapshot, PREFIXES), schema))
        wall = time.perf_counter() - wall
        open_index(folder, schema)
        size = sum(file.stat().st_size for file in (folder / "index").rglob("*")) / 2**20
        reopened, kept = timed(lambda: open_index(folder, schema))
        memory = subprocess.run(
            [sys.executable, "-c", MEMORY, str(folder)], capture_output=True, text=True, check=True
        ).stdout.split()
        console.print(
            f"{count:,} quads, {len(index.tie_from):,} ties of all kinds, {len(index.things):,} things\n"
            f"index built from the snapshot in {built / 1000:.1f} s ({wall:.1f} s by the clock), "
            f"{size:.0f} MiB on disk, reopened in {reopened:.0f} ms\n"
            f"resident: {memory[0]} MiB after one ego network, {memory[1]} MiB with the whole network "
            f"as a graph (peak {memory[2]} MiB)"
        )
        shown = Table("", "diplograph", "igraph", "networkx", "× networkx", "", title="milliseconds")
        for what, ours, theirs, slow, note in measure(kept, seed):
            shown.add_row(
                what, f"{ours:.1f}", f"{theirs:.1f}", f"{slow:.1f}", f"{slow / max(ours, 0.01):.1f}", note
            )
        console.print(shown)


if __name__ == "__main__":
    main()
