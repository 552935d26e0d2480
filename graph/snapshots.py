"""Snapshots of a store: where they are, how they are opened, and how their statements are read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from graph.errors import StoreError
from graph.merging import merge


def snapshot_path(folder: Path) -> Path:
    """The folder of the newest snapshot.

    Raises:
        StoreError: nothing was built there yet.
    """
    try:
        path = folder / "snapshots" / (folder / "current").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        path = None
    if path is None or not path.is_dir():
        raise StoreError(
            f"There is no graph in {folder}.", "Build one with: diplograph build FOLDER_OF_TEXTS"
        )
    return path


def open_snapshot(folder: Path) -> ox.Store:
    """The newest snapshot of a store, read-only; builds may go on beside it.

    Raises:
        StoreError: nothing was built there yet, or it cannot be read.
    """
    path = snapshot_path(folder)
    try:
        return ox.Store.read_only(str(path))
    except OSError as error:
        raise StoreError(f"The graph in {folder} cannot be read: {error}.") from error


def merged_path(folder: Path) -> Path | None:
    """Where the newest snapshot is with its graphs merged; None where it was published without.

    Raises:
        StoreError: nothing was built there yet.
    """
    path = folder / "merged" / snapshot_path(folder).name
    return path if path.is_dir() else None


def open_merged(folder: Path) -> ox.Store:
    """The newest snapshot with the merge of its graphs as the default graph, read-only.

    Raises:
        StoreError: nothing was built there yet.
    """
    path = merged_path(folder)
    if path:
        return read_only(path)
    with tempfile.TemporaryDirectory(prefix="diplograph-") as scratch:
        merge(open_snapshot(folder), Path(scratch) / "merged")
        return in_memory(read_only(Path(scratch) / "merged"))


def read_only(path: Path) -> ox.Store:
    """A store that nobody writes to, at the path of ``Store.publish`` or of ``merge``."""
    return ox.Store.read_only(str(path))


def in_memory(graph: ox.Store) -> ox.Store:
    """A copy of a graph in memory, in the order of its subjects.

    What is asked together then lies together, which takes a third off the time of a query that looks at much.
    """
    lines = (graph.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    copy = ox.Store()
    copy.load(b"".join(sorted(lines)), ox.RdfFormat.N_QUADS)
    for name in graph.named_graphs():
        copy.add_graph(name)
    return copy


Statement = tuple[str, str, str, bool]
"""Subject, object, named graph, and whether the object is a literal."""


def statements(
    graph: ox.Store, predicate: str, subject: str | None = None, thing: str | None = None
) -> Iterator[Statement]:
    """What the named graphs state with one predicate, as plain strings; a literal by its value alone.

    A statement that several graphs make comes once for each. Those of blank nodes, and on them, are left out.

    Args:
        graph: the graph to look in.
        predicate: an IRI, as are ``subject`` and ``thing``, the object: of these any where they are None.
    """
    of = None if subject is None else ox.NamedNode(subject)
    about = None if thing is None else ox.NamedNode(thing)
    for quad in graph.quads_for_pattern(of, ox.NamedNode(predicate), about, None):
        who, value, name = quad.subject, quad.object, quad.graph_name
        if (
            isinstance(who, ox.NamedNode)
            and isinstance(name, ox.NamedNode)
            and isinstance(value, (ox.NamedNode, ox.Literal))
        ):
            yield who.value, value.value, name.value, isinstance(value, ox.Literal)


def literals(graph: ox.Store, predicate: str) -> Iterator[tuple[str, str, str, str]]:
    """What a graph says of named things in words with one predicate: who, the words, their language, where.

    The language is empty where the literal has none; so is the named graph where it is the unnamed one.
    """
    for quad in graph.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
        subject, value, name = quad.subject, quad.object, quad.graph_name
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal):
            where = name.value if isinstance(name, ox.NamedNode) else ""
            yield subject.value, value.value, value.language or "", where


def table(graph: ox.Store, prefixes: Mapping[str, str], query: str) -> bytes:
    """The answer to a SELECT query as tab-separated values (SPARQL 1.1), made without a Python object a term.

    Args:
        graph: the graph to ask.
        prefixes: need not be declared in the query.
        query: in SPARQL; trusted, since nothing limits what it takes.
    """
    found = graph.query(query, prefixes=dict(prefixes))
    assert isinstance(found, ox.QuerySolutions)
    return found.serialize(format=ox.QueryResultsFormat.TSV) or b""
