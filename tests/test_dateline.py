"""Datelines in the styles of agencies, ministries and papers, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.calendar.written_dates import PartialDate
from graph.documents.dateline import read_dateline
from ontology.layout import layout_words

PROSE = "The ministers met and agreed to go on."
STYLES = [
    ("TOKYO, January 26. /TASS/. ", "TOKYO", "TASS", (1, 26, None)),
    ("TOKYO, April 9 (Itar-Tass) — ", "TOKYO", "Itar-Tass", (4, 9, None)),
    ("PARIS (Reuters) - ", "PARIS", "Reuters", None),
    ("BEIJING, Aug. 3 (Xinhua) -- ", "BEIJING", "Xinhua", (8, 3, None)),
    ("GENEVA, 3 March 2011 – ", "GENEVA", None, (3, 3, 2011)),
    ("KYIV. Jan 5 (Interfax) ", "KYIV", "Interfax", (1, 5, None)),
    ("(ANSA) - ROME, MAY 4 - ", "ROME", "ANSA", (5, 4, None)),
    ("ISLAMABAD, July 5 (APP): ", "ISLAMABAD", "APP", (7, 5, None)),
    ("ISLAMABAD: ", "ISLAMABAD", None, None),
    ("NEW DELHI, Jan 5 (PTI) ", "NEW DELHI", "PTI", (1, 5, None)),
    ("ST. PETERSBURG, Russia, June 17 (Reuters) - ", "ST. PETERSBURG, Russia", "Reuters", (6, 17, None)),
    ("WILMINGTON, Del. (AP) — ", "WILMINGTON, Del.", "AP", None),
    ("MANILA, Philippines — ", "MANILA, Philippines", None, None),
    ("GENEVA/NEW YORK, 5 May 2015 – ", "GENEVA/NEW YORK", None, (5, 5, 2015)),
    ("The Hague, 11 July 2017. ", "The Hague", None, (7, 11, 2017)),
    ("Strasbourg, 05.03.2014 - ", "Strasbourg", None, (3, 5, 2014)),
    ("Abu Dhabi, 5th May, 2021 (WAM) -- ", "Abu Dhabi", "WAM", (5, 5, 2021)),
    ("Khartoum, Jan.5 (SUNA) - ", "Khartoum", "SUNA", (1, 5, None)),
    ("SANA'A, Jan. 5 (Saba) – ", "SANA'A", "Saba", (1, 5, None)),
    ("Port-au-Prince, 12 January 2012 - ", "Port-au-Prince", None, (1, 12, 2012)),
    ("SÃO PAULO — ", "SÃO PAULO", None, None),
    ("Astana. 3 May. Kazinform - ", "Astana", "Kazinform", (5, 3, None)),
    ("Colombo, 03 May, (Asiantribune.com): ", "Colombo", "Asiantribune.com", (5, 3, None)),
    ("WASHINGTON, Jan 5 /PRNewswire/ -- ", "WASHINGTON", "PRNewswire", (1, 5, None)),
    ("January 5, 2010, Tirana – ", "Tirana", None, (1, 5, 2010)),
    ("Suva, Fiji – 5 May 2021 – ", "Suva, Fiji", None, (5, 5, 2021)),
    ("DAKAR (Xinhua, Jan 3) -- ", "DAKAR", "Xinhua", (1, 3, None)),
    ("KINGSTON, Jamaica, CMC – ", "KINGSTON, Jamaica", "CMC", None),
    ("5 March 2014 – ", None, None, (3, 5, 2014)),
    ("Geneva – ", "Geneva", None, None),
]
ALONE = [
    ("April 22, 2022", None, (4, 22, 2022)),
    ("Washington, DC / March 3, 2020", "Washington, DC", (3, 3, 2020)),
    ("Nairobi, Kenya, 12 May", "Nairobi, Kenya", (5, 12, None)),
    ("DONE AT YAMOUSSOUKRO, THIS 25TH DAY OF FEBRUARY 2013", "YAMOUSSOUKRO", (2, 25, 2013)),
    ("Done in Vientiane on 3 May 2010", "Vientiane", (5, 3, 2010)),
    ("Friday, August 21, 2015", None, (8, 21, 2015)),
    ("2006-06-22 10:20:31", None, (6, 22, 2006)),
    ("22 April 2022, 10:30 GMT", None, (4, 22, 2022)),
]
PROSE_ONLY = [
    "Bahrain – Iran relations have been strained for many years.",
    "LAOS–THAILAND RELATIONS are the relations between the two states.",
    "On 12 March 2014, the minister met his counterpart.",
    "In Geneva, 3 March 2011 – the day of the talks – passed quietly.",
    "London, March 3, 2010 was a day of great change.",
    "NATO (OTAN) said on Friday that it would stay.",
    "QUESTION: Thank you very much for being here with us today.",
    "Moscow and Tokyo - two capitals - have agreed to meet.",
    "WTO – the world trade body in Geneva – said on Friday that it would.",
    "Angela met the delegation.",
]


@pytest.mark.parametrize(("opening", "place", "agency", "date"), STYLES)
def test_styles_of_datelines(
    opening: str, place: str | None, agency: str | None, date: tuple[int, int, int | None] | None
) -> None:
    found = read_dateline(opening + PROSE, layout_words())
    assert found is not None
    assert (opening + PROSE)[found.end :] == PROSE
    assert (found.place, found.agency) == (place, agency)
    assert found.date == (PartialDate(*date) if date else None)
    assert not found.alone


@pytest.mark.parametrize(("line", "place", "date"), ALONE)
def test_a_date_line_stands_alone(line: str, place: str | None, date: tuple[int, int, int | None]) -> None:
    found = read_dateline(line, layout_words())
    assert found is not None
    assert found.alone
    assert found.place == place
    assert found.date is not None
    assert (found.date.month, found.date.day, found.date.year) == date


@pytest.mark.parametrize("sentence", PROSE_ONLY)
def test_prose_is_no_dateline(sentence: str) -> None:
    assert read_dateline(sentence, layout_words()) is None


def test_a_day_that_the_calendar_has_not_is_no_date() -> None:
    found = read_dateline(f"LIMA, February 31 (Andina) - {PROSE}", layout_words())
    assert found is None or found.date is None


@given(st.text(max_size=200))
def test_any_text_has_a_dateline_within_it_or_none(text: str) -> None:
    found = read_dateline(text, layout_words())
    assert found is None or 0 < found.end <= len(text)
