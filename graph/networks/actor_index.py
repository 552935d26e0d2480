"""The compact index of who is tied to whom: made once from a snapshot, kept beside it, mapped from disk.

Everything is a column of numbers (see ``graph.networks.columns``), so that a million ties take some tens of
megabytes and open at once. A *fact* is an event, a tenure or a relation; an *account* is what one document
says of one fact, and holds what filters ask for; a *tie* joins two things by an account.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from graph.networks.columns import NOTHING, Lists, Numbers, Places, Strings

FACTUALITIES = ("actual", "planned", "possible", "negated")
BASES = ("event", "tenure", "relation")
"""What a fact is; ``account_basis`` counts in this order."""
EVENT_ROLES = ("initiator", "recipient", "participant", "place", "about", "source")
ROLES = (*EVENT_ROLES, "holder", "of", "subject", "object")
"""What things are in accounts; the last four in tenures and relations."""


class TieKind(IntEnum):
    """How an account joins two things."""

    TOGETHER = 0  # both take part in an event
    TENURE = 1  # a person holds an office of a state or institution
    RELATION = 2  # a relation such as dg:memberOf
    CLAIM = 3  # one speaks of the other: criticises, backs, says something about
    PLACE = 4  # one takes part in an event at the other
    TOPIC = 5  # one takes part in an event that concerns the other
    ROLE = 6  # one has a role in the other, which is the event
    REPORT = 7  # one is the source for what the other does; says nothing of the two's own terms


@dataclass(frozen=True, slots=True)
class Role:
    """A place in an account and who or what fills it: a thing by number, or words."""

    name: str
    thing: int
    words: str


@dataclass(frozen=True, slots=True)
class ActorIndex:
    """The columns. Those of one table begin with the same word; a number in a column is a row of a table.

    ``things`` (their IRIs), ``documents`` and ``facts`` are in ascending order; accounts are in the order of
    their facts, then of their documents. Days are proleptic ordinals (``date.toordinal``).
    """

    version: str
    types: tuple[str, ...]  # local names of the ontology

    things: Strings
    labels: Strings
    thing_type: Numbers
    names: Lists  # of each thing, rows of name_forms
    name_forms: Strings
    links: Lists  # of each thing, rows of link_iris
    link_iris: Strings
    folded: NDArray[np.uint8]  # all names, folded, a line break after each thing
    folded_starts: Places

    documents: Strings
    identifiers: Strings
    titles: Strings
    texts: Strings
    issued: Strings
    addresses: Strings
    publisher: Numbers
    document_spatial: Numbers

    mention_thing: Numbers
    mention_document: Numbers
    mention_begin: Numbers
    mention_end: Numbers
    mentions_of: Lists
    mentions_in: Lists

    facts: Strings
    fact_thing: Numbers
    fact_starts: Places  # its accounts

    account_fact: Numbers
    account_document: Numbers
    account_basis: NDArray[np.uint8]
    account_type: Numbers
    account_factuality: NDArray[np.uint8]
    account_begin: Numbers
    account_end: Numbers
    account_when: Strings
    account_says: Strings
    account_title: Strings
    accounts_in: Lists

    role_starts: Places
    role_account: Numbers
    role_name: NDArray[np.uint8]
    role_thing: Numbers
    role_words: Numbers
    words: Strings
    roles_of: Lists

    evidence_starts: Places
    evidence_begin: Numbers
    evidence_end: Numbers

    tie_from: Numbers
    tie_to: Numbers
    tie_account: Numbers
    tie_kind: NDArray[np.uint8]
    tie_directed: NDArray[np.bool_]
    ties_of: Lists

    def type_of(self, thing: int) -> str:
        """The class of a thing, the most specific that a document gives it."""
        return self.types[int(self.thing_type[thing])]

    def account_class(self, account: int) -> str:
        """The class of an event, "Tenure", or the property of a relation."""
        return self.types[int(self.account_type[account])]

    def roles(self, account: int) -> Iterator[Role]:
        """Who and what an account is about."""
        for row in range(self.role_starts[account], self.role_starts[account + 1]):
            words = int(self.role_words[row])
            yield Role(
                ROLES[self.role_name[row]],
                int(self.role_thing[row]),
                self.words[words] if words != NOTHING else "",
            )

    def accounts_of(self, thing: int) -> Numbers:
        """The accounts in which a thing has a role, ascending."""
        rows = self.role_account[self.roles_of[thing]]
        return np.unique(rows)

    def sentences(self, account: int) -> Iterator[tuple[int, int]]:
        """Where the sentences that an account rests on begin and end in the text of its document."""
        for row in range(self.evidence_starts[account], self.evidence_starts[account + 1]):
            yield int(self.evidence_begin[row]), int(self.evidence_end[row])

    def accounts(self, fact: int) -> range:
        """What the documents say of a fact."""
        return range(int(self.fact_starts[fact]), int(self.fact_starts[fact + 1]))

    def matching(self, words: str) -> Numbers:
        """The things one of whose names, folded, holds folded words."""
        wanted = words.encode("utf-8")
        text = self.folded.tobytes()
        found, place = [], text.find(wanted) if wanted else -1
        while place >= 0:
            thing = int(np.searchsorted(self.folded_starts, place, side="right")) - 1
            found.append(thing)
            place = text.find(wanted, int(self.folded_starts[thing + 1]))
        return np.array(found, dtype=np.int32)


def day(ordinal: int) -> str | None:
    """A day of a column as ``YYYY-MM-DD``; None where there is none."""
    return None if ordinal == NOTHING else date.fromordinal(int(ordinal)).isoformat()
