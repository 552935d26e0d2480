"""The offices of an entity over time: when texts say they were held, and when texts tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.networks.actor_index import BASES, ActorIndex, day
from graph.networks.columns import Numbers
from service.api.telling import Telling
from service.api.told.things import Evidence, Thing

_CLOSEST = 0.8
"""Percent of the chart's width that a bar has at least."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office that someone holds. ``begin`` and ``end`` are what texts say; ``told`` are days of texts."""

    title: str
    holder: Thing
    of: Thing | None
    begin: str | None
    end: str | None
    told: tuple[str, ...]
    evidence: list[Evidence]

    @property
    def days(self) -> list[str]:
        """All days that are known of it, in order."""
        return sorted({*self.told, *filter(None, (self.begin, self.end))})


@dataclass(frozen=True, slots=True)
class Bar:
    """Where an office stands in a chart, in percent of its width; ``is_said``: the text gives the time."""

    office: Office
    left: float
    width: float
    is_said: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of offices, and the years below them with their places in percent."""

    bars: list[Bar]
    years: list[tuple[int, float]]


def offices(tell: Telling, accounts: Numbers) -> list[Office]:
    """The offices that accounts tell of, the latest first; those without a holder are left out."""
    index = tell.index
    groups: dict[int, list[int]] = {}
    for account in accounts[index.account_basis[accounts] == BASES.index("tenure")].tolist():
        groups.setdefault(int(index.account_fact[account]), []).append(account)
    found = [office for group in groups.values() if (office := _office(tell, group))]
    return sorted(found, key=lambda o: (o.days[-1:], o.days[:1]), reverse=True)


def _office(tell: Telling, accounts: list[int]) -> Office | None:
    index = tell.index
    roles = {role.name: role.thing for account in accounts for role in index.roles(account)}
    if "holder" not in roles:
        return None
    begins = sorted(filter(None, (day(index.account_begin[a]) for a in accounts)))
    ends = sorted(filter(None, (day(index.account_end[a]) for a in accounts)))
    return Office(
        title=index.account_title[accounts[0]],
        holder=tell.thing(roles["holder"]),
        of=tell.known(roles["of"]) if "of" in roles else None,
        begin=begins[0] if begins else None,
        end=ends[-1] if ends else None,
        told=tuple(sorted({_issued(index, account) for account in accounts} - {""})),
        evidence=tell.evidence(accounts),
    )


def _issued(index: ActorIndex, account: int) -> str:
    """The first day of the issue of an account's document; empty where it is not known."""
    issued = index.issued[int(index.account_document[account])]
    return issued and f"{issued}-01-01"[:10]


def chart(found: list[Office]) -> Chart | None:
    """A chart of the offices with a date; None where there are not two different days."""
    dated = [office for office in found if office.days]
    ordinals = {d: date.fromisoformat(d).toordinal() for office in dated for d in office.days}
    if len(ordinals) < 2:
        return None
    first = date.fromordinal(min(ordinals.values())).year
    last = date.fromordinal(max(ordinals.values())).year + 1
    begin, length = (
        date(first, 1, 1).toordinal(),
        date(last, 1, 1).toordinal() - date(first, 1, 1).toordinal(),
    )

    def place(ordinal: int) -> float:
        return round(100 * (ordinal - begin) / length, 2)

    bars = []
    for office in dated:
        left, right = place(ordinals[office.days[0]]), place(ordinals[office.days[-1]])
        bars.append(Bar(office, left, max(right - left, _CLOSEST), bool(office.begin or office.end)))
    step = max(1, (last - first) // 8)
    years = [(year, place(date(year, 1, 1).toordinal())) for year in range(first, last, step)]
    return Chart(bars, years)
