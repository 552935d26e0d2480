"""What an edge rests on: the facts, reports and sentences behind it, how many of which kind, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from graph.networks.actor_index import BASES, FACTUALITIES, ActorIndex, TieKind, day
from graph.networks.columns import NOTHING
from graph.networks.filters import TIES, polarity_of
from graph.networks.view import Edges
from ontology.schema import Schema

TIE_NAMES = {kind: name for name, kinds in TIES.items() for kind in kinds} | {TieKind.ROLE: "role"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where a text says something: the document's number and identifier, the characters, and the words."""

    document: int
    identifier: str
    begin: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Fact:
    """An event, tenure or relation that ties two things, and the accounts of it that a filter kept.

    ``iri`` is that of an event or a tenure, None for a relation. ``polarity`` is None for these, and for an
    event where one of the two is only the source for what the other does. ``begin`` and ``end`` are ISO
    days, None where unknown or open.
    """

    number: int
    iri: str | None
    basis: str
    cls: str
    ties: tuple[str, ...]
    polarity: str | None
    factuality: str
    when: str
    begin: str | None
    end: str | None
    start: int
    goal: int
    directed: bool
    accounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bond:
    """An edge with its counts.

    ``facts`` are events, tenures and relations, ``weight`` their number and ``events`` that of the events
    among them; ``reports`` counts what each document says of each fact, ``documents`` the documents, and
    ``sentences`` the sentences. ``classes`` and ``ties`` count facts by class and by kind of tie.
    ``cooperative``, ``conflictual`` and ``neutral`` count events. ``first`` and ``last`` are ISO days.
    """

    one: int
    other: int
    weight: int
    events: int
    reports: int
    documents: int
    sentences: int
    cooperative: int
    conflictual: int
    neutral: int
    classes: dict[str, int]
    ties: dict[str, int]
    first: str | None
    last: str | None
    facts: tuple[Fact, ...]

    def latest(self) -> list[Fact]:
        """Its facts, those of the latest day first, those without a date last."""
        return sorted(self.facts, key=lambda f: (f.begin or f.end or "", -f.number), reverse=True)

    @property
    def tone(self) -> float | None:
        """Cooperative less conflictual events by their sum, from -1 to 1; None where there are neither."""
        signed = self.cooperative + self.conflictual
        return (self.cooperative - self.conflictual) / signed if signed else None

    @property
    def polarity(self) -> str:
        """The sign of the edge as a word, see ``sign``."""
        return sign(self.events, self.cooperative, self.conflictual)

    @property
    def factuality(self) -> str:
        """That of the surest of its facts."""
        return min((fact.factuality for fact in self.facts), key=FACTUALITIES.index)

    @property
    def spells(self) -> list[tuple[str | None, str | None]]:
        """The pairs of first and last day of its dated facts, each once, in ascending order."""
        dated = {(fact.begin, fact.end) for fact in self.facts if fact.begin or fact.end}
        return sorted(dated, key=lambda spell: (spell[0] or "", spell[1] or ""))


def sign(events: int, cooperative: int, conflictual: int) -> str:
    """The sign of an edge: mixed where it has events of both signs, none where it has no event."""
    if cooperative and conflictual:
        return "mixed"
    if cooperative or conflictual:
        return "cooperative" if cooperative else "conflictual"
    return "neutral" if events else "none"


def bonds(index: ActorIndex, schema: Schema, edges: Edges) -> Iterator[Bond]:
    """The edges with all they rest on, in their order."""
    for edge in range(len(edges)):
        ties = edges.behind(edge).tolist()
        yield _bond(index, schema, (int(edges.one[edge]), int(edges.other[edge])), ties)


def sentences(index: ActorIndex, account: int) -> Iterator[Sentence]:
    """The sentences that an account rests on."""
    document = int(index.account_document[account])
    spans = list(index.sentences(account))
    text = index.texts[document] if spans else ""
    for begin, end in spans:
        yield Sentence(document, index.identifiers[document], begin, end, text[begin:end])


def _bond(index: ActorIndex, schema: Schema, ends: tuple[int, int], ties: list[int]) -> Bond:
    by_fact: dict[int, list[int]] = {}
    for tie in ties:
        by_fact.setdefault(int(index.account_fact[index.tie_account[tie]]), []).append(tie)
    facts = tuple(fact_of(index, schema, number, behind) for number, behind in by_fact.items())
    accounts = {account for fact in facts for account in fact.accounts}
    signs = Counter(fact.polarity for fact in facts)
    days = sorted(d for fact in facts for d in (fact.begin, fact.end) if d)
    return Bond(
        *ends,
        weight=len(facts),
        events=sum(fact.basis == "event" for fact in facts),
        reports=len(accounts),
        documents=len({int(index.account_document[a]) for a in accounts}),
        sentences=sum(int(index.evidence_starts[a + 1] - index.evidence_starts[a]) for a in accounts),
        cooperative=signs["cooperative"],
        conflictual=signs["conflictual"],
        neutral=signs["neutral"],
        classes=_counted(fact.cls for fact in facts),
        ties=_counted(tie for fact in facts for tie in fact.ties),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        facts=facts,
    )


def fact_of(index: ActorIndex, schema: Schema, number: int, ties: list[int]) -> Fact:
    """One fact behind some ties; where documents differ, as the first of them tells it."""
    accounts = tuple(dict.fromkeys(int(index.tie_account[tie]) for tie in ties))
    account, tie = accounts[0], ties[0]
    basis = BASES[index.account_basis[account]]
    cls = index.account_class(account)
    kinds = {TieKind(index.tie_kind[t]) for t in ties}
    dates = [(index.account_begin[a], index.account_end[a]) for a in accounts]
    begin, end = next((d for d in dates if max(d) != NOTHING), (NOTHING, NOTHING))
    return Fact(
        number=number,
        iri=None if basis == "relation" else index.facts[number],
        basis=basis,
        cls=cls,
        ties=tuple(sorted({TIE_NAMES[kind] for kind in kinds})),
        polarity=None if kinds == {TieKind.REPORT} else polarity_of(schema, cls),
        factuality=FACTUALITIES[index.account_factuality[account]],
        when=next(filter(None, (index.account_when[a] for a in accounts)), ""),
        begin=day(begin),
        end=day(end),
        start=int(index.tie_from[tie]),
        goal=int(index.tie_to[tie]),
        directed=bool(index.tie_directed[tie]),
        accounts=accounts,
    )


def _counted(names: Iterator[str]) -> dict[str, int]:
    """How often each name occurs, the most frequent first, then by alphabet."""
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))
