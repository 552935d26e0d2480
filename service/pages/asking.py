"""Asking the graph for a page: SPARQL through the service's workers, within their limits."""

from __future__ import annotations

import csv
import io

from flask import request

from service.endpoint.fence import Dataset, read
from service.endpoint.sparql import workers
from service.endpoint.tasks import Ask
from service.named import named_queries


def own_rows(name: str, graph: str) -> list[dict[str, str]]:
    """The rows of one of the pages' own queries, asked of one named graph.

    Args:
        name: the query, of ``service/queries/pages``.
        graph: the IRI of the graph.

    Raises:
        LimitError, BusyError: the service is too busy, or the graph too large.
    """
    text = named_queries("pages")[name].text
    reply = workers().run(Ask(read(text), Dataset((graph,)), "csv", request.base_url))
    return list(csv.DictReader(io.StringIO(b"".join(reply).decode(), newline="")))
