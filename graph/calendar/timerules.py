"""The rules of time phrases: patterns over the letters of atoms, and what builds an expression of each."""

from __future__ import annotations

import re

_MONTH = r"(?:M|m\.?)"
_PART = r"(?:t?(?:P|Fh)(?:o?t?|d?))"
_YEAR_AFTER = r"(?:,?(?P<year>Y)|[,d]?o?(?P<rel>R)(?P<unit>U))?"


def _date(n: int) -> str:
    """The letters of one end of a range."""
    month = rf"(?P<m{n}>M|m)(?:(?<=m)\.)?"
    return rf"(?:t?(?:(?P<a{n}>D)o?)?{month}(?P<b{n}>D)?(?:,?(?P<y{n}>Y))?|(?P<z{n}>Y)|(?P<w{n}>W))"


RUN = re.compile(r"[^_]*[IJMmYWUVTZqSKH][^_]*")
RULES: tuple[tuple[str, str, bool], ...] = (
    (r"(?P<all>I)", "iso", False),
    (r"(?P<all>J)", "dotted", False),
    (
        rf"f?(?P<between>B)?(?:W,?)?(?P<month>{_MONTH})(?P<first>D)(?P<to>[dx&])(?P<last>D)(?![Mm]){_YEAR_AFTER}",
        "days",
        False,
    ),
    (
        rf"f?(?P<between>B)?(?:t(?=D))?(?P<first>D)(?P<to>[dx&])t?(?P<last>D)o?(?P<month>{_MONTH}){_YEAR_AFTER}",
        "days",
        False,
    ),
    (rf"f?(?P<between>B)?{_date(1)}(?P<to>[dx&]){_date(2)}", "range", False),
    (r"(?P<year>Y)d(?P<last>[Dn])", "years", False),
    (r"t?(?P<day>D)o(?P<rel>R)(?P<unit>U)", "day_of", False),
    (r"[CDn]?H[EL]", "same_day", False),
    (
        rf"(?:{_PART})?(?P<before>R)?(?:[Ww]\.?,?)?(?:t?(?P<a>D|F(?=o))o?)?"
        rf"(?P<month>M|m(?P<dot>\.?))(?P<b>D)?(?:{_YEAR_AFTER[3:-2]})",
        "month",
        False,
    ),
    (
        r"(?:(?P<before>R)?[Ww]\.?,?)?(?:t?(?P<a>D|F(?=o))o?)(?P<month>M|m(?P<dot>\.)?)",
        "month",
        False,
    ),
    (r"(?:[Ww]\.?,?t?)?(?P<month>M|m(?P<dot>\.)?)(?P<b>D)", "month", False),
    (rf"{_PART}?(?P<before>R)(?P<month>M|m(?P<dot>\.)?)", "month", False),
    (rf"{_PART}(?P<month>M|m(?P<dot>\.)?)", "month", False),
    (r"(?P<month>M|m(?P<dot>\.)?)", "month", True),
    (rf"{_PART}?t?(?P<season>S)(?:[o,]?(?P<year>Y)|o?(?P<rel>R)(?P<unit>U))", "season", False),
    (rf"{_PART}?(?P<before>R)(?P<season>S)", "season", False),
    (rf"{_PART}?t(?P<season>S)(?!o)", "season", True),
    (r"(?P<n>q),?o?(?P<year>Y)", "portion", False),
    (
        r"t?(?P<n>[FD])(?:(?P<half>h)|(?P<quarter>U))(?:o?(?P<year>Y)|ot?(?P<rel>R)?(?P<unit>U))",
        "portion",
        False,
    ),
    (rf"{_PART}?t?(?P<decade>Z)", "decade", False),
    (rf"(?:t?{_PART})?t?(?P<n>[FD])d?(?P<unit>U)", "century", False),
    (r"t?Po?t(?P<unit>U)", "unit_part", False),
    (rf"{_PART}(?P<rel>R)(?P<unit>U)", "unit_part", False),
    (r"(?P<unit>U)d?(?P<part>P)", "year_end", False),
    (r"R?(?P<before>R)?(?P<day>W)o?(?P<rel>R)(?P<unit>U)", "weekday", False),
    (r"(?:R(?=R))?(?P<before>R)?(?P<day>W)K?", "weekday", False),
    (r"[EL]?(?P<the>t)?(?:R(?=R))?(?P<rel>R)(?P<count>[CDn])?(?P<unit>[UV])", "unit", False),
    (r"(?P<count>[CDn])(?P<unit>[UV])A(?P<day>T)", "ago_today", False),
    (r"(?P<count>[CDn])(?P<unit>[UV])(?P<way>[AEL])", "ago", False),
    (r"t(?P<unit>U)(?P<way>[ba])(?P<day>T)", "before_yesterday", False),
    (r"[EL]it(?P<unit>U)", "in_the_unit", False),
    (r"t(?P<unit>U)", "the_weekend", False),
    (r"t(?P<unit>U)b(?=[,.]|$)", "unit_before", False),
    (r"(?P<before>R)(?:R)?(?P<clock>K)", "time_of_day", False),
    (r"(?P<day>T)K", "deictic", False),
    (r"[EL]?(?P<day>T)", "deictic", False),
    (rf"{_PART}(?P<year>Y)", "lone_year", False),
    (r"(?P<year>Y)", "lone_year", True),
)
