"""Events in sentences and documents: the walk to the arguments, and which mentions are one event."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from graph.model import Block, BlockKind, Document, Event, Reading
from graph.reading import read
from ontology.schema import load_schema

SCHEMA = load_schema()
Part = str | tuple[BlockKind, str]
Reader = Callable[..., Reading]


@pytest.fixture
def reading_of(pipeline: Language) -> Reader:
    """Read a document of some blocks, body text where nothing else is said."""

    def reader(*blocks: Part) -> Reading:
        text, laid = "", []
        for block in blocks:
            kind, content = block if isinstance(block, tuple) else (BlockKind.BODY, block)
            laid.append(Block(len(text), len(text) + len(content), kind))
            text += content + "\n\n"
        return next(iter(read(pipeline, [Document("x.txt", text, tuple(laid))])))

    return reader


def events(reading: Reading, cls: str) -> list[Event]:
    return [e for e in reading.events if cls in {e.cls, *SCHEMA.classes[e.cls].ancestors}]


def acting(reading: Reading, event: Event) -> set[str]:
    return fillers(reading, event, "participant", "initiator", "recipient")


def fillers(reading: Reading, event: Event, *roles: str) -> set[str]:
    names = {e.key: e.name for e in reading.entities}
    return {names[r.entity] if r.entity else r.literal or "" for r in event.roles if r.name in roles}


@pytest.mark.parametrize(
    ("text", "cls", "names"),
    [
        ("Kenya was attacked by Somalia.", "Conflict", {"Kenya", "Somalia"}),
        ("Angela Merkel, who criticized Poland, left early.", "Criticism", {"Angela Merkel", "Poland"}),
        ("A plan proposed by Norway was read.", "Proposal", {"Norway"}),
        ("The plan that Norway proposed was read.", "Proposal", {"Norway"}),
        ("Angela Merkel promised to visit Ghana.", "Visit", {"Angela Merkel"}),
        ("Angela Merkel is expected to visit Ghana.", "Visit", {"Angela Merkel"}),
        ("Norway is ready to mediate between Chile and Peru.", "Meeting", {"Norway", "Chile", "Peru"}),
        ("Norway is committed to working with Ghana.", "Cooperation", {"Norway", "Ghana"}),
        ("The Arab League adopted a resolution condemning Ghana.", "Criticism", {"Arab League", "Ghana"}),
        ("A letter from Peru inviting Chile was read.", "Proposal", {"Peru", "Chile"}),
        (
            "A team of the Arab League led by Kofi Annan met Chile.",
            "Meeting",
            {"Kofi Annan", "Arab League", "Chile"},
        ),
        (
            "The Conference on Disarmament was held by Ghana.",
            "Conference",
            {"Conference on Disarmament", "Ghana"},
        ),
        ("Chile, Peru sign trade deal", "Agreement", {"Chile", "Peru"}),
        ("Kenya, Somalia hold talks on sea border", "Meeting", {"Kenya", "Somalia"}),
        ("Canada urged Peru to release the prisoners.", "LegalAction", {"Peru"}),
        ("Chile and Peru met and signed a treaty.", "Agreement", {"Chile", "Peru"}),
        ("Peru condemned and sanctioned Belarus.", "Criticism", {"Peru", "Belarus"}),
        ("Talks between Chile and Peru ended.", "Meeting", {"Chile", "Peru"}),
        ("The Japan-Kenya summit ended.", "Meeting", {"Japan", "Kenya"}),
        ("Russian-Japanese talks ended.", "Meeting", {"Russia", "Japan"}),
        ("Officials from Chile met their counterparts from Peru.", "Meeting", {"Chile", "Peru"}),
        ("Angela Merkel's visit to Ghana ended.", "Visit", {"Angela Merkel"}),
        ("An agreement was signed by Chile, Peru and Ghana.", "Agreement", {"Chile", "Peru", "Ghana"}),
        ("Ghana broke its relations with Peru off.", "Sanction", {"Ghana", "Peru"}),
        ("Germany gave Ghana a loan.", "Aid", {"Germany", "Ghana"}),
        ("The delegation of Peru held talks with Chile.", "Meeting", {"Peru", "Chile"}),
        (
            "Chad hopes that headway will be made in building a road with Niger.",
            "Cooperation",
            {"Chad", "Niger"},
        ),
        (
            "Angela Merkel flew to Accra for talks with John Kerry.",
            "Meeting",
            {"Angela Merkel", "John Kerry"},
        ),
    ],
)
def test_the_walker_finds_who_acts(reading_of: Reader, text: str, cls: str, names: set[str]) -> None:
    reading = reading_of(text)
    assert names in [acting(reading, e) for e in events(reading, cls)], [
        (e.cls, acting(reading, e)) for e in reading.events
    ]


@pytest.mark.parametrize(
    ("text", "cls", "role", "names"),
    [
        ("Angela Merkel met with Vladimir Putin in Sochi.", "Meeting", "place", {"Sochi"}),
        ("Angela Merkel visited Ghana.", "Visit", "place", {"Ghana"}),
        ("Ghana condemned the shelling of a market.", "Criticism", "about", {"shelling of a market"}),
        ("Chile and Peru discussed fishing rights.", "Meeting", "about", {"fishing rights"}),
        ("Ghana accused Peru of theft.", "Criticism", "recipient", {"Peru"}),
        ("Ghana accused Peru of theft.", "Criticism", "initiator", {"Ghana"}),
        ("Chile and Peru met.", "Meeting", "initiator", set()),
    ],
)
def test_the_walker_finds_place_topic_and_direction(
    reading_of: Reader, text: str, cls: str, role: str, names: set[str]
) -> None:
    reading = reading_of(text)
    (event,) = events(reading, cls)
    assert fillers(reading, event, role) == names


def test_a_place_is_not_borrowed_from_another_clause(reading_of: Reader) -> None:
    reading = reading_of("Angela Merkel visited Ghana after Chile and Peru had signed a treaty in Sochi.")
    (visit,) = events(reading, "Visit")
    assert fillers(reading, visit, "place") == {"Ghana"}


def test_each_place_of_a_tour_is_a_visit(reading_of: Reader) -> None:
    reading = reading_of("Angela Merkel visited Ghana, Peru and Kenya.")
    assert [fillers(reading, e, "place") for e in events(reading, "Visit")] == [
        {"Ghana"},
        {"Peru"},
        {"Kenya"},
    ]


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("The border commission is due to be held in Lima in May.", "planned"),
        ("The border commission is to be convened in Lima in May.", "planned"),
        ("The border commission was held in Lima in May.", "actual"),
    ],
)
def test_a_noun_is_carried_by_the_infinitive_that_is_said_of_it(
    reading_of: Reader, text: str, factuality: str
) -> None:
    assert [e.factuality for e in events(reading_of(text), "Meeting")] == [factuality]


def test_who_acts_is_no_part_of_a_phrase(reading_of: Reader) -> None:
    assert not events(reading_of("Peru said that one side is working on a dam."), "Cooperation")
    assert events(reading_of("Peru is working side by side with Chile."), "Cooperation")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Mali and Niger met. There were talks on water in May.", 1),
        ("Mali and Niger met. Niger and Togo met. The talks were long.", 0),
    ],
)
def test_what_there_is_between_two_is_theirs(reading_of: Reader, text: str, number: int) -> None:
    reading = reading_of(text)
    theirs = [e for e in events(reading, "Meeting") if e.rule == "Meeting.talk.noun"]
    assert [acting(reading, e) for e in theirs] == [{"Mali", "Niger"}] * number


@pytest.mark.parametrize("text", ["The talks were long.", "Cooperation is good.", "The visit was short."])
def test_a_noun_without_arguments_is_no_event(reading_of: Reader, text: str) -> None:
    assert reading_of(text).events == ()


def test_a_word_inside_a_name_is_no_event(reading_of: Reader) -> None:
    reading = reading_of("The Gulf Cooperation Council and the Peace Corps have offices.")
    assert reading.events == ()


def test_two_mentions_of_a_meeting_are_one_event_with_both_sentences(reading_of: Reader) -> None:
    reading = reading_of(
        "Angela Merkel met with Vladimir Putin in Sochi.",
        "The meeting between Angela Merkel and Vladimir Putin was long.",
    )
    (event,) = events(reading, "Meeting")
    assert fillers(reading, event, "place") == {"Sochi"}
    assert len(event.sentences) == 2


def test_meetings_in_two_places_are_two_events(reading_of: Reader) -> None:
    reading = reading_of(
        "Angela Merkel met with Vladimir Putin in Sochi.", "Angela Merkel met with Vladimir Putin in Accra."
    )
    assert len(events(reading, "Meeting")) == 2


def test_statements_of_two_sentences_are_two_events(reading_of: Reader) -> None:
    reading = reading_of("Angela Merkel said taxes would fall.", "Angela Merkel said wages would rise.")
    assert len(events(reading, "Statement")) == 2


def test_criticism_takes_the_place_of_the_statement(reading_of: Reader) -> None:
    reading = reading_of("Angela Merkel condemned the coup, saying that it was wrong.")
    assert len(events(reading, "Criticism")) == 1
    assert events(reading, "Statement") == []


def test_a_headline_adds_no_event_that_the_body_has(reading_of: Reader) -> None:
    reading = reading_of(
        (BlockKind.HEADLINE, "Angela Merkel visits Ghana"), "Angela Merkel visited Ghana to open a school."
    )
    (event,) = events(reading, "Visit")
    assert reading.document.text[event.trigger.begin : event.trigger.end] == "visited"


def test_a_headline_in_other_words_adds_no_event(reading_of: Reader) -> None:
    headline = (BlockKind.HEADLINE, "Peru and Chile clinch port deal")
    reading = reading_of(headline, "Peru and Chile have signed an agreement on the port of Arica.")
    assert len(events(reading, "Agreement")) == 1
    reading = reading_of(headline, "Peru and Oman have signed an agreement on the port of Salalah.")
    assert len(events(reading, "Agreement")) == 2


def test_the_preposition_of_a_date_is_no_part_of_a_phrase(reading_of: Reader) -> None:
    assert not events(reading_of("On Friday the soldiers of Togo fired in the air."), "Conflict")
    assert events(reading_of("On Friday the soldiers of Togo fired on a bus in Lomé."), "Conflict")


def test_a_headline_keeps_an_event_of_its_own(reading_of: Reader) -> None:
    reading = reading_of((BlockKind.HEADLINE, "Angela Merkel visits Ghana"), "Nothing else is known.")
    assert len(events(reading, "Visit")) == 1


def test_what_happens_at_a_meeting_is_part_of_it(reading_of: Reader) -> None:
    reading = reading_of("Norway proposed a truce at a meeting with Chile in Sochi.")
    (meeting,) = events(reading, "Meeting")
    (proposal,) = events(reading, "Proposal")
    assert proposal.part_of == meeting.key
    assert fillers(reading, proposal, "place") == {"Sochi"}


def test_a_report_speaks_for_who_published_it(reading_of: Reader) -> None:
    reading = reading_of("The Diplomatic Bluebook, published by Japan, says that ties are strong.")
    assert {"Japan"} in [fillers(reading, e, "initiator") for e in events(reading, "Statement")]


def test_every_argument_stands_in_a_sentence_of_its_event(reading_of: Reader) -> None:
    reading = reading_of(
        "Angela Merkel met with Vladimir Putin in Sochi on 3 May 2016.",
        "Angela Merkel said the talks were good.",
        "Vladimir Putin thanked Angela Merkel.",
    )
    assert reading.events
    for event in reading.events:
        for role in event.roles:
            assert any(s.begin <= role.span.begin and role.span.end <= s.end for s in event.sentences)


def test_mentions_of_unlike_factuality_are_two_events(reading_of: Reader) -> None:
    reading = reading_of("Chile met Peru in Lima but did not negotiate with Peru.")
    assert [e.factuality for e in events(reading, "Meeting")] == ["actual", "negated"]


def test_a_heading_that_only_names_a_topic_tells_of_no_event(reading_of: Reader) -> None:
    topic = reading_of((BlockKind.HEADING, "Chile-Peru border treaty"), "It is long.")
    assert not events(topic, "Agreement")
    told = reading_of((BlockKind.HEADING, "Border treaty between Chile and Peru"), "It is long.")
    assert events(told, "Agreement")


def test_verbs_with_an_object_each_are_two_events(reading_of: Reader) -> None:
    apart = reading_of("Poland closed its embassy in Syria and recalled its envoy from Iran.")
    assert len(events(apart, "Sanction")) == 2
    shared = reading_of("Vietnam and Laos expanded and deepened their cooperation.")
    assert len(events(shared, "Cooperation")) == 1


@pytest.mark.parametrize(
    ("text", "cls"),
    [
        ("President Sauli Niinistö met Prime Minister Kaja Kallas in Turku.", "SummitMeeting"),
        ("Foreign Minister Urmas Reinsalu met Prime Minister Kaja Kallas in Turku.", "Meeting"),
        ("Vietnam and Laos held a summit in Hue.", "SummitMeeting"),
        ("Vietnam and Laos held talks in Hue.", "Meeting"),
    ],
)
def test_heads_of_state_or_government_meet_at_a_summit(reading_of: Reader, text: str, cls: str) -> None:
    assert [e.cls for e in events(reading_of(text), "Meeting")] == [cls]


def test_a_summit_and_a_meeting_are_one_event(reading_of: Reader) -> None:
    reading = reading_of(
        "Angela Merkel met Hun Sen in Hue. The summit of Angela Merkel and Hun Sen was short."
    )
    (summit,) = events(reading, "Meeting")
    assert (summit.cls, len(summit.sentences)) == ("SummitMeeting", 2)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Oman and Yemen held talks in Salalah. Agreement was reached on a road.", {"Oman", "Yemen"}),
        (
            "Akinwumi Adesina met Mia Mottley in Accra. A truce was declared.",
            {"Akinwumi Adesina", "Mia Mottley"},
        ),
        (
            "Akinwumi Adesina met Mia Mottley in Accra. It rained. It snowed. It froze. A truce was set.",
            set(),
        ),
    ],
)
def test_those_who_met_are_who_agreed(reading_of: Reader, text: str, names: set[str]) -> None:
    reading = reading_of(text)
    assert [acting(reading, e) for e in events(reading, "Agreement")] == [names] * bool(names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "A conference on water, co-chaired by Mia Mottley, was held in Accra.",
            [{"Mia Mottley"}],
        ),
        (
            "The ASEAN summit was held in Hue. It was attended by Mia Mottley.",
            [{"ASEAN", "Mia Mottley"}],
        ),
        (
            "The ASEAN summit was held in Hue. The Arab League summit was attended by Mia Mottley.",
            [{"ASEAN"}, {"Arab League", "Mia Mottley"}],
        ),
    ],
)
def test_who_attends_an_occasion_takes_part_in_it(
    reading_of: Reader, text: str, names: list[set[str]]
) -> None:
    reading = reading_of(text)
    assert [acting(reading, e) for e in events(reading, "Conference")] == names


def test_states_whose_leaders_just_met_go_on_at_the_meeting(reading_of: Reader) -> None:
    met = "President Sauli Niinistö of Finland met President Alar Karis of Estonia in Turku. "
    one = reading_of(met + "Finland and Estonia exchanged views on trade.")
    assert len(events(one, "Meeting")) == 1
    two = reading_of(met + "Finland and Norway exchanged views on trade.")
    assert len(events(two, "Meeting")) == 2


@pytest.mark.parametrize(
    ("text", "cls", "names"),
    [
        (
            "Peru expelled the Cuban envoy, and Chile followed suit.",
            "Sanction",
            [{"Peru", "Cuba"}, {"Chile", "Cuba"}],
        ),
        ("Norway condemned the raid. Iceland did the same.", "Criticism", [{"Norway"}, {"Iceland"}]),
        ("Norway condemned the raid. Iceland did the cooking.", "Criticism", [{"Norway"}]),
        ("Norway condemned the raid. The tailor followed with a suit.", "Criticism", [{"Norway"}]),
    ],
)
def test_who_followed_suit_did_the_same(
    reading_of: Reader, text: str, cls: str, names: list[set[str]]
) -> None:
    reading = reading_of(text)
    assert [acting(reading, e) for e in events(reading, cls)] == names


def test_troops_of_two_states_are_no_one_body(reading_of: Reader) -> None:
    reading = reading_of("Eritrean and Somali troops exchanged fire near Badme.")
    (clash,) = events(reading, "Conflict")
    assert acting(reading, clash) == {"Eritrea", "Somalia"}
    reading = reading_of("Somali troops opened fire near Badme.")
    (attack,) = events(reading, "Conflict")
    assert acting(reading, attack) == {"Somali troops"}


def test_one_verb_with_unlike_objects_tells_of_two_events(reading_of: Reader) -> None:
    apart = reading_of(
        "Oman and Qatar will expand trade. Later, Oman and Qatar will expand cooperation on water."
    )
    assert len(events(apart, "Cooperation")) == 2
    one = reading_of("Oman and Qatar will expand trade. Oman and Qatar will expand trade in fish.")
    assert len(events(one, "Cooperation")) == 1
