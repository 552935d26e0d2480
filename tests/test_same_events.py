"""Events across documents: one for all accounts of it, each document's graph as it tells it, else apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identities.accounts import as_told_once
from graph.identities.geography import Geography
from graph.identity import Identity, identify
from graph.iri import Namespace
from graph.ledger import Judgement
from graph.model import Document, Entity, Event, Factuality, Mention, Reading, Role, Span, Tenure, When
from graph.rdf import document_quads

NAMES = Namespace("https://example.org/")
SENTENCE = Span(0, 60)
TEXT = "One of them met the other there on that day, about that plan."
PEOPLE = {"ana": "Ana Costa", "bo": "Bo Li", "carl": "Carl Moe", "dora": "Dora Ruiz"}
STATES = ("chile", "peru", "norway", "atlantis")
CITIES = ("lima", "oslo")
HOLDS = {"ana": "chile", "bo": "peru", "carl": "norway"}
CONTESTED = {
    "coral-isles": ("coral-isles", frozenset({"chile", "peru"})),
    "reef": ("coral-isles", frozenset({"chile", "peru"})),
}
GEOGRAPHY = Geography(contested=CONTESTED.get, parent={"lima": "peru", "oslo": "norway"}.get)


def told(
    document: str,
    cls: str,
    roles: str,
    when: str | None = None,
    factuality: Factuality = "actual",
    trigger: int = 0,
) -> Reading:
    """A reading of one event; ``roles`` as in "initiator:ana about:=the_plan", with = before words."""
    return Reading(
        Document(document, TEXT, ()),
        (SENTENCE,),
        tuple(_entities()),
        (Mention(Span(trigger, trigger + 3), "e1", "trigger"),),
        tuple(Tenure(p, "Minister", of, SENTENCE, SENTENCE, "test") for p, of in HOLDS.items()),
        (_event("e1", cls, roles, when, factuality, trigger),),
        (),
    )


def _entities() -> list[Entity]:
    people = [Entity(key, "person", "Person", name) for key, name in PEOPLE.items()]
    states = [Entity(key, "territory", "State", key.title(), known=key) for key in STATES]
    cities = [Entity(key, "territory", "City", key.title(), known=key) for key in CITIES]
    isles = [Entity(key, "territory", "Island", key.title(), known=key) for key in CONTESTED]
    pact = Entity("pact", "instrument", "Treaty", "Treaty of Lima")
    return [*people, *states, *cities, *isles, pact]


def _event(
    key: str,
    cls: str,
    roles: str,
    when: str | None = None,
    factuality: Factuality = "actual",
    trigger: int = 0,
) -> Event:
    parts = [part.replace("_", " ").split(":") for part in roles.split()]
    found = tuple(
        Role(name, Span(0, 3), literal=value[1:])
        if value[0] == "="
        else Role(name, Span(0, 3), value.replace(" ", "-"))
        for name, value in parts
    )
    edtf = when or ""
    start, end = edtf + "-01-01"[len(edtf) - 10 :], edtf + "-12-28"[len(edtf) - 10 :]
    if len(edtf) == 10:
        start = end = edtf
    date = When(edtf, start, end, Span(0, 3)) if when else None
    return Event(key, cls, Span(trigger, trigger + 3), (SENTENCE,), found, factuality, "test", date)


def known(*readings: Reading, judgements: tuple[Judgement, ...] = ()) -> Identity:
    return identify(readings, NAMES, geography=GEOGRAPHY, judgements=judgements)


def are_one(*readings: Reading) -> bool:
    found = known(*readings).iris
    return len({found[r.document.identifier, "e1"] for r in readings}) == 1


BOTH = "participant:ana participant:bo"
STATES_MEET = "participant:chile participant:peru"
TO_LIMA = "initiator:ana place:lima"
PLAN = "initiator:ana about:=new_plan"
FULL_PLAN = "initiator:ana recipient:bo about:=the_plan place:lima"

SAME = [
    ("Meeting", BOTH, "2016-04-15", "Meeting", BOTH, "2016-04-15"),
    ("Meeting", BOTH, "2016-04-15", "SummitMeeting", BOTH, "2016-04-15"),
    ("Meeting", f"{BOTH} place:lima", "2016-04-15", "Meeting", f"{BOTH} place:peru", "2016-04"),
    ("Meeting", f"{BOTH} place:lima", "2016-04-15", "Meeting", f"{BOTH} place:lima", "2016-04-16"),
    ("Meeting", BOTH, "2016-04-15", "Meeting", STATES_MEET, "2016-04-15"),
    ("Visit", TO_LIMA, "2016-04", "Visit", TO_LIMA, "2016-04-15"),
    ("Proposal", PLAN, "2016-05", "Proposal", FULL_PLAN, "2016-05-06"),
    ("Disaster", "place:lima", "2016-04", "Disaster", "place:lima", "2016-04-15"),
    ("Agreement", f"{STATES_MEET} about:pact", None, "Agreement", f"{STATES_MEET} about:pact", "1998-10-26"),
    ("Dispute", f"{STATES_MEET} about:reef", None, "Dispute", "about:coral-isles", None),
]

APART = [
    ("Statement", "initiator:ana", "2016-04-15", "Statement", "initiator:ana", "2016-04-15"),
    ("Meeting", BOTH, "2015-04-15", "Meeting", BOTH, "2016-04-15"),
    ("Meeting", BOTH, None, "Meeting", BOTH, None),
    ("Meeting", BOTH, "2016", "Meeting", BOTH, "2016"),
    ("Meeting", BOTH, "2016-04-15", "Meeting", "participant:ana participant:carl", "2016-04-15"),
    ("Meeting", "participant:ana", "2016-04-15", "Meeting", "participant:ana", "2016-04-15"),
    ("Meeting", BOTH, "2016-04-15", "Criticism", BOTH, "2016-04-15"),
    ("Visit", TO_LIMA, "2016-04-15", "Visit", "initiator:ana place:oslo", "2016-04-15"),
    ("Visit", TO_LIMA, "2016-04-15", "Visit", "initiator:bo place:lima", "2016-04-15"),
    ("Cooperation", STATES_MEET, None, "Cooperation", STATES_MEET, None),
    ("Disaster", "place:lima", "2016-04-15", "Disaster", "place:oslo", "2016-04-15"),
    ("Dispute", "participant:chile participant:norway about:reef", None, "Dispute", "about:reef", None),
]


@pytest.mark.parametrize("pair", SAME)
def test_accounts_of_one_event_are_one(pair: tuple[str, ...]) -> None:
    a, b = told("a", *pair[:3]), told("b", *pair[3:])
    assert are_one(a, b)
    assert known(a, b) == known(b, a)


@pytest.mark.parametrize("pair", APART)
def test_what_may_be_two_stays_two(pair: tuple[str, ...]) -> None:
    assert not are_one(told("a", *pair[:3]), told("b", *pair[3:]))


def test_each_document_keeps_what_it_says_of_the_one_event() -> None:
    a = told("a", "Meeting", BOTH, "2016-04-15", "planned")
    b = told("b", "Meeting", f"{BOTH} place:lima", "2016-04-16")
    identity = known(a, b)

    def says(reading: Reading) -> dict[str, str]:
        """The object of each property of the event in the document's graph, as it is written."""
        event = f"<{identity.iris['a', 'e1']}> <"
        quads = (str(q) for q in document_quads(reading, identity, NAMES))
        parts = (q.removeprefix(event).split("> ", 1) for q in quads if q.startswith(event))
        return {prop.rsplit("#", 1)[-1]: thing for prop, thing in parts}

    one, other = says(a), says(b)
    assert ("2016-04-15" in one["when"], "2016-04-16" in other["when"]) == (True, True)
    assert ("Planned" in one["factuality"], "Actual" in other["factuality"]) == (True, True)
    assert ("place" in one, "place" in other) == (False, True)
    assert one["label"].split("@")[0] == other["label"].split("@")[0]


def test_the_reason_for_one_event_is_told() -> None:
    (tie,) = (
        t for t in known(*(told(d, "Meeting", BOTH, "2016-04-15") for d in "ab")).joins if t.rule == "event"
    )
    assert tie.reason == "the same day, 2016-04-15; with Ana Costa, Bo Li"
    assert tie.score > 0.8


def test_what_is_likely_but_not_certain_is_asked() -> None:
    found = known(told("a", "Meeting", BOTH), told("b", "Meeting", BOTH))
    assert [(t.a[0], t.b[0]) for t in found.doubts] == [("a", "b")]


def test_an_event_of_several_accounts_has_the_iri_of_the_first_and_the_label_of_the_fullest() -> None:
    found = known(
        told("b", "Meeting", BOTH, "2016-04"),
        told("a", "Meeting", f"{BOTH} place:lima", "2016-04-15", trigger=7),
    )
    assert found.iris["b", "e1"] == "https://example.org/id/event/meeting-a-7"
    assert found.labels[found.iris["b", "e1"]] == "Ana Costa – Bo Li meeting, 2016-04-15"


def test_a_dispute_without_its_ground_is_the_one_that_its_document_tells_of() -> None:
    named = told("a", "Dispute", "participant:chile participant:peru about:coral-isles")
    bare = _event("e2", "Dispute", "participant:chile participant:peru", trigger=20)
    found = known(replace(named, events=(*named.events, bare))).iris
    assert found["a", "e1"] == found["a", "e2"]


def test_two_events_of_one_document_stay_two() -> None:
    a = told("a", "Meeting", BOTH, "2016-04-15")
    again = _event("e2", "Meeting", BOTH, "2016-04-15", trigger=20)
    both = replace(a, events=(*a.events, again))
    found = known(both, told("b", "Meeting", BOTH, "2016-04-15")).iris
    assert found["a", "e1"] != found["a", "e2"]
    assert found["b", "e1"] in {found["a", "e1"], found["a", "e2"]}


def test_several_accounts_in_one_document_are_told_as_one() -> None:
    one = _event("e1", "Meeting", BOTH, "2016-04", "planned")
    other = replace(_event("e2", "Meeting", "participant:carl", "2016-04-15"), source="bo")
    merged = as_told_once([one, other])
    assert (merged.factuality, merged.source) == ("actual", None)
    assert merged.when is not None
    assert merged.when.edtf == "2016-04-15"
    assert [r.entity for r in merged.roles] == ["ana", "bo", "carl"]


WHO = st.sampled_from(
    [BOTH, "participant:ana participant:carl", "initiator:ana", "participant:chile participant:peru"]
)
WHERE = st.sampled_from(["", " place:lima", " place:oslo", " about:=the_plan", " about:coral-isles"])
WHEN = st.sampled_from([None, "2016-04", "2016-04-14", "2016-04-15", "2016-04-17", "2017-04-15"])
CLASS = st.sampled_from(["Meeting", "SummitMeeting", "Visit", "Dispute", "Statement"])


@given(st.lists(st.tuples(CLASS, WHO, WHERE, WHEN), min_size=1, max_size=8), st.randoms())
def test_order_never_matters(accounts: list[tuple[str, str, str, str | None]], random: object) -> None:
    readings = [told(f"d{n}", cls, who + where, when) for n, (cls, who, where, when) in enumerate(accounts)]
    before = known(*readings)
    random.shuffle(readings)  # type: ignore[attr-defined]
    assert known(*readings) == before


@given(st.lists(st.tuples(CLASS, WHO, WHERE, WHEN), min_size=1, max_size=8))
def test_dates_of_one_event_lie_together(accounts: list[tuple[str, str, str, str | None]]) -> None:
    readings = [told(f"d{n}", cls, who + where, when) for n, (cls, who, where, when) in enumerate(accounts)]
    found = known(*readings).iris
    days: dict[str, set[str]] = {}
    for reading in readings:
        event = reading.events[0]
        if event.cls != "Dispute" and event.when and len(event.when.edtf) == 10:
            days.setdefault(found[reading.document.identifier, "e1"], set()).add(event.when.edtf)
    assert all(int(max(d)[-2:]) - int(min(d)[-2:]) <= 3 and max(d)[:4] == min(d)[:4] for d in days.values())
