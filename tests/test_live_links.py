"""Datasets on the network are asked politely; whatever they answer, what was linked stays."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result

from graph.build import Tables, rebuild
from graph.cache import Cache
from graph.errors import RemoteError
from graph.knowledge.base import KnowledgeBase
from graph.knowledge.library import open_knowledge
from graph.linking.endpoint import Endpoint, rows_of
from graph.linking.manners import Manners
from graph.linking.profiles import KINDS, load_profile
from graph.linking.reconciliation import Question, Reconciliation
from graph.linking.remembered import Remembered
from graph.model import Block, BlockKind, Document, Entity, Mention, Reading, Span, Tenure
from graph.settings import Settings
from graph.snapshots import open_snapshot
from service.cli import main

WD = "http://www.wikidata.org/entity/"
SLICE = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix s: <http://www.wikidata.org/entity/statement/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

wd:Q900000001 wdt:P31 wd:Q5 ; rdfs:label "Orsolya Vantongeren"@en ; skos:altLabel "O. Vantongeren"@en ;
    wdt:P27 wd:Q211 ; wdt:P569 "1961-02-03T00:00:00Z"^^xsd:dateTime ; p:P39 s:one .
s:one ps:P39 wd:Q900000002 ; pq:P580 "2019-01-23T00:00:00Z"^^xsd:dateTime .
wd:Q900000002 rdfs:label "Minister of Foreign Affairs"@en ; wdt:P1001 wd:Q211 .
wd:Q900000003 wdt:P31 wd:Q5 ; rdfs:label "Tamsin Quillfeather"@en ; wdt:P27 wd:Q20 .
wd:Q900000004 wdt:P31 wd:Q5 ; rdfs:label "Tamsin Quillfeather"@en ; wdt:P27 wd:Q36 .
wd:Q900000005 rdfs:label "Vantongeren Point"@en ; wdt:P31 wd:Q23442 ; wdt:P17 wd:Q211 ;
    wdt:P625 "Point(24.5 57.25)"^^geo:wktLiteral .
wd:Q900000006 wdt:P31 wd:Q192350 ; rdfs:label "Ministry of Lighthouses"@en ; wdt:P17 wd:Q211 .
wd:Q192350 rdfs:label "ministry"@en .
"""


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real SPARQL server with a slice of data in Wikidata's form."""
    folder = tmp_path_factory.mktemp("oxigraph")
    (folder / "slice.ttl").write_text(SLICE, encoding="utf-8")
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program, "the package oxigraph of the development tools is not installed"
    load = [program, "load", "--location", str(folder / "db"), "--file", str(folder / "slice.ttl")]
    subprocess.run(load, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = [program, "serve-read-only", "--location", str(folder / "db"), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(f"http://127.0.0.1:{port}/")
            yield f"http://127.0.0.1:{port}/query"
        finally:
            server.terminate()


def _await(address: str) -> None:
    for _ in range(200):
        try:
            with closing(urlopen(address, timeout=5)):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} did not come up")


@dataclass
class Told:
    """What a small server was asked, and how it answers: status, headers, body."""

    answer: Callable[[Told, str, bytes], tuple[int, dict[str, str], bytes]]
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def serving(
    answer: Callable[[Told, str, bytes], tuple[int, dict[str, str], bytes]],
) -> Iterator[tuple[str, Told]]:
    """A real HTTP server on a free port of this machine."""
    told = Told(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(b"")

        def do_POST(self) -> None:
            self._reply(self.rfile.read(int(self.headers.get("Content-Length", 0))))

        def _reply(self, body: bytes) -> None:
            told.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            status, headers, content = told.answer(told, self.path, body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# A store with one text, without any language processing.

PEOPLE = ("Orsolya Vantongeren", "Tamsin Quillfeather")


def reading() -> Reading:
    entities = (
        Entity("p1", "person", "Person", PEOPLE[0]),
        Entity("p2", "person", "Person", PEOPLE[1]),
        Entity("t1", "territory", "State", "Latvia", known="latvia"),
        Entity("t2", "territory", "Island", "Vantongeren Point"),
    )
    text = " ".join(e.name for e in entities)
    all_of_it = Span(0, len(text))
    mentions = tuple(
        Mention(Span(text.index(e.name), text.index(e.name) + len(e.name)), e.key, "name") for e in entities
    )
    tenures = (Tenure("p1", "Foreign Minister", "t1", all_of_it, all_of_it, "test"),)
    block = Block(0, len(text), BlockKind.BODY)
    document = Document("a.txt", text, (block,), issued="2020-05-06")
    return Reading(document, (all_of_it,), entities, mentions, tenures, (), ())


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shared = open_knowledge(Settings()).path  # made once for all tests, not for each folder
    cache = tmp_path / "cache" / "diplograph"
    cache.mkdir(parents=True)
    (cache / shared.name).symlink_to(shared)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    folder = tmp_path / "kg"
    folder.mkdir()
    with closing(Cache(folder)) as readings:
        readings.add("a.txt", "key", reading())
    rebuild(folder, Settings(store=folder), Tables())
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def links(store: Path) -> set[tuple[str, str, str]]:
    query = "SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(STRENDS(STR(?g), '/graph/links') && ISIRI(?o)) }"
    rows: Any = open_snapshot(store).query(query)
    return {tuple(row[v].value.rsplit("/", 1)[1].rsplit("#", 1)[-1] for v in "spo") for row in rows}  # type: ignore[misc]


FOUND = {
    ("orsolya-vantongeren", "sameAs", "Q900000001"),
    ("vantongeren-point", "sameAs", "Q900000005"),
}


def test_an_endpoint_tells_who_is_meant(endpoint: str, store: Path) -> None:
    outcome = run("link", "--endpoint", endpoint, "--store", str(store))
    assert outcome.exit_code == 0, outcome.output
    assert "3 of 3 things asked for" in outcome.output
    assert links(store) >= FOUND
    same = {(s, o) for s, p, o in links(store) if p == "sameAs"}
    assert not {o for s, o in same if s == "tamsin-quillfeather"}  # two people of that name
    told = [json.loads(line) for line in (store / "links.jsonl").read_text("utf-8").splitlines()]
    reasons = {t["thing"]["qid"]: t["reason"] for t in told}
    assert "Minister of Foreign Affairs, 2019-01-23 to today: in office" in reasons["Q900000001"]


def test_what_was_linked_stays_over_builds_and_checks(endpoint: str, store: Path) -> None:
    run("link", "--endpoint", endpoint, "--store", str(store))
    other = reading()
    with closing(Cache(store)) as readings:
        readings.add(
            "b.txt", "other", Reading(Document("b.txt", "x", ()), (), other.entities[:1], (), (), (), ())
        )
    assert run("forget", "b.txt", "--store", str(store)).exit_code == 0  # builds anew
    assert links(store) >= FOUND
    assert run("check", "--store", str(store)).exit_code == 0


def test_a_run_is_repeated_from_what_is_remembered(endpoint: str, store: Path) -> None:
    run("link", "--endpoint", endpoint, "--store", str(store))
    before = (store / "links.jsonl").read_bytes()
    (store / "links.jsonl").unlink()
    assert run("link", "--endpoint", endpoint, "--store", str(store)).exit_code == 0
    assert (store / "links.jsonl").read_bytes() == before


Reply = tuple[int, dict[str, str], bytes]

BAD: list[tuple[str, Reply, str]] = [
    ("html", (200, {"Content-Type": "text/html"}, b"<html>Welcome</html>"), "something else than asked"),
    (
        "garbage",
        (200, {"Content-Type": "application/sparql-results+json"}, b"{{{"),
        "something else than asked",
    ),
    (
        "another form",
        (200, {"Content-Type": "application/json"}, b'{"results": 1}'),
        "something else than asked",
    ),
    ("nothing", (200, {"Content-Type": "application/json"}, b""), "something else than asked"),
    ("429", (429, {}, b"slow down"), "answers 429"),
    ("429 for long", (429, {"Retry-After": "86400"}, b""), "left alone for 86400 seconds"),
    ("503", (503, {}, b""), "answers 503"),
    ("403", (403, {}, b""), "answers 403"),
    ("404", (404, {}, b""), "refuses the query"),
    ("500", (500, {}, b"Traceback"), "refuses the query"),
]


@pytest.mark.parametrize(("reply", "words"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_a_bad_endpoint_is_told_clearly_and_nothing_is_lost(
    endpoint: str, store: Path, reply: Reply, words: str
) -> None:
    assert run("link", "--endpoint", endpoint, "--store", str(store)).exit_code == 0
    before = links(store)
    with serving(lambda *_: reply) as (address, _):
        outcome = run("link", "--endpoint", f"{address}/sparql", "--store", str(store), "--attempts", "1")
    assert outcome.exit_code == 2
    assert words in outcome.output.replace("\n", " ")
    assert "What was linked is kept" in outcome.output
    assert links(store) == before


def test_an_endpoint_that_is_down_is_told_clearly(store: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/sparql"
    outcome = run("link", "--endpoint", address, "--store", str(store), "--attempts", "1")
    assert outcome.exit_code == 2
    assert "does not answer" in outcome.output.replace("\n", " ")


def test_an_endpoint_that_is_slow_is_left(store: Path) -> None:
    gate = threading.Event()

    def late(*_: object) -> Reply:
        gate.wait(20)
        return 200, {}, b""

    with serving(late) as (address, _):
        words = ("link", "--endpoint", address, "--store", str(store), "--timeout", "1", "--attempts", "1")
        outcome = run(*words)
        gate.set()
    assert outcome.exit_code == 2
    assert "takes too long" in outcome.output.replace("\n", " ")


def test_a_run_that_was_broken_off_goes_on(store: Path) -> None:
    results = {"head": {"vars": []}, "results": {"bindings": []}}
    kind = {"Content-Type": "application/sparql-results+json"}

    def tired(told: Told, path: str, body: bytes) -> Reply:
        return (200, kind, json.dumps(results).encode()) if len(told.asked) == 1 else (403, {}, b"")

    with serving(tired) as (address, told):
        first = run("link", "--endpoint", address, "--store", str(store))
        assert first.exit_code == 2
        assert "2 of 3 things" in first.output
        told.answer = lambda *_: (200, kind, json.dumps(results).encode())
        before = len(told.asked)
        assert run("link", "--endpoint", address, "--store", str(store)).exit_code == 0
        assert len(told.asked) == before + 1  # the first question is remembered


def test_servers_learn_who_asks(tmp_path: Path) -> None:
    body = json.dumps({"results": {"bindings": [{"a": {"type": "literal", "value": "1"}}]}}).encode()
    with serving(lambda *_: (200, {"Content-Type": "application/json"}, body)) as (address, told):
        with closing(Remembered(tmp_path)) as remembered:
            rows, day = Endpoint(address, Manners(pause=0), remembered).select("SELECT 1")
            Endpoint(address, Manners(pause=0), remembered).select("SELECT " + "1 " * 2000)
        assert (rows, len(day)) == ([{"a": "1"}], 10)
        assert told.asked[0][1]["user-agent"].startswith("diplograph/")
        assert told.asked[1][2]  # long queries are sent as a body


def test_a_busy_server_is_asked_again_when_it_wants(tmp_path: Path) -> None:
    waits: list[float] = []
    body = json.dumps({"results": {"bindings": []}}).encode()

    def busy(told: Told, path: str, sent: bytes) -> Reply:
        return (429, {"Retry-After": "7"}, b"") if len(told.asked) < 3 else (200, {}, body)

    with serving(busy) as (address, told), closing(Remembered(tmp_path)) as remembered:
        manners = Manners(pause=0, sleep=waits.append)
        assert Endpoint(address, manners, remembered).select("SELECT 1")[0] == []
        assert len(told.asked) == 3
    assert waits == [7, 7, 0]


@pytest.mark.parametrize("body", [b"<?xml version='1.0'?>", b"[]", b'{"boolean": true}', b"\xff"])
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"XML|results"):
        rows_of(body, "application/json")


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    with closing(Remembered(tmp_path)) as remembered:
        with pytest.raises(RemoteError, match="no address"):
            Endpoint("file:///etc/passwd", Manners(), remembered)
        with pytest.raises(RemoteError, match="no address"):
            Reconciliation("file:///etc/passwd", Manners(), remembered)


@pytest.mark.parametrize("name", ["wikidata", "dbpedia"])
def test_names_cannot_break_out_of_a_query(endpoint: str, tmp_path: Path, name: str) -> None:
    profile = load_profile(name)
    with closing(Remembered(tmp_path)) as remembered:
        asked = Endpoint(endpoint, Manners(pause=0), remembered)
        for kind in KINDS:
            query = profile.query(kind, ['Quote " back \\ brace } line\nend', "Anna"])
            assert asked.select(query)[0] == []


def test_templates_of_ones_own_are_used(endpoint: str, store: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = load_profile("wikidata").templates["territory"]
    for kind in KINDS:
        (own / f"{kind}.rq").write_text(text, encoding="utf-8")
    outcome = run("link", "--endpoint", endpoint, "--queries", str(own), "--store", str(store))
    assert outcome.exit_code == 0
    assert {s for s, p, _ in links(store) if p == "sameAs"} >= {"vantongeren-point"}
    assert not [s for s, _, _ in links(store) if s == "orsolya-vantongeren"]
    (own / "person.rq").write_text("SELECT * { }", encoding="utf-8")
    assert (
        "no place for the names"
        in run("link", "--endpoint", endpoint, "--queries", str(own), "--store", str(store)).output
    )


# Reconciliation services.


class Service:
    """A reconciliation service over a few names, of either version of the API."""

    def __init__(self, versions: list[str]) -> None:
        self.drafted = "0.2" not in versions
        view = {"url": f"{WD}{{id}}"} if self.drafted else {"url": f"{WD}{{{{id}}}}"}
        self.manifest = {"versions": versions, "name": "a register", "identifierSpace": WD, "view": view}
        self.manifest["schemaSpace"] = "http://www.wikidata.org/prop/direct/"

    def __call__(self, told: Told, path: str, body: bytes) -> Reply:
        kind = {"Content-Type": "application/json"}
        if not body:
            return 200, kind, json.dumps(self.manifest).encode()
        if self.drafted:
            assert path == "/reconcile"
            names = [q["conditions"][0]["v"] for q in json.loads(body)["queries"]]
            results = [
                {"candidates": [{**c, "name": [{"str": c["name"]}]} for c in self.candidates(n)]}
                for n in names
            ]
            return 200, kind, json.dumps({"results": results}).encode()
        queries = json.loads(parse_qs(body.decode())["queries"][0])
        found = {key: {"result": self.candidates(q["query"])} for key, q in queries.items()}
        return 200, kind, json.dumps(found).encode()

    @staticmethod
    def candidates(name: str) -> list[dict[str, Any]]:
        if name == PEOPLE[0]:
            return [{"id": "Q900000001", "name": name, "score": 97, "match": True}]
        if name == PEOPLE[1]:
            return [{"id": f"Q90000000{n}", "name": name, "score": 80, "match": False} for n in (3, 4)]
        return [{"id": "Q900000009", "name": "Something Else", "score": 10, "match": False}]


@pytest.mark.parametrize("versions", [["0.1", "0.2"], ["1.0-draft"]], ids=["0.2", "draft"])
def test_a_reconciliation_service_tells_who_is_meant(store: Path, versions: list[str]) -> None:
    with serving(Service(versions)) as (address, told):
        outcome = run("link", "--reconcile", address, "--store", str(store))
        assert outcome.exit_code == 0, outcome.output
        assert told.asked[1][1]["user-agent"].startswith("diplograph/")
    same = {(s, o) for s, p, o in links(store) if p == "sameAs" and s != "latvia"}
    assert same == {("orsolya-vantongeren", "Q900000001")}
    perhaps = {o for s, p, o in links(store) if p == "closeMatch"}
    assert perhaps <= {"Q900000003", "Q900000004"}


def test_questions_keep_the_published_form(tmp_path: Path) -> None:
    with serving(Service(["0.2"])) as (address, told), closing(Remembered(tmp_path)) as remembered:
        service = Reconciliation(address, Manners(pause=0), remembered)
        service.ask([Question("Anna Berg", "Q5", (("P27", "Q211"),))])
        sent = json.loads(parse_qs(told.asked[-1][2].decode())["queries"][0])
    assert sent == {
        "q0": {
            "query": "Anna Berg",
            "type": "Q5",
            "limit": 5,
            "properties": [{"pid": "P27", "v": {"id": "Q211"}}],
        }
    }


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"no": "manifest"}', b"\x00"])
def test_what_is_no_service_is_told_clearly(store: Path, body: bytes) -> None:
    with serving(lambda *_: (200, {}, body)) as (address, _):
        outcome = run("link", "--reconcile", address, "--store", str(store))
    assert outcome.exit_code == 1
    assert address in outcome.output.replace("\n", "")


def test_a_service_that_answers_nonsense_is_told_clearly(store: Path) -> None:
    service = Service(["0.2"])
    nonsense = lambda told, path, body: service(told, path, body) if not body else (200, {}, b'{"q0": 1}')  # noqa: E731
    with serving(nonsense) as (address, _):
        outcome = run("link", "--reconcile", address, "--store", str(store))
    assert outcome.exit_code == 2
    assert "no reconciliation results" in outcome.output.replace("\n", " ")


# Growing the knowledge base.


def test_the_knowledge_base_grows_from_an_endpoint(
    endpoint: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "graph.knowledge.library.read_things", lambda _: iter(())
    )  # the tables alone take seconds
    outcome = run("kb", "update", "--endpoint", endpoint, "--country", "Latvia")
    assert outcome.exit_code == 0, outcome.output
    base = open_knowledge(Settings())
    (anna,) = base.by_qid("Q900000001")
    assert [(o.title, o.of, o.start) for o in anna.thing.offices] == [
        ("Minister of Foreign Affairs", "latvia", "2019-01-23")
    ]
    assert base.ministries("Lighthouse Ministry", ["latvia"]) == ()
    assert base.ministries("Ministry of Lighthouses", ["latvia"]) == ("Q900000006",)
    shown = run("kb", "look", "Orsolya Vantongeren").output
    assert "Q900000001" in shown
    assert endpoint in shown.replace("\n", "")
    assert run("kb", "look", "Nobody Whatsoever").exit_code == 1


def test_an_update_that_ends_early_keeps_what_was_learnt(store: Path) -> None:
    with serving(lambda *_: (403, {}, b"")) as (address, _):
        outcome = run("kb", "update", "--endpoint", address, "--country", "lv")
    assert outcome.exit_code == 2
    assert "answers 403" in outcome.output.replace("\n", " ")
    assert run("kb", "update", "--endpoint", address, "--country", "Atlantis").exit_code == 1


def test_links_need_one_address(store: Path) -> None:
    assert run("link", "--store", str(store)).exit_code == 2
    assert (
        "no graph" in run("link", "--endpoint", "http://127.0.0.1:9", "--store", str(store / "none")).output
    )
    assert isinstance(open_knowledge(Settings()), KnowledgeBase)
