"""The picture of a timeline: where events stand between two days, lane by lane, and what the axis says.

Days are proleptic ordinals (``date.toordinal``), places per cent of the width, so that a picture fits any.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

Window = tuple[int, int]
LANES = 12
"""Lanes of a picture; what belongs in no other is in one more."""
DRAWN = 300
"""Events that are drawn one by one; more are counted by stretches of time."""
_STEPS = (1, 7, 30, 91, 365, 730, 1826, 3652, 7305, 18_262, 36_524)
"""Days that a stretch of time may have: a week, a month, a quarter, years."""
_MARKS, _CELLS = 10, 80
"""Marks of an axis, and stretches in which events are counted, at most."""
_CHARACTER = 0.62
"""Per cent of the width that a character of a label takes on a usual screen."""
_APART = 1.4


@dataclass(frozen=True, slots=True)
class Shown:
    """An event in a picture: its days, its lanes, and what is written and drawn of it."""

    begin: int
    end: int
    lanes: tuple[str, ...]
    address: str
    label: str
    title: str
    look: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Where an event stands: from ``x`` to ``x2``, on a row; its label goes left of it where ``is_late``."""

    event: Shown
    x: float
    x2: float
    row: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of time with a number of events; ``share`` is that of the fullest cell."""

    x: float
    width: float
    first: date
    last: date
    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: events one by one, or counted where there are too many."""

    name: str
    number: int
    rows: int
    bars: tuple[Bar, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the axis."""

    x: float
    label: str


def place(day: int, window: Window) -> float:
    """Where a day begins, in per cent of the window, which its edges cut off."""
    first, last = window
    return round(min(max((day - first) / (last - first + 1), 0), 1) * 100, 3)


def lanes(events: Sequence[Shown], window: Window) -> list[Lane]:
    """The lanes of some events that touch a window, the fullest first; the last is for what has no other."""
    numbers = Counter(name for event in events for name in event.lanes)
    names = [name for name, _ in sorted(numbers.items(), key=lambda item: (-item[1], item[0]))][:LANES]
    made = [_lane(name, [e for e in events if name in e.lanes], window) for name in names]
    rest = [event for event in events if not set(event.lanes) & set(names)]
    return [*made, _lane("others", rest, window)] if rest else made


def _lane(name: str, events: Sequence[Shown], window: Window) -> Lane:
    if len(events) > DRAWN:
        return Lane(name, len(events), 1, (), tuple(cells((e.begin for e in events), window)))
    bars = tuple(_stacked(events, window))
    return Lane(name, len(events), max((bar.row for bar in bars), default=0) + 1, bars, ())


def _stacked(events: Sequence[Shown], window: Window) -> Iterator[Bar]:
    """Bars on the first row where neither they nor their labels touch another."""
    rows: list[list[tuple[float, float]]] = []
    for event in sorted(events, key=lambda e: (e.begin, e.end, e.label)):
        x, x2 = place(event.begin, window), place(event.end + 1, window)
        if event.end - event.begin < 2:
            x = x2 = (x + x2) / 2
        words = len(event.label) * _CHARACTER + _APART
        is_late = x2 + words > 100 and x > words
        taken = (x - _APART - words * is_late, x2 + _APART + words * (not is_late))
        row = next((n for n, row in enumerate(rows) if _free(row, taken)), len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append(taken)
        yield Bar(event, x, x2, row, is_late)


def _free(row: Iterable[tuple[float, float]], wanted: tuple[float, float]) -> bool:
    return all(end <= wanted[0] or wanted[1] <= begin for begin, end in row)


def cells(days: Iterable[int], window: Window) -> Iterator[Cell]:
    """How many of some days lie in each stretch of a window, for stretches with any."""
    begins = [window[0], *(b for b in _begins(window, _step(window, _CELLS)) if b > window[0])]
    ends = [*(begin - 1 for begin in begins[1:]), window[1]]
    numbers = Counter(max(bisect_right(begins, one) - 1, 0) for one in days)
    most = max(numbers.values(), default=1)
    for n, number in sorted(numbers.items()):
        x, x2 = place(begins[n], window), place(ends[n] + 1, window)
        first, last = date.fromordinal(begins[n]), date.fromordinal(ends[n])
        yield Cell(x, round(x2 - x, 3), first, last, number, round(number / most, 3))


def marks(window: Window) -> list[Mark]:
    """The marks of the axis, as precise as the window lets them be."""
    step = _step(window, _MARKS)
    return [
        Mark(place(begin, window), _label(date.fromordinal(begin), step))
        for begin in _begins(window, step)
        if window[0] <= begin <= window[1]
    ]


def _step(window: Window, most: int) -> int:
    """The shortest stretch of which a window has no more than ``most``."""
    length = window[1] - window[0] + 1
    return next((days for days in _STEPS if length <= days * most), _STEPS[-1])


def _begins(window: Window, step: int) -> Iterator[int]:
    """The first days of the stretches of a window, the first maybe before it."""
    first = date.fromordinal(window[0])
    if step < 30:
        yield from range(window[0] - (first.weekday() if step == 7 else 0), window[1] + 1, step)
        return
    months = {30: 1, 91: 3}.get(step, round(step / 365.25) * 12)
    number = max((first.year * 12 + first.month - 1) // months * months, 12)
    while number < 10_000 * 12:
        day = date(number // 12, number % 12 + 1, 1).toordinal()
        if day > window[1]:
            return
        yield day
        number += months


def _label(day: date, step: int) -> str:
    if step >= 365:
        return str(day.year)
    if step >= 30:
        return str(day.year) if day.month == 1 else day.strftime("%b")
    return day.strftime("%d %b").lstrip("0")
