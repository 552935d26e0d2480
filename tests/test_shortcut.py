"""The short way of small queries gives what the application would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from conftest import live_service
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

from graph.settings import Settings
from service.app import create_app
from service.endpoint.questions import Questions

QUERIES = (
    "ASK {}",
    "SELECT (1 AS ?n) {}",
    "SELECT * { ?s a dg:Person } ORDER BY ?s LIMIT 3",
    "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 90",
    "SELECT * { ?s ?p ?o } LIMIT 4000",
    "SELECT (isIRI(<x>) AS ?n) (<x> AS ?i) {}",
    "SELECT (COUNT(*) AS ?n) FROM <urn:none> { ?s ?p ?o }",
    "SELECT (DATATYPE(NOW()) AS ?kind) {}",
    'SELECT * { ?s dg:matches "Putin" } ORDER BY ?s',
    "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } ORDER BY ?s ?t LIMIT 2",
    "DESCRIBE <urn:none>",
    "SELECT ?s { ?s",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { " + "{" * 300 + "}" * 300 + " }",
    "",
    "é ☃",
)
ACCEPTED = (
    "",
    "*/*",
    "text/csv",
    "text/turtle",
    "text/html, application/sparql-results+xml;q=0.5",
    "image/png",
)


@pytest.fixture(scope="module")
def app(built: Path) -> Iterator[Flask]:
    """The application on the graph of the seeds."""
    made = create_app(Settings(store=built))
    yield made
    made.extensions["workers"].close()


def asked(app: Flask, query: str, **headers: str) -> tuple[str, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    environ: dict[str, Any] = EnvironBuilder(
        path="/sparql", query_string=query, headers=headers
    ).get_environ()
    body, status, found = run_wsgi_app(app, environ, buffered=True)
    return status, dict(found), b"".join(body)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.sampled_from(QUERIES),
    more=st.lists(
        st.sampled_from(
            [("format", "tsv"), ("format", "pdf"), ("default-graph-uri", "urn:none"), ("query", "ASK {}"),
             ("update", "CLEAR ALL"), ("other", "x")]
        ), max_size=2,
    ),
    accept=st.sampled_from(ACCEPTED),
    encoding=st.sampled_from(["", "gzip", "gzip;q=0", "br, *"]),
    host=st.sampled_from(["localhost", "example.org:8080", "a b"]),
)  # fmt: skip
@example(text=QUERIES[4], more=[], accept="", encoding="", host="localhost")
def test_either_way_the_answer_is_the_same(
    app: Flask, text: str, more: list[tuple[str, str]], accept: str, encoding: str, host: str
) -> None:
    query = urlencode([("query", text), *more])
    headers = {"Accept": accept, "Accept-Encoding": encoding, "Host": host}
    # Who has an answer already, even if another, is never sent the short way.
    long_way = asked(app, query, If_None_Match='"another"', **headers)
    assert asked(app, query, **headers) == long_way
    assert asked(app, query, **headers) == long_way, "remembered"


@pytest.mark.parametrize(
    "query", ["query=%FF", "query=ASK%20%7B%7D&x=%C3", "query", "query=" + quote("ASK {}") * 2]
)
def test_what_cannot_be_read_is_refused_either_way(app: Flask, query: str) -> None:
    status, _, body = asked(app, query)
    assert status.startswith("400")
    assert asked(app, query, If_None_Match='"another"')[::2] == (status, body)


def test_a_worker_is_free_again_where_the_application_does_not_come_to_an_answer(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    pool = app.extensions["workers"]()
    long = urlencode({"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 50000"})
    monkeypatch.setattr(app, "preprocess_request", fail)
    assert asked(app, long)[0].startswith("500")
    assert pool.running == 0


def test_what_fails_without_being_foreseen_is_told_and_not_shown(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr(Questions, "answer", fail)
    status, headers, body = asked(app, urlencode({"query": "ASK { ?an ?un ?asked }"}))
    assert status.startswith("500")
    assert headers["Content-Type"] == "application/problem+json"
    assert b"secret" not in body
    assert "a secret" in caplog.text


def test_each_request_is_counted_once(built: Path) -> None:
    with live_service(built) as live:
        for _ in range(3):
            assert live.query("ASK {}", "application/json").status == 200
        assert live.query("ASK {", "application/json").status == 400
        numbers = live.send("GET", "/metrics").body.decode()
    for status, outcome, number in (("200", "ok", 3), ("400", "syntax error", 1)):
        labels = f'route="/sparql",method="GET",status="{status}",outcome="{outcome}"'
        assert f"diplograph_requests_total{{{labels}}} {number}\n" in numbers
    assert 'diplograph_request_seconds_count{route="/sparql"} 4\n' in numbers


def test_who_asks_too_often_is_told_also_of_small_queries(built: Path) -> None:
    with live_service(built, rate_limit=2) as live:
        statuses = [live.query("ASK {}").status for _ in range(6)]
    assert 200 in statuses
    assert 429 in statuses
