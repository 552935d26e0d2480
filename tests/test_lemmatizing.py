"""The remembered lemmatizer: the same lemmas as the model's own, seen before or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

from graph.components.lemmas import LEMMATIZER, RememberedLemmatizer, is_memorable
from graph.documents.texts import read_text
from graph.notes import Notes

if TYPE_CHECKING:
    from spacy.language import Language

IRREGULAR = (
    "The better leaders met and had left, leaving the left wing's houses; left-leaning mice were left."
)


def tagged(nlp: Language, text: str) -> Doc:
    """A Doc as it comes to the lemmatizer."""
    doc = nlp.make_doc(text)
    doc._.notes = Notes(read_text("a.txt", text))
    for name, component in nlp.pipeline:
        if name == "diplograph_lemmas":
            return doc
        doc = component(doc)
    raise AssertionError


def test_lemmas_are_those_that_the_lemmatizer_sets(pipeline: Language, seeds: Path) -> None:
    lemmatizer = pipeline.get_pipe(LEMMATIZER)
    assert isinstance(lemmatizer, EnglishLemmatizer)
    remembered = RememberedLemmatizer(lemmatizer)
    for text in (IRREGULAR, IRREGULAR, "", *(p.read_text("utf-8") for p in sorted(seeds.glob("*.txt")))):
        found, wanted = remembered(tagged(pipeline, text)), lemmatizer(tagged(pipeline, text))
        assert [t.lemma_ for t in found] == [t.lemma_ for t in wanted]


@pytest.mark.parametrize(
    ("lemmatizer", "memorable"),
    [
        (EnglishLemmatizer(Vocab(), None, mode="rule"), True),
        (EnglishLemmatizer(Vocab(), None, mode="rule", overwrite=True), False),
        (Lemmatizer(Vocab(), None, mode="rule"), False),
    ],
)
def test_a_lemmatizer_that_may_look_at_more_is_left_alone(lemmatizer: Lemmatizer, memorable: bool) -> None:
    assert is_memorable(lemmatizer) is memorable
