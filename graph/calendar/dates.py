"""EDTF values as text: how to write them, where they begin and end, and how to count from one to another.

The subset of EDTF (Library of Congress, ISO 8601-2:2019, levels 0 and 1) that texts call for: days, months,
years, decades and centuries (``199X``, ``19XX``) and intervals, whose one end may be unknown
(``2016-05/``). A value never is more precise than what it was made from.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

Direction = Literal["past", "future", "nearest"]

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_YEAR = re.compile(r"(\d{2})(\d\d|\dX|XX)")
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
"""First and last month of a season, of the northern hemisphere; winter ends in February of the next year."""


class Unit(StrEnum):
    """The stretches of the calendar that texts count in."""

    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


def calendar_date(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """A year, month or day as EDTF; None where the calendar has no such day."""
    if not 1 <= year <= 9999 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return f"{year:04}"
    if day is None:
        return f"{year:04}-{month:02}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}"


def season(year: int, number: int) -> str:
    """The months of a season that begins in a year; 21 is spring, 24 winter."""
    first, last = _SEASON_MONTHS[number]
    return f"{year:04}-{first:02}/{year + (last - 1) // 12:04}-{(last - 1) % 12 + 1:02}"


def months(year: int, first: int, last: int) -> str:
    """The months of a year from ``first`` to ``last`` as an interval."""
    return f"{year:04}-{first:02}/{year:04}-{last:02}"


def interval(begin: str, end: str) -> str | None:
    """The stretch from one value to another; None where the second ends before the first begins."""
    first, last = bounds(begin)[0], bounds(end)[1]
    if first is None or last is None or first > last:
        return None
    begin, end = begin.partition("/")[0], end.rpartition("/")[2]
    return begin if begin == end else f"{begin}/{end}"


def bounds(value: str) -> tuple[date | None, date | None]:
    """The first and the last day of an EDTF value; None for an end that is unknown.

    Raises:
        ValueError: the value is not of the subset that this module writes.
    """
    if "/" in value:
        begin, _, end = value.partition("/")
        first = bounds(begin)[0] if begin.strip(".") else None
        last = bounds(end)[1] if end.strip(".") else None
        return first, last
    if found := _DAY.fullmatch(value):
        day = date(*map(int, found.groups()))
        return day, day
    if found := _MONTH.fullmatch(value):
        year, month = map(int, found.groups())
        return _months_bounds(year, *_SEASON_MONTHS.get(month, (month, month)))
    if _YEAR.fullmatch(value):
        return date(int(value.replace("X", "0")), 1, 1), date(int(value.replace("X", "9")), 12, 31)
    raise ValueError(f"not an EDTF value of the kinds written here: {value!r}")


def _months_bounds(year: int, first: int, last: int) -> tuple[date, date]:
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, first, 1), date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])


def year_of(value: str) -> int | None:
    """The one year that a value lies in, if it is one."""
    first, last = bounds(value)
    return first.year if first and last and first.year == last.year else None


def is_day(value: str) -> bool:
    """Whether a value is a single day."""
    return _DAY.fullmatch(value) is not None


def shift(anchor: str, unit: Unit, steps: int) -> str | None:
    """The unit that lies ``steps`` after (or, negative, before) the one that holds ``anchor``.

    "Last year" is ``shift(issued, Unit.YEAR, -1)``. None where the anchor is too vague to lie in one unit.
    """
    first, last = bounds(anchor)
    if first is None or last is None:
        return None
    try:
        begin, end = _cell(unit, first, steps), _cell(unit, last, steps)
    except (ValueError, OverflowError):
        return None
    return begin if begin == end else None


def _cell(unit: Unit, day: date, steps: int) -> str | None:
    match unit:
        case Unit.DAY:
            return (day + timedelta(days=steps)).isoformat()
        case Unit.WEEK | Unit.WEEKEND:
            monday = day + timedelta(days=7 * steps - day.weekday())
            begin = monday if unit is Unit.WEEK else monday + timedelta(days=5)
            return f"{begin.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
        case Unit.MONTH:
            year, month = divmod(day.year * 12 + day.month - 1 + steps, 12)
            return calendar_date(year, month + 1)
        case Unit.QUARTER:
            year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + steps, 4)
            return months(year, quarter * 3 + 1, quarter * 3 + 3) if 1 <= year <= 9999 else None
        case Unit.YEAR:
            return calendar_date(day.year + steps)
        case Unit.DECADE:
            decade = day.year // 10 + steps
            return f"{decade:03}X" if 0 < decade < 1000 else None
        case Unit.CENTURY:
            century = day.year // 100 + steps
            return f"{century:02}XX" if 0 < century < 100 else None


def stretch(anchor: str, unit: Unit, steps: int) -> str | None:
    """The ``steps`` units that end at ``anchor`` (negative: "the last two years") or begin there.

    Its ends are days where days or weeks are counted, months where months or longer units are: no sharper.
    """
    first, last = bounds(anchor)
    if first is None or last is None:
        return None
    grain = Unit.DAY if unit in {Unit.DAY, Unit.WEEK, Unit.WEEKEND} else Unit.MONTH
    days = {Unit.DAY: 1, Unit.WEEK: 7, Unit.WEEKEND: 7}
    counts = days | {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12, Unit.DECADE: 120, Unit.CENTURY: 1200}
    here, there = shift(anchor, grain, 0), shift(anchor, grain, steps * counts[unit])
    if here is None or there is None:  # the anchor is a mere year
        here, there = shift(anchor, Unit.YEAR, 0), shift(anchor, unit, steps)
    if here is None or there is None:
        return None
    return interval(there, here) if steps < 0 else interval(here, there)


def weekday(anchor: str, number: int, direction: Direction, strict: bool = False) -> str | None:
    """The day of that number (Monday is 0) at, before or after the anchor; ``strict``: not the anchor."""
    first, last = bounds(anchor)
    if first is None or first != last:
        return None
    back = (first.weekday() - number) % 7
    ahead = (number - first.weekday()) % 7
    if strict:
        back, ahead = back or 7, ahead or 7
    if direction == "past" or (direction == "nearest" and back <= ahead):
        return (first - timedelta(days=back)).isoformat()
    return (first + timedelta(days=ahead)).isoformat()


def in_year(
    anchor: str, month: int, day: int | None, direction: Direction, strict: bool = False
) -> str | None:
    """A month or day whose year is left out: the one before, after or nearest to the anchor.

    ``strict`` ("last December" in December) leaves the anchor's own month or day out.
    """
    first, last = bounds(anchor)
    if first is None or last is None:
        return None
    if first.month != last.month or first.year != last.year:  # counted from a mere year: that year
        year = year_of(anchor)
        return calendar_date(year, month, day) if year is not None else None
    found = [v for y in (-1, 0, 1) if (v := calendar_date(first.year + y, month, day)) is not None]
    if strict:
        found = [v for v in found if not _overlap(v, first, last)]
    middle = first + (last - first) / 2
    if direction == "past":
        found = [v for v in found if bounds(v)[0] <= last]  # type: ignore[operator]
    elif direction == "future":
        found = [v for v in found if bounds(v)[1] >= first]  # type: ignore[operator]
    return min(found, key=lambda v: _distance(v, middle), default=None)


def _overlap(value: str, first: date, last: date) -> bool:
    begin, end = bounds(value)
    return begin is not None and end is not None and begin <= last and first <= end


def _distance(value: str, day: date) -> int:
    begin, end = bounds(value)
    if begin is None or end is None:
        return 10**6
    return max((begin - day).days, (day - end).days, 0)
