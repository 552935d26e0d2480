"""The knowledge base finds names however they are spelt, grows by imports, and is made safely and alike."""

from __future__ import annotations

import gzip
import json
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import KnowledgeError
from graph.knowledge.base import KnowledgeBase
from graph.knowledge.compiling import compile_knowledge, joined
from graph.knowledge.imports import read_lines
from graph.knowledge.keys import folded, person_key, shorter, skeleton, turned
from graph.knowledge.library import Library, library, open_knowledge
from graph.knowledge.places import Places
from graph.settings import Settings
from ontology.gazetteer import load_gazetteer
from ontology.knowledge_tables import Held, Thing, read_things
from ontology.title_words import load_title_words, ministry_key

MINISTER = Thing(
    "Q1",
    "person",
    "Person",
    "Yevgeny Maximovich Afanasyev",
    qid="Q1",
    country=("russia",),
    offices=(Held("Minister of Foreign Affairs", "russia", "2001-02-03", "2004"),),
)
NAMESAKE = Thing("Q2", "person", "Person", "Masahiko Kōmura", qid="Q2", country=("japan",))
OTHER = Thing("Q3", "person", "Person", "Masahiro Komura", qid="Q3", country=("japan",))
HEALTH = Thing(
    "Q4", "institution", "InternationalOrganization", "World Health Organization", ("WHO",), qid="Q4"
)
MINISTRY = Thing(
    "Q5", "institution", "Ministry", "Ministry of Foreign Affairs", qid="Q5", country=("latvia",)
)
THINGS = [MINISTER, NAMESAKE, OTHER, HEALTH, MINISTRY]


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    compile_knowledge([("own", THINGS)], "v1", tmp_path / "kb.sqlite")
    return KnowledgeBase(tmp_path / "kb.sqlite")


@pytest.fixture(scope="module")
def shipped() -> KnowledgeBase:
    return open_knowledge(Settings())


def ids(matches: object) -> list[str]:
    return [m.id for m in matches]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name",
    [
        "Yevgeny Maximovich Afanasyev",
        "Yevgeny Afanasyev",
        "Evgenii Afanasev",
        "AFANASYEV Yevgeny",
        "Minister Yevgeny Afanasyev",
    ],
)
def test_people_are_found_however_they_are_spelt(base: KnowledgeBase, name: str) -> None:
    assert ids(base.exact(name, "person")) == ["Q1"] or ids(base.fuzzy(name, "person")) == ["Q1"]


def test_one_letter_can_make_another_person(base: KnowledgeBase) -> None:
    assert ids(base.exact("Masahiko Komura", "person")) == ["Q2"]
    assert ids(base.fuzzy("Masahiko Komura", "person")) == []


def test_different_middle_names_are_different_people(base: KnowledgeBase) -> None:
    assert base.exact("Yevgeny Ivanovich Afanasyev", "person") == ()


def test_capitals_alone_are_found_in_capitals_alone(base: KnowledgeBase) -> None:
    assert ids(base.exact("WHO", "institution")) == ["Q4"]
    assert base.exact("who", "institution") == ()


def test_surnames_are_found_in_their_country_alone(base: KnowledgeBase) -> None:
    assert base.people("Komura", ["japan"]) == ("Q2", "Q3")
    assert base.people("Komura", ["russia"]) == ()


def test_ministries_are_found_by_what_they_are_for(base: KnowledgeBase) -> None:
    assert base.ministries("Foreign Ministry", ["latvia"]) == ("Q5",)
    assert base.ministries("Latvia's Ministry of Foreign Affairs", ["latvia"]) == ("Q5",)
    assert base.ministries("Ministry of Finance", ["latvia"]) == ()
    assert ministry_key("Foreign Legion") == ""


def test_what_is_kept_of_a_thing_comes_back_whole(base: KnowledgeBase) -> None:
    known = base.get("Q1")
    assert known is not None
    assert known.thing == MINISTER
    assert base.get("Q99") is None
    assert base.version == "v1"


@given(st.permutations(THINGS))
def test_the_order_of_things_does_not_matter(things: list[Thing]) -> None:
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    with TemporaryDirectory() as folder:
        one, other = Path(folder) / "one", Path(folder) / "other"
        compile_knowledge([("own", THINGS)], "v", one)
        compile_knowledge([("own", things)], "v", other)
        assert one.read_bytes() == other.read_bytes()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", min_size=1))
def test_keys_of_keys_are_the_keys(name: str) -> None:
    assert folded(folded(name)).count(" ") == folded(name).count(" ")
    assert person_key(person_key(name)) == person_key(name)
    for word in name.split():
        assert skeleton(word)


def test_names_are_shortened_and_turned() -> None:
    assert dict(shorter("joseph r biden")) == {"joseph biden": 0.97}
    assert dict(shorter("vladimir vladimirovich putin")) == {"vladimir putin": 0.9}
    assert shorter("fumio kishida") == ()
    assert turned("kishida fumio") == "fumio kishida"


def test_a_later_layer_adds_to_an_earlier_one() -> None:
    new = Thing(
        "Q1",
        "person",
        "Person",
        "Evgeny Afanasyev",
        qid="Q1",
        ended="2020",
        offices=(Held("Minister of Foreign Affairs", "russia", "2001-02-03", "2004-05-06"),),
        sources=("elsewhere",),
        licence="CC0",
    )
    both = joined(MINISTER, new)
    assert both.forms == ("Evgeny Afanasyev",)
    assert both.ended == "2020"
    assert [o.end for o in both.offices] == ["2004-05-06"]
    assert both.licence == "MIT; CC0"


# The base that diplograph comes with.


def test_every_identifier_comes_from_a_source(shipped: KnowledgeBase) -> None:
    listed = (Path(__file__).parent.parent / "ontology/knowledge/SOURCES.md").read_text("utf-8")
    listed += (Path(__file__).parent.parent / "ontology/names/SOURCES.md").read_text("utf-8")
    things = list(read_things(load_gazetteer()))
    assert {source for thing in things for source in thing.sources} <= {
        line.split("|")[1].strip() for line in listed.splitlines() if line.startswith("|")
    }
    assert all(thing.sources and set(thing.sources) - {"own"} for thing in things if thing.qid)


def test_the_tables_know_who_held_office_when(shipped: KnowledgeBase) -> None:
    (match,) = shipped.exact("Sergei Lavrov", "person")
    known = shipped.get(match.id)
    assert known is not None
    assert "Minister of Foreign Affairs" in {o.title for o in known.thing.offices}
    (embassy,) = shipped.exact("Embassy of Japan in Moscow", "institution")
    found = shipped.get(embassy.id)
    assert found is not None
    assert found.thing.host == "russia"


def test_the_tables_are_small_enough_to_ship() -> None:
    folder = Path(__file__).parent.parent / "ontology"
    files = [*folder.glob("knowledge/*.csv.gz"), *folder.glob("names/*.csv")]
    assert (
        sum(len(gzip.compress(f.read_bytes()) if f.suffix == ".csv" else f.read_bytes()) for f in files)
        < 15e6
    )


def test_countries_of_the_tables_are_places_of_the_gazetteer() -> None:
    gazetteer = load_gazetteer()
    places = {place.id for place in gazetteer.places}
    for thing in read_things(gazetteer):
        assert set(thing.country) <= places, thing.id
        assert {o.of for o in thing.offices} <= places | {""}, thing.id


# Imports and the place on disk.


def settings(folder: Path) -> Settings:
    return Settings(knowledge=folder / "imports", cache=folder / "cache")


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


LINE = {"name": "Anna Berg", "kind": "person", "qid": "Q7", "countries": ["no"], "born": 1960, "extra": [1]}
TERMS = {"source": "a register", "licence": "CC0"}


def read(path: Path, **default: str) -> list[Thing]:
    return list(read_lines(path, TERMS | default, Places(load_gazetteer())))


def test_a_line_becomes_a_thing(tmp_path: Path) -> None:
    line = {
        **LINE,
        "positions": [{"title": "Minister", "of": "NOR", "start": "2001"}],
        "names": {"ru": "Анна"},
    }
    (thing,) = read(write(tmp_path / "a.jsonl", line))
    assert (thing.kind, thing.country, thing.begun) == ("person", ("norway",), "1960")
    assert thing.offices == (Held("Minister", "norway", "2001"),)
    assert (thing.sources, thing.licence) == (("a register",), "CC0")
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress((tmp_path / "a.jsonl").read_bytes()))
    assert read(packed) == [thing]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no json", "line 1: no JSON"),
        ("[1]", "line 1: no JSON object"),
        ('{"kind": "person"}', "line 1: name"),
        ('{"name": "A", "kind": "person", "qid": "X1"}', "line 1: qid"),
        ('{"name": "A", "kind": "dragon"}', "'dragon' is no kind"),
    ],
)
def test_what_is_wrong_with_a_line_is_told(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r".*") as error:
        read(path)
    assert words in str(error.value)


def test_a_line_needs_source_and_licence(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no licence"):
        list(read_lines(write(tmp_path / "a.jsonl", LINE), {"source": "x"}, lambda _: None))


def test_an_import_lies_over_the_tables_and_survives_them(tmp_path: Path) -> None:
    kept = Library(tmp_path / "imports")
    before = kept.version()
    assert kept.keep("mine", read(write(tmp_path / "a.jsonl", LINE))) == 1
    assert kept.version() != before
    assert [name for name, _ in kept.imports()] == ["mine"]
    kept.drop("mine")
    assert kept.version() == before
    with pytest.raises(KnowledgeError, match="no import"):
        kept.drop("mine")
    with pytest.raises(KnowledgeError, match="no name"):
        kept.keep("../mine", [])


def test_a_damaged_import_is_named(tmp_path: Path) -> None:
    kept = Library(tmp_path)
    kept.keep("mine", [])
    (tmp_path / "mine.json").write_text("{", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"mine\.json is damaged"):
        list(kept.imports())


def test_two_who_need_the_base_at_once_both_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.knowledge.library.read_things", lambda _: iter(THINGS))
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(open_knowledge(settings(tmp_path)).version))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [library(settings(tmp_path)).version()] * 4
    assert [p.name for p in (tmp_path / "cache").glob("*.sqlite*")] == [f"knowledge-{found[0]}.sqlite"]


def test_without_a_cache_that_can_be_written_to_the_base_goes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.knowledge.library.read_things", lambda _: iter(THINGS))
    (tmp_path / "cache").write_text("a file, no folder", encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    assert open_knowledge(settings(tmp_path)).path.is_relative_to(tmp_path / "temporary")


def test_a_damaged_base_is_named(tmp_path: Path) -> None:
    (tmp_path / "kb.sqlite").write_text("no database, certainly not", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"kb\.sqlite cannot be used"):
        KnowledgeBase(tmp_path / "kb.sqlite")


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Foreign Minister", "Minister of Foreign Affairs", 1.0),
        ("Defense Secretary", "Minister of Defence", 1.0),
        ("Prime Minister", "Chancellor", 1.0),
        ("senator", "member of the Federation Council", 0.5),
        ("Foreign Minister", "Minister of Finance", 0.0),
        ("Minister of Defence", "Deputy Minister of Defence", 0.0),
        ("President", "Vice President", 0.0),
    ],
)
def test_offices_are_one_by_what_they_are(one: str, other: str, likeness: float) -> None:
    words = load_title_words()
    assert words.post(one).likeness(words.post(other)) == likeness


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("jp", "japan"),
        ("JPN", "japan"),
        ("Japan", "japan"),
        ("http://www.wikidata.org/entity/Q17", "japan"),
        ("http://dbpedia.org/resource/United_States", "united-states"),
        ("Nowhere", None),
    ],
)
def test_states_are_known_by_whatever_others_call_them(text: str, place: str | None) -> None:
    assert Places(load_gazetteer())(text) == place
