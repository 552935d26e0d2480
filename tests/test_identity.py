"""Who is who across documents: merges need a name and, for a surname, an office; order never matters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity import Identity, identify
from graph.iri import Namespace, document_slug, fold, slug
from graph.model import Document, Entity, Event, Reading, Span, Tenure

NAMES = Namespace("https://example.org/")
SENTENCE = Span(0, 10)


def reading(
    identifier: str, *people: tuple[str, str | None, str | None], entities: tuple[Entity, ...] = ()
) -> Reading:
    """A reading of people given as name, title and state."""
    states = {state for _, _, state in people if state}
    found = [Entity(f"t-{s}", "territory", "State", s, known=s.lower()) for s in sorted(states)]
    tenures = []
    for n, (name, title, state) in enumerate(people):
        found.append(Entity(f"p{n}", "person", "Person", name))
        if title:
            of = f"t-{state}" if state else None
            tenures.append(Tenure(f"p{n}", title, of, SENTENCE, SENTENCE, "test"))
    return Reading(
        Document(identifier, "0123456789", ()), (), (*found, *entities), (), tuple(tenures), (), ()
    )


def iris(*readings: Reading) -> dict[tuple[str, str], str]:
    return dict(identify(readings, NAMES).iris)


def test_one_full_name_in_two_documents_is_one_person() -> None:
    found = iris(reading("a", ("Amina Okafor", None, None)), reading("b", ("Amina Okafor", None, None)))
    assert found["a", "p0"] == found["b", "p0"] == "https://example.org/id/person/amina-okafor"


def test_a_middle_name_may_be_left_out() -> None:
    found = iris(reading("a", ("Jorge Luis Rivas", None, None)), reading("b", ("Jorge Rivas", None, None)))
    assert found["a", "p0"] == found["b", "p0"]


def test_a_short_form_of_two_fuller_names_joins_neither() -> None:
    found = iris(
        reading("a", ("Jorge Luis Rivas", None, None)),
        reading("b", ("Jorge Pablo Rivas", None, None)),
        reading("c", ("Jorge Rivas", None, None)),
    )
    assert len({found["a", "p0"], found["b", "p0"], found["c", "p0"]}) == 3


def test_a_surname_joins_the_full_name_that_shares_its_office() -> None:
    found = iris(
        reading("a", ("Amina Okafor", "Foreign Minister", "Ghana")),
        reading("b", ("Okafor", "Foreign Minister", "Ghana")),
    )
    assert found["a", "p0"] == found["b", "p0"]


def test_a_surname_with_another_office_stays_apart() -> None:
    found = iris(
        reading("a", ("Amina Okafor", "Foreign Minister", "Ghana")),
        reading("b", ("Okafor", "Governor", "Nigeria")),
    )
    assert found["a", "p0"] != found["b", "p0"]


def test_a_surname_without_office_is_never_merged_across_documents() -> None:
    found = iris(reading("a", ("Johnson", None, None)), reading("b", ("Johnson", None, None)))
    assert found["a", "p0"] != found["b", "p0"]


def test_two_people_of_one_name_and_different_states_stay_two() -> None:
    found = iris(
        reading("a", ("Maria Silva", "Ambassador", "Brazil")),
        reading("b", ("Maria Silva", "Governor", "Angola")),
    )
    assert found["a", "p0"] != found["b", "p0"]
    assert "brazil" in found["a", "p0"]
    assert "angola" in found["b", "p0"]


def test_family_name_first_is_the_same_person_where_the_office_is() -> None:
    found = iris(
        reading("a", ("Tran Minh", "President", "Vietnam")),
        reading("b", ("Minh Tran", "President", "Vietnam")),
    )
    assert found["a", "p0"] == found["b", "p0"]


@pytest.mark.parametrize("cls", ["Ministry", "Government", "ArmedForces"])
def test_a_bare_generic_name_is_its_documents_own(cls: str) -> None:
    ministry = Entity("i1", "institution", cls, "Foreign Ministry")
    found = iris(reading("a", entities=(ministry,)), reading("b", entities=(ministry,)))
    assert found["a", "i1"] != found["b", "i1"]


def test_a_generic_name_is_shared_by_documents_on_its_state() -> None:
    state = Entity("t1", "territory", "State", "Chile", known="chile")
    ministry = Entity("i1", "institution", "Ministry", "Foreign Ministry", state="t1")
    found = iris(reading("a", entities=(state, ministry)), reading("b", entities=(state, ministry)))
    assert found["a", "i1"] == found["b", "i1"] == "https://example.org/id/institution/foreign-ministry-chile"


def test_a_treaty_without_a_proper_name_is_its_documents_own() -> None:
    treaty = Entity("x1", "instrument", "Treaty", "peace treaty")
    named = Entity("x2", "instrument", "Treaty", "Treaty of Lagos")
    found = iris(reading("a", entities=(treaty, named)), reading("b", entities=(treaty, named)))
    assert found["a", "x1"] != found["b", "x1"]
    assert found["a", "x2"] == found["b", "x2"]


NAME = st.sampled_from(["Ana Costa", "Ana Maria Costa", "Costa", "Costa Ana", "Ana", "Bo Li", "Li"])
TITLE = st.sampled_from([None, "President", "Envoy"])
STATE = st.sampled_from([None, "Chile", "Peru"])


@given(st.lists(st.lists(st.tuples(NAME, TITLE, STATE), max_size=3), min_size=1, max_size=6), st.randoms())
def test_the_order_of_readings_does_not_matter(
    documents: list[list[tuple[str, str, str]]], random: object
) -> None:
    readings = [reading(f"d{n}", *people) for n, people in enumerate(documents)]
    before: Identity = identify(readings, NAMES)
    random.shuffle(readings)  # type: ignore[attr-defined]
    after = identify(readings, NAMES)
    assert before.iris == after.iris
    assert before.labels == after.labels


@given(st.lists(st.lists(st.tuples(NAME, TITLE, STATE), max_size=3), min_size=1, max_size=6))
def test_two_people_of_one_document_stay_two(documents: list[list[tuple[str, str, str]]]) -> None:
    readings = [reading(f"d{n}", *people) for n, people in enumerate(documents)]
    found = identify(readings, NAMES).iris
    for r in readings:
        own = [found[r.document.identifier, e.key] for e in r.entities if e.kind == "person"]
        assert len(own) == len(set(own))


@given(st.text(min_size=1))
def test_slugs_are_path_segments(name: str) -> None:
    assert slug(name).strip("-")
    assert all(c.isascii() and (c.isalnum() or c == "-") for c in slug(name))
    assert 0 < len(slug(name)) <= 80


@given(st.text(min_size=1), st.text(min_size=1))
def test_documents_of_different_identifiers_have_different_slugs(a: str, b: str) -> None:
    if a.removesuffix(".txt") != b.removesuffix(".txt"):
        assert document_slug(a) != document_slug(b)


def test_folding_forgets_case_accents_articles_and_possessives() -> None:
    assert fold("The Élysée’s") == fold("elysee") == "elysee"


def test_events_of_one_trigger_stay_as_many_as_they_are() -> None:
    one = Event("e1", "Visit", SENTENCE, (SENTENCE,), (), "actual", "test")
    two = Event("e2", "Visit", SENTENCE, (SENTENCE,), (), "actual", "test")
    found = iris(Reading(Document("a", "0123456789", ()), (), (), (), (), (one, two), ()))
    assert found["a", "e1"] == "https://example.org/id/event/visit-a-0"
    assert found["a", "e2"] == "https://example.org/id/event/visit-a-0-2"
