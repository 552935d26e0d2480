"""Building: from documents to a published graph, reading only what was not read before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from graph.cache import Cache, reading_key
from graph.decisions import write_decisions
from graph.derive import inferred_quads, name_quads, ontology_quads
from graph.errors import NotFoundError
from graph.identities.geography import Geography
from graph.identity import Identity, identify
from graph.iri import Namespace
from graph.language_model import reading_version
from graph.ledger import Ledger
from graph.linking.linker import Linked
from graph.linking.quads import link_quads
from graph.model import Document, Reading
from graph.rdf import document_quads
from graph.readers import Failure, Reader
from graph.search.kept_texts import open_texts
from graph.settings import Settings
from graph.store import Store
from ontology.schema import load_schema

if TYPE_CHECKING:
    from pyoxigraph import Quad


class Watcher(Protocol):
    """Who is told how a build goes on."""

    def read(self, document: Document, fresh: bool) -> None:
        """A document was read, or (``fresh`` is false) had been read before."""

    def failed(self, failure: Failure) -> None:
        """A source could not be read; the build goes on."""

    def identifying(self, documents: int) -> None:
        """All is read; who is who across all documents of the graph is worked out now."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What building needs of the name tables, and of whoever links the graph to the world outside."""

    institution: Callable[[str], str | None] = lambda _: None
    links: Callable[[Sequence[Reading], Identity], Linked] = lambda *_: Linked()
    geography: Geography | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    fresh: int
    known: int
    failures: tuple[Failure, ...]
    documents: int
    changed_graphs: int


def build(
    sources: Iterable[Document | Failure], folder: Path, settings: Settings, watch: Watcher, tables: Tables
) -> Report:
    """Read sources into the store of a folder and publish the graph of all documents there.

    Each reading is stored as soon as it is made: a build that is broken off goes on where it was.

    Raises:
        StoreError: the folder cannot be used, or another build is using it.
        ModelError: the language model is missing.
    """
    with Store(folder) as store, closing(Cache(folder)) as cache:
        fresh, known, failures = _read(sources, cache, settings, watch)
        watch.identifying(len(cache.documents()))
        changed = refresh(store, cache, settings, tables)
        return Report(fresh, known, tuple(failures), len(cache.documents()), changed)


def drop(identifiers: Iterable[str], folder: Path, settings: Settings, tables: Tables) -> int:
    """Take documents out of the graph and publish it; returns how many are left.

    Raises:
        NotFoundError: the graph has no document of that identifier; nothing is taken out then.
        StoreError: the folder cannot be used, or a build is using it.
    """
    with Store(folder) as store, closing(Cache(folder)) as cache:
        gone = list(identifiers)
        for identifier in gone:
            if identifier not in cache.documents():
                raise NotFoundError(f"There is no document {identifier!r} in {folder}.")
        cache.forget(gone)
        refresh(store, cache, settings, tables)
        return len(cache.documents())


def rebuild(folder: Path, settings: Settings, tables: Tables) -> int:
    """Publish the graph anew from what was read before, after a judgement; returns how many graphs changed.

    Raises:
        StoreError: the folder cannot be used, or a build is using it.
        LedgerError: the ledger is damaged.
    """
    with Store(folder) as store, closing(Cache(folder)) as cache:
        return refresh(store, cache, settings, tables)


def _read(
    sources: Iterable[Document | Failure], cache: Cache, settings: Settings, watch: Watcher
) -> tuple[int, int, list[Failure]]:
    version = reading_version(settings.model, filtered=settings.filter)
    failures: list[Failure] = []
    known = fresh = 0

    def unread() -> Iterator[Document]:
        nonlocal known
        for source in sources:
            if isinstance(source, Failure):
                failures.append(source)
                watch.failed(source)
            elif cache.has(key := reading_key(source, version)):
                cache.add(source.identifier, key)
                known += 1
                watch.read(source, fresh=False)
            else:
                yield source

    with Reader(settings.model, settings.jobs, filtered=settings.filter) as reader:
        for outcome in reader.read(unread()):
            if isinstance(outcome, Failure):
                failures.append(outcome)
                watch.failed(outcome)
            else:
                document = outcome.document
                cache.add(document.identifier, reading_key(document, version), outcome)
                fresh += 1
                watch.read(document, fresh=True)
    return fresh, known, failures


def refresh(store: Store, cache: Cache, settings: Settings, tables: Tables) -> int:
    """Make the graph what the readings in the cache say; returns how many named graphs changed."""
    names = Namespace(settings.base)
    readings, identity = _understood(store.folder, cache, settings, tables)
    before = {} if cache.fact("unfinished") else cache.digests()
    cache.note_fact("unfinished", True)
    after: dict[str, str] = {}
    changed = 0
    for graph, quads in _graphs(readings, identity, names, tables):
        after[graph] = _digest(quads)
        if before.get(graph) != after[graph]:
            store.replace(graph, quads)
            changed += 1
    for graph in cache.digests().keys() - after.keys():
        store.remove(graph)
        changed += 1
    cache.note_digests(after)
    cache.sweep()
    if changed or not (store.folder / "current").exists():
        store.publish()
        open_texts(store.folder)  # so that the first who searches need not wait for it
    cache.note_fact("unfinished", False)
    write_decisions(store.folder, readings, identity, names)
    return changed


def understood(folder: Path, settings: Settings, tables: Tables) -> tuple[list[Reading], Identity]:
    """The readings of a store's graph and who is who in them; nothing is read or written.

    Raises:
        StoreError: the folder cannot be used.
        LedgerError: the ledger is damaged.
    """
    with closing(Cache(folder)) as cache:
        return _understood(folder, cache, settings, tables)


def _understood(
    folder: Path, cache: Cache, settings: Settings, tables: Tables
) -> tuple[list[Reading], Identity]:
    readings = list(cache.readings())
    judgements = Ledger(folder).standing()
    names = Namespace(settings.base)
    return readings, identify(readings, names, tables.institution, tables.geography, judgements)


def _graphs(
    readings: list[Reading], identity: Identity, names: Namespace, tables: Tables
) -> Iterator[tuple[str, set[Quad]]]:
    """Each named graph with its quads: documents first, then what follows from them."""

    def documents() -> Iterator[tuple[str, set[Quad]]]:
        for reading in readings:
            graph = names.document(reading.document.identifier)
            yield graph, set(document_quads(reading, identity, names))

    yield from documents()
    stated = chain.from_iterable(quads for _, quads in documents())
    yield names.graph("links"), set(link_quads(tables.links(readings, identity), names))
    known = tables.geography or Geography()
    yield names.graph("names"), set(name_quads(readings, identity, known, names))
    yield names.graph("inferred"), set(inferred_quads(stated, load_schema(), names))
    yield names.graph("ontology"), set(ontology_quads(names))


def _digest(quads: set[Quad]) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, quads))).encode()).hexdigest()
