"""The page that asks: it answers what the endpoint answers, and every sentence leads to its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat, Store, serialize
from pyoxigraph import Quad as OxQuad

from graph.rdf import PREFIXES
from graph.settings import Settings
from service.app import create_app
from service.named import named_queries
from service.pages import pictures
from service.pages.results import Results
from service.pages.terms import Term, address, row_of_table, short, triple

WORDS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=20)


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(store=built))
    with app.test_client() as client:
        yield client
    app.extensions["workers"].close()


def page(client: FlaskClient, status: int = 200, **asked: str) -> str:
    answer = client.get("/query", query_string=asked)
    assert answer.status_code == status
    return unescape(answer.get_data(as_text=True))


def test_every_named_query_is_offered_and_answers(client: FlaskClient) -> None:
    start = page(client)
    for name, query in named_queries().items():
        assert query.question in start
        assert f"/query?named={name}" in start
        assert re.search(r"[1-9][\d,]* rows?<", page(client, named=name)), name


def test_rows_are_those_of_the_endpoint(client: FlaskClient) -> None:
    text = "SELECT ?p { ?p a dg:Person } ORDER BY ?p"
    told = client.get("/sparql", query_string={"query": text, "format": "csv"}).get_data(as_text=True)
    iris = told.split()[1:]
    shown = re.findall(r'<td class="iri[^"]*"[^>]*><a href="(/id/person/[^"]+)"', page(client, query=text))
    assert [iri.removeprefix("https://w3id.org/diplograph") for iri in iris] == shown


def test_rows_come_in_pages(client: FlaskClient) -> None:
    text = "SELECT ?p { ?p a dg:Person } ORDER BY ?p"
    whole = re.findall(r'<td class="iri[^"]*"[^>]*><a href="([^"]+)"', page(client, query=text))
    parts = [page(client, query=text, limit="5", offset=str(begin)) for begin in range(0, len(whole), 5)]
    found = [re.findall(r'<td class="iri[^"]*"[^>]*><a href="([^"]+)"', part) for part in parts]
    assert [link for part in found for link in part] == whole
    assert f"1–5 of {len(whole)}" in parts[0]


def test_a_sentence_leads_to_its_place_in_the_text(client: FlaskClient) -> None:
    text = page(client, named="says", actor="Seko")
    assert "Hiroshige Seko" in text
    links = re.findall(r'<a href="(/doc/[^"#]+)#(char=\d+,\d+)">([^<]+)</a>', text)
    assert links
    for document, anchor, words in links:
        begin, end = map(int, anchor.removeprefix("char=").split(","))
        told = client.get(f"/api/documents/{document.removeprefix('/doc/')}").get_json()["text"]
        assert told[begin:end] == words


def test_a_parameter_narrows_a_named_query(client: FlaskClient) -> None:
    assert "Konstantin Kosachev" in page(client, named="says")
    text = page(client, named="says", actor="Seko")
    assert "Konstantin Kosachev" not in text
    assert 'value="Seko"' in text


def test_an_error_says_where_it_is(client: FlaskClient) -> None:
    text = page(client, 400, query="SELECT *\nWHERE { ?s ?p }")
    assert "Syntax error in line 2, column" in text
    assert 'data-line="2"' in text
    assert "no parameter 'colour'" in page(client, 400, named="says", colour="red")


def test_words_are_looked_for_as_at_the_endpoint(client: FlaskClient) -> None:
    text = page(client, query='SELECT ?p { ?p dg:matches "kosachev" }')
    assert "/id/person/konstantin-kosachev" in text


def test_nobody_reaches_out(client: FlaskClient) -> None:
    text = page(client, 403, query="SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    assert "does not fetch http://example.org/" in text


def test_yes_or_no_and_graphs_are_answers_too(client: FlaskClient) -> None:
    assert "Yes." in page(client, query="ASK { ?s a dg:Person }")
    assert "No." in page(client, query="ASK { ?s a dg:Nothing }")
    triples = page(client, query="CONSTRUCT WHERE { ?s a dg:Person }")
    assert '<th scope="col">subject</th>' in triples
    assert triples.count("dg:Person") > 10


def test_a_chart_and_a_network_are_drawn(client: FlaskClient) -> None:
    chart = page(client, named="counts", **{"as": "chart"})
    assert chart.count("<rect") == int(re.findall(r"(\d+) rows", chart)[0])
    network = page(client, named="network", **{"as": "network"})
    assert "Vladimir Putin" in network
    assert network.count("<circle") > network.count("<line x1") > 0
    nothing = page(client, query="SELECT ?p { ?p a dg:Person }", **{"as": "chart"})
    assert "these rows have none" in nothing


def test_markup_in_a_query_stays_words(client: FlaskClient) -> None:
    answer = client.get("/query?query=" + quote('SELECT ("<script>alert(1)</script>" AS ?x) {}'))
    assert b"<script>alert" not in answer.data


@given(WORDS, WORDS)
def test_terms_are_read_as_they_were_written(words: str, more: str) -> None:
    store = Store()
    thing = NamedNode("https://example.org/a%20b")
    terms = [Literal(words), Literal(more, language="en"), Literal(words, datatype=NamedNode("http://a.b/c"))]
    for n, term in enumerate(terms):
        store.add(OxQuad(thing, NamedNode(f"http://a.b/{n}"), term))
    written = serialize((q.triple for q in store), format=RdfFormat.N_TRIPLES)
    assert written
    lines = [triple(line) for line in written.decode().split("\n") if line]
    expected = {
        Term("literal", words), Term("literal", more, "en"), Term("literal", words, type="http://a.b/c"),
    }  # fmt: skip
    assert {line[2] for line in lines} == expected
    assert {line[0] for line in lines} == {Term("iri", thing.value)}
    table = store.query("SELECT ?o { ?s ?p ?o }").serialize(format=QueryResultsFormat.TSV)  # type: ignore[union-attr]
    assert table
    assert {row_of_table(line)[0] for line in table.decode().split("\n")[1:-1]} == expected


def test_numbers_blanks_and_nothing_are_told_apart() -> None:
    row = row_of_table('3\t2.5\t"1000"^^<http://www.w3.org/2001/XMLSchema#double>\t\t_:b0\ttrue')
    assert [term.kind for term in row] == ["number", "number", "number", "nothing", "blank", "literal"]
    assert [term.number for term in row] == [3, 2.5, 1000, None, None, None]


def test_iris_are_shortened_and_lead_to_pages() -> None:
    base = "https://w3id.org/diplograph/"
    assert short("https://w3id.org/diplograph/ontology#Event", PREFIXES) == "dg:Event"
    assert short("https://example.org/x", PREFIXES) == "https://example.org/x"
    assert address(f"{base}id/person/a", base) == "/id/person/a"
    assert address(f"{base}doc/a#char=1,2", base) == "/doc/a#char=1,2"
    assert address(f"{base}ontology#Event", base) == f"{base}ontology#Event"
    assert address("javascript:alert(1)", base) == ""
    assert address(f"{base}id/tenure/x", base) == f"{base}id/tenure/x"


def numbers(*values: float) -> Results:
    rows = tuple((Term("literal", f"n{n}"), Term("number", str(value))) for n, value in enumerate(values))
    return Results(("name", "number"), rows, len(rows))


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_bars_are_as_long_as_their_numbers(values: list[float]) -> None:
    made = pictures.bars(numbers(*values), "name", "number")
    assert [bar.value for bar in made] == values
    assert all(bar.begin >= -0.01 and bar.begin + bar.length <= 100.01 for bar in made)
    longest = max(made, key=lambda bar: bar.length)
    assert abs(longest.value) == max(map(abs, values))


def test_a_picture_of_pairs_has_each_thing_once() -> None:
    a, b, c = (Term("iri", f"http://a.b/{name}") for name in "abc")
    rows = ((a, b), (b, c), (a, b), (a, Term("nothing")))
    nodes, lines = pictures.network(Results(("x", "y"), rows, 4), "x", "y")
    assert {node.term for node in nodes} == {a, b, c}
    assert sorted(line.number for line in lines) == [1, 2]
    assert all(0 <= node.x <= 100 and 0 <= node.y <= 100 for node in nodes)


def test_blank_nodes_have_names() -> None:
    assert triple(f"{BlankNode('b1')} <http://a.b/c> <http://a.b/d> .")[0] == Term("blank", "b1")
