"""Left-out figures: each text is read with a filter that learned from the other texts only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from conftest import ROOT

from graph.evaluation import left_out
from graph.evaluation.gold_texts import annotated_texts, list_annotations
from graph.evaluation.rereading import Rereading
from graph.reading import read
from graph.settings import Settings
from ontology.candidate_filter import load_candidate_filter
from service.cli import main
from service.commands.measuring import Sample, measure_all, to_leave_out

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from spacy.language import Language

    from graph.evaluation.learning import Example
    from ontology.candidate_filter import FilterWeights

GOLD = ROOT / "tests" / "gold"
TWO = ("000_b08cdc313d30cb4e", "004_9f02f843aba6eab3")


def test_a_text_read_again_is_read_as_it_would_be_alone(pipeline: Language, seeds: Path) -> None:
    documents = list(annotated_texts(list_annotations([GOLD], frozenset(TWO)), seeds, informed=True))
    alone = list(read(pipeline, documents))
    texts = Rereading(pipeline, documents)
    strict = [reading for _, reading in texts.read(texts.names, filtered=False)]
    assert [reading for _, reading in texts.read(texts.names, load_candidate_filter())] == alone
    assert strict != alone
    assert [reading for _, reading in texts.read(texts.names, filtered=False)] == strict
    assert list(read(pipeline, documents)) == alone


def test_no_filter_has_learned_from_the_text_that_it_reads(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned: list[set[str]] = []

    def learn(known: Iterable[Example]) -> FilterWeights:
        examples = list(known)
        learned.append({example.text for example in examples})
        return load_candidate_filter()

    monkeypatch.setattr(left_out, "learn", learn)
    texts = to_leave_out([Sample((GOLD,), seeds, only=frozenset(TWO))], Settings())
    assert {example.text for example in texts.examples} == set(TWO)
    score = texts.filtered(TWO)
    assert learned == [{TWO[1]}, {TWO[0]}]
    assert [sheet.name for sheet in score.documents] == list(TWO)


def test_only_events_depend_on_it_and_there_must_be_others(seeds: Path) -> None:
    two = Sample((GOLD,), seeds, only=frozenset(TWO))
    measured = measure_all(two, Settings())
    assert measured.left_out is not None
    assert measured.left_out.counts["people"] == measured.score.counts["people"]
    assert measured.left_out.counts["events"].gold == measured.score.counts["events"].gold
    one = Sample((GOLD,), seeds, only=frozenset(TWO[:1]))
    assert measure_all(one, Settings()).left_out is None
    assert measure_all(two, Settings(filter=False)).left_out is None


def test_texts_that_are_not_there_are_all_missed(tmp_path: Path) -> None:
    lists = ("institutions", "territories", "instruments", "events", "relations")
    gold = {"people": [{"name": "Alma Ruiz"}]} | {name: [] for name in lists}
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text(json.dumps(gold))
    (tmp_path / "a.txt").write_text("Lima, 4 May 2015. Alma Ruiz met President Tabaré Vázquez of Uruguay.\n")
    measured = measure_all(Sample((tmp_path,)), Settings())
    assert measured.left_out is not None
    assert measured.left_out.missing == ("b",)
    assert measured.left_out.counts["people"] == measured.score.counts["people"]


def test_the_command_prints_them_unless_told_not_to(seeds: Path) -> None:
    command = ["score", str(GOLD), "--texts", str(seeds), "--only", ",".join(TWO)]
    table = CliRunner().invoke(main, command, env={"COLUMNS": "140"}).output
    assert "text alone" in table
    assert table.count("left out") > 1
    without = CliRunner().invoke(main, [*command, "--no-left-out"], env={"COLUMNS": "140"}).output
    assert "left out" not in without
    answer = json.loads(CliRunner().invoke(main, [*command, "--format", "json"]).output)
    assert answer["left out"]["events"]["gold"] == answer["events"]["gold"]
    assert answer["from the text alone"]["people"] == answer["people"]
