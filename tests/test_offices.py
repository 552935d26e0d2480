"""Titles of offices: which there are, how they are read, who holds them and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Block, BlockKind, Document
from graph.reading import read
from ontology.leaders import load_leaders
from ontology.office_words import load_office_words, plurals, split_words

if TYPE_CHECKING:
    from spacy.language import Language

    from graph.model import Reading

OFFICES = sorted(load_office_words().offices.values(), key=lambda o: o.title)


def reading_of(pipeline: Language, text: str) -> Reading:
    document = Document("t.txt", text, (Block(0, len(text), BlockKind.BODY),))
    return next(iter(read(pipeline, [document])))


def tenures(pipeline: Language, text: str) -> set[tuple[str, str, str | None]]:
    """Holder, title and state or body of each tenure, by their names in the text."""
    reading = reading_of(pipeline, text)
    names = {e.key: e.name for e in reading.entities}
    return {(names[t.holder], t.title, names.get(t.of or "")) for t in reading.tenures}


def test_there_are_titles_enough_of_every_kind() -> None:
    assert len(OFFICES) >= 250
    assert {o.kind for o in OFFICES} >= {"state", "government", "minister", "envoy", "legislator", "military"}


@pytest.mark.parametrize(
    ("title", "plural"),
    [
        ("prime minister", "prime ministers"),
        ("secretary of state", "secretaries of state"),
        ("spokeswoman", "spokeswomen"),
        ("secretary-general", "secretaries-general"),
        ("envoy", "envoys"),
        ("deputy secretary", "deputy secretaries"),
    ],
)
def test_plurals_put_the_ending_on_the_noun(title: str, plural: str) -> None:
    assert plural in plurals(title)


@given(st.sampled_from(OFFICES))
def test_every_title_is_found_by_its_first_word(office) -> None:  # type: ignore[no-untyped-def]
    words = split_words(office.title)
    forms = load_office_words().forms[words[0]]
    assert any(form.words == words and form.office == office and not form.plural for form in forms)
    assert [len(f.words) for f in forms] == sorted((len(f.words) for f in forms), reverse=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Kenyan President William Ruto flew home on Monday.",
            ("William Ruto", "President", "Kenya"),
            id="adjective before the title",
        ),
        pytest.param(
            "Chile's Foreign Minister Alberto van Klaveren travelled to Lima on Friday.",
            ("Alberto van Klaveren", "Foreign Minister", "Chile"),
            id="genitive before the title",
        ),
        pytest.param(
            "Peru's Trade, Tourism and Industry Minister Juan Carlos Mathews spoke in Lima.",
            ("Juan Carlos Mathews", "Trade, Tourism and Industry Minister", "Peru"),
            id="a list of portfolios before the title",
        ),
        pytest.param(
            "The Minister of Agriculture, Water and Forestry of Namibia, Calle Schlettwein, agreed.",
            ("Calle Schlettwein", "Minister of Agriculture, Water and Forestry", "Namibia"),
            id="a list of portfolios after the title, and a name between commas",
        ),
        pytest.param(
            "Retno Marsudi, Indonesia's minister of foreign affairs, urged calm.",
            ("Retno Marsudi", "minister of foreign affairs", "Indonesia"),
            id="apposition after the name",
        ),
        pytest.param(
            "Joel Meyer, the French ambassador to Mali, was told to leave.",
            ("Joel Meyer", "ambassador", "France"),
            id="an ambassador is his own state's",
        ),
        pytest.param(
            "Ambassador of Brazil to Angola Rafael Vidal opened the fair.",
            ("Rafael Vidal", "Ambassador", "Brazil"),
            id="from where, to where, who",
        ),
        pytest.param(
            "Moussa Faki Mahamat is a former foreign minister of Chad.",
            ("Moussa Faki Mahamat", "foreign minister", "Chad"),
            id="said with be",
        ),
        pytest.param(
            "Hun Manet was appointed prime minister of Cambodia in August.",
            ("Hun Manet", "prime minister", "Cambodia"),
            id="appointed",
        ),
        pytest.param(
            "Parliament elected Nikos Christodoulides president of Cyprus.",
            ("Nikos Christodoulides", "president", "Cyprus"),
            id="elected by somebody",
        ),
        pytest.param(
            "NATO Secretary General Jens Stoltenberg spoke in Oslo.",
            ("Jens Stoltenberg", "Secretary General", "NATO"),
            id="of an organisation",
        ),
        pytest.param(
            "The deal was praised by President Mahamadou Issoufou of Niger.",
            ("Mahamadou Issoufou", "President", "Niger"),
            id="the state after the name",
        ),
        pytest.param(
            "Omani Deputy Prime Minister Asaad bin Tariq Al Said arrived in Doha.",
            ("Asaad bin Tariq Al Said", "Deputy Prime Minister", "Oman"),
            id="a deputy",
        ),
        pytest.param(
            "Qatar's Emir Sheikh Tamim bin Hamad Al Thani received guests.",
            ("Tamim bin Hamad Al Thani", "Emir", "Qatar"),
            id="a form of address between title and name",
        ),
        pytest.param(
            "Gabon, whose president, Ali Bongo, had been ousted, stayed away.",
            ("Ali Bongo", "president", "Gabon"),
            id="whose president",
        ),
        pytest.param(
            "The Democratic Alliance wants new elections, and its leader, Marta Kovacs, left the hall.",
            ("Marta Kovacs", "leader", "Democratic Alliance"),
            id="its leader, of the one body that the sentence names",
        ),
        pytest.param(
            "The African Union's envoy, former Malian president Alpha Konare, arrived in Harare.",
            ("Alpha Konare", "envoy", "African Union"),
            id="an apposition that begins with another title",
        ),
        pytest.param(
            "The guests included the Deputy Prime Minister and Minister of Energy, Mr Salem Al-Harthy.",
            ("Salem Al-Harthy", "Deputy Prime Minister", None),
            id="two titles of one person",
        ),
        pytest.param(
            "The course was opened by Anna Berg, director, Hanoi Institute.",
            ("Anna Berg", "director", "Hanoi Institute"),
            id="a body between commas",
        ),
    ],
)
def test_one_holder(pipeline: Language, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in tenures(pipeline, text)


def test_plural_titles_are_shared_out_in_order(pipeline: Language) -> None:
    found = tenures(
        pipeline, "The foreign ministers of Egypt and Jordan, Sameh Shoukry and Ayman Safadi, met in Cairo."
    )
    assert found == {
        ("Sameh Shoukry", "foreign minister", "Egypt"),
        ("Ayman Safadi", "foreign minister", "Jordan"),
    }


def test_each_name_may_bring_its_own_state(pipeline: Language) -> None:
    found = tenures(pipeline, "Presidents Aleksandar Vucic of Serbia and Zoran Milanovic of Croatia met.")
    assert found == {("Aleksandar Vucic", "President", "Serbia"), ("Zoran Milanovic", "President", "Croatia")}


def test_a_counterpart_has_the_same_office_elsewhere(pipeline: Language) -> None:
    found = tenures(pipeline, "Kenyan President William Ruto met his Ugandan counterpart Yoweri Museveni.")
    assert ("Yoweri Museveni", "President", "Uganda") in found


def test_a_counterpart_may_be_that_of_somebody_told_of_before(pipeline: Language) -> None:
    text = "Senegal's Defence Minister Moussa Diallo spoke. His Malian counterpart, Ibrahim Traore, agreed."
    assert ("Ibrahim Traore", "Defence Minister", "Mali") in tenures(pipeline, text)
    other = "Senegal's Defence Minister Moussa Diallo spoke. A Malian counterpart, Ibrahim Traore, agreed."
    assert not any(holder == "Ibrahim Traore" for holder, _, _ in tenures(pipeline, other))


def test_who_stands_before_a_title_between_commas_holds_it(pipeline: Language) -> None:
    text = (
        "At the invitation of H.E. Joao Matos, President of the Republic of Angola, His Highness Sheikh "
        "Hamad Al-Khalil, Emir of the State of Qatar, paid a visit to Luanda."
    )
    found = {(holder, title) for holder, title, _ in tenures(pipeline, text)}
    assert found == {("Joao Matos", "President"), ("Hamad Al-Khalil", "Emir")}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("They met the president and Foreign Minister Ana Lima.", id="another person's title"),
        pytest.param("Talks with the president, Foreign Minister Ana Lima said, go on.", id="a speaker"),
        pytest.param("He saw the king, and the minister, Ana Lima, left.", id="the second has an article"),
    ],
)
def test_titles_beside_each_other_are_not_always_joined(pipeline: Language, text: str) -> None:
    assert not any(title in {"president", "king"} for _, title, _ in tenures(pipeline, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Director General Ana Lima of the Arctic Council spoke.",
            ("Ana Lima", "Director General", "Arctic Council"),
        ),
        (
            "Ana Lima was confirmed as Director General of the Arctic Council.",
            ("Ana Lima", "Director General", "Arctic Council"),
        ),
        (
            "Juan Soto is to be reinstated as Vice President of Peru.",
            ("Juan Soto", "Vice President", "Peru"),
        ),
        (
            "Nairobi welcomed Ali Deng's appointment as foreign minister of South Sudan.",
            ("Ali Deng", "foreign minister", "South Sudan"),
        ),
        (
            "After the resignation of Juan Soto as prime minister of Peru, talks stalled.",
            ("Juan Soto", "prime minister", "Peru"),
        ),
        (
            "Ana Lima will assume the post of head of the Arctic Council.",
            ("Ana Lima", "head", "Arctic Council"),
        ),
        (
            "A delegation of the Trade Committee of the Seimas, led by its chairman Jonas Petrauskas, left.",
            ("Jonas Petrauskas", "chairman", "Trade Committee of the Seimas"),
        ),
        (
            "In Gabon the army stayed out. Information Minister Paul Mba resigned. Mali and Chad took note.",
            ("Paul Mba", "Information Minister", "Gabon"),
        ),
        (
            "The EU's commissioner for partnerships, Ana Lima, said so.",
            ("Ana Lima", "commissioner for partnerships", "EU"),
        ),
        (
            "Peru's Secretary of State for Afro-Asian Affairs, Ana Lima, left.",
            ("Ana Lima", "Secretary of State for Afro-Asian Affairs", "Peru"),
        ),
        (
            "Ali Deng, prime minister-designate of Chad, left.",
            ("Ali Deng", "prime minister-designate", "Chad"),
        ),
        ("Colombian President-elect Juan Soto left.", ("Juan Soto", "President-elect", "Colombia")),
    ],
)
def test_ways_to_tell_whose_an_office_is(
    pipeline: Language, text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in tenures(pipeline, text)


def test_who_succeeds_and_who_is_succeeded_have_the_office(pipeline: Language) -> None:
    found = tenures(pipeline, "Ana Lima succeeded Juan Soto as foreign minister of Peru.")
    assert found == {("Ana Lima", "foreign minister", "Peru"), ("Juan Soto", "foreign minister", "Peru")}
    assert tenures(pipeline, "Ana Lima described Juan Soto as a foreign minister of talent.") == set()


def test_the_counterpart_is_that_of_whoever_is_named_last(pipeline: Language) -> None:
    text = (
        "Prime Minister Ali Deng of Chad left. Kenyan President William Ruto hosts Ali Deng and his "
        "Togolese counterpart Kofi Adjei."
    )
    assert ("Kofi Adjei", "Prime Minister", "Togo") in tenures(pipeline, text)


def test_no_state_is_guessed_for_each_of_two_with_one_title(pipeline: Language) -> None:
    text = (
        "Chad and Togo met. Chad said so. Togo and Chad agreed. "
        "The committee of Defence Ministers Ali Deng and Kofi Adjei sat."
    )
    assert {of for _, title, of in tenures(pipeline, text) if title == "Defence Minister"} <= {None}


def test_a_title_without_a_name_is_that_of_a_known_leader_whom_the_text_names(pipeline: Language) -> None:
    text = "Tajikistan's president is in Bishkek. Emomali Rahmon and his guests spoke."
    assert tenures(pipeline, text) == {("Emomali Rahmon", "president", "Tajikistan")}
    assert tenures(pipeline, text.replace("Emomali Rahmon", "Daler Nazarov")) == set()


def test_a_body_is_not_its_own_where_the_sentence_names_two(pipeline: Language) -> None:
    text = "The Green Party met the Labour Party, and its leader, Marta Kovacs, left the hall."
    assert not any(holder == "Marta Kovacs" for holder, _, _ in tenures(pipeline, text))


def test_titles_of_one_office_become_one(pipeline: Language) -> None:
    found = tenures(
        pipeline,
        "Portugal's Minister of Foreign Affairs Joao Cravinho met reporters. "
        "Foreign Affairs Minister Cravinho said that talks would go on.",
    )
    assert found == {("Joao Cravinho", "Minister of Foreign Affairs", "Portugal")}


def test_a_rank_alone_is_no_office(pipeline: Language) -> None:
    assert tenures(pipeline, "General Khalifa Haftar and Sheikh Mohammed Al Maktoum met in Cairo.") == set()


def test_the_speaker_after_a_comma_does_not_hold_the_title_before_it(pipeline: Language) -> None:
    found = tenures(pipeline, "There will be talks with the president, Zoran Milanovic said on Sunday.")
    assert ("Zoran Milanovic", "president", None) not in found


def test_the_state_comes_from_the_clause_with_where(pipeline: Language) -> None:
    found = tenures(
        pipeline, "The delegation flew to Tonga, Palau and Samoa, where it met Prime Minister Fiame Mata'afa."
    )
    assert ("Fiame Mata'afa", "Prime Minister", "Samoa") in found


def test_a_visitor_does_not_govern_where_he_goes(pipeline: Language) -> None:
    found = tenures(
        pipeline,
        "Slovenia seeks friends. Slovenia is small. Slovenia borders Croatia. "
        "Prime Minister Dragan Novakovic's visit to Croatia is near.",
    )
    assert ("Dragan Novakovic", "Prime Minister", "Croatia") not in found


def test_a_known_leader_never_gets_another_state(pipeline: Language) -> None:
    found = tenures(pipeline, "President Gabriel Boric praised Denmark for its plan.")
    assert ("Gabriel Boric", "President", None) in found


def test_leaders_are_told_apart_by_year() -> None:
    leaders = load_leaders()
    assert leaders.states("Medvedev", "state", 2010) == {"russia"}
    assert leaders.states("Nobody Atall", "state") == frozenset()
    assert leaders.states("", "state") == frozenset()


def test_every_tenure_stands_in_its_sentence(pipeline: Language) -> None:
    text = "Mali's leader spoke. Assimi Goita, Mali's president, met Togo's Foreign Minister Robert Dussey."
    reading = reading_of(pipeline, text)
    assert len(reading.tenures) >= 2
    for tenure in reading.tenures:
        assert tenure.sentence.begin <= tenure.span.begin < tenure.span.end <= tenure.sentence.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "He gave a letter to the King, Mohammed VI of Morocco.",
            ("Mohammed VI", "King", "Morocco"),
            id="a state after a name that closes a title",
        ),
        pytest.param(
            "Lieutenant General Rajiv Menon, chief of India's Northern Command, visited Leh.",
            ("Rajiv Menon", "chief", "India's Northern Command"),
            id="the body of a state, not the state",
        ),
        pytest.param(
            "Ambassador Lena Fischer (Austria) presided.",
            ("Lena Fischer", "Ambassador", "Austria"),
            id="the state in brackets",
        ),
        pytest.param(
            "Also present was Ms. Ngozi Eze (Nigeria), Minister of Environment.",
            ("Ngozi Eze", "Minister of Environment", "Nigeria"),
            id="the state in brackets between name and title",
        ),
        pytest.param(
            "Mayor Aung Min of Mandalay signed it.",
            ("Aung Min", "Mayor", "Mandalay"),
            id="the place of a mayor",
        ),
        pytest.param(
            "The President swore in Grace Banda as Zambia's high commissioner to Kenya.",
            ("Grace Banda", "high commissioner", "Zambia"),
            id="sworn in as",
        ),
        pytest.param(
            "Tim Ward, an analyst with the Eurasia Group, warned of this.",
            ("Tim Ward", "analyst", "Eurasia Group"),
            id="with a body",
        ),
        pytest.param(
            "President Luis Paz of Bolivia named the banker Ana Rojas finance minister on Friday.",
            ("Ana Rojas", "finance minister", "Bolivia"),
            id="whoever appoints a minister appoints his state's",
        ),
    ],
)
def test_who_holds_what_for_whom(
    pipeline: Language, text: str, expected: tuple[str, str, str | None]
) -> None:
    assert expected in tenures(pipeline, text)


def test_several_counterparts_have_the_same_office_each_in_his_state(pipeline: Language) -> None:
    text = (
        "Peruvian Prime Minister Ana Torres and her colleagues from Chile and Bolivia, Juan Rojas and "
        "Mario Quispe, opened the bridge."
    )
    assert tenures(pipeline, text) >= {
        ("Juan Rojas", "Prime Minister", "Chile"),
        ("Mario Quispe", "Prime Minister", "Bolivia"),
    }
    other = "Finance Minister Rosa Vega of Chile thanked her colleagues Juan Rojas and Mario Quispe."
    assert {holder for holder, _, _ in tenures(pipeline, other)} == {"Rosa Vega"}


def test_who_is_taken_over_from_had_the_office_too(pipeline: Language) -> None:
    text = (
        "President Hichilema swore in Grace Banda as Zambia's high commissioner to Kenya. She takes over "
        "from Peter Phiri, who is retiring."
    )
    assert ("Peter Phiri", "high commissioner", "Zambia") in tenures(pipeline, text)
    text = "Foreign Minister Carla Melo of Angola took over the talks from Peter Phiri."
    assert {holder for holder, _, _ in tenures(pipeline, text)} == {"Carla Melo"}


def test_an_ambassador_is_not_that_of_the_state_he_is_sent_to(pipeline: Language) -> None:
    text = "Nils Lund, the ambassador to Italy, spoke in Rome. Italy and Italian guests listened in Italy."
    assert all(of != "Italy" for _, _, of in tenures(pipeline, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Fatou Diop, the African Union's commissioner for political affairs, arrived in Bamako.",
            ("Fatou Diop", "commissioner for political affairs", "African Union"),
            id="a name that only the title after it shows",
        ),
        pytest.param(
            "The UN's humanitarian coordinator in Sudan, Clement Salami, pleaded for access.",
            ("Clement Salami", "humanitarian coordinator", "UN"),
            id="where an officer serves",
        ),
        pytest.param(
            "The Lake Chad Joint Force is weak. The force's commander, General Musa Idris, resigned.",
            ("Musa Idris", "commander", "Lake Chad Joint Force"),
            id="an owner told by a noun",
        ),
        pytest.param(
            "Grand Mufti Omar Haddad of Lebanon prayed.",
            ("Omar Haddad", "Grand Mufti", "Lebanon"),
            id="a title taken for a name",
        ),
    ],
)
def test_names_and_owners_that_the_title_shows(
    pipeline: Language, text: str, expected: tuple[str, str, str | None]
) -> None:
    assert expected in tenures(pipeline, text)


@pytest.mark.parametrize(
    "text",
    [
        "In Santa Cruz, the African Union's commissioner, Fatou Diop, arrived.",
        "The Lake Palace, the leader of Ghana said, was open.",
    ],
)
def test_a_place_before_a_title_is_nobody(pipeline: Language, text: str) -> None:
    assert {holder for holder, _, _ in tenures(pipeline, text)} <= {"Fatou Diop"}


def test_each_of_several_may_have_his_state_in_brackets(pipeline: Language) -> None:
    text = "Ministers Pavel Horak (Czech Republic), Jan Nowak (Poland) and Eva Kiss (Hungary) signed."
    assert {(holder, of) for holder, _, of in tenures(pipeline, text)} == {
        ("Pavel Horak", "Czech Republic"),
        ("Jan Nowak", "Poland"),
        ("Eva Kiss", "Hungary"),
    }


def test_the_counterpart_of_a_leader_leads_his_own_state(pipeline: Language) -> None:
    text = "Togolese leader Faure Mensah will host his Beninese counterpart Patrice Dossou."
    assert ("Patrice Dossou", "leader", "Benin") in tenures(pipeline, text)
