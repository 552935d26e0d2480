"""The page of the network: what scripts draw it from, and its heaviest edges as a table."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from service.api.drawing import drawn
from service.api.operations import parsed
from service.api.parameters import Drawing

blueprint = Blueprint("network", __name__)
LISTED = 60
"""Edges of the table; scripts list all that is drawn."""
WINDOW = ("since", "until", "undated")


@blueprint.get("/network")
def network() -> str:
    """The network that the filters of the address make."""
    asked = set(Drawing.model_json_schema(by_alias=True)["properties"])
    filters = MultiDict((name, value) for name, value in request.args.items(multi=True) if name in asked)
    # Scripts draw the network of all times, and look at the window of time themselves.
    timeless: dict[str, Any] = {name: values for name, values in filters.lists() if name not in WINDOW}
    filters["edges"] = str(LISTED)
    shown = drawn(parsed(Drawing, filters))
    return render_template(
        "network.html",
        drawn=shown,
        things={node.id: node for node in shown.nodes},
        drawing=url_for("explore.drawing", **timeless),
    )
