"""The OpenAPI document of the operations of the JSON API."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import Any

from pydantic.json_schema import models_json_schema

from service.api.operations import SUCCESS, Answer, Operation, Operations, Parameters

OPENAPI = "3.1.0"
_REFERENCES = "#/components/schemas/{model}"
_TOKEN = {"token": {"type": "http", "scheme": "bearer", "description": "The service's update_token."}}


class Problem(Answer):
    """What went wrong and what to do about it (RFC 9457)."""

    type: str
    status: int
    title: str
    detail: str


def document(operations: Operations, title: str, description: str, prefix: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of some operations.

    Args:
        operations: which.
        title: the name of the API.
        description: what it is for, in Markdown.
        prefix: what their addresses begin with.
    """
    answers: set[type[Answer]] = {o.answer for o in operations.all if isinstance(o.answer, type)}
    models = sorted(answers | {Problem}, key=lambda model: model.__name__)
    bodies = sorted({o.body for o in operations.all if o.body}, key=lambda model: model.__name__)
    _, schemas = models_json_schema(
        [*((m, "serialization") for m in models), *((m, "validation") for m in bodies)],
        ref_template=_REFERENCES,
    )
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations.all:
        paths.setdefault(prefix + operation.path, {})[operation.method] = _operation(operation)
    is_guarded = any(operation.needs_token for operation in operations.all)
    return {
        "openapi": OPENAPI,
        "info": {"title": title, "version": version("diplograph"), "description": description},
        "paths": paths,
        "components": {"schemas": schemas["$defs"], **({"securitySchemes": _TOKEN} if is_guarded else {})},
    }


def _operation(operation: Operation) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": _REFERENCES.format(model="Problem")}}}
    content: dict[str, Any]
    if isinstance(operation.answer, type):
        schema = {"$ref": _REFERENCES.format(model=operation.answer.__name__)}
        content = {"application/json": {"schema": schema}}
    else:
        content = {kind: {} for kind in operation.answer}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        **({"description": operation.description} if operation.description else {}),
        "parameters": [*_parts(operation), *_query(operation.parameters)],
        **_closed(operation),
        "responses": {
            **_success(operation, content),
            "404": {"description": "The graph has nothing of that name.", "content": problem},
            "422": {"description": "A parameter cannot be used.", "content": problem},
            "default": {"description": "Something else is wrong.", "content": problem},
        },
    }


def _success(operation: Operation, content: dict[str, Any]) -> dict[str, Any]:
    status = str(SUCCESS[operation.method])
    if operation.needs_token:
        return {status: {"description": "Done.", "content": content}}
    tag = {"ETag": {"description": "Changes with the graph.", "schema": {"type": "string"}}}
    return {
        status: {"description": "The answer.", "headers": tag, "content": content},
        "304": {"description": "It has not changed since the entity tag of If-None-Match."},
    }


def _closed(operation: Operation) -> dict[str, Any]:
    """What must be sent along: the token, and the body where there is one."""
    if not operation.needs_token:
        return {}
    found: dict[str, Any] = {"security": [{"token": []}]}
    if operation.body:
        schema = {"$ref": _REFERENCES.format(model=operation.body.__name__)}
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return found


def _parts(operation: Operation) -> Iterator[dict[str, Any]]:
    for part in operation.parts:
        yield {
            "name": part.name,
            "in": "path",
            "required": True,
            "description": part.description,
            "schema": dict(part.schema),
            "example": part.example,
        }


@cache
def _query(kind: type[Parameters]) -> tuple[dict[str, Any], ...]:
    schema = kind.model_json_schema(by_alias=True)
    required = schema.get("required", [])
    found = []
    for name, content in schema.get("properties", {}).items():
        shape = {k: v for k, v in _without_null(content).items() if k not in {"title", "description"}}
        if shape.get("default", 0) is None or shape.get("default", 0) == []:
            del shape["default"]
        found.append(
            {
                "name": name,
                "in": "query",
                "required": name in required,
                "description": content.get("description", ""),
                "schema": shape,
            }
        )
    return tuple(found)


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter that may be left out: null cannot be given in an address."""
    kinds = [kind for kind in schema.get("anyOf", []) if kind != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    return {**{k: v for k, v in schema.items() if k != "anyOf"}, **kinds[0]}
