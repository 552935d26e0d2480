"""The formats of answers as Oxigraph has them, and what it says against a text, with the place."""

from __future__ import annotations

import re
from typing import Protocol

import pyoxigraph as ox

from graph.errors import QueryError
from graph.rdf import PREFIXES
from service.endpoint.refusals import QuerySyntaxError

RESULT_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
_PLACE = re.compile(r"error at (\d+):(\d+)|(?:on|at) line (\d+) (?:at )?column (\d+)")


class Writable(Protocol):
    """What an answer can be written to."""

    def write(self, piece: bytes, /) -> int:
        """Take a piece of it."""


def rewritten(turtle: str, form: str, base: str) -> bytes:
    """A Turtle text in another of GRAPH_FORMATS; ``base`` is what its relative IRIs are relative to."""
    triples = ox.parse(turtle, ox.RdfFormat.TURTLE, base_iri=base)
    return ox.serialize(triples, format=GRAPH_FORMATS[form], prefixes=PREFIXES) or b""


def syntax_problem(what: str, error: SyntaxError) -> QuerySyntaxError:
    """An error of Oxigraph's parsers with its place; ``what`` begins the sentence."""
    message = first_line(str(error))
    found = _PLACE.search(message)
    line, column = (int(found[1] or found[3]), int(found[2] or found[4])) if found else (None, None)
    return QuerySyntaxError(f"{what} cannot be read: {message}", line=line, column=column)


def first_line(message: str) -> str:
    """The parser's message without its long list of what else could have stood there."""
    return message.splitlines()[0].split(": expected one of", 1)[0].removesuffix(":")


def graph_name(graph: str) -> ox.NamedNode:
    """Raises QueryError where it is no IRI."""
    try:
        return ox.NamedNode(graph)
    except ValueError as error:
        raise QueryError(f"{graph!r} cannot name a graph: it is not an absolute IRI.") from error
