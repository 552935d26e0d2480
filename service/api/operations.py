"""Operations of the JSON API, with their parameters and answers as pydantic models."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any, TypeVar, get_origin

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.datastructures import MultiDict

from graph.errors import ParameterError

SUCCESS = {"get": 200, "post": 201, "delete": 200}
"""The status of an operation that has done what it is for, by method."""


class Parameters(BaseModel):
    """The query parameters of an operation. Each may be given once; lists, as often as one likes."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False, frozen=True)


Asked = TypeVar("Asked", bound=Parameters)


class Answer(BaseModel):
    """A part of an answer, of which every field is always there."""

    model_config = ConfigDict(populate_by_name=True, json_schema_serialization_defaults_required=True)


@dataclass(frozen=True, slots=True)
class PathPart:
    """A part of an operation's address that stands for something."""

    name: str
    description: str
    example: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string", "minLength": 1})


@dataclass(frozen=True, slots=True)
class Operation:
    """One address that can be asked.

    ``path`` is the address below the prefix as OpenAPI writes it, ``rule`` as Flask does. ``answer`` is the
    model of what comes, or a mapping from media types to what they hold. ``body`` is the model of what is
    sent; an operation that ``needs_token`` is closed to all who have not that of the service.
    """

    name: str
    path: str
    rule: str
    summary: str
    description: str
    parts: tuple[PathPart, ...]
    parameters: type[Parameters]
    answer: type[Answer] | Mapping[str, str]
    call: Callable[..., Any]
    method: str = "get"
    body: type[BaseModel] | None = None
    needs_token: bool = False


@dataclass(frozen=True, slots=True)
class Operations:
    """A collection of operations, which ``get`` adds to."""

    all: list[Operation] = field(default_factory=list)

    def get(
        self,
        path: str,
        answer: type[Answer] | Mapping[str, str],
        *parts: PathPart,
        rule: str | None = None,
        parameters: type[Parameters] = Parameters,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Make a function the operation at an address.

        It is given the model of its parameters, and the parts of the address by name. The first line of its
        docstring is its summary, the rest its description.
        """

        return self._adder(path, answer, parts, rule=rule or path, parameters=parameters)

    def guarded(
        self, method: str, path: str, answer: type[Answer], *parts: PathPart, **more: Any
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Make a function an operation that needs the token; it is given the model of its body as well.

        ``more`` are ``body``, ``rule`` and ``parameters``, as for ``Operation``.
        """
        asked = {"rule": path, "parameters": Parameters, **more}
        return self._adder(path, answer, parts, method=method, needs_token=True, **asked)

    def _adder(
        self,
        path: str,
        answer: type[Answer] | Mapping[str, str],
        parts: tuple[PathPart, ...],
        **more: Any,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def add(function: Callable[..., Any]) -> Callable[..., Any]:
            summary, _, rest = (function.__doc__ or "").partition("\n")
            description = re.sub(r"\s+", " ", rest).strip()
            made = Operation(
                name=function.__name__,
                path=path,
                summary=summary,
                description=description,
                parts=parts,
                answer=answer,
                call=function,
                **more,
            )
            self.all.append(made)
            return function

        return add

    def register(self, blueprint: Blueprint, state: Callable[[], str]) -> None:
        """Answer all operations at their addresses.

        Args:
            blueprint: where.
            state: a text that changes whenever answers may; it is what entity tags are made of.
        """
        for operation in self.all:
            blueprint.add_url_rule(operation.rule, operation.name, _view(operation, state), methods=["GET"])

    def register_guarded(self, blueprint: Blueprint, guard: Callable[[], None]) -> None:
        """Answer all operations at their addresses, to those whom the guard lets pass.

        Args:
            blueprint: where.
            guard: raises an error for a request that has not the token.
        """
        for operation in self.all:
            view = _guarded_view(operation, guard)
            blueprint.add_url_rule(operation.rule, operation.name, view, methods=[operation.method.upper()])


def _view(operation: Operation, state: Callable[[], str]) -> Callable[..., Response]:
    def view(**parts: str) -> Response:
        parameters = parsed(operation.parameters, request.args)
        tag = f"{version('diplograph')}-{state()}"
        if tag in request.if_none_match:
            response = Response(status=304)
        else:
            made = operation.call(parameters, **parts)
            response = (
                made
                if isinstance(made, Response)
                else Response(made.model_dump_json(by_alias=True), content_type="application/json")
            )
        response.set_etag(tag)
        response.headers["Cache-Control"] = "no-cache"
        return response

    return view


def _guarded_view(operation: Operation, guard: Callable[[], None]) -> Callable[..., Response]:
    def view(**parts: str) -> Response:
        guard()
        sent = (_sent(operation.body, request.get_data()),) if operation.body else ()
        made: Answer = operation.call(parsed(operation.parameters, request.args), *sent, **parts)
        response = Response(made.model_dump_json(by_alias=True), content_type="application/json")
        response.status_code = SUCCESS[operation.method]
        response.headers["Cache-Control"] = "no-store"
        return response

    return view


def _sent(kind: type[BaseModel], body: bytes) -> BaseModel:
    """The body of a request. Raises ParameterError where it does not fit."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "body"
        raise ParameterError(
            f"The {where} is not usable: {first['msg']}.",
            f"Send {kind.__name__} as JSON, as /api describes it.",
        ) from error


def parsed(kind: type[Asked], given: MultiDict[str, str]) -> Asked:
    """The parameters of a request.

    Raises:
        ParameterError: one is missing, unknown, given twice, or has no usable value.
    """
    lists = {_name(n, f) for n, f in kind.model_fields.items() if get_origin(f.annotation) is tuple}
    values: dict[str, object] = {}
    for name, several in given.lists():
        if name in lists:
            values[name] = several
        elif len(several) > 1:
            raise ParameterError(f"The parameter {name} is given {len(several)} times.", "Give it once.")
        else:
            values[name] = several[0]
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise ParameterError(*_said(kind, error)) from error


def _said(kind: type[Parameters], error: ValidationError) -> tuple[str, str]:
    """What is wrong with the first parameter that is, and what is expected of it."""
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    known = {_name(n, f): f for n, f in kind.model_fields.items()}
    if first["type"] == "extra_forbidden":
        there = ", ".join(known) if known else "none"
        return f"There is no parameter {name!r} here.", f"There are: {there}."
    if first["type"] == "missing":
        return f"The parameter {name} is missing.", known[name].description or ""
    message = first["msg"].removeprefix("Value error, ").replace("Input should", "it should")
    return f"The parameter {name} is not usable: {message}.", known[name].description or ""


def _name(name: str, field_: Any) -> str:
    return str(field_.alias or name)
