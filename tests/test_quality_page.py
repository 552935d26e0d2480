"""The page of quality: what was measured is shown as it was, beside the figures of the graph at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from flask.testing import FlaskClient

from graph.settings import Settings
from service.app import create_app


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(store=built))
    with app.test_client() as client:
        yield client
    app.extensions["workers"].close()


def test_every_measured_figure_is_there(client: FlaskClient) -> None:
    page = client.get("/quality").text
    rows = re.findall(
        r"^\| (.+?) \|$", (ROOT / "docs" / "quality.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    figures = [
        cell.strip() for row in rows for cell in row.split("|") if re.fullmatch(r" *\d\.\d{3} *", cell)
    ]
    assert len(figures) > 50
    shown = re.findall(r'<td class="number">(\d\.\d{3})</td>', page)
    assert shown == figures
    assert "Known limits" in page


def test_figures_of_the_graph_are_shares_of_what_it_holds(client: FlaskClient) -> None:
    page = client.get("/quality").text
    told = dict(re.findall(r'<th scope="row">([^<]+)</th><td class="number">([\d,]+)</td>', page))
    kinds = [int(told[f"accounts of events that are {name}"]) for name in ("actual", "planned")]
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?d { ?e dg:factuality %s } }"
    for number, kind in zip(kinds, ("dg:Actual", "dg:Planned"), strict=True):
        answer = client.get("/sparql", query_string={"query": query % kind, "format": "csv"})
        assert int(answer.text.split()[1]) == number


def test_every_statement_has_its_sentence(client: FlaskClient) -> None:
    page = client.get("/quality").text
    assert re.search(r"statements with the sentence that says so</th>.*?100 %", page, re.DOTALL)
