"""Two actors side by side: what each says of the other, what they do together, and the tone over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from pydantic import Field

from service.api.claims import claims
from service.api.comparison import compare as compared
from service.api.networks import projection
from service.api.operations import parsed
from service.api.parameters import Claims, Comparison, Projection
from service.api.told.accounts import Said, Stretch
from service.api.told.edges import Edge
from service.api.told.things import Thing
from service.pages.choosing import given, meant, offered

blueprint = Blueprint("compare", __name__)
_SUGGESTED = 9
_CLAIMS = 30
"""Claims of each that the page shows; the API has all."""
_HEIGHT = 72
"""Height of each half of the chart of tone, in pixels."""
_ROOM = 16
"""Pixels of it that the number of the longest column needs."""
_PER_YEAR = {"year": 1, "quarter": 4, "month": 12}


class Pair(Comparison):
    """Who is compared; each by an id or a name, and nobody at first."""

    a: str = Field("", description="The one.")
    b: str = Field("", description="The other.")


@dataclass(frozen=True, slots=True)
class Column:
    """A stretch of time in the chart of tone: place and width in per cent, heights in pixels."""

    stretch: Stretch
    x: float
    width: float
    up: float
    down: float
    label: str


@blueprint.get("/compare")
def compare() -> str:
    """Two actors side by side, or pairs to choose from."""
    wanted = parsed(Pair, given())
    a, b = (meant(name) if name else None for name in (wanted.a, wanted.b))
    names = list(offered("actor"))
    if not a or not b or a.id == b.id:
        return render_template(
            "compare.html", wanted=wanted, a=a, b=b, names=names, pairs=_pairs(), found=None
        )
    found = compared(wanted.model_copy(update={"a": a.id, "b": b.id}))
    return render_template(
        "compare.html",
        wanted=wanted,
        a=a,
        b=b,
        names=names,
        found=found,
        said=[_said(a, b, wanted), _said(b, a, wanted)],
        columns=list(_columns(found.tone, wanted.per)),
        height=_HEIGHT,
        most=max((max(one.a, one.b) for one in found.neighbours), default=1),
    )


def _pairs() -> list[tuple[Thing, Thing, Edge]]:
    """The pairs of actors with most in common."""
    part = projection(Projection.model_validate({"limit": _SUGGESTED, "facts": 0}))
    things = {thing.id: thing for thing in part.nodes}
    return [(things[edge.source], things[edge.target], edge) for edge in part.edges]


def _said(speaker: Thing, about: Thing, wanted: Pair) -> Said:
    """What one says of the other, within what the address asks for."""
    shared = wanted.model_dump(exclude={"a", "b", "per", "limit"}, by_alias=True, exclude_defaults=True)
    asked = {**shared, "by": speaker.id, "about": about.id, "limit": _CLAIMS}
    found: Said = claims(Claims.model_validate(asked))
    return found


def _columns(tone: Sequence[Stretch], per: str) -> Iterator[Column]:
    """The stretches as columns on an axis of time, so that those without events are gaps."""
    numbers = [_number(stretch.period, per) for stretch in tone]
    if not numbers:
        return
    first, count = min(numbers), max(numbers) - min(numbers) + 1
    most = max(max(s.cooperative, s.conflictual, s.neutral) for s in tone)
    width = 100 / max(count, 6)
    labelled = None
    for number, stretch in zip(numbers, tone, strict=True):
        place = (number - first) * width
        is_free = labelled is None or place - labelled >= 9
        labelled = place if is_free else labelled
        yield Column(
            stretch,
            round(place, 3),
            round(width, 3),
            round(stretch.cooperative / most * (_HEIGHT - _ROOM), 1),
            round(stretch.conflictual / most * (_HEIGHT - _ROOM), 1),
            stretch.period if is_free else "",
        )


def _number(period: str, per: str) -> int:
    """The how manieth stretch since the year 0 a year, quarter or month is."""
    year, _, part = period.partition("-")
    return int(year) * _PER_YEAR[per] + (int(part.lstrip("Q")) - 1 if part else 0)
