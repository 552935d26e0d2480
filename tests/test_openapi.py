"""The API holds to its OpenAPI document: whatever is asked, the answer is one that the document describes."""

from __future__ import annotations

import copy
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.datastructures import MultiDict

from graph.errors import ParameterError
from graph.networks.filters import TIES
from graph.settings import Settings
from ontology.schema import load_schema
from service.api.explore import everything, openapi, operations
from service.api.operations import Operation, parsed
from service.api.parameters import Paged, classes, kinds
from service.app import create_app


@pytest.fixture(scope="session")
def served(built: Path) -> Flask:
    """The application on the graph of the seeds."""
    return create_app(Settings(store=built))


@pytest.fixture
def client(served: Flask) -> FlaskClient:
    return served.test_client()


def window_ends_before_it_begins(query: dict[str, Any]) -> bool:
    """What no schema can say: of two days each of which is usable, the second must not be the first."""
    since, until = query.get("since"), query.get("until")
    return isinstance(since, str) and isinstance(until, str) and until < since


def real_names(described: dict[str, Any], client: FlaskClient) -> dict[str, Any]:
    """The document with names of things that there are in the place of any names."""
    people = [item["id"] for item in client.get("/api/entities?kind=person").json["items"]]
    documents = [item["id"] for item in client.get("/api/documents").json["items"]]
    words = {"kind": ["person"], "name": [name.partition("/")[2] for name in people], "id": documents}
    for item in described["paths"].values():
        for parameter in item["get"]["parameters"]:
            if parameter["in"] == "path" and parameter["name"] in words:
                parameter["schema"] = {"type": "string", "enum": words[parameter["name"]]}
            elif "KIND/NAME" in parameter["description"] and parameter["schema"]["type"] == "string":
                parameter["schema"] = {"type": "string", "enum": people}
            elif parameter["name"] == "q" and parameter["required"]:
                parameter["schema"] = {"type": "string", "enum": ["Abe", '"prime minister"']}
            elif parameter["name"] in {"document", "publisher", "q"}:
                parameter["schema"] = {"enum": []}
        item["get"]["parameters"] = [p for p in item["get"]["parameters"] if p["schema"].get("enum") != []]
    return described


@pytest.mark.parametrize("names", ["any", "real"])
@pytest.mark.parametrize("operation", operations.all, ids=lambda operation: operation.name)
def test_whatever_is_asked_is_answered_as_described(operation: Operation, names: str, served: Flask) -> None:
    described = copy.deepcopy(openapi())
    if names == "real":
        described = real_names(described, served.test_client())
    strategy = schemathesis.openapi.from_dict(described)[f"/api{operation.path}"]["GET"].as_strategy()
    seen: set[int] = set()

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(case=strategy)
    def ask(case: schemathesis.Case) -> None:
        if not window_ends_before_it_begins(dict(case.query or {})):
            seen.add(case.call_and_validate(app=served).status_code)

    ask()
    if names == "real":
        assert 200 in seen


def test_the_document_is_valid() -> None:
    assert list(OpenAPIV31SpecValidator(openapi()).iter_errors()) == []


def test_every_operation_and_parameter_is_described() -> None:
    described = openapi()
    found = [(path, method, item[method]) for path, item in described["paths"].items() for method in item]
    assert len(found) == len(everything.all) > len(operations.all)
    for path, method, operation in found:
        assert operation["summary"].endswith("."), (method, path)
        assert ("security" in operation) == path.startswith("/api/review/")
        for parameter in operation["parameters"]:
            assert parameter["description"], (path, parameter["name"])
    for name, model in described["components"]["schemas"].items():
        assert model["description"].endswith("."), name


def test_words_of_parameters_are_those_of_the_ontology() -> None:
    parameters = openapi()["paths"]["/api/network"]["get"]["parameters"]
    words = {p["name"]: p["schema"].get("items", p["schema"]).get("enum") for p in parameters}
    assert words["kind"] == kinds(load_schema())
    assert words["class"] == classes(load_schema())
    assert words["tie"] == list(TIES)


class Links(HTMLParser):
    """What a page refers to, and what in it can be referred to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        self.ids.update(filter(None, [at.get("id")]))
        self.links.update(filter(None, [at.get("href"), at.get("src")]))


@pytest.mark.parametrize("address", ["/api", "/api/"])
def test_a_page_shows_it_without_other_hosts(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    page = Links()
    page.feed(answer.text)
    assert {link for link in page.links if link.startswith("#")} <= {f"#{name}" for name in page.ids}
    assert not [link for link in page.links if re.match(r"(https?:)?//", link)]
    for operation in everything.all:
        assert operation.path in answer.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([("limit", "0")], "limit is not usable: it should be greater than or equal to 1"),
        ([("limit", "5"), ("limit", "6")], "limit is given 2 times"),
        ([("limit", "many")], "limit is not usable: it should be a valid integer"),
        ([("size", "5")], "no parameter 'size' here. There are: limit, offset"),
    ],
)
def test_parameters_that_cannot_be_used_are_told(given: list[tuple[str, str]], said: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(said)):
        parsed(Paged, MultiDict(given))


@pytest.fixture
def tags(client: FlaskClient) -> str:
    return client.get("/api/documents").headers["ETag"]


def test_an_answer_that_has_not_changed_is_not_sent_again(client: FlaskClient, tags: str) -> None:
    again = client.get("/api/documents", headers={"If-None-Match": tags})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/api/documents", headers={"If-None-Match": '"other"'}).status_code == 200
