"""The event lexicon: its form, its parity with the ontology, and every example sentence it holds."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from rdflib import Graph
from spacy.language import Language

from graph.components.happening.events import EventFinder
from graph.components.happening.merging import EventMerger
from graph.model import Block, BlockKind, Document, Event, Reading
from graph.pipeline import load_pipeline
from graph.reading import read
from ontology import schema as schema_module
from ontology.frames import STEPS, LexiconFileError, parse_path
from ontology.lexicon import Example, load_lexicon, read_lexicon
from ontology.schema import load_schema, read_graph, schema_of

WORDS = Path(schema_module.__file__).parent / "words"
LEXICON = load_lexicon()
SCHEMA = load_schema()
FINER = {t.cls: {t.finer.cls} for t in LEXICON.types.values() if t.finer}


def read_sentences(nlp: Language, texts: Sequence[str]) -> list[Reading]:
    documents = [Document(f"{i}.txt", t, (Block(0, len(t), BlockKind.BODY),)) for i, t in enumerate(texts)]
    return list(read(nlp, documents))


@pytest.fixture(scope="module")
def readings(pipeline: Language) -> list[Reading]:
    return read_sentences(pipeline, [e.text for e in LEXICON.examples])


def names_in(reading: Reading, event: Event, role: str) -> set[str]:
    """All names of those in a role; for ``participant`` of those in its sub-roles too."""
    roles = {"participant", "initiator", "recipient"} if role == "participant" else {role}
    entities = {e.key: e for e in reading.entities}
    found: set[str] = set()
    for r in event.roles:
        if r.name in roles:
            entity = entities.get(r.entity or "")
            found |= {entity.name, *entity.aliases} if entity else {r.literal or ""}
    return found


def has_roles(reading: Reading, event: Event, example: Example) -> bool:
    wanted = example.roles or {}
    return all(set(names) <= names_in(reading, event, role) for role, names in wanted.items())


@pytest.mark.parametrize("index", range(len(LEXICON.examples)), ids=[e.text for e in LEXICON.examples])
def test_every_example_sentence_yields_its_own_event(index: int, readings: list[Reading]) -> None:
    example, reading = LEXICON.examples[index], readings[index]
    events = [e for e in reading.events if e.cls == example.cls or e.cls in FINER.get(example.cls, ())]
    found = [(e.rule, sorted(names_in(reading, e, "participant"))) for e in reading.events]
    if example.roles is None:
        assert not events, f"should not be a {example.cls}; found {found}"
    else:
        assert any(has_roles(reading, e, example) for e in events), f"found {found}"


def test_every_event_class_has_words_or_a_parent_that_has() -> None:
    with_words = {t.cls for t in LEXICON.triggers.values()}
    for name in SCHEMA.event_classes:
        assert with_words & {name, *SCHEMA.classes[name].ancestors}, name


def test_every_trigger_and_role_is_of_the_ontology() -> None:
    for trigger in LEXICON.triggers.values():
        assert trigger.cls in SCHEMA.event_classes
        for role in trigger.roles:
            assert role.role in SCHEMA.properties
            assert role.classes <= SCHEMA.classes.keys()


def test_every_type_with_words_has_an_example() -> None:
    shown = {e.cls for e in LEXICON.examples if e.roles is not None}
    assert shown >= LEXICON.types.keys()


def test_every_event_of_an_example_keeps_the_id_of_its_trigger(readings: list[Reading]) -> None:
    ids = {t.id: t.cls for t in LEXICON.triggers.values()}
    events = [e for r in readings for e in r.events]
    assert len(events) > len(LEXICON.examples) / 2
    assert all(SCHEMA.is_a(e.cls, ids[e.rule]) for e in events)


def test_the_lexicon_is_broad() -> None:
    assert len(LEXICON.triggers) > 1500


def test_the_more_particular_trigger_comes_first() -> None:
    for triggers in LEXICON.table.values():
        weights = [t.weight for t in triggers]
        assert weights == sorted(weights, reverse=True)


def test_a_path_is_read_with_its_words_and_its_condition() -> None:
    path = parse_path("?obj.prep(with, along with)")
    assert [s.name for s in path.steps] == ["obj", "prep"]
    assert path.steps[1].words == (("with",), ("along", "with"))
    assert (path.unless, parse_path("&subj").unless, parse_path("subj").unless) == (1, 2, 0)


def test_an_unknown_step_is_told_with_those_there_are() -> None:
    with pytest.raises(LexiconFileError, match="grandchild") as error:
        parse_path("subj.grandchild")
    assert all(step in str(error.value) for step in STEPS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("type: Picnic\ntriggers: [{pos: VERB, words: picnic}]", "'Picnic' is not an event class"),
        ("type: Visit\ntriggers: [{words: see}]", "no part of speech"),
        ("type: Visit\ntriggers: [{frame: flies, words: fly}]", "no frame 'flies'"),
        ("type: Visit\ntriggers: [{pos: VERB, words: see, roles: {guest: subj}}]", "role 'guest'"),
        ("type: Visit\ntriggers: [{pos: VERB, words: see, require: guest}]", "cannot require"),
        ("type: Visit\ntriggers: [{pos: VERB, words: see, if: {subj: Wizard}}]", "'Wizard' is not a class"),
        ("type: Visit\ntriggers: [{pos: VERB, words: [see, see]}]", "the id 'Visit.see.verb'"),
        ("type: Visit\ntriggers: [{pos: VERB, lemma: see}]", "words"),
        ("type: [", "visit.yaml"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_what_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "events").mkdir()
    shutil.copy(WORDS / "frames.yaml", tmp_path)
    (tmp_path / "events" / "visit.yaml").write_text(content)
    with pytest.raises(LexiconFileError, match=message):
        read_lexicon(tmp_path, SCHEMA)


PICNIC = """
dg:Picnic a owl:Class ; rdfs:subClassOf dg:Event ;
    rdfs:label "picnic"@en ; rdfs:comment "A meal outdoors."@en ;
    dg:ploverCode "CONSULT" ; dg:polarity dg:Cooperative .
"""
PICNIC_WORDS = """
type: Picnic
triggers: [{frame: together, words: picnic}]
examples: [{text: "Angela Merkel picnicked with Vladimir Putin in Sochi.", participants: [Angela Merkel]}]
"""


def test_a_new_event_type_takes_a_class_in_turtle_and_a_file_in_yaml(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    shutil.copytree(WORDS, folder)
    (folder / "events" / "picnic.yaml").write_text(PICNIC_WORDS)
    graph = read_graph("diplograph.ttl")
    prefixes = "".join(f"@prefix {p}: <{n}> .\n" for p, n in graph.namespaces())
    lexicon = read_lexicon(folder, schema_of(graph + Graph().parse(data=prefixes + PICNIC, format="turtle")))
    nlp = load_pipeline()
    for name, component in (("events", EventFinder(lexicon, nlp.vocab)), ("merge", EventMerger(lexicon))):
        Language.component(f"picnic_{name}", func=component)
        nlp.replace_pipe(f"diplograph_{name}", f"picnic_{name}")
    (reading,) = read_sentences(nlp, ["Angela Merkel picnicked with Vladimir Putin in Sochi on Sunday."])
    (event,) = [e for e in reading.events if e.cls == "Picnic"]
    assert names_in(reading, event, "participant") == {"Angela Merkel", "Vladimir Putin"}
    assert names_in(reading, event, "place") == {"Sochi"}
    assert event.rule == "Picnic.picnic.verb"
