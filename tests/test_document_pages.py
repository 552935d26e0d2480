"""The pages of documents: every sentence that evidence points at can be reached in its text."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph.settings import Settings
from service.app import create_app


class Text(HTMLParser):
    """The words of the article, those in each element with an id, and all links out of it."""

    def __init__(self) -> None:
        super().__init__()
        self.anchored: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self._open: list[str | None] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._inside |= values.get("class") == "text"
        if self._inside and tag == "a":
            self.links.append((values["href"] or "", values["data-note"] or ""))
        if tag in {"span", "a", "p"}:
            self._open.append(values.get("id"))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"span", "a", "p"}:
            self._open.pop()
        self._inside &= tag != "article"

    def handle_data(self, data: str) -> None:
        for name in filter(None, self._open):
            self.anchored[name] = self.anchored.get(name, "") + data


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(store=built))
    with app.test_client() as client:
        yield client
    app.extensions["workers"].close()


def read(client: FlaskClient, name: str) -> Text:
    parsed = Text()
    parsed.feed(client.get(f"/doc/{name}").get_data(as_text=True))
    return parsed


def listed(client: FlaskClient) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get("/api/documents").get_json()["items"]
    return items


def test_every_sentence_and_mention_has_its_own_anchor(client: FlaskClient) -> None:
    for document in listed(client):
        told = client.get(f"/api/documents/{document['id']}").get_json()
        anchored = read(client, document["id"]).anchored
        spans = [(s["begin"], s["end"]) for s in told["spans"]]
        spans += [tuple(span) for statement in told["statements"] for span in statement["spans"]]
        assert len(spans) > 20
        for begin, end in spans:
            found = anchored[f"char={begin},{end}"]
            assert told["text"][begin:end].startswith(found)
            crossed = any(b < begin < e < end for b, e in spans)
            assert crossed or found == told["text"][begin:end]


def test_the_list_leads_to_every_document_part_by_part(client: FlaskClient) -> None:
    names = [document["id"] for document in listed(client)]
    assert len(names) == 5
    whole = client.get("/documents").get_data(as_text=True)
    assert all(f'href="/doc/{name}"' in whole for name in names)
    part = client.get("/documents?limit=2&offset=2").get_data(as_text=True)
    assert [f'href="/doc/{name}"' in part for name in names] == [False, False, True, True, False]
    assert "3–4 of 5" in part
    assert 'rel="next" href="/documents?limit=2&amp;offset=4"' in part


def test_marks_say_what_was_meant_and_why(client: FlaskClient) -> None:
    notes = [note for document in listed(client) for _, note in read(client, document["id"]).links]
    assert any("Fumio Kishida (person) · by its name" in note for note in notes)
    assert any("by a pronoun, through “" in note for note in notes)
    assert any("meeting" in note and "the verb “meet”" in note for note in notes)


def test_marks_lead_to_pages_that_are_there(client: FlaskClient) -> None:
    links = {link for document in listed(client) for link, _ in read(client, document["id"]).links}
    assert len(links) > 100
    assert {client.get(link).status_code for link in links} == {200}


def test_no_document_is_a_problem_that_says_so(client: FlaskClient) -> None:
    answer = client.get("/doc/nothing")
    assert answer.status_code == 404
    assert "no document" in answer.get_json()["detail"]
