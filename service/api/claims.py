"""The operation that lists who says what of whom."""

from __future__ import annotations

import numpy as np

from graph.networks.actor_index import TieKind
from graph.networks.columns import Array
from service.api import parameters as asked
from service.api.asked_index import telling, view
from service.api.operations import Operations
from service.api.paging import paged
from service.api.telling import Telling
from service.api.told.accounts import Claim, Said

operations = Operations()


@operations.get("/claims", Said, parameters=asked.Claims)
def claims(wanted: asked.Claims) -> Said:
    """Who speaks of whom: in acts of speech, or as the source for what others do."""
    tell = telling()
    index = tell.index
    about = None if wanted.about is None else tell.number(wanted.about)
    by = None if wanted.by is None else tell.number(wanted.by)
    one = by if by is not None else about
    ties = np.arange(len(index.tie_from), dtype=np.int32) if one is None else index.ties_of[one]
    ties = ties[np.isin(index.tie_kind[ties], (TieKind.CLAIM, TieKind.REPORT))]
    for column, number in ((index.tie_from, by), (index.tie_to, about)):
        ties = ties if number is None else ties[column[ties] == number]
    ties = ties[view(wanted, anything=True).fits(index.tie_account[ties])]
    return Said(**paged(wanted, _claims(tell, ties), lambda claim: _claim(tell, *claim)))


Spoken = tuple[int, TieKind, list[int], list[int]]


def _claims(tell: Telling, ties: Array) -> list[Spoken]:
    """Claims by speaker, way and event: whom they are about and the accounts of them, in order of time."""
    index = tell.index
    found: dict[tuple[int, int, int], tuple[set[int], set[int]]] = {}
    for tie in ties.tolist():
        account = int(index.tie_account[tie])
        key = (int(index.account_fact[account]), int(index.tie_from[tie]), int(index.tie_kind[tie]))
        topics, accounts = found.setdefault(key, (set(), set()))
        topics.add(int(index.tie_to[tie]))
        accounts.add(account)
    ordered = {group[0]: place for place, group in enumerate(tell.events(index.tie_account[ties]))}
    firsts = {int(index.account_fact[account]): place for account, place in ordered.items()}
    return [
        (speaker, TieKind(kind), sorted(topics), sorted(accounts))
        for (fact, speaker, kind), (topics, accounts) in sorted(
            found.items(), key=lambda item: (firsts[item[0][0]], item[0][1:])
        )
    ]


def _claim(tell: Telling, speaker: int, kind: TieKind, topics: list[int], accounts: list[int]) -> Claim:
    return Claim(
        speaker=tell.thing(speaker),
        about=[tell.thing(topic) for topic in topics],
        how="speech" if kind == TieKind.CLAIM else "report",
        event=tell.event(accounts),
    )
