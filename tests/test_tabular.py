"""Answers as columns say what pyoxigraph says of the same rows, term by term."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from graph.networks.columns import NOTHING
from graph.networks.tabular import Tabular, is_iri, value

S, P = ox.NamedNode("https://example.org/s"), ox.NamedNode("https://example.org/p")
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
LITERALS = st.one_of(
    TEXTS.map(ox.Literal),
    TEXTS.map(lambda text: ox.Literal(text, language="en")),
    TEXTS.map(lambda text: ox.Literal(text, datatype=P)),
    st.integers(-(10**6), 10**6).map(ox.Literal),
    st.booleans().map(ox.Literal),
)


@given(
    st.lists(st.one_of(LITERALS, st.integers(0, 9).map(lambda n: ox.NamedNode(f"https://example.org/{n}"))))
)
def test_terms_have_the_values_that_the_store_gives_them(objects: list[ox.Literal | ox.NamedNode]) -> None:
    store = ox.Store()
    store.extend(ox.Quad(S, P, thing) for thing in objects)
    query = "SELECT ?o { ?s ?p ?o }"
    told = Tabular(store.query(query).serialize(format=ox.QueryResultsFormat.TSV) or b"").terms(0)
    found = [solution["o"] for solution in store.query(query)]
    assert [value(term) for term in told] == [term.value for term in found]
    assert [is_iri(term) for term in told] == [isinstance(term, ox.NamedNode) for term in found]


@given(st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 10**12)), TEXTS)))
def test_numbers_are_read_beside_texts(rows: list[tuple[int | None, str]]) -> None:
    listed = " ".join(f"({'UNDEF' if n is None else n} {ox.Literal(text)})" for n, text in rows)
    query = f"SELECT ?n ?t {{ VALUES (?n ?t) {{ {listed} }} }}"
    found = Tabular(ox.Store().query(query).serialize(format=ox.QueryResultsFormat.TSV) or b"")
    assert len(found) == len(rows)
    assert found.numbers(0).tolist() == [NOTHING if n is None else n for n, _ in rows]
    assert [value(term) for term in found.terms(1)] == [text for _, text in rows]
