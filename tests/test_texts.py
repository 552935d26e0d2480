"""What a Document knows of itself: title, publisher, place, date of issue and how that was found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.documents.issue_date import as_edtf
from graph.documents.texts import Metadata, normalised, read_text
from graph.model import BlockKind, Document
from ontology.layout import layout_words


def report(dateline: str, lead: str, background: str = "") -> Document:
    return read_text("report.txt", f"Ministers hold talks\n\n{dateline}{lead}\n\n{background}\n")


def issued(document: Document) -> tuple[str | None, str | None]:
    return document.issued, document.issued_from


@pytest.mark.parametrize(
    ("identifier", "title", "publisher", "place", "date", "year"),
    [
        ("000_b08cdc313d30cb4e", "Japan’s Diplomatic", "Itar-Tass", "TOKYO", (None, None), None),
        (
            "001_0c0eeeb5d1328432",
            "The 66th",
            "The Japan Forum on International Relations",
            None,
            (None, None),
            None,
        ),
        ("002_c4fd32d2b386c965", "Diplomatic Bluebook", None, None, ("2016", "title"), 2015),
        ("003_565828490891b658", "Japan outdoes", "TASS", "TOKYO", ("2018-01-26", "weekday"), None),
    ],
)
def test_seeds(
    seeds: Path,
    identifier: str,
    title: str,
    publisher: str | None,
    place: str | None,
    date: tuple[str | None, str | None],
    year: int | None,
) -> None:
    text = (seeds / f"{identifier}.txt").read_text("utf-8")
    document = read_text(f"{identifier}.txt", text)
    assert str(document.title).startswith(title)
    assert (document.publisher, document.place) == (publisher, place)
    assert issued(document) == date
    assert document.year == year


def test_metadata_goes_before_the_text() -> None:
    text = "Ministers hold talks\n\nLIMA, May 4, 2010 (Andina) - The ministers of both states met."
    known = Metadata("Talks", "The Example", "2010-05-05", "Cusco", "https://example.org/1")
    document = read_text("a.txt", text, known)
    assert (document.title, document.publisher, document.place) == ("Talks", "The Example", "Cusco")
    assert (document.url, *issued(document)) == ("https://example.org/1", "2010-05-05", "metadata")


def test_a_known_title_marks_the_headline() -> None:
    text = (
        "World\n\nMinisters hold talks\n\nThe ministers of both states met in the capital for talks on trade."
    )
    document = read_text("a.txt", text, Metadata(title="Ministers hold talks"))
    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.HEADING, BlockKind.HEADLINE, BlockKind.BODY]


LEAD = "The foreign ministers of Oman and Yemen met for talks."


@pytest.mark.parametrize(
    ("name", "text", "date"),
    [
        ("a.txt", f"Talks\n\nMUSCAT, 3 March 2011 (ONA) -- {LEAD}", ("2011-03-03", "dateline")),
        ("a.txt", f"Talks\n\nMarch 3, 2011\n\n{LEAD}", ("2011-03-03", "date line")),
        ("a.txt", f"Talks\n\nPublished: 3 March 2011\n\n{LEAD}", ("2011-03-03", "date line")),
        ("a.txt", f"Note\n\n{LEAD}\n\nMuscat, 3 March 2011", ("2011-03-03", "date line")),
        ("2011-03-04-talks.txt", f"Talks\n\nMUSCAT, March 3 (ONA) -- {LEAD}", ("2011-03-03", "file name")),
        ("20110303.txt", f"Talks\n\n{LEAD}", ("2011-03-03", "file name")),
        ("oman_2011-03.txt", f"Talks\n\n{LEAD}", ("2011-03", "file name")),
        ("2012-01-01.txt", f"Talks\n\nMUSCAT, Dec 31 (ONA) -- {LEAD}", ("2011-12-31", "file name")),
        (
            "a.txt",
            f"Talks\n\n2011-03-04 09:12:01\n\nMUSCAT, March 3 (ONA) -- {LEAD}",
            ("2011-03-03", "dateline"),
        ),
        ("a.txt", f"Talks\n\nMUSCAT, March 3 (ONA) -- {LEAD}", (None, None)),
        ("talks_000_20a1.txt", f"Talks\n\n{LEAD}", (None, None)),
        ("a.txt", f"Annual Report 2014\n\nRelations\n\n{LEAD} It was the first time in years.", (None, None)),
    ],
)
def test_where_the_date_of_issue_comes_from(
    name: str, text: str, date: tuple[str | None, str | None]
) -> None:
    assert issued(read_text(name, text)) == date


def test_an_address_may_hold_the_date() -> None:
    known = Metadata(url="https://example.org/2011/03/03/talks")
    assert issued(read_text("a.txt", f"Talks\n\n{LEAD}", known)) == ("2011-03-03", "url")


@pytest.mark.parametrize(
    ("background", "year"),
    [
        ("The two had last met in June 2010 in Sanaa.", "2011"),
        ("The pact of June 2010 will be renewed by 2012, they said. They had met in May 2010.", "2011"),
        ("The two had last met in June 1999 in Sanaa.", None),  # too long ago to tell 2001 from 2007
        ("Oman has mediated since 2010.", None),  # no month: it may be long past
        ("Both will host the games in June 2010.", None),  # still to come
        ("", None),
    ],
)
def test_a_weekday_fixes_the_year_near_a_dated_month(background: str, year: str | None) -> None:
    lead = "The foreign ministers of Oman and Yemen met in Muscat on Thursday for talks."
    document = report("MUSCAT, March 3 (ONA) -- ", lead, background)
    assert document.issued == (f"{year}-03-03" if year else None)


@pytest.mark.parametrize(
    ("lead", "date"),
    [
        ("Prime Minister Julia Gillard met the ministers on Thursday.", ("2011-03-03", "weekday")),
        ("Prime Minister Gordon Brown met Prime Minister Naoto Kan.", ("2010-03-03", "office holders")),
        ("Prime Minister Julia Gillard met the ministers.", (None, None)),
        ("Former Prime Minister Julia Gillard met the ministers on Thursday.", (None, None)),
        ("Prime Minister Julia Gillard met the ministers in 2012. They met again on Thursday.", (None, None)),
        ("Julia Gillard met the ministers on Thursday.", (None, None)),
        ("Prime Minister Julia Gillard met President Barack Obama on Tuesday.", (None, None)),
    ],
)
def test_office_holders_date_a_report(lead: str, date: tuple[str | None, str | None]) -> None:
    assert issued(report("CANBERRA, March 3 (AAP) -- ", lead)) == date


def test_a_year_to_come_is_a_limit() -> None:
    lead = "The foreign ministers of Oman and Yemen met in Muscat on Thursday for talks."
    document = report("MUSCAT, March 3 -- ", lead, "They met in May 2009. The port will be ready by 2010.")
    assert document.issued is None


@pytest.mark.parametrize(
    "lead",
    [
        "The foreign ministers of Oman and Yemen will meet in Muscat on Thursday for talks.",
        "The foreign ministers of Oman and Yemen met last Thursday in Muscat for talks.",
        "The ministers met on Thursday in Muscat, and their deputies met on Tuesday in Aden.",
    ],
)
def test_other_days_do_not_date_a_report(lead: str) -> None:
    assert report("MUSCAT, March 3 (ONA) -- ", lead, "The two had last met in June 2010.").issued is None


def test_the_years_of_an_agencys_name_limit_the_date() -> None:
    lead = "Kenya and Uganda agreed to open the border on Tuesday, the ministry said in Kampala."
    past = "The two had last met in June 2013."
    assert report("KAMPALA, October 1 (ITAR-TASS) -- ", lead, past).issued == "2013-10-01"
    assert report("KAMPALA, October 1. /TASS/. ", lead, past).issued is None


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Diplomatic Bluebook 2019", 2018),
        ("White Paper on Development Cooperation 2010", 2009),
        ("Chronology of the Gulf Crisis, 2017", 2017),
        ("Chronology of the Gulf Crisis, 2017-2021", None),
        ("Envoys meet in 2016", None),
        ("Yearbook of Foreign Affairs 2014", 2013),
    ],
)
def test_the_year_that_a_volume_reports_on(title: str, year: int | None) -> None:
    assert read_text("a.txt", f"{title}\n\n{LEAD}").year == year


@pytest.mark.parametrize(("told", "year"), [("During 2014 and in 2013", 2013), ("During 2014", 2014)])
def test_a_volume_that_tells_only_of_the_year_of_its_title_reports_on_that(told: str, year: int) -> None:
    text = f"Diplomatic Yearbook 2014\n\n{told}, the Republic of Kenya opened two embassies."
    assert read_text("a.txt", text).year == year


@pytest.mark.parametrize(
    ("told", "year"),
    [
        ("In May Kenya voted. In June it rained. In July the army left, first sent in February 2013.", 2014),
        ("In May Kenya voted. In June it rained. In July the army left, first sent in February 2012.", 2013),
        ("In May 2013 Kenya voted. The army left in June 2013.", 2013),
    ],
)
def test_a_volume_leaves_out_the_year_that_it_reports_on(told: str, year: int) -> None:
    text = f"Diplomatic Yearbook 2014\n\n{told} On 4 August the Republic of Kenya opened two embassies."
    assert read_text("a.txt", text).year == year


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2016-04-13", "2016-04-13"),
        ("2016-04-13T08:15:00Z", "2016-04-13"),
        ("2016-04", "2016-04"),
        ("2016", "2016"),
        ("20160413", "2016-04-13"),
        ("13 April 2016", "2016-04-13"),
        ("April 13th, 2016", "2016-04-13"),
        ("Wed, 13 Apr 2016 08:15:00 GMT", "2016-04-13"),
        ("13.04.2016", "2016-04-13"),
        ("04/13/2016", "2016-04-13"),
        ("04/05/2016", "2016"),  # day and month cannot be told apart
        ("2016-02-31", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_as_people_and_machines_write_them(written: str, edtf: str | None) -> None:
    assert as_edtf(written, layout_words()) == edtf


def test_the_text_as_read_has_line_feeds_and_nothing_that_rdf_cannot_hold() -> None:
    assert normalised("\ufeffa\r\nb\rc\0d\ud800e") == "a\nb\nc d\ufffde"


@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_reading_is_pure_and_normalises_once(text: str) -> None:
    document = read_text("a.txt", text)
    assert document == read_text("a.txt", text) == read_text("a.txt", document.text)
    document.text.encode("utf-8")


_PROSE = "The two governments of the region have long disagreed on who may fish in the gulf between them."


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        (f"Fishing in the Gulf\n\nPolicy Brief No. 7 | September 2015\n\n{_PROSE}", "2015-09"),
        (f"Fishing in the Gulf\n\nAmina Diallo, 12 May 2012\n\n{_PROSE}", "2012-05-12"),
        (f"Fishing in the Gulf\n\nNote 31/2014\n\n{_PROSE}", "2014"),
        (f"Fishing in the Gulf\n\n{_PROSE}\n\nNairobi Institute, 3 June 2011", "2011-06-03"),
        (f"Good morning. It's Friday the twenty-first of June, 2019. {_PROSE}", "2019-06-21"),
        (f"After the accord of 2015\n\n{_PROSE} It was a day in May 2012.", None),
        (f"Fishing in the Gulf\n\n{_PROSE} It is since 12 May 2012 that they meet.", None),
    ],
)
def test_lines_about_the_body_and_speakers_tell_the_day(text: str, issued: str | None) -> None:
    assert read_text("a.txt", text).issued == issued
