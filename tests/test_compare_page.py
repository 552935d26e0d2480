"""The page that sets two actors side by side: each in its own words, and the tone drawn as it was counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.settings import Settings
from service.api.told.accounts import Stretch
from service.app import create_app
from service.pages.compare import _columns


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[FlaskClient]:
    with create_app(Settings(store=built)).test_client() as client:
        yield client


def page(client: FlaskClient, **asked: str) -> str:
    answer = client.get("/compare", query_string=asked)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def test_without_a_choice_there_are_pairs_to_choose_from(client: FlaskClient) -> None:
    offers = re.findall(r'href="(/compare\?a=[^"]+)"', page(client))
    assert len(offers) == 9
    assert all("facts in common" in unescape(client.get(offer).get_data(as_text=True)) for offer in offers)


def test_two_are_shown_as_the_api_tells_them(client: FlaskClient) -> None:
    told = client.get("/api/compare?a=territory/japan&b=territory/russia").get_json()
    text = page(client, a="Japan", b="Russia")
    assert f"{told['edge']['weight']} facts in common" in text
    assert f'Events in common <span class="count">{told["common_events"]}</span>' in text
    assert all(f'href="/id/{event["id"]}"' in text for event in told["events"])
    assert text.count('class="up"') == len(told["tone"]) > 1


def test_each_says_of_the_other_what_it_says(client: FlaskClient) -> None:
    claims = client.get("/api/claims?about=territory/russia").get_json()["items"]
    speaker = next(c["speaker"] for c in claims if c["speaker"]["id"] != "territory/russia")
    said, answered = page(client, a=speaker["id"], b="territory/russia").split('class="side"')[1:3]
    first = next(claim for claim in claims if claim["speaker"]["id"] == speaker["id"])
    assert first["event"]["id"] in said
    assert first["event"]["evidence"][0]["quote"] in said
    assert first["event"]["id"] not in answered


def test_nobody_and_the_same_one_twice_are_said(client: FlaskClient) -> None:
    assert "Nothing is named “zzzz”" in page(client, a="zzzz", b="Japan")
    assert "Both are Japan" in page(client, a="Japan", b="territory/japan")


def stretch(period: str, cooperative: int, conflictual: int = 0) -> Stretch:
    return Stretch(
        period=period, events=1, cooperative=cooperative, conflictual=conflictual, neutral=1, tone=None
    )


def test_years_without_events_are_gaps_in_the_chart() -> None:
    columns = list(_columns([stretch("2010", 4), stretch("2019", 2, 1)], "year"))
    assert [column.x for column in columns] == [0, 90]
    assert columns[0].up == 2 * columns[1].up == 4 * columns[1].down
    assert [column.label for column in columns] == ["2010", "2019"]


def test_quarters_and_months_follow_each_other_over_the_new_year() -> None:
    for per, periods in (("quarter", ["2015-Q4", "2016-Q1"]), ("month", ["2015-12", "2016-01"])):
        columns = list(_columns([stretch(period, 1) for period in periods], per))
        assert columns[1].x == pytest.approx(columns[0].width)
