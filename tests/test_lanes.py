"""The picture of a timeline: events keep their length and order, and nothing lies over anything else."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from service.pages.lanes import DRAWN, LANES, Shown, Window, cells, lanes, marks, place

DAYS = st.integers(date(1850, 1, 1).toordinal(), date(2100, 12, 31).toordinal())
WINDOWS = st.tuples(DAYS, DAYS).map(lambda days: (min(days), max(days)))


def event(begin: int, end: int, *names: str, label: str = "") -> Shown:
    return Shown(begin, end, names, "/id/event/x", label, "", "neutral actual")


@st.composite
def pictures(draw: st.DrawFn) -> tuple[list[Shown], Window]:
    window = draw(WINDOWS)
    inside = st.integers(window[0], window[1])
    spans = draw(st.lists(st.tuples(inside, inside), max_size=25))
    labels = st.sampled_from(["", "a meeting", "a very long name of an event"])
    return [event(min(s), max(s), draw(st.sampled_from("ab")), label=draw(labels)) for s in spans], window


@given(pictures())
def test_every_event_is_in_its_lane_and_bars_of_a_row_do_not_touch(
    picture: tuple[list[Shown], Window],
) -> None:
    events, window = picture
    made = lanes(events, window)
    assert sum(lane.number for lane in made) == len(events) == sum(len(lane.bars) for lane in made)
    for lane in made:
        for row in range(lane.rows):
            ends = sorted((bar.x, bar.x2) for bar in lane.bars if bar.row == row)
            assert ends
            assert all(a[1] < b[0] for a, b in pairwise(ends))
        assert all(0 <= bar.x <= bar.x2 <= 100 for bar in lane.bars)


def test_a_month_is_a_bar_and_a_day_a_dot() -> None:
    year = date(2016, 1, 1).toordinal(), date(2016, 12, 31).toordinal()
    may = event(date(2016, 5, 1).toordinal(), date(2016, 5, 31).toordinal(), "meeting")
    day = event(date(2016, 5, 6).toordinal(), date(2016, 5, 6).toordinal(), "visit")
    bars = {lane.name: lane.bars[0] for lane in lanes([may, day], year)}
    assert bars["meeting"].x2 - bars["meeting"].x == place(may.end + 1, year) - place(may.begin, year) > 8
    assert bars["visit"].x2 == bars["visit"].x
    assert place(day.begin, year) < bars["visit"].x < place(day.begin + 1, year)


def test_what_sticks_out_of_the_window_is_cut_off_at_its_edges() -> None:
    window = date(2016, 1, 1).toordinal(), date(2016, 1, 31).toordinal()
    (lane,) = lanes([event(window[0] - 400, window[1] + 400, "conflict")], window)
    assert (lane.bars[0].x, lane.bars[0].x2) == (0, 100)


def test_more_lanes_than_there_is_room_for_share_the_last() -> None:
    window = date(2016, 1, 1).toordinal(), date(2016, 12, 31).toordinal()
    events = [event(window[0] + n, window[0] + n, f"lane {n:02}") for n in range(LANES + 3)]
    made = lanes(events, window)
    assert len(made) == LANES + 1
    assert (made[-1].name, made[-1].number) == ("others", 3)


def test_too_many_events_to_draw_are_counted() -> None:
    window = date(2016, 1, 1).toordinal(), date(2016, 12, 31).toordinal()
    events = [event(window[0] + n % 300, window[0] + n % 300, "statement") for n in range(DRAWN + 1)]
    (lane,) = lanes(events, window)
    assert not lane.bars
    assert sum(cell.number for cell in lane.cells) == DRAWN + 1


@given(st.lists(DAYS, max_size=40), WINDOWS)
def test_every_day_is_counted_once_in_a_stretch_that_has_it(days: list[int], window: Window) -> None:
    inside = [one for one in days if window[0] <= one <= window[1]]
    made = list(cells(inside, window))
    assert sum(cell.number for cell in made) == len(inside)
    for cell in made:
        held = [one for one in inside if cell.first.toordinal() <= one <= cell.last.toordinal()]
        assert len(held) == cell.number
        assert 0 < cell.share <= 1


@given(WINDOWS)
def test_an_axis_has_few_marks_in_order(window: Window) -> None:
    made = marks(window)
    assert len(made) <= 12
    assert [mark.x for mark in made] == sorted(mark.x for mark in made)
    assert all(0 <= mark.x <= 100 for mark in made)
