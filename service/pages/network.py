"""The page of the network: what scripts draw it from, and its heaviest edges as a table."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from service.api.drawing import drawing
from service.api.openapi import parsed
from service.api.parameters import Drawing

blueprint = Blueprint("network", __name__)
LISTED = 60
"""Edges of the table; scripts list all that is drawn."""


@blueprint.get("/network")
def network() -> str:
    """The network that the filters of the address make."""
    asked = set(Drawing.model_json_schema(by_alias=True)["properties"])
    filters = MultiDict((name, value) for name, value in request.args.items(multi=True) if name in asked)
    filters["edges"] = str(LISTED)
    drawn = drawing(parsed(Drawing, filters))
    return render_template("network.html", drawn=drawn, things={node.id: node for node in drawn.nodes})
