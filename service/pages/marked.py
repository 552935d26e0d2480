"""A text with marks on it: spans that nest or overlap, as paragraphs of nested pieces."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a stretch of text is: ``kind`` says what, for its look.

    ``address`` is where its words lead, ``note`` what is told of it; a sentence has neither.
    """

    begin: int
    end: int
    kind: str
    address: str = ""
    note: str = ""

    @property
    def anchor(self) -> str:
        """The name that addresses of evidence have for it, after RFC 5147."""
        return f"char={self.begin},{self.end}"


@dataclass(slots=True)
class Piece:
    """A piece of a paragraph: bare text, or a mark with the pieces in it.

    Of a mark that had to be cut, where another begins in it and ends behind it, only the first piece has
    ``is_first``. ``link`` is the innermost mark with an address that text stands in.
    """

    text: str = ""
    mark: Mark | None = None
    is_first: bool = False
    link: Mark | None = None
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: where its text begins in code points, and its pieces."""

    begin: int
    pieces: tuple[Piece, ...]


def paragraphs(text: str, marks: Iterable[Mark]) -> Iterator[Paragraph]:
    """The paragraphs of a text, which blank lines part unless a mark stretches over them.

    Every character is in exactly one paragraph, but for the blank lines between them.
    """
    waiting = deque(sorted(set(marks), key=lambda m: (m.begin, -m.end, m.address, m.kind)))
    begin = 0
    for end, following in _borders(text, waiting):
        inside = []
        while waiting and waiting[0].begin < end:
            inside.append(waiting.popleft())
        if text[begin:end].strip():
            yield Paragraph(begin, tuple(_nested(text, begin, end, inside)))
        begin = following


def _borders(text: str, marks: Iterable[Mark]) -> Iterator[tuple[int, int]]:
    """Where each paragraph ends, and where the next one begins."""
    waiting, covered = deque(marks), 0
    for blank in _BLANK_LINE.finditer(text):
        while waiting and waiting[0].begin < blank.end():
            covered = max(covered, waiting.popleft().end)
        if covered <= blank.start():
            yield blank.span()
    yield len(text), len(text)


def _nested(text: str, begin: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    """The pieces of a stretch of text; the marks are in it, in order of their beginnings, longest first."""
    edges = sorted({begin, end, *(e for m in marks for e in (m.begin, m.end))})
    waiting, over = deque(marks), list[Mark]()
    root = Piece()
    open_ = [root]
    for here, there in pairwise(edges):
        over = [m for m in over if m.end > here]
        kept = sum(
            1 for _ in takewhile(lambda pair: pair[0].mark == pair[1], zip(open_[1:], over, strict=False))
        )
        del open_[kept + 1 :]
        while waiting and waiting[0].begin == here:
            over.append(waiting.popleft())
        for mark in over[kept:]:
            piece = Piece(mark=mark, is_first=mark.begin == here)
            open_[-1].pieces.append(piece)
            open_.append(piece)
        link = next((m for m in reversed(over) if m.address), None)
        open_[-1].pieces.append(Piece(text[here:there], link=link))
    yield from root.pieces
