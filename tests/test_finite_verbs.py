"""Verbs that the parser takes for adjectives become the verbs of their sentences; no others do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from spacy.tokens import Doc

from graph.components.finite_verbs import FiniteVerbs

if TYPE_CHECKING:
    from spacy.language import Language


def parsed(pipeline: Language, words: str, tags: str, heads: list[int], deps: str) -> Doc:
    """A Doc with a parse of our own, corrected."""
    doc = Doc(pipeline.vocab, words=words.split(), tags=tags.split(), heads=heads, deps=deps.split())
    strings = pipeline.vocab.strings
    return FiniteVerbs(strings["VBD"], strings["amod"])(doc)


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
    strings = pipeline.vocab.strings
    assert [s.start for s in FiniteVerbs(strings["VBD"], strings["amod"])(doc).sents] == starts
