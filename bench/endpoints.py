"""SPARQL endpoints to be measured: diplograph, the smallest that there is, and those of others."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from socket import create_server
from typing import Self
from urllib.parse import urlencode

import pyoxigraph as ox

from graph.rdf import PREFIXES
from graph.snapshots import open_snapshot

PATIENCE = 30.0
"""Seconds after which an answer counts as none."""
_START = 900.0
_FAREWELL = 10.0
_PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
Ask = Callable[[str], int]
"""Asks a query; returns the bytes of the answer, which are 0 where there is none."""


_SOON = 30.0


class Endpoint:
    """A server of queries, in a process of its own; a context manager, which waits until it answers."""

    def __init__(self, name: str, command: list[str], ask: Ask, **environment: str) -> None:
        self.name, self.ask = name, ask
        self._command, self._environment = command, environment
        self._process: subprocess.Popen[bytes] | None = None
        self._took = 0.0

    @property
    def pid(self) -> int:
        """The id of its process."""
        assert self._process
        return self._process.pid

    def __enter__(self) -> Self:
        quiet, begin = subprocess.DEVNULL, time.monotonic()
        self._process = subprocess.Popen(
            self._command, env=os.environ | self._environment, stdout=quiet, stderr=quiet
        )
        while not _answers(self.ask):
            if self._process.poll() is not None:
                raise RuntimeError(f"{self.name} did not start: {' '.join(self._command)}")
            if time.monotonic() > begin + _START:
                self.__exit__()
                raise TimeoutError(f"{self.name} was not ready within {_START:g} seconds.")
            time.sleep(0.1)
        self._took = time.monotonic() - begin
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process
        self._process.terminate()
        try:
            self._process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:  # it is still busy with a query that nobody waits for
            self._process.kill()
            self._process.wait()

    def recover(self) -> None:
        """Start it again, if that is soon done, after a query that it may still be busy with."""
        if self._took < _SOON:
            self.__exit__()
            self.__enter__()


def in_process(graph: ox.Store, union: bool) -> Ask:
    """Asks a store of this process, and writes the answer out."""

    def ask(text: str) -> int:
        found = graph.query(text, prefixes=PREFIXES, use_default_graph_as_union=union)
        if isinstance(found, ox.QueryTriples):
            return len(ox.serialize(found, format=ox.RdfFormat.TURTLE) or b"")
        return len(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    return ask


def timed_alone(folder: Path, texts: Sequence[str]) -> Generator[float, None, None]:
    """Seconds that bare Oxigraph takes for queries on the snapshot on disk; infinite where it has no answer.

    It runs in a process of its own, since nothing else can end it.
    """
    near, far = Pipe(duplex=False)
    child = get_context("fork").Process(target=_time_alone, args=(folder, texts, far))
    child.start()
    try:
        for _ in texts:
            yield float(near.recv()) if near.poll(PATIENCE) else float("inf")
    finally:
        child.kill()
        child.join()


def _time_alone(folder: Path, texts: Sequence[str], told: Connection) -> None:
    ask = in_process(open_snapshot(folder), union=True)
    for text in texts:
        begin = time.perf_counter()
        ask(text)
        told.send(time.perf_counter() - begin)


def diplograph(folder: Path, **settings: str) -> Endpoint:
    """``diplograph serve``, with settings by environment."""
    port = _free_port()
    program = [sys.executable, "-c", "from service.cli import main; main()"]
    command = [*program, "serve", "--port", str(port), "--store", str(folder)]
    environment = {f"DIPLOGRAPH_{name.upper()}": value for name, value in settings.items()}
    return Endpoint("diplograph", command, over_http(port, "/sparql"), **environment)


def minimal(folder: Path, *turns: str) -> Endpoint:
    """The smallest endpoint that there is: see ``bench.minimal_endpoint``."""
    port = _free_port()
    command = [sys.executable, "-m", "bench.minimal_endpoint", str(folder), str(port), *turns]
    return Endpoint(" ".join(("minimal view", *turns)), command, over_http(port, "/sparql"))


def oxigraph(program: Path, graph: ox.Store, scratch: Path) -> Endpoint:
    """The Oxigraph server, which the PyPI package ``oxigraph`` has."""
    graph.backup(str(scratch / "oxigraph"))
    port = _free_port()
    place = ["--location", str(scratch / "oxigraph"), "--bind", f"127.0.0.1:{port}"]
    command = [str(program), "serve-read-only", *place, "--union-default-graph"]
    return Endpoint("Oxigraph server", command, over_http(port, "/query", _PROLOGUE))


def rdflib_endpoint(program: Path, graph: ox.Store, scratch: Path) -> Endpoint:
    """rdflib behind FastAPI, which the PyPI package ``rdflib-endpoint`` has."""
    graph.dump(str(scratch / "graph.nq"), ox.RdfFormat.N_QUADS)
    port = _free_port()
    command = [str(program), "serve", "--host", "127.0.0.1", "--port", str(port), str(scratch / "graph.nq")]
    return Endpoint("rdflib-endpoint", command, over_http(port, "/", _PROLOGUE))


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
    with Endpoint("Virtuoso", command, over_http(port, "/sparql", _PROLOGUE)) as endpoint:
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


def _answers(ask: Ask) -> bool:
    try:
        return ask("ASK {}") > 0
    except (OSError, HTTPException):
        return False


def _free_port() -> int:
    with create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
