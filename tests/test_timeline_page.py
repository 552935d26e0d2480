"""The page of the timeline: what its address asks for is what it shows, and nothing undated gets a date."""

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
    with create_app(Settings(store=built)).test_client() as client:
        yield client


def page(client: FlaskClient, **asked: str) -> str:
    answer = client.get("/timeline", query_string=asked)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def bars(text: str) -> list[str]:
    return re.findall(r'<a class="bar [^"]*" href="([^"]+)"', text)


def heading(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text)
    assert found
    return found[1]


def test_a_name_and_an_id_ask_for_the_same(client: FlaskClient) -> None:
    by_name, by_id = page(client, entity="kosachev"), page(client, entity="person/konstantin-kosachev")
    assert heading(by_name) == heading(by_id) == "Timeline of Konstantin Kosachev"
    assert bars(by_name) == bars(by_id) != []


def test_a_window_shows_what_touches_it(client: FlaskClient) -> None:
    text = page(client, since="2016-10-17", until="2016-10-17")
    assert "Hiroshige Seko statement" in text
    whole = page(client, since="1900-01-01", until="2100-12-31")
    assert set(bars(text)) < set(bars(whole))
    assert bars(page(client, since="1901-01-01", until="1901-12-31")) == []


def test_types_and_lanes_are_as_asked(client: FlaskClient) -> None:
    text = page(client, **{"class": "Meeting", "lanes": "actor"})
    assert bars(text)
    assert all(re.search("/event/(summit)?meeting", bar) for bar in bars(text))
    assert re.search(r'aria-label="Japan"><h2>Japan <span class="count">\d', text)


def test_undated_events_stand_apart(client: FlaskClient) -> None:
    text = page(client, entity="Japan")
    picture, _, undated = text.partition('id="undated"')
    assert "no date is made up" in undated
    ids = set(re.findall(r'href="(/id/event/[^"]+)"', undated))
    assert ids
    assert not ids & set(bars(picture))


def test_ways_to_other_windows_keep_everything_else(client: FlaskClient) -> None:
    text = page(client, entity="Japan", lanes="actor", since="2016-01-01", until="2016-12-31")
    closer = re.search(r'data-key="\+" href="([^"]+)"', text)
    assert closer
    asked = dict(pair.split("=") for pair in closer[1].partition("?")[2].split("&"))
    assert asked == {"entity": "Japan", "lanes": "actor", "since": "2016-04-01", "until": "2016-10-01"}


def test_nobody_of_that_name_is_said(client: FlaskClient) -> None:
    assert "Nothing is named “zzzz”" in page(client, entity="zzzz")


def test_what_cannot_be_asked_is_a_problem(client: FlaskClient) -> None:
    answer = client.get("/timeline?since=yesterday")
    assert answer.status_code == 422
    assert "2016-05-31" in answer.get_json()["detail"]
