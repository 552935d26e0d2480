"""What the documents of a snapshot state of facts, read into columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from graph.networks.account_reading import DETAILS
from graph.networks.actor_index import BASES, FACTUALITIES, ROLES
from graph.networks.columns import NOTHING, Array, Numbers
from graph.networks.index_reading import Statements
from graph.networks.numbered import Within

EVENT, TENURE, RELATION = range(len(BASES))
_SUBJECT, _OBJECT = ROLES.index("subject"), ROLES.index("object")
_UNSTATED = "ofState"
"""A relation that documents state without an ``rdf:Statement`` that points at a sentence."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The accounts, in no order: a row each of the columns ``facts`` (IRIs, or triples) to ``ends``.

    ``kinds`` are places in ``names``; ``things`` are those that events are, else NOTHING; ``begins`` and
    ``ends`` are days. ``when``, ``says`` and ``titles`` have the rows of which something is said. ``roles``
    are the rows account, role, thing; ``words`` the same with words; ``sentences`` account, begin, end.
    """

    names: Sequence[str]
    facts: list[str]
    documents: Numbers
    kinds: Numbers
    bases: Numbers
    things: Numbers
    factualities: Numbers
    begins: Numbers
    ends: Numbers
    when: Mapping[int, str]
    says: Mapping[int, str]
    titles: Mapping[int, str]
    roles: Array
    words: list[tuple[int, int, str]]
    sentences: Array


def read_facts(read: Statements) -> Facts:
    """The facts that documents state, from what they state of everything."""
    return _with_unstated(_FactReading(read).facts(), read)


class _FactReading:
    """Accounts have the numbers of those of ``read.accounts``."""

    def __init__(self, read: Statements) -> None:
        self.read, self.accounts, self.telling = read, read.accounts, read.telling
        self.size = len(self.accounts.kinds)

    def facts(self) -> Facts:
        """All facts that something states."""
        accounts, roles = self.accounts, self.roles()
        events = len(accounts.event_names)
        stated = self.stated(roles)
        bases = np.searchsorted([events, events + 1], accounts.kinds, side="right")
        begins, ends, when, says, titles = self.details()
        return Facts(
            names=accounts.names,
            facts=stated,
            documents=accounts.documents_of,
            kinds=accounts.kinds,
            bases=bases.astype(np.int32),
            things=self.things(stated, bases),
            factualities=self.factualities(),
            begins=_days(begins, self.size),
            ends=_days(ends, self.size),
            when=when,
            says=says,
            titles=titles,
            roles=roles,
            words=sorted(set(self.telling.words)),
            sentences=self.sentences(),
        )

    def roles(self) -> Array:
        """The rows account, role, thing, in ascending order and each once."""
        rows, size = self.telling.roles, max(len(self.read.things), 1)
        things = self.read.numbers_of(self.telling.things)[rows[:, 2]]
        packed = np.sort((rows[:, 0] * len(ROLES) + rows[:, 1]) * size + things)
        packed, thing = np.divmod(packed[np.diff(packed, prepend=-1) > 0], size)
        return np.stack([packed // len(ROLES), packed % len(ROLES), thing], axis=1)

    def factualities(self) -> Numbers:
        """That of each account; of several the last by alphabet, of none the first that there is."""
        rows = self.telling.factuality
        order = np.argsort(np.argsort(FACTUALITIES)).astype(np.int32)
        greatest = np.zeros(self.size, dtype=np.int32)
        np.maximum.at(greatest, rows[:, 0], order[rows[:, 1]])
        found: Numbers = np.argsort(FACTUALITIES)[greatest].astype(np.int32)
        return found

    def stated(self, roles: Array) -> list[str]:
        """For each account the IRI of its fact or, of a relation, its triple."""
        accounts, things = self.accounts, self.read.things
        stated = [accounts.subjects[place] for place in accounts.subjects_of.tolist()]
        relations = accounts.kinds > len(accounts.event_names)
        ends: dict[tuple[int, int], int] = {}
        for account, role, thing in roles[relations[roles[:, 0]]].tolist():
            ends.setdefault((account, role), thing)
        for row in np.flatnonzero(relations).tolist():
            one, other = (things[ends[row, role]] for role in (_SUBJECT, _OBJECT))
            stated[row] = _triple(one, accounts.names[accounts.kinds[row]], other)
        return stated

    def things(self, stated: Sequence[str], bases: Array) -> Numbers:
        """The things that events are."""
        things = np.full(len(stated), NOTHING, dtype=np.int32)
        rows = np.flatnonzero(bases == EVENT)
        things[rows] = self.read.numbers_of([stated[row] for row in rows.tolist()])
        return things

    def details(self) -> tuple[dict[int, str], ...]:
        """What is said in words; of several values the greatest, so that none depends on their order."""
        said: tuple[dict[int, str], ...] = tuple({} for _ in DETAILS)
        for row, detail, text in self.telling.details:
            said[detail][row] = max(text, said[detail].get(row, ""))
        return said

    def sentences(self) -> Array:
        """The rows account, begin, end, in ascending order and each once."""
        graphs = self.accounts.documents_of.tolist()
        spans = ((row, self.read.span(phrase, graphs[row])) for row, phrase in self.telling.evidence)
        found = sorted({(row, *span) for row, span in spans if span})
        return np.array(found, dtype=np.int32).reshape(-1, 3)


def _with_unstated(facts: Facts, read: Statements) -> Facts:
    """Relations without a sentence too; they rest on where the document first names their subject."""
    stated = set(zip(facts.facts, facts.documents.tolist(), strict=True))
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for document, begin, end, thing in read.mentions:
        first.setdefault((thing, document), (begin, end))
    places = Within(read.things, read.documents)
    rows = read.numbered.worded({f"dg:{_UNSTATED}": 0}, places, condition="isIRI(?o)").rows()
    new = sorted({(subject, document, read.rows[iri]) for subject, document, _, iri in rows})
    triples = [_triple(read.things[one], _UNSTATED, read.things[other]) for one, _, other in new]
    kept = [n for n, (_, document, _) in enumerate(new) if (triples[n], document) not in stated]
    if not kept:
        return facts
    accounts = {n: len(facts.facts) + place for place, n in enumerate(kept)}
    roles = [
        (row, role, thing)
        for n, row in accounts.items()
        for role, thing in ((_SUBJECT, new[n][0]), (_OBJECT, new[n][2]))
    ]
    spans = {row: first.get(new[n][:2]) for n, row in accounts.items()}
    sentences = [(row, *span) for row, span in spans.items() if span]

    def more(column: Numbers, value: int) -> Numbers:
        return np.append(column, np.full(len(kept), value, dtype=np.int32))

    return replace(
        facts,
        facts=[*facts.facts, *(triples[n] for n in kept)],
        documents=np.append(facts.documents, np.array([new[n][1] for n in kept], dtype=np.int32)),
        kinds=more(facts.kinds, facts.names.index(_UNSTATED)),
        bases=more(facts.bases, RELATION),
        things=more(facts.things, NOTHING),
        factualities=more(facts.factualities, 0),
        begins=more(facts.begins, NOTHING),
        ends=more(facts.ends, NOTHING),
        roles=np.concatenate([facts.roles, np.array(roles, dtype=np.int64).reshape(-1, 3)]),
        sentences=np.concatenate([facts.sentences, np.array(sentences, dtype=np.int32).reshape(-1, 3)]),
    )


def _triple(subject: str, relation: str, object_: str) -> str:
    return f"{subject} {relation} {object_}"


def _days(texts: Mapping[int, str], size: int) -> Numbers:
    """A column of days from the texts of some rows."""
    column = np.full(size, NOTHING, dtype=np.int32)
    known: dict[str, int] = {}
    for row, text in texts.items():
        if text not in known:
            known[text] = _ordinal(text)
        column[row] = known[text]
    return column


def _ordinal(value: str) -> int:
    """The ordinal of a day; NOTHING where the value is none."""
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return NOTHING
