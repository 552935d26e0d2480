"""The page of quality: what was measured on annotated texts, its limits, and how much this graph says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import numpy as np
from flask import Blueprint, render_template
from markdown_it import MarkdownIt
from markupsafe import Markup

from graph.networks.actor_index import BASES, FACTUALITIES, ROLES, ActorIndex
from graph.networks.columns import NOTHING, Array
from service.api.asked_index import asked_index

blueprint = Blueprint("quality", __name__)
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_TITLE = re.compile(r"\A#[^#\n]*\n")


@blueprint.get("/quality")
def quality() -> str:
    """The measured figures and known limits, and those of the graph that is served."""
    return render_template(
        "quality.html",
        figures=list(figures(asked_index())),
        measured=measured(),
        version=version("diplograph"),
    )


def measured() -> Markup:
    """What the project measured, as HTML; from the wheel or, in a checkout, from its documentation."""
    packaged = files("service").joinpath("quality.md")
    page = packaged if packaged.is_file() else Path(__file__).parents[2] / "docs" / "quality.md"
    text = _TITLE.sub("", _COMMENT.sub("", page.read_text(encoding="utf-8")))
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    html = html.replace(' style="text-align:right"', ' class="number"')
    scrolling = '<div class="scroll" role="region" aria-label="Figures" tabindex="0"><table>'
    return Markup(html.replace("<table>", scrolling).replace("</table>", "</table></div>"))


def figures(index: ActorIndex) -> Iterator[tuple[str, int, int]]:
    """What share of things this graph knows more of: what is counted, how many of them, of how many."""
    events = np.flatnonzero(index.account_basis == BASES.index("event"))
    dated = np.maximum(index.account_begin[events], index.account_end[events]) != NOTHING
    length = index.account_end[events] - index.account_begin[events]
    to_the_day = dated & (length == 0) & (index.account_begin[events] != NOTHING)
    placed = _with_role(index, events, "place")
    yield "accounts of events that have a date", int(dated.sum()), len(events)
    yield "accounts of events that have it to the day", int(to_the_day.sum()), len(events)
    yield "accounts of events that have a place", placed, len(events)
    yield "accounts of events that name someone who says so", _with_role(index, events, "source"), len(events)
    for number, name in enumerate(FACTUALITIES):
        share = int((index.account_factuality[events] == number).sum())
        yield f"accounts of events that are {name}", share, len(events)
    told = np.diff(index.fact_starts)
    yield "facts that several documents tell", int((told > 1).sum()), len(told)
    sentences = np.diff(index.evidence_starts)
    yield "statements with the sentence that says so", int((sentences > 0).sum()), len(sentences)
    linked = np.diff(index.links.starts) > 0
    mentioned = np.diff(index.mentions_of.starts) > 0
    entity = ~np.isin(np.arange(len(index.things)), index.fact_thing) & mentioned
    yield (
        "things mentioned that are linked to other datasets",
        int((linked & entity).sum()),
        int(entity.sum()),
    )


def _with_role(index: ActorIndex, accounts: Array, name: str) -> int:
    """How many of some accounts have something in a role."""
    with_it = index.role_account[index.role_name == ROLES.index(name)]
    return int(np.isin(accounts, with_it).sum())
