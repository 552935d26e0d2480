"""What the relative time phrases of one document are counted from, and what they come to."""

from __future__ import annotations

from datetime import date, timedelta

from graph.calendar.dates import (
    Direction,
    Unit,
    bounds,
    calendar_date,
    in_year,
    interval,
    is_day,
    months,
    season,
    shift,
    stretch,
    weekday,
    year_of,
)
from graph.calendar.timevalues import (
    Anniversary,
    Between,
    Calendar,
    Counted,
    DayOf,
    Expression,
    Period,
    SameDay,
    Stretch,
    Weekday,
)

_MONTH = 31
"""Days of the longest month."""

Resolved = tuple[str, str | None]
"""An EDTF value and the anchor it was counted from, None where the words alone gave it."""


class Clock:
    """Keeps the dates that a document has given so far, and counts from them.

    Args:
        issued: the document's date of issue (EDTF), if known.
        reported: the year that the document reports on (a yearbook), if any.
    """

    def __init__(self, issued: str | None, reported: int | None = None) -> None:
        self._issued = issued
        self._reported = None if reported is None else calendar_date(reported)
        self._entry: str | None = None
        self._story: str | None = None
        self._day: str | None = None
        self._year: int | None = None

    def turn_page(self) -> None:
        """A new paragraph: a year named before no longer completes the dates that follow."""
        self._year = self._entry = None

    def open_entry(self, day: str) -> None:
        """A paragraph that tells of a day, in a chronicle: what is counted from today is counted from it."""
        self._entry = day

    def read(
        self, says: Expression, direction: Direction, *, aside: bool = False, leads: bool = True
    ) -> Resolved | None:
        """What a phrase comes to, remembered as the date the story has reached; None where none can be told.

        Args:
            says: what the phrase says.
            direction: the side of the anchor on which a weekday or a date without its year lies.
            aside: whether it only tells which thing is meant ("the coup of 2021"), not where the story is.
            leads: whether a year in it may complete the dates that follow.
        """
        resolved = self._resolve(says, direction)
        if resolved is None or (aside and self._issued):
            return resolved
        self._story = resolved[0].split("/")[-1] or resolved[0].split("/")[0]
        self._day = self._story if is_day(self._story) else self._day
        if leads and isinstance(says, Calendar) and isinstance(says.year, int):
            self._year = says.year
        return resolved

    def _resolve(self, says: Expression, direction: Direction) -> Resolved | None:
        match says:
            case Period(edtf):
                return edtf, None
            case Counted(unit, steps, base):
                return self._count(unit, steps, base, direction)
            case Anniversary(years):
                return self._anniversary(years)
            case Stretch(unit, steps, base):
                anchors = self._anchors(base)
                return next(((v, a) for a in anchors if (v := stretch(a, unit, steps)) is not None), None)
            case Calendar():
                return self._calendar(says, direction)
            case Weekday():
                return self._weekday(says, direction)
            case DayOf(day, month):
                counted = self._count(month.unit, month.steps, month.base, direction)
                value = _day_of(counted[0], day) if counted else None
                return (value, counted[1]) if counted and value else None
            case SameDay():
                return (self._day, self._day) if self._day else None
            case Between(first, last):
                return self._between(first, last, direction)

    def _anniversary(self, years: int) -> Resolved | None:
        if self._issued is None or not is_day(self._issued):
            return None
        today = date.fromisoformat(self._issued)
        value = calendar_date(today.year + years, today.month, today.day)
        return (value, self._issued) if value else None

    def _anchors(self, base: str) -> list[str]:
        """What may be counted from, best first."""
        order = [self._entry, self._issued, self._reported, self._story]
        if base == "story":
            order = [self._story, self._issued]
        elif base == "report":
            order = [self._entry, self._reported, self._issued, self._story]
        return [a for a in order if a is not None]

    def _count(self, unit: Unit, steps: int, base: str, direction: Direction) -> Resolved | None:
        if unit is Unit.WEEKEND and steps == 0 and self._issued and is_day(self._issued):
            at_weekend = date.fromisoformat(self._issued).weekday() >= 5
            steps = -1 if direction == "past" and not at_weekend else 0
        anchors = self._anchors(base)
        if base == "story" and steps:
            told = self._day if unit is Unit.DAY and self._day else self._story
            anchors = [told] if told else []
        return next(((v, a) for a in anchors if (v := shift(a, unit, steps)) is not None), None)

    def _calendar(self, says: Calendar, direction: Direction) -> Resolved | None:
        if isinstance(says.year, int):
            value = _written(says.year, says)
            return (value, None) if value else None
        if says.year is not None:
            counted = self._count(says.year.unit, says.year.steps, says.year.base, direction)
            year = year_of(counted[0]) if counted else None
            value = None if year is None else _written(year, says)
            return (value, counted[1]) if counted and value else None
        return self._without_year(says, direction)

    def _without_year(self, says: Calendar, direction: Direction) -> Resolved | None:
        known = self._issued or self._reported
        if says.steps is not None and says.base == "story" and (told := self._day or self._story):
            value = _beside(told, says, says.steps)
            return (value, told) if value else None
        if says.steps is not None and self._issued:
            toward: Direction = "past" if says.steps < 0 else "future" if says.steps else "nearest"
            value = _nearest(self._issued, says, toward, strict=says.steps != 0)
            return (value, self._issued) if value else None
        if self._year is not None and direction != "future":
            value = _written(self._year, says)
            return (value, calendar_date(self._year)) if value else None
        anchor = self._entry or self._reported or known
        value = _nearest(anchor, says, direction) if anchor else None
        return (value, anchor) if value else None

    def _weekday(self, says: Weekday, direction: Direction) -> Resolved | None:
        if says.week is not None:
            week = self._count(says.week.unit, says.week.steps, says.week.base, direction)
            monday = bounds(week[0])[0] if week else None
            return ((monday + timedelta(days=says.number)).isoformat(), week[1]) if week and monday else None
        if says.steps:
            direction = "past" if says.steps < 0 else "future"
        for anchor in self._anchors("issue"):
            if (value := weekday(anchor, says.number, direction, strict=bool(says.steps))) is not None:
                return value, anchor
        return None

    def _between(self, first: Expression, last: Expression, direction: Direction) -> Resolved | None:
        begin, end = self._resolve(first, direction), self._resolve(last, direction)
        if begin is None or end is None:
            return None
        value = interval(begin[0], end[0])
        if isinstance(last, Weekday):
            after = weekday(begin[0], last.number, "future")
            value = interval(begin[0], after) if after else None
        elif (
            isinstance(first, Calendar)
            and isinstance(last, Calendar)
            and first.month
            and first.year == last.year
        ):
            before = in_year(end[0], first.month, first.day, "past")
            value = interval(before, end[0]) if before else None
        return (value, begin[1]) if value else None


def _day_of(month: str, day: int) -> str | None:
    first = bounds(month)[0]
    return calendar_date(first.year, first.month, day) if first else None


def _written(year: int, says: Calendar) -> str | None:
    if says.season is not None:
        return season(year, says.season)
    if says.span is not None:
        return months(year, *says.span)
    return calendar_date(year, says.month, says.day)


def _beside(story: str, says: Calendar, steps: int) -> str | None:
    """The month or season before or after what a story has told: "the following May"."""
    first, last = bounds(story)
    year = year_of(story)
    if first is not None and last is not None and (last - first).days > _MONTH:
        return _written(year + steps, says) if year is not None else None
    return _nearest(story, says, "past" if steps < 0 else "future" if steps else "nearest", strict=steps != 0)


def _nearest(anchor: str, says: Calendar, direction: Direction, strict: bool = False) -> str | None:
    if says.month is not None:
        return in_year(anchor, says.month, says.day, direction, strict)
    year = year_of(anchor)
    if year is None:
        return None
    first, last = bounds(anchor)
    written = [v for y in (year - 1, year, year + 1) if (v := _written(y, says)) is not None]
    spans = [(v, b, e) for v in written for b, e in [bounds(v)] if b and e]
    if direction == "past":
        return next((v for v, b, e in reversed(spans) if last and (e if strict else b) < last), None)
    if direction == "future":
        return next((v for v, b, e in spans if first and (b if strict else e) > first), None)
    return _written(year, says)
