"""Judging over HTTP: closed without the token, followed by the graph without stopping it, and taken back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph.ledger import Ledger
from graph.settings import Settings
from service.app import create_app

TOKEN = {"Authorization": "Bearer open-sesame"}
CLOSED = (
    ("GET", "/api/review/candidates"),
    ("GET", "/api/review/judgements"),
    ("POST", "/api/review/judgements"),
    ("GET", "/api/review/judgements/1"),
    ("DELETE", "/api/review/judgements/1"),
)


@pytest.fixture(scope="module")
def client(doubtful: Path) -> Iterator[FlaskClient]:
    settings = Settings.model_validate({"store": doubtful, "update_token": "open-sesame"})
    with create_app(settings).test_client() as client:
        yield client


def ask(client: FlaskClient, address: str) -> Any:
    answer = client.get(address, headers=TOKEN)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def judge(client: FlaskClient, verdict: str, question: dict[str, Any], status: int = 201) -> Any:
    body = {"verdict": verdict, "a": question["a"]["side"], "b": question["b"]["side"], "by": "mk"}
    answer = client.post("/api/review/judgements", json=body, headers=TOKEN)
    assert answer.status_code == status, answer.text
    return answer.get_json()


def settled(client: FlaskClient) -> None:
    """Wait until the graph has followed, asking it meanwhile."""
    for _ in range(600):
        assert client.get("/api/entities?kind=person").status_code == 200
        graph = ask(client, "/api/review/judgements")["graph"]
        if graph["state"] != "following":
            assert graph == {"state": "up to date", "problem": None}
            return
        time.sleep(0.1)
    raise AssertionError("the graph has not followed")


def people(client: FlaskClient) -> set[str]:
    return {item["label"] for item in client.get("/api/entities?kind=person").get_json()["items"]}


def question_of(client: FlaskClient, label: str) -> dict[str, Any]:
    questions = ask(client, "/api/review/candidates")["items"]
    found: dict[str, Any] = next(q for q in questions if label in {q["a"]["label"], q["b"]["label"]})
    return found


@pytest.mark.parametrize(("method", "address"), CLOSED)
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer open"}, {"Authorization": "open-sesame"}])
def test_nobody_comes_in_without_the_token(
    client: FlaskClient, method: str, address: str, headers: dict[str, str]
) -> None:
    answer = client.open(address, method=method, headers=headers)
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert "Okafor" not in answer.text


def test_without_a_token_set_nobody_can_judge(doubtful: Path) -> None:
    closed = create_app(Settings(store=doubtful)).test_client()
    assert closed.get("/api/review/candidates", headers=TOKEN).status_code == 403
    assert "this service has no token" in closed.get("/review").text


def test_questions_show_both_sides_where_they_stand(client: FlaskClient) -> None:
    questions = ask(client, "/api/review/candidates")
    assert questions["total"] == len(questions["items"]) >= 2
    assert [q["score"] for q in questions["items"]] == sorted(
        (q["score"] for q in questions["items"]), reverse=True
    )
    for question in questions["items"]:
        assert question["reason"]
        for side in (question["a"], question["b"]):
            assert side["spoken"]
            for spoken in side["spoken"]:
                evidence = spoken["evidence"]
                text = client.get(f"/api/documents/{evidence['id']}").get_json()["text"]
                assert text[evidence["begin"] : evidence["end"]] == evidence["quote"]
                assert spoken["before"] + evidence["quote"] + spoken["after"] in text


def test_the_graph_follows_a_judgement_and_its_undoing(client: FlaskClient) -> None:
    before = people(client)
    assert {"Pedro Costa", "P. Costa"} <= before
    made = judge(client, "same", question_of(client, "P. Costa"))
    assert made["judgement"]["by"] == "mk"
    settled(client)
    assert len(people(client) & {"Pedro Costa", "P. Costa"}) == 1
    assert len(people(client)) == len(before) - 1
    number = made["judgement"]["number"]
    answer = client.delete(f"/api/review/judgements/{number}", headers=TOKEN)
    assert answer.status_code == 200
    assert answer.get_json()["judgement"]["undone"]
    settled(client)
    assert people(client) == before
    assert ask(client, f"/api/review/judgements/{number}")["judgement"]["undone"]
    assert client.delete(f"/api/review/judgements/{number}", headers=TOKEN).status_code == 404


def test_what_is_judged_is_asked_no_more(client: FlaskClient) -> None:
    question = question_of(client, "R. Lima")
    total = ask(client, "/api/review/candidates")["total"]
    judge(client, "unsure", question)
    assert ask(client, "/api/review/candidates")["total"] == total - 1
    latest = ask(client, "/api/review/judgements?limit=1")["items"][0]
    assert (latest["verdict"], latest["a"]["name"]) == ("unsure", question["a"]["side"]["name"])


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"verdict": "perhaps"}, 422, "verdict"),
        ({"verdict": "same", "a": {"name": "nobody"}, "b": {"name": "person/x"}}, 422, "a.name"),
        ({"verdict": "same", "a": {"name": "person/x"}, "b": {"name": "person/y"}}, 404, "person/x"),
        ({"verdict": "same", "more": 1}, 422, "is not usable"),
    ],
)
def test_what_cannot_be_judged_is_said_and_not_written(
    client: FlaskClient, doubtful: Path, body: dict[str, Any], status: int, said: str
) -> None:
    before = Ledger(doubtful).history()
    answer = client.post("/api/review/judgements", json=body, headers=TOKEN)
    assert answer.status_code == status
    assert said in answer.get_json()["detail"]
    assert Ledger(doubtful).history() == before


def test_no_json_is_said_to_be_none(client: FlaskClient) -> None:
    answer = client.post("/api/review/judgements", data="same", headers=TOKEN)
    assert answer.status_code == 422
    assert "Send Judging as JSON" in answer.get_json()["detail"]


def test_there_is_no_judgement_of_that_number(client: FlaskClient) -> None:
    assert client.get("/api/review/judgements/999", headers=TOKEN).status_code == 404
