"""Subjects that a text leaves out, and its first person: who issues the text is meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from graph.documents.texts import read_text
from graph.model import Event, Reading
from graph.reading import read

Reader = Callable[[str], Reading]


@pytest.fixture
def read_whole(pipeline: Language) -> Reader:
    """Read a text with the layout that it has."""
    return lambda text: next(iter(read(pipeline, [read_text("x.txt", text, None)])))


def acts(reading: Reading) -> dict[str, set[str]]:
    """Who does it, of each event by the words that tell of it."""
    names = {e.key: e.name for e in reading.entities}
    roles = {"initiator", "participant"}
    return {
        reading.document.text[e.trigger.begin : e.trigger.end].lower(): {
            names[r.entity] for r in e.roles if r.name in roles and r.entity
        }
        for e in reading.events
    }


def event(reading: Reading, words: str) -> Event:
    text = reading.document.text
    return next(e for e in reading.events if text[e.trigger.begin : e.trigger.end].lower() == words)


COUNCIL = """Communiqué

The Arab League,

1. Commends Ghana for its mediation in Togo;
2. Strongly condemns the attacks in Birao;
3. Calls on Chad to open the border, and urges Cameroon to follow;
4. Has decided to send observers to Bria.
"""


def test_points_are_done_by_the_body_that_announces_them(read_whole: Reader) -> None:
    found = acts(read_whole(COUNCIL))
    for words in ("commends", "condemns", "calls on"):
        assert found[words] == {"Arab League"}


def test_a_point_keeps_whom_it_was_resolved_through(read_whole: Reader) -> None:
    reading = read_whole(COUNCIL)
    text = reading.document.text
    omitted = [m for m in reading.mentions if m.rule == "ellipsis"]
    assert [text[m.span.begin : m.span.end] for m in omitted] == ["Commends", "condemns", "Calls", "decided"]
    through = {text[m.antecedent.begin : m.antecedent.end] for m in omitted if m.antecedent}
    assert through == {"Arab League"}


def test_points_in_the_past_are_done_by_those_that_the_title_names(read_whole: Reader) -> None:
    found = acts(
        read_whole(
            "Joint communiqué of the Presidents of Brazil and Uruguay\n\n"
            "(1) Signed a memorandum on wind power.\n(2) Agreed to build a bridge.\n"
        )
    )
    assert found["signed"] == {"Brazil", "Uruguay"}
    assert found["agreed"] == {"Brazil", "Uruguay"}


def test_bullets_are_done_by_whom_the_last_sentence_names(read_whole: Reader) -> None:
    found = acts(
        read_whole(
            "Outcome of the consultations\n\nNorway welcomed the guests.\n\nAt the end, the Arab League:\n\n"
            "- Condemns Iran's interference in the affairs of Bahrain.\n- Welcomes the truce in Libya.\n"
        )
    )
    assert found["condemns"] == {"Arab League"}
    assert found["welcomes"] == {"Arab League"}


@pytest.mark.parametrize(
    "text",
    [
        "Peru met Chile.\n\nThanks for all the help with the flood in Piura.",
        "Kenya spoke.\n\nCalls for peace grew louder in Goma.",
        "The Arab League met in Cairo.\n\nVisits were cancelled after the storm.",
    ],
)
def test_nouns_at_the_start_of_a_paragraph_have_no_omitted_subject(read_whole: Reader, text: str) -> None:
    assert all(m.rule != "ellipsis" for m in read_whole(text).mentions)


def test_we_are_those_that_the_title_names(read_whole: Reader) -> None:
    found = acts(
        read_whole(
            "Joint Statement by Canada, Mexico and Jamaica on Haiti\n\n"
            "We condemn the kidnappings. We call on the gangs to disarm.\n"
        )
    )
    assert found["condemn"] == {"Canada", "Mexico", "Jamaica"}
    assert found["call on"] == {"Canada", "Mexico", "Jamaica"}


def test_we_are_those_who_present_themselves(read_whole: Reader) -> None:
    found = acts(
        read_whole(
            "Lima, 3 May 2012\n\nWe, the ministers of Chile and Peru, met. We agreed to share the water.\n"
        )
    )
    assert found["agreed"] == {"Chile", "Peru"}


def test_i_am_the_one_person_by_whom_a_statement_is(read_whole: Reader) -> None:
    reading = read_whole("Statement by Ban Ki-moon on Mali\n\nI urge all parties to end the fighting.\n")
    assert acts(reading)["urge"] == {"Ban Ki-moon"}


def test_the_first_person_of_a_report_is_nobody(read_whole: Reader) -> None:
    reading = read_whole("Mali votes\n\nBan Ki-moon spoke. We urge all parties to vote.\n")
    assert all(m.rule != "issuer" for m in reading.mentions)


def test_we_in_a_quotation_are_not_who_issues_the_text(read_whole: Reader) -> None:
    reading = read_whole(
        "Statement by Ban Ki-moon on Mali\n\n“We condemn the attack on Kidal,” Macky Sall told reporters.\n"
    )
    assert acts(reading)["condemn"] == {"Macky Sall"}


def test_authors_named_above_a_text_say_we(read_whole: Reader) -> None:
    text = "The road to Aden\n\nMia Mottley and Kofi Annan\n\nThe road is long. We urge Oman to open it.\n"
    assert acts(read_whole(text))["urge"] == {"Mia Mottley", "Kofi Annan"}


@pytest.mark.parametrize(
    ("words", "names"), [("condemn", {"Foreign Ministry of Ghana"}), ("thank", {"Mia Mottley"})]
)
def test_a_spokesperson_says_we_for_another(read_whole: Reader, words: str, names: set[str]) -> None:
    title = "Statement by Mia Mottley, spokesperson for the Foreign Ministry of Ghana"
    text = f"{title}\n\nWe condemn the attack on Lomé. I thank Togo for its calm.\n"
    assert acts(read_whole(text))[words] == names


def test_a_sentence_without_a_subject_goes_on_with_that_of_the_one_before(read_whole: Reader) -> None:
    notes = "Diary\n\n3 March. Kofi Annan arrived in Lomé. Condemned the raid on Kara and a blockade.\n"
    assert acts(read_whole(notes))["condemned"] == {"Kofi Annan"}
    passive = "Diary\n\n9 May. Fiji and Tonga were admitted to the forum. Condemned the raid in Apia.\n"
    assert acts(read_whole(passive))["condemned"] >= {"Fiji", "Tonga"}


def test_no_subject_is_supplied_where_there_is_one_or_none_to_go_on_with(read_whole: Reader) -> None:
    with_subject = "Notes\n\nKofi Annan arrived in Lomé. There Helen Clark condemned the raid.\n"
    assert acts(read_whole(with_subject))["condemned"] == {"Helen Clark"}
    apart = "Notes\n\nKofi Annan arrived in Lomé.\n\nCondemned the raid.\n"
    assert "Kofi Annan" not in acts(read_whole(apart)).get("condemned", set())
