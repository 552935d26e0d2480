"""Reviewing who is who in a store: found by many names, judged, told why, the same after any builds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.build import Tables, drop, rebuild, refresh
from graph.cache import Cache
from graph.decisions import candidates, merges
from graph.errors import LedgerError, NotFoundError, StoreError
from graph.ledger import LEDGER
from graph.model import Document, Entity, Event, Mention, Reading, Role, Span, Tenure, When
from graph.review import Review, forms
from graph.settings import Settings
from graph.snapshots import open_snapshot
from graph.store import Store
from service.cli import main

BASE = Settings().base
SENTENCE = Span(0, 37)


def reading(identifier: str, name: str, title: str | None = None, day: str = "2019-05-03") -> Reading:
    """Someone, perhaps with an office of Ghana, met Kofi Adjei somewhere that day."""
    text = f"{name:<12} met Kofi Adjei in Ghana."
    when = When(day, day, day, Span(0, 1))
    roles = (Role("participant", Span(0, 12), "p1"), Role("participant", Span(17, 27), "p2"))
    tenures = (Tenure("p1", title, "t1", Span(0, 12), SENTENCE, "test"),) if title else ()
    return Reading(
        Document(identifier, text, ()),
        (SENTENCE,),
        (
            Entity("p1", "person", "Person", name),
            Entity("p2", "person", "Person", "Kofi Adjei"),
            Entity("t1", "territory", "State", "Ghana", known="ghana"),
        ),
        (
            Mention(Span(0, len(name)), "p1", "name"),
            Mention(Span(17, 27), "p2", "name"),
            Mention(Span(31, 36), "t1", "name"),
            Mention(Span(13, 16), "e1", "trigger"),
        ),
        tenures,
        (Event("e1", "Meeting", Span(13, 16), (SENTENCE,), roles, "actual", "test", when),),
        (),
    )


TEXTS = [
    reading("a.txt", "Ama Mensah", "President"),
    reading("b.txt", "Mensah", "President"),
    reading("c.txt", "Amina Mensa"),
    reading("d.txt", "Yaw Mensah", "Minister", "2020-01-01"),
]


def build(folder: Path, readings: Iterable[Reading]) -> None:
    """What a build does once texts are read."""
    chosen = Settings(store=folder)
    with Store(folder) as store:
        cache = Cache(folder)
        for told in readings:
            cache.add(told.document.identifier, told.document.identifier, told)
        refresh(store, cache, chosen, Tables())
        cache.close()


def quads(folder: Path) -> list[str]:
    return sorted(map(str, open_snapshot(folder)))


@pytest.fixture
def kg(tmp_path: Path) -> Path:
    folder = tmp_path / "kg"
    build(folder, TEXTS)
    return folder


def review(folder: Path) -> Review:
    return Review(folder, BASE)


def again(folder: Path) -> None:
    rebuild(folder, Settings(store=folder), Tables())


@pytest.mark.parametrize(
    "text",
    ["person/kofi-adjei", f"{BASE}id/person/kofi-adjei", "Kofi Adjei", "kofi adjei", "b.txt#char=17,27"],
)
def test_a_thing_is_found_by_iri_id_label_and_place(kg: Path, text: str) -> None:
    assert review(kg).find(text).name == "person/kofi-adjei"


def test_a_thing_is_found_as_one_document_tells_of_it(kg: Path) -> None:
    found = review(kg).find("Kofi Adjei@c.txt")
    assert (found.name, found.document) == ("person/kofi-adjei", "c.txt")
    with pytest.raises(NotFoundError, match=r"c\.txt does not speak of Ama Mensah"):
        review(kg).find("person/ama-mensah@c.txt")


def test_what_is_not_there_is_told_with_what_is_like_it(kg: Path) -> None:
    with pytest.raises(NotFoundError, match=r"called 'Kofi Annan'.*person/kofi-adjei"):
        review(kg).find("Kofi Annan")


def test_a_name_of_several_things_lists_them(kg: Path) -> None:
    review(kg).judge("different", "Kofi Adjei@a.txt", "Kofi Adjei@b.txt")
    again(kg)
    with pytest.raises(NotFoundError, match=r"2 things are called 'Kofi Adjei'.*person/kofi-adjei-a"):
        review(kg).find("Kofi Adjei")


def test_a_thing_is_found_by_the_id_that_it_had_before(kg: Path) -> None:
    before = review(kg).find("c.txt#char=0,11").name
    review(kg).judge("same", "Ama Mensah", "Amina Mensa", "Ama is short for Amina")
    again(kg)
    assert review(kg).find(before).name == review(kg).find("person/ama-mensah").name


def test_why_tells_the_machines_reasons(kg: Path) -> None:
    (merge,) = review(kg).why("person/ama-mensah").merges
    assert merge.reason == "Mensah has the name and office, president, of Ama Mensah"
    assert (merge.a.name, merge.b.name) == ("person/ama-mensah", "person/mensah")
    assert merge.b.sentence == "Mensah met Kofi Adjei in Ghana."


def test_why_tells_mentions_merges_and_judgements(kg: Path) -> None:
    review(kg).judge("same", "Ama Mensah", "Amina Mensa", "Ama is short for Amina")
    again(kg)
    reasons = review(kg).why("person/ama-mensah")
    assert reasons.documents == ("a.txt", "b.txt", "c.txt")
    assert dict(forms(reasons.mentions)) == {"Ama Mensah": 1, "Amina Mensa": 1, "Mensah": 1}
    told = {m.reason for m in reasons.merges}
    assert "judgement 1: Ama is short for Amina" in told
    assert [j.number for j in reasons.judgements] == [1]


def test_a_merge_that_is_undone_comes_apart_and_stays_apart(kg: Path) -> None:
    assert review(kg).find("b.txt#char=0,6").name == "person/ama-mensah"
    judgement = review(kg).undo("Mensah@b.txt", "Ama Mensah@a.txt")
    assert (judgement.verdict, judgement.undone) == ("different", None)
    for _ in range(2):
        again(kg)
        assert review(kg).find("b.txt#char=0,6").name != review(kg).find("a.txt#char=0,10").name
    build(kg, [reading("e.txt", "Ama Mensah", "President")])
    assert review(kg).find("b.txt#char=0,6").name != review(kg).find("a.txt#char=0,10").name


def test_a_judgement_that_is_undone_leaves_the_graph_as_it_was(kg: Path) -> None:
    before = quads(kg)
    review(kg).judge("same", "Ama Mensah", "Amina Mensa")
    again(kg)
    assert quads(kg) != before
    review(kg).undo("person/ama-mensah", "Amina Mensa")
    again(kg)
    assert quads(kg) == before


def test_a_thing_is_not_judged_the_same_as_itself(kg: Path) -> None:
    with pytest.raises(LedgerError, match=r"one thing already.*person/kofi-adjei@a\.txt"):
        review(kg).judge("different", "Kofi Adjei", "person/kofi-adjei")
    assert not (kg / LEDGER).exists()


def test_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    kg = tmp_path / "kg"
    build(kg, [TEXTS[0], reading("e.txt", "Esi Mensah", "President")])
    (asked,) = (c for c in review(kg).candidates() if c.rule == "office")
    assert {asked.a.label, asked.b.label} == {"Ama Mensah", "Esi Mensah"}
    review(kg).judge("unsure", asked.a.name, asked.b.name)
    assert asked not in review(kg).candidates()
    again(kg)
    assert candidates(kg) == ()


def test_decisions_follow_from_texts_and_ledger_alone(kg: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for told in reversed(TEXTS):
        build(other, [told])
    assert merges(kg) == merges(other)
    assert candidates(kg) == candidates(other)


def test_decisions_before_the_first_build_are_missed_plainly(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no decisions"):
        candidates(tmp_path)


def test_a_broken_ledger_stops_a_build_and_nothing_changes(kg: Path) -> None:
    before = quads(kg)
    (kg / LEDGER).write_text("what?\n", encoding="utf-8")
    with pytest.raises(LedgerError, match="line 1 "):
        build(kg, [reading("e.txt", "Esi Mensah")])
    assert quads(kg) == before


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(TEXTS), st.integers(0, len(TEXTS)), st.booleans())
def test_any_two_builds_give_the_graph_of_one(
    tmp_path_factory: pytest.TempPathFactory, order: list[Reading], cut: int, judged: bool
) -> None:
    one, two = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    if judged:
        build(one, TEXTS)
        review(one).judge("same", "person/ama-mensah", "c.txt#char=0,11")
        (two / LEDGER).write_bytes((one / LEDGER).read_bytes())
        drop(["a.txt", "b.txt", "c.txt", "d.txt"], one, Settings(store=one), Tables())
    build(one, TEXTS)
    build(two, order[:cut])
    build(two, order[cut:])
    assert quads(one) == quads(two)


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--store", str(folder)])


def test_commands_judge_refresh_and_undo(kg: Path) -> None:
    said = run(kg, "same", "Ama Mensah", "Amina Mensa", "--why", "Ama is short for Amina", "--by", "ek")
    assert said.exit_code == 0, said.output
    assert "Line 1 of the ledger" in said.output
    assert "no text was read" in said.output
    told = run(kg, "why", "Ama Mensah").output
    assert "3 mentions in 3 documents" in told
    assert "by ek" in told
    listed = run(kg, "undo").output
    assert "1 judgement in" in listed
    assert "Taken back" in run(kg, "undo", "1").output
    assert "2 mentions in 2 documents" in run(kg, "why", "Ama Mensah").output


def test_commands_ask_and_say_plainly_what_is_wrong(kg: Path) -> None:
    build(kg, [reading("e.txt", "Esi Mensah", "President")])
    assert "Answer with" in run(kg, "candidates").output
    assert run(kg, "same", "Nobody", "Ama Mensah").output.startswith("Error: Nothing in")
    assert "different kinds" in run(kg, "same", "Ghana", "Ama Mensah").output
    assert "Give the number of a judgement, or two things" in run(kg, "undo", "x").output
    assert "the graph stays as it is" in run(kg, "unsure", "Kofi Adjei", "Yaw Mensah").output
