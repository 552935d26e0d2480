"""Nothing that is asked can hurt the service: limits that are told, runaways, forbidden addresses, tokens."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import IncompleteRead
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import TOKEN, Live, live_service
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import DiplographError
from graph.store import Store
from service.endpoint.fence import Dataset, Text, read
from service.endpoint.orders import Limits
from service.endpoint.pool import Pool
from service.endpoint.refusals import ForbiddenError, TooManyRequestsError
from service.endpoint.tasks import Ask
from service.safety import RateLimit

SMALL = "SELECT (COUNT(*) AS ?n) { ?d a dg:Document }"
CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
RUNAWAYS = {
    "cross join": f"SELECT (COUNT(*) AS ?n) {CROSS}",
    "path": "SELECT (COUNT(*) AS ?n) { ?s (!<urn:x>|^!<urn:x>)* ?o . ?o (!<urn:x>|^!<urn:x>)* ?t }",
    "order": f"SELECT * {CROSS} ORDER BY ?i ?a",
    "construct": f"CONSTRUCT {{ ?a ?e ?i }} WHERE {CROSS}",
    "regex": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} FILTER REGEX(CONCAT(STR(?c), STR(?f)), '(a+)+(b|c*)*$') }}",
    "distinct": f"SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?f), STR(?i))) AS ?n) {CROSS}",
    "text": f"SELECT (GROUP_CONCAT(?c) AS ?t) {CROSS}",
}


@pytest.fixture
def trap() -> Iterator[tuple[str, list[bytes]]]:
    """An address that notes what comes to it."""
    came: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    came.append(connection.recv(1000))
                    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", came
        stop.set()
        thread.join()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p 1.SERVICE <{0}> {{ ?a ?b ?c }} }}",
        "SELECT * {{ ?s ?p true.service<{0}>{{ ?a ?b ?c }} }}",
        "SELECT * {{ ?s ?p 'x'@en.SERVICE <{0}> {{ ?a ?b ?c }} }}",
        "PREFIX t: <{0}> SELECT * {{ SERVICE t: {{ ?s ?p ?o }} }}",
        "SELECT * {{ VALUES ?where {{ <{0}> }} SERVICE ?where {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s dg:a\\#b ?o . SERVICE <{0}> {{ ?a ?b ?c }} }}",
        "SELECT * {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b&&'>'!=\"x\") SERVICE <{0}> {{ }}#'\n }}",
        "SELECT * {{ BIND(1 AS ?a) FILTER(?a<xsd:b#>'''\n) SERVICE <{0}> {{ }} #'''\n }}",
    ],
)
def test_no_query_reaches_out(service: Live, trap: tuple[str, list[bytes]], text: str) -> None:
    address, came = trap
    answer = service.query(text.format(address))
    assert (answer.status, answer.kind) == (403, "application/problem+json")
    assert came == []


@pytest.mark.parametrize(
    "text", ["SELECT * FROM <{0}> {{ ?s ?p ?o }}", "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"]
)
def test_from_names_graphs_and_fetches_none(service: Live, trap: tuple[str, list[bytes]], text: str) -> None:
    address, came = trap
    assert service.query(text.format(address)).rows() == []
    assert service.query("ASK { ?s ?p ?o }", "*/*", **{"default-graph-uri": address}).json() == {
        "head": {},
        "boolean": False,
    }
    assert came == []


@pytest.mark.parametrize(
    "text", ["LOAD <{0}>", "LOAD SILENT <{0}> INTO GRAPH <urn:x>", "CLEAR ALL ; LOAD <{0}>"]
)
def test_no_update_reaches_out(writable: Live, trap: tuple[str, list[bytes]], text: str) -> None:
    address, came = trap
    assert writable.update(text.format(address)).status == 403
    assert came == []


def test_a_worker_that_is_tricked_can_still_not_connect(built: Path, trap: tuple[str, list[bytes]]) -> None:
    address, came = trap
    past_the_fence = Text(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", "")
    limits = Limits(5, 1 << 28, 1000, 1 << 20)
    with (
        Pool(built, limits, places=1, in_memory=10**6) as pool,
        pytest.raises(DiplographError, match=r"Too many open files|Network is unreachable"),
    ):
        pool.run(Ask(past_the_fence, Dataset(), "csv", "urn:x"))
    assert came == []


def test_a_listed_address_is_reached(built: Path, trap: tuple[str, list[bytes]]) -> None:
    address, came = trap
    with live_service(built, services=f'["{address}"]') as live:
        assert live.query(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}").status == 400
        assert live.query(f"SELECT * {{ SERVICE <{address}/other> {{ ?s ?p ?o }} }}").status == 403
    assert len(came) == 1


@pytest.mark.parametrize(
    "text", ["ASK { ?service ?p dg:service, 'LOAD <urn:x>', <urn:SERVICE> } # SERVICE", "ASK {}"]
)
def test_words_that_are_no_keywords_are_left_alone(text: str) -> None:
    assert read(text).text == text


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from("{}<>\"'#\\ ?:.\nSERVICEservice/ax1@%"), max_size=60))
def test_reading_keeps_every_place(text: str) -> None:
    try:
        assert len(read(text).bare) == len(text)
    except ForbiddenError:
        assert "service" in text.lower()


@pytest.mark.parametrize("name", ["cross join", "path", "regex", "text"])
def test_a_query_that_takes_too_long_is_ended(service: Live, name: str) -> None:
    answer = service.query(RUNAWAYS[name])
    assert (answer.status, answer.kind) == (503, "application/problem+json")
    assert answer.json()["limit"] in {"query_timeout", "query_memory"}
    assert service.query(SMALL).rows() == [{"n": "5"}]


@pytest.mark.parametrize("name", ["order"])
def test_a_query_that_takes_too_much_memory_is_ended(built: Path, name: str) -> None:
    with live_service(built, query_timeout=60, query_memory=100 << 20) as live:
        answer = live.query(RUNAWAYS[name])
        assert (answer.status, answer.json()["limit"]) == (503, "query_memory")
        assert live.query(SMALL).rows() == [{"n": "5"}]


@pytest.mark.parametrize(
    ("form", "limit"), [("csv", "query_rows"), ("json", "query_rows"), ("nt", "query_bytes")]
)
def test_an_answer_that_is_too_long_is_refused_before_it_begins(built: Path, form: str, limit: str) -> None:
    text = "CONSTRUCT WHERE { ?s ?p ?o }" if form == "nt" else "SELECT * { ?s ?p ?o }"
    with live_service(built, query_rows=500, query_bytes=100_000 if form == "nt" else 10**8) as live:
        answer = live.query(text, "*/*", format=form)
        assert (answer.status, answer.json()["limit"]) == (413, limit)
        assert live.query(text + " LIMIT 400", "*/*", format=form).status == 200


@pytest.mark.parametrize("form", ["csv", "json", "xml", "tsv"])
def test_an_answer_that_is_cut_is_no_whole_message(service: Live, form: str) -> None:
    with pytest.raises(IncompleteRead):
        service.query(f"SELECT * {CROSS}", "*/*", format=form)
    asked = ["-G", "--data-urlencode", f"query=SELECT * {CROSS}", f"{service.url}/sparql"]
    old = subprocess.run(["curl", "-s", "--http1.0", *asked], capture_output=True, check=True)
    assert b'"status": 413' in old.stdout or b'"status": 503' in old.stdout


@pytest.mark.parametrize(
    "text",
    [
        "ASK " + "{" * 5000 + "}" * 5000,
        "ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
        "ASK { ?s " + "/".join(["<urn:p>"] * 40_000) + " ?o }",
        "ASK { FILTER(" + "!" * 40_000 + "true) }",
        "SELECT * { " + "OPTIONAL { ?s ?p ?o " * 150 + "}" * 150 + " }",
    ],
)
def test_nesting_kills_nobody(service: Live, text: str) -> None:
    answer = service.send("POST", "/sparql", text, content_type="application/sparql-query")
    assert answer.status in {200, 400, 503}
    assert service.query(SMALL).rows() == [{"n": "5"}]


def test_runaways_are_all_told_and_small_queries_go_on(built: Path) -> None:
    """Every runaway has an answer, nothing is lost, and no worker is left over."""
    limits = {"query_timeout": 1, "query_memory": 200 << 20, "query_workers": 2}
    with live_service(built, **limits) as live, ThreadPoolExecutor(10) as clients:

        def run_away(text: str) -> str:
            try:
                answer = live.query(text, "*/*")
            except IncompleteRead:
                return "cut"
            return f"{answer.status} {answer.json().get('limit', answer.json()['title'])}"

        runaways = [clients.submit(run_away, text) for text in [*RUNAWAYS.values()] * 3]
        small = 0
        while not all(future.done() for future in runaways):
            assert live.query(SMALL).rows() == [{"n": "5"}]
            small += 1
        told = Counter(future.result() for future in runaways)
        assert sum(told.values()) == 21
        assert set(told) <= {"cut", "503 query_timeout", "503 query_memory", "503 Busy"}, told
        assert small > 20
        assert b"diplograph_tasks_running 0" in live.send("GET", "/metrics").body


def test_a_new_graph_is_served_without_a_failed_request(built: Path, writable: Live) -> None:
    stop = threading.Event()
    statuses: Counter[int] = Counter()

    def ask() -> None:
        while not stop.is_set():
            statuses[writable.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").status] += 1

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for thread in asking:
        thread.start()
    for n in range(10):
        assert writable.update(f"INSERT DATA {{ GRAPH <urn:{n}> {{ <urn:a> <urn:b> {n} }} }}").status == 204
        assert writable.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows() == [{"n": str(n + 1)}]
    stop.set()
    for thread in asking:
        thread.join()
    assert set(statuses) == {200}


def test_a_large_graph_is_asked_on_disk_until_it_is_in_memory(tmp_path: Path) -> None:
    node = ox.NamedNode("urn:n")
    with Store(tmp_path) as store:
        store.fill(ox.Quad(node, node, ox.Literal(f"{n} " * 50), node) for n in range(50_000))
        store.publish()
    count = Ask(read("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), Dataset(), "csv", "urn:x")
    with Pool(tmp_path, Limits(30, 1 << 28, 1000, 1 << 20), places=1, in_memory=10**6) as pool:
        version = pool.version
        assert list(tmp_path.glob("held-*/graph"))
        assert pool.run(count).begun.split() == [b"n", b"50000"]
        while list(tmp_path.glob("held-*/graph")):
            time.sleep(0.05)
        assert pool.run(count).begun.split() == [b"n", b"50000"]
        assert pool.version == version


def test_without_a_token_nobody_writes(service: Live) -> None:
    for method, path in (
        ("POST", "/update"),
        ("PUT", "/data?default"),
        ("POST", "/data"),
        ("DELETE", "/data/x"),
    ):
        answer = service.write(method, path, "CLEAR ALL", content_type="application/sparql-update")
        assert answer.status == 403
        assert "update_token" in answer.json()["detail"]


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"]
)
def test_a_wrong_token_is_refused(writable: Live, given: str) -> None:
    headers = {"authorization": given} if given else {}
    answer = writable.send(
        "POST", "/update", "CLEAR ALL", content_type="application/sparql-update", **headers
    )
    assert answer.status == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_workers_know_no_token(writable: Live) -> None:
    children = Path(f"/proc/{writable.process.pid}/task/{writable.process.pid}/children").read_text().split()
    assert children
    assert all(TOKEN.encode() not in Path(f"/proc/{pid}/environ").read_bytes() for pid in children)


def test_a_request_that_is_too_large_is_refused(writable: Live) -> None:
    with socket.create_connection(("127.0.0.1", writable.port)) as connection:
        head = f"PUT /data?default HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n"
        connection.sendall(f"{head}Content-Type: text/turtle\r\nContent-Length: 99999999\r\n\r\n".encode())
        assert b" 413 " in connection.recv(100)


def test_clients_that_ask_too_often_are_told() -> None:
    limit = RateLimit(3)
    for _ in range(3):
        limit.count("a", 60.0)
    limit.count("b", 61.0)
    with pytest.raises(TooManyRequestsError, match="3 requests a minute"):
        limit.count("a", 119.0)
    limit.count("a", 120.0)


def test_a_running_query_is_answered_before_the_service_stops(built: Path) -> None:
    slow = f"SELECT (COUNT(*) AS ?n) {{ SELECT * {CROSS} LIMIT 3000000 }}"
    with live_service(built, query_timeout=30) as live, ThreadPoolExecutor(1) as client:
        asked = client.submit(live.query, slow)
        while b"diplograph_tasks_running 0" in live.send("GET", "/metrics").body:
            time.sleep(0.01)
        os.kill(live.process.pid, signal.SIGTERM)
        assert asked.result().rows() == [{"n": "3000000"}]
        assert live.process.wait(30) == 0


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80) | st.text(alphabet="SELECT*{}?spo<>'\"\\#. ", max_size=80))
def test_no_text_is_an_error_of_the_service(service: Live, text: str) -> None:
    path = "/sparql"
    encoded = text.encode("utf-8", "surrogatepass")
    assert service.send("POST", path, encoded, content_type="application/sparql-query").status in {
        200,
        400,
        403,
    }
