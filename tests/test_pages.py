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
from service.pages import PLACES


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


def test_browsers_get_a_page_that_says_what_is_not_there(client: FlaskClient) -> None:
    answer = client.get("/id/person/nobody", headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
    assert answer.status_code == 404
    assert answer.content_type.startswith("text/html")
    text = answer.get_data(as_text=True)
    assert "Nothing in the graph is called “nobody”" in text
    assert 'type="search" value="nobody"' in text
    assert "/api/" not in text
    plain = client.get("/nowhere", headers={"Accept": "text/html"})
    assert plain.status_code == 404
    assert 'type="search" value=""' in plain.get_data(as_text=True)
    for address in ("/api/entities/person/nobody", "/sparql?query=nonsense"):
        assert client.get(address, headers={"Accept": "text/html"}).content_type == "application/problem+json"


def test_a_search_finds_sentences_and_leads_to_their_places(client: FlaskClient) -> None:
    text = page(client, "/?q=peace+treaty")
    assert "<mark>peace</mark> <mark>treaty</mark>" in text
    places = re.findall(r'href="(/doc/[^"#]+)#char=(\d+),(\d+)"', text)
    assert places
    for document, begin, end in places:
        told = client.get(document.replace("/doc/", "/api/documents/")).get_json()["text"]
        assert "peace" in told[int(begin) : int(end)].lower()


def test_every_page_leads_to_the_others(client: FlaskClient) -> None:
    text = page(client, "/")
    for address, label in PLACES:
        assert f'href="{address}"' in text
        assert 'aria-current="page"' in page(client, address), label


def test_a_place_shows_who_calls_it_what_and_who_disputes_it(client: FlaskClient) -> None:
    text = page(client, "/id/territory/southern-kuril-islands")
    rows = re.findall(r'<th scope="row"><span>(.*?)</span>.*?</th>\s*<td>(.*?)</td>', text, re.DOTALL)
    users = {form: re.findall(r">([^<]+)</a>", sources) for form, sources in rows}
    assert users["Southern Kurils"] == ["TASS"]
    assert users["Northern Territories"] == ["Diplomatic Bluebook 2016"]
    dispute = text[text.index("A disputed place") : text.index("By the project's tables")]
    assert re.search(r"Japan</a>.*?claims it.*?Northern Territories", dispute, re.DOTALL)
    assert re.search(r"Russia</a>.*?claims and administers it", dispute, re.DOTALL)


def test_nobody_disputes_a_state_that_its_tables_know_as_undisputed(client: FlaskClient) -> None:
    assert "disputed</span>" in page(client, "/id/territory/iturup")
    assert "disputed</span>" not in page(client, "/id/territory/japan")


def test_offices_stand_in_a_chart_in_the_order_of_their_days(client: FlaskClient) -> None:
    text = page(client, "/id/territory/japan")
    chart = text[text.index('<div class="chart"') :].partition("</svg>")[0]
    lefts = [float(left) for left in re.findall(r'<rect class="\w+" x="([\d.]+)%"', chart)]
    assert len(lefts) > 2
    assert all(0 <= left <= 100 for left in lefts)
    years = [int(year) for year in re.findall(r">(\d{4})</text>", chart)]
    assert years == sorted(years)


def test_the_network_page_lists_what_the_filters_keep(client: FlaskClient) -> None:
    whole = page(client, "/network")
    assert 'href="/id/territory/russia"' in whole
    conflictual = page(client, "/network?polarity=conflictual&colour=community&camera=0,0,1")
    rows = re.findall(r'<td class="number">(\d+)</td>', conflictual)
    assert rows
    assert all(int(count) > 0 for count in rows[2::3])
    assert conflictual.count("<tr>") < whole.count("<tr>")
    assert client.get("/network?polarity=rude").status_code == 422


def test_the_map_has_places_where_they_are(client: FlaskClient) -> None:
    rows = re.findall(r'data-id="([^"]+)".*?data-lon="([-\d.]+)" data-lat="([-\d.]+)"', page(client, "/map"))
    places = {name: (float(lon), float(lat)) for name, lon, lat in rows}
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in places.values())
    japan, islands = places["territory/japan"], places["territory/southern-kuril-islands"]
    assert islands[0] > japan[0]
    assert islands[1] > japan[1]
