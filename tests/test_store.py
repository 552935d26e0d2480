"""The store: one writer, snapshots for readers, nothing lost when a build breaks off."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import StoreError, StoreLockedError
from graph.snapshots import open_merged, open_snapshot
from graph.store import Store

GRAPH = "https://example.org/g"


def quad(n: int, graph: str = GRAPH) -> ox.Quad:
    node = ox.NamedNode("https://example.org/s")
    return ox.Quad(node, node, ox.Literal(str(n)), ox.NamedNode(graph))


def test_readers_see_what_was_published_and_only_that(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.replace(GRAPH, [quad(1)])
        store.publish()
        store.replace(GRAPH, [quad(2), quad(3)])
        assert set(open_snapshot(tmp_path)) == {quad(1)}
        store.publish()
    assert set(open_snapshot(tmp_path)) == {quad(2), quad(3)}


def test_a_reader_keeps_its_snapshot_while_new_ones_are_published(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.replace(GRAPH, [quad(1)])
        store.publish()
        reader = open_snapshot(tmp_path)
        for n in range(2, 5):
            store.replace(GRAPH, [quad(n)])
            store.publish()
        assert set(reader) == {quad(1)}
    assert len(list((tmp_path / "snapshots").iterdir())) == 2


def test_removing_a_graph_leaves_the_others(tmp_path: Path) -> None:
    other = "https://example.org/h"
    with Store(tmp_path) as store:
        store.replace(GRAPH, [quad(1)])
        store.replace(other, [quad(2, other)])
        store.remove(GRAPH)
        assert set(store.quads()) == {quad(2, other)}


def test_a_second_writer_is_told_who_the_first_is(tmp_path: Path) -> None:
    with Store(tmp_path), pytest.raises(StoreLockedError, match="in use by another process"):
        Store(tmp_path)
    Store(tmp_path).close()


def test_a_writer_in_another_process_holds_the_lock_until_it_dies(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from graph.store import Store; "
        "store = Store(pathlib.Path(sys.argv[1])); print('open', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(StoreLockedError, match=f"process {other.pid}"):
            Store(tmp_path)
        other.kill()
        other.wait()
    Store(tmp_path).close()


def test_a_folder_without_a_graph_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="diplograph build"):
        open_snapshot(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kg").write_text("not a store")
    with pytest.raises(StoreError, match="cannot be used as a store"):
        Store(tmp_path / "kg")


@pytest.mark.parametrize("is_published", [True, False])
def test_the_merge_is_a_set_whether_it_was_published_or_not(tmp_path: Path, is_published: bool) -> None:
    other = "https://example.org/h"
    node = ox.BlankNode()
    with Store(tmp_path) as store:
        store.fill(
            [quad(1), quad(1, other), quad(2), ox.Quad(node, quad(1).predicate, node, quad(1).graph_name)]
        )
        store.publish()
    if not is_published:
        shutil.rmtree(tmp_path / "merged")
    merged = open_merged(tmp_path)
    assert len(list(merged.quads_for_pattern(None, None, None, ox.DefaultGraph()))) == 3
    assert len(merged) == 4 + 3
    assert bool(merged.query("ASK { ?b ?p ?b . GRAPH ?g { ?b ?p ?b } }"))
    assert set(merged.named_graphs()) == {ox.NamedNode(GRAPH), ox.NamedNode(other)}
