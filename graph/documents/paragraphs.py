"""Lines joined into paragraphs: hard-wrapped copy is one paragraph, a list is one paragraph an item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_ITEM = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|[-–—•*·▪◦‣o]|\d{1,2}(?:\.\d{1,2})+\.?)\s+(?=\S)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOSED = (".", "!", "?", ":", ";", ".”", '."', "?”", '?"', ".’", ".)", "—", "–")
_WIDEST_WRAP = 120
_NARROWEST_WRAP = 40
_SHORTEST_CAPITALS = 20
_SLACK = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text without blank line; ``group`` counts the stretches between blank lines."""

    begin: int
    end: int
    group: int


def list_item(text: str) -> bool:
    """Whether ``text`` opens with the mark of a list: "1.", "(a)", "-", "•", "2.1"."""
    return _ITEM.match(text) is not None


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of ``text`` in order; together they hold every character that is not blank."""
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    begin = 0
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else None
        if after is None or after.group != line.group or not _continues(text, line, after, width):
            yield Paragraph(lines[begin].begin, line.end, line.group)
            begin = at + 1


def _lines(text: str) -> Iterator[Paragraph]:
    """Every line that is not blank, without the blanks around it."""
    group = 0
    for match in re.finditer(r"[^\n]*", text):
        line = match.group()
        if not line.strip():
            group += match.end() > match.start() or text[match.start() - 1 : match.start()] == "\n"
            continue
        begin = match.start() + len(line) - len(line.lstrip())
        yield Paragraph(begin, begin + len(line.strip()), group)


def _wrap_width(text: str, lines: list[Paragraph]) -> int | None:
    """The column at which this text was wrapped, in characters; None where it was not.

    Nine tenths of the lines fit into it. Of the lines that have a successor in their stretch, at least a half
    come near it, and one in eight goes on with a small letter, as in lists and chronicles none does.
    """
    joints = [(one, after) for one, after in pairwise(lines) if one.group == after.group]
    inner = [one.end - one.begin for one, _ in joints]
    going_on = sum(text[after.begin].islower() for _, after in joints)
    if len(inner) < 2:
        return None
    width = sorted(inner)[(9 * len(inner) - 1) // 10]
    full = sum(length >= 0.8 * width for length in inner)
    longest = max(line.end - line.begin for line in lines)
    fits = _NARROWEST_WRAP <= width <= _WIDEST_WRAP and longest <= 2 * _WIDEST_WRAP
    return width if fits and 2 * full >= len(inner) and 0 < len(inner) <= 8 * going_on else None


def _continues(text: str, line: Paragraph, after: Paragraph, width: int | None) -> bool:
    """Whether the line break between two lines is a wrap and not the end of a paragraph."""
    before, opening = text[line.begin : line.end], text[after.begin : after.end]
    closed = before.endswith(_CLOSED)
    if list_item(opening) and (closed or list_item(before) or width is None):
        return False
    if before.isupper() and opening.isupper() and not closed and not _YEAR.search(opening):
        return len(before) >= _SHORTEST_CAPITALS
    if width is None:
        runs_on = opening[0].islower() and not closed and not before.endswith(",")
        return runs_on and len(before) >= _NARROWEST_WRAP
    if _indent(text, after) > _indent(text, line) + 1 and closed:
        return False
    first_word = opening.split(None, 1)[0]
    return (opening[0].islower() and not closed) or len(before) + 1 + len(first_word) > width - _SLACK


def _indent(text: str, line: Paragraph) -> int:
    return line.begin - (text.rfind("\n", 0, line.begin) + 1)
