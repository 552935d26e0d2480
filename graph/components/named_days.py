"""Days that a text gives a name of its own: "Monday, polling day, ...", "Opening night, 3 May 2014, ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.attrs import LOWER  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc

from graph.calendar.dates import is_day
from graph.components.columns import column
from graph.model import Span, When
from graph.notes import TimeNote
from ontology.time_words import TimeWords

_CLOSING = frozenset({",", ")", "–", "—", "-", ":", ".", ";", "of"})
_OPENING = frozenset({",", "(", "–", "—", "-"})
_LONGEST = 4


def name_days(doc: Doc, notes: list[TimeNote], words: TimeWords) -> list[TimeNote]:
    """The dates of a text, with those of the names that it gives to days, wherever they stand."""
    lower: list[str] = column(doc, LOWER)
    if words.named_days.isdisjoint(lower):
        return notes
    names = dict(_names(lower, notes, words))
    taken = {i for note in notes for i in range(note.start, note.end)}
    found = [
        TimeNote(start, end, _named(doc, start, end, when))
        for name, when in names.items()
        for start, end in _places(lower, name)
        if taken.isdisjoint(range(start, end))
    ]
    return sorted([*notes, *found], key=lambda note: note.start)


def _names(
    lower: list[str], notes: list[TimeNote], words: TimeWords
) -> Iterator[tuple[tuple[str, ...], When]]:
    """The names in apposition to a day, after it or before it."""
    for note in notes:
        if not is_day(note.when.edtf):
            continue
        after = note.end + 1
        if lower[note.end : after] and lower[note.end] in _OPENING:
            after += lower[after : after + 1] == ["the"]
            reach = range(after, min(after + _LONGEST, len(lower)))
            end = next((i for i in reach if lower[i] in _CLOSING), None)
            if end is not None and (name := _name(lower[after:end], words)):
                yield name, note.when
        if note.start > 1 and lower[note.start - 1] in _OPENING and lower[note.end : note.end + 1] != []:
            closed = lower[note.end] in _CLOSING
            for start in range(max(0, note.start - 1 - _LONGEST), note.start - 2):
                opened = start == 0 or not lower[start - 1].isalpha() or lower[start - 1] in words.the
                if closed and opened and (name := _name(lower[start : note.start - 1], words)):
                    yield name, note.when


def _name(part: list[str], words: TimeWords) -> tuple[str, ...] | None:
    """The words of a part of a text where they name a day: "polling day", "day five"."""
    if len(part) < 2 or not all(re.fullmatch(r"\w[\w’'-]*", word) for word in part):
        return None
    counted = len(part) == 2 and (part[1] in words.numbers or part[1].isdigit())
    general = words.no_day_names | words.relatives.keys() | words.ordinals.keys() | words.parts
    named = part[-1] in words.named_days and general.isdisjoint(part[:-1])
    return tuple(part) if named or (counted and part[0] in words.named_days) else None


def _places(lower: list[str], name: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for i, word in enumerate(lower):
        if word == name[0] and tuple(lower[i : i + len(name)]) == name:
            yield i, i + len(name)


def _named(doc: Doc, start: int, end: int, when: When) -> When:
    span = doc[start:end]
    return replace(when, phrase=Span(span.start_char, span.end_char), anchor=when.anchor or when.edtf)
