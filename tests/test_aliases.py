"""Which references speak of one thing: forms of names, capitals, common nouns, pronouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.components.referring.variants import name_words, same_person
from graph.model import Block, BlockKind, Document
from graph.notes import Notes, OfficeNote, Reference, Referent, RelationNote
from graph.reading import read

if TYPE_CHECKING:
    from spacy.language import Language

    from graph.model import Reading

WORD = st.from_regex(r"[A-Z][a-z]{2,9}", fullmatch=True)


def reading_of(pipeline: Language, text: str, headings: tuple[str, ...] = ()) -> Reading:
    """The reading of a text, of which some lines are headings."""
    blocks, begin = [], 0
    for heading in headings:
        place = text.index(heading)
        blocks += [Block(begin, place, BlockKind.BODY), Block(place, place + len(heading), BlockKind.HEADING)]
        begin = place + len(heading)
    document = Document("t.txt", text, (*blocks, Block(begin, len(text), BlockKind.BODY)))
    return next(iter(read(pipeline, [document])))


def referred(
    pipeline: Language, text: str, phrase: str, nth: int = 0, headings: tuple[str, ...] = ()
) -> set[str]:
    """The names of what the nth occurrence of a phrase, or a part of it, refers to."""
    reading = reading_of(pipeline, text, headings)
    begin = -1
    for _ in range(nth + 1):
        begin = text.index(phrase, begin + 1)
    end = begin + len(phrase)
    names = {e.key: e.name for e in reading.entities}
    return {
        names[m.refers_to]
        for m in reading.mentions
        if m.refers_to in names and begin <= m.span.begin < m.span.end <= end
    }


# --- names ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sergei Kovalenko", "Sergey Kovalenko"),
        ("Kishore Rana", "Rana Kishore"),
        ("John F. Carter, Jr.", "John Carter"),
        ("Maria Angela Holguin", "Maria Holguin"),
        ("José Ramos-Horta", "Jose Ramos-Horta"),
    ],
)
def test_forms_of_one_name(a: str, b: str) -> None:
    assert same_person(a, b)
    assert same_person(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Maria Silva", "Pedro Silva"),
        ("Ali Hassan", "Omar Hassan"),
        ("Ana Costa", "Ana Ramos"),
        ("Kim", "Lee"),
    ],
)
def test_two_of_one_surname_stay_two(a: str, b: str) -> None:
    assert not same_person(a, b)


@given(st.lists(WORD, min_size=2, max_size=4, unique_by=str.lower))
def test_a_name_is_itself_in_any_order_and_case(words: list[str]) -> None:
    name = " ".join(words)
    assert same_person(name, name.upper())
    assert same_person(name, " ".join(reversed(words)))
    assert name_words(name + ", Jr.") == name_words(name)


def test_a_surname_is_the_person_named_in_full(pipeline: Language) -> None:
    reading = reading_of(
        pipeline, "Sameh Shoukry, the foreign minister of Egypt, flew to Oslo. Shoukry met investors."
    )
    people = [e for e in reading.entities if e.kind == "person"]
    assert [(p.name, p.aliases) for p in people] == [("Sameh Shoukry", ("Shoukry",))]


def test_a_shared_surname_is_whom_the_text_named_last(pipeline: Language) -> None:
    text = "Bashir Gemayel spoke first. Gemayel left. Amin Gemayel spoke next. Gemayel stayed."
    assert referred(pipeline, text, "Gemayel left") == {"Bashir Gemayel"}
    assert referred(pipeline, text, "Gemayel stayed") == {"Amin Gemayel"}


def test_an_acronym_in_brackets_is_the_name_before_it(pipeline: Language) -> None:
    text = "The Gulf Minerals Exploration Forum (GMEF) met in Muscat. The GMEF has ten members."
    assert referred(pipeline, text, "The GMEF") == {"Gulf Minerals Exploration Forum"}


# --- capitals -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "capital", "expected"),
    [
        ("Turkey is angry. Ankara accused its neighbours on Friday.", "Ankara", "Turkey"),
        ("Turkey waits. They held a fair in Ankara on Friday.", "Ankara", "Ankara"),
        ("Chad waits. The minister flew to Paris on Friday.", "Paris", "Paris"),
        ("Japan is glad. Tokyo hosted a forum on fish.", "Tokyo", "Tokyo"),
        ("Ties between Riyadh and Tehran, which broke in 2016, are better.", "Tehran", "Tehran"),
        ("Cairo and Addis Ababa have agreed on the dam.", "Cairo", "Cairo"),
        ("Windhoek is the capital of Namibia.", "Windhoek", "Windhoek"),
    ],
)
def test_capitals(pipeline: Language, text: str, capital: str, expected: str) -> None:
    assert referred(pipeline, text, capital) == {expected}


@pytest.mark.parametrize(
    ("text", "capital", "acts"),
    [
        ("Ankara accused its neighbours on Friday.", "Ankara", True),
        ("Ties between Riyadh and Tehran are better.", "Riyadh", True),
        ("The ministers met in Riyadh on Friday.", "Riyadh", False),
        ("Cairo and Addis Ababa agreed on the dam.", "Addis Ababa", True),
        ("Belgrade's decision was welcomed.", "Belgrade", True),
        ("Belgrade's streets were empty.", "Belgrade", False),
        ("The decision was criticised by Hanoi.", "Hanoi", True),
        ("They travelled from Hanoi to Manila.", "Manila", False),
    ],
)
def test_a_capital_that_acts_is_its_state(pipeline: Language, text: str, capital: str, acts: bool) -> None:
    reading = reading_of(pipeline, text)
    begin = text.index(capital)
    keys = {m.refers_to for m in reading.mentions if m.span.begin == begin}
    classes = {e.cls for e in reading.entities if e.key in keys}
    assert classes == ({"State"} if acts else {"City"})


# --- common nouns ---------------------------------------------------------------------------------------

KENYA = "Kenyan President William Ruto met Ugandan President Yoweri Museveni in Nairobi. "


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        (
            KENYA + "The two leaders discussed a railway.",
            "The two leaders",
            {"William Ruto", "Yoweri Museveni"},
        ),
        (KENYA + "The Ugandan president was glad.", "The Ugandan president", {"Yoweri Museveni"}),
        ("Peru and Bolivia talk. Both sides want peace.", "Both sides", {"Peru", "Bolivia"}),
        (
            "Peru and Bolivia talk. Trade between the two countries grew.",
            "the two countries",
            {"Peru", "Bolivia"},
        ),
        (
            "Mali's Foreign Minister Abdoulaye Diop spoke. The minister smiled.",
            "The minister",
            {"Abdoulaye Diop"},
        ),
        ("Peru and Bolivia talk. The neighbours want peace.", "The neighbours", {"Peru", "Bolivia"}),
        (KENYA + "The presidents smiled.", "The presidents", {"William Ruto", "Yoweri Museveni"}),
        ("Fijian, Tongan and Samoan diplomats met.", "diplomats", {"Fiji", "Tonga", "Samoa"}),
        ("Laos joined ASEAN. The bloc was glad.", "The bloc", {"ASEAN"}),
        ("Iranian officials denied it.", "Iranian officials", {"Iran"}),
        ("A Brazilian delegation flew to Cuba. The delegation was large.", "The delegation", {"Brazil"}),
    ],
)
def test_common_nouns(pipeline: Language, text: str, phrase: str, expected: set[str]) -> None:
    assert referred(pipeline, text, phrase) >= expected


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Morales met the President of Peru, Ollanta Humala.", "the President of Peru", {"Ollanta Humala"}),
        ("Merkel met the premier of Samoa, Tuilaepa Sailele.", "the premier of Samoa", {"Tuilaepa Sailele"}),
        ("Foreign Minister Wang Yi met his Laotian counterpart, Saleumxay Kommasith.", "counterpart",
         {"Saleumxay Kommasith"}),
        ("They met the President of Peru in Lima.", "President", {"Peru"}),
    ],
)  # fmt: skip
def test_a_title_beside_a_name_is_who_is_named(
    pipeline: Language, text: str, phrase: str, expected: set[str]
) -> None:
    assert expected <= referred(pipeline, text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Mali's leaders met in the Nigerian capital. Abuja was calm.", "the Nigerian capital", "Abuja"),
        ("Quito is quiet. He left the capital of Ecuador.", "the capital", "Quito"),
        ("Ecuador held a vote. Guayaquil is quiet. He left the capital.", "the capital", None),
    ],
)
def test_a_capital_is_a_city_that_the_text_names(
    pipeline: Language, text: str, phrase: str, expected: str | None
) -> None:
    cities = referred(pipeline, text, phrase)
    assert (expected in cities) if expected else not cities & {"Guayaquil", "Quito"}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (KENYA + "A senior SADC minister smiled.", "minister"),
        (KENYA + "Two ministers from Oman smiled.", "Two ministers"),
    ],
)
def test_somebody_not_named_before_takes_up_nobody(pipeline: Language, text: str, phrase: str) -> None:
    assert not referred(pipeline, text, phrase) & {"William Ruto", "Yoweri Museveni", "Kenya", "Uganda"}


def test_a_noun_said_of_many_takes_up_none(pipeline: Language) -> None:
    text = "Laos joined ASEAN. Several leaders of many countries were glad."
    assert referred(pipeline, text, "Several leaders of many countries") == set()


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        (
            "Peru and Chile met. " * 6 + "In Oman, Malta's envoy left. Both countries agreed.",
            "Both countries",
            {"Peru", "Chile"},
        ),
        (
            "Peru and Chile met. In Oman, Malta's envoy left. Both countries agreed.",
            "Both countries",
            {"Oman", "Malta"},
        ),
        (
            "The Foreign Ministry of Peru is old. " + "It rained. " * 15 + "The Ministry spoke.",
            "The Ministry",
            {"Foreign Ministry of Peru"},
        ),
        (
            "The Foreign Ministry of Peru is old. " + "It rained. " * 15 + "The ministry spoke.",
            "The ministry",
            set(),
        ),
    ],
)
def test_who_is_meant_far_from_a_name(pipeline: Language, text: str, phrase: str, expected: set[str]) -> None:
    last = text.count(phrase) - 1
    assert referred(pipeline, text, phrase, last) == expected


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("The ASEAN summit was held in Hue. Leaders welcomed the report.", "Leaders", {"ASEAN"}),
        ("The ASEAN summit was held in Hue. Foreign Ministers met later.", "Ministers", {"ASEAN"}),
        ("The 5th session of the Arab League ended. The participants left.", "participants", {"Arab League"}),
        ("The ASEAN summit was held in Hue. Leaders of Peru left.", "Leaders", {"Peru"}),
        ("The ASEAN summit was held in Hue. Three ministers left.", "ministers", set()),
        ("ASEAN is old. Leaders welcomed the report.", "Leaders", set()),
    ],
)
def test_those_who_meet_in_a_body_are_called_by_it(
    pipeline: Language, text: str, phrase: str, expected: set[str]
) -> None:
    assert referred(pipeline, text, phrase) == expected


# --- pronouns -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        ("Amina Mohammed spoke in Abuja. She urged calm.", "She", {"Amina Mohammed"}),
        ("Mr. Joao Cravinho met Mrs. Ana Brnabic. She smiled.", "She", {"Ana Brnabic"}),
        ("Mr. Joao Cravinho met Mrs. Ana Brnabic. He smiled.", "He", {"Joao Cravinho"}),
        ('"I want peace," Abdoulaye Diop said.', "I", {"Abdoulaye Diop"}),
        ("Bolivia hopes that it will win.", "it", {"Bolivia"}),
        ("Peru and Bolivia met. They signed nothing.", "They", {"Peru", "Bolivia"}),
        (KENYA + "They agreed on a railway.", "They", {"William Ruto", "Yoweri Museveni"}),
        ("It is important to keep Peru out.", "It", set()),
        (
            "Two states trade. It was offered by Abdoulaye Diop to Ana Brnabic at their meeting in Split.",
            "their",
            {"Abdoulaye Diop", "Ana Brnabic"},
        ),
        (
            "Peru and Chile met. Abdoulaye Diop spoke at their meeting in Lima.",
            "their",
            {"Peru", "Chile"},
        ),
    ],
)
def test_pronouns(pipeline: Language, text: str, pronoun: str, expected: set[str]) -> None:
    assert referred(pipeline, text, pronoun) == expected


def test_an_object_is_not_its_own_subject(pipeline: Language) -> None:
    text = "Joao Cravinho met Abdoulaye Diop. Cravinho thanked him."
    assert referred(pipeline, text, "him") == {"Abdoulaye Diop"}


def test_every_resolved_mention_says_how(pipeline: Language) -> None:
    reading = reading_of(pipeline, KENYA + "The two leaders talked. He thanked him. Nairobi also agreed.")
    rules = {m.rule for m in reading.mentions}
    assert {"name", "demonym", "nominal", "pronoun", "capital"} <= rules
    spans = {m.span for m in reading.mentions}
    for mention in reading.mentions:
        if mention.rule == "pronoun":
            assert mention.antecedent in spans


# --- second names, and merging --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The Sabana Islands, also known as the Mirador Islands, lie far out.",
        "They want the Sabana Islands, which Honduras calls the Mirador Islands.",
    ],
)
def test_second_names_are_one_thing(pipeline: Language, text: str) -> None:
    reading = reading_of(pipeline, text)
    places = [{e.name, *e.aliases} for e in reading.entities if e.cls == "Archipelago"]
    assert places == [{"Sabana Islands", "Mirador Islands"}]


def test_merging_moves_everything_to_the_referent_that_stays() -> None:
    notes = Notes(Document("t.txt", "", ()))
    for key, name in (("p1", "Ana Costa"), ("p2", "Costa"), ("t1", "Peru")):
        kind = "person" if key[0] == "p" else "territory"
        notes.referents[key] = Referent(key, kind, "Person", name)  # type: ignore[arg-type]
    notes.refer(Reference(0, 1, 0, ("p1",), "name"))
    notes.refer(Reference(4, 5, 4, ("p2", "t1"), "nominal"))
    notes.offices.append(OfficeNote(3, 4, "envoy", "p2", "t1", "title", 3, 4, 3, "envoy"))
    notes.relations.append(RelationNote("p2", "represents", "t1", 3, "office.envoy"))
    notes.merge("p1", "p2")
    assert set(notes.referents) == {"p1", "t1"}
    assert notes.referents["p1"].aliases == {"Costa"}
    assert notes.references[1].keys == ("p1", "t1")
    assert notes.at(4) == notes.references[1]
    assert notes.offices[0].holder == "p1"
    assert notes.relations[0].subject == "p1"


def test_a_dropped_reference_leaves_its_tokens_to_the_next() -> None:
    notes = Notes(Document("t.txt", "", ()))
    notes.referents["t1"] = Referent("t1", "territory", "State", "Peru")
    outer, inner = Reference(0, 3, 2, ("t1",), "name"), Reference(1, 2, 1, ("t1",), "demonym")
    notes.refer(outer)
    notes.refer(inner)
    assert notes.at(1) == outer
    notes.drop(outer)
    assert (notes.at(0), notes.at(1), notes.at(2)) == (None, inner, None)


SECTIONS = """Yearbook of the Ministry

1. Laos

Norway and Laos renewed their accord on fisheries. Norway sent doctors to Laos, and the Lao Government built
a clinic.

2. Fiji

In May, Norway opened a mission in Suva. Tourism grew, as did the number of students. Trade doubled.
Exports of fish rose. Relations between the two countries remain good. The Government raised a levy on ships.
"""


def test_in_a_section_headed_by_a_state_nobody_of_another_section_is_meant(pipeline: Language) -> None:
    headings = ("1. Laos", "2. Fiji")
    assert referred(pipeline, SECTIONS, "the two countries", headings=headings) == {"Fiji", "Norway"}
    assert referred(pipeline, SECTIONS, "The Government", headings=headings) == set()


def test_a_heading_that_is_no_state_alone_parts_nothing(pipeline: Language) -> None:
    text = SECTIONS.replace("2. Fiji", "2. Visits and talks in the year")
    headings = ("1. Laos", "2. Visits and talks in the year")
    assert referred(pipeline, text, "The Government", headings=headings) == {"Lao Government"}
