"""The operation that sets two actors side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from graph.networks.actor_index import day
from graph.networks.filters import polarity_of
from graph.networks.traversal import neighbours
from graph.networks.view import View
from service.api import parameters as asked
from service.api.asked_index import telling, view
from service.api.operations import Operations
from service.api.telling import Telling
from service.api.told.accounts import CommonNeighbour, Compared, Stretch

operations = Operations()


@operations.get("/compare", Compared, parameters=asked.Comparison)
def compare(wanted: asked.Comparison) -> Compared:
    """Two actors side by side: events and neighbours in common, and how the tone between them moved."""
    tell = telling()
    a, b = tell.number(wanted.a), tell.number(wanted.b)
    seen = view(wanted)
    joint = (
        np.intersect1d(tell.index.accounts_of(a), tell.index.accounts_of(b)) if a != b else np.zeros(0, int)
    )
    groups = tell.events(joint[seen.fits(joint)])
    common = _common_neighbours(seen, a, b)
    between = neighbours(seen, a)
    row = np.flatnonzero((between.one == b) | (between.other == b)) if a != b else np.zeros(0, int)
    return Compared(
        a=tell.thing(a),
        b=tell.thing(b),
        edge=next(tell.edges(between.chosen(row), 3), None),
        common_events=len(groups),
        events=[tell.event(group) for group in groups[: wanted.limit]],
        common_neighbours=len(common),
        neighbours=[
            CommonNeighbour(thing=tell.thing(thing), a=one, b=other)
            for thing, one, other in common[: wanted.limit]
        ],
        tone=list(_tone(tell, groups, wanted.per)),
    )


def _common_neighbours(seen: View, a: int, b: int) -> list[tuple[int, int, int]]:
    """Things tied to both and the weight to each; those first that are tied most to the less tied one."""
    weights: list[dict[int, int]] = []
    for number in (a, b):
        edges = neighbours(seen, number)
        others = np.where(edges.one == number, edges.other, edges.one)
        weights.append(dict(zip(others.tolist(), edges.weight.tolist(), strict=True)))
    both = sorted(weights[0].keys() & weights[1].keys() - {a, b})
    found = [(thing, weights[0][thing], weights[1][thing]) for thing in both]
    return sorted(found, key=lambda item: (-min(item[1:]), -sum(item[1:]), item[0]))


def _tone(tell: Telling, groups: list[list[int]], per: str) -> Iterator[Stretch]:
    """Dated events by stretches of time; one that is not over in a stretch counts where it begins."""
    stretches: dict[str, Counter[str]] = {}
    for group in groups:
        begin = next((d for a in group if (d := day(tell.index.account_begin[a]))), None)
        if begin:
            sign = polarity_of(tell.schema, tell.index.account_class(group[0])) or "neutral"
            stretches.setdefault(_period(begin, per), Counter())[sign] += 1
    for period, signs in sorted(stretches.items()):
        signed = signs["cooperative"] + signs["conflictual"]
        yield Stretch(
            period=period,
            events=sum(signs.values()),
            cooperative=signs["cooperative"],
            conflictual=signs["conflictual"],
            neutral=signs["neutral"],
            tone=(signs["cooperative"] - signs["conflictual"]) / signed if signed else None,
        )


def _period(iso: str, per: str) -> str:
    """The year, month or quarter of a day: 2016, 2016-04, 2016-Q2."""
    if per == "quarter":
        return f"{iso[:4]}-Q{(int(iso[5:7]) + 2) // 3}"
    return iso[:4] if per == "year" else iso[:7]
