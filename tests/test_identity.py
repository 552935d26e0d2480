"""Who is who across documents: merges need a name and, for a surname, an office; order never matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identities.geography import Geography
from graph.identity import Identity, identify
from graph.iri import Namespace, document_slug, fold, fold_lines, slug
from graph.ledger import Judgement, Side, Verdict
from graph.model import Document, Entity, Event, Mention, Reading, Span, Tenure

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


@given(st.lists(st.text(st.sampled_from("the The' sS’aB-._,1 \té"), max_size=14), min_size=1))
def test_many_names_are_folded_as_each_is(names: list[str]) -> None:
    assert fold_lines("\n".join(names)).split("\n") == list(map(fold, names))


def test_events_of_one_trigger_stay_as_many_as_they_are() -> None:
    one = Event("e1", "Visit", SENTENCE, (SENTENCE,), (), "actual", "test")
    two = Event("e2", "Visit", SENTENCE, (SENTENCE,), (), "actual", "test")
    found = iris(Reading(Document("a", "0123456789", ()), (), (), (), (), (one, two), ()))
    assert found["a", "e1"] == "https://example.org/id/event/visit-a-0"
    assert found["a", "e2"] == "https://example.org/id/event/visit-a-0-2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergey Orlov", "Sergei Orlov"),
        ("Yevgeny Afanasin", "Evgenii Afanasin"),
        ("Masato Koumura", "Masato Kōmura"),
        ("Ivan Khabarov", "Ivan Habarov"),
        ("Pavel Belyi", "Pavel Bely"),
        ("Mahmoud Darwich", "Mahmud Darwich"),
    ],
)
def test_spellings_of_one_name_are_one_person(one: str, other: str) -> None:
    found = identify([reading("a", (one, None, None)), reading("b", (other, None, None))], NAMES)
    assert found.iris["a", "p0"] == found.iris["b", "p0"]
    (tie,) = found.joins
    assert (tie.rule, tie.score) == ("spelling", 0.9)
    assert one in tie.reason
    assert other in tie.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Masahiko Komura", "Masahiro Komura"),
        ("Igor Dunin", "Sergey Dunin"),
        ("Martin Hale", "Martin Hale Jr."),
        ("John A. Reed", "John B. Reed"),
        ("Li Na", "Lee Na"),
    ],
)
def test_near_misses_stay_two(one: str, other: str) -> None:
    found = iris(reading("a", (one, None, None)), reading("b", (other, None, None)))
    assert found["a", "p0"] != found["b", "p0"]


def test_a_short_first_name_joins_the_long_one_of_the_same_office() -> None:
    president = ("President", "Ruritania")
    found = iris(reading("a", ("Joe Marsh", *president)), reading("b", ("Joseph Marsh", *president)))
    assert found["a", "p0"] == found["b", "p0"]


def dated(told: Reading, issued: str) -> Reading:
    return replace(told, document=replace(told.document, issued=issued))


def test_a_surname_is_not_that_of_an_earlier_holder_of_the_office() -> None:
    found = iris(
        dated(reading("a", ("Henry Marsh", "President", "Ruritania")), "1991-05-01"),
        dated(reading("b", ("Marsh", "President", "Ruritania")), "2003-05-01"),
    )
    assert found["a", "p0"] != found["b", "p0"]


def test_a_surname_that_two_holders_share_is_asked_about() -> None:
    found = identify(
        [
            reading("a", ("Henry Marsh", "Envoy", "Ruritania")),
            reading("b", ("Mary Marsh", "Envoy", "Ruritania")),
            reading("c", ("Marsh", "Envoy", "Ruritania")),
        ],
        NAMES,
    )
    assert len({found.iris[d, "p0"] for d in "abc"}) == 3
    assert {frozenset((t.a[0], t.b[0])) for t in found.doubts} >= {frozenset("ac"), frozenset("bc")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Foreign Ministry", "Ministry of Foreign Affairs"),
        ("Defence Ministry", "Ministry of Defense"),
        ("Finance Ministry", "Federal Ministry of Finance"),
    ],
)
def test_ministries_of_one_state_with_names_that_say_the_same_are_one(one: str, other: str) -> None:
    state = Entity("t1", "territory", "State", "Chile", known="chile")
    bodies = [Entity("i1", "institution", "Ministry", name, state="t1") for name in (one, other)]
    found = iris(*(reading(d, entities=(state, b)) for d, b in zip("ab", bodies, strict=True)))
    assert found["a", "i1"] == found["b", "i1"]


def test_ministries_of_two_states_stay_two() -> None:
    told = []
    for document, name in (("a", "Chile"), ("b", "Peru")):
        state = Entity("t1", "territory", "State", name, known=name.lower())
        ministry = Entity("i1", "institution", "Ministry", "Ministry of Foreign Affairs", state="t1")
        told.append(reading(document, entities=(state, ministry)))
    found = iris(*told)
    assert found["a", "i1"] != found["b", "i1"]


def test_an_acronym_joins_the_body_that_a_document_gives_it_to() -> None:
    named = Entity("i1", "institution", "ThinkTank", "Institute of Polar Studies", aliases=("IPS",))
    short = Entity("i1", "institution", "Institution", "IPS")
    found = iris(reading("a", entities=(named,)), reading("b", entities=(short,)))
    assert found["a", "i1"] == found["b", "i1"]


def test_an_acronym_of_two_bodies_joins_neither() -> None:
    found = iris(
        reading(
            "a", entities=(Entity("i1", "institution", "ThinkTank", "Institute of Polar Studies", ("IPS",)),)
        ),
        reading("b", entities=(Entity("i1", "institution", "Company", "Iron Pipe Supply", ("IPS",)),)),
        reading("c", entities=(Entity("i1", "institution", "Institution", "IPS"),)),
    )
    assert len({found[d, "i1"] for d in "abc"}) == 3


def test_a_ministry_without_a_state_is_that_of_the_place_of_issue() -> None:
    chile = Entity("t1", "territory", "State", "Chile", known="chile")
    city = Entity("t2", "territory", "City", "Santiago", known="santiago")
    ministry = Entity("i1", "institution", "Ministry", "Foreign Ministry")
    told = reading("a", entities=(chile, city, ministry))
    told = replace(told, document=replace(told.document, place="SANTIAGO"))
    owned = reading("b", entities=(chile, replace(ministry, state="t1")))
    geography = Geography(state={"santiago": "chile"}.get)
    found = identify([told, owned], NAMES, geography=geography).iris
    assert found["a", "i1"] == found["b", "i1"]


def side(*places: str, name: str = "person/ana-costa") -> Side:
    return Side(name=name, places=places)


def mentioned(told: Reading) -> Reading:
    """The reading with a mention of each person at its own place."""
    people = [e.key for e in told.entities if e.kind == "person"]
    mentions = [Mention(Span(n, n + 1), key, "name") for n, key in enumerate(people)]
    return replace(told, mentions=tuple(mentions))


def judged(*verdicts: tuple[Verdict, Side, Side]) -> list[Judgement]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Judgement(number=n, verdict=v, a=a, b=b, by="", why="", at=at)
        for n, (v, a, b) in enumerate(verdicts, 1)
    ]


A, B, C = (mentioned(reading(d, ("Ana Costa", None, None))) for d in "abc")
OTHER = mentioned(reading("o", ("Bo Li", "Envoy", "Peru")))
AT_A, AT_B, AT_O = side("a#char=0,1"), side("b#char=0,1"), side("o#char=0,1", name="person/bo-li")


def persons(readings: list[Reading], judgements: list[Judgement]) -> dict[str, str]:
    found = identify(readings, NAMES, judgements=judgements).iris
    return {r.document.identifier: found[r.document.identifier, "p0"] for r in readings}


def test_what_people_part_stays_apart_and_the_rest_stays_with_the_first() -> None:
    found = persons([A, B, C], judged(("different", AT_A, AT_B)))
    assert found["a"] == found["c"] != found["b"]


def test_what_people_join_is_one_with_all_that_either_was() -> None:
    told = [A, B, OTHER, mentioned(reading("p", ("Bo Li", "Envoy", "Peru")))]
    assert len(set(persons(told, judged(("same", AT_A, AT_O))).values())) == 1


def test_the_newest_judgement_holds() -> None:
    found = identify([A, OTHER], NAMES, judgements=judged(("different", AT_A, AT_O), ("same", AT_A, AT_O)))
    assert found.iris["a", "p0"] == found.iris["o", "p0"]
    assert found.judged.overridden == {1}


def test_without_its_judgement_everything_is_as_it_was() -> None:
    before = identify([A, B, OTHER], NAMES)
    assert identify([A, B, OTHER], NAMES, judgements=[]) == before
    assert persons([A, B, OTHER], judged(("unsure", AT_A, AT_O))) == persons([A, B, OTHER], [])


def test_a_judgement_on_what_is_gone_rests_until_it_comes_back() -> None:
    told = judged(("same", AT_A, AT_O))
    assert len(set(persons([B, OTHER], told).values())) == 2
    assert len(set(persons([A, B, OTHER], told).values())) == 1


def test_rows_of_the_name_tables_can_be_judged_too() -> None:
    def on(document: str, row: str) -> Reading:
        told = reading(document, entities=(Entity("t1", "territory", "Island", row.title(), known=row),))
        return replace(told, mentions=(Mention(Span(0, 1), "t1", "name"),))

    told = [on("a", "hither-isle"), on("b", "hither-isle"), on("c", "yonder-isle"), on("d", "yonder-isle")]
    one, other = (side(f"{d}#char=0,1", name=f"territory/{d}") for d in "ac")
    found = identify(told, NAMES, judgements=judged(("same", one, other))).iris
    assert {found[d, "t1"] for d in "abcd"} == {"https://example.org/id/territory/hither-isle"}


PLACES = st.sampled_from(["d0#char=0,1", "d0#char=1,2", "d1#char=0,1", "d2#char=0,1", "d3#char=0,1"])
VERDICTS = st.tuples(st.sampled_from(["same", "different", "unsure"]), PLACES, PLACES)


@given(
    st.lists(st.lists(st.tuples(NAME, TITLE, STATE), max_size=3), min_size=1, max_size=6),
    st.lists(VERDICTS, max_size=4),
    st.randoms(),
)
def test_judgements_hold_whatever_the_order_of_readings(
    documents: list[list[tuple[str, str, str]]], said: list[tuple[Verdict, str, str]], random: object
) -> None:
    readings = [mentioned(reading(f"d{n}", *people)) for n, people in enumerate(documents)]
    judgements = judged(*((verdict, side(a), side(b)) for verdict, a, b in said))
    before = identify(readings, NAMES, judgements=judgements)
    random.shuffle(readings)  # type: ignore[attr-defined]
    assert identify(readings, NAMES, judgements=judgements) == before
    for judgement in judgements:
        ends = [
            before.iris.get((place.partition("#")[0], f"p{place.partition('=')[2][0]}"))
            for place in (judgement.a.places[0], judgement.b.places[0])
        ]
        holds = judgement.number not in before.judged.overridden and judgement.verdict != "unsure"
        if None not in ends and holds and judgement.a != judgement.b:
            assert (ends[0] == ends[1]) == (judgement.verdict == "same")
