"""Scores: the same figures as the scorer that the annotations come with, and the page that shows them."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from graph.derive import inferred_quads
from graph.errors import GoldError
from graph.evaluation.findings import find
from graph.evaluation.gold import GoldDocument, GoldEntity, GoldEvent, GoldRelation, read_gold, united
from graph.evaluation.gold_texts import annotated_texts, list_annotations
from graph.evaluation.matching import one_to_one, overlap, plain
from graph.evaluation.scoring import Score, score
from graph.evaluation.tallies import Counts, Share, macro_f1
from graph.identity import identify
from graph.iri import Namespace
from graph.linking.quads import link_quads
from graph.model import Reading
from graph.rdf import document_quads
from graph.settings import Settings
from ontology.annotation import load_annotation
from ontology.gazetteer import load_gazetteer
from ontology.schema import load_schema
from service.cli import main
from service.commands.building import tables
from service.commands.measuring import Sample
from service.commands.quality import section, with_section
from service.commands.scoring import figures

GOLD = ROOT / "tests" / "gold"
SCORED = ROOT / "tests" / "scored"
ELSEWHERE = ROOT.parent / "shared" / "score" / "score.py"
"""The scorer that the annotations come with; where it is not there, its figures as recorded stand for it."""

NAMES = Namespace("https://w3id.org/diplograph/")


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    """Readings of three seeds as they once were: these tests do not depend on how texts are read now."""
    return TypeAdapter(list[Reading]).validate_json(
        gzip.decompress((SCORED / "readings.json.gz").read_bytes())
    )


@pytest.fixture(scope="module")
def scored(readings: list[Reading]) -> Score:
    named = tables(load_gazetteer(), Settings())
    terms = (load_schema(), load_annotation())
    found = find(readings, NAMES, terms, named.institution, named.links)
    by_name = {name.removesuffix(".txt"): findings for name, findings in found.items()}
    golds = [read_gold(GOLD / f"{name}.json") for name in by_name]
    return score(golds, by_name, load_annotation())


def judged_elsewhere(readings: list[Reading], folder: Path) -> dict[str, object]:
    """What the other scorer says of the graph of these readings.

    Of events that match equally well it takes the one that its store yields first, which is the one that was
    put in last: so the graph is written backwards to make that the first in the text.
    """
    named = tables(load_gazetteer(), Settings())
    identity = identify(readings, NAMES, named.institution)
    stated = list(chain.from_iterable(document_quads(r, identity, NAMES) for r in readings))
    stated += link_quads(named.links(readings, identity), NAMES)
    stated += inferred_quads(stated, load_schema(), NAMES)
    export = folder / "graph.nq"
    export.write_text("".join(f"{quad} .\n" for quad in reversed(stated)), encoding="utf-8")
    only = ",".join(r.document.identifier.removesuffix(".txt") for r in readings)
    command = [sys.executable, str(ELSEWHERE), str(export), str(GOLD), "--json", "--only", only]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    del answer["spans that do not match the text"], answer["documents missing"]
    return dict(answer)


def test_figures_are_those_of_the_scorer_that_the_annotations_come_with(
    readings: list[Reading], scored: Score, tmp_path: Path
) -> None:
    recorded = json.loads((SCORED / "figures.json").read_text("utf-8"))
    if ELSEWHERE.exists():
        assert judged_elsewhere(readings, tmp_path) == recorded
    ours = figures(scored)
    del ours["event.factuality.macro"]
    assert ours == recorded


def test_counts_of_the_documents_add_up(scored: Score) -> None:
    events = [sheet.counts["events"] for sheet in scored.documents]
    assert scored.counts["events"].right == sum(c.right for c in events)
    assert [sheet.counts["events"].f1 for sheet in scored.worst] == sorted(c.f1 for c in events)


def test_every_annotated_event_has_one_row_in_the_confusion(scored: Score) -> None:
    annotated = sum(n for (gold, _), n in scored.confusion.items() if gold is not None)
    assert annotated == scored.counts["events"].gold


def test_every_miss_and_false_alarm_is_listed(scored: Score) -> None:
    for kind in ("people", "institutions", "territories", "positions", "relations"):
        listed = [m for sheet in scored.documents for m in sheet.mistakes if m.kind == kind]
        counts = scored.counts[kind]
        assert len(listed) == counts.missed + counts.false


def test_texts_that_were_not_read_are_all_missed() -> None:
    measured = score([read_gold(next(GOLD.glob("*.json")))], {}, load_annotation())
    assert measured.missing == (next(GOLD.glob("*.json")).stem,)
    assert measured.counts["people"].right == 0
    assert measured.counts["events"].recall == 0


def test_names_that_are_the_same_thing_become_one() -> None:
    document = GoldDocument(
        people=(),
        institutions=(),
        territories=(GoldEntity("Chagos"), GoldEntity("the Oil Islands", ("Oil Islands",), wikidata="Q1")),
        instruments=(),
        events=(
            GoldEvent("Dispute", "", ("the Oil Islands", "Chagos"), "the Oil Islands", None, "actual", None),
        ),
        relations=(
            GoldRelation("Chagos", "sameAs", "the Oil Islands"),
            GoldRelation("the Oil Islands", "claimedBy", "Mauritius"),
        ),
    )
    one = united(document, "sameAs")
    assert one.territories == (GoldEntity("Chagos", ("the Oil Islands", "Oil Islands"), wikidata="Q1"),)
    assert (one.events[0].participants, one.events[0].place) == (("Chagos",), "Chagos")
    assert one.relations == (GoldRelation("Chagos", "claimedBy", "Mauritius"),)
    assert one.merged == (("Chagos", "the Oil Islands"),)


def test_macro_f1_counts_a_rare_label_as_much_as_a_common_one() -> None:
    pairs = [("actual", "actual")] * 9 + [("planned", "actual")]
    assert macro_f1(pairs) == pytest.approx((18 / 19 + 0) / 2)
    assert macro_f1([]) == 0


def test_figures_of_nothing_are_nought() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1, Share().value) == (0, 0, 0, 0)


def test_a_name_is_compared_without_case_accents_and_articles() -> None:
    assert plain("The Côte d’Ivoire's Government") == "cote d ivoire government"
    assert overlap("Foreign Ministry of Peru", "the Peruvian Foreign Ministry") == pytest.approx(2 / 3)


scores = st.tuples(st.floats(0, 2), st.integers(0, 6), st.integers(0, 6))


@given(st.lists(scores))
def test_pairs_are_one_to_one_and_the_best_is_among_them(pairs: list[tuple[float, int, int]]) -> None:
    taken = one_to_one(pairs)
    assert len({left for _, left, _ in taken}) == len({right for _, _, right in taken}) == len(taken)
    assert max((p[0] for p in taken), default=None) == max((p[0] for p in pairs), default=None)


def test_texts_alone_know_no_publisher_from_the_annotations(seeds: Path) -> None:
    paths = list_annotations([GOLD])
    informed = list(annotated_texts(paths, seeds, informed=True))
    alone = list(annotated_texts(paths, seeds, informed=False))
    assert [d.identifier for d in informed] == [d.identifier for d in alone]
    assert all(d.issued_from == "metadata" for d in informed)
    assert all(d.issued_from != "metadata" and d.url is None for d in alone)


@pytest.mark.parametrize(
    ("content", "told"), [("[]", "not an annotation"), ('{"people": [{}]}', "people"), ("{", "JSON")]
)
def test_annotations_of_another_form_are_told(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(GoldError, match=told):
        read_gold(tmp_path / "a.json")


def test_a_folder_without_annotations_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no annotations"):
        list_annotations([tmp_path])
    with pytest.raises(GoldError, match="named nothing"):
        list_annotations([GOLD], frozenset({"nothing"}))


def test_the_command_prints_figures_for_programs_and_mistakes_for_people(seeds: Path) -> None:
    name = "004_9f02f843aba6eab3"
    command = ["score", str(GOLD), "--texts", str(seeds), "--only", name]
    answer = CliRunner().invoke(main, [*command, "--format", "json"])
    assert json.loads(answer.output)["people"]["gold"] == len(read_gold(GOLD / f"{name}.json").people)
    listed = CliRunner().invoke(main, [*command, "--errors", "events"]).output.splitlines()
    assert all(line.startswith((f"{name}: missed ", f"{name}: false ")) for line in listed)
    dates = CliRunner().invoke(main, [*command, "--errors", "dates"]).output.splitlines()
    assert dates
    assert all(re.match(rf"{name}: (\S+) found as (?!\1 )\S+ \| \w+ \[", line) for line in dates)
    assert "events" in CliRunner().invoke(main, command).output


def test_the_quality_page_shows_the_figures_of_today(seeds: Path) -> None:
    page = (ROOT / "docs" / "quality.md").read_text("utf-8")
    today = with_section(page, "seeds", section(Sample((GOLD,), seeds), Settings()))
    assert page == today, "run: make quality"
