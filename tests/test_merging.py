"""The merge of all graphs, brought up to date: always the same as one that is made anew."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.merging import merge
from graph.snapshots import open_merged, open_snapshot, read_only
from graph.store import Store
from service.endpoint.words import graphs_named
from service.endpoint.writing import update

GRAPHS = [f"urn:g{n}" for n in range(3)]
NODES = [ox.NamedNode(f"urn:n{n}") for n in range(3)]

triples = st.lists(
    st.builds(ox.Quad, st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(NODES)), max_size=4
)
graph_names = st.sampled_from([*GRAPHS, None])
changes = st.one_of(
    st.tuples(st.just("replace"), st.sampled_from(GRAPHS), triples),
    st.tuples(st.just("add"), graph_names, triples),
    st.tuples(st.just("put"), graph_names, triples),
    st.tuples(st.just("remove"), st.sampled_from(GRAPHS), triples),
    st.tuples(st.just("insert"), graph_names, triples),
    st.tuples(st.just("delete"), graph_names, triples),
    st.tuples(st.just("clear all"), st.none(), st.just([])),
    st.tuples(st.just("move"), st.sampled_from(GRAPHS), st.just([])),
    st.tuples(st.just("copy anywhere"), st.sampled_from(GRAPHS), st.just([])),
)


def made(folder: Path, kind: str, graph: str | None, quads: list[ox.Quad]) -> None:
    """Change a store and publish it."""
    body = " ".join(f"{q.subject} {q.predicate} {q.object} ." for q in quads)
    inside = f"GRAPH <{graph}> {{ {body} }}" if graph else body
    text = {
        "insert": f"INSERT DATA {{ {inside} }}",
        "delete": f"DELETE DATA {{ {inside} }}",
        "clear all": "CLEAR ALL",
        "move": f"MOVE SILENT <{graph}> TO DEFAULT",
        "copy anywhere": f"INSERT {{ GRAPH ?s {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}",
    }.get(kind)
    if text:
        update(folder, text, "http://localhost/")
        return
    with Store(folder) as store:
        if kind == "replace":
            assert graph
            name = ox.NamedNode(graph)
            store.replace(graph, [ox.Quad(q.subject, q.predicate, q.object, name) for q in quads])
        elif kind == "remove":
            assert graph
            store.remove(graph)
        else:
            store.add(graph, quads, replacing=kind == "put")
        store.publish()


@settings(max_examples=15)
@given(st.lists(changes, min_size=1, max_size=4))
def test_a_merge_brought_up_to_date_is_the_same_as_one_made_anew(
    steps: list[tuple[str, str | None, list[ox.Quad]]],
) -> None:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "kg"
        made(folder, "add", GRAPHS[0], [ox.Quad(NODES[0], NODES[1], NODES[2])])
        for kind, graph, quads in steps:
            made(folder, kind, graph, quads)
            merge(open_snapshot(folder), Path(scratch) / "anew")
            anew, found = read_only(Path(scratch) / "anew"), open_merged(folder)
            assert set(found) == set(anew)
            assert set(found.named_graphs()) == set(anew.named_graphs())


def test_what_was_written_and_not_published_is_in_the_next_merge(tmp_path: Path) -> None:
    quad = ox.Quad(NODES[0], NODES[0], NODES[0], ox.NamedNode(GRAPHS[0]))
    with Store(tmp_path) as store:
        store.publish()
        store.replace(GRAPHS[0], [quad])  # and then it ends, as if it were killed
    with Store(tmp_path) as store:
        store.publish()
    assert ox.Quad(quad.subject, quad.predicate, quad.object) in set(open_merged(tmp_path))
    assert not (tmp_path / "unpublished").exists()


def test_an_update_that_fails_leaves_nothing_to_publish(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.publish()
        with pytest.raises(SyntaxError):
            store.update("INSERT", graphs=[])
    assert not (tmp_path / "unpublished").exists()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 'GRAPH ?g', _:b } } # ALL",
            {"urn:g", "urn:s", "urn:p"},
        ),
        ("PREFIX x: <urn:x:> WITH x:g\\-1 DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", {"urn:x:", "urn:x:g-1"}),
        ("COPY DEFAULT TO <urn:g>", {"urn:g"}),
        ("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", None),
        ("CLEAR ALL", None),
        ("drop named", None),
        ("INSERT DATA { GRAPH <g> { <urn:s> <urn:p> 1 } }", None),
        ("BASE <urn:x> CLEAR GRAPH <urn:y>", None),
        ("INSERT DATA { GRAPH <http://x.org/a/../b> { <urn:s> <urn:p> 1 } }", None),
        ("CLEAR \\u0041LL", None),
        ("PREFIX x: <urn:x:> CLEAR GRAPH x:g ; PREFIX x: <urn:y:> CLEAR GRAPH x:g", None),
        ("CLEAR GRAPH unknown:g", None),
    ],
)
def test_which_graphs_an_update_may_change(text: str, names: set[str] | None) -> None:
    assert graphs_named(text) == names
