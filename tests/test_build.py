"""Builds: the same texts give the same graph, whatever the order, the processes and the steps."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from graph import readers
from graph.build import Report, Tables, build
from graph.cache import Cache
from graph.documents.texts import read_text
from graph.model import Document
from graph.readers import Failure
from graph.settings import Settings
from graph.snapshots import open_snapshot

TEXTS = {
    "accra.txt": "Ghana’s President Ama Mensah met Kofi Adjei of Togo in Accra on 3 May 2019.",
    "lima.txt": "Peru and Chile signed a fisheries agreement in Lima in June 2018, President Ana Ruiz said.",
    "oslo.txt": "Foreign Minister Kofi Adjei of Togo visited Norway. He met Prime Minister Liv Dahl.",
}


class Diary:
    """A watcher that writes down what it is told."""

    def __init__(self) -> None:
        self.fresh: list[str] = []
        self.known: list[str] = []
        self.failures: list[Failure] = []
        self.identified = 0

    def read(self, document: Document, fresh: bool) -> None:
        (self.fresh if fresh else self.known).append(document.identifier)

    def failed(self, failure: Failure) -> None:
        self.failures.append(failure)

    def identifying(self, documents: int) -> None:
        self.identified = documents


def documents(*names: str) -> list[Document]:
    return [read_text(name, TEXTS[name]) for name in names or TEXTS]


def run(folder: Path, sources: Iterable[Document | Failure], jobs: int = 1) -> tuple[Report, Diary]:
    diary = Diary()
    return build(sources, folder, Settings(jobs=jobs), diary, Tables()), diary


def lines(folder: Path) -> list[str]:
    return sorted(map(str, open_snapshot(folder)))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("whole")
    run(folder, documents())
    return lines(folder)


def test_the_graph_is_not_empty(whole: list[str]) -> None:
    assert any("dg" in line or "ontology#Person" in line for line in whole)


def test_the_order_of_texts_does_not_matter(tmp_path: Path, whole: list[str]) -> None:
    run(tmp_path, reversed(documents()))
    assert lines(tmp_path) == whole


def test_two_processes_read_the_same(
    tmp_path: Path, whole: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "BATCH_CHARACTERS", 1)  # a batch for each text, so that both are used
    run(tmp_path, documents(), jobs=2)
    assert lines(tmp_path) == whole


def test_a_build_in_steps_gives_the_same_graph(tmp_path: Path, whole: list[str]) -> None:
    run(tmp_path, documents("oslo.txt"))
    run(tmp_path, documents("accra.txt", "lima.txt"))
    assert lines(tmp_path) == whole


def test_what_was_read_is_not_read_again(tmp_path: Path, whole: list[str]) -> None:
    run(tmp_path, documents())
    report, diary = run(tmp_path, documents())
    assert (report.fresh, report.known, report.changed_graphs) == (0, 3, 0)
    assert sorted(diary.known) == sorted(TEXTS)
    assert lines(tmp_path) == whole


def test_a_changed_text_replaces_the_old_one(tmp_path: Path) -> None:
    run(tmp_path, documents())
    report, diary = run(tmp_path, [read_text("lima.txt", "Bolivia and Peru opened talks in Cusco.")])
    assert diary.fresh == ["lima.txt"]
    assert report.documents == 3
    assert not any("fisheries" in line for line in lines(tmp_path))


def test_a_failure_stops_nothing(tmp_path: Path, whole: list[str]) -> None:
    bad = Failure("bad.txt", "it is empty")
    report, diary = run(tmp_path, [bad, *documents()])
    assert report.failures == (bad,)
    assert diary.failures == [bad]
    assert lines(tmp_path) == whole


def test_a_build_that_broke_off_is_made_whole(tmp_path: Path, whole: list[str]) -> None:
    run(tmp_path, documents("accra.txt"))

    def broken() -> Iterable[Document]:
        yield documents("lima.txt")[0]
        raise KeyboardInterrupt

    monkey_read = readers.BATCH_CHARACTERS
    readers.BATCH_CHARACTERS = 1
    try:
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path, broken())
    finally:
        readers.BATCH_CHARACTERS = monkey_read
    report, diary = run(tmp_path, documents())
    assert diary.known.count("lima.txt") == 1  # its reading had been stored before the break
    assert report.documents == 3
    assert lines(tmp_path) == whole


def test_graphs_half_written_are_written_again(tmp_path: Path, whole: list[str]) -> None:
    run(tmp_path, documents())
    cache = Cache(tmp_path)
    cache.note_fact("unfinished", True)
    cache.close()
    report, _ = run(tmp_path, documents())
    assert report.changed_graphs == 7  # three documents, links, names, inferred, ontology
    assert lines(tmp_path) == whole
