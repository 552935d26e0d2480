"""The ontology holds every term of the data contract, contradicts nothing, and entails what users rely on."""

import logging
import re
from pathlib import Path

import owlrl
import pyoxigraph
import pytest
from owlrl.Namespaces import ERRNS as ERRORS
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import FOAF, ORG, PROV
from rdflib.term import Node

from ontology.guide import renewed
from ontology.schema import (
    ALIGNMENTS,
    NAMESPACE,
    ONTOLOGY,
    PROPERTY_KINDS,
    SHAPES,
    load_schema,
    ontology_file,
    read_graph,
    schema_of,
)

DG = Namespace(NAMESPACE)
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
SCHEMA = Namespace("https://schema.org/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "ontology.md"

INSTITUTIONS = """
    Government Ministry Legislature Court PoliticalParty InternationalOrganization Company
    NewsAgency ThinkTank DiplomaticMission Committee ArmedForces University Forum
"""
TERRITORIES = "State City Region Island Archipelago BodyOfWater Facility"
INSTRUMENTS = "Treaty Accord Declaration Plan Report Law Resolution"
EVENTS = """
    Meeting Visit Conference Communication Statement Proposal Request Agreement Cooperation Aid
    Appointment Election Criticism Threat Sanction Conflict MilitaryActivity Dispute Disaster Crisis
    Commemoration Publication Protest LegalAction Support Concession
"""
PROPERTIES = """
    participant initiator recipient place about when startDate endDate factuality source says holder
    title of partOf locatedIn memberOf headOf represents claimedBy administeredBy capitalOf partyTo
    publishedBy proposedBy organizedBy ownedBy ofState polarity ploverCode plover subEventOf rule
    antecedent resolvedBy
"""
PLOVER = """
    AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST
    SANCTION MOBILIZE COERCE ASSAULT
"""


def terms(graph: Graph) -> list[URIRef]:
    """Every named term that the ontology defines."""
    return sorted({s for s in graph.subjects() if isinstance(s, URIRef) and s in DG})


def closed(*extra: Graph) -> Graph:
    """The OWL 2 RL closure of ontology, alignments and some instances."""
    graph = read_graph(ONTOLOGY, ALIGNMENTS)
    for triples in extra:
        graph += triples
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, rdfs_closure=True).expand(graph)
    return graph


def contradictions(graph: Graph) -> list[Node]:
    """What owlrl reports as inconsistent, and members of the empty class."""
    reported = graph.subjects(RDF.type, ERRORS.ErrorMessage)
    empty = [s for s in graph.subjects(RDF.type, OWL.Nothing) if isinstance(s, URIRef)]
    return [*reported, *empty]


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return read_graph(ONTOLOGY)


@pytest.fixture(scope="module")
def instances() -> Graph:
    return Graph().parse(Path(__file__).parent / "contract.ttl")


@pytest.mark.parametrize("name", [ONTOLOGY, ALIGNMENTS, SHAPES])
def test_each_file_loads_without_a_warning(name: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert len(Graph().parse(data=ontology_file(name).read_bytes(), format="turtle")) > 50
    assert caplog.records == []


def test_the_ontology_alone_contradicts_nothing() -> None:
    assert contradictions(closed()) == []


def test_a_graph_that_keeps_the_contract_contradicts_nothing(instances: Graph) -> None:
    assert contradictions(closed(instances)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Person", "Court"),
        ("City", "Ministry"),
        ("Treaty", "Meeting"),
        ("Tenure", "Person"),
        ("Document", "Visit"),
    ],
)
def test_what_is_apart_is_found_out(one: str, other: str) -> None:
    thing = URIRef("https://example.org/thing")
    extra = Graph().add((thing, RDF.type, DG[one])).add((thing, RDF.type, DG[other]))
    assert contradictions(closed(extra)) != []


def test_the_contract_holds_beside_what_other_vocabularies_say_of_their_terms(instances: Graph) -> None:
    prefixes = (
        f"@prefix sem: <{SEM}> . @prefix org: <{ORG}> . @prefix foaf: <{FOAF}> . @prefix prov: <{PROV}> ."
    )
    theirs = """
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        prov:Activity owl:disjointWith prov:Entity .
        prov:wasDerivedFrom rdfs:domain prov:Entity ; rdfs:range prov:Entity .
        prov:Person rdfs:subClassOf prov:Agent . prov:Organization rdfs:subClassOf prov:Agent .
        foaf:Person owl:disjointWith foaf:Organization . foaf:Document owl:disjointWith foaf:Organization .
        org:Organization owl:equivalentClass foaf:Organization .
        org:member rdfs:domain org:Membership ; rdfs:range foaf:Agent .
        org:memberOf rdfs:domain foaf:Agent ; rdfs:range org:Organization .
        sem:hasActor rdfs:domain sem:Event ; rdfs:range sem:Actor . sem:hasPlace rdfs:range sem:Place ."""
    graph = closed(instances, Graph().parse(data=prefixes + theirs, format="turtle"))
    assert contradictions(graph) == []
    for ours, other in ((DG.Person, FOAF.Person), (DG.Event, SEM.Event), (DG.Institution, ORG.Organization)):
        assert set(graph.subjects(RDF.type, other)) == set(graph.subjects(RDF.type, ours))


def test_a_state_may_act_and_be_a_place() -> None:
    thing, event = URIRef("https://example.org/state"), URIRef("https://example.org/event")
    extra = (
        Graph()
        .add((thing, RDF.type, DG.State))
        .add((event, DG.initiator, thing))
        .add((event, DG.place, thing))
    )
    graph = closed(extra)
    assert contradictions(graph) == []
    assert {(thing, RDF.type, DG.Actor), (thing, RDF.type, DG.Territory)} <= set(graph)


def test_domains_and_ranges_make_no_false_statement(instances: Graph) -> None:
    """A reasoner may tell no more of entities, events and tenures than their classes do."""
    kinds = [
        DG[k] for k in ("Person", "Institution", "Territory", "Instrument", "Event", "Tenure", "Document")
    ]
    told = load_schema()
    graph = closed(instances)
    for thing in set(instances.subjects(RDF.type)):
        stated = {str(t) for t in instances.objects(thing, RDF.type)}
        stated |= {above for t in stated for above in told.entailed_types(t)}
        assert {str(k) for k in kinds if (thing, RDF.type, k) in graph} <= stated


def test_no_term_is_without_label_comment_and_origin(ontology: Graph) -> None:
    def lacks(term: URIRef, predicate: URIRef) -> bool:
        values = list(ontology.objects(term, predicate))
        return len(values) != 1 or not (
            isinstance(values[0], Literal) and values[0].language == "en" and values[0]
        )

    assert [t for t in terms(ontology) if lacks(t, RDFS.label) or lacks(t, RDFS.comment)] == []
    origin = URIRef(NAMESPACE.removesuffix("#"))
    assert [t for t in terms(ontology) if (t, RDFS.isDefinedBy, origin) not in ontology] == []


def test_labels_tell_terms_of_one_sort_apart() -> None:
    told = load_schema()
    for sort in (told.classes.values(), told.properties.values()):
        labels = [term.label for term in sort if term.name not in {"Factuality", "Polarity"}]
        assert len(labels) == len(set(labels))


def test_the_ontology_has_version_and_licence(ontology: Graph) -> None:
    header = URIRef(NAMESPACE.removesuffix("#"))
    version = str(ontology.value(header, OWL.versionInfo))
    assert ontology.value(header, OWL.versionIRI) == URIRef(f"{header}/{version}")
    assert ontology.value(header, URIRef("http://purl.org/dc/terms/license")) is not None
    assert load_schema().version == version


@pytest.mark.parametrize(
    ("top", "names"),
    [
        ("Actor", "Person Institution State"),
        ("Institution", INSTITUTIONS),
        ("Territory", TERRITORIES),
        ("Instrument", INSTRUMENTS),
        ("Event", EVENTS),
        ("Criticism", "Rejection"),
    ],
)
def test_every_class_of_the_contract_exists_in_its_place(top: str, names: str) -> None:
    told = load_schema()
    assert [n for n in names.split() if top not in told.classes[n].parents] == []


@pytest.mark.parametrize("name", ["Tenure", "Document"])
def test_classes_that_stand_alone_exist(name: str) -> None:
    assert load_schema().classes[name].parents == ()


@pytest.mark.parametrize("name", PROPERTIES.split())
def test_every_property_of_the_contract_exists(name: str) -> None:
    assert load_schema().properties[name].iri == NAMESPACE + name


def test_initiators_and_recipients_take_part() -> None:
    told = load_schema()
    assert [told.properties[p].ancestors for p in ("initiator", "recipient")] == [("participant",)] * 2


def test_only_open_properties_leave_out_domain_or_range() -> None:
    told = load_schema()
    no_range = {p.name for p in told.properties.values() if p.range is None}
    assert no_range == {"about"}, "values of dg:about are resources or literals"
    no_domain = {p.name for p in told.properties.values() if p.domain is None}
    assert no_domain == {
        *("when", "startDate", "endDate"),  # of events and tenures
        *("factuality", "source", "rule"),  # of events and relations
        *("publishedBy", "proposedBy", "organizedBy"),  # of instruments, documents, events and institutions
        *("plover", "ploverCode", "polarity"),  # of classes
    }


def test_no_property_is_functional(ontology: Graph) -> None:
    """Two documents may differ on one event; a functional property would make their values the same thing."""
    assert list(ontology.subjects(RDF.type, OWL.FunctionalProperty)) == []


def test_what_is_said_of_classes_is_said_by_annotation_properties(ontology: Graph) -> None:
    for name in ("ploverCode", "plover", "polarity"):
        assert set(ontology.objects(DG[name], RDF.type)) == {OWL.AnnotationProperty}


def test_every_event_class_has_one_plover_code_and_one_polarity(ontology: Graph) -> None:
    told = load_schema()
    for name in told.event_classes:
        assert len(list(ontology.objects(DG[name], DG.ploverCode))) == 1
        assert len(list(ontology.objects(DG[name], DG.polarity))) == 1
        (concept,) = ontology.objects(DG[name], DG.plover)
        assert str(ontology.value(concept, SKOS.notation)) == told.classes[name].plover
    assert {told.classes[n].polarity for n in told.event_classes} == {"Cooperative", "Conflictual", "Neutral"}


def test_every_plover_type_has_a_class() -> None:
    told = load_schema()
    assert {told.classes[n].plover for n in told.event_classes} == {*PLOVER.split(), "NONE"}


def test_polarity_follows_the_sign_of_the_plover_score(ontology: Graph) -> None:
    told = load_schema()
    for name in told.event_classes:
        score = ontology.value(DG[f"plover-{told.classes[name].plover}"], DG.ploverScore)
        if score is not None:
            number = float(str(score))
            sign = "Cooperative" if number > 0 else "Conflictual" if number < 0 else "Neutral"
            assert told.classes[name].polarity == sign


def test_plover_types_stand_under_their_quad_class(ontology: Graph) -> None:
    for code in PLOVER.split():
        concept = DG[f"plover-{code}"]
        quad = ontology.value(concept, SKOS.broader)
        assert ontology.value(concept, DG.quadClass) == ontology.value(quad, DG.quadClass)
        assert (concept, SKOS.inScheme, DG.PLOVER) in ontology
    scores = {
        c: float(str(ontology.value(DG[f"plover-{c}"], DG.ploverScore))) for c in ("ACCUSE", "SANCTION")
    }
    assert scores == {"ACCUSE": -3.0, "SANCTION": -6.0}
    assert ontology.value(DG["plover-SANCTION"], DG.quadClass) == Literal(4)


@pytest.mark.parametrize(
    ("cls", "entailed"),
    [
        ("SummitMeeting", {DG.Meeting, DG.Event, SEM.Event, SCHEMA.Event}),
        ("Person", {DG.Actor, FOAF.Person, SCHEMA.Person, PROV.Agent, SEM.Actor}),
        ("Ministry", {DG.Institution, ORG.Organization, FOAF.Organization, SCHEMA.GovernmentOrganization}),
        ("State", {DG.Actor, DG.Territory, SCHEMA.Country, GEO.Feature, FOAF.Agent, SEM.Place}),
        ("Tenure", {ORG.Membership}),
        ("Document", {URIRef("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Context")}),
    ],
)
def test_classes_entail_those_of_other_vocabularies(cls: str, entailed: set[URIRef]) -> None:
    assert {str(t) for t in entailed} <= set(load_schema().entailed_types(NAMESPACE + cls))


@pytest.mark.parametrize(
    ("name", "entailed"),
    [
        ("initiator", {DG.participant, SEM.hasActor}),
        ("place", {SEM.hasPlace, SCHEMA.location}),
        ("startDate", {SEM.hasBeginTimeStamp, SCHEMA.startDate}),
        ("holder", {ORG.member}),
        ("memberOf", {ORG.memberOf}),
    ],
)
def test_properties_entail_those_of_other_vocabularies(name: str, entailed: set[URIRef]) -> None:
    assert {str(p) for p in entailed} <= set(load_schema().entailed_properties(NAMESPACE + name))


def test_every_event_class_entails_a_sem_event() -> None:
    told = load_schema()
    assert all(str(SEM.Event) in told.entailed_types(NAMESPACE + name) for name in told.event_classes)


def test_no_event_is_a_provenance_activity() -> None:
    """PROV-O holds activities and entities apart, and prov:wasDerivedFrom makes an event an entity."""
    told = load_schema()
    assert all(str(PROV.Activity) not in told.entailed_types(NAMESPACE + name) for name in told.event_classes)


def test_entailment_is_what_a_reasoner_says(instances: Graph) -> None:
    told, graph = load_schema(), closed(instances)
    for thing, cls in instances.subject_objects(RDF.type):
        assert all((thing, RDF.type, URIRef(t)) in graph for t in told.entailed_types(str(cls)))
    for s, p, o in instances:
        assert all((s, URIRef(q), o) in graph for q in told.entailed_properties(str(p)))


def test_alignments_speak_only_of_terms_that_exist(ontology: Graph) -> None:
    ours = {t for triple in read_graph(ALIGNMENTS) for t in triple if isinstance(t, URIRef) and t in DG}
    assert ours <= set(terms(ontology))


def test_shapes_speak_only_of_terms_that_exist(ontology: Graph) -> None:
    text = ontology_file(SHAPES).read_text(encoding="utf-8")
    assert set(re.findall(r"(?<![\w-])dg:(\w+)", text)) <= {
        t.removeprefix(NAMESPACE) for t in terms(ontology)
    }


def test_is_a_follows_the_hierarchy() -> None:
    told = load_schema()
    assert told.is_a("SummitMeeting", "Event")
    assert told.is_a("State", "Actor")
    assert told.is_a("Meeting", "Meeting")
    assert not told.is_a("Event", "Meeting")
    with pytest.raises(KeyError):
        told.is_a("Meating", "Event")


def test_the_ontology_is_read_once() -> None:
    assert load_schema() is load_schema()


def test_a_term_without_a_comment_is_refused() -> None:
    graph = read_graph(ONTOLOGY)
    graph.remove((DG.Meeting, RDFS.comment, None))
    with pytest.raises(ValueError, match="Meeting has no rdfs:comment"):
        schema_of(graph)


def test_every_property_has_one_kind(ontology: Graph) -> None:
    kinds = {
        name: [k for k in PROPERTY_KINDS if (DG[name], RDF.type, k) in ontology]
        for name in load_schema().properties
    }
    assert [name for name, found in kinds.items() if len(found) != 1] == []


def test_the_guide_has_the_tables_of_today() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert renewed(page, load_schema()) == page, "run: python -m ontology.guide docs/ontology.md"
    assert all(f"`dg:{name}`" in page for name in load_schema().event_classes)


@pytest.mark.parametrize(
    "query", re.findall(r"```sparql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
)
def test_the_guides_queries_have_answers(query: str, instances: Graph) -> None:
    told, store = load_schema(), pyoxigraph.Store()
    entailed = Graph() + instances
    for s, p, o in instances:
        entailed += [(s, RDF.type, URIRef(t)) for t in told.entailed_types(str(o)) if p == RDF.type]
        entailed += [(s, URIRef(q), o) for q in told.entailed_properties(str(p))]
    store.load(entailed.serialize(format="nt").encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    answers = store.query(query)
    assert isinstance(answers, pyoxigraph.QuerySolutions)
    assert list(answers)
