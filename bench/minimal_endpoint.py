"""The smallest SPARQL endpoint that there is: a Flask view that asks Oxigraph, under the same server.

``python -m bench.minimal_endpoint FOLDER PORT``: what ``bench.sparql_service`` compares small requests with.
With a third word, ``turns``, its threads take turns as those of the service do, which a view that asks in the
server's own process could not well be served by: a long query would keep all others waiting.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyoxigraph as ox
import waitress
from flask import Flask, Response, request

from graph.rdf import PREFIXES
from graph.snapshots import open_snapshot
from service.leading import Leaders
from service.serving import THREADS


def main() -> None:
    """Serve the snapshot of a store, both named on the command line."""
    folder, port, *turns = sys.argv[1:]
    app, graph = Flask("minimal"), open_snapshot(Path(folder))

    @app.get("/sparql")
    def view() -> Response:
        found = graph.query(request.args["query"], prefixes=PREFIXES, use_default_graph_as_union=True)
        assert not isinstance(found, ox.QueryTriples)
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        return Response(body, content_type="application/sparql-results+json")

    if not turns:
        waitress.serve(app, host="127.0.0.1", port=int(port), threads=THREADS, _quiet=True)
    leaders, dispatchers = Leaders(THREADS), dict[int, object]()
    waitress.create_server(app, map=dispatchers, _dispatcher=leaders, host="127.0.0.1", port=int(port))
    leaders.run(dispatchers)


if __name__ == "__main__":
    main()
