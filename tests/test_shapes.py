"""Every shape lets the sound graph of contract.ttl pass, and reports it where it is broken in one place."""

import re
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from rdflib import RDF, SH, Graph

from ontology.schema import SHAPES, read_graph
from ontology.shapes import Violation, validate, validate_links

BASE = "https://w3id.org/diplograph/"
DOCUMENT = f"{BASE}doc/norway-latvia"
CONTRACT = (Path(__file__).parent / "contract.ttl").read_bytes()
PREFIXES = f"BASE <{BASE}> " + " ".join(
    f"PREFIX {prefix}: <{iri}>" for prefix, iri in Graph().parse(data=CONTRACT, format="turtle").namespaces()
)

DOC = "<doc/norway-latvia>"
FIRST, SECOND, THIRD = (f"<doc/norway-latvia#char={span}>" for span in ("47,147", "148,184", "185,347"))
ANNA, SHE = "<doc/norway-latvia#char=47,56>", "<doc/norway-latvia#char=148,151>"
PERSON, CITY, TEXT = "<id/person/anna-berg>", "<id/territory/riga>", "<id/instrument/riga-declaration>"
COUNCIL, AGENCY, ISLAND = (
    "<id/institution/gull-council>",
    "<id/institution/baltic-wire>",
    "<id/territory/gull-island>",
)
MEETING, VISIT, STATEMENT = "<id/event/meeting-1>", "<id/event/visit-1>", "<id/event/statement-1>"
TENURE = "<id/tenure/anna-berg-foreign-minister>"
CLAIM = "<doc/norway-latvia#relation=gull-island,claimedBy,norway>"


def add(triples: str) -> str:
    return f"INSERT DATA {{ {triples} }}"


def drop(pattern: str) -> str:
    return f"DELETE WHERE {{ {pattern} }}"


def change(subject: str, predicate: str, value: str) -> str:
    return f"DELETE WHERE {{ {subject} {predicate} ?old }} ; INSERT DATA {{ {subject} {predicate} {value} }}"


def both(first: str, second: str) -> str:
    return f"{first} ; {second}"


def relate(subject: str, relation: str, other: str) -> str:
    """A relation with its support, so that only its ends can be wrong."""
    return add(f"""{subject} {relation} {other} . <x> a rdf:Statement ; rdf:subject {subject} ;
        rdf:predicate {relation} ; rdf:object {other} ; prov:wasDerivedFrom {THIRD}""")


MUTATIONS = [
    # the document
    (change(DOC, "a", "nif:Context"), "named after the document"),
    (add("<doc/other> a dg:Document"), "holds no other document"),
    (add(f"{CITY} skos:closeMatch <http://www.wikidata.org/entity/Q1773>"), "a graph of their own"),
    (add(f"{CITY} owl:sameAs <http://www.wikidata.org/entity/Q1773>"), "a graph of their own"),
    (change(DOC, "a", "dg:Document"), "also a nif:Context"),
    (drop(f"{DOC} dcterms:identifier ?x"), "one identifier"),
    (add(f"{DOC} nif:isString 'another text'"), "one text"),
    (add(f"{DOC} dcterms:title ''"), "one title"),
    (change(DOC, "dcterms:issued", "'last week'"), "one date of issue"),
    (change(DOC, "dcterms:issued", "'2016-02-30'^^xsd:date"), "one date of issue"),
    (change(DOC, "dcterms:publisher", CITY), "one publisher"),
    (change(DOC, "dcterms:spatial", AGENCY), "one place of issue"),
    (change(DOC, "dcterms:source", "'example.org'"), "one web address"),
    (add(f"{MEETING} a dg:Meating"), "no such class"),
    (add(f"{MEETING} dg:atendee {PERSON}"), "no such property"),
    # phrases
    (change(ANNA, "nif:anchorOf", "'Anna Burg'"), "those of the text"),
    (
        both(change(ANNA, "nif:endIndex", "57"), change(ANNA, "nif:anchorOf", "'Anna Berg,'")),
        "its document and offsets",
    ),
    (drop(f"{ANNA} a nif:Phrase"), "nif:Phrase or a nif:Sentence"),
    (drop(f"{ANNA} nif:referenceContext ?x"), "exactly one document"),
    (add(f"{ANNA} nif:referenceContext <doc/other>"), "exactly one document"),
    (drop(f"{ANNA} nif:beginIndex ?x"), "exactly one begin"),
    (change(ANNA, "nif:beginIndex", "-1"), "exactly one begin"),
    (change(ANNA, "nif:beginIndex", "56"), "below its end"),
    (drop(f"{ANNA} nif:endIndex ?x"), "exactly one end"),
    (add(f"{ANNA} nif:endIndex 50"), "exactly one end"),
    (drop(f"{ANNA} nif:anchorOf ?x"), "gives its words exactly once"),
    (add(f"{FIRST} itsrdf:taIdentRef {PERSON} ; dg:resolvedBy 'name'"), "refers to something"),
    (change(ANNA, "itsrdf:taIdentRef", "<id/person/nobody>"), "refers to an entity or event"),
    (drop(f"{ANNA} dg:resolvedBy ?x"), "how it was told"),
    (change(SHE, "dg:antecedent", "<doc/other#char=1,2>"), "The antecedent of a mention"),
    (add(f"{ANNA} dg:antecedent {SHE}"), "does not come back"),
    # entities
    (add("_:x a dg:City ; rdfs:label 'Riga'@en"), "An entity has an IRI"),
    (drop(f"{PERSON} rdfs:label ?x"), "has a label, one per language"),
    (add(f"{PERSON} rdfs:label 'Ms Berg'@en"), "has a label, one per language"),
    (add(f"{PERSON} skos:altLabel {CITY}"), "Another name of an entity"),
    (change(AGENCY, "a", "dg:Actor"), "is a person, institution, territory or instrument"),
    (add(f"{PERSON} a dg:Ministry"), "only one of person, institution"),
    (add(f"{CITY} a dg:Institution"), "only one of person, institution"),
    (add(f"{PERSON} dg:ofState {CITY}"), "Only an institution has"),
    (change(AGENCY, "dg:ofState", COUNCIL), "at most one state"),
    # evidence
    (drop(f"{MEETING} prov:wasDerivedFrom ?x"), "points at the sentence"),
    (drop(f"{TENURE} prov:wasDerivedFrom ?x"), "points at the sentence"),
    (drop(f"{CLAIM} prov:wasDerivedFrom ?x"), "points at the sentence"),
    (change(MEETING, "prov:wasDerivedFrom", DOC), "are those of this document"),
    (change(MEETING, "prov:wasDerivedFrom", "<doc/other#char=1,2>"), "are those of this document"),
    (change(MEETING, "prov:wasDerivedFrom", SECOND), "mentioned in the sentences"),
    (
        both(
            change(TENURE, "dg:holder", "<id/person/carl-dorn>"),
            change(TENURE, "prov:wasDerivedFrom", SECOND),
        ),
        "mentioned in the sentences",
    ),
    (drop(f"{SHE} itsrdf:taIdentRef ?x ; dg:antecedent ?y"), "mentioned in the sentences"),
    (change(CLAIM, "prov:wasDerivedFrom", FIRST), "mentioned in the sentences"),
    # events
    (add(f"_:x a dg:Visit ; dg:factuality dg:Actual ; prov:wasDerivedFrom {FIRST}"), "An event has an IRI"),
    (change(MEETING, "a", "dg:Event"), "at least one event type"),
    (drop(f"{MEETING} rdfs:label ?x"), "An event has a label"),
    (drop(f"{MEETING} dg:factuality ?x"), "exactly one factuality"),
    (add(f"{MEETING} dg:factuality dg:Planned"), "exactly one factuality"),
    (change(MEETING, "dg:factuality", "dg:Neutral"), "exactly one factuality"),
    (drop(f"{MEETING} dg:rule ?x"), "which rule found it"),
    (add(f"{MEETING} dg:participant {VISIT}"), "A participant of an event"),
    (change(MEETING, "dg:place", PERSON), "The place of an event"),
    (add(f"{MEETING} dg:about ''"), "not empty"),
    (change(MEETING, "dg:about", "<id/instrument/unknown>"), "has a class in this graph"),
    (add(f"{MEETING} dg:source {CITY}"), "The source of an event"),
    (add(f"{STATEMENT} dg:says 'something else'"), "What a statement says"),
    (change(MEETING, "dg:subEventOf", CITY), "part of another event only"),
    (drop(f"{STATEMENT} dg:participant ?x"), "also stated as participants"),
    (add(f"{MEETING} dg:recipient {AGENCY}"), "also stated as participants"),
    (add(f"{VISIT} dg:subEventOf {MEETING}"), "An event is not part of itself"),
    # time
    (drop(f"{MEETING} dg:when ?x"), "EDTF literal"),
    (change(MEETING, "dg:when", "'2016-04-15'"), "EDTF literal"),
    (change(MEETING, "dg:when", "'../..'^^edtf:EDTF"), "nothing is known"),
    (change(MEETING, "dg:startDate", "'2016-04-16'^^xsd:date"), "is not after the last day"),
    (change(MEETING, "dg:startDate", "'2016-02-30'^^xsd:date"), "The first day (dg:startDate) is one"),
    (change(MEETING, "dg:endDate", "'2016-04'^^xsd:gYearMonth"), "The last day (dg:endDate) is one"),
    # tenures
    (drop(f"{TENURE} dg:holder ?x"), "exactly one holder"),
    (change(TENURE, "dg:holder", COUNCIL), "exactly one holder"),
    (change(TENURE, "dg:title", "''"), "exactly one title"),
    (change(TENURE, "dg:of", TEXT), "A tenure is of at most one"),
    # relations
    (drop(f"{CLAIM} rdf:subject ?x"), "exactly one subject"),
    (change(CLAIM, "rdf:predicate", "dg:about"), "exactly one predicate"),
    (drop(f"{CLAIM} rdf:object ?x"), "exactly one object"),
    (drop(f"{CLAIM} ?p ?o"), "supported by an rdf:Statement"),
    (add(f"{ISLAND} dg:ownedBy {PERSON}"), "supported by an rdf:Statement"),
    (relate(ISLAND, "dg:partOf", AGENCY), "a territory of a territory"),
    (relate(CITY, "dg:locatedIn", COUNCIL), "located in a territory"),
    (relate(MEETING, "dg:locatedIn", CITY), "located in a territory"),
    (relate(CITY, "dg:memberOf", COUNCIL), "member of an institution"),
    (relate(PERSON, "dg:memberOf", CITY), "member of an institution"),
    (relate(COUNCIL, "dg:headOf", AGENCY), "head of an institution"),
    (relate(PERSON, "dg:headOf", TEXT), "head of an institution"),
    (relate(TEXT, "dg:represents", COUNCIL), "represents a state"),
    (relate(COUNCIL, "dg:represents", PERSON), "represents a state"),
    (relate(COUNCIL, "dg:claimedBy", AGENCY), "claimed by an actor"),
    (relate(ISLAND, "dg:claimedBy", CITY), "claimed by an actor"),
    (relate(COUNCIL, "dg:administeredBy", AGENCY), "is administered by"),
    (relate(ISLAND, "dg:administeredBy", TEXT), "is administered by"),
    (relate(ISLAND, "dg:capitalOf", CITY), "A city is the capital"),
    (relate(CITY, "dg:capitalOf", COUNCIL), "A city is the capital"),
    (relate(CITY, "dg:partyTo", TEXT), "party to an instrument"),
    (relate(PERSON, "dg:partyTo", CITY), "party to an instrument"),
    (relate(CITY, "dg:publishedBy", AGENCY), "published by an actor"),
    (relate(TEXT, "dg:publishedBy", CITY), "published by an actor"),
    (relate(CITY, "dg:proposedBy", AGENCY), "proposed by an actor"),
    (relate(TEXT, "dg:proposedBy", CITY), "proposed by an actor"),
    (relate(CITY, "dg:organizedBy", AGENCY), "organized by an actor"),
    (relate(MEETING, "dg:organizedBy", CITY), "organized by an actor"),
    (relate(PERSON, "dg:ownedBy", AGENCY), "is owned by an actor"),
    (relate(AGENCY, "dg:ownedBy", CITY), "is owned by an actor"),
]


LINKS = """
<id/person/a> skos:closeMatch <http://www.wikidata.org/entity/Q1> .
<id/link/a> a dg:Link ; dg:linkFrom <id/person/a> ; dg:linkTo <http://www.wikidata.org/entity/Q1> ;
    dg:score 0.7 ; dg:reason "the name"@en ; dcterms:source "own" .
<id/territory/isle#name=rock> a dg:Naming ; dg:names <id/territory/isle> ; dg:form "Rock"@en ;
    dg:usedBy <id/territory/b> .
"""
LINK = f"<{BASE}id/link/a>"
NAMING = f"<{BASE}id/territory/isle#name=rock>"
LINK_MUTATIONS = [
    (drop(f"{LINK} dg:linkFrom ?x"), "one thing of the texts"),
    (drop(f"{LINK} dg:linkTo ?x"), "one thing of another dataset"),
    (change(LINK, "dg:score", "1.5"), "one score, from 0 to 1"),
    (drop(f"{LINK} dg:reason ?x"), "tells its reason"),
    (drop(f"{LINK} dcterms:source ?x"), "tells where it comes from"),
    (change(f"<{BASE}id/person/a>", "skos:closeMatch", '"Q1"'), "What an entity may be"),
    (drop(f"{NAMING} dg:names ?x"), "A naming is of one territory"),
    (drop(f"{NAMING} dg:form ?x"), "A naming has one form"),
    (drop(f"{NAMING} dg:usedBy ?x"), "A naming is the word of a state"),
]


def contract() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(CONTRACT, format=pyoxigraph.RdfFormat.TURTLE)
    return store


def broken(update: str) -> list[Violation]:
    store = contract()
    store.update(f"{PREFIXES} {update}")
    return list(validate([(DOCUMENT, store)]))


def test_a_sound_graph_has_no_violations() -> None:
    assert list(validate([(DOCUMENT, contract())])) == []


def test_a_sound_rdflib_graph_has_none_either() -> None:
    assert list(validate([(DOCUMENT, Graph().parse(data=CONTRACT, format="turtle"))])) == []


@pytest.mark.parametrize(
    ("update", "message"), MUTATIONS, ids=[f"{m} ({n})" for n, (_, m) in enumerate(MUTATIONS)]
)
def test_what_is_broken_is_reported(update: str, message: str) -> None:
    found = broken(update)
    assert any(message in v.message for v in found), found
    assert {v.document for v in found} == {DOCUMENT}


def test_every_constraint_has_a_mutation_that_breaks_it() -> None:
    rules = {str(m) for m in read_graph(SHAPES).objects(None, SH.message)}
    tried = {message for _, message in MUTATIONS}
    untried = {rule for rule in rules if not any(part in rule for part in tried)}
    of_links = {message for _, message in LINK_MUTATIONS}
    left = {rule for rule in untried if not any(part in rule for part in of_links)}
    assert left == {
        "An entity is the same as one of Wikidata, GeoNames or DBpedia, by its IRI there (owl:sameAs)."
    }


def test_the_mutations_stand_for_every_shape() -> None:
    shapes = read_graph(SHAPES)
    unsaid = [s for s in shapes.subjects(RDF.type, SH.NodeShape) if not any(said(shapes, s))]
    assert unsaid == []


def said(shapes: Graph, shape: object) -> list[object]:
    """The messages of a shape and of its property shapes and queries."""
    inner = [o for p in (SH.property, SH.sparql) for o in shapes.objects(shape, p)]  # type: ignore[arg-type]
    return [m for node in (shape, *inner) for m in shapes.objects(node, SH.message)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "when",
    "2016 2016-04 2016-04-15 2016-22 201X 20XX 2016-XX 2016-04-XX 2016~ 2016-04? 2016-04-15% -0043 "
    "2015-10/2015-12 2016/.. ../2016-04 2016-04-15/ /2016 2016-21/2017-22".split(),
)
def test_dates_that_edtf_knows_are_sound(when: str) -> None:
    assert broken(change(MEETING, "dg:when", f"'{when}'^^edtf:EDTF")) == []


@pytest.mark.parametrize(
    "when",
    "16 2016-13 2016-4 2016-04-32 2016-22-01 April 15/04/2016 2016-04-15T10:00 2016/17 / .. XX16".split(),
)
def test_dates_that_edtf_does_not_know_are_reported(when: str) -> None:
    found = broken(change(MEETING, "dg:when", f'"{when}"^^edtf:EDTF'))
    assert {(v.focus, v.path) for v in found} == {(f"{BASE}id/event/meeting-1", "dg:when")}


def test_an_argument_may_be_joined_to_its_sentence_by_a_reference_chain_alone() -> None:
    assert broken(drop(f"{SHE} itsrdf:taIdentRef ?x")) == []


def test_offsets_are_code_points() -> None:
    begin, end = 5, 9
    store = pyoxigraph.Store()
    store.update(
        f"""{PREFIXES} INSERT DATA {{
            {DOC} a dg:Document , nif:Context ; dcterms:identifier "a.txt" ; nif:isString "𝒜 é\u0301 Riga" .
            {CITY} a dg:City ; rdfs:label "Riga"@en .
            <doc/norway-latvia#char={begin},{end}> a nif:Phrase ; nif:referenceContext {DOC} ;
                nif:beginIndex {begin} ; nif:endIndex {end} ; nif:anchorOf "Riga" ;
                itsrdf:taIdentRef {CITY} ; dg:resolvedBy "name" }}"""
    )
    assert list(validate([(DOCUMENT, store)])) == []


def test_a_violation_names_the_thing_the_property_and_the_value() -> None:
    (violation,) = broken(change(MEETING, "dg:place", PERSON))
    assert violation == Violation(
        focus=f"{BASE}id/event/meeting-1",
        path="dg:place",
        message="The place of an event is a territory, or an institution whose building it is.",
        document=DOCUMENT,
        value=f"{BASE}id/person/anna-berg",
    )


def test_a_query_over_the_document_blames_the_culprit() -> None:
    (violation,) = broken(change(CLAIM, "prov:wasDerivedFrom", FIRST))[:1]
    assert violation.focus == f"{DOCUMENT}#relation=gull-island,claimedBy,norway"
    assert re.search(r"but \S*gull-island is not", violation.message)


def test_graphs_are_judged_apart() -> None:
    other = contract()
    other.update(f"{PREFIXES} {change(MEETING, 'dg:factuality', 'dg:Negated')}")
    assert list(validate([(DOCUMENT, contract()), (DOCUMENT, other)])) == []


@pytest.mark.parametrize(
    ("iri", "sound"),
    [
        ("http://www.wikidata.org/entity/Q1773", True),
        ("https://sws.geonames.org/456172/", True),
        ("http://dbpedia.org/resource/Riga", True),
        ("https://www.wikidata.org/wiki/Q1773", False),
        ("http://www.wikidata.org/entity/P31", False),
        ("https://sws.geonames.org/456172", False),
    ],
)
def test_links_are_by_the_iris_of_the_other_dataset(iri: str, sound: bool) -> None:
    store = pyoxigraph.Store()
    store.update(f"{PREFIXES} {add(f'{CITY} owl:sameAs <{iri}>')}")
    assert (list(validate_links(f"{BASE}graph/links", store)) == []) is sound


def test_the_shapes_are_sound_shacl() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=read_graph(SHAPES), meta_shacl=True)
    assert conforms, text


def links(update: str = "") -> list[Violation]:
    store = pyoxigraph.Store()
    store.update(f"{PREFIXES} INSERT DATA {{ {LINKS} }}")
    if update:
        store.update(f"{PREFIXES} {update}")
    return list(validate_links(f"{BASE}graph/links", store))


def test_sound_links_have_no_violations() -> None:
    assert links() == []


@pytest.mark.parametrize(("update", "message"), LINK_MUTATIONS, ids=[m for _, m in LINK_MUTATIONS])
def test_a_broken_link_is_reported(update: str, message: str) -> None:
    assert any(message in v.message for v in links(update))
