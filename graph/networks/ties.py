"""Which things accounts tie to each other, and how; for all accounts at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.networks.actor_index import BASES, ROLES, TieKind
from graph.networks.columns import Array, Places, ranges, starts_of
from ontology.schema import Schema

SPEECH = ("Statement", "Criticism", "Threat", "Request", "Proposal", "Support")
"""Classes of events, with those below them, whose initiator speaks of what the event is about."""

_INITIATOR, _RECIPIENT = ROLES.index("initiator"), ROLES.index("recipient")


def speech_classes(schema: Schema) -> frozenset[str]:
    """The classes of SPEECH with all below them."""
    return frozenset(name for top in SPEECH for name in (top, *schema.below(top)))


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what is in accounts: rows of ``account``, ``role`` and ``thing``, in their order, each once."""

    account: Array
    role: Array
    thing: Array
    accounts: int

    def of(self, *names: str) -> Cast:
        """Those with one of some roles."""
        return self.chosen(np.isin(self.role, [ROLES.index(name) for name in names]))

    def chosen(self, kept: Array) -> Cast:
        """Some of the rows, in their order."""
        return Cast(self.account[kept], self.role[kept], self.thing[kept], self.accounts)

    def each_once(self) -> Cast:
        """Every thing of an account once, with the first of its roles, in the order of these."""
        key = self.account.astype(np.int64) * (int(self.thing.max(initial=0)) + 1) + self.thing
        return self.chosen(np.sort(np.unique(key, return_index=True)[1]))

    def beside(self, other: Cast) -> tuple[Array, Array]:
        """All pairs of a row of this and a row of another of the same account, as places."""
        starts = starts_of(np.bincount(other.account, minlength=self.accounts))
        begins, ends = starts[self.account], starts[self.account + 1]
        return np.repeat(np.arange(len(self.account)), ends - begins), ranges(begins, ends)

    def has(self, other: Cast) -> Array:
        """For each row whether another cast has the same thing in the same account."""
        size = int(max(self.thing.max(initial=0), other.thing.max(initial=0))) + 1
        own, others = (each.account.astype(np.int64) * size + each.thing for each in (self, other))
        return np.isin(own, others)


def ties(cast: Cast, bases: Array, events: Array, speech: Array) -> Places:
    """The ties of accounts, as rows from, to, account, kind, directed, in the order of accounts.

    Those who take part in an event are tied to each other, from the initiator to the recipient where the text
    gives both; to the place; to what the event concerns, as a claim where it is an act of speech; to the
    source for what they do; and everything has a role in the event. Tenures tie holders to what they hold an
    office of, relations subjects to objects.

    Args:
        cast: who and what is in the accounts.
        bases: of each account, its place among BASES.
        events: of each account, the thing that its event is.
        speech: of each account, whether it is one of speech.
    """
    of_event = bases[cast.account] == BASES.index("event")
    others, event = cast.chosen(~of_event), cast.chosen(of_event)
    actors = event.of("initiator", "recipient", "participant").each_once()
    places, topics, sources = event.of("place"), event.of("about"), event.of("source")
    speaks = speech[actors.account] & actors.has(event.of("initiator"))
    found = [
        _together(event, actors),
        _direct(actors, places, TieKind.PLACE),
        _direct(actors.chosen(speaks), topics, TieKind.CLAIM),
        _direct(actors.chosen(~speech[actors.account]), topics, TieKind.TOPIC),
        _direct(sources, actors, TieKind.REPORT),
        _in_event(event.each_once(), events),
        _direct(others.of("holder"), others.of("of"), TieKind.TENURE),
        _direct(others.of("subject"), others.of("object"), TieKind.RELATION),
    ]
    table = np.concatenate(found)
    ordered: Places = table[np.argsort(table[:, 2], kind="stable")]
    return ordered


def _direct(one: Cast, other: Cast, kind: TieKind) -> Places:
    """Ties from each of one cast to each of another."""
    left, right = one.beside(other)
    apart = one.thing[left] != other.thing[right]
    return _rows(one.thing[left][apart], other.thing[right][apart], one.account[left][apart], kind, True)


def _in_event(cast: Cast, events: Array) -> Places:
    """Ties from each thing to the event that it has a role in."""
    event = events[cast.account]
    apart = cast.thing != event
    return _rows(cast.thing[apart], event[apart], cast.account[apart], TieKind.ROLE, True)


def _together(event: Cast, actors: Cast) -> Places:
    """Ties between any two who take part."""
    ends = starts_of(np.bincount(actors.account, minlength=actors.accounts))[actors.account + 1]
    places = np.arange(len(actors.account))
    left, right = np.repeat(places, ends - places - 1), ranges(places + 1, ends)
    does, undergoes = (actors.has(event.of(role)) for role in ("initiator", "recipient"))
    both = np.ones(actors.accounts, dtype=np.bool_)
    for role in (_INITIATOR, _RECIPIENT):
        both &= np.bincount(event.account[event.role == role], minlength=actors.accounts) > 0
    onward = does[left] & undergoes[right]
    back = does[right] & undergoes[left]
    directed = both[actors.account[left]] & (onward != back)
    one, other = actors.thing[left], actors.thing[right]
    backwards = directed & back
    return _rows(
        np.where(backwards, other, one),
        np.where(backwards, one, other),
        actors.account[left],
        TieKind.TOGETHER,
        directed,
    )


def _rows(one: Array, other: Array, account: Array, kind: TieKind, directed: Array | bool) -> Places:
    columns = np.broadcast_arrays(one, other, account, int(kind), directed)
    table: Places = np.stack(columns, axis=1).astype(np.int64)
    return table
