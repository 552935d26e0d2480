"""SPARQL endpoints to be measured: diplograph, the smallest that there is, and those of others."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import create_server
from urllib.parse import urlencode

import pyoxigraph as ox

from graph.rdf import PREFIXES

PATIENCE = 60.0
"""Seconds after which an answer counts as none."""
_START = 900.0
_FAREWELL = 10.0
_PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
Ask = Callable[[str], int]
"""Asks a query; returns the bytes of the answer, which are 0 where there is none."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Something that answers queries, and its process."""

    name: str
    ask: Ask
    pid: int


def in_process(graph: ox.Store, union: bool) -> Ask:
    """Asks a store of this process, and writes the answer out."""

    def ask(text: str) -> int:
        found = graph.query(text, prefixes=PREFIXES, use_default_graph_as_union=union)
        if isinstance(found, ox.QueryTriples):
            return len(ox.serialize(found, format=ox.RdfFormat.TURTLE) or b"")
        return len(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    return ask


@contextmanager
def diplograph(folder: Path, **settings: str) -> Iterator[Endpoint]:
    """``diplograph serve``, with settings by environment."""
    port = _free_port()
    program = [sys.executable, "-c", "from service.cli import main; main()"]
    command = [*program, "serve", "--port", str(port), "--store", str(folder)]
    environment = {f"DIPLOGRAPH_{name.upper()}": value for name, value in settings.items()}
    with _started("diplograph", command, over_http(port, "/sparql"), **environment) as endpoint:
        yield endpoint


@contextmanager
def minimal(folder: Path) -> Iterator[Endpoint]:
    """The smallest endpoint that there is: see ``bench.minimal_endpoint``."""
    port = _free_port()
    command = [sys.executable, "-m", "bench.minimal_endpoint", str(folder), str(port)]
    with _started("minimal view", command, over_http(port, "/sparql")) as endpoint:
        yield endpoint


@contextmanager
def oxigraph(program: Path, graph: ox.Store, scratch: Path) -> Iterator[Endpoint]:
    """The Oxigraph server, which the PyPI package ``oxigraph`` has."""
    graph.backup(str(scratch / "oxigraph"))
    port = _free_port()
    place = ["--location", str(scratch / "oxigraph"), "--bind", f"127.0.0.1:{port}"]
    command = [str(program), "serve-read-only", *place, "--union-default-graph"]
    with _started("Oxigraph server", command, over_http(port, "/query", _PROLOGUE)) as endpoint:
        yield endpoint


@contextmanager
def rdflib_endpoint(program: Path, graph: ox.Store, scratch: Path) -> Iterator[Endpoint]:
    """rdflib behind FastAPI, which the PyPI package ``rdflib-endpoint`` has."""
    graph.dump(str(scratch / "graph.nq"), ox.RdfFormat.N_QUADS)
    port = _free_port()
    command = [str(program), "serve", "--host", "127.0.0.1", "--port", str(port), str(scratch / "graph.nq")]
    with _started("rdflib-endpoint", command, over_http(port, "/", _PROLOGUE)) as endpoint:
        yield endpoint


_VIRTUOSO = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
[SPARQL]
ResultSetMaxRows = 1000000
"""


@contextmanager
def virtuoso(graph: ox.Store, scratch: Path) -> Iterator[Endpoint]:
    """Virtuoso of Debian's ``virtuoso-opensource``, whose default graph is the union of all."""
    folder = scratch / "virtuoso"
    folder.mkdir()
    graph.dump(str(folder / "graph.nq"), ox.RdfFormat.N_QUADS)
    sql, port = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(folder=folder, sql=sql, http=port))
    command = ["virtuoso-t", "+foreground", "+configfile", str(folder / "virtuoso.ini"), "+wait"]
    with _started("Virtuoso", command, over_http(port, "/sparql", _PROLOGUE)) as endpoint:
        load = f"ld_dir('{folder}', '*.nq', 'urn:none'); rdf_loader_run(); checkpoint;"
        subprocess.run(
            ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"EXEC={load}"], check=True, capture_output=True
        )
        yield endpoint


def over_http(port: int, path: str, prologue: str = "") -> Ask:
    """Asks an endpoint by GET."""

    def ask(text: str) -> int:
        accept = "text/turtle" if "CONSTRUCT" in text else "application/sparql-results+json"
        address = f"{path}?{urlencode({'query': prologue + text})}"
        with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
            connection.request("GET", address, headers={"Accept": accept})
            answer = connection.getresponse()
            body = answer.read()
            return len(body) if answer.status == 200 else 0

    return ask


@contextmanager
def _started(name: str, command: list[str], ask: Ask, **environment: str) -> Iterator[Endpoint]:
    """A server, once it answers."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=os.environ | environment, stdout=quiet, stderr=quiet)
    try:
        until = time.monotonic() + _START
        while not _answers(ask):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{name} did not start: {' '.join(command)}")
            time.sleep(0.2)
        yield Endpoint(name, ask, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:  # it is still busy with a query that nobody waits for
            process.kill()
            process.wait()


def _answers(ask: Ask) -> bool:
    try:
        return ask("ASK {}") > 0
    except (OSError, HTTPException):
        return False


def _free_port() -> int:
    with create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
