"""The JSON answers on entities: search, all that is known of one, and its neighbours."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, request
from pydantic import BaseModel, Field, ValidationError

from graph.errors import NotFoundError, QueryError
from graph.iri import Namespace
from graph.settings import Settings
from service.entities import KINDS, Entities

blueprint = Blueprint("explore", __name__, url_prefix="/api")


class Page(BaseModel):
    """Which part of a list is wanted."""

    limit: int = Field(50, ge=1, le=1000)
    offset: int = Field(0, ge=0)


@blueprint.get("/entities")
def search() -> Response:
    """Entities by a part of their name (``q``) and kind, those mentioned most first."""
    kind = request.args.get("kind")
    if kind is not None and kind not in KINDS:
        raise QueryError(f"There is no kind {kind!r}.", f"There are: {', '.join(KINDS)}.")
    return _paged(entities().search(request.args.get("q"), kind))


@blueprint.get("/entities/<path:name>/neighbours")
def neighbours(name: str) -> Response:
    """Who takes part in the same events, most events first."""
    return _paged(entities().neighbours(_iri(name)))


@blueprint.get("/entities/<path:name>")
def entity(name: str) -> Response:
    """All that is known of an entity, each statement with its sentence."""
    return jsonify(entities().entity(_iri(name)))


@blueprint.get("/", defaults={"rest": ""})
@blueprint.get("/<path:rest>")
def nothing(rest: str) -> Response:
    """Say what there is, for addresses below ``/api`` that are none."""
    abort(
        404,
        f"There is no /api/{rest}. There are /api/entities?q=, /api/entities/KIND/NAME and its /neighbours.",
    )


def entities() -> Entities:
    """What the application knows of entities."""
    settings: Settings = current_app.extensions["settings"]
    return Entities(current_app.extensions["engine"], Namespace(settings.base))


def _iri(name: str) -> str:
    """The IRI of ``person/jane-doe``. Raises NotFoundError where nothing can have that name."""
    kind, _, rest = name.partition("/")
    if kind not in KINDS or not rest:
        raise NotFoundError(
            f"There is no entity {name!r}.", f"An entity is KIND/NAME, of {', '.join(KINDS)}."
        )
    return entities().names.thing(kind, rest)


def _paged(items: list[dict[str, Any]]) -> Response:
    try:
        page = Page.model_validate(request.args.to_dict() | {})
    except ValidationError as error:
        first = error.errors()[0]
        raise QueryError(f"{first['loc'][0]}: {first['msg']}.") from error
    return jsonify(
        {
            "total": len(items),
            "offset": page.offset,
            "items": items[page.offset : page.offset + page.limit],
        }
    )
