"""The pages for people: every page that another leads to is there, and statements show their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.settings import Settings
from service.app import create_app


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(store=built))
    with app.test_client() as client:
        yield client


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.get_data(as_text=True))


def links(text: str) -> set[str]:
    return set(re.findall(r'href="(/id/[^"]+)"', text))


def test_the_home_page_leads_to_all_kinds_of_things(client: FlaskClient) -> None:
    kinds = {link.split("/")[2] for link in links(page(client, "/"))}
    assert kinds == {"person", "institution", "territory", "instrument", "event"}


def test_no_link_leads_nowhere(client: FlaskClient) -> None:
    seen: set[str] = set()
    new = links(page(client, "/"))
    while new:
        seen |= new
        new = {link for address in new for link in links(page(client, address))} - seen
    assert len(seen) > 100


def test_a_search_shows_what_it_found_and_only_that(client: FlaskClient) -> None:
    text = page(client, "/?q=Kosachev")
    assert "Konstantin Kosachev" in text
    assert "Hiroshige Seko" not in text
    assert "Nothing has that in its name" in page(client, "/?q=zzzz")


def test_a_search_is_words_and_no_markup(client: FlaskClient) -> None:
    answer = client.get("/", query_string={"q": '<script>alert("x")</script>'})
    assert b"<script>alert" not in answer.data


def test_offices_and_events_show_their_sentences(client: FlaskClient) -> None:
    text = page(client, "/id/person/fumio-kishida")
    assert "Foreign Minister" in text
    assert "Fumio Kishida is expected to visit Russia." in text
    assert "planned" in text


def test_an_event_shows_what_each_document_says(client: FlaskClient) -> None:
    visits = [link for link in links(page(client, "/id/person/fumio-kishida")) if "/event/visit" in link]
    assert visits
    text = page(client, visits[0])
    assert "According to" in text
    assert "initiator" in text
    assert "<blockquote>" in text


def test_what_is_not_there_is_a_problem_that_says_so(client: FlaskClient) -> None:
    for address in ("/id/person/nobody", "/id/planet/mars", "/id/person/%00"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.content_type == "application/problem+json"
        assert answer.get_json()["detail"]
