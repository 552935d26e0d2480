"""The SPARQL 1.1 Protocol and Graph Store Protocol, request by request; and W3C's own suites."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from conftest import DIPLOGRAPH, SUITES, TOKEN, Live
from rdflib import Graph
from rdflib.compare import isomorphic

A, B, C = (f"http://example.org/graphs/{name}" for name in "abc")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def three(writable: Live) -> Live:
    """Three graphs, of which each says that it is one, and all say that water is wet."""
    for graph in (A, B, C):
        text = f"INSERT DATA {{ GRAPH <{graph}> {{ <{graph}> a <urn:Graph> . <urn:water> <urn:is> 'wet' }} }}"
        assert writable.update(text).status == 204
    return writable


def is_true(live: Live, text: str, **dataset: str | list[str]) -> bool:
    answer = live.query(text, "application/sparql-results+json", **dataset)
    assert answer.status == 200, answer.body
    return bool(answer.json()["boolean"])


def both(one: str, other: str) -> str:
    return f"ASK {{ <{one}> a ?x . <{other}> a ?x }}"


@pytest.mark.parametrize(
    ("method", "path", "body", "kind"),
    [
        ("GET", "/sparql?query=ASK%7B%7D", None, None),
        ("GET", "/sparql/?query=ASK+%7B%7D", None, None),
        ("POST", "/sparql", "query=ASK%20%7B%7D", FORM),
        ("POST", "/sparql", "query=ASK+%7B%7D", f"{FORM}; charset=utf-8"),
        ("POST", "/sparql", "ASK {}", "application/sparql-query"),
        ("POST", "/sparql", "ASK { FILTER('é' = 'é') }", "application/sparql-query; charset=UTF-8"),
        ("POST", f"/sparql?default-graph-uri={quote(A)}", "query=ASK%20%7B%7D", FORM),
    ],
)
def test_a_query_is_asked_in_every_way(
    service: Live, method: str, path: str, body: str | None, kind: str | None
) -> None:
    answer = service.send(method, path, body, **({"content_type": kind} if kind else {}))
    assert (answer.status, answer.kind) == (200, "application/sparql-results+json")
    assert answer.json()["boolean"] is True


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status"),
    [
        ("PUT", "/sparql?query=ASK%7B%7D", "", FORM, 405),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, None, 400),
        ("POST", "/sparql?query=ASK%7B%7D", "query=ASK%7B%7D", FORM, 400),
        ("POST", "/sparql", "default-graph-uri=urn:x", FORM, 400),
        ("POST", "/sparql", "ASK {}", "text/plain", 415),
        ("POST", "/sparql", "ASK {}", None, 415),
        ("POST", "/sparql", "query=ASK%7B%7D", None, 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), "application/sparql-query; charset=UTF-16", 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), "application/sparql-query", 400),
        ("POST", "/sparql", "query=ASK%7B%7D", f"{FORM}; charset=UTF-16", 415),
        ("GET", "/sparql?query=ASK%7B%FF%7D", None, None, 400),
        ("GET", "/sparql?query=ASK%20%7B", None, None, 400),
        ("GET", "/sparql?update=CLEAR%20ALL", None, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=no-iri", None, None, 400),
        ("GET", "/sparql?query=" + "a" * 1_100_000, None, None, 431),
        ("POST", "/sparql", "#" * 1_100_000, "application/sparql-query", 413),
        ("GET", "/update?update=CLEAR%20ALL", None, None, 405),
        ("GET", "/data", None, None, 400),
        ("GET", "/data?default&graph=urn:x", None, None, 400),
        ("GET", "/data?graph=urn:x&graph=urn:y", None, None, 400),
        ("GET", "/data?graph=no-iri", None, None, 400),
        ("PATCH", "/data?default", None, None, 405),
    ],
)
def test_what_the_protocol_does_not_allow_is_refused(
    service: Live, method: str, path: str, body: bytes | str | None, kind: str | None, status: int
) -> None:
    answer = service.send(method, path, body, **({"content_type": kind} if kind else {}))
    assert answer.status == status
    if status != 431:  # the server refuses that before the application sees it
        assert answer.kind == "application/problem+json"
        assert answer.json()["status"] == status


def test_the_request_names_the_default_graph(three: Live) -> None:
    assert is_true(three, both(A, B), **{"default-graph-uri": [A, B]})
    assert not is_true(three, both(A, C), **{"default-graph-uri": [A, B]})
    assert not is_true(three, "ASK { GRAPH ?g { ?s ?p ?o } }", **{"default-graph-uri": A})


def test_the_request_names_named_graphs(three: Live) -> None:
    asked = f"ASK {{ GRAPH ?g {{ <{A}> a ?x }} GRAPH ?h {{ <{B}> a ?x }} }}"
    assert is_true(three, asked, **{"named-graph-uri": [A, B]})
    assert not is_true(three, asked, **{"named-graph-uri": [A, C]})
    assert not is_true(three, "ASK { ?s ?p ?o }", **{"named-graph-uri": [A, B]})


def test_the_request_wins_over_the_query(three: Live) -> None:
    asked = f"ASK FROM <{C}> {{ GRAPH ?g {{ <{A}> a ?x }} }}"
    assert is_true(three, asked, **{"named-graph-uri": [A, B]})
    assert not is_true(three, asked)


def test_without_any_name_the_default_graph_is_all_graphs_together(three: Live) -> None:
    assert is_true(three, f"ASK {{ <{A}> a ?x . <{B}> a ?x . <{C}> a ?x }}")
    assert is_true(three, f"ASK {{ GRAPH <{A}> {{ <{A}> a ?x }} <{B}> a ?x }}")


@pytest.mark.parametrize(
    ("clauses", "dataset"),
    [
        ("", {}),
        (f"FROM <{A}> FROM <{B}> FROM <{C}>", {}),
        ("PREFIX g: <http://example.org/graphs/> FROM g:a FROM g:b FROM <http://example.org/graphs/c>", {}),
        ("BASE <http://example.org/> FROM <graphs/a> FROM <graphs/b> FROM <graphs/c>", {}),
        ("", {"default-graph-uri": [A, B, C]}),
    ],
)
def test_what_three_graphs_say_is_counted_once(
    three: Live, clauses: str, dataset: dict[str, list[str]]
) -> None:
    prologue, graphs = re.fullmatch(r"((?:(?:PREFIX \S+|BASE) \S+ )?)(.*)", clauses).groups()
    text = f"{prologue} SELECT (COUNT(*) AS ?n) {graphs} {{ <urn:water> <urn:is> ?how }}"
    assert three.query(text, **dataset).rows() == [{"n": "1"}]


def test_each_graph_still_says_it_for_itself(three: Live) -> None:
    text = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { <urn:water> <urn:is> ?how } }"
    assert three.query(text).rows() == [{"n": "3"}]


def test_relative_iris_are_relative_to_the_endpoint(three: Live) -> None:
    assert three.update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> <there> } }").status == 204
    found = three.query("SELECT ?o { <urn:s> <urn:p> ?o }").rows()
    assert found == [{"o": f"{three.url}/there"}]


@pytest.mark.parametrize(
    ("using", "made"),
    [
        ({}, 0),  # an update that names no graph looks into the unnamed one, which is empty
        ({"using-graph-uri": [A]}, 2),
        ({"using-graph-uri": [A, B]}, 3),
        ({"using-graph-uri": [A], "using-named-graph-uri": [B]}, 2),
        ({"using-named-graph-uri": [A, B]}, 0),
    ],
)
def test_an_update_looks_into_the_graphs_that_the_request_names(
    three: Live, using: dict[str, list[str]], made: int
) -> None:
    text = "INSERT { GRAPH <urn:copy> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert three.update(text, "/update?" + urlencode(using, doseq=True)).status == 204
    found = three.query("SELECT (COUNT(*) AS ?n) { GRAPH <urn:copy> { ?s ?p ?o } }").rows()
    assert found == [{"n": str(made)}]


def test_an_update_by_a_form(three: Live) -> None:
    body = urlencode({"update": f"DROP GRAPH <{A}>"})
    assert three.write("POST", "/update", body, content_type=FORM).status == 204
    assert not is_true(three, f"ASK {{ GRAPH <{A}> {{ ?s ?p ?o }} }}")


@pytest.mark.parametrize(
    ("path", "body", "kind", "status"),
    [
        ("/update", "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM, 400),
        ("/update", "CLEAR NAMED", "text/plain", 415),
        ("/update", "update=CLEAR%20NAMED", None, 415),
        ("/update", "CLEAR NAMED".encode("utf-16"), "application/sparql-update; charset=UTF-16", 415),
        ("/update", "update=CLEAR%20XYZ", FORM, 400),
        ("/update", "DROP GRAPH <urn:none>", "application/sparql-update", 400),
        (
            "/update?using-named-graph-uri=urn:x",
            "WITH <urn:y> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
            "application/sparql-update",
            400,
        ),
        (
            "/update?using-graph-uri=urn:x",
            "DELETE { ?s ?p ?o } USING <urn:y> WHERE { ?s ?p ?o }",
            "application/sparql-update",
            400,
        ),
    ],
)
def test_a_bad_update_changes_nothing(
    three: Live, path: str, body: bytes | str, kind: str | None, status: int
) -> None:
    before = three.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows()
    answer = three.write("POST", path, body, **({"content_type": kind} if kind else {}))
    assert (answer.status, answer.kind) == (status, "application/problem+json")
    assert three.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows() == before


MET = '<urn:one> <urn:met> [ <urn:name> "Two" ] .'
ALSO = "<urn:one> <urn:age> 3 ."


def turtle(live: Live, path: str) -> Graph:
    answer = live.send("GET", path, accept="text/turtle")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/turtle; charset=utf-8")
    return Graph().parse(data=answer.body, format="turtle")


def says(*texts: str) -> Graph:
    return Graph().parse(data="\n".join(texts), format="turtle")


@pytest.mark.parametrize("path", [f"/data?graph={quote(A, safe='')}", "/data?default", "/data/people/1.ttl"])
def test_a_graph_is_put_read_added_to_and_deleted(writable: Live, path: str) -> None:
    is_default = path.endswith("default")
    first = writable.write("PUT", path, MET, content_type="text/turtle; charset=utf-8")
    assert first.status == (204 if is_default else 201)
    assert isomorphic(turtle(writable, path), says(MET))
    assert writable.write("PUT", path, ALSO, content_type="text/turtle").status == 204
    assert isomorphic(turtle(writable, path), says(ALSO))
    assert writable.write("POST", path, MET, content_type="text/turtle").status == 204
    assert isomorphic(turtle(writable, path), says(MET, ALSO))
    head = writable.send("HEAD", path, accept="text/turtle; charset=utf-8")
    assert (head.status, head.body) == (200, b"")
    assert writable.write("DELETE", path).status == 204
    assert writable.send("GET", path).status == (200 if is_default else 404)
    assert writable.send("HEAD", path).status == (200 if is_default else 404)
    assert writable.write("DELETE", path).status == (204 if is_default else 404)


def test_a_post_that_names_no_graph_makes_one_and_says_where(writable: Live) -> None:
    answer = writable.write("POST", "/data", MET, content_type="text/turtle")
    assert answer.status == 201
    place = answer.headers["location"]
    assert isomorphic(turtle(writable, f"/data?graph={quote(place, safe='')}"), says(MET))
    assert isomorphic(turtle(writable, place.removeprefix(writable.url)), says(MET))


def test_a_form_of_several_files_is_one_graph(writable: Live) -> None:
    head = 'Content-Disposition: form-data; name="{0}"; filename="{0}"\r\nContent-Type: text/turtle'
    part = "--cut\r\n" + head + "\r\n\r\n{1}\r\n"
    body = part.format("a.ttl", MET) + part.format("b.ttl", ALSO) + "--cut--\r\n"
    answer = writable.write("POST", "/data/both", body, content_type="multipart/form-data; boundary=cut")
    assert answer.status == 201
    assert isomorphic(turtle(writable, "/data/both"), says(MET, ALSO))


def test_names_of_graphs_are_decoded_once(writable: Live) -> None:
    once, twice = "/data?graph=http://example.org/%31", "/data?graph=http://example.org/%2531"
    assert writable.write("PUT", once, MET, content_type="text/turtle").status == 201
    assert writable.write("PUT", twice, ALSO, content_type="text/turtle").status == 201
    assert isomorphic(turtle(writable, "/data?graph=http%3A%2F%2Fexample.org%2F1"), says(MET))
    assert isomorphic(turtle(writable, twice), says(ALSO))


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/turtle", "<urn:a> <urn:b> .", 400),
        ("text/turtle; charset=latin-1", MET, 415),
        ("text/csv", "a,b", 415),
        ("application/n-quads", "<urn:a> <urn:b> <urn:c> <urn:other> .", 400),
        ("application/ld+json", '{"@context": "http://127.0.0.1:9/context"}', 400),
        (
            "application/rdf+xml",
            '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x">'
            '<rdf:Description rdf:about="urn:s"><x:p>&e;</x:p></rdf:Description></rdf:RDF>',
            400,
        ),
    ],
)
def test_what_cannot_be_read_changes_no_graph(writable: Live, kind: str, body: str, status: int) -> None:
    answer = writable.write("PUT", "/data/x", body, content_type=kind)
    assert (answer.status, answer.kind) == (status, "application/problem+json")
    assert writable.send("GET", "/data/x").status == 404


def test_what_is_written_is_seen_by_the_next_query_and_outlives_builds(
    writable: Live, tmp_path: Path
) -> None:
    assert writable.update("INSERT DATA { GRAPH <urn:mine> { <urn:a> <urn:b> 'kept' } }").status == 204
    text = "SELECT ?o { GRAPH <urn:mine> { ?s ?p ?o } }"
    assert writable.query(text).rows() == [{"o": "kept"}]
    (tmp_path / "a.txt").write_text("President Ama Mensah of Ghana visited Kenya in May 2019.")
    build = [*DIPLOGRAPH, "build", str(tmp_path / "a.txt"), "--store", str(writable.store)]
    subprocess.run(build, check=True, capture_output=True)
    while not (found := writable.query("SELECT ?label { ?p a dg:Person ; rdfs:label ?label }").rows()):
        time.sleep(0.05)  # the new snapshot is on its way, and nothing fails meanwhile
    assert {"label": "Ama Mensah"} in found
    assert writable.query(text).rows() == [{"o": "kept"}]


def test_the_service_describes_itself(service: Live) -> None:
    graph = turtle(service, "/sparql")
    asked = """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        ASK { ?service a sd:Service ; sd:endpoint <%s/sparql> ; sd:supportedLanguage sd:SPARQL11Query ;
              sd:feature sd:UnionDefaultGraph ; sd:resultFormat ?format ; sd:defaultDataset ?dataset }"""
    assert graph.query(asked % service.url).askAnswer
    for form, kind in (("rdf", "application/rdf+xml"), ("jsonld", "application/ld+json")):
        assert service.send("GET", "/sparql", accept=kind).kind == kind
        assert service.send("GET", f"/sparql?format={form}").kind == kind


def test_the_dataset_is_described_with_its_real_size(service: Live) -> None:
    graph = turtle(service, "/.well-known/void")
    [size] = graph.objects(predicate=next(p for p in graph.predicates() if p.endswith("#triples")))
    assert service.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows() == [{"n": str(size)}]


if SUITES.is_dir():  # elsewhere the summary of the tests says that they were not run

    def test_w3c_suites_pass_in_full(writable: Live) -> None:
        runner = [sys.executable, str(SUITES / "run_protocol.py"), "--token", TOKEN]
        for option, path in {"query": "sparql", "update": "update", "gsp": "data", "direct": "data"}.items():
            runner += [f"--{option}", f"{writable.url}/{path}"]
        outcome = subprocess.run(runner, capture_output=True, text=True, check=True)
        assert outcome.stdout.splitlines()[-1] == "protocol 34/34  gsp 9/9  gsp-direct 4/4", outcome.stdout
