"""The ledger: judgements are appended, replayed, taken back and never lost."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import LedgerError, NotFoundError
from graph.ledger import Ledger, Side, parsed_place, place
from graph.model import Span

A = Side(name="person/ana-costa", places=("a.txt#char=0,9",))
B = Side(name="person/a-costa", places=("b.txt#char=4,12",))


def test_a_judgement_is_a_readable_line(tmp_path: Path) -> None:
    made = Ledger(tmp_path).judge("same", A, B, why="both were at the talks", by="mk")
    (line,) = (tmp_path / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert (told["verdict"], told["a"]["name"], told["why"]) == ("same", A.name, "both were at the talks")
    assert Ledger(tmp_path).history() == (made,)


def test_what_is_undone_stays_in_the_history_and_holds_no_more(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    first, second = ledger.judge("same", A, B), ledger.judge("different", A, B)
    assert ledger.undo(first.number).undone == 3
    assert ledger.standing() == (second,)
    assert [j.undone for j in ledger.history()] == [3, None]


def test_undoing_twice_or_nothing_says_so_and_writes_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.undo(ledger.judge("same", A, B).number)
    before = ledger.path.read_bytes()
    for number in (1, 7):
        with pytest.raises(NotFoundError):
            ledger.undo(number)
    assert ledger.path.read_bytes() == before


def test_things_of_different_kinds_are_never_one(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="different kinds"):
        Ledger(tmp_path).judge("same", A, Side(name="territory/peru"))


def test_a_thing_is_not_judged_against_itself(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="one thing already"):
        Ledger(tmp_path).judge("different", A, A)


@pytest.mark.parametrize(
    "broken",
    ['{"verdict": "same"}', "no json", '{"at": "2026-01-01T00:00:00Z", "undo": 9}', '{"at": "2026-01-01"'],
)
def test_a_broken_line_is_named_and_nothing_is_lost(tmp_path: Path, broken: str) -> None:
    ledger = Ledger(tmp_path)
    ledger.judge("same", A, B)
    with ledger.path.open("a", encoding="utf-8") as stream:
        stream.write(broken)
    before = ledger.path.read_bytes()
    with pytest.raises(LedgerError, match="line 2 "):
        ledger.history()
    with pytest.raises(LedgerError, match="line 2 "):
        ledger.judge("different", A, B)
    assert ledger.path.read_bytes() == before


def test_an_emptied_line_keeps_the_numbers_of_the_others(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.judge("same", A, B)
    ledger.judge("different", A, B)
    first, rest = ledger.path.read_text(encoding="utf-8").split("\n", 1)
    del first
    ledger.path.write_text("\n" + rest, encoding="utf-8")
    assert [j.number for j in ledger.standing()] == [2]
    assert ledger.judge("unsure", A, B).number == 3


def test_a_last_line_without_its_end_is_not_run_into(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.judge("same", A, B)
    ledger.path.write_bytes(ledger.path.read_bytes().rstrip(b"\n"))
    assert ledger.judge("different", A, B).number == 2
    assert len(ledger.standing()) == 2


def test_many_may_judge_at_a_time(tmp_path: Path) -> None:
    def judge() -> None:
        for _ in range(10):
            Ledger(tmp_path).judge("unsure", A, B)

    threads = [threading.Thread(target=judge) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [j.number for j in Ledger(tmp_path).history()] == list(range(1, 41))


@given(st.text(min_size=1), st.integers(0, 10**6), st.integers(1, 10**6))
def test_places_are_read_as_they_are_written(document: str, begin: int, length: int) -> None:
    span = Span(begin, begin + length)
    assert parsed_place(place(document, span)) == (document, span)
