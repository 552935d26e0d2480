"""Which format to answer in: by ``format=`` or by the q-values of the Accept header."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import BadRequest, NotAcceptable
from werkzeug.http import parse_accept_header


@dataclass(frozen=True, slots=True)
class Form:
    """A format: its short name, as in ``format=``, its media types, the usual one first, and other names."""

    name: str
    types: tuple[str, ...]
    others: tuple[str, ...] = ()

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
    Form("ttl", ("text/turtle", "application/x-turtle"), ("turtle",)),
    Form("nt", ("application/n-triples", "text/plain"), ("ntriples",)),
    Form("rdf", ("application/rdf+xml", "application/xml", "text/xml"), ("rdf+xml", "xml")),
    Form("jsonld", ("application/ld+json", "application/json"), ("json-ld", "json")),
    Form("trig", ("application/trig",)),
    Form("nq", ("application/n-quads",), ("nquads",)),
)


@lru_cache(1024)  # clients say the same again and again
def chosen(accept: str, forms: tuple[Form, ...], wanted: str | None = None) -> Form:
    """The format that a request wants of those that there are; the first where it wants nothing special.

    Args:
        accept: the Accept header of the request; empty where it has none.
        forms: the formats of this kind of answer, the usual one first.
        wanted: the short name or media type that ``format=`` gives; it wins over the header.

    Raises:
        BadRequest: ``format=`` names none of them.
        NotAcceptable: the Accept header excludes them all.
    """
    names = ", ".join(form.name for form in forms)
    if wanted:
        for form in forms:
            if wanted in (form.name, *form.types, *form.others):
                return form
        raise BadRequest(f"There is no format {wanted!r} for this answer. There are: {names}.")
    accepted = parse_accept_header(accept, MIMEAccept)
    if not accepted:
        return forms[0]
    bare = [(kind.partition(";")[0].strip(), quality) for kind, quality in accepted]
    asked = {kind.lower(): quality for kind, quality in bare}
    known = [(kind, kind == form.types[0]) for form in forms for kind in form.types]
    # text/* is not what is also known as text/json, and */* not what is refused with q=0
    best = MIMEAccept(bare).best_match([kind for kind, is_usual in known if asked.get(kind, is_usual)])
    if best is None:
        raise NotAcceptable(f"This answer can be had as {names}: ask for one of them in Accept or format=.")
    return next(form for form in forms if best in form.types)


def form_of(kind: str) -> Form | None:
    """The RDF format of a media type."""
    return next((form for form in GRAPHS if kind == form.types[0]), None)
