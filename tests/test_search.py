"""Names and sentences are found in any form, ranked and with their place, by the API and in SPARQL."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from conftest import Live
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import ParameterError, QueryError
from graph.rdf import PREFIXES
from graph.search.entries import Entry
from graph.search.kept_texts import open_texts
from graph.search.text_index import Hits, Sought, TextIndex, write_index
from graph.search.words import folded, stem, words
from service.endpoint.fence import read
from service.endpoint.matching import with_matches

ODD = [
    '"',
    "'",
    '""',
    '"a" "',
    "AND",
    "a OR b",
    "NOT",
    "NEAR(a b)",
    "a*",
    "^a",
    "-a",
    "stems:a",
    "\0",
    "a\0b",
]
ODD += [
    "😀",
    "\ud7ff",
    "(",
    "a) OR (b",
    "; DROP TABLE entry",
    "½²",
    "_",
    "日本",
    "İ",
    "ﬁ",
    "%",
    "\\",
    "\u0301",
]


def entry(thing: str, text: str, language: str = "en", weight: float = 1.0) -> Entry:
    return Entry(f"urn:{thing}", "label", language, text, weight, None)


@pytest.fixture
def index(tmp_path: Path) -> TextIndex:
    """A few names in several languages."""
    path = tmp_path / "texts.sqlite"
    names = [
        entry("a", "Ministries of Foreign Affairs"),
        entry("a", "Ministère des Affaires étrangères", "fr"),
        entry("b", "Les ministres étrangers", "fr"),
        entry("c", "Министерства иностранных дел", "ru"),
        entry("d", "日本国外務省", "ja"),
        entry("e", "Affairs, foreign", weight=0.5),
        entry("f", "São Tomé"),
    ]
    write_index(path, names, [("urn:a", "Ministry"), ("urn:e", "Event")])
    return TextIndex(path)


@pytest.mark.parametrize(
    ("sought", "things"),
    [
        ("ministry", ["a"]),
        ("MINISTRIES foreign", ["a"]),
        ("étranger", ["b", "a"]),
        ("etrangere", ["b", "a"]),
        ("affair", ["a", "e"]),
        ('"foreign affairs"', ["a"]),
        ('"affairs foreign"', ["e"]),
        ("министерство", ["c"]),
        ("министерство дела", ["c"]),
        ("日本", ["d"]),
        ("本日", ["d"]),
        ('"本日"', []),
        ("sao tome", ["f"]),
        ("nothing", []),
        ("", []),
    ],
)
def test_words_are_found_in_any_form_of_their_language(
    index: TextIndex, sought: str, things: list[str]
) -> None:
    found = index.find(Sought(sought), 10)
    assert [hit.thing.removeprefix("urn:") for hit in found.found] == things
    assert found.total == len(things)


def test_the_beginning_of_the_last_word_is_enough(index: TextIndex) -> None:
    assert [hit.thing for hit in index.find(Sought("foreign aff", prefix=True), 10).found] == [
        "urn:a",
        "urn:e",
    ]
    assert index.find(Sought("aff foreign", prefix=True), 10).total == 0
    assert index.find(Sought("foreign aff"), 10).total == 0


def test_only_things_of_the_classes_that_are_wanted(index: TextIndex) -> None:
    assert [hit.thing for hit in index.find(Sought("foreign", classes=["Event"]), 10).found] == ["urn:e"]
    assert index.find(Sought("foreign", classes=[]), 10) == Hits(0, ())


def test_pages_are_parts_of_one_order(index: TextIndex) -> None:
    whole = index.find(Sought("affairs"), 10).found
    parts = [index.find(Sought("affairs"), 1, offset) for offset in range(2)]
    assert [hit for part in parts for hit in part.found] == list(whole)
    assert [hit.score for hit in whole] == sorted((hit.score for hit in whole), reverse=True)
    assert {part.total for part in parts} == {2}


def test_what_was_found_is_marked(index: TextIndex) -> None:
    [hit] = index.find(Sought("sao"), 1).found
    assert [hit.text[begin:end] for begin, end in hit.marks] == ["São"]


def test_too_many_words_are_refused(index: TextIndex) -> None:
    with pytest.raises(ParameterError, match="200 words"):
        index.find(Sought("a " * 201), 10)


def test_as_many_words_as_may_be_are_found(index: TextIndex) -> None:
    assert index.find(Sought("日本" * 100), 10).total == 1
    assert index.find(Sought('"' + "foreign " * 200), 10).total == 2


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("prefix", [True, False])
def test_nothing_is_an_operator(index: TextIndex, text: str, prefix: bool) -> None:
    assert index.find(Sought(text, prefix), 10).total <= 6


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30), st.booleans())
def test_any_text_can_be_sought(index: TextIndex, text: str, prefix: bool) -> None:
    assert index.find(Sought(text, prefix), 10).total <= 6


@settings(max_examples=300)
@given(st.text(max_size=40), st.sampled_from(["en", "fr", "ru", "ar", "ja", ""]))
def test_words_stand_where_they_say(text: str, language: str) -> None:
    for word in words(text, language):
        assert folded(text[word.begin : word.end]) == word.plain
        assert stem(text[word.begin : word.end], language) == word.stem


def test_the_same_graph_gives_the_same_index(built: Path, tmp_path: Path) -> None:
    places = [tmp_path / "one", tmp_path / "two"]
    one, two = (open_texts(built, place).path.read_bytes() for place in places)
    assert one == two


def asked(live: Live, **parameters: object) -> dict[str, object]:
    answer = live.send("GET", "/api/search?" + urlencode(parameters, doseq=True))
    assert answer.status == 200, answer.body
    found: dict[str, object] = answer.json()
    return found


def test_a_sentence_is_found_with_its_place_and_who_is_in_it(service: Live) -> None:
    found = asked(service, q="visiting russia", kind="sentence")
    assert found["total"]
    for hit in found["items"]:
        place = hit["evidence"]
        document = service.send("GET", f"/api/documents/{place['id']}").json()
        assert document["text"][place["begin"] : place["end"]] == place["quote"]
        assert "visit" in hit["snippet"]["text"].lower()
        assert {"Russia"} <= {thing["label"] for thing in hit["things"]}


def test_names_are_suggested_while_somebody_types(service: Live) -> None:
    found = asked(service, q="shinz", prefix="true", limit=1)
    [hit] = found["items"]
    assert (hit["id"], hit["kind"], hit["label"]) == ("person/shinzo-abe", "person", "Shinzo Abe")
    text, marks = hit["snippet"]["text"], hit["snippet"]["marks"]
    assert [text[begin:end] for begin, end in marks] == ["Shinzo"]
    place = hit["evidence"]
    assert place["quote"] in {"Shinzo Abe", "Abe", "Prime Minister Abe"}


def test_the_cursor_leads_through_everything_once(service: Live) -> None:
    whole = [hit["iri"] for hit in asked(service, q="russia", limit=100)["items"]]
    seen: list[str] = []
    page = asked(service, q="russia", limit=7)
    while True:
        seen += [hit["iri"] for hit in page["items"]]
        if page["next"] is None:
            break
        page = asked(service, q="russia", limit=7, cursor=page["next"])
    assert seen[: len(whole)] == whole
    assert len(seen) == len(set(seen)) == page["total"]


@pytest.mark.parametrize("text", ODD)
def test_odd_words_are_no_error_of_the_service(service: Live, text: str) -> None:
    assert service.send("GET", "/api/search?" + urlencode({"q": text})).status == 200
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    assert service.query(f'SELECT ?s {{ ?s dg:matches "{quoted}" }}').status == 200


@pytest.mark.parametrize("given", ["limit=0", "cursor=x", "cursor=-1", "kind=nobody", "prefix=1", ""])
def test_parameters_of_a_search_that_cannot_be_used(service: Live, given: str) -> None:
    assert service.send("GET", f"/api/search?{given}{'&q=a' if given else ''}").status == 422


@pytest.mark.parametrize(
    "pattern",
    [
        '?s dg:matches "shinzo abe"',
        '?s dg:matches "shinzo abe" . ?s a dg:Person',
        '?s a dg:Person ; dg:matches "shinzo abe" ; rdfs:label ?l',
        '(?s ?score) dg:matches ("shinzo abe" 50) ; a dg:Person . FILTER(?score > 0.5)',
        '?s <https://w3id.org/diplograph/ontology#matches> """Shinzo\\u0020ABE""" ; dg:matches "abe" .',
        '{ ?s dg:matches "shinzo abe" } UNION { ?s dg:matches "no such name" }',
        "?e dg:participant ?s FILTER(?e != 1.5) ?s dg:matches 'shinzo \"abe\"' # dg:matches",
    ],
)
def test_sparql_finds_by_words(service: Live, pattern: str) -> None:
    text = f"SELECT DISTINCT ?s {{ {pattern} \n FILTER(CONTAINS(STR(?s), '/person/')) }}"
    rows = service.query(text).rows()
    assert [row["s"].rpartition("/")[2] for row in rows] == ["shinzo-abe"]


def test_sentences_lead_from_words_to_events(service: Live) -> None:
    text = """SELECT DISTINCT ?e ?sentence { (?s ?score) dg:matches "expected to visit Russia" .
              ?e a dg:Visit ; prov:wasDerivedFrom ?s . ?s nif:anchorOf ?sentence }"""
    rows = service.query(text).rows()
    assert rows
    assert all("visit" in row["sentence"] for row in rows)


@pytest.mark.parametrize(
    "pattern",
    [
        "?s dg:matches ?words",
        '<urn:a> dg:matches "x"',
        '[] dg:matches "x"',
        '?s dg:initiator [ dg:matches "x" ]',
        '?s dg:matches "x", "y"',
        '?s dg:matches "x"@en',
        '?s ^dg:matches "x"',
        '?s dg:matches ("x" 0)',
        '?s dg:matches ("x" 100000)',
        '(?a ?b ?c) dg:matches "x"',
        " ".join(['?s dg:matches "x" .'] * 20),
        f'?s dg:matches "{"x " * 201}"',
    ],
)
def test_other_uses_are_refused_and_told(service: Live, pattern: str) -> None:
    answer = service.query(f"SELECT * {{ {pattern} }}")
    assert (answer.status, answer.kind) == (400, "application/problem+json")


def test_errors_speak_of_the_text_that_was_sent(service: Live) -> None:
    text = 'SELECT * { ?s dg:matches "abe" . ?s ?p }'
    problem = service.query(text).json()
    assert problem["detail"] == service.query(text.replace("matches", "another")).json()["detail"]
    assert (problem["line"], problem["column"]) == (1, 41)


@settings(max_examples=200)
@given(st.text(max_size=20), st.text(alphabet='<>"{}|\\^` \n}#;.', max_size=8))
def test_nothing_that_is_sought_or_found_changes_the_rest_of_a_query(sought: str, found: str) -> None:
    quoted = "".join(f"\\U{ord(c):08X}" for c in sought)
    query = read(f'SELECT ?s {{ ?s dg:matches "{quoted}" . ?s <urn:p> ?o }}')
    heard: list[str] = []

    def find(words: str, most: int) -> list[tuple[str, float]]:
        heard.append(words)
        return [(f"urn:{found}", 1.0), ("urn:fine", 0.5)]

    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:fine"), ox.NamedNode("urn:p"), ox.Literal("o")))
    rows = store.query(with_matches(query, find).text, prefixes=PREFIXES)
    assert heard == [sought]
    assert [row[0].value for row in rows] == ["urn:fine"]


def test_a_string_that_is_never_closed_is_the_parsers_to_refuse() -> None:
    with pytest.raises(QueryError):
        with_matches(read('SELECT * { ?s dg:matches "x }'), lambda *_: [])
