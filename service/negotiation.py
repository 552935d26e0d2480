"""Which format to answer in: by ``format=`` or by the q-values of the Accept header."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Request
from werkzeug.exceptions import BadRequest, NotAcceptable


@dataclass(frozen=True, slots=True)
class Form:
    """A format: its short name, as in ``format=``, and its media types, the usual one first."""

    name: str
    types: tuple[str, ...]

    @property
    def content_type(self) -> str:
        """The usual media type, with its charset where it is text."""
        kind = self.types[0]
        return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith("xml") else kind


RESULTS = (
    Form("json", ("application/sparql-results+json", "application/json", "text/json")),
    Form("xml", ("application/sparql-results+xml", "application/xml", "text/xml")),
    Form("csv", ("text/csv",)),
    Form("tsv", ("text/tab-separated-values",)),
)
GRAPHS = (
    Form("ttl", ("text/turtle", "application/x-turtle")),
    Form("nt", ("application/n-triples", "text/plain")),
    Form("rdf", ("application/rdf+xml", "application/xml")),
    Form("jsonld", ("application/ld+json", "application/json")),
)


def chosen(request: Request, forms: tuple[Form, ...]) -> Form:
    """The format that a request wants of those that there are; the first where it wants nothing special.

    Raises:
        BadRequest: ``format=`` names none of them.
        NotAcceptable: the Accept header excludes them all.
    """
    wanted = request.values.get("format")
    names = ", ".join(form.name for form in forms)
    if wanted:
        for form in forms:
            if wanted == form.name or wanted in form.types:
                return form
        raise BadRequest(f"There is no format {wanted!r} for this answer. There are: {names}.")
    if not request.accept_mimetypes:
        return forms[0]
    offered = [kind for form in forms for kind in form.types]
    best = request.accept_mimetypes.best_match(offered)
    if best is None:
        raise NotAcceptable(f"This answer can be had as {names}: ask for one of them in Accept or format=.")
    return next(form for form in forms if best in form.types)
