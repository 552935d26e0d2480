"""The page on which people judge who is who; it holds nothing but the way to ask for the token."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from graph.settings import Settings

blueprint = Blueprint("review_page", __name__)


@blueprint.get("/review")
def review() -> str:
    """The empty page: what is on it comes from the API, to those who have the token."""
    settings: Settings = current_app.extensions["settings"]
    return render_template("review.html", is_writable=settings.update_token is not None)
