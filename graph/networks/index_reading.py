"""What the documents of a snapshot state of facts, things and texts, read predicate by predicate."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from graph.iri import DG
from graph.networks.actor_index import BASES, EVENT_ROLES, FACTUALITIES, ROLES
from graph.networks.columns import NOTHING, Array, Strings
from graph.rdf import PREFIXES
from graph.store import Statement
from ontology.schema import Schema

Rows = Callable[[str], Iterable[Statement]]
"""What the named graphs state with one predicate, given by its IRI."""

_PHRASE = re.compile(r"(.*)#char=(\d+),(\d+)$")
_UNSTATED = ("ofState",)
"""Relations that documents state without an ``rdf:Statement`` that points at a sentence."""


class Numbering:
    """Numbers for texts, ``of`` them, in the order in which they come."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        """The number of a text, a new one where it has none."""
        return self.of.setdefault(text, len(self.of))

    def ranks(self) -> Array:
        """For each number the place of its text among all in ascending order, and NOTHING at the end."""
        order = sorted(range(len(self.of)), key=list(self.of).__getitem__)
        ranks = np.empty(len(order) + 1, dtype=np.int32)
        ranks[order] = np.arange(len(order), dtype=np.int32)
        ranks[-1] = NOTHING
        return ranks

    def strings(self) -> Strings:
        """The texts in ascending order."""
        return Strings.of(sorted(self.of))


@dataclass(slots=True)
class Account:
    """What one document says of one fact, as it is read; see ``graph.networks.actor_index``."""

    fact: str
    document: str
    basis: int
    type: str
    thing: int = NOTHING
    factuality: int = 0
    begin: int = NOTHING
    end: int = NOTHING
    when: str = ""
    says: str = ""
    title: str = ""
    roles: set[tuple[int, int, str]] = field(default_factory=set)
    sentences: set[tuple[int, int]] = field(default_factory=set)

    def fillers(self, rows: Array) -> dict[str, list[int]]:
        """The things in each role, ascending, by the row that each has in the index."""
        found: dict[str, list[int]] = defaultdict(list)
        for role, thing in sorted((role, int(rows[t])) for role, t, _ in self.roles if t != NOTHING):
            found[ROLES[role]].append(thing)
        return found


class Statements:
    """All that an index is made of, as it is read.

    ``types``, ``labels``, ``forms`` and ``links`` are by the number of a thing, ``documents`` by IRI,
    ``accounts`` by the IRIs of what states them and of the document.
    """

    def __init__(self, rows: Rows, schema: Schema) -> None:
        self.rows = rows
        self.schema = schema
        self.things = Numbering()
        self.types: dict[int, str] = {}
        self.documents: dict[str, dict[str, str]] = {}
        self.accounts: dict[tuple[str, str], Account] = {}
        self.labels: dict[int, str] = {}
        self.forms: dict[int, set[str]] = defaultdict(set)
        self.links: dict[int, set[str]] = defaultdict(set)
        self.mentions: list[tuple[int, str, int, int]] = []
        self.entities: frozenset[str] = frozenset(("Entity", *schema.below("Entity")))
        self.events: frozenset[str] = frozenset(("Event", *schema.below("Event")))

    def say(self, curie: str) -> Iterator[Statement]:
        """What the documents, and no other graphs, state with a predicate."""
        prefix, _, local = curie.partition(":")
        return (row for row in self.rows(PREFIXES[prefix] + local) if row[2] in self.documents)

    def read(self) -> None:
        """Read the graph, predicate by predicate."""
        self._read_types()
        self._read_relations()
        for name in EVENT_ROLES:
            self._read_role(f"dg:{name}", name)
        for name in ("holder", "of"):
            self._read_role(f"dg:{name}", name)
        self._read_details()
        self._read_sentences()
        self._read_names()
        self._read_documents()
        self._read_mentions()
        self._read_unstated()

    def _read_types(self) -> None:
        typed = [row for row in self.rows(PREFIXES["rdf"] + "type") if row[1].startswith(DG)]
        for subject, cls, graph, _ in typed:
            if cls == DG + "Document" and subject == graph:
                self.documents[graph] = {}
        for subject, cls, graph, _ in typed:
            if graph in self.documents:
                self._read_type(subject, cls.removeprefix(DG), graph)

    def _read_type(self, subject: str, cls: str, graph: str) -> None:
        if cls == "Tenure":
            self.accounts[subject, graph] = Account(subject, graph, BASES.index("tenure"), cls)
        elif cls in self.entities or cls in self.events:
            thing = self.things(subject)
            self.types[thing] = self._deeper(cls, self.types.get(thing))
            if cls in self.events:
                known = self.accounts.get((subject, graph))
                cls = self._deeper(cls, known.type if known else None)
                account = Account(subject, graph, BASES.index("event"), cls, thing)
                self.accounts[subject, graph] = account

    def _deeper(self, cls: str, other: str | None) -> str:
        """The more specific of two classes; of equally specific ones the first by alphabet."""
        if other is None:
            return cls
        return min(cls, other, key=lambda c: (-len(self.schema.classes[c].ancestors), c))

    def _read_relations(self) -> None:
        """Relations that point at their sentences; the same one in two documents is one fact."""
        parts: dict[str, dict[tuple[str, str], str]] = {}
        for name in ("subject", "predicate", "object"):
            parts[name] = {(s, g): o for s, o, g, literal in self.say(f"rdf:{name}") if not literal}
        for key, subject in parts["subject"].items():
            predicate, object_ = parts["predicate"].get(key), parts["object"].get(key)
            if predicate and object_ and predicate.removeprefix(DG) in self.schema.properties:
                self._relate(key, subject, predicate.removeprefix(DG), object_)

    def _relate(self, key: tuple[str, str], subject: str, name: str, object_: str) -> None:
        fact = f"{subject} {name} {object_}"
        account = Account(fact, key[1], BASES.index("relation"), name)
        account.roles.add((ROLES.index("subject"), self.thing(subject), ""))
        account.roles.add((ROLES.index("object"), self.thing(object_), ""))
        self.accounts[key] = account

    def thing(self, iri: str) -> int:
        """The number of a thing; one that no document describes is an entity of no closer class."""
        number = self.things(iri)
        self.types.setdefault(number, "Entity")
        return number

    def _read_role(self, predicate: str, name: str) -> None:
        role = ROLES.index(name)
        for subject, value, graph, literal in self.say(predicate):
            account = self.accounts.get((subject, graph))
            if account is not None:
                account.roles.add((role, NOTHING, value) if literal else (role, self.thing(value), ""))

    def _read_details(self) -> None:
        for account, value in self._of_accounts("dg:factuality"):
            name = value.removeprefix(DG).lower()
            account.factuality = FACTUALITIES.index(name) if name in FACTUALITIES else 0
        for account, value in self._of_accounts("dg:startDate"):
            account.begin = _ordinal(value)
        for account, value in self._of_accounts("dg:endDate"):
            account.end = _ordinal(value)
        for account, value in self._of_accounts("dg:when"):
            account.when = value
        for account, value in self._of_accounts("dg:says"):
            account.says = value
        for account, value in self._of_accounts("dg:title"):
            account.title = value

    def _of_accounts(self, predicate: str) -> Iterator[tuple[Account, str]]:
        """A property of accounts, in an order of its own, so that of several values the same one is kept."""
        several: dict[int, str] = {}
        for subject, value, graph, _ in self.say(predicate):
            account = self.accounts.get((subject, graph))
            if account is not None and several.setdefault(id(account), value) <= value:
                several[id(account)] = value
                yield account, value

    def _read_sentences(self) -> None:
        for subject, phrase, graph, _ in self.say("prov:wasDerivedFrom"):
            account = self.accounts.get((subject, graph))
            match = _PHRASE.match(phrase)
            if account is not None and match and match[1] == graph:
                account.sentences.add((int(match[2]), int(match[3])))

    def _read_names(self) -> None:
        known = self.things.of
        given: dict[int, Counter[str]] = defaultdict(Counter)
        for subject, value, _, _ in self.say("rdfs:label"):
            if subject in known:
                given[known[subject]][value] += 1
        for thing, labels in given.items():
            self.labels[thing] = min(labels, key=lambda label: (-labels[label], label))
            self.forms[thing].update(labels)
        for subject, value, _, _ in self.say("skos:altLabel"):
            if subject in known:
                self.forms[known[subject]].add(value)
        for subject, value, _, literal in self.rows(PREFIXES["owl"] + "sameAs"):
            if subject in known and not literal:
                self.links[known[subject]].add(value)

    def _read_documents(self) -> None:
        for curie in ("identifier", "title", "issued", "source", "publisher", "spatial"):
            for subject, value, graph, _ in self.say(f"dcterms:{curie}"):
                if subject == graph:
                    self.documents[graph][curie] = value
        for subject, value, graph, _ in self.say("nif:isString"):
            if subject == graph:
                self.documents[graph]["text"] = value
        for said in self.documents.values():
            for name in ("publisher", "spatial"):
                if name in said:
                    self.thing(said[name])

    def _read_mentions(self) -> None:
        for phrase, thing, graph, _ in self.say("itsrdf:taIdentRef"):
            match = _PHRASE.match(phrase)
            if match and match[1] == graph:
                self.mentions.append((self.thing(thing), graph, int(match[2]), int(match[3])))

    def _read_unstated(self) -> None:
        """Relations without a sentence rest on where the document first names their subject."""
        first: dict[tuple[int, str], tuple[int, int]] = {}
        for thing, graph, begin, end in self.mentions:
            key = (thing, graph)
            first[key] = min(first.get(key, (begin, end)), (begin, end))
        stated = {(a.fact, a.document) for a in self.accounts.values()}
        for name in _UNSTATED:
            for subject, value, graph, literal in list(self.say(f"dg:{name}")):
                if not literal and (f"{subject} {name} {value}", graph) not in stated:
                    statement = (f"{subject} {name} {value}", graph)
                    self._relate(statement, subject, name, value)
                    place = first.get((self.thing(subject), graph))
                    self.accounts[statement].sentences.update([place] if place else [])


def _ordinal(value: str) -> int:
    """The ordinal of a day; NOTHING where the value is none."""
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return NOTHING
