"""Answers of ``/sparql``: formats, validators, compression, CORS, and errors with their place."""

from __future__ import annotations

import gzip
import io
import json
import socket
import xml.etree.ElementTree as ET
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from conftest import Live

from service.endpoint import wire
from service.endpoint.fence import Dataset, Text, read
from service.endpoint.outlet import Outlet
from service.endpoint.refusals import LimitError
from service.endpoint.remembered import SMALL, Remembered

ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"
GRAPH = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }"


def count(kind: str, body: bytes) -> int:
    """The rows of an answer, read by somebody else's parser."""
    if kind == "text/csv":
        return body.count(b"\r\n") - 1
    if kind == "text/tab-separated-values":
        return body.count(b"\n") - 1
    if kind.endswith("xml"):
        return len(ET.fromstring(body).findall(".//{*}result"))
    return len(json.loads(body)["results"]["bindings"])


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/csv; charset=utf-8; header=present", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.6", "text/tab-separated-values"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, text/csv;q=0.1", "text/csv"),
        ("text/turtle, text/csv;q=0.1", "text/csv"),
        ("text/*", "text/csv"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("text/json", "application/sparql-results+json"),
    ],
)
def test_rows_come_in_the_format_that_is_wanted_most(service: Live, accept: str, kind: str) -> None:
    answer = service.query("SELECT ?d { ?d a dg:Document }", accept)
    assert (answer.status, answer.kind) == (200, kind)
    assert count(kind, answer.body) == 5
    assert set(answer.headers["vary"].split(", ")) == {"Accept", "Accept-Encoding"}


@pytest.mark.parametrize(
    ("form", "kind", "parser"),
    [
        ("ttl", "text/turtle", ox.RdfFormat.TURTLE),
        ("nt", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("rdf", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("jsonld", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("trig", "application/trig", ox.RdfFormat.TRIG),
        ("nq", "application/n-quads", ox.RdfFormat.N_QUADS),
    ],
)
def test_graphs_come_in_every_format(service: Live, form: str, kind: str, parser: ox.RdfFormat) -> None:
    [expected] = service.query("SELECT (COUNT(*) AS ?n) { ?s a ?c }").rows()
    for answer in (service.query(GRAPH, kind), service.query(GRAPH, "*/*", format=form)):
        assert (answer.status, answer.kind) == (200, kind)
        assert len(set(ox.parse(answer.body, parser))) == int(expected["n"])


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_every_format_has_all_rows(service: Live, form: str) -> None:
    [expected] = service.query("SELECT (COUNT(*) AS ?n) { ?s a ?c }").rows()
    answer = service.query("SELECT ?s ?c { ?s a ?c }", "*/*", format=form)
    assert count(answer.kind, answer.body) == int(expected["n"]) > 1000


@pytest.mark.parametrize(("accept", "form", "status"), [("image/png", "", 406), ("*/*", "pdf", 400)])
def test_a_format_that_there_is_not_is_refused(service: Live, accept: str, form: str, status: int) -> None:
    answer = service.query("ASK {}", accept, **({"format": form} if form else {}))
    assert (answer.status, answer.kind) == (status, "application/problem+json")
    assert "csv" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ASK {", (1, 6)),
        ("SELECT * {\n  ?s ?p ?o .\n  ?s ?p }\n", (4, 1)),
        ("SELECT * { ?s nope:p ?o }", (1, 21)),
    ],
)
def test_a_syntax_error_says_where_the_text_stops_making_sense(
    service: Live, text: str, place: tuple[int, int]
) -> None:
    answer = service.query(text)
    assert (answer.status, answer.kind) == (400, "application/problem+json")
    problem = answer.json()
    assert (problem["line"], problem["column"]) == place
    assert problem["title"] == "Syntax error"


def test_an_answer_that_is_known_is_not_sent_again(service: Live) -> None:
    path = "/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D"
    first = service.send("GET", path)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    for condition in ({"if_none_match": tag}, {"if_none_match": f'"x", {tag}'}, {"if_modified_since": date}):
        again = service.send("GET", path, **condition)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert service.send("GET", path, if_none_match='W/"other"').status == 200
    assert service.send("GET", path, if_none_match=tag, accept="text/csv;q=0.1").status in {200, 406}
    assert service.send("GET", path + "&format=xml", if_none_match=tag).status == 200


def test_a_tag_holds_until_the_graph_changes(writable: Live) -> None:
    path = "/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D"
    before = writable.send("GET", path)
    assert before.json()["boolean"] is False
    assert writable.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }").status == 204
    after = writable.send("GET", path, if_none_match=before.headers["etag"])
    assert (after.status, after.json()["boolean"]) == (200, True)


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_differs_each_time_has_no_tag(service: Live, function: str) -> None:
    answer = service.query(f"SELECT ({function} AS ?x) {{}}")
    assert answer.status == 200
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("text", [ALL, ALL + " LIMIT 100"])
def test_gzip_is_the_same_answer(service: Live, text: str) -> None:
    plain = service.query(text)
    path = "/sparql?" + urlencode({"query": text})
    packed = service.send("GET", path, accept="text/csv", accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 4
    assert gzip.decompress(packed.body) == plain.body
    refused = service.send("GET", "/sparql?query=ASK%7B%7D", accept_encoding="gzip;q=0")
    assert "content-encoding" not in refused.headers


def test_head_has_the_headers_and_no_body(service: Live) -> None:
    path = "/sparql?query=SELECT+%3Fs+%7B%3Fs+a+dg%3ADocument%7D"
    head, full = service.send("HEAD", path), service.send("GET", path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["etag"] == full.headers["etag"]
    assert head.headers["content-type"] == full.headers["content-type"]


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/sparql", {"GET", "HEAD", "POST", "OPTIONS"}),
        ("/update", {"POST", "OPTIONS"}),
        ("/data", {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"}),
    ],
)
def test_browsers_of_other_sites_may_ask(service: Live, path: str, methods: set[str]) -> None:
    answer = service.send("OPTIONS", path, origin="https://example.org", access_control_request_method="POST")
    assert answer.status == 200
    assert set(answer.headers["access-control-allow-methods"].split(", ")) == methods
    assert "Authorization" in answer.headers["access-control-allow-headers"]
    for reply in (answer, service.query("ASK {}"), service.query("ASK {")):
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "unsafe-inline" not in reply.headers["content-security-policy"]


def test_prefixes_of_the_project_need_not_be_declared(service: Live) -> None:
    assert service.query("ASK { ?e a dg:Event ; prov:wasDerivedFrom ?s }", "*/*").json()["boolean"]


def test_rdf_1_2_is_understood(writable: Live) -> None:
    said = "INSERT DATA { GRAPH <urn:g> { <urn:r> rdf:reifies <<( <urn:a> <urn:b> <urn:c> )>> } }"
    assert writable.update(said).status == 204
    assert writable.query("SELECT ?r { ?r rdf:reifies <<( ?s <urn:b> ?o )>> }").rows() == [{"r": "urn:r"}]


def test_the_union_is_a_set_in_every_kind_of_question(service: Live) -> None:
    [merged] = service.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
    distinct = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }"
    [quads] = service.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows()
    assert service.query(distinct).rows() == [merged]
    assert int(quads["n"]) > int(merged["n"])
    rows = service.query("SELECT ?p { ?p a dg:Person }").rows()
    assert len(rows) == len({row["p"] for row in rows}) > 0


def test_operators_see_numbers_and_no_questions(service: Live) -> None:
    service.query("SELECT ('a secret' AS ?x) {}")
    text = service.send("GET", "/metrics").body.decode()
    assert 'diplograph_requests_total{route="/sparql",method="GET",status="200",outcome="ok"}' in text
    assert 'diplograph_request_seconds_bucket{route="/sparql",le="+Inf"}' in text
    assert "secret" not in text


@pytest.mark.parametrize(
    ("text", "form", "dataset"),
    [
        ("ASK {}", "ASK", Dataset()),
        ("# SELECT\nCONSTRUCT WHERE { ?s ?p 'ASK' }", "CONSTRUCT", Dataset()),
        ("PREFIX ask: <urn:ask> DESCRIBE ask:x FROM ask:y", "DESCRIBE", Dataset(("urn:asky",))),
        ("SELECT * FROM <urn:a> FROM NAMED <urn:b> {}", "SELECT", Dataset(("urn:a",), ("urn:b",))),
        ("SELECT ?from { ?from ?p 'FROM <urn:x>' }", "SELECT", Dataset()),
    ],
)
def test_a_query_is_understood_from_its_words(text: str, form: str, dataset: Dataset) -> None:
    query = read(text)
    assert isinstance(query, Text)
    assert (query.form, query.dataset()) == (form, dataset)
    assert len(query.bare) == len(query.text)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 5", 5),
        ("SELECT * { ?s ?p ?o } ORDER BY ?s limit 5 offset 7 # }", 5),
        ("SELECT * { ?s ?p ?o } OFFSET 7 LIMIT 005", 5),
        ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 5 } ?o ?p ?q }", None),
        ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 5 } } ORDER BY ?limit", None),
        ("SELECT * { ?s ?p ?o } # LIMIT 5", None),
        ("SELECT * { ?s ?p 'LIMIT 5' }", None),
        ("SELECT * { ?s ?p ?o } LIMIT 5 VALUES ?s { <x> }", None),
        ("CONSTRUCT { ?s ?p ?o . ?o ?p ?s } WHERE { ?s ?p ?o } LIMIT 5", None),
        ("ASK {}", None),
    ],
)
def test_a_query_may_say_how_many_rows_there_are_at_most(text: str, limit: int | None) -> None:
    assert read(text).limit == limit


@pytest.mark.parametrize("rows", [2_000, 60_000])
def test_rows_are_counted_where_the_query_allows_more_than_there_may_be(rows: int) -> None:
    near, far = socket.socketpair()
    with near, far:
        outlet = Outlet(far, "csv", 1 << 30, 1_000)
        outlet.expect(rows)
        outlet.write(b"x\n" * 1_500)
        with pytest.raises(LimitError, match="more than 1,000 rows"):
            outlet.finish()


def test_rows_are_not_counted_where_the_query_allows_no_more_than_there_may_be() -> None:
    near, far = socket.socketpair()
    with near, far:
        outlet = Outlet(far, "csv", 1 << 30, 1_000)
        outlet.expect(1_000)
        outlet.write(b'"one row\nof many lines"\n' * 1_000)
        outlet.finish()
        assert wire.receive(near)[0] == wire.END


def test_streams_of_rows_are_whole(service: Live) -> None:
    answer = service.query(ALL, "application/sparql-results+json")
    [expected] = service.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
    assert len(json.load(io.BytesIO(answer.body))["results"]["bindings"]) == int(expected["n"])
    assert answer.headers["transfer-encoding"] == "chunked"


def test_small_answers_are_remembered_and_the_longest_unused_are_forgotten() -> None:
    remembered = Remembered()
    remembered.put("large", b"x" * (SMALL + 1))
    assert remembered.get("large") is None
    remembered.put("first", b"1")
    for n in range(600):
        assert remembered.get("first") == b"1"
        remembered.put(str(n), b"x" * SMALL)
    assert remembered.get("0") is None
    assert remembered.get("599") == b"x" * SMALL


def test_an_answer_that_is_remembered_is_the_same_answer(service: Live) -> None:
    text = "SELECT ?d { ?d a dg:Document } ORDER BY ?d"
    once, again = (service.query(text) for _ in range(2))
    same = {"date"}
    assert {k: v for k, v in once.headers.items() if k not in same} == {
        k: v for k, v in again.headers.items() if k not in same
    }
    assert once.body == again.body
    packed = service.send("GET", "/sparql?" + urlencode({"query": ALL + " LIMIT 40"}), accept_encoding="gzip")
    plain = service.send("GET", "/sparql?" + urlencode({"query": ALL + " LIMIT 40"}))
    assert gzip.decompress(packed.body) == plain.body
