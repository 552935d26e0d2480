"""The remembered attribute ruler: the same attributes as the model's own, seen before or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab

from graph.components.attributes import RememberedRuler, is_memorable
from graph.documents.texts import read_text
from graph.notes import Notes

if TYPE_CHECKING:
    from spacy.language import Language

CASUAL = """He ain't gonna say there's nothin' y'all got ta do, or that there were two.

I can't. Let's go; c'mon. She won't, nor shan't they: there are  limits.
"""


def parsed(nlp: Language, text: str) -> Doc:
    """A Doc as it comes to the ruler."""
    doc = nlp.make_doc(text)
    doc._.notes = Notes(read_text("a.txt", text))
    for name, component in nlp.pipeline:
        if name == "diplograph_attributes":
            return doc
        doc = component(doc)
    raise AssertionError


def attributes(doc: Doc) -> list[list[int]]:
    return list(doc.to_array(["TAG", "POS", "MORPH", "LEMMA", "DEP"]).tolist())


def test_attributes_are_those_that_the_ruler_sets(pipeline: Language, seeds: Path) -> None:
    ruler = pipeline.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    remembered = RememberedRuler(ruler)
    for text in (CASUAL, CASUAL, "", *(p.read_text("utf-8") for p in sorted(seeds.glob("*.txt")))):
        assert attributes(remembered(parsed(pipeline, text))) == attributes(ruler(parsed(pipeline, text)))


@pytest.mark.parametrize(
    ("pattern", "memorable"),
    [
        ([{"TAG": "NN", "LOWER": "march"}], True),
        ([{"DEP": "expl"}, {"LOWER": {"REGEX": "^is"}}], True),
        ([{"SHAPE": "Xxx"}], False),
        ([{"LOWER": "as"}, {"LOWER": "well"}, {"LOWER": "as"}], False),
        ([{"LOWER": "so", "OP": "+"}], False),
    ],
)
def test_a_ruler_that_looks_at_more_is_left_alone(pattern: list[dict[str, object]], memorable: bool) -> None:
    ruler = AttributeRuler(Vocab())
    ruler.add([pattern], {"POS": "ADV"})
    assert is_memorable(ruler) is memorable
