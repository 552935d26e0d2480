"""Several accounts of one event in one document, told as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.model import Event, Factuality, Role

_SURENESS: tuple[Factuality, ...] = ("actual", "planned", "possible", "negated")


def as_told_once(accounts: Sequence[Event]) -> Event:
    """One account that says what several of one document say of one event.

    What is told as a fact stays one, whatever else is said of it; the source is named only where the document
    never vouches for the event itself; of several dates the narrowest is kept.

    Args:
        accounts: in the order of the text; at least one.
    """
    first, *others = accounts
    if not others:
        return first
    roles: dict[tuple[str, str | None, str | None], Role] = {}
    for role in (role for account in accounts for role in account.roles):
        roles.setdefault((role.name, role.entity, role.literal), role)
    dated = [a.when for a in accounts if a.when]
    sources = [a.source for a in accounts]
    return replace(
        first,
        sentences=tuple(sorted({s for a in accounts for s in a.sentences})),
        roles=tuple(roles.values()),
        factuality=min((a.factuality for a in accounts), key=_SURENESS.index),
        when=max(dated, key=lambda w: len(w.edtf), default=None),
        source=sources[0] if all(sources) else None,
        says=next((a.says for a in accounts if a.says), None),
        part_of=next((a.part_of for a in accounts if a.part_of), None),
    )
