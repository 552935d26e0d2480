"""Events are where their sentence, the dateline or the opening of the paragraph says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.documents.texts import read_text
from graph.reading import read

if TYPE_CHECKING:
    from spacy.language import Language


def place_of(pipeline: Language, text: str, word: str) -> str | None:
    """The place of the event whose trigger begins with a word."""
    (found,) = read(pipeline, [read_text("a.txt", text)])
    names = {e.key: e.name for e in found.entities}
    for event in found.events:
        if text[event.trigger.begin : event.trigger.end].startswith(word):
            return next((names[r.entity] for r in event.roles if r.name == "place" and r.entity), None)
    raise AssertionError(f"no event {word!r} in {text!r}: {found.events}")


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        # What talks are about is not where they are; a town may be.
        ("The ministers of Fiji and Tonga discussed developments in the Coral Sea.", "discussed", None),
        (
            "The ministers of Fiji and Tonga exchanged views on the situation in Syria.",
            "exchanged",
            None,
        ),
        ("The ministers of Fiji and Tonga held talks on trade in Suva.", "held", "Suva"),
        # The place that opens a sentence is that of all its main clauses, not of those below.
        (
            "In Lima, Peru and Chile agreed on a loan, and President Ollanta Humala invited King Felipe.",
            "invited",
            "Lima",
        ),
        (
            "In Lima, President Ollanta Humala praised Fiji, whose envoys had met the rebels.",
            "met",
            None,
        ),
        # "There" is where somebody was, went to or came from.
        (
            "Minister Louise Mushikiwabo returned from Kampala. There she met President Yoweri Museveni and "
            "thanked Uganda.",
            "thanked",
            "Kampala",
        ),
        (
            "Minister Louise Mushikiwabo spoke of Kampala. There she is: Mushikiwabo thanked Fiji.",
            "thanked",
            None,
        ),
        # A court is where it sits.
        ("A Nairobi court sentenced the lawyer Ann Okello to prison.", "sentenced", "Nairobi"),
        ("A court in Mongu sentenced the lawyer Ann Okello to prison.", "sentenced", "Mongu"),
        ("A court in session sentenced the lawyer Ann Okello to prison.", "sentenced", None),
        ("A court in Zambia sentenced the lawyer Ann Okello to prison.", "sentenced", "Zambia"),
        ("A Nairobi newspaper, the Daily Nation, praised the lawyer Ann Okello.", "praised", None),
        # What is invaded is the place; a critic's target is none.
        ("The ministers spoke of Iraq's invasion of Kuwait.", "invasion", "Kuwait"),
        ("The ministers spoke of Iraq's criticism of Kuwait.", "criticism", None),
        # A post is held in a town.
        ("Ann Okello was named honorary consul of Kenya in Arusha.", "named", "Arusha"),
        # What is done while meeting, or as others meet, is done there.
        ("ECOWAS ministers, meeting in Abuja, condemned the coup in Mali.", "condemned", "Abuja"),
        ("Speaking in Abuja, President Alpha Condé condemned the coup in Mali.", "condemned", "Abuja"),
        ("ECOWAS ministers, citing a law of Abuja, condemned the coup in Mali.", "condemned", None),
        # Behind a noun for a kind of place, on islands, and for what is set.
        ("President Alpha Condé visited the atoll of Tarawa.", "visited", "Tarawa"),
        ("The summit of the African Union, set for Kigali, was praised by Chad.", "summit", "Kigali"),
        ("The session, held in the oasis of Kufra, of the African Union was praised.", "session", "Kufra"),
        ("At the request of Togo, Kenya and Chad signed a treaty.", "signed", None),
        # A host is the place; so is that of what talks produced, and of what was done on the way.
        ("Leaders accepted the offer of Tonga to host the summit of the African Union.", "summit", "Tonga"),
        ("Talks between Chad and Togo in Accra produced a truce.", "truce", "Accra"),
        ("Chad and Togo, at war in Mali, produced a truce.", "truce", None),
        ("Troops of Mali drove through Bamako arresting the lawyer Ann Okello.", "arresting", "Bamako"),
        # What is named as the site of an occasion; not what is named as something else.
        ("Togo offered Nairobi as a venue for talks between Chad and Mali.", "talks", "Nairobi"),
        ("Kigali was named as the host of the summit of the African Union.", "summit", "Kigali"),
        ("Chad praised Nairobi as a friend of talks between Togo and Mali.", "talks", None),
        # Who is invited comes to the country of the host.
        (
            "President Alpha Condé, at the invitation of President Macky Sall of Mali, paid a state visit.",
            "state visit",
            "Mali",
        ),
        ("President Alpha Condé, at the request of Togo, paid a state visit.", "state visit", None),
        # Aid is where it goes; for a state it is sent.
        ("Kenya evacuated the wounded to Kisumu.", "evacuated", "Kisumu"),
        ("Japan flew tents to Kisumu.", "flew", "Kisumu"),
        ("Japan sent tents for the victims of the floods in Kisumu.", "sent", "Kisumu"),
        ("Japan sent tents for the victims of the floods which struck Kisumu.", "sent", "Kisumu"),
        ("Japan thanked Kenya for the tents of the victims in Kisumu.", "thanked", None),
        ("Kenya criticized Uganda in a letter to Kisumu.", "criticized", None),
        # Who visited did there what the next sentence tells, not what he said of it later, nor next year.
        (
            "President Alpha Condé flew to Dakar on 3 May 2014. The next day he signed a treaty with Chad.",
            "signed",
            "Dakar",
        ),
        (
            "President Alpha Condé flew to Dakar on 3 May 2014. In 2015 he signed a treaty with Senegal.",
            "signed",
            None,
        ),
        (
            "President Alpha Condé flew to Dakar on 3 May 2014.\n\nHe signed a treaty with Senegal.",
            "signed",
            None,
        ),
    ],
)
def test_events_are_where_their_sentence_says(
    pipeline: Language, text: str, word: str, place: str | None
) -> None:
    assert place_of(pipeline, f"A look back\n\n12 March 2015\n\n{text}", word) == place


def test_the_news_behind_a_dateline_is_where_it_was_written(pipeline: Language) -> None:
    text = (
        "Border opened\n\nNAIROBI, 5 March 2014 (KNA) – Kenya on Tuesday accused Uganda of fraud.\n\n"
        "President Yoweri Museveni on Tuesday criticized Kenya."
    )
    assert place_of(pipeline, text, "accused") == "NAIROBI"
    assert place_of(pipeline, text, "criticized") is None
    byline = text.replace("NAIROBI, 5 March 2014 (KNA) – ", "By Ann Okello in Nairobi\n5 March 2014\n\n")
    assert place_of(pipeline, byline, "accused") is None


def test_a_capital_in_a_dateline_is_the_town(pipeline: Language) -> None:
    text = "TOKYO, March 5, 2014 /ANS/. Japan on Tuesday accused Chad of fraud. Tokyo will not yield."
    assert place_of(pipeline, f"Fraud\n\n{text}", "accused") in {"Tokyo", None}


def test_a_paragraph_that_opens_with_a_country_tells_of_its_affairs(pipeline: Language) -> None:
    text = "Year in review 2013\n\nIn Mali the harvest failed. Rebels burnt a school, and {} Ghana."
    affair = text.replace("{} Ghana", "President Dioncounda Traoré resigned")
    assert place_of(pipeline, affair, "resigned") == "Mali"
    assert place_of(pipeline, text.replace("{}", "Togo attacked"), "attacked") in {"Ghana", None}
