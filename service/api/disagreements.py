"""The operation that lists where documents tell one event differently."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from graph.networks.actor_index import BASES, FACTUALITIES, ActorIndex
from graph.networks.columns import NOTHING
from service.api import parameters as asked
from service.api.asked_index import telling, view
from service.api.operations import Operations
from service.api.paging import paged
from service.api.told.accounts import Differing, Disagreement

operations = Operations()


@operations.get("/disagreements", Differing, parameters=asked.Disagreements)
def disagreements(wanted: asked.Disagreements) -> Differing:
    """Events that several documents tell of, and differently."""
    tell = telling()
    seen = view(wanted, anything=True)
    told = np.flatnonzero(np.diff(tell.index.fact_starts) > 1)
    found = []
    for fact in told.tolist():
        accounts = np.array(tell.index.accounts(fact))
        if tell.index.account_basis[accounts[0]] == BASES.index("event"):
            kept = accounts[seen.fits(accounts)].tolist()
            if differs := _differences(tell.index, kept):
                found.append((fact, differs, kept))

    def shown(item: tuple[int, list[str], list[int]]) -> Disagreement:
        event = tell.thing(int(tell.index.fact_thing[item[0]]))
        return Disagreement(event=event, differs=item[1], accounts=[tell.account(a) for a in item[2]])

    return Differing(**paged(wanted, found, shown))


def _differences(index: ActorIndex, accounts: list[int]) -> list[str]:
    """In what accounts of one event differ.

    What one of them leaves open is no difference, nor is a date that is only more precise than another.
    """

    def roles(account: int, names: set[str]) -> frozenset[object]:
        return frozenset((r.thing, r.words) for r in index.roles(account) if r.name in names)

    aspects: dict[str, Callable[[int], object]] = {
        "class": index.account_class,
        "factuality": lambda a: FACTUALITIES[index.account_factuality[a]],
        "place": lambda a: roles(a, {"place"}),
        "participants": lambda a: roles(a, {"participant", "initiator", "recipient"}),
    }
    differing = [
        name
        for name, aspect in aspects.items()
        if len({value for account in accounts if (value := aspect(account))}) > 1
    ]
    return [*differing, "time"] if _apart(index, accounts) else differing


def _apart(index: ActorIndex, accounts: list[int]) -> bool:
    """Whether two of the accounts give an event times that do not touch."""
    begins, ends = index.account_begin[accounts], index.account_end[accounts]
    begins, ends = begins[begins != NOTHING], ends[ends != NOTHING]
    return bool(len(begins) and len(ends) and begins.max() > ends.min())
