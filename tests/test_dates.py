"""EDTF values: every one that is written parses, and counting goes by the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from graph.calendar.dates import (
    Unit,
    bounds,
    calendar_date,
    in_year,
    interval,
    season,
    shift,
    stretch,
    weekday,
)

DAYS = st.dates(date(1200, 1, 1), date(2300, 12, 31))


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2016-02-29", "2016-02-29", "2016-02-29"),
        ("2015-02", "2015-02-01", "2015-02-28"),
        ("2015", "2015-01-01", "2015-12-31"),
        ("2018-21", "2018-03-01", "2018-05-31"),
        ("2018-24", "2018-12-01", "2019-02-28"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2010/2012-03", "2010-01-01", "2012-03-31"),
        ("2016-05/", "2016-05-01", None),
        ("/2016-05", None, "2016-05-31"),
    ],
)
def test_bounds_are_the_first_and_the_last_day(value: str, first: str | None, last: str | None) -> None:
    begin, end = bounds(value)
    assert begin == (date.fromisoformat(first) if first else None)
    assert end == (date.fromisoformat(last) if last else None)


@pytest.mark.parametrize("value", ["May 2015", "2015-13-01", "", "2015-1"])
def test_other_text_has_no_bounds(value: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        bounds(value)


@given(DAYS, st.sampled_from(list(Unit)), st.integers(-11, 11))
def test_what_is_counted_is_edtf_and_holds_the_day_again_when_counted_back(
    day: date, unit: Unit, steps: int
) -> None:
    there = shift(day.isoformat(), unit, steps)
    assert there is not None
    assert parse_edtf(there) is not None
    first, last = bounds(there)
    assert first is not None
    assert last is not None
    assert first <= last
    back = shift(there, unit, -steps)
    assert back is not None
    assert back == shift(day.isoformat(), unit, 0)


@given(DAYS, st.integers(0, 6), st.booleans())
def test_weekdays_lie_on_their_side_and_within_a_week(day: date, number: int, strict: bool) -> None:
    past = date.fromisoformat(weekday(day.isoformat(), number, "past", strict) or "")
    future = date.fromisoformat(weekday(day.isoformat(), number, "future", strict) or "")
    assert past.weekday() == future.weekday() == number
    assert timedelta() <= day - past <= timedelta(days=7)
    assert timedelta() <= future - day <= timedelta(days=7)
    assert strict <= (past != day)
    assert strict <= (future != day)


@given(DAYS, st.integers(1, 12))
def test_a_month_without_its_year_lies_within_a_year(day: date, month: int) -> None:
    past = bounds(in_year(day.isoformat(), month, None, "past") or "")
    future = bounds(in_year(day.isoformat(), month, None, "future") or "")
    assert past[0] is not None
    assert past[0] <= day
    assert future[1] is not None
    assert future[1] >= day
    assert day - past[0] <= timedelta(days=366)


@given(DAYS, DAYS)
def test_intervals_run_forward(one: date, other: date) -> None:
    value = interval(one.isoformat(), other.isoformat())
    assert (value is None) == (one > other)
    if value is not None:
        assert bounds(value) == (one, other)


def test_a_vague_anchor_gives_no_sharp_date() -> None:
    assert shift("2011", Unit.DAY, -1) is None
    assert shift("2011", Unit.MONTH, 0) is None
    assert shift("2011", Unit.YEAR, -1) == "2010"
    assert shift("2010/2012", Unit.YEAR, 1) is None
    assert weekday("2011-05", 0, "past") is None
    assert in_year("2011", 5, 6, "past") == "2011-05-06"


def test_days_that_are_not_in_the_calendar_are_refused() -> None:
    assert calendar_date(2015, 2, 29) is None
    assert calendar_date(2015, 13) is None
    assert calendar_date(2016, 2, 29) == "2016-02-29"


def test_stretches_are_no_sharper_than_their_unit() -> None:
    assert stretch("2024-09-17", Unit.YEAR, -2) == "2022-09/2024-09"
    assert stretch("2024-09-17", Unit.DAY, -10) == "2024-09-07/2024-09-17"
    assert stretch("2024", Unit.YEAR, -3) == "2021/2024"
    assert stretch("2024-09-17", Unit.MONTH, 2) == "2024-09/2024-11"


def test_a_season_is_its_months() -> None:
    assert season(2018, 21) == "2018-03/2018-05"
    assert season(2018, 24) == "2018-12/2019-02"
