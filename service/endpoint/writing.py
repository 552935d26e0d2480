"""What changes the store of a folder, and one graph of it read as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from graph.errors import NotFoundError, QueryError
from graph.rdf import PREFIXES
from graph.snapshots import open_snapshot
from graph.store import Store
from service.endpoint.formats import GRAPH_FORMATS, Writable, first_line, graph_name, syntax_problem
from service.endpoint.refusals import QuerySyntaxError
from service.endpoint.words import graphs_named


def dump_graph(folder: Path, graph: str | None, outlet: Writable, form: str) -> None:
    """Write one graph of the newest snapshot, or the unnamed one (None).

    Raises:
        NotFoundError: there is no graph of that name.
    """
    snapshot = open_snapshot(folder)
    name: ox.NamedNode | ox.DefaultGraph = ox.DefaultGraph() if graph is None else graph_name(graph)
    if isinstance(name, ox.NamedNode) and not snapshot.contains_named_graph(name):
        raise NotFoundError(f"There is no graph <{graph}>.")
    snapshot.dump(cast("IO[bytes]", outlet), GRAPH_FORMATS[form], from_graph=name, prefixes=PREFIXES)


def update(folder: Path, text: str, base: str) -> None:
    """Run an update on the store of a folder and publish what it leaves; ``base`` is as for ``evaluate``.

    Raises:
        QuerySyntaxError, QueryError: it does not parse or cannot be done; nothing was changed then.
        StoreLockedError: a build is writing.
    """
    with Store(folder) as store:
        try:
            store.update(text, base, PREFIXES, graphs_named(text))
        except SyntaxError as error:
            raise syntax_problem("The update", error) from error
        except (ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"The update cannot be done: {first_line(str(error))}") from error
        store.publish()


def write_graph(
    folder: Path, graph: str | None, parts: Sequence[tuple[str, bytes]], base: str, replacing: bool
) -> bool:
    """Put RDF texts into one graph and publish it; returns whether the graph is new.

    Args:
        folder: the folder of the store.
        graph: the IRI of the graph, None for the unnamed one.
        parts: texts, each with the name of its format in GRAPH_FORMATS.
        base: what relative IRIs are relative to.
        replacing: whether they take the place of all that the graph holds.

    Raises:
        QuerySyntaxError: one of them does not parse; nothing was changed then.
        StoreLockedError: a build is writing.
    """
    quads: list[ox.Quad] = []
    for form, content in parts:
        try:
            quads += ox.parse(
                content,
                GRAPH_FORMATS[form],
                base_iri=base,
                without_named_graphs=True,
                rename_blank_nodes=True,
            )
        except SyntaxError as error:
            raise syntax_problem("The graph", error) from error
        except (ValueError, OSError) as error:
            raise QuerySyntaxError(f"The graph cannot be read: {first_line(str(error))}") from error
    with Store(folder) as store:
        is_new = not store.has(graph)
        store.add(graph, quads, replacing)
        store.publish()
    return is_new


def delete_graph(folder: Path, graph: str | None) -> None:
    """Remove one graph, or empty the unnamed one (None), and publish.

    Raises:
        NotFoundError: there is no graph of that name.
        StoreLockedError: a build is writing.
    """
    with Store(folder) as store:
        if not store.has(graph):
            raise NotFoundError(f"There is no graph <{graph}>.")
        if graph is None:
            store.add(None, (), replacing=True)
        else:
            store.remove(graph)
        store.publish()
