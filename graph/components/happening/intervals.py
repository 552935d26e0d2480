"""Intervals: what was done so long before or after something else: "three years after Iraq invaded Kuwait".

The dates of two events that a text sets so far apart tell each other: the one that is known gives the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from graph.calendar.dates import Unit, bounds, shift
from graph.calendar.vagueness import is_week, within_month
from graph.components.happening.attaching import Attached
from graph.components.happening.clauses import ancestors
from graph.model import Span, When
from graph.notes import EventNote
from ontology.time_words import TimeWords

_CARRIED = frozenset({"dobj", "nsubjpass", "nsubj"})
_VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class _Gap:
    """So many ``steps`` of a ``unit`` (None: hours, one day) from the event behind the words to the other."""

    words: Span
    link: Token
    unit: Unit | None
    steps: int


def date_by_intervals(
    doc: Doc, heads: Mapping[int, EventNote], attached: Mapping[int, list[Attached]], words: TimeWords
) -> None:
    """Date events by others that they came so long before or after; ``heads`` are events by trigger."""
    for gap in _gaps(doc, words):
        anchor, other = _behind(gap.link, heads), _told(gap.link, heads)
        if anchor is None or anchor is other:
            continue
        known = other.when if other is not None else _date_above(gap.link, attached, words)
        if other is not None and other.when is None and anchor.when is not None:
            other.when = _moved(anchor.when, gap, gap.steps)
        elif anchor.when is None and known is not None:
            anchor.when = _moved(known, gap, -gap.steps)


def _gaps(doc: Doc, words: TimeWords) -> Iterator[_Gap]:
    """Such as "two days before", "hours after", "the day after"; nothing vague ("some years")."""
    for link in doc:
        if link.lower_ not in words.before | words.after or link.i == 0:
            continue
        measure = doc[link.i - 1]
        sign = 1 if link.lower_ in words.after else -1
        if measure.lower_ in words.moments:
            yield _Gap(Span(measure.idx, link.idx + len(link)), link, None, 0)
        elif (unit := words.units.get(measure.lower_) or words.plurals.get(measure.lower_)) and link.i > 1:
            count = doc[link.i - 2]
            steps = _number(count, words)
            vague = link.i > 2 and doc[link.i - 3].dep_ in {"advmod", "quantmod", "amod"}
            if steps and not vague:
                yield _Gap(Span(count.idx, link.idx + len(link)), link, Unit(unit), sign * steps)


def is_measured(link: Token, words: TimeWords) -> bool:
    """Whether a text says how long after or before: "two days after", "hours before"."""
    measure = link.doc[link.i - 1].lower_ if link.i else ""
    return measure in words.units or measure in words.plurals or measure in words.moments


def _number(count: Token, words: TimeWords) -> int:
    """How many a word counts; 0 where it counts nothing."""
    if count.lower_ in words.the:
        return 1
    return int(count.text) if count.text.isdecimal() else words.numbers.get(count.lower_, 0)


def _behind(link: Token, heads: Mapping[int, EventNote]) -> EventNote | None:
    """The first event behind the words, in the clause or phrase that they open."""
    last = link.head.right_edge.i if link.dep_ == "mark" else link.right_edge.i
    return next((heads[i] for i in range(link.i + 1, last + 1) if i in heads), None)


def _told(link: Token, heads: Mapping[int, EventNote]) -> EventNote | None:
    """The event told to be so far from the other: that of the verb above, or what the verb carries."""
    above = link.head.head if link.dep_ == "mark" else link.head
    for node in ancestors(above):
        if node.i in heads:
            return heads[node.i]
        if node.pos_ in _VERBAL:
            carried = (c for c in node.children if c.dep_ in _CARRIED)
            return next((heads[c.i] for c in carried if c.i in heads), None)
    return None


def _date_above(link: Token, attached: Mapping[int, list[Attached]], words: TimeWords) -> When | None:
    """The date of the verb above, where that tells of no event: "the line was drawn in 1993, years after"."""
    above = link.head.head if link.dep_ == "mark" else link.head
    verb = next((node for node in ancestors(above) if node.pos_ in _VERBAL), None)
    dates = attached.get(verb.i, ()) if verb is not None else ()
    return next((a.when for a in dates if a.preposition not in words.outside), None)


def _moved(when: When, gap: _Gap, steps: int) -> When | None:
    """A date so many steps from another; None where the other is too vague for that."""
    value = when.edtf if gap.unit is None else None if "/" in when.edtf else shift(when.edtf, gap.unit, steps)
    if value is None:
        return None
    first, last = bounds(value)
    moved = When(
        value, first.isoformat() if first else None, last.isoformat() if last else None, gap.words, when.edtf
    )
    return within_month(moved) if is_week(moved) else moved
