"""Other people's software asks the service: SPARQLWrapper, rdflib's SPARQLStore, pandas, curl, Comunica."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from urllib.parse import urlencode

import pandas
import pytest
from conftest import COMUNICA, ROOT, TOKEN, Live
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, POST, RDFXML, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

DOCUMENTS = "PREFIX dg: <https://w3id.org/diplograph/ontology#> SELECT ?d { ?d a dg:Document } ORDER BY ?d"


def wrapper(live: Live, text: str) -> SPARQLWrapper:
    found = SPARQLWrapper(f"{live.url}/sparql", updateEndpoint=f"{live.url}/update")
    found.setQuery(text)
    return found


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_reads_rows(service: Live, method: str) -> None:
    asked = wrapper(service, DOCUMENTS)
    asked.setMethod(method)
    asked.setReturnFormat(JSON)
    assert len(asked.queryAndConvert()["results"]["bindings"]) == 5
    asked.setReturnFormat(XML)
    assert len(asked.queryAndConvert().getElementsByTagName("result")) == 5
    asked.setReturnFormat(CSV)
    assert len(list(csv.DictReader(io.StringIO(asked.queryAndConvert().decode())))) == 5


def test_sparqlwrapper_reads_graphs(service: Live) -> None:
    asked = wrapper(service, "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 50")
    asked.setReturnFormat(TURTLE)
    assert len(Graph().parse(data=asked.queryAndConvert(), format="turtle")) == 50
    asked.setReturnFormat(RDFXML)
    assert len(Graph().parse(data=asked.query().response.read(), format="xml")) == 50


def test_sparqlwrapper_is_told_of_errors(service: Live) -> None:
    with pytest.raises(QueryBadFormed, match="column"):
        wrapper(service, "SELECT * {").query()


def test_sparqlwrapper_writes_with_the_token(writable: Live) -> None:
    asked = wrapper(writable, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 'c' } }")
    asked.setMethod(POST)
    asked.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    asked.query()
    assert writable.query("SELECT ?o { ?s ?p ?o }").rows() == [{"o": "c"}]


def test_rdflib_reads_through_its_store(service: Live) -> None:
    graph = Graph(SPARQLStore(f"{service.url}/sparql"))
    documents = [row.d for row in graph.query(DOCUMENTS)]
    assert len(documents) == 5
    assert (documents[0], None, None) in graph
    assert len(list(graph.triples((documents[0], None, None)))) > 3


def test_rdflib_writes_through_its_store(writable: Live) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    store = SPARQLUpdateStore(f"{writable.url}/sparql", f"{writable.url}/update", headers=headers)
    graph = Graph(store, URIRef("urn:g"))
    graph.add((URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:c")))
    assert writable.query("SELECT ?o { GRAPH <urn:g> { ?s ?p ?o } }").rows() == [{"o": "urn:c"}]


def test_pandas_reads_csv(service: Live) -> None:
    address = f"{service.url}/sparql?" + urlencode({"query": DOCUMENTS, "format": "csv"})
    table = pandas.read_csv(address)
    assert list(table.columns) == ["d"]
    assert len(table) == 5


def test_curl_asks_by_form_and_by_body(service: Live) -> None:
    for way in (
        ["--data-urlencode", f"query={DOCUMENTS}"],
        ["--data-binary", DOCUMENTS, "-H", "Content-Type: application/sparql-query"],
        ["-G", "--compressed", "--data-urlencode", f"query={DOCUMENTS}"],
    ):
        command = ["curl", "-sSf", "-H", "Accept: text/csv", *way, f"{service.url}/sparql"]
        outcome = subprocess.run(command, capture_output=True, text=True, check=True)
        assert len(outcome.stdout.splitlines()) == 6


def test_curl_notices_an_answer_that_was_cut(service: Live) -> None:
    asked = ["-G", "--data-urlencode", "query=SELECT * { ?a ?b ?c . ?d ?e ?f }", f"{service.url}/sparql"]
    outcome = subprocess.run(["curl", "-s", *asked], capture_output=True, check=False)
    assert outcome.returncode == 18  # a partial file


if COMUNICA.is_file() or os.environ.get("CI") == "true":  # elsewhere the summary says that it was not run

    def comunica(live: Live, text: str, kind: str) -> subprocess.CompletedProcess[str]:
        path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
        command = ["node", str(COMUNICA), f"{live.url}/sparql", "-q", text, "-t", kind]
        return subprocess.run(
            command, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
        )

    def test_comunica_reads_rows_and_graphs(service: Live) -> None:
        rows = comunica(service, DOCUMENTS, "application/sparql-results+json")
        assert len(json.loads(rows.stdout)["results"]["bindings"]) == 5, rows.stderr
        text = DOCUMENTS.partition("SELECT")[0] + "CONSTRUCT { ?d a dg:Document } WHERE { ?d a dg:Document }"
        graph = comunica(service, text, "application/n-triples")
        assert len(Graph().parse(data=graph.stdout, format="nt")) == 5, graph.stderr

    def test_comunica_joins_over_the_service(service: Live) -> None:
        text = """PREFIX dg: <https://w3id.org/diplograph/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
            SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e a dg:Visit ; prov:wasDerivedFrom ?s }"""
        answer = comunica(service, text, "text/csv")
        assert answer.stdout.split() == service.query(text).body.decode().split(), answer.stderr

    def test_comunica_is_told_of_a_query_that_was_cut(service: Live) -> None:
        answer = comunica(service, "SELECT * { ?a ?b ?c . ?d ?e ?f }", "text/csv")
        assert answer.returncode != 0 or answer.stderr
