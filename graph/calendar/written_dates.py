"""Dates as people write them on a document: "January 26", "3rd March, 2011", "05.03.2014", "2016-04-13"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ontology.layout import LayoutWords


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as written: the day of a month, the year and the weekday only where the words give them."""

    month: int | None
    day: int | None
    year: int | None
    weekday: int | None = None

    @property
    def edtf(self) -> str | None:
        """The date in EDTF as far as it is known from the year down; None without a year."""
        parts = [f"{self.year:04}"] if self.year else []
        if parts and self.month:
            parts.append(f"{self.month:02}")
            if self.day:
                parts.append(f"{self.day:02}")
        return "-".join(parts) or None


@cache
def _date_pattern(
    words: tuple[str, ...], weekdays: tuple[str, ...], ordinals: tuple[str, ...]
) -> re.Pattern[str]:
    month = "|".join(sorted(words, key=len, reverse=True))
    weekday = "|".join(sorted(weekdays, key=len, reverse=True))
    spelled = "|".join(sorted(ordinals, key=len, reverse=True))
    year = r"(?:,?\s*(?P<{}>(?:19|20)\d\d)(?!\d))?"
    day = rf"(?P<{{}}>\d{{{{1,2}}}}|(?:{spelled})\b)(?:st|nd|rd|th)?(?![\d:])"
    return re.compile(
        rf"(?:(?P<weekday>{weekday})\b\.?,?\s+)?(?:on\s+)?(?:this\s+|the\s+)?(?:"
        rf"(?P<m1>{month})\b\.?\s*{day.format('d1')}{year.format('y1')}"
        rf"|{day.format('d2')}(?:\s+day)?(?:\s+of)?[\s-]+(?P<m2>{month})\b\.?"
        rf"{year.replace(',?', '[,-]?').format('y2')}"
        r"|(?P<d3>\d{1,2})(?P<s3>[./])(?P<m3>\d{1,2})(?P=s3)(?P<y3>(?:19|20)\d\d)(?!\d)"
        r"|(?P<y4>(?:19|20)\d\d)[-/.](?P<m4>\d{1,2})[-/.](?P<d4>\d{1,2})(?!\d)"
        r")",
        re.IGNORECASE,
    )


def find_date(text: str, words: LayoutWords, begin: int = 0) -> tuple[PartialDate, int] | None:
    """The date that starts exactly at ``begin``, and where it ends; None where there is none."""
    match = _pattern(words).match(text, begin)
    return _partial(match, words) if match else None


def search_date(text: str, words: LayoutWords) -> PartialDate | None:
    """The first date with its year anywhere in ``text``."""
    for match in _pattern(words).finditer(text):
        found = _partial(match, words)
        if found and found[0].year:
            return found[0]
    return None


def _pattern(words: LayoutWords) -> re.Pattern[str]:
    return _date_pattern(tuple(words.month_numbers), tuple(words.weekday_numbers), words.day_ordinals)


def month_at_end(line: str, words: LayoutWords) -> PartialDate | None:
    """The month with its year that a line ends with: "Policy Brief No. 7, September 2015"."""
    months = "|".join(sorted(words.month_numbers, key=len, reverse=True))
    match = re.search(rf"(?<![\w-])({months})\b\.?,?\s+((?:19|20)\d\d)\W*$", line, re.IGNORECASE)
    return PartialDate(words.month_numbers[match[1].lower()], None, int(match[2])) if match else None


def _partial(match: re.Match[str], words: LayoutWords) -> tuple[PartialDate, int] | None:
    """The date of a match, checked against the calendar; None for a 31 February."""
    got = {key: value for key, value in match.groupdict().items() if value}
    month = words.month_numbers.get((got.get("m1") or got.get("m2") or "").lower())
    day, year = got.get("d1") or got.get("d2"), got.get("y1") or got.get("y2")
    spelled = words.day_ordinals.index(day.lower()) + 1 if day and not day.isdigit() else None
    numbers = (spelled or (int(day) if day else None), month, int(year) if year else None)
    if "y3" in got:
        numbers = _numeric(int(got["d3"]), int(got["m3"]), int(got["y3"]), slash=got["s3"] == "/")
    elif "y4" in got:
        numbers = (int(got["d4"]), int(got["m4"]), int(got["y4"]))
    weekday = words.weekday_numbers.get(got.get("weekday", "").lower())
    date = PartialDate(numbers[1], numbers[0], numbers[2], weekday)
    return (date, match.end()) if valid(date) else None


def _numeric(first: int, second: int, year: int, *, slash: bool) -> tuple[int | None, int | None, int]:
    """Day first, unless only month first makes a date; between slashes, what can be both stays open."""
    if first <= 12 < second:
        return second, first, year
    if slash and first <= 12 and second <= 12 and first != second:
        return None, None, year
    return first, second, year


def valid(date: PartialDate) -> bool:
    """Whether the calendar has this date (in a leap year, where the year is unknown)."""
    if date.month is None:
        return date.day is None
    lengths = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not 1 <= date.month <= 12 or (date.day is not None and not 1 <= date.day <= lengths[date.month - 1]):
        return False
    year = date.year
    leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return leap or (date.month, date.day) != (2, 29)
