"""Whatever is sent, the service does not break: no answer has the status 500.

A few hundred requests, always the same; ``make fuzz`` sends ten thousand, with ``FUZZ_REQUESTS``.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from conftest import TOKEN
from flask import Flask
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from werkzeug.datastructures import Headers

from graph.settings import Settings
from service.api.explore import openapi, operations
from service.api.operations import Operation
from service.app import create_app

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "360"))
PARTS = 3
WORDS = [
    *"{}()[].;,?$<>|/^*+!=&#@'\"\\",
    " ",
    "\n",
    "\0",
    "é",
    "日",
    "SELECT",
    "ASK",
    "CONSTRUCT",
    "DESCRIBE",
]
WORDS += ["WHERE", "FROM", "NAMED", "GRAPH", "SERVICE", "LOAD", "INSERT", "DELETE", "DATA", "WITH", "USING"]
WORDS += ["PREFIX", "BASE", "VALUES", "FILTER", "BIND", "OPTIONAL", "UNION", "MINUS", "LIMIT", "OFFSET", "1"]
WORDS += ["ORDER BY", "GROUP BY", "COUNT(*)", "AS", "REGEX", "?s", "?p", "?o", "dg:matches", "rdf:type", "a"]
WORDS += [
    '"words"',
    "<urn:x>",
    "<http://127.0.0.1:1/>",
    "_:b",
    "<<(",
    ")>>",
    "\\u0041",
    "\\uD800",
    "-1",
    "1e999",
]
WHOLE = [
    "SELECT * { ?s ?p ?o } LIMIT 5",
    "ASK {}",
    "CONSTRUCT WHERE { ?s a ?c } LIMIT 2",
    "CLEAR GRAPH <urn:x>",
]
WHOLE += ['SELECT ?s { ?s dg:matches "abe" ; a ?c } LIMIT 3', "INSERT DATA { GRAPH <urn:x> { <a> <b> 'c' } }"]
NAMES = ["query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "format", "graph"]
NAMES += ["default", "q", "kind", "prefix", "limit", "cursor", "offset", ""]
KINDS = ["application/sparql-query", "application/sparql-update", "application/x-www-form-urlencoded"]
KINDS += ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-quads", "text/plain"]
KINDS += [
    "multipart/form-data; boundary=x",
    "application/sparql-query; charset=latin-1",
    "",
    "*/*",
    "text/csv",
]
PATHS = [
    "/sparql",
    "/update",
    "/data",
    "/data/x",
    "/data/%00",
    "/.well-known/void",
    "/api/search",
    "/metrics",
]

texts = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
    st.sampled_from(WHOLE),
    st.tuples(st.sampled_from(WHOLE), st.integers(0, 40), st.sampled_from(WORDS)).map(
        lambda cut: cut[0][: cut[1]] + cut[2] + cut[0][cut[1] :]
    ),
)
queries = st.lists(st.tuples(st.sampled_from(NAMES), texts), max_size=3)
headers = st.fixed_dictionaries(
    {},
    optional={
        "Accept": st.one_of(st.sampled_from(KINDS), st.text("abc/*;q=.,0123 +", max_size=20)),
        "Content-Type": st.sampled_from(KINDS),
        "Authorization": st.sampled_from([f"Bearer {TOKEN}", "Bearer x", "x"]),
        "Accept-Encoding": st.sampled_from(["gzip", "gzip;q=0", "*", ";;"]),
        "If-None-Match": st.sampled_from(['W/"x"', "*", '"']),
        "If-Modified-Since": st.sampled_from(["Sun, 06 Nov 1994 08:49:37 GMT", "x"]),
        "Range": st.just("bytes=0-1"),
        "Origin": st.just("null"),
    },
)
bodies = st.one_of(
    texts.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=60),
    queries.map(lambda pairs: "&".join(f"{k}={v}" for k, v in pairs).encode("utf-8", "surrogatepass")),
)


@pytest.fixture(scope="module")
def fuzzed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a copy of the graph of the seeds, which may be written to."""
    folder = tmp_path_factory.mktemp("fuzzed") / "kg"
    shutil.copytree(built, folder)
    app = create_app(Settings(store=folder, update_token=TOKEN, query_timeout=2, query_memory=300 << 20))
    yield app
    app.extensions["workers"].close()


def times(number: int, strategy: st.SearchStrategy[Any], send: Callable[[Any], int]) -> Counter[int]:
    """The statuses of so many requests; the same each time."""
    seen: Counter[int] = Counter()
    for turn in range(1000):
        if seen.total() >= number:
            break

        @seed(turn)
        @settings(
            max_examples=number - seen.total(),
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(strategy)
        def one(asked: Any) -> None:
            status = send(asked)
            seen[status] += 1
            assert status < 500 or status == 503, asked

        one()
    return seen


def test_no_request_of_the_described_api_breaks_it(fuzzed: Flask) -> None:
    described = schemathesis.openapi.from_dict(openapi())
    seen: Counter[int] = Counter()
    number = REQUESTS // PARTS // len(operations.all) + 1

    def ask(operation: Operation) -> Counter[int]:
        strategy = described[f"/api{operation.path}"]["GET"].as_strategy()
        return times(number, strategy, lambda case: int(case.call(app=fuzzed).status_code))

    for operation in operations.all:
        seen += ask(operation)
    print("\nof the API:", dict(seen))  # noqa: T201
    assert seen.total() >= REQUESTS // PARTS


def test_no_query_string_breaks_it(fuzzed: Flask) -> None:
    client = fuzzed.test_client()

    def send(asked: tuple[str, list[tuple[str, str]]]) -> int:
        path, pairs = asked
        encoded = [(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs]
        return client.get(path, query_string=encoded).status_code  # type: ignore[arg-type]

    seen = times(REQUESTS // PARTS, st.tuples(st.sampled_from(PATHS), queries), send)
    print("\nof query strings:", dict(seen))  # noqa: T201
    assert {200, 400} <= set(seen)


def test_no_message_breaks_it(fuzzed: Flask) -> None:
    client = fuzzed.test_client()
    methods = st.sampled_from(["GET", "HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])

    def send(asked: tuple[str, str, list[tuple[str, str]], dict[str, str], bytes]) -> int:
        method, path, pairs, given_headers, body = asked
        encoded = [(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs]
        answer = client.open(
            path,
            method=method,
            query_string=encoded,
            headers=Headers(given_headers),
            data=body,  # type: ignore[arg-type]
        )
        return answer.status_code

    seen = times(
        REQUESTS // PARTS, st.tuples(methods, st.sampled_from(PATHS), queries, headers, bodies), send
    )
    print("\nof messages:", dict(seen))  # noqa: T201
    assert {200, 400, 415} <= set(seen)
