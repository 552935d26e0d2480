"""What the texts' things are called elsewhere: by name, state, office at the date; never guessed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.derive import ontology_quads
from graph.evaluation.wikified import read_wikified, score_links
from graph.identity import identify
from graph.iri import Namespace
from graph.knowledge.base import KnowledgeBase
from graph.knowledge.compiling import compile_knowledge
from graph.knowledge.library import open_knowledge
from graph.linking.evidence import gather, span
from graph.linking.kept import Kept, KeptLinks, with_kept
from graph.linking.linker import Linked, link
from graph.linking.quads import link_quads
from graph.model import Block, BlockKind, Document, Entity, Mention, Reading, Span, Tenure
from graph.settings import Settings
from ontology.knowledge_tables import Held, Thing
from ontology.shapes import validate_links
from ontology.title_words import load_title_words

NAMES = Namespace("https://w3id.org/diplograph/")
PERSON, CITY = "person", "territory"


def minister(qid: str, name: str, country: str, start: str, end: str = "", **more: str) -> Thing:
    held = Held("Minister of Foreign Affairs", country, start, end)
    return Thing(qid, "person", "Person", name, qid=qid, country=(country,), offices=(held,), **more)  # type: ignore[arg-type]


def state(identifier: str, name: str, qid: str) -> Thing:
    return Thing(
        identifier, "territory", "State", name, qid=qid, lat=56.9, lon=24.1, adjectives=(f"{name}n",)
    )


THINGS = [
    state("latvia", "Latvia", "Q211"),
    state("norway", "Norway", "Q20"),
    minister("Q11", "Anna Berg", "latvia", "2001-01-01", "2005-06-30", begun="1960-01-01"),
    minister("Q12", "Maria Berg", "latvia", "2010-01-01"),
    minister("Q13", "Anna Berg", "norway", "1990", "1993"),
    minister("Q14", "Carl Dorn", "norway", "1900", "1905", begun="1850", ended="1910-01-01"),
    Thing("Q15", "person", "Person", "Olga Lind", qid="Q15", country=("norway",)),
    Thing("Q16", "institution", "Ministry", "Ministry of Finance", qid="Q16", country=("latvia",)),
    Thing("Q17", "institution", "Institution", "United Harbour Council", qid="Q17"),
    Thing("Q18", "institution", "PoliticalParty", "Labour Party", qid="Q18", country=("latvia",)),
    Thing("labour-party", "institution", "PoliticalParty", "Labour Party", qid="Q19", country=("norway",)),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    path = tmp_path_factory.mktemp("kb") / "kb.sqlite"
    compile_knowledge([("own", [replace(t, sources=("own",)) for t in THINGS])], "v1", path)
    return KnowledgeBase(path)


def reading(
    identifier: str,
    entities: list[Entity],
    offices: list[tuple[str, str, str | None]] = (),
    issued: str | None = None,
) -> Reading:
    """A reading of a text of one line that names the entities; no language is processed."""
    text = " ".join(e.name for e in entities)
    everything = Span(0, len(text))
    document = Document(identifier, text, (Block(0, len(text), BlockKind.BODY),), issued=issued)
    mentions = []
    for entity in entities:
        begin = text.index(entity.name)
        mentions.append(Mention(Span(begin, begin + len(entity.name)), entity.key, "name"))
    tenures = tuple(Tenure(h, title, of, everything, everything, "test") for h, title, of in offices)
    return Reading(document, (everything,), tuple(entities), tuple(mentions), tenures, (), ())


def person(name: str, key: str = "p1") -> Entity:
    return Entity(key, "person", "Person", name)


def institution(name: str, cls: str = "Institution", **more: str) -> Entity:
    return Entity("i1", "institution", cls, name, **more)  # type: ignore[arg-type]


LATVIA = Entity("t1", "territory", "State", "Latvia", known="latvia")
NORWAY = Entity("t2", "territory", "State", "Norway", known="norway")


def linked(base: KnowledgeBase, *readings: Reading) -> Linked:
    return link(readings, identify(readings, NAMES), base, load_title_words())


def same(base: KnowledgeBase, *readings: Reading) -> dict[str, str]:
    found = linked(base, *readings).same
    return {iri.rsplit("/", 1)[1]: qid for iri, qid in found.items() if "/territory/" not in iri}


def one(base: KnowledgeBase, *args: object, **more: object) -> set[str]:
    return set(same(base, reading("a.txt", *args, **more)).values())  # type: ignore[arg-type]


def test_the_state_of_an_office_tells_namesakes_apart(base: KnowledgeBase) -> None:
    anna = person("Anna Berg")
    assert one(base, [anna, LATVIA], [("p1", "Foreign Minister", "t1")]) == {"Q11"}
    assert one(base, [anna, NORWAY], [("p1", "Foreign Minister", "t2")]) == {"Q13"}


def test_without_anything_that_tells_them_apart_namesakes_stay_unlinked(base: KnowledgeBase) -> None:
    assert one(base, [person("Anna Berg")]) == set()


def test_a_surname_is_linked_by_state_office_and_date(base: KnowledgeBase) -> None:
    berg, office = person("Berg"), [("p1", "Foreign Minister", "t1")]
    assert one(base, [berg, LATVIA], office, issued="2003-05-06") == {"Q11"}
    assert one(base, [berg, LATVIA], office, issued="2015") == {"Q12"}


def test_a_surname_alone_tells_nothing(base: KnowledgeBase) -> None:
    assert one(base, [person("Dorn")]) == set()
    assert one(base, [person("Dorn"), NORWAY]) == set()


def test_nobody_holds_an_office_after_death(base: KnowledgeBase) -> None:
    office = [("p1", "Foreign Minister", "t2")]
    assert one(base, [person("Dorn"), NORWAY], office, issued="1903") == {"Q14"}
    assert one(base, [person("Dorn"), NORWAY], office, issued="2016") == set()


def test_another_state_speaks_against_a_name(base: KnowledgeBase) -> None:
    assert one(base, [person("Olga Lind"), NORWAY]) == {"Q15"}
    assert one(base, [person("Olga Lind"), LATVIA], [("p1", "Minister", "t1")]) == set()


def test_a_ministry_is_linked_by_what_it_is_for(base: KnowledgeBase) -> None:
    ministry = institution("Finance Ministry", "Ministry", state="t1")
    assert one(base, [ministry, LATVIA]) == {"Q16"}
    assert one(base, [institution("Finance Ministry", "Ministry")]) == set()


def test_a_person_is_no_institution(base: KnowledgeBase) -> None:
    assert one(base, [person("United Harbour Council")]) == set()
    assert one(base, [institution("United Harbour Council")]) == {"Q17"}


def test_a_namesake_whose_state_is_named_makes_a_row_of_the_tables_uncertain(base: KnowledgeBase) -> None:
    party = institution("Labour Party", "PoliticalParty", known="labour-party")
    assert one(base, [party, NORWAY]) == {"Q19"}
    assert one(base, [party, LATVIA]) == set()
    unsure = [k for k in linked(base, reading("a.txt", [party, LATVIA])).links if "institution" in k.iri]
    assert [(k.same, k.target.thing.qid) for k in unsure] == [(False, "Q19")]


def test_every_link_tells_its_reason(base: KnowledgeBase) -> None:
    told = linked(
        base, reading("a.txt", [person("Berg"), LATVIA], [("p1", "Foreign Minister", "t1")], "2003")
    )
    reasons = {k.target.thing.qid: k.reason for k in told.links}
    assert "surname" in reasons["Q11"]
    assert "Minister of Foreign Affairs, 2001-01-01 to 2005-06-30: in office" in reasons["Q11"]


MANY = [
    reading("a.txt", [person("Anna Berg"), LATVIA], [("p1", "Foreign Minister", "t1")], "2003"),
    reading("b.txt", [person("Olga Lind"), NORWAY]),
    reading("c.txt", [institution("Finance Ministry", "Ministry", state="t1"), LATVIA], issued="2016-04"),
    reading("d.txt", [institution("Labour Party", "PoliticalParty", known="labour-party"), LATVIA]),
]


@given(st.permutations(MANY))
def test_the_order_of_texts_does_not_matter(base: KnowledgeBase, readings: list[Reading]) -> None:
    assert linked(base, *readings) == linked(base, *MANY)


def test_spans_of_dates() -> None:
    assert span("2016") == ("2016-01-01", "2016-12-31")
    assert span("2016-02") == ("2016-02-01", "2016-02-31")
    assert span("2016-02-03") == ("2016-02-03", "2016-02-03")
    assert span("2016-21") == ("2016-21-01", "2016-21-31")
    assert span("about 2016") is None


def test_evidence_is_gathered_from_all_texts() -> None:
    readings = [MANY[0], reading("e.txt", [person("Anna Berg"), NORWAY])]
    (anna,) = [
        e for e in gather(readings, identify(readings, NAMES), lambda row: (row,)) if e.kind == PERSON
    ][:1]
    assert anna.names == ("Anna Berg",)
    assert anna.states == {"latvia"}


# The graph of links.


def test_the_graph_of_links_keeps_its_contract(base: KnowledgeBase) -> None:
    import pyoxigraph  # noqa: PLC0415

    store = pyoxigraph.Store()
    for quad in link_quads(linked(base, *MANY), NAMES):
        store.add(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object))
    assert list(validate_links(NAMES.graph("links"), store)) == []
    assert len(list(ontology_quads(NAMES))) > 0


def test_links_bring_coordinates_country_dates_and_their_source(base: KnowledgeBase) -> None:
    told = {
        (q.subject.value.rsplit("/", 1)[1], q.predicate.value.split("#")[-1])
        for q in link_quads(linked(base, *MANY), NAMES)
    }
    assert {("latvia", "lat"), ("latvia", "long"), ("anna-berg", "country"), ("anna-berg", "born")} <= told
    assert ("links", "wasDerivedFrom") in told


def test_the_version_of_the_base_is_in_the_provenance(base: KnowledgeBase) -> None:
    objects = {str(q.object) for q in link_quads(linked(base, *MANY), NAMES)}
    assert f"<{NAMES.base}knowledge/v1>" in objects


# What other servers told.


def kept(iri: str, *, sure: bool = True) -> Kept:
    thing = Thing(
        "http://www.wikidata.org/entity/Q77", "person", "Person", "Berg", qid="Q77", sources=("elsewhere",)
    )
    return Kept(iri, sure, 0.9, "told", "2026-01-02", thing)


def test_what_was_told_is_kept_and_replaced_by_the_thing(tmp_path: Path) -> None:
    file = KeptLinks(tmp_path)
    file.add([kept("a"), kept("b")])
    file.add([kept("a", sure=False)])
    assert {iri: [k.same for k in some] for iri, some in file.read().items()} == {"a": [False], "b": [True]}


def test_the_knowledge_base_goes_before_what_was_told(base: KnowledgeBase) -> None:
    own = linked(base, *MANY)
    certain, other = next(iter(own.same)), NAMES.thing("person", "nobody")
    told = {certain: (kept(certain),), other: (kept(other),), "gone": (kept("gone"),)}
    both = with_kept(own, told, [certain, other])
    assert both.same[certain] == own.same[certain]
    assert both.same[other] == "Q77"
    assert "gone" not in both.same


# Texts whose names are linked to Wikipedia.

CONLLU = """# newdoc id = GUM_news_small
# meta::dateCreated = 2003-05-06
# newpar
# sent_id = 1
# text = Anna Berg's Latvia
1\tAnna\t_\t_\t_\t_\t_\t_\t_\tEntity=(1-person-new-n-cf1-1,2-sgl-Anna_Berg
2-3\tBerg's\t_\t_\t_\t_\t_\t_\t_\t_
2\tBerg\t_\t_\t_\t_\t_\t_\t_\tEntity=1)
3\t's\t_\t_\t_\t_\t_\t_\t_\t_
4\tLatvia\t_\t_\t_\t_\t_\t_\t_\tEntity=(2-place-new-n-cf1-1-sgl-Latvia)|SpaceAfter=No
5\t.\t_\t_\t_\t_\t_\t_\t_\t_
"""


def test_links_are_scored_against_pages(base: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "small.conllu").write_text(CONLLU, encoding="utf-8")
    text = read_wikified(tmp_path / "small.conllu")
    assert text.document.text == "Anna Berg's Latvia."
    assert text.document.issued == "2003-05-06"
    marked = {(m.page, text.document.text[m.begin : m.end]) for m in text.mentions}
    assert marked == {("Anna Berg", "Anna Berg"), ("Latvia", "Latvia")}
    read = reading("small.txt", [person("Anna Berg"), LATVIA])
    begin = text.document.text.index("Latvia")
    mentions = (Mention(Span(0, 9), "p1", "name"), Mention(Span(begin, begin + 6), "t1", "name"))
    moved = Reading(text.document, read.sentences, read.entities, mentions, (), (), ())
    identity = identify([moved], NAMES)
    links = link([moved], identity, base, load_title_words())
    scored = score_links([text], {text.document.identifier: moved}, identity.iris, links, base)
    assert (scored.counts.right, scored.counts.false, scored.counts.missed) == (1, 0, 0)
    assert scored.unknown == 1  # two people are called Anna Berg, so the page is nobody's


@pytest.mark.parametrize(
    ("name", "title", "of", "year", "qid"),
    [
        ("Merkel", "Chancellor", "germany", "2010", "Q567"),
        ("Lavrov", "Foreign Minister", "russia", "2016", "Q58217"),
        ("Abe", "Prime Minister", "japan", "2014", "Q132345"),
        ("Kerry", "Secretary of State", "united-states", "2014", "Q22316"),
    ],
)
def test_surnames_of_ministers_are_linked_by_the_tables(
    name: str, title: str, of: str, year: str, qid: str
) -> None:
    place = Entity("t1", "territory", "State", of.title(), known=of)
    assert one(open_knowledge(Settings()), [person(name), place], [("p1", title, "t1")], issued=year) == {qid}
