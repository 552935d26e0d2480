"""The tables of names hold together, and the gazetteer finds in them what texts write."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.gazetteer import Gazetteer, Row, acronym_key, load_gazetteer, name_key, plain
from ontology.name_tables import Organisation, Place, TableError, read_organisations, read_places

NAMES = Path(__file__).parents[1] / "ontology" / "names"

REVIEWED_COLLISIONS = {
    "northern territory": ("northern-territory", "southern-kuril-islands"),
    "SDF": ("japan-self-defense-forces", "syrian-democratic-forces"),
}
"""Names that two rows share, preferred reading first; at least one of them is marked as ambiguous."""

WITHOUT_DEMONYM = {"dominica", "holy-see"}
"""Dominica's is the Dominican Republic's; nobody is a Holy Seer ("Vatican" is its adjective)."""

WITHOUT_CAPITAL = {"monaco", "singapore"}
"""City states."""


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def rows_of(gazetteer: Gazetteer) -> list[Row]:
    return [*gazetteer.places, *gazetteer.organisations]


def current_states(gazetteer: Gazetteer) -> list[Place]:
    return [place for place in gazetteer.places if place.kind == "State" and not place.historical]


def test_every_current_state_has_a_demonym_and_a_capital(gazetteer: Gazetteer) -> None:
    states = current_states(gazetteer)
    assert len(states) == 199
    assert {s.id for s in states if not s.adjectives} == {"dominica"}
    assert {s.id for s in states if not s.people} <= WITHOUT_DEMONYM | {"republic-of-the-congo"}
    assert {s.id for s in states if not s.capital} == WITHOUT_CAPITAL


def test_every_capital_is_a_city(gazetteer: Gazetteer) -> None:
    capitals = {place.id: gazetteer.capital_of(place) for place in gazetteer.places if place.capital}
    assert [id for id, capital in capitals.items() if capital is None or capital.kind != "City"] == []


def test_identifiers_are_unique(gazetteer: Gazetteer) -> None:
    rows = rows_of(gazetteer)
    for values in (
        [row.id for row in rows],
        [row.qid for row in rows if row.qid],
        [place.geonames for place in gazetteer.places if place.geonames],
        [place.iso2 for place in gazetteer.places if place.iso2],
        [place.iso3 for place in gazetteer.places if place.iso3],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_codes_and_coordinates_are_well_formed(gazetteer: Gazetteer) -> None:
    for place in gazetteer.places:
        assert re.fullmatch(r"([A-Z]{2})?", place.iso2), place.id
        assert re.fullmatch(r"([A-Z]{3})?", place.iso3), place.id
        assert re.fullmatch(r"([1-9][0-9]*)?", place.geonames), place.id
        assert (place.lat is None) == (place.lon is None), place.id
        assert place.lat is None or -90 <= place.lat <= 90, place.id
        assert place.lon is None or -180 <= place.lon <= 180, place.id


def test_flags_are_known(gazetteer: Gazetteer) -> None:
    assert {f for place in gazetteer.places for f in place.flags} == {"ambiguous", "historical", "disputed"}
    assert {f for row in gazetteer.organisations for f in row.flags} == {"ambiguous", "historical", "metonym"}


def test_disputed_ground_names_its_claimants_and_no_parent(gazetteer: Gazetteer) -> None:
    claimed = [place for place in gazetteer.places if len(place.claimed_by) > 1]
    assert all("disputed" in place.flags for place in claimed)
    assert {place.id for place in claimed} > {"liancourt-rocks", "spratly-islands", "kashmir", "crimea"}
    for identifier in ("iturup", "simferopol", "srinagar"):
        assert gazetteer.state_of(gazetteer.place(identifier)) != gazetteer.place("russia")


def test_every_source_is_described(gazetteer: Gazetteer) -> None:
    described = set(
        re.findall(r"^\| ([a-z0-9-]+) \|", (NAMES / "SOURCES.md").read_text(encoding="utf-8"), re.M)
    )
    cited = {key for row in rows_of(gazetteer) for key in row.sources}
    assert cited <= described
    assert all(row.sources for row in rows_of(gazetteer))


def test_identifiers_of_other_datasets_come_from_a_source(gazetteer: Gazetteer) -> None:
    for row in rows_of(gazetteer):
        assert not row.qid or set(row.sources) != {"own"}, row.id


def test_no_two_rows_share_a_name_unless_reviewed(gazetteer: Gazetteer) -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for row in rows_of(gazetteer):
        for key in dict.fromkeys(acronym_key(form.text) or name_key(form.text) for form in row.forms):
            owners[key].append(row.id)
    shared = {key: tuple(ids) for key, ids in owners.items() if len(ids) > 1}
    assert shared == REVIEWED_COLLISIONS


@pytest.mark.parametrize("key", REVIEWED_COLLISIONS)
def test_a_shared_name_is_marked_as_ambiguous(gazetteer: Gazetteer, key: str) -> None:
    forms = [gazetteer.form(key, row) for row in gazetteer.find(key)]
    assert any(form is not None and form.ambiguous for form in forms)


@pytest.mark.parametrize("table", ["territories.csv", "institutions.csv"])
def test_tables_keep_their_order(table: str) -> None:
    rows = read_places() if table == "territories.csv" else read_organisations()
    seen: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for row in rows:
        seen[row.kind, row.historical].append(row.id)
    assert all(ids == sorted(ids) for ids in seen.values())
    blocks = [(row.kind, row.historical) for row in rows]
    assert sum(a != b for a, b in pairwise(blocks)) == len(seen) - 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Japan", "japan"),
        ("RUSSIA", "russia"),
        ("the Russian Federation", "russia"),
        ("U.S.", "united-states"),
        ("US", "united-states"),
        ("Türkiye", "turkey"),
        ("Cote d'Ivoire", "ivory-coast"),
        ("Côte d’Ivoire", "ivory-coast"),
        ("Kiev", "kyiv"),
        ("Sao Paulo", "sao-paulo"),
        ("Burma", "myanmar"),
        ("St. Petersburg", "saint-petersburg"),
        ("Malvinas", "falkland-islands"),
        ("Diaoyu Islands", "senkaku-islands"),
        ("Strait of Malacca", "malacca-strait"),
        ("Asia-Pacific region", "asia-pacific"),
        ("UN Security Council", "un-security-council"),
        ("Nato", "nato"),
        ("Itar-Tass", "tass"),
        ("WHO", "world-health-organization"),
        ("OPEC+", "opec-plus"),
        ("Bundestag", "bundestag"),
        ("Kazakh Foreign Ministry", "ministry-of-foreign-affairs-of-kazakhstan"),
    ],
)
def test_names_are_found_as_texts_write_them(gazetteer: Gazetteer, name: str, expected: str) -> None:
    assert [row.id for row in gazetteer.find(name)] == [expected]


@pytest.mark.parametrize("word", ["who", "us", "Us", "aids", "mit", "quad erat", "nowhere at all", ""])
def test_ordinary_words_are_no_names(gazetteer: Gazetteer, word: str) -> None:
    assert gazetteer.find(word) == ()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Russian", "russia"),
        ("Danes", "denmark"),
        ("British", "united-kingdom"),
        ("Dutch", "netherlands"),
        ("Emirati", "united-arab-emirates"),
        ("Kyrgyz", "kyrgyzstan"),
        ("South Koreans", "south-korea"),
        ("Polish", "poland"),
        ("Soviet", "soviet-union"),
        ("Monégasque", "monaco"),
        ("Monegasque", "monaco"),
    ],
)
def test_demonyms(gazetteer: Gazetteer, word: str, expected: str) -> None:
    place = gazetteer.demonym(word)
    assert place is not None
    assert place.id == expected


def test_a_demonym_keeps_its_capital(gazetteer: Gazetteer) -> None:
    assert gazetteer.demonym("polish") is None


def test_viewpoint_and_ambiguity_belong_to_the_spelling(gazetteer: Gazetteer) -> None:
    rocks = gazetteer.place("liancourt-rocks")
    sides = {}
    for spelling in ("Dokdo", "Takeshima", "Liancourt Rocks"):
        form = gazetteer.form(spelling, rocks)
        assert form is not None
        sides[spelling] = form.viewpoint
    assert sides == {"Dokdo": "south-korea", "Takeshima": "japan", "Liancourt Rocks": None}
    congo = gazetteer.place("democratic-republic-of-the-congo")
    ambiguous = {form.text for form in congo.forms if form.ambiguous}
    assert "Congo" in ambiguous
    assert "DR Congo" not in ambiguous
    assert gazetteer.form("Congolese", congo) is not None
    assert gazetteer.form("Tokyo", congo) is None


def test_a_capital_leads_to_the_present_state(gazetteer: Gazetteer) -> None:
    for city, state in (("moscow", "russia"), ("belgrade", "serbia"), ("beijing", "china")):
        governed = gazetteer.governed_from(gazetteer.place(city))
        assert governed is not None
        assert governed.id == state
    assert gazetteer.governed_from(gazetteer.place("osaka")) is None


def test_state_of_climbs_to_the_state(gazetteer: Gazetteer) -> None:
    state = gazetteer.state_of(gazetteer.by_id("state-duma"))
    assert state is not None
    assert state.id == "russia"
    assert gazetteer.state_of(gazetteer.by_id("united-nations")) is None


def test_phrases_have_both_spellings_and_all_rows(gazetteer: Gazetteer) -> None:
    phrases = set(gazetteer.phrases())
    ivory_coast = gazetteer.place("ivory-coast")
    for spelling in ("Côte d'Ivoire", "Côte d’Ivoire", "Cote d'Ivoire", "Ivory Coast"):
        assert (spelling, ivory_coast) in phrases
    assert {row.id for _, row in phrases} == {r.id for r in rows_of(gazetteer)}
    assert all(row in gazetteer.find(spelling) for spelling, row in phrases)


def test_demonyms_lead_back(gazetteer: Gazetteer) -> None:
    pairs = list(gazetteer.demonyms())
    assert ("Japanese", gazetteer.place("japan")) in pairs
    assert all(gazetteer.demonym(spelling) is place for spelling, place in pairs if "’" not in spelling)


def test_metonyms_stand_for_offices_of_a_state(gazetteer: Gazetteer) -> None:
    metonyms = {row.id: row for row in gazetteer.organisations if row.metonym}
    assert {"kremlin", "white-house", "downing-street", "blue-house"} <= metonyms.keys()
    assert [
        id for id, row in metonyms.items() if not row.state and row.kind != "InternationalOrganization"
    ] == []


def test_the_tables_stay_small() -> None:
    assert sum(file.stat().st_size for file in NAMES.iterdir()) < 3_000_000


PLACE_HEADER = (
    "id,name,kind,adjectives,people,aliases,capital,parent,iso2,iso3,qid,geonames,lat,lon,"
    "flags,claimed_by,administered_by,source\n"
)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("Atlantis,Atlantis,State,,,,,,,,,,,,,,,own", "no id"),
        ("atlantis,Atlantis,Empire,,,,,,,,,,,,,,,own", "no kind"),
        ("atlantis,Atlantis,State,,,,,,,,12,,,,,,,own", "no Wikidata item"),
        ("atlantis,,State,,,,,,,,,,,,,,,own", "without a name"),
        ("atlantis,Atlantis,State,,,A@b?c,,,,,,,,,,,,own", "no form"),
        ("atlantis,Atlantis,State,,,,,,,,,,north,,,,,own", "line 2"),
        ("atlantis,Atlantis,State", "number of cells"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    table = tmp_path / "territories.csv"
    table.write_text(PLACE_HEADER + line + "\n", encoding="utf-8")
    with pytest.raises(TableError, match=complaint):
        read_places(table)


def test_a_faulty_organisation_is_named(tmp_path: Path) -> None:
    table = tmp_path / "institutions.csv"
    table.write_text(
        "id,name,kind,aliases,state,qid,flags,source\nguild,Guild,Club,,,,,own\n", encoding="utf-8"
    )
    with pytest.raises(TableError, match=r"institutions\.csv, line 2"):
        read_organisations(table)


def atlantis(identifier: str = "atlantis", parent: str = "") -> Place:
    return Place(id=identifier, name="Atlantis", kind="Region", forms=(), parent=parent)


def test_references_and_ids_are_checked() -> None:
    with pytest.raises(TableError, match="two rows"):
        Gazetteer([atlantis(), atlantis()], [])
    with pytest.raises(TableError, match="no place"):
        Gazetteer([atlantis(parent="mu")], [])
    with pytest.raises(TableError, match="no place"):
        Gazetteer([], [Organisation(id="guild", name="Guild", kind="Company", forms=(), state="mu")])
    with pytest.raises(TableError, match="circle"):
        Gazetteer([atlantis(parent="mu"), atlantis("mu", parent="atlantis")], []).state_of(
            atlantis(parent="mu")
        )


def test_an_id_leads_to_its_row(gazetteer: Gazetteer) -> None:
    assert gazetteer.by_id("nato").name == "NATO"
    with pytest.raises(KeyError):
        gazetteer.place("nato")
    with pytest.raises(KeyError):
        gazetteer.by_id("atlantis")


@given(st.text())
def test_the_key_of_a_key_is_itself(text: str) -> None:
    key = name_key(text)
    assert name_key(key) in {key, key.removeprefix("the ")}


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_the_key_ignores_accents(text: str) -> None:
    assert name_key(plain(text)) == name_key(text)


@given(st.from_regex(r"[A-Za-z]{1,8}( [A-Za-z]{1,8}){0,3}", fullmatch=True))
def test_the_key_ignores_case_hyphens_and_spaces(text: str) -> None:
    assert (
        name_key(text) == name_key(text.upper()) == name_key(text.replace(" ", "-")) == name_key(f"  {text} ")
    )


@given(st.text())
def test_only_capitals_without_a_gap_are_acronyms(text: str) -> None:
    key = acronym_key(text)
    assert (key is not None) == (text.isupper() and " " not in text)
    assert key is None or "." not in key
