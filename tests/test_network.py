"""Networks in Python and as files; and what counts as one event, one report, one sentence."""

from __future__ import annotations

import shutil
from datetime import date
from functools import partial
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from graph.errors import NotFoundError, ParameterError, StoreError
from graph.iri import DG
from graph.network import bond_graph, load
from graph.networks.actor_index import ActorIndex
from graph.networks.bonds import bonds, sentences
from graph.networks.filters import Filter
from graph.networks.index_building import build_index
from graph.networks.kept_index import open_index
from graph.networks.view import View
from graph.networks.whole import Network
from graph.rdf import PREFIXES
from graph.snapshots import Statement, table
from ontology.schema import load_schema
from service.cli import main

BASE = "https://example.org/"
FIRST, SECOND = f"{BASE}doc/first", f"{BASE}doc/second"
ANNA, BORIS, BODY, LAND = (
    f"{BASE}id/{name}" for name in ("person/anna", "person/boris", "institution/body", "territory/land")
)
MEETING, CRITICISM = f"{BASE}id/event/meeting", f"{BASE}id/event/criticism"
TEXTS = {
    FIRST: "Anna met Boris in Land on 3 May 2016. Boris is the head of Body. They met.",
    SECOND: "Anna and Boris will meet, Body says.",
}


def stored(said: dict[str, list[Statement]]) -> ox.Store:
    """Statements by predicate as a graph."""
    graph = ox.Store()
    for predicate, rows in said.items():
        for subject, value, document, literal in rows:
            node = ox.Literal(value) if literal else ox.NamedNode(value)
            graph.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), node, ox.NamedNode(document)))
    return graph


class Graph:
    """What two documents say, statement by statement."""

    def __init__(self) -> None:
        self.said: dict[str, list[Statement]] = {}
        for document, text in TEXTS.items():
            self.say(document, document, "rdf:type", DG + "Document")
            self.say(document, document, "dcterms:identifier", document.rsplit("/", 1)[1] + ".txt", True)
            self.say(document, document, "nif:isString", text, True)
            for thing, cls in ((ANNA, "Person"), (BORIS, "Person"), (BODY, "Institution"), (LAND, "State")):
                self.say(document, thing, "rdf:type", DG + cls)
                self.say(document, thing, "rdfs:label", thing.rsplit("/", 1)[1].title(), True)
        self.say(SECOND, SECOND, "dcterms:publisher", BODY)

    def say(self, document: str, subject: str, curie: str, value: str, literal: bool = False) -> None:
        prefix, _, local = curie.partition(":")
        self.said.setdefault(PREFIXES[prefix] + local, []).append((subject, value, document, literal))

    def event(self, document: str, event: str, cls: str, quotes: list[str], **roles: str | None) -> None:
        """An event with its roles by name; ``when``, ``factuality`` are literals and classes."""
        self.say(document, event, "rdf:type", DG + cls)
        for quote in quotes:
            begin = TEXTS[document].index(quote)
            self.say(document, event, "prov:wasDerivedFrom", f"{document}#char={begin},{begin + len(quote)}")
        for name, value in roles.items():
            if name in {"startDate", "endDate", "when", "says"}:
                self.say(document, event, f"dg:{name}", str(value), True)
            else:
                self.say(document, event, f"dg:{name.rstrip('_')}", str(value))

    def index(self) -> ActorIndex:
        return build_index(partial(table, stored(self.said), PREFIXES), load_schema())


@pytest.fixture
def graph() -> Graph:
    """Anna and Boris meet, as two documents tell it; Boris heads Body, and criticises Land."""
    graph = Graph()
    may = {"startDate": "2016-05-03", "endDate": "2016-05-03", "when": "2016-05-03"}
    said = ["Anna met Boris in Land on 3 May 2016.", "They met."]
    graph.event(FIRST, MEETING, "Meeting", said, participant=ANNA, factuality=DG + "Actual", **may)
    graph.event(FIRST, MEETING, "Meeting", [], participant=BORIS, place=LAND)
    said = ["Anna and Boris will meet, Body says."]
    graph.event(SECOND, MEETING, "Meeting", said, participant=ANNA, factuality=DG + "Planned", source=BODY)
    graph.event(SECOND, MEETING, "Meeting", [], participant=BORIS)
    said = ["Boris is the head of Body."]
    graph.event(FIRST, CRITICISM, "Criticism", said, initiator=BORIS, participant=BORIS, about=LAND)
    statement = f"{FIRST}#relation"
    for part, value in (("subject", BORIS), ("predicate", DG + "headOf"), ("object", BODY)):
        graph.say(FIRST, statement, f"rdf:{part}", value)
    graph.say(FIRST, statement, "prov:wasDerivedFrom", f"{FIRST}#char=38,64")
    return graph


def ties(index: ActorIndex, **chosen: object) -> set[frozenset[str]]:
    network = Network(View(index, load_schema(), Filter(**chosen)))  # type: ignore[arg-type]
    names = (n.rsplit("/", 1)[1] for n in index.things)
    name = list(names).__getitem__
    return {
        frozenset((name(a), name(b))) for a, b in zip(network.edges.one, network.edges.other, strict=True)
    }


MET = frozenset(("anna", "boris"))
HEAD = frozenset(("boris", "body"))
SPOKE = frozenset(("boris", "land"))
TOLD = frozenset(("anna", "body"))


def test_events_reports_documents_and_sentences_are_counted_apart(graph: Graph) -> None:
    index = graph.index()
    network = Network(View(index, load_schema()))
    found = {
        frozenset((index.labels[b.one], index.labels[b.other])): b
        for b in bonds(index, load_schema(), network.edges)
    }
    met = found[frozenset(("Anna", "Boris"))]
    assert (met.weight, met.events, met.reports, met.documents, met.sentences) == (1, 1, 2, 2, 3)
    assert (met.cooperative, met.conflictual, met.tone) == (1, 0, 1.0)
    assert (met.first, met.last) == ("2016-05-03", "2016-05-03")
    head = found[frozenset(("Boris", "Body"))]
    assert (head.weight, head.events, head.classes) == (2, 1, {"Meeting": 1, "headOf": 1})
    assert head.tone is None
    spoke = found[frozenset(("Boris", "Land"))]
    assert (spoke.conflictual, spoke.ties) == (1, {"claim": 1})


def test_every_account_leads_to_its_sentences(graph: Graph) -> None:
    index = graph.index()
    quotes = {s.quote for account in range(len(index.account_fact)) for s in sentences(index, account)}
    assert quotes == {
        "Anna met Boris in Land on 3 May 2016.", "They met.", "Anna and Boris will meet, Body says.",
        "Boris is the head of Body.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        ({}, {MET, HEAD, SPOKE, TOLD}),
        ({"ties": ("event",)}, {MET}),
        ({"ties": ("claim",)}, {SPOKE, TOLD, HEAD}),
        ({"ties": ("relation",)}, {HEAD}),
        ({"ties": ("tenure",)}, set()),
        ({"ties": ("place",)}, {SPOKE, frozenset(("anna", "land"))}),
        ({"kinds": ("person",)}, {MET}),
        ({"kinds": ("person", "institution")}, {MET, HEAD, TOLD}),
        ({"classes": ("Meeting",)}, {MET, HEAD, TOLD}),
        ({"classes": ("Event",)}, {MET, HEAD, TOLD, SPOKE}),
        ({"classes": ("headOf",)}, {HEAD}),
        ({"polarities": ("conflictual",)}, {SPOKE}),
        ({"polarities": ("cooperative",)}, {MET}),
        ({"factualities": ("planned",)}, {MET, HEAD, TOLD}),
        ({"factualities": ("negated",)}, set()),
        ({"begin": date(2016, 5, 3), "end": date(2016, 5, 3)}, {MET}),
        ({"begin": date(2016, 5, 4)}, set()),
        ({"end": date(2016, 5, 2)}, set()),
        ({"end": date(2016, 5, 2), "undated": True}, {MET, HEAD, SPOKE, TOLD}),
        ({"documents": ("second.txt",)}, {MET, HEAD, TOLD}),
        ({"documents": (FIRST,)}, {MET, HEAD, SPOKE}),
        ({"publishers": (BODY,)}, {MET, HEAD, TOLD}),
        ({"documents": (FIRST,), "publishers": (BODY,)}, set()),
        ({"minimum": 2}, {HEAD}),
    ],
)
def test_filters_keep_what_they_say(
    graph: Graph, chosen: dict[str, object], wanted: set[frozenset[str]]
) -> None:
    assert ties(graph.index(), **chosen) == wanted


def test_events_can_be_nodes_that_everyone_has_a_role_in(graph: Graph) -> None:
    found = ties(graph.index(), kinds=("Actor", "Event"), ties=("event",))
    assert found == {
        frozenset((actor, "meeting")) for actor in ("anna", "boris", "land", "body")
    } | {frozenset((actor, "criticism")) for actor in ("boris", "land")}  # fmt: skip


def test_a_window_that_ends_before_it_begins_and_unknown_sources_are_told(graph: Graph) -> None:
    index = graph.index()
    with pytest.raises(ParameterError, match="before it begins"):
        ties(index, begin=date(2017, 1, 1), end=date(2016, 1, 1))
    with pytest.raises(NotFoundError, match=r"no document third\.txt"):
        ties(index, documents=("third.txt",))
    with pytest.raises(NotFoundError, match="nothing named"):
        ties(index, publishers=("https://example.org/x",))


def test_a_relation_of_which_one_end_is_missing_is_left_out(graph: Graph) -> None:
    for part, value in (("subject", BORIS), ("predicate", DG + "memberOf")):
        graph.say(SECOND, f"{SECOND}#half", f"rdf:{part}", value)
    assert ties(graph.index()) == {MET, HEAD, SPOKE, TOLD}
    assert "memberOf" not in graph.index().types


def test_a_role_can_be_filled_by_words(graph: Graph) -> None:
    graph.say(FIRST, MEETING, "dg:about", 'trade\t"and" peace', literal=True)
    index = graph.index()
    words = [
        role.words for account in index.accounts(index.facts.find(MEETING)) for role in index.roles(account)
    ]
    assert 'trade\t"and" peace' in words


def test_the_index_does_not_depend_on_the_order_of_statements(graph: Graph) -> None:
    version = graph.index().version
    for rows in graph.said.values():
        rows.reverse()
    assert graph.index().version == version


def test_the_index_is_kept_beside_the_snapshot_and_reopened(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kg"  # a copy: services that other tests use have the index of the first one mapped
    shutil.copytree(built, folder, ignore=shutil.ignore_patterns("index"))
    made = open_index(folder, load_schema())
    (kept,) = (folder / "index").iterdir()
    written = (kept / "plain.json").stat().st_mtime_ns
    assert open_index(folder, load_schema()).version == made.version
    assert (kept / "plain.json").stat().st_mtime_ns == written
    (kept / "things.starts.npy").write_bytes(b"damaged")
    assert open_index(folder, load_schema()).version == made.version
    assert len(list((folder / "index").iterdir())) == 1


def test_a_store_without_a_graph_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="diplograph build"):
        load(tmp_path)


def test_python_users_get_a_multigraph_with_the_words_behind_each_edge(built: Path, seeds: Path) -> None:
    graph = load(built)
    texts = {p.name: p.read_text(encoding="utf-8") for p in seeds.glob("*.txt")}
    assert graph.number_of_edges() > 20
    for _, _, key, at in graph.edges(keys=True, data=True):
        assert key
        assert at["sentences"], at
        for quote in at["sentences"]:
            assert any(quote in texts[name] for name in at["documents"])
    assert {kind for _, kind in graph.nodes(data="kind")} <= {"person", "institution", "state", "actor"}


@pytest.mark.parametrize(
    "ending", ["gexf", "graphml", "json", "cyjs", "cx2", "dot", "net", "csv", "nodes.csv"]
)
def test_the_command_writes_the_network_in_the_format_of_the_ending(
    built: Path, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"net.{ending}"
    outcome = CliRunner().invoke(main, ["export", "--network", str(path), "--store", str(built)])
    assert outcome.exit_code == 0, outcome.output
    assert path.stat().st_size > 500


def test_what_the_command_writes_is_the_network(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "net.graphml"
    CliRunner().invoke(main, ["export", "--network", str(path), "--store", str(built)])
    read = nx.read_graphml(path)
    made = bond_graph(Network(View(open_index(built, load_schema()), load_schema())), load_schema())
    assert set(read.nodes) == set(made.nodes)
    assert {frozenset(e) for e in read.edges} == {frozenset(e) for e in made.edges}
    assert all(read.edges[e]["events"] == made.edges[e]["events"] for e in made.edges)


@pytest.mark.parametrize("words", [["--network"], ["--network", "a.gexf", "--format", "nq"]])
def test_the_command_says_that_a_network_needs_a_file(built: Path, words: list[str]) -> None:
    outcome = CliRunner().invoke(main, ["export", *words, "--store", str(built)])
    assert outcome.exit_code == 2
    assert "ending of FILE" in outcome.output
