"""The page that asks: questions with a name, and SPARQL, answered as a table, a chart or a network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from flask import Blueprint, Response, current_app, make_response, render_template
from pydantic import Field

from graph.errors import DiplographError
from graph.rdf import PREFIXES
from graph.search.kept_texts import LiveTexts
from graph.search.text_index import MOST_WORDS, Sought
from graph.settings import Settings
from ontology.schema import load_schema
from service.api.operations import parsed
from service.api.parameters import Paged
from service.named import named_queries, named_query
from service.pages import pictures
from service.pages.choosing import given
from service.pages.results import MOST, Results, ask
from service.pages.terms import Term, address, short
from service.safety import HEADERS

blueprint = Blueprint("query", __name__)
EXAMPLE = """# Which events of 2016 have a place?
SELECT ?when ?event ?place ?sentence
WHERE {
  ?event a dg:Event ; dg:when ?when ; dg:place/rdfs:label ?place ;
         prov:wasDerivedFrom/nif:anchorOf ?sentence .
  FILTER(STRSTARTS(STR(?when), "2016"))
}
ORDER BY ?when
"""
_SENTENCE = 25
"""Characters from which on a literal is looked for among the sentences."""
_POLICY = f"{HEADERS['Content-Security-Policy']}; style-src-attr 'unsafe-inline'"
"""Browsers themselves write style attributes where all of an editor's text is typed over."""
_OWN = {"named", "query", "as", "x", "y", "limit", "offset"}


class Asked(Paged):
    """What the page is asked for; other parameters of the address fill in those of a named query."""

    limit: int = Field(100, ge=1, le=1000, description="Rows to show.")
    named: str | None = Field(None, description="The name of a query.")
    query: str | None = Field(None, description="A query in SPARQL.")
    view: Literal["table", "chart", "network"] = Field("table", alias="as", description="How to show it.")
    x: str | None = Field(None, description="The column of names of a chart, or of one end of a network.")
    y: str | None = Field(None, description="The column of numbers of a chart, or of the other end.")


@blueprint.get("/query")
def query() -> Response:
    """Answer the query of the address, if any, and offer others."""
    values = given()
    wanted = parsed(Asked, type(values)((n, v) for n, v in values.items(multi=True) if n in _OWN))
    named = named_query(wanted.named) if wanted.named else None
    filled = {name: value for name, value in values.items() if name not in _OWN}
    text, results, error = wanted.query, None, None
    try:
        if named:
            text = named.filled(filled)
        if text:
            results = ask(text, wanted.offset, wanted.limit)
    except DiplographError as raised:
        error = raised
    page = render_template(
        "query.html",
        wanted=wanted,
        named=named,
        filled=filled,
        queries=named_queries().values(),
        text=text or EXAMPLE,
        results=results,
        most=MOST,
        page={"total": results.total if results else 0, "offset": wanted.offset},
        error=error,
        picture=_picture(results, wanted) if results else {},
        cell=_shown,
        prefixes=PREFIXES,
        vocabulary=_vocabulary(),
    )
    response = make_response(page, error.status if error else 200)
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def _shown(term: Term) -> dict[str, str]:
    """What a cell shows of a term, and where it leads."""
    settings: Settings = current_app.extensions["settings"]
    if term.kind == "iri":
        words = short(term.text, PREFIXES)
        return {
            "words": words if words != term.text else term.text.removeprefix(settings.base),
            "address": address(term.text, settings.base),
        }
    if term.kind == "literal" and len(term.text) >= _SENTENCE:
        return {"words": term.text, "address": _place(term.text, settings.base)}
    return {"words": f"_:{term.text}" if term.kind == "blank" else term.text, "address": ""}


def _place(words: str, base: str) -> str:
    """The address of a sentence of these very words; empty where there is none."""
    texts: LiveTexts = current_app.extensions["texts"]
    part = " ".join(re.findall(r"\w+", words)[:MOST_WORDS])
    if not part:
        return ""
    found = texts.current().find(Sought(f'"{part}"', classes={"Sentence"}), 3, 0)
    for hit in found.found:
        if hit.phrase and hit.text == words:
            document, begin, end = hit.phrase
            return f"{address(document, base)}#char={begin},{end}"
    return ""


def _picture(results: Results, wanted: Asked) -> Mapping[str, object]:
    """The chart or network of some rows, and the columns that it is of."""
    columns = set(results.columns)
    x = wanted.x if wanted.x in columns else None
    y = wanted.y if wanted.y in columns else None
    if wanted.view == "chart":
        y = y or pictures.numbered(results)
        x = x or pictures.telling(results, (y or "",))
        return {"x": x, "y": y, "bars": pictures.bars(results, x, y) if x and y else []}
    if wanted.view == "network":
        x = x or pictures.named(results)
        y = y or pictures.named(results, (x or "",))
        nodes, lines = pictures.network(results, x, y) if x and y else ([], [])
        return {"x": x, "y": y, "nodes": nodes, "lines": lines}
    return {}


def _vocabulary() -> dict[str, object]:
    """What the editor completes: prefixes, and the terms of the ontology with what they mean."""
    schema = load_schema()
    return {
        "prefixes": PREFIXES,
        "classes": {f"dg:{name}": cls.comment for name, cls in sorted(schema.classes.items())},
        "properties": {f"dg:{name}": p.comment for name, p in sorted(schema.properties.items())},
    }
