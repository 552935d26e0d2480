"""The timeline: events by date at the precision that is known, in lanes; those without a date apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from flask import Blueprint, render_template
from pydantic import Field

from graph.networks.actor_index import BASES, ActorIndex
from graph.networks.columns import NOTHING, Array
from service.api.asked_index import telling, view
from service.api.operations import parsed
from service.api.parameters import Filtered, Paged
from service.api.telling import Telling
from service.api.told.things import Event, Thing
from service.pages.choosing import given, meant, offered
from service.pages.lanes import Shown, Window, cells, lanes, marks

blueprint = Blueprint("timeline", __name__)
_UNDATED = 100
"""Events without a date that the page lists."""
_LABEL = 34
"""Characters of an event's label in the picture, and the events of which they are written."""
_LABELLED = 120
_LONG = 3653
"""Days from which on a window is cut to where most events lie, unless another was asked for."""
_ACTING = frozenset({"initiator", "recipient", "participant"})


class Timeline(Paged, Filtered):
    """What a timeline is asked for."""

    entity: str | None = Field(None, description="Whose events: an id, or a name.")
    lanes: Literal["type", "actor", "sign"] = Field("type", description="What the lanes are.")


@dataclass(frozen=True, slots=True)
class Dated:
    """The accounts of an event, and the first and last day of the first of them that has any."""

    accounts: list[int]
    begin: int
    end: int


@blueprint.get("/timeline")
def timeline() -> str:
    """Events between two days, for all or for one entity."""
    wanted = parsed(Timeline, given())
    whose = meant(wanted.entity) if wanted.entity else None
    tell = telling()
    groups = [] if wanted.entity and not whose else _groups(tell, wanted, whose)
    dated = [d for group in groups if (d := _dated(tell.index, group))]
    undated = [group for group in groups if not _dated(tell.index, group)]
    window, is_chosen = _window(wanted, dated)
    inside = [d for d in dated if d.begin <= window[1] and d.end >= window[0]]
    events = [tell.event(d.accounts) for d in inside]
    shown = [_shown(d, event, wanted.lanes, len(inside)) for d, event in zip(inside, events, strict=True)]
    everything = _everything(dated)
    return render_template(
        "timeline.html",
        wanted=wanted,
        whose=whose,
        names=offered("actor"),
        classes=_classes(tell, wanted, whose),
        dated=len(dated),
        window=tuple(map(date.fromordinal, window)),
        is_chosen=is_chosen,
        moves=_moves(window, everything),
        overview=list(cells((d.begin for d in dated), everything)),
        overview_marks=marks(everything),
        aim=_aim(window, everything),
        lanes=lanes(shown, window),
        marks=marks(window),
        page={"total": len(events), "offset": wanted.offset},
        listed=events[wanted.offset : wanted.offset + wanted.limit],
        undated=[tell.event(group) for group in undated[:_UNDATED]],
        undated_total=len(undated),
    )


def _groups(tell: Telling, wanted: Timeline, whose: Thing | None) -> list[list[int]]:
    """The accounts of each event that is asked for, whenever it was."""
    accounts = _accounts(tell, whose)
    seen = view(wanted.model_copy(update={"since": None, "until": None}), anything=True)
    return tell.events(accounts[seen.fits(accounts)])


def _accounts(tell: Telling, whose: Thing | None) -> Array:
    index = tell.index
    if whose:
        return index.accounts_of(tell.number(whose.id))
    return np.flatnonzero(index.account_basis == BASES.index("event"))


def _classes(tell: Telling, wanted: Timeline, whose: Thing | None) -> list[tuple[str, int]]:
    """The types of events that there are, with how many each has, the most first."""
    anything = wanted.model_copy(update={"cls": (), "since": None, "until": None})
    accounts = _accounts(tell, whose)
    accounts = accounts[view(anything, anything=True).fits(accounts)]
    numbers = Counter(tell.index.account_class(group[0]) for group in tell.events(accounts))
    return numbers.most_common()


def _dated(index: ActorIndex, accounts: list[int]) -> Dated | None:
    for account in accounts:
        begin, end = int(index.account_begin[account]), int(index.account_end[account])
        if max(begin, end) != NOTHING:
            begin, end = (begin if begin != NOTHING else end), (end if end != NOTHING else begin)
            return Dated(accounts, begin, max(begin, end))
    return None


def _everything(dated: Sequence[Dated]) -> Window:
    """From the first of January of the first event's year to the last of December of the last's."""
    today = date.today().toordinal()
    first = date.fromordinal(min((d.begin for d in dated), default=today))
    last = date.fromordinal(max((d.end for d in dated), default=today))
    return date(first.year, 1, 1).toordinal(), date(last.year, 12, 31).toordinal()


def _window(wanted: Timeline, dated: Sequence[Dated]) -> tuple[Window, bool]:
    """The days that are shown, and whether they were asked for rather than where most events lie."""
    everything = _everything(dated)
    if wanted.since or wanted.until:
        first = wanted.since.toordinal() if wanted.since else everything[0]
        last = wanted.until.toordinal() if wanted.until else everything[1]
        return (min(first, last), max(first, last)), True
    if everything[1] - everything[0] < _LONG:
        return everything, True
    begins = sorted(d.begin for d in dated)
    most = [d for d in dated if begins[len(begins) // 10] <= d.begin]
    return _everything(most), False


def _moves(window: Window, everything: Window) -> dict[str, dict[str, str]]:
    """The windows that one gets to from a window: earlier, later, closer, wider, and all."""
    first, last = window
    length = last - first + 1
    half, quarter = max(length // 2, 1), length // 4
    found = {
        "earlier": (first - half, last - half),
        "later": (first + half, last + half),
        "closer": (first + quarter, max(last - quarter, first + quarter)),
        "wider": (first - half, last + half),
        "all": everything,
    }
    latest = date.max.toordinal()
    return {
        name: {
            "since": date.fromordinal(min(max(begin, 1), latest)).isoformat(),
            "until": date.fromordinal(min(max(end, 1), latest)).isoformat(),
        }
        for name, (begin, end) in found.items()
    }


def _aim(window: Window, everything: Window) -> tuple[float, float]:
    """Where the window lies in the whole, in per cent: begin and width."""
    length = everything[1] - everything[0] + 1
    begin = min(max((window[0] - everything[0]) / length, 0), 1)
    end = min(max((window[1] + 1 - everything[0]) / length, 0), 1)
    return round(begin * 100, 3), round(max(end - begin, 0.004) * 100, 3)


def _shown(dated: Dated, event: Event, by: str, number: int) -> Shown:
    sign = event.polarity or "neutral"
    names = {
        "type": (event.cls,),
        "sign": (sign,),
        "actor": tuple({r.thing.label for r in event.roles if r.thing and r.role in _ACTING}),
    }
    sure = "" if event.factuality == "actual" else f", {event.factuality}"
    label = event.label.rpartition(",")[0] if event.when and "," in event.label else event.label
    cut = label if len(label) <= _LABEL else f"{label[: _LABEL - 1].rstrip()}…"
    return Shown(
        dated.begin,
        dated.end,
        names[by],
        f"/id/{event.id}",
        cut if number <= _LABELLED else "",
        f"{event.when}: {label}{sure}",
        f"{sign} {event.factuality}",
    )
