"""Entries of a chronicle: paragraphs that a date opens, or that stand below a line that is a date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from graph.model import Block, BlockKind, When
from graph.notes import Notes, Reference

_BULLETS = "*-•# "
_BEHIND = re.compile(r"\*{0,2}(?:\s*[:–—|]|\s+-\s|\.\s|\s*\n|\s*$)")
"""What stands between the date of an entry and its words."""
_MARKS = " .:–—-*"
_CLOSING = frozenset(".:\n")


def opens_entry(text: str, block: Block, begin: int, end: int) -> bool:
    """Whether a date at ``text[begin:end]`` opens its paragraph, as that of a chronicle's entry."""
    return begin == _opening(text, block) and _BEHIND.match(text[end : block.end]) is not None


def entries(notes: Notes) -> Iterator[tuple[int, When]]:
    """The paragraphs of a chronicle, by number, with the date that opens them or stands alone above them."""
    text = notes.document.text
    phrases = {note.when.phrase.begin: note.when for note in notes.times}
    open_: When | None = None
    for number, block in enumerate(notes.document.blocks):
        when = phrases.get(_opening(text, block))
        behind = text[when.phrase.end : block.end] if when else ""
        if block.kind is not BlockKind.BODY:
            open_ = when if when and not behind.strip(" .:*#") else None
        elif when and opens_entry(text, block, when.phrase.begin, when.phrase.end):
            open_ = when if not behind.strip(_MARKS) else None
            yield number, when
        elif open_:
            yield number, open_


def heads_of_entries(doc: Doc, notes: Notes) -> Iterator[tuple[int, Reference]]:
    """The paragraphs, by number, that name one territory behind their date: "June 9 – Mali. A court ..."."""
    text, blocks = notes.document.text, notes.document.blocks
    named = {doc[r.start].idx: r for r in notes.references if notes.referents[r.keys[0]].kind == "territory"}
    for number, when in entries(notes):
        block = blocks[number]
        if block.begin <= when.phrase.begin < block.end:
            head = text[when.phrase.end : block.end]
            begin = when.phrase.end + len(head) - len(head.lstrip(_MARKS))
            found = named.get(begin)
            if found is not None and text[begin:][len(doc[found.start : found.end].text) :][:1] in _CLOSING:
                yield number, found


def _opening(text: str, block: Block) -> int:
    """Where the words of a paragraph begin, behind a bullet."""
    words = text[block.begin : block.end]
    return block.begin + len(words) - len(words.lstrip(_BULLETS))
