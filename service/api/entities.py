"""What the graph holds of entities, looked up in the index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph.iri import Namespace, fold
from graph.network import wikidata_of
from graph.networks.actor_index import BASES, Role
from graph.networks.columns import NOTHING, Numbers
from graph.networks.filters import entity_classes
from service.api.telling import Telling
from service.api.told.things import Entity, Found, Relation, Tenure

KINDS = {
    "person": "Person",
    "institution": "Institution",
    "territory": "Territory",
    "instrument": "Instrument",
    "event": "Event",
}
"""The kinds of things that have pages, and their classes."""
LATEST = 50
"""Events shown with an entity; its timeline has all."""


@dataclass(frozen=True, slots=True)
class Entities:
    """Looks entities up."""

    telling: Telling

    @property
    def names(self) -> Namespace:
        """The namespace of their IRIs."""
        return self.telling.names

    def found(self, words: str | None = None, kind: str | None = None) -> Numbers:
        """Entities by a part of any of their names and by kind, those mentioned most first.

        Raises:
            ParameterError: there is no such kind.
        """
        index, schema = self.telling.index, self.telling.schema
        kinds = (kind,) if kind else ("Entity", "Event")
        classes = entity_classes(schema, kinds)
        allowed = np.array([name in classes for name in index.types], dtype=np.bool_)
        things = np.arange(len(index.things), dtype=np.int32) if not words else index.matching(fold(words))
        things = things[allowed[index.thing_type[things]]]
        mentions = np.diff(index.mentions_of.starts)[things]
        order: Numbers = things[np.lexsort((things, -mentions))]
        return order

    def listed(self, thing: int) -> Found:
        """An entity as a search shows it."""
        index = self.telling.index
        rows = index.mentions_of[thing]
        documents = len(np.unique(index.mention_document[rows]))
        return Found(**dict(self.telling.thing(thing)), mentions=len(rows), documents=documents)

    def known(self, number: int) -> Entity:
        """All that is known of an entity."""
        index, telling = self.telling.index, self.telling
        accounts = index.accounts_of(number)
        events = telling.events(accounts)
        dated = [e for e in events if any(max(index.account_begin[a], index.account_end[a]) >= 0 for a in e)]
        undated = [e for e in events if e not in dated]
        fact = index.facts.find(index.things[number])
        own = [] if fact == NOTHING else list(index.accounts(fact))
        links = [index.link_iris[int(row)] for row in index.links[number]]
        forms = {index.name_forms[int(row)] for row in index.names[number]} | {index.labels[number]}
        return Entity(
            **dict(self.listed(number)),
            names=sorted(forms),
            wikidata=wikidata_of(index, number),
            links=links,
            first_mention=telling.first_mention(number),
            tenures=list(self.tenures(accounts)),
            relations=list(self.relations(number, accounts)),
            roles=telling.roles(own),
            accounts=[telling.account(account) for account in own],
            events=len(events),
            latest=[telling.event(group) for group in [*reversed(dated), *undated][:LATEST]],
        )

    def tenures(self, accounts: Numbers) -> Iterator[Tenure]:
        """The offices that accounts tell of, by title and holder."""
        index, telling = self.telling.index, self.telling
        for group in self._facts(accounts, "tenure"):
            roles = {role.name: role for account in group for role in index.roles(account)}
            yield Tenure(
                title=index.account_title[group[0]],
                holder=telling.thing(roles["holder"].thing),
                of=telling.known(roles["of"].thing) if "of" in roles else None,
                evidence=telling.evidence(group),
            )

    def relations(self, number: int, accounts: Numbers) -> Iterator[Relation]:
        """The relations of an entity."""
        index, telling = self.telling.index, self.telling
        for group in self._facts(accounts, "relation"):
            ends: dict[str, Role] = {role.name: role for role in index.roles(group[0])}
            inverse = ends["subject"].thing != number
            yield Relation(
                relation=index.account_class(group[0]),
                inverse=inverse,
                other=telling.thing(ends["subject" if inverse else "object"].thing),
                evidence=telling.evidence(group),
            )

    def _facts(self, accounts: Numbers, basis: str) -> list[list[int]]:
        """The accounts of facts of a basis, grouped by fact; tenures without a holder are left out."""
        index = self.telling.index
        groups: dict[int, list[int]] = {}
        for account in accounts[index.account_basis[accounts] == BASES.index(basis)].tolist():
            if basis != "tenure" or any(role.name == "holder" for role in index.roles(account)):
                groups.setdefault(int(index.account_fact[account]), []).append(account)
        return list(groups.values())
