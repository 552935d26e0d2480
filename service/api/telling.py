"""From rows of the index to the answers of the API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from graph.iri import Namespace
from graph.network import kind_of
from graph.networks.actor_index import BASES, FACTUALITIES, ActorIndex, day
from graph.networks.bonds import Bond, bonds, sentences
from graph.networks.bonds import Fact as BoundFact
from graph.networks.columns import NOTHING, Array
from graph.networks.filters import polarity_of
from graph.networks.view import Edges, thing_number
from ontology.schema import Schema
from service.api.told.edges import Edge, Fact
from service.api.told.things import Account, Event, Evidence, Role, Thing


@dataclass(frozen=True, slots=True)
class Telling:
    """Puts what an index holds into words of the API."""

    index: ActorIndex
    schema: Schema
    names: Namespace

    def iri(self, name: str) -> str:
        """The IRI of a thing by its id: KIND/NAME, or an IRI as it is."""
        return name if ":" in name else f"{self.names.base}id/{name}"

    def number(self, name: str) -> int:
        """The number of a thing by its id. Raises NotFoundError."""
        return thing_number(self.index, self.iri(name))

    def id(self, iri: str) -> str:
        """The id of a thing, by its IRI."""
        return iri.removeprefix(f"{self.names.base}id/")

    def thing(self, number: int) -> Thing:
        """A thing by its number."""
        cls, iri = self.index.type_of(number), self.index.things[number]
        label = self.index.labels[number]
        return Thing(id=self.id(iri), iri=iri, label=label, kind=kind_of(self.schema, cls), cls=cls)

    def known(self, number: int) -> Thing | None:
        """A thing by its number, None for NOTHING."""
        return None if number == NOTHING else self.thing(number)

    def document_id(self, number: int) -> str:
        """The name of a document in addresses."""
        return self.index.documents[number].removeprefix(f"{self.names.base}doc/")

    def evidence(self, accounts: Iterable[int]) -> list[Evidence]:
        """The sentences that accounts rest on."""
        return [
            Evidence(
                document=s.identifier,
                id=self.document_id(s.document),
                begin=s.begin,
                end=s.end,
                quote=s.quote,
            )
            for account in accounts
            for s in sentences(self.index, account)
        ]

    def edges(self, edges: Edges, facts: int) -> Iterator[Edge]:
        """Edges with the latest facts behind each."""
        for bond in bonds(self.index, self.schema, edges):
            yield self.edge(bond, facts)

    def edge(self, bond: Bond, facts: int) -> Edge:
        """An edge with the latest of the facts behind it."""
        return Edge(
            source=self.id(self.index.things[bond.one]),
            target=self.id(self.index.things[bond.other]),
            weight=bond.weight,
            events=bond.events,
            reports=bond.reports,
            documents=bond.documents,
            sentences=bond.sentences,
            cooperative=bond.cooperative,
            conflictual=bond.conflictual,
            neutral=bond.neutral,
            tone=bond.tone,
            polarity=bond.polarity,
            factuality=bond.factuality,
            classes=bond.classes,
            ties=bond.ties,
            first=bond.first,
            last=bond.last,
            facts=[self.fact(fact) for fact in bond.latest()[:facts]],
        )

    def fact(self, fact: BoundFact) -> Fact:
        """A fact behind an edge."""
        index = self.index
        thing = int(index.fact_thing[fact.number])
        if fact.basis == "event":
            label = index.labels[thing]
        else:
            name = index.account_title[fact.accounts[0]] or fact.cls
            label = f"{index.labels[fact.start]} – {name} – {index.labels[fact.goal]}"
        return Fact(
            id=self.id(fact.iri) if fact.basis == "event" and fact.iri else None,
            label=label,
            basis=fact.basis,
            cls=fact.cls,
            ties=list(fact.ties),
            polarity=fact.polarity,
            factuality=fact.factuality,
            when=fact.when or None,
            begin=fact.begin,
            end=fact.end,
            source=self.id(index.things[fact.start]),
            target=self.id(index.things[fact.goal]),
            directed=fact.directed,
            reports=len(fact.accounts),
            evidence=self.evidence(fact.accounts),
        )

    def roles(self, accounts: Iterable[int]) -> list[Role]:
        """Who and what has a role in accounts, each once; a participant of a closer role by that alone."""
        roles = list(dict.fromkeys(role for account in accounts for role in self.index.roles(account)))
        closer = {role.thing for role in roles if role.name in {"initiator", "recipient"}}
        return [
            Role(role=role.name, thing=self.known(role.thing), words=role.words or None)
            for role in roles
            if role.name != "participant" or role.thing not in closer
        ]

    def event(self, accounts: list[int]) -> Event:
        """An event by the accounts of it that count."""
        index, first = self.index, accounts[0]
        thing = int(index.fact_thing[index.account_fact[first]])
        dated = next((a for a in accounts if index.account_when[a]), first)
        says = next(filter(None, (index.account_says[a] for a in accounts)), None)
        cls = index.account_class(first)
        return Event(
            id=self.id(index.things[thing]),
            iri=index.things[thing],
            label=index.labels[thing],
            cls=cls,
            polarity=polarity_of(self.schema, cls),
            factuality=FACTUALITIES[index.account_factuality[first]],
            when=index.account_when[dated] or None,
            begin=day(index.account_begin[dated]),
            end=day(index.account_end[dated]),
            says=says,
            roles=self.roles(accounts),
            reports=len(accounts),
            evidence=self.evidence(accounts),
        )

    def account(self, account: int) -> Account:
        """What one document says of an event."""
        index = self.index
        document = int(index.account_document[account])
        return Account(
            document=index.identifiers[document],
            publisher=self.known(int(index.publisher[document])),
            issued=index.issued[document] or None,
            cls=index.account_class(account),
            factuality=FACTUALITIES[index.account_factuality[account]],
            when=index.account_when[account] or None,
            begin=day(index.account_begin[account]),
            end=day(index.account_end[account]),
            says=index.account_says[account] or None,
            roles=self.roles([account]),
            evidence=self.evidence([account]),
        )

    def events(self, accounts: Array) -> list[list[int]]:
        """Accounts of events, grouped by event, in the order of time; those without a date last."""
        index = self.index
        accounts = accounts[index.account_basis[accounts] == BASES.index("event")]
        groups: dict[int, list[int]] = {}
        for account in np.unique(accounts).tolist():
            groups.setdefault(int(index.account_fact[account]), []).append(account)
        return sorted(groups.values(), key=lambda group: (self._time(group), group[0]))

    def _time(self, accounts: list[int]) -> int:
        """The first day of the first dated account; beyond all days where none is dated."""
        for account in accounts:
            begin, end = self.index.account_begin[account], self.index.account_end[account]
            if max(begin, end) != NOTHING:
                return int(begin if begin != NOTHING else end)
        return 4_000_000

    def first_mention(self, thing: int) -> Evidence | None:
        """Where the first document that names a thing does so first."""
        rows = self.index.mentions_of[thing]
        return self.mention(int(rows[0])) if len(rows) else None

    def mention(self, row: int) -> Evidence:
        """A mention by its row."""
        index = self.index
        document = int(index.mention_document[row])
        begin, end = int(index.mention_begin[row]), int(index.mention_end[row])
        return Evidence(
            document=index.identifiers[document],
            id=self.document_id(document),
            begin=begin,
            end=end,
            quote=index.texts[document][begin:end],
        )
