"""Events take date and place from what stands beside them: clauses, occasions, entries, loose ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.documents.texts import read_text
from graph.reading import read

if TYPE_CHECKING:
    from spacy.language import Language

NEWS = "NAIROBI, 12 March 2014 (KNA) – "


def told(pipeline: Language, text: str, word: str) -> tuple[str | None, str | None]:
    """Date and place of the event whose trigger begins with a word."""
    (found,) = read(pipeline, [read_text("a.txt", text)])
    names = {e.key: e.name for e in found.entities}
    for event in found.events:
        if text[event.trigger.begin : event.trigger.end].startswith(word):
            places = [names[r.entity] for r in event.roles if r.name == "place" and r.entity]
            return event.when.edtf if event.when else None, places[0] if places else None
    raise AssertionError(f"no event {word!r} in {text!r}: {found.events}")


@pytest.mark.parametrize(
    ("text", "word", "when", "place"),
    [
        (
            "Foreign Minister Amina Mohamed flew to Kampala, where she met President Yoweri Museveni.",
            "met",
            None,
            "Kampala",
        ),
        (
            "Chile and Peru held a session in Arica on 4 May 2012, at which they signed an agreement.",
            "signed",
            "2012-05-04",
            "Arica",
        ),
        (
            "President Macky Sall met President Alpha Condé in Dakar on 3 March 2014. After the talks, "
            "Condé praised Senegal.",
            "praised",
            "2014-03-03",
            "Dakar",
        ),
        (
            "Foreign Minister Amina Mohamed visited Accra from 3 to 5 March 2014. At the end of the visit, "
            "Mohamed thanked Ghana.",
            "thanked",
            "2014-03-05",
            "Accra",
        ),
        (
            "The ministers of Fiji and Samoa will sign an agreement when they meet in Apia on 4 May 2012.",
            "sign",
            "2012-05-04",
            "Apia",
        ),
        (
            "President Lungu welcomed the results of the third session of the Joint Commission, held in "
            "Lusaka in May 2016.",
            "session",
            "2016-05",
            "Lusaka",
        ),
        (
            "Kenya sent food to the people of Garissa last month.",
            "sent",
            "2014-02",
            None,
        ),
        (
            "Foreign Minister Amina Mohamed is due in Kampala next Tuesday for talks with President Yoweri "
            "Museveni.",
            "talks",
            "2014-03-18",
            "Kampala",
        ),
        (
            "The Foreign Ministry in Lima protested against the attack on Chile.",
            "protested",
            None,
            "Lima",
        ),
        (
            "Kenya said in a statement on Monday that it would reopen the embassy in Mogadishu.",
            "said",
            "2014-03-10",
            None,
        ),
        ("Uganda has demanded an apology from Kenya since January.", "demanded", "2014-01/", None),
        # So long before or after something else; not where the text says so vaguely.
        (
            "Uganda and Tanzania signed the treaty in 1982, three years after Uganda invaded Tanzania.",
            "invaded",
            "1979",
            "Tanzania",
        ),
        (
            "Two days before the summit of the African Union on 4 May 2012, Chad attacked Togo.",
            "attacked",
            "2012-05-02",
            "Togo",
        ),
        (
            "Chad and Togo signed the treaty hours after the summit of the African Union on 4 May 2012.",
            "signed",
            "2012-05-04",
            None,
        ),
        (
            "Chad and Togo signed the treaty some years after the summit of the African Union in May 2012.",
            "signed",
            None,
            None,
        ),
        (
            "The frontier was drawn in 1982, three years after Uganda invaded Tanzania.",
            "invaded",
            "1979",
            "Tanzania",
        ),
        (
            "President Macky Sall noted with satisfaction that trade with Mali had grown last year.",
            "noted",
            "2014-03-12",
            None,
        ),
        (
            "The trial of the lawyer Ann Okello is foreseen for the first months of next year.",
            "trial",
            "2015",
            None,
        ),
        # What follows a protest in the next sentence was there and then; what is told as past before it, not.
        (
            "Thousands protested in Kampala on 3 May 2013. Police arrested Ann Okello.",
            "arrested",
            "2013-05-03",
            "Kampala",
        ),
        (
            "Thousands protested in Kampala on 3 May 2013. Police had arrested Ann Okello.",
            "arrested",
            None,
            None,
        ),
        (
            "Thousands protested in Kampala on 3 May 2013.\n\nPolice arrested Ann Okello.",
            "arrested",
            None,
            None,
        ),
        # When it was done stands last, whatever noun the parse hangs it on.
        (
            "The lawyer Ann Okello had been sentenced to eleven years in prison last May.",
            "sentenced",
            "2013-05",
            None,
        ),
        # What is foreseen lies ahead, and is where and when that says; what is only known of there is not.
        (
            "Talks between Chad and Togo, foreseen for Kigali on 7 April, were put off.",
            "Talks",
            "2014-04-07",
            "Kigali",
        ),
        (
            "Talks between Chad and Togo, known for rows on 7 March, were put off.",
            "Talks",
            None,
            None,
        ),
        # Who speaks after an occasion does so on its day, unless a text says how long after.
        (
            "President Macky Sall said on 3 May 2013 after meeting President Alpha Condé that it was late.",
            "meeting",
            "2013-05-03",
            None,
        ),
        (
            "President Macky Sall criticized Togo on 3 May 2013 after he visited Mali.",
            "visited",
            "2013-05-03",
            "Mali",
        ),
        (
            "President Macky Sall criticized Togo on 3 May 2013, a month after he visited Mali.",
            "visited",
            "2013-04",
            "Mali",
        ),
        # What is told in a clause with "when" was on the day of its sentence; a clause keeps its own date.
        (
            "Tempers flared last Thursday when soldiers of Chad attacked Togo.",
            "attacked",
            "2014-03-06",
            "Togo",
        ),
        (
            "President Macky Sall noted that Mali had attacked Togo last year.",
            "noted",
            "2014-03-12",
            None,
        ),
        # Who comes to an occasion or stays away does so while it is held; who speaks of it does not.
        (
            "Chad boycotted the summit of the African Union, held in Kigali in May 2012.",
            "boycotted",
            "2012-05",
            "Kigali",
        ),
        (
            "Ministers of Kenya, gathered in Kampala on 3 May 2013, urged Chad to sign the treaty.",
            "urged",
            "2013-05-03",
            "Kampala",
        ),
        # What stays where it is:
        (
            "Kenya criticized the decision of May 3 on the port of Lamu.",
            "criticized",
            "2014-03-12",  # the decision's day is not that of the criticism
            None,
        ),
        (
            "President Macky Sall met President Alpha Condé in Dakar on 3 March 2014. After the talks with "
            "Ghana, Alassane Ouattara praised Senegal.",
            "praised",
            "2014-03-12",
            None,
        ),
        (
            "Kenya praised Fiji, which had sent officers from Suva to Nairobi in 2013.",
            "praised",
            "2014-03-12",
            None,
        ),
        (
            "President Macky Sall praised a painter from Touba who lives in Paris.",
            "praised",
            "2014-03-12",
            None,
        ),
    ],
)
def test_dates_and_places_come_from_what_stands_beside(
    pipeline: Language, text: str, word: str, when: str | None, place: str | None
) -> None:
    opening = NEWS + "Kenya on Wednesday opened a border post. "
    found = told(pipeline, f"Border post opened\n\n{opening}\n\n{text}", word)
    assert found[1] == place
    if when is not None:
        assert found[0] == when


@pytest.mark.parametrize(
    ("text", "word", "when"),
    [
        # What goes on behind the date holds it; so does what opens the sentence.
        ("Chad praised the adoption in May 2011 of the plan for Darfur.", "praised", None),
        ("Chad praised the plan for Darfur in May 2011.", "praised", "2011-05"),
        (
            "After the election of Michael Sata on 4 May 2013 the ministers thanked Fiji.",
            "election",
            "2013-05-04",
        ),
        ("After the election of Michael Sata, on 4 May 2013 Chad thanked Fiji.", "election", None),
        # What is said of a thing "during the war" was not said then.
        ("Chad condemned the shelling of Sarh during the war of 2011.", "condemned", None),
        ("Chad condemned the shelling of Sarh during talks with Togo in May 2011.", "condemned", "2011-05"),
        # A text that condemns does so when it is adopted.
        ("On 4 May 2013 Togo's parliament passed a motion urging Chad to leave.", "urging", "2013-05-04"),
        # What only says that there is a meeting has its date.
        (
            "Peru called off a ministers' meeting with Chile that had been set for June 2015.",
            "called",
            "2015-06",
        ),
        ("Peru called off a ministers' meeting with Chile.", "called", None),
        # A patrol that follows in May is in May; the killing during a raid is of its month.
        ("A joint patrol by Fiji and Tonga will follow in May 2015.", "joint", "2015-05"),
        ("A joint patrol by Fiji and Tonga was praised in May 2012.", "joint", None),
        # What a visitor will do is done on the day of the visit, in its paragraph.
        (
            "President Macky Sall will visit Ghana on 9 April 2014. He is to be received by President John "
            "Mahama, and will lay a wreath.",
            "received",
            "2014-04-09",
        ),
        (
            "President Macky Sall will visit Ghana on 9 April 2014.\n\nPresident Macky Sall will meet "
            "President Ali Bongo.",
            "meet",
            None,
        ),
        (
            "President Macky Sall will visit Ghana on 9 April 2014. President Ali Bongo will meet "
            "the Emir of Kuwait.",
            "meet",
            None,
        ),
        # A date before the subject, of which the parse makes it a part.
        (
            "Fiji and Tonga have quarrelled since 2009, and last May Peru's court ruled for Fiji.",
            "ruled",
            "2013-05",
        ),
        # A dated noun goes back to what was told; and what was done within hours of it.
        (
            "Tonga protested against President Macky Sall's trip to Sarh. The May 4 trip angered Fiji.",
            "trip",
            "2013-05-04",
        ),
        (
            "Tonga protested against President Macky Sall's trip to Sarh. The May 4 vote angered Fiji.",
            "trip",
            None,
        ),
        (
            "Chad had summoned the ambassador of Togo within hours of the May 4 raid, Fiji said.",
            "summoned",
            "2013-05-04",
        ),
        ("Chad had summoned the ambassador of Togo over the May 4 raid, Fiji said.", "summoned", None),
        # What is done at a summit is done on its day.
        (
            "At the summit of the African Union, held in Accra on 4 May 2013, Chad and Togo signed a treaty.",
            "signed",
            "2013-05-04",
        ),
        # Anniversaries are counted: of the accord, of what went on for days, of what has a date of its own.
        (
            "Kenya on 4 May 2013 marked the 50th anniversary of signing the treaty with Uganda.",
            "signing",
            "1963-05-04",
        ),
        (
            "On 4 May 2013 Kenya marked the tenth anniversary of the fighting in Kisumu.",
            "fighting",
            "2003-05",
        ),
        ("The forum in Lomé is dedicated to the 20th anniversary of the accord.", "anniversary", "2014"),
        ("The forum in Lomé is dedicated to an anniversary of Togo.", "anniversary", None),
        # What was called off is no occasion of what was said.
        (
            "Ghana called off a meeting with Togo set for February 2014, and hinted that it might leave.",
            "hinted",
            None,
        ),
    ],
)
def test_dates_go_to_what_they_are_told_of(
    pipeline: Language, text: str, word: str, when: str | None
) -> None:
    assert told(pipeline, f"A look back\n\n12 March 2014\n\n{text}", word)[0] == when


def test_an_affair_of_the_country_is_where_its_entry_says(pipeline: Language) -> None:
    text = (
        "Calendar of events\n\nMay 4, 2013 – Zambia. The lawyer Mutinta Banda is sentenced to prison. "
        "Botswana accuses Angola of fraud.\n\nMay 9, 2013 – Angola–Namibia. The lawyer Ana Reis is sentenced."
    )
    assert told(pipeline, text, "sentenced") == ("2013-05-04", "Zambia")
    assert told(pipeline, text, "accuses") == ("2013-05-04", None)


@pytest.mark.parametrize(
    ("title", "when"),
    [
        ("Joint Communiqué on the visit of the President of Ghana to Togo", "2015-06-03"),
        ("Ghana and Togo look back on a visit", None),
    ],
)
def test_the_points_of_a_communique_are_done_by_issuing_it(
    pipeline: Language, title: str, when: str | None
) -> None:
    text = (
        f"{title}\n\nLomé, 3 June 2015\n\nThe Presidents of Ghana and Togo spoke of trade. The two sides:\n\n"
        "• condemned the attack on a patrol near Kidal;\n\n• urged Mali to open talks with Algeria."
    )
    assert told(pipeline, text, "condemned")[0] == when


def test_a_report_in_the_present_tells_of_its_day(pipeline: Language) -> None:
    text = (
        "Evening news\n\n12 March 2014\n\nPresident Macky Sall says the port is safe. "
        "In Kampala, President Yoweri Museveni swears in Ann Okello as ambassador to Chad. "
        "Kenya regularly meets the rebels of Sudan."
    )
    assert told(pipeline, text, "swears") == ("2014-03-12", "Kampala")
    assert told(pipeline, text, "meets")[0] is None
    past = text.replace("says", "said on Tuesday").replace("swears", "yesterday swore")
    assert told(pipeline, past.replace("regularly ", ""), "meets")[0] is None


@pytest.mark.parametrize(
    ("entry", "word", "when"),
    [
        ("President Macky Sall refuses to sign the treaty with Mali.", "sign", "2014-03-12"),
        ("Thousands rally in Dakar against President Macky Sall.", "rally", "2014-03-12"),
        ("Mali opens the port, which Togo praises.", "praises", "2014-03-12"),
        ("Mali opens the port, which Togo has praised.", "praised", None),
        ("President Macky Sall plans to sign the treaty with Mali.", "sign", None),
    ],
)
def test_an_entry_of_a_chronicle_tells_of_its_day(
    pipeline: Language, entry: str, word: str, when: str | None
) -> None:
    text = f"West Africa: a chronicle, 2014\n\n12 March. {entry}\n\n14 March. Ghana signs a treaty with Togo."
    assert told(pipeline, text, word)[0] == when
