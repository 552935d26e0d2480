"""Names in texts from many regions: their spans, classes and states, and what must hold of any text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Block, BlockKind, Document, Reading
from graph.reading import read
from ontology.name_words import HeadNouns, load_name_words
from ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.language import Language

NAMING = ("name", "demonym")


@pytest.fixture(scope="module")
def name(pipeline: Language) -> Iterator[Callable[..., Reading]]:
    """Reads a text as one block of prose, with no component after the finder of names."""
    later = pipeline.pipe_names[pipeline.pipe_names.index("diplograph_names") + 1 :]

    def read_names(text: str, kind: BlockKind = BlockKind.BODY) -> Reading:
        lines: list[Block] = []
        for line in text.splitlines(keepends=True):
            begin = lines[-1].end if lines else 0
            lines.append(Block(begin, begin + len(line), kind if not lines else BlockKind.BODY))
        return next(read(pipeline, [Document("a.txt", text, tuple(lines))]))

    with pipeline.select_pipes(disable=later):
        yield read_names


def mentioned(reading: Reading) -> set[tuple[str, str]]:
    """The words of each mention with the class of what they name."""
    classes = {e.key: e.cls for e in reading.entities}
    text = reading.document.text
    return {(text[m.span.begin : m.span.end], classes[m.refers_to]) for m in reading.mentions}


def state_of(reading: Reading, name: str) -> str | None:
    """The name of the state that the entity of that name belongs to."""
    names = {e.key: e.name for e in reading.entities}
    state = next(e.state for e in reading.entities if e.name == name)
    return names[state] if state else None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Kenyan President William Ruto met Abiy Ahmed on Sunday.", {"William Ruto", "Abiy Ahmed"}),
        ("Mr. Pedro Pablo Ruiz Sosa, Ambassador of Peru, spoke.", {"Pedro Pablo Ruiz Sosa"}),
        ("Former Prime Minister MORI Yoshiro met ABE Shinzo.", {"MORI Yoshiro", "ABE Shinzo"}),
        ("President Ferdinand Marcos Jr. spoke in Manila.", {"Ferdinand Marcos Jr."}),
        ("The talks with Joseph R. Biden, Jr. took an hour.", {"Joseph R. Biden, Jr."}),
        ("Crown Prince Mohammed bin Salman received him.", {"Mohammed bin Salman"}),
        ("Prime Minister Ana Maria Cordoba met the press.", {"Ana Maria Cordoba"}),
        ("Sheikh Nasser Al-Ahmad Al-Jaber Al-Sabah spoke.", {"Nasser Al-Ahmad Al-Jaber Al-Sabah"}),
        ("Ursula von der Leyen welcomed the decision.", {"Ursula von der Leyen"}),
        ("Abdel Fattah al-Burhan leads the army.", {"Abdel Fattah al-Burhan"}),
        (
            "President Tokayev spoke. Kassym-Jomart Tokayev and Shavkat Mirziyoyev agreed.",
            {"Tokayev", "Kassym-Jomart Tokayev", "Shavkat Mirziyoyev"},
        ),
        ("Indonesia's Joko Widodo and Retno Marsudi attended.", {"Joko Widodo", "Retno Marsudi"}),
        ("Dr. Tedros Adhanom Ghebreyesus went to Goma.", {"Tedros Adhanom Ghebreyesus"}),
        ("O'Brien met Jan Eliasson at the airport.", {"O'Brien", "Jan Eliasson"}),
        ("The letters of Laila Mizrahi, who is to go to Oslo, were read.", {"Laila Mizrahi"}),
        (
            "It was signed by Defence Ministers Prak Sokha and Somchai Wattana in May.",
            {"Prak Sokha", "Somchai Wattana"},
        ),
        ("Talks between Deng Akol and his rival Peter Lual failed.", {"Deng Akol", "Peter Lual"}),
        ("The frigate James Cook and the carrier USS Carl Vinson sailed, and Cyclone Winston struck.", set()),
    ],
)
def test_people_are_found_whole_and_without_titles(
    name: Callable[..., Reading], text: str, people: set[str]
) -> None:
    assert {words for words, cls in mentioned(name(text)) if cls == "Person"} == people


@pytest.mark.parametrize(
    ("text", "words", "cls", "state"),
    [
        ("The Malian army said so.", "Malian army", "ArmedForces", "Mali"),
        ("Talks with the Colombian government failed.", "Colombian government", "Government", "Colombia"),
        ("The government of Peru agreed.", "government of Peru", "Government", "Peru"),
        ("Kenya's parliament voted.", "parliament", "Legislature", "Kenya"),
        ("A court in Dakar ruled on it.", "court in Dakar", "Court", None),
        ("The consulate in Lagos was closed.", "consulate in Lagos", "DiplomaticMission", None),
        ("The ECOWAS commission of inquiry left.", "ECOWAS commission of inquiry", "Committee", None),
        ("Parliament rejected the bill.", "Parliament", "Legislature", None),
        (
            "A note went to the Ministry of Foreign Affairs of Ghana on Monday.",
            "Ministry of Foreign Affairs of Ghana",
            "Ministry",
            "Ghana",
        ),
        (
            "The Ministry of Economy, Trade and Industry said nothing.",
            "Ministry of Economy, Trade and Industry",
            "Ministry",
            None,
        ),
        ("He left the Chilean Embassy in La Paz.", "Chilean Embassy", "DiplomaticMission", "Chile"),
        ("The Embassy of Brazil in Hanoi is closed.", "Embassy of Brazil", "DiplomaticMission", "Brazil"),
        ("The Supreme Court of Mexico ruled.", "Supreme Court of Mexico", "Court", "Mexico"),
        ("Haiti's transitional council met.", "transitional council", "Government", "Haiti"),
        ("The Peru-Chile friendship society met.", "Peru-Chile friendship society", "Institution", None),
        ("A Malian army patrol was attacked.", "Malian army", "ArmedForces", "Mali"),
        ("The inquiry was led by the Army.", "Army", "ArmedForces", None),
        (
            "He joined the Training Mission in Mali in 2014.",
            "Training Mission in Mali",
            "Institution",
            None,
        ),
        (
            "MINISTRY OF FOREIGN AFFAIRS OF PERU\nIt was read out.",
            "MINISTRY OF FOREIGN AFFAIRS OF PERU",
            "Ministry",
            "Peru",
        ),
        (
            "The bilateral intergovernmental commission on trade and economic issues met in Lima.",
            "bilateral intergovernmental commission on trade and economic issues",
            "Committee",
            None,
        ),
        (
            "The Eritrean embassy in Nairobi was reopened.",
            "Eritrean embassy in Nairobi",
            "DiplomaticMission",
            "Eritrea",
        ),
        (
            "Ana Lima chaired the Third Meeting of the Joint Commission.",
            "Joint Commission",
            "Committee",
            None,
        ),
        ("A court in Salgar sentenced him.", "court in Salgar", "Court", None),
        ("The Chancery of the President was told.", "Chancery of the President", "Institution", None),
    ],
)
def test_institutions_are_built_around_their_head_nouns(
    name: Callable[..., Reading], text: str, words: str, cls: str, state: str | None
) -> None:
    reading = name(text)
    assert (words, cls) in mentioned(reading)
    key = next(m.refers_to for m in reading.mentions if text[m.span.begin : m.span.end] == words)
    assert state_of(reading, next(e.name for e in reading.entities if e.key == key)) == state


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ships crossed the Strait of Magellan.", {("Strait of Magellan", "BodyOfWater")}),
        ("They met near the Naryn River.", {("Naryn River", "BodyOfWater")}),
        ("Rebels hold the town of Kidira.", {("Kidira", "City")}),
        ("The Chile-based firm left.", {("Chile", "State")}),
        ("U.S.-Japan ties grew.", {("U.S.-Japan", "State")}),
        ("Peru-Chile trade grew.", {("Peru", "State"), ("Chile", "State")}),
        ("Talks between North and South Korea ended.", {("North", "State"), ("South Korea", "State")}),
        ("Bolivian officials left.", {("Bolivian", "State")}),
        ("The dispute over the northern territories goes on.", {("northern territories", "Archipelago")}),
        ("Fighting in Djibo left ten dead.", {("Djibo", "City")}),
        ("Villagers left the village of Aravan on foot.", {("Aravan", "City")}),
        (
            "They shelled the temples of Sikhoraphum and Muangtam.",
            {("Sikhoraphum", "Facility"), ("Muangtam", "City")},
        ),
        ("A depot at Kotovsk holds ammunition.", {("Kotovsk", "City")}),
        ("Troops entered the Chadian town of Faya.", {("Chadian", "State"), ("Faya", "City")}),
    ],
)
def test_territories_are_found_with_their_classes(
    name: Callable[..., Reading], text: str, found: set[tuple[str, str]]
) -> None:
    assert mentioned(name(text)) == found


def test_both_states_of_a_joined_token_are_referred_to(name: Callable[..., Reading]) -> None:
    reading = name("U.S.-Japan ties grew.")
    assert {e.known for e in reading.entities} == {"united-states", "japan"}
    assert len(reading.mentions) == 2


@pytest.mark.parametrize(
    ("text", "words", "cls"),
    [
        ("They signed the Treaty on the Non-Proliferation of Nuclear Weapons.",
         "Treaty on the Non-Proliferation of Nuclear Weapons", "Treaty"),
        ("They have no peace treaty with Chile.", "peace treaty", "Treaty"),
        ("A five-point plan was drawn up.", "five-point plan", "Plan"),
        ("They cited Security Council Resolution 1701.", "Security Council Resolution 1701", "Resolution"),
        ("The Abraham Accords opened the way.", "Abraham Accords", "Accord"),
        ("The ceasefire holds.", "ceasefire", "Accord"),
        ("The Lusaka agreements failed.", "Lusaka agreements", "Accord"),
        ("They signed an agreement on fishing.", "agreement", "Accord"),
        ("The declaration of independence was read.", "declaration of independence", "Declaration"),
        ("The Exit Agreement and the Political Declaration stand.", "Political Declaration", "Declaration"),
        ("The defence white paper says so.", "defence white paper", "Report"),
    ],
)  # fmt: skip
def test_instruments_are_found_by_their_head_nouns(
    name: Callable[..., Reading], text: str, words: str, cls: str
) -> None:
    assert (words, cls) in mentioned(name(text))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Ministry said nothing.", "Ministry"),  # a noun alone says only what sort of body it is
        ("The nuclear program grows.", "nuclear program"),
        ("A NATO summit was held after World War II.", "World War II"),
        ("Russian society changed.", "Russian society"),
        ("The talks are on Monday.", "Monday"),
        ("A U.S. military base was built.", "U.S. military"),
        ("They reached agreement on fishing.", "agreement"),
        ("The Mission in Geneva wrote.", "Mission in Geneva"),
        ("The Peruvian Army marched, said the Army.", "Peruvian Army marched"),
        ("The embassy in Chad was closed.", "embassy in Chad"),  # whose it is would tell it, not where
        ("Namibia Home Affairs Minister Thabo Khumalo left.", "Namibia Home"),
        ("Parliament House was closed.", "Parliament"),
        ("She is launching Operation Serval in May.", "Operation Serval"),
        ("Poland made it a priority of its Presidency of the Council of the European Union.", "Presidency"),
    ],
)
def test_what_is_no_name(name: Callable[..., Reading], text: str, word: str) -> None:
    assert word not in {words for words, _ in mentioned(name(text))}


def test_an_acronym_in_brackets_names_the_same_thing_everywhere(name: Callable[..., Reading]) -> None:
    reading = name("The Zambezi Watercourse Commission (ZAMCOM) met. Later ZAMCOM said it would go on.")
    (entity,) = (e for e in reading.entities if e.kind == "institution")
    assert (entity.name, entity.aliases) == ("Zambezi Watercourse Commission", ("ZAMCOM",))
    assert sum(m.refers_to == entity.key for m in reading.mentions) == 3


def test_an_acronym_stands_for_the_part_of_a_name_that_it_spells(name: Callable[..., Reading]) -> None:
    reading = name("The Political Bureau of the Movement for Rural Justice (MRJ) met. The MRJ split.")
    parts = {e.name for e in reading.entities if "MRJ" in {e.name, *e.aliases}}
    assert parts == {"Movement for Rural Justice"}


def test_an_acronym_may_begin_a_longer_name(name: Callable[..., Reading]) -> None:
    reading = name("The Economic Community of West African States (ECOWAS) met. The ECOWAS Commission spoke.")
    assert ("ECOWAS Commission", "Committee") in mentioned(reading)


def test_the_parent_is_named_in_the_name_of_its_organ(name: Callable[..., Reading]) -> None:
    reading = name("The Political Committee of the European Parliament met in Riga.")
    assert {"Political Committee of the European Parliament", "European Parliament"} <= {
        e.name for e in reading.entities
    }


def test_forms_of_one_state_are_one_referent(name: Callable[..., Reading]) -> None:
    reading = name("Burma and the Union of Myanmar are one. The Republic of Korea (ROK) agreed.")
    states = [e for e in reading.entities if e.cls == "State"]
    assert sorted(e.known or "" for e in states) == ["myanmar", "south-korea"]


def test_word_order_does_not_make_another_body(name: Callable[..., Reading]) -> None:
    reading = name("The Ghanaian government agreed. The government of Ghana signed. Ghana's government paid.")
    assert len([e for e in reading.entities if e.cls == "Government"]) == 1


def test_a_surname_that_is_also_a_place_follows_the_full_name(name: Callable[..., Reading]) -> None:
    reading = name("Valeska Paris left the ship. Paris said she was free. She now lives in Paris.")
    text, kinds = reading.document.text, {e.key: e.kind for e in reading.entities}
    assert [kinds[m.refers_to] for m in reading.mentions if text[m.span.begin : m.span.end] == "Paris"] == [
        "person",
        "territory",
    ]


def test_a_line_that_is_a_name_tells_whose_paper_it_is(name: Callable[..., Reading]) -> None:
    text = "Accra Institute for Maritime Studies\nGhana and Togo agreed on Monday.\n"
    assert ("Accra Institute for Maritime Studies", "ThinkTank") in mentioned(name(text, BlockKind.HEADLINE))


def test_a_headline_in_title_case_makes_no_names(name: Callable[..., Reading]) -> None:
    reading = name(
        "Ghana Pledges Further Deep Reform of Port Fees\nGhana will cut the fees of its ports, they said.",
        BlockKind.HEADLINE,
    )
    assert {e.name for e in reading.entities} == {"Ghana"}


def test_the_state_of_a_demonym_is_named_as_the_gazetteer_names_it(name: Callable[..., Reading]) -> None:
    reading = name("Dutch and Danish envoys met.")
    assert {e.name for e in reading.entities} == {"Netherlands", "Denmark"}
    assert {m.rule for m in reading.mentions} == {"demonym"}


FRAGMENTS = st.sampled_from(
    [
        "President", "William Ruto", "Ruto", "of", "the", "Kenyan", "government", "Ministry", "and", ",",
        "'s",
        "(", ")", "U.S.-Japan", "-", "Gulf of Aden", "Resolution 1701", "Africa", "on", "Monday", "\n", "AU",
        "African Union", "peace treaty", "Jr.", "al-Nimr", "north", "South Korea", "“", ".", "in", "Paris",
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Japan raised the Northern Territory problem with Russia.", "southern-kuril-islands"),
        ("Canberra and Darwin quarrel. Australia governs the Northern Territory.", "northern-territory"),
    ],
)
def test_an_ambiguous_name_is_the_disputed_ground_in_a_text_on_its_sides(
    name: Callable[..., Reading], text: str, row: str
) -> None:
    assert row in {e.known for e in name(text).entities}


@given(st.lists(FRAGMENTS, min_size=1, max_size=25))
def test_whatever_the_text_mentions_are_clean_and_belong_to_one_entity(
    name: Callable[..., Reading], parts: list[str]
) -> None:
    reading = name(" ".join(parts) + " .")
    keys = Counter(e.key for e in reading.entities)
    assert set(keys.values()) <= {1}
    for mention in reading.mentions:
        words = reading.document.text[mention.span.begin : mention.span.end]
        assert mention.refers_to in keys
        assert mention.rule in NAMING
        assert words == words.strip()
        assert any(letter.isalpha() for letter in words)
    known = [(e.kind, e.known) for e in reading.entities if e.known]
    assert len(known) == len(set(known))


@pytest.mark.parametrize("kind", ["institutions", "territories", "instruments"])
def test_head_nouns_fit_the_ontology_and_mean_one_class(kind: str) -> None:
    heads: HeadNouns = getattr(load_name_words(), kind)
    classes = set(load_schema().classes)
    for use in heads.forms:
        forms = [(words, cls) for rows in heads.forms[use].values() for words, cls in rows]
        assert {cls for _, cls in forms} <= classes
        meanings = Counter(words for words, _ in set(forms))
        assert [words for words, n in meanings.items() if n > 1] == []
        assert all(word == word.lower() for words, _ in forms for word in words)
