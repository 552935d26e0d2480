"""The pipeline gives the verbs of the word lists their own dictionary forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.model import Document
from graph.notes import Notes

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Ghana hopes that the talks resume.", "hope"),
        ("The navy staged a drill off Goa.", "stage"),
        ("The militia has waged war since May.", "wage"),
        ("The vote was slated for June.", "slate"),
        ("The dancers hopped over the fire.", "hop"),
        ("Togo re-opened its border with Benin.", "re-open"),
        ("Her re-election was close.", "re-election"),
    ],
)
def test_verbs_in_e_are_told_from_shorter_ones(pipeline: Language, text: str, verb: str) -> None:
    doc = pipeline.make_doc(text)
    doc._.notes = Notes(Document("a.txt", text, ()))
    assert verb in {token.lemma_ for token in pipeline(doc)}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Hon. Mia Mottley met Amb. John Smith, and Lt. Gen. Ali Hamad left.", 1),
        ("The mother asked Mgr. Ivan Santus to speak. He did.", 2),
        ("He was promoted to the rank of col. Mia Mottley spoke.", 2),
    ],
)
def test_a_short_title_before_a_name_ends_no_sentence(pipeline: Language, text: str, sentences: int) -> None:
    doc = pipeline.make_doc(text)
    doc._.notes = Notes(Document("a.txt", text, ()))
    assert len(list(pipeline(doc).sents)) == sentences
