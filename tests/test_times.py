"""Time phrases in texts of many regions become dates, and what is no date does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from edtf import parse_edtf

from graph.calendar.timephrases import TimeGrammar
from graph.documents.texts import Metadata, read_text
from graph.model import Block, BlockKind, Document
from graph.notes import Notes, TimeNote
from graph.reading import read as read_documents
from ontology.time_words import load_time_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

ISSUED = "2019-09-11"  # a Wednesday


@pytest.fixture
def times(pipeline: Language) -> Callable[..., list[TimeNote]]:
    def read(text: str, issued: str | None = ISSUED, year: int | None = None) -> list[TimeNote]:
        blocks, begin = [], 0
        for line in text.split("\n"):
            blocks.append(Block(begin, begin + len(line), BlockKind.BODY))
            begin += len(line) + 1
        doc = pipeline.make_doc(text)
        notes = Notes(Document("a.txt", text, tuple(blocks), issued=issued, year=year))
        doc._.notes = notes
        pipeline(doc)
        for note in notes.times:
            assert text[note.when.phrase.begin : note.when.phrase.end].strip()
            parse_edtf(note.when.edtf)
        return notes.times

    return read


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The accord was signed on 8th February, 2011 in Dakar.", "2011-02-08"),
        ("The king arrived on Tuesday, 5 March 2019.", "2019-03-05"),
        ("The envoy met the rebels on May 6.", "2019-05-06"),
        ("Fiji held its forum on Sept. 3-5.", "2019-09-03/2019-09-05"),
        ("The exercise ran from 3 to 5 May 2018.", "2018-05-03/2018-05-05"),
        ("Voting lasts from November 20 to December 11.", "2019-11-20/2019-12-11"),
        ("The pact of 13.04.2016 was renewed.", "2016-04-13"),
        ("In early September the presidents met in Lomé.", "2019-09"),
        ("Oil was found in late 2014.", "2014"),
        ("Trade fell in the first half of 2015.", "2015-01/2015-06"),
        ("Exports rose in Q3 2018.", "2018-07/2018-09"),
        ("The truce broke down in spring 2018.", "2018-03/2018-05"),
        ("The border was drawn in the 1990s.", "199X"),
        ("Bolivia lost its coast in the 19th century.", "18XX"),
        ("Ghana joined the court in October 2015.", "2015-10"),
        ("The March 2011 earthquake destroyed the port.", "2011-03"),
        ("The emir landed in Tunis this morning.", "2019-09-11"),
        ("Shells fell on the town last night.", "2019-09-10"),
        ("The court ruled yesterday evening.", "2019-09-10"),
        ("It is Friday the sixth of August, 2021.", "2021-08-06"),
        ("The war (1988–94) displaced a million people.", "1988/1994"),
        ("The talks took place between 2010 and 2012.", "2010/2012"),
        ("The ministers met on Monday in Tashkent.", "2019-09-09"),
        ("The ministers will meet on Monday in Tashkent.", "2019-09-16"),
        ("The ministers are to meet on Monday.", "2019-09-16"),
        ("The summit is scheduled for November.", "2019-11"),
        ("The summit was held in November.", "2018-11"),
        ("Malawi votes next month.", "2019-10"),
        ("Malawi voted last year.", "2018"),
        ("The embassy was opened two years ago.", "2017"),
        ("The embassy closed three days ago.", "2019-09-08"),
        ("The president arrived yesterday.", "2019-09-10"),
        ("The prime minister leaves for Hanoi tomorrow.", "2019-09-12"),
        ("The parties met this week.", "2019-09-09/2019-09-15"),
        ("The junta seized power last summer.", "2019-06/2019-08"),
        ("The treaty was signed on September 3 last year.", "2018-09-03"),
        ("The court ruled on Friday last week.", "2019-09-06"),
        ("The assembly reopens at the end of next year.", "2020"),
        ("Aid doubled in the past two years.", "2017-09/2019-09"),
        ("The strike began on Monday, 2 September.", "2019-09-02"),
        ("[Ten] years ago the dam burst.", "2009"),
        ("Twelve years ago today the pact was signed.", "2007-09-11"),
        ("The theme of this years regatta is water.", "2019"),
        ("Lesotho will ratify the pact by the end of the year.", "2019-12-31"),
        ("Bolivia hopes to clear the backlog by year end.", "2019-12-31"),
        ("Bolivia had cleared the backlog by the close of 2017.", "2017-12-31"),
        ("Ghana sent a team to the Asia Pacific Games 2014.", "2014"),
        ("The minister opened the Gulf Defence Dialogue Manama 2016.", "2016"),
        ("Shells fell on the port on Friday night.", "2019-09-06"),
        ("Lesotho will vote in the spring.", "2020-03/2020-05"),
        ("Ghana voted last winter.", "2018-12/2019-02"),
        ("Floods struck the delta in March and April.", "2019-03/2019-04"),
        ("The talks, to be held in Suva on 2 October, are open.", "2019-10-02"),
    ],
)
def test_phrases_are_worked_out(times: Callable[..., list[TimeNote]], text: str, edtf: str) -> None:
    assert [t.when.edtf for t in times(text)] == [edtf]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels may march on the capital.",
        "The envoys talked for ninety minutes.",
        "Prime Minister May spoke of trade.",
        "Relations have improved in recent months.",
        "They marked the 60th anniversary of their ties.",
        "The army sent 2000 soldiers to the border.",
        "The flood destroyed 1500 houses.",
        "The sun set over the second largest port.",
        "A 42-year-old diplomat was expelled.",
        "The UN adopted Agenda 2030.",
        "The summit drew 1800 delegates.",
        "The envoy flew to Christmas Island.",
    ],
)
def test_what_is_no_date_is_left_alone(times: Callable[..., list[TimeNote]], text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize(
    ("before", "edtf"),
    [
        ("Since the coup of October 2016, aid has stopped.", "2019-07"),
        ("The 2016 Kigali accord is dead.", "2019-07"),
        ("In October 2016 the king fled.", "2016-07"),
    ],
)
def test_the_year_of_what_is_only_named_is_not_that_of_the_story(
    times: Callable[..., list[TimeNote]], before: str, edtf: str
) -> None:
    assert times(f"{before} Kenya wrote to the council in July.")[-1].when.edtf == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("In July 2014 the king fled. The following March Kenya wrote to the council.", "2015-03"),
        ("In 2014 the king fled. The following March Kenya wrote to the council.", "2015-03"),
        ("On 3 July 2014 the king fled, who had been crowned the previous Christmas.", "2013-12"),
        ("On 3 July 2014 the king fled. Last March Kenya wrote to the council.", "2019-03"),
    ],
)
def test_a_month_that_follows_is_counted_from_the_story(
    times: Callable[..., list[TimeNote]], text: str, edtf: str
) -> None:
    assert times(text)[-1].when.edtf == edtf


def test_a_relative_phrase_names_what_it_was_counted_from(times: Callable[..., list[TimeNote]]) -> None:
    (note,) = times("Kenya hosted the talks last month.")
    assert (note.when.edtf, note.when.anchor) == ("2019-08", ISSUED)
    assert (note.when.start, note.when.end) == ("2019-08-01", "2019-08-31")
    (note,) = times("Kenya hosted the talks in August 2019.")
    assert note.when.anchor is None


def test_without_a_date_of_issue_relative_phrases_stay_open(times: Callable[..., list[TimeNote]]) -> None:
    assert times("Kenya hosted the talks last month, and Uganda spoke on Monday.", issued=None) == []
    assert times("The envoy met the rebels on May 6.", issued=None) == []


def test_the_story_carries_dates_on(times: Callable[..., list[TimeNote]]) -> None:
    text = "In 2014, the army took the city. On 5 May it fell again, and the next day the general fled."
    assert [t.when.edtf for t in times(text, issued=None)] == ["2014", "2014-05-05", "2014-05-06"]
    text = "The envoy arrived on 3 June 2015. He left the same day.\nOn 9 June he resigned."
    assert [t.when.edtf for t in times(text, issued=None)] == ["2015-06-03", "2015-06-03"]


def test_the_day_that_the_story_has_reached_is_counted_on(times: Callable[..., list[TimeNote]]) -> None:
    text = "Kenya called off the talks in August, due on the 25th of that month. Hours later it called."
    assert [t.when.edtf for t in times(text)] == ["2019-08", "2019-08-25", "2019-08-25"]
    text = "The envoys met on Tuesday on a plan for 2020–2022. The following morning they left."
    assert [t.when.edtf for t in times(text)] == ["2019-09-10", "2020/2022", "2019-09-11"]
    assert [t.when.edtf for t in times("Hours later they left. They left in the fall of Accra.")] == []


def test_a_year_beside_the_story_does_not_complete_its_dates(times: Callable[..., list[TimeNote]]) -> None:
    text = "Since the coup of October 2016, Fiji has had no parliament. Two judges were killed in June."
    assert [t.when.edtf for t in times(text)] == ["2016-10", "2019-06"]
    text = "Togo, which left the pact in 2016, did not sign. The pact entered into force in June."
    assert [t.when.edtf for t in times(text)] == ["2016", "2019-06"]


def test_what_lies_ahead_or_began_long_ago_is_not_where_the_story_is(
    times: Callable[..., list[TimeNote]],
) -> None:
    text = "The session is expected to open in May 2020. In June, floods hit Chad."
    assert [t.when.edtf for t in times(text)] == ["2020-05", "2019-06"]
    text = "Ten have died in Quetta since Monday. Hours later the envoy left."
    assert [t.when.edtf for t in times(text)] == ["2019-09-09"]
    text = "The envoy left Quetta on Monday. Hours later he resigned."
    assert [t.when.edtf for t in times(text)] == ["2019-09-09"] * 2
    text = "Rebels tried to cross the border on Friday. Rebels hope to cross the border on Friday."
    assert [t.when.edtf for t in times(text)] == ["2019-09-06", "2019-09-13"]
    text = "Sata accused Banda of fraud ahead of December's elections. Sata won December's elections."
    assert [t.when.edtf for t in times(text)] == ["2019-12", "2018-12"]


def test_an_entry_is_counted_from_its_day(times: Callable[..., list[TimeNote]]) -> None:
    text = "May 9, 2013 – Peru. A lawyer, detained three days ago, is freed. The term ends in the autumn."
    assert [t.when.edtf for t in times(text)] == ["2013-05-09", "2013-05-06", "2013-09/2013-11"]


def test_a_yearbook_tells_of_its_year(times: Callable[..., list[TimeNote]]) -> None:
    text = "In October the minister visited Baku, and in March the commission met."
    assert [t.when.edtf for t in times(text, issued="2016", year=2015)] == ["2015-10", "2015-03"]
    text = "No truce was reached at the end of the year."
    assert [t.when.edtf for t in times(text, issued="2016", year=2015)] == ["2015"]
    assert [t.when.edtf for t in times(text, issued="2016")] == ["2016"]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Polling day, May 7, 2015, was calm.\nTurnout on polling day was high.", ["2015-05-07"] * 3),
        ("On Saturday, the opening night, the hall was full.", ["2019-09-07"] * 2),
        ("Regatta day five\nYesterday, day five of the regatta, Fiji won.", ["2019-09-10"] * 3),
        ("On Monday, a rainy day, the envoys left. It was a rainy day.", ["2019-09-09"]),
        ("On Monday, the first day, they rested. The first day of talks follows.", ["2019-09-09"]),
        ("In May 2015, polling day was near.", ["2015-05"]),
    ],
)
def test_a_day_that_a_text_names_is_known_by_its_name(
    times: Callable[..., list[TimeNote]], text: str, dates: list[str]
) -> None:
    assert [t.when.edtf for t in times(text)] == dates


def test_what_is_done_by_a_deadline_lies_in_its_period(times: Callable[..., list[TimeNote]]) -> None:
    (note,) = times("The embassy will reopen by the end of next month.")
    assert note.when.edtf == "2019-10-31"
    assert note.period is not None
    assert note.period.edtf == "2019-10"
    (note,) = times("The embassy will reopen at the end of next month.")
    assert (note.when.edtf, note.period) == ("2019-10", None)


def test_a_numbered_chapter_is_about_the_year_in_its_title(pipeline: Language) -> None:
    text = "{}\n\nThe commission of Fiji and Tonga met in Suva on 4 May. It met in Apia on 9 June."
    for title, year in (
        ("Chapter 4. The Pacific in 2016", "2016"),
        ("Part II: Island states in 2016", "2016"),
        ("The Pacific in 2016", None),
    ):
        document = read_text("a.txt", text.format(title), Metadata(published="2018"))
        assert (str(document.year) if document.year else None) == year
        (reading,) = read_documents(pipeline, [document])
        assert reading.events[0].when is not None
        assert reading.events[0].when.edtf.startswith(year or "2018")


def test_what_happened_in_a_week_is_in_its_month_and_between_its_days(pipeline: Language) -> None:
    text = (
        "Ministers meet\n\n12 March 2014\n\nKenya will sign the treaty with Uganda next week.\n\n"
        "Kenya will sign the treaty with Chad in the week of the fair.\n\nKenya will host Togo from 17 March "
        "to 21 March."
    )
    (reading,) = read_documents(pipeline, [read_text("a.txt", text)])
    dates = [(e.when.edtf, e.when.start, e.when.end) for e in reading.events if e.when]
    assert dates[0] == ("2014-03", "2014-03-17", "2014-03-23")
    assert dates[1:] in ([], [("2014-03-17/2014-03-21", "2014-03-17", "2014-03-21")])


def test_an_act_of_a_moment_is_on_some_day_of_its_occasion(pipeline: Language) -> None:
    text = (
        "Chronicle 2013\n\n4–7 May. Chadian and Malian troops exchange fire near Sarh. President Sata "
        "accuses Chad of fraud.\n\n30 May–2 June. Fighting near Sarh. President Sata condemns Fiji."
    )
    (reading,) = read_documents(pipeline, [read_text("a.txt", text)])
    days = {text[e.trigger.begin : e.trigger.end]: e.when.edtf if e.when else None for e in reading.events}
    assert days["exchange fire"] == "2013-05-04/2013-05-07"
    assert days["accuses"] == "2013-05"
    assert days["condemns"] == "2013-05-30/2013-06-02"


def test_every_word_of_the_table_is_read() -> None:
    grammar = TimeGrammar(load_time_words())
    words = load_time_words()
    for name in [*words.months, *(f"{m}." for m in words.month_abbreviations)]:
        assert [p.begin for p in grammar.find(f"{name} 5, 2001")] == [0]
    for name in words.weekdays:
        assert list(grammar.find(f"on {name}"))
    for name in words.relatives:
        assert list(grammar.find(f"{name} year"))
    for name in words.deictics:
        assert list(grammar.find(name))


@pytest.mark.parametrize(
    ("text", "trigger", "when"),
    [
        (
            "Chronicle 2013\n\n4 May – President Sata visits Botswana for three days.\n\n"
            "9 June – Zambia and Angola sign a border agreement in Luanda.",
            "visits",
            "2013-05-04",
        ),
        (
            "Chronicle 2013\n\n4 May\n\nThe foreign ministers of Zambia and Angola met in the border town "
            "of Solwezi and spoke of trade.\n\n9 June\n\nZambia opened its new embassy in Luanda.",
            "opened",
            "2013-06-09",
        ),
        (
            "Talks resume\n\nNAIROBI, 5 March 2014 (KNA) – Kenya and Uganda on Tuesday resumed talks on the "
            "lake.\n\nThe government welcomed the offer, President Uhuru Kenyatta told reporters.",
            "told",
            "2014-03-04",
        ),
        (
            "Talks resume\n\nNAIROBI, 5 March 2014 (KNA) – Kenya and Uganda on Tuesday resumed talks on the "
            "lake.\n\nIn Lusaka, President Michael Sata praised the offer.",
            "praised",
            None,
        ),
        (
            "Talks resume\n\nBy Ann Okello in Nairobi\n5 March 2014\n\nKenya and Uganda on Tuesday resumed "
            "talks on the lake.\n\nPresident Uhuru Kenyatta praised the offer of Rwanda.",
            "praised",
            None,
        ),
        (
            "Evening script\n\n5 March 2014\n\nPresident Michael Sata of Zambia thanks Fiji.",
            "thanks",
            "2014-03-05",
        ),
        (
            "Evening script\n\n5 March 2014\n\nOn Monday, President Michael Sata visits Angola. "
            "Sata thanks Fiji.",
            "thanks",
            None,
        ),
        (
            "Republic of Peru\n\nPress Release No. 12\n\nLima, 6 May 2011\n\nThe Government of Peru condemns "
            "the attack on the embassy of Chile and sends its condolences.",
            "condemns",
            "2011-05-06",
        ),
        (
            "Border shelled\n\nBAKU, 5 March 2014 (ANS) – In the early hours of Monday, Georgia attacked "
            "Armenia, officials in the region confirmed.",
            "attacked",
            "2014-03-03",
        ),
    ],
)
def test_the_day_of_an_entry_a_lead_or_a_release_is_that_of_its_acts(
    pipeline: Language, text: str, trigger: str, when: str | None
) -> None:
    (reading,) = read_documents(pipeline, [read_text("a.txt", text)])
    days = {
        text[e.trigger.begin : e.trigger.end].split(maxsplit=1)[0]: e.when.edtf if e.when else None
        for e in reading.events
    }
    assert days.get(trigger) == when, days
