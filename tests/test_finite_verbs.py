"""Verbs that the parser takes for adjectives become the verbs of their sentences; no others do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from spacy.tokens import Doc

from graph.components.finite_verbs import FiniteVerbs, third_person
from ontology.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.language import Language


def parsed(pipeline: Language, words: str, tags: str, heads: list[int], deps: str) -> Doc:
    """A Doc with a parse of our own, corrected."""
    doc = Doc(pipeline.vocab, words=words.split(), tags=tags.split(), heads=heads, deps=deps.split())
    return FiniteVerbs(pipeline.vocab.strings, load_lexicon())(doc)


def parse(doc: Doc) -> list[tuple[int, str]]:
    return [(token.head.i, token.dep_) for token in doc]


@pytest.mark.parametrize(
    ("words", "tags", "heads", "deps", "wanted"),
    [
        (
            "The envoys - led by Ruto - visited Lima .",
            "DT NNS , VBN IN NNP , VBD NNP .",
            [1, 1, 1, 1, 3, 4, 5, 8, 5, 1],
            "det ROOT punct acl agent pobj punct amod appos punct",
            {7: (7, "ROOT"), 1: (7, "nsubj"), 8: (7, "dobj")},
        ),
        (
            "The envoys left the reformed body .",
            "DT NNS VBD DT VBN NN .",
            [1, 2, 2, 5, 5, 2, 2],
            "det nsubj ROOT det amod dobj punct",
            {},
        ),
        (
            "The envoys met visited islands .",
            "DT NNS VBD VBD NNS .",
            [1, 2, 2, 4, 2, 2],
            "det nsubj ROOT amod dobj punct",
            {},
        ),
        (
            "An old treaty , signed texts .",
            "DT JJ NN , VBN NNS .",
            [2, 2, 2, 2, 5, 2, 2],
            "det amod ROOT punct amod appos punct",
            {},
        ),
    ],
)
def test_only_a_finite_verb_without_another_is_raised(
    pipeline: Language, words: str, tags: str, heads: list[int], deps: str, wanted: dict[int, tuple[int, str]]
) -> None:
    before = list(zip(heads, deps.split(), strict=True))
    after = parse(parsed(pipeline, words, tags, heads, deps))
    assert after == [wanted.get(i, old) for i, old in enumerate(before)]


def test_sentences_stay_as_they_are(pipeline: Language) -> None:
    text = "A Swiss delegation - led by Minister Ueli Maurer - visited Hanoi, Vietnam. It rained."
    doc = pipeline.make_doc(text)
    for name in ("tok2vec", "tagger", "parser"):
        doc = pipeline.get_pipe(name)(doc)
    starts = [s.start for s in doc.sents]
    assert [s.start for s in FiniteVerbs(pipeline.vocab.strings, load_lexicon())(doc).sents] == starts


@pytest.mark.parametrize(
    ("words", "tags", "heads", "deps", "verbs"),
    [
        ("Ghana invests in Togo .", "NNP NNS IN NNP .", [1, 1, 1, 2, 1], "compound ROOT prep pobj punct", 1),
        (
            "The ministry in Accra protests against it .",
            "DT NN IN NNP NNS IN PRP .",
            [1, 4, 1, 2, 4, 4, 5, 4],
            "det nsubj prep pobj ROOT prep pobj punct",
            1,
        ),
        (
            "Parliament votes to leave .",
            "NN NNS TO VB .",
            [1, 1, 3, 1, 1],
            "compound ROOT aux acl punct",
            1,
        ),
        (
            "Ghana opens a port and appeals for calm .",
            "NNP VBZ DT NN CC NNS IN NN .",
            [1, 1, 3, 1, 3, 3, 5, 6, 1],
            "nsubj ROOT det dobj cc conj prep pobj punct",
            2,
        ),
        ("Border clashes in Togo .", "NN NNS IN NNP .", [1, 1, 1, 2, 1], "compound ROOT prep pobj punct", 0),
        ("Ghana talks in Togo .", "NNP NNS IN NNP .", [1, 1, 1, 2, 1], "compound ROOT prep pobj punct", 0),
        ("Ghana visits Togo", "NNP NNS NNP", [1, 1, 1], "compound ROOT appos", 0),
    ],
)
def test_a_plural_noun_after_an_actor_is_the_verb_of_its_sentence(
    pipeline: Language, words: str, tags: str, heads: list[int], deps: str, verbs: int
) -> None:
    doc = parsed(pipeline, words, tags, heads, deps)
    assert sum(token.tag_ == "VBZ" for token in doc) == verbs
    assert sum(token.dep_ == "nsubj" for token in doc) == min(verbs, 1)


def test_a_noun_hung_on_a_verb_is_its_subject(pipeline: Language) -> None:
    words, heads = "The high court rules that", [3, 2, 3, 3, 3]
    doc = parsed(pipeline, words, "DT JJ NN VBZ IN", heads, "det amod compound ROOT mark")
    assert parse(doc)[:3] == [(2, "det"), (2, "amod"), (3, "nsubj")]


def test_a_subject_with_an_article_is_a_noun(pipeline: Language) -> None:
    words, heads, deps = "The talks ended .", [1, 2, 2, 2], "det nsubj ROOT punct"
    assert parsed(pipeline, words, "DT VBZ VBD .", heads, deps)[1].tag_ == "NNS"


def test_the_third_person_is_spelled_as_it_is_said() -> None:
    assert [third_person(v) for v in ("visit", "deny", "veto", "pay", "clash", "agree")] == [
        *("visits", "denies", "vetoes", "pays", "clashes", "agrees")
    ]
