"""Explaining a text: each event with its rule, each mention with its way, each rejection with its reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from graph.documents.texts import read_text
from graph.evaluation.explaining import SentenceLines, explain
from graph.evaluation.rejections import told
from graph.notes import Rejection
from graph.reading import read_closely
from ontology.frames import Condition, Requirement, parse_path
from ontology.lexicon import load_lexicon
from service.cli import main

if TYPE_CHECKING:
    from spacy.language import Language

TEXT = """Lima, 4 May 2015. President Michelle Bachelet of Chile met President Ollanta Humala of Peru
on Monday. She condemned the attack. Talks are useful.
During the meeting in Lima, Ms Bachelet invited Mr Humala.
"""


@pytest.fixture(scope="module")
def lines(pipeline: Language) -> list[SentenceLines]:
    return list(explain(read_closely(pipeline, read_text("lima.txt", TEXT))))


def test_sentences_are_numbered_and_hold_their_own_text(lines: list[SentenceLines]) -> None:
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert all(m.words in line.text for line in lines for m in line.mentions)


def test_an_event_comes_with_its_rule_roles_and_date(lines: list[SentenceLines]) -> None:
    event = next(e for line in lines for e in line.events if e.cls == "SummitMeeting")
    assert event.rule in load_lexicon().triggers
    assert {r.filler for r in event.roles} >= {"Michelle Bachelet", "Ollanta Humala"}
    assert event.when
    assert (event.when.words, event.when.edtf) == ("Monday", "2015-05-04")


def test_a_pronoun_comes_with_the_words_it_was_resolved_through(lines: list[SentenceLines]) -> None:
    she = next(m for line in lines for m in line.mentions if m.words == "She")
    assert (she.refers_to, she.rule, she.through) == ("Michelle Bachelet", "pronoun", "Michelle Bachelet")


def test_an_event_told_again_points_at_the_sentence_that_tells_it(lines: list[SentenceLines]) -> None:
    met = next(line.number for line in lines if any(e.cls == "SummitMeeting" for e in line.events))
    assert [(r.words, r.sentence) for line in lines for r in line.repeats if r.cls == "SummitMeeting"] == [
        ("meeting", met)
    ]


def test_words_that_make_no_event_are_rejected_for_a_reason(lines: list[SentenceLines]) -> None:
    talks = next(r for line in lines if line.text == "Talks are useful." for r in line.rejected)
    assert (talks.words, talks.taken) == ("Talks", False)
    assert talks.why.startswith("it requires ")


def test_reasons_are_in_the_terms_of_the_lexicon() -> None:
    condition = Condition(parse_path("obj.prep(of)"), frozenset({"toast", "vow"}), frozenset())
    requirement = Requirement(frozenset({"participant"}), 2)
    assert told(Rejection(0, 1, "x", condition, wanted=False)) == "not_if obj.prep(of): toast, vow"
    assert told(Rejection(0, 1, "x", condition)) == "if obj.prep(of): toast, vow"
    assert told(Rejection(0, 1, "x", requirement)) == "it requires 2 of participant"
    assert told(Rejection(0, 1, "x", "it is part of a name")) == "it is part of a name"


def test_the_command_shows_one_sentence_without_colours_too(tmp_path: Path) -> None:
    file = tmp_path / "lima.txt"
    file.write_text(TEXT)
    shown = CliRunner().invoke(main, ["explain", str(file)]).output
    assert "SummitMeeting “met”, actual  by Meeting." in shown
    assert "\x1b" not in shown
    answer = CliRunner().invoke(main, ["explain", str(file), "--sentence", "1", "--format", "json"])
    assert [s["number"] for s in json.loads(answer.output)] == [1]


def test_the_command_tells_of_sentences_and_texts_that_are_not_there(tmp_path: Path) -> None:
    file = tmp_path / "lima.txt"
    file.write_text(TEXT)
    assert "has no sentence 99" in CliRunner().invoke(main, ["explain", str(file), "--sentence", "99"]).output
    table = tmp_path / "many.jsonl"
    table.write_text('{"text": "Peru met Chile."}\n{"text": "Chile met Peru."}\n')
    assert "does not hold one text" in CliRunner().invoke(main, ["explain", str(table)]).output
