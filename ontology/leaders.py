"""Who led which state: heads of state and government, their deputies and foreign ministers, from a table.

Only used to choose among states that a text itself names: the table never adds a state to a text.
``names/SOURCES.md`` says where the rows come from.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from ontology.gazetteer import name_key

LeaderRole = Literal["state", "government", "deputy", "foreign"]

_ROLES: dict[str, LeaderRole] = {
    "state": "state",
    "government": "government",
    "deputy": "deputy",
    "foreign": "foreign",
}


@dataclass(frozen=True, slots=True)
class Leader:
    """One person's time in one role. ``start`` and ``end`` are years; None: unknown, or still in office."""

    state: str
    role: LeaderRole
    words: frozenset[str]
    start: int | None
    end: int | None

    def served(self, year: int) -> bool:
        """Whether the person held the role in a year, as far as known."""
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)


class Leaders:
    """The rows of the table by the words of their names."""

    def __init__(self, rows: tuple[Leader, ...]) -> None:
        self._by_word: dict[str, list[Leader]] = defaultdict(list)
        for row in rows:
            for word in row.words:
                self._by_word[word].append(row)

    def states(self, name: str, role: LeaderRole, year: int | None = None) -> frozenset[str]:
        """The ids of the states (``names/territories.csv``) of which a person of that name had a role.

        All words of ``name`` of two letters or more must be words of the row's name; a year narrows the
        choice where the table knows somebody who served then.
        """
        words = [w for w in name_key(name).split() if len(w) > 1 and w not in {"jr", "sr"}]
        if not words:
            return frozenset()
        rows = [r for r in self._by_word.get(words[-1], []) if r.role == role and r.words >= set(words)]
        serving = [r for r in rows if year is not None and r.served(year)]
        return frozenset(r.state for r in serving or rows)

    def terms(self, name: str, roles: Iterable[LeaderRole]) -> tuple[Leader, ...]:
        """The times that persons of this full name (two words or more) served in any of the roles."""
        words = {word for word in name_key(name).split() if len(word) > 1}
        rows = [row for word in sorted(words)[:1] for row in self._by_word.get(word, [])]
        wanted = frozenset(roles)
        return tuple(row for row in rows if len(words) > 1 and row.role in wanted and row.words >= words)


@cache
def load_leaders() -> Leaders:
    """Read ``names/leaders.csv``; some hundredths of a second.

    Raises:
        KeyError: a row has a role that is none.
    """
    table = (files("ontology") / "names" / "leaders.csv").read_text(encoding="utf-8")
    return Leaders(tuple(_leader(row) for row in csv.DictReader(table.splitlines())))


def _leader(row: dict[str, str]) -> Leader:
    return Leader(
        state=row["state"],
        role=_ROLES[row["role"]],
        words=frozenset(name_key(row["name"]).split()),
        start=int(row["from"]) if row["from"] else None,
        end=int(row["to"]) if row["to"] else None,
    )
