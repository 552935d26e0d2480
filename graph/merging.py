"""The merge of all graphs, which is the default graph of queries: made anew, or brought up to date.

Oxigraph's own union of graphs is no set: a triple of three graphs comes, and is counted, three times.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

import pyoxigraph as ox

Name = ox.NamedNode | ox.DefaultGraph
_FEW = 5_000
"""Statements that are brought into an older merge whatever share of the graph they are."""
_SHARE = 8
"""A merge is made anew where more than one statement in so many is another."""
_FILES = 64
"""Files of a database above which it is put in order, since each makes reading slower."""


def merge(graph: ox.Store, path: Path) -> None:
    """Make a copy of a graph whose default graph is the RDF merge of all its graphs, each triple once.

    The copy shares files with the graph, where both are on one disk.

    Args:
        graph: the graph to copy; its unnamed graph goes into the merge.
        path: where the copy is to be; what is there is replaced.
    """
    copy = _copy(graph, path)
    copy.bulk_extend(_triples(graph))
    copy.flush()


def amend(older: ox.Store, before: ox.Store, now: ox.Store, changed: Collection[Name], path: Path) -> bool:
    """Make the merge of a graph from an older one, or do nothing and return False where that takes longer.

    Args:
        older: the merge of ``before``.
        before: the graph as it was then.
        now: the graph to be merged.
        changed: all graphs that may differ between ``before`` and ``now``.
        path: where the merge is to be; what is there is replaced.
    """
    come: set[ox.Quad] = set()
    gone: set[ox.Quad] = set()
    for name in changed:
        old = set(before.quads_for_pattern(None, None, None, name))
        new = set(now.quads_for_pattern(None, None, None, name))
        come |= new - old
        gone |= old - new
        if len(come) + len(gone) > _FEW and (len(come) + len(gone)) * _SHARE > len(now):
            return False
    copy = _copy(older, path)
    for quad in gone:
        if isinstance(quad.graph_name, ox.NamedNode):
            copy.remove(quad)
        if not any(True for _ in now.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)):
            copy.remove(ox.Quad(quad.subject, quad.predicate, quad.object))
    copy.extend(quad for quad in come if isinstance(quad.graph_name, ox.NamedNode))
    copy.extend(_triples(come))
    for name in changed:
        if isinstance(name, ox.NamedNode):
            (copy.add_graph if now.contains_named_graph(name) else copy.remove_graph)(name)
    copy.flush()
    tidy(copy, path)
    return True


def tidy(graph: ox.Store, path: Path) -> None:
    """Put a database in order where it is in many files; two seconds for a million statements."""
    if sum(1 for _ in path.glob("*.sst")) > _FILES:
        graph.optimize()


def _copy(graph: ox.Store, path: Path) -> ox.Store:
    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(exist_ok=True)
    graph.backup(str(path))
    return ox.Store(str(path))


def _triples(quads: Iterable[ox.Quad]) -> Iterable[ox.Quad]:
    return (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
