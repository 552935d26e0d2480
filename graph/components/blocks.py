"""Components that lay a document's blocks over its tokens, so that no sentence crosses a block."""

from __future__ import annotations

from spacy.attrs import IDX, ORTH  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import Language
from spacy.tokens import Doc

from graph.components.columns import column
from graph.model import BlockKind
from graph.notes import Notes, Sentence

_OPEN = frozenset(".!?…:;\n")
"""After what a sentence may begin with a small letter."""


@Language.component("diplograph_blocks", assigns=["token.is_sent_start"])
def start_sentences_at_blocks(doc: Doc) -> Doc:
    """Start a sentence at each block and after each dateline; runs before the parser, which keeps it.

    None starts at a small letter in the middle of words, where the parser sometimes sees one.
    """
    notes: Notes = doc._.notes
    borders = sorted(
        {b for block in notes.document.blocks for b in (block.begin, block.prose.begin, block.end)}
    )
    position, texts = 0, column(doc, ORTH)
    for i, (begin, text) in enumerate(zip(doc.to_array(IDX).tolist(), texts, strict=True)):
        passed = False
        while position < len(borders) and borders[position] <= begin:
            position += 1
            passed = True
        if passed and text.isspace() and position:
            position -= 1  # the sentence starts at the first word, not at the line break before it
        elif passed:
            doc[i].is_sent_start = True
        elif i and text[0].islower() and _OPEN.isdisjoint(texts[i - 1]):
            doc[i].is_sent_start = False
    return doc


@Language.component("diplograph_sentences", requires=["token.is_sent_start"])
def list_sentences(doc: Doc) -> Doc:
    """Note the sentences of prose; those of page furniture and datelines are left out."""
    notes: Notes = doc._.notes
    prose = [(b.prose, b.kind) for b in notes.document.blocks if b.kind is not BlockKind.FURNITURE]
    position = 0
    for sent in doc.sents:
        start, end = sent.start, sent.end
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start == end:
            continue
        begin = doc[start].idx
        while position < len(prose) and prose[position][0].end <= begin:
            position += 1
        if position < len(prose) and prose[position][0].begin <= begin:
            notes.sentences.append(Sentence(start, end, prose[position][1]))
    return doc
