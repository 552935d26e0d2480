"""What the documents of a snapshot state of facts, read into columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

import numpy as np

from graph.networks.actor_index import BASES, EVENT_ROLES, FACTUALITIES, ROLES
from graph.networks.columns import NOTHING, Array, Numbers
from graph.networks.index_reading import Statements
from graph.networks.numbered import Apart, Together
from ontology.schema import Schema

EVENT, TENURE, RELATION = range(len(BASES))
_SUBJECT, _OBJECT = ROLES.index("subject"), ROLES.index("object")
_ROLES = {f"dg:{role}": ROLES.index(role) for role in (*EVENT_ROLES, "holder", "of")}
_DETAILS = ("startDate", "endDate", "when", "says", "title")
_BOTH_ENDS = "?s rdf:subject ?one ; rdf:object ?other FILTER(isIRI(?one) && isIRI(?other))"
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


@dataclass(frozen=True, slots=True)
class _Details:
    """What is said of accounts in words: by row, and as rows."""

    said: tuple[dict[int, str], ...]
    words: list[tuple[int, int, str]]
    sentences: list[tuple[int, int, int]]


def read_facts(read: Statements, schema: Schema) -> Facts:
    """The facts that documents state.

    Args:
        read: what they state of everything else.
        schema: the ontology; classes and relations that it lacks are left out.
    """
    return _FactReading(read, schema).facts()


class _FactReading:
    """Accounts have the numbers of ``pairs``, of what states a fact and the document that does."""

    def __init__(self, read: Statements, schema: Schema) -> None:
        self.read = read
        self.events = sorted(
            ("Event", *schema.below("Event")), key=lambda name: (-len(schema.classes[name].ancestors), name)
        )
        self.names = [*self.events, "Tenure", *schema.properties]
        kinds = self.stating()
        self.pairs = Together(list(kinds))
        self.kinds = np.array(list(kinds.values()), dtype=np.int32)
        documents = {iri: row for row, iri in enumerate(read.documents)}
        self.documents = np.array([documents[graph] for _, graph in kinds], dtype=np.int32)
        wide = _ROLES | {"rdf:subject": _SUBJECT, "rdf:object": _OBJECT}
        narrow = {f"dg:factuality dg:{name.title()}": len(ROLES) + n for n, name in enumerate(FACTUALITIES)}
        rows = read.numbered.coded(wide, narrow, self.pairs, read.fillers)
        self.factualities = self.factuality(rows[rows[:, 1] >= len(ROLES)])
        self.roles = self.fillers(rows[rows[:, 1] < len(ROLES)])

    def stating(self) -> dict[tuple[str, str], int]:
        """What states a fact and the document that does, with the kind of fact, the most specific one."""
        numbered, kinds = self.read.numbered, dict[tuple[str, str], int]()
        first = len(self.events) + 1
        typed = {f"rdf:type dg:{name}": code for code, name in enumerate(self.names[:first])}
        related = {f"rdf:predicate dg:{name}": code for code, name in enumerate(self.names[first:], first)}
        documents = set(self.read.documents)
        for subject, graph, code in chain(numbered.stated(typed), numbered.stated(related, _BOTH_ENDS)):
            if graph in documents:
                kinds[subject, graph] = min(code, kinds.get((subject, graph), code))
        return kinds

    def fillers(self, rows: Array) -> Array:
        """The rows account, role, thing, in ascending order and each once."""
        things = np.array([self.read.rows[iri] for iri in self.read.fillers] or [0], dtype=np.int64)
        size = max(len(self.read.things), 1)
        packed = np.unique((rows[:, 0] * len(ROLES) + rows[:, 1]) * size + things[rows[:, 2]])
        packed, thing = np.divmod(packed, size)
        return np.stack([packed // len(ROLES), packed % len(ROLES), thing], axis=1)

    def factuality(self, rows: Array) -> Numbers:
        """That of each account; of several the last by alphabet, of none the first that there is."""
        order = np.argsort(np.argsort(FACTUALITIES)).astype(np.int32)
        greatest = np.zeros(len(self.kinds), dtype=np.int32)
        np.maximum.at(greatest, rows[:, 0], order[rows[:, 1] - len(ROLES)])
        found: Numbers = np.argsort(FACTUALITIES)[greatest].astype(np.int32)
        return found

    def facts(self) -> Facts:
        """All of them."""
        details, stated = self.details(), self.stated()
        begins, ends, when, says, titles = details.said
        bases = np.searchsorted([len(self.events), len(self.events) + 1], self.kinds, side="right")
        found = Facts(
            names=self.names,
            facts=stated,
            documents=self.documents,
            kinds=self.kinds,
            bases=bases.astype(np.int32),
            things=self.things(stated, bases),
            factualities=self.factualities,
            begins=_days(begins, len(stated)),
            ends=_days(ends, len(stated)),
            when=when,
            says=says,
            titles=titles,
            roles=self.roles,
            words=details.words,
            sentences=np.array(details.sentences, dtype=np.int32).reshape(-1, 3),
        )
        return _with_unstated(found, self.read)

    def stated(self) -> list[str]:
        """For each account the IRI of its fact or, of a relation, its triple."""
        read = self.read
        stated = [subject for subject, _ in self.pairs.pairs]
        relations = self.kinds > len(self.events)
        ends: dict[tuple[int, int], int] = {}
        for account, role, thing in self.roles[relations[self.roles[:, 0]]].tolist():
            ends.setdefault((account, role), thing)
        for row in np.flatnonzero(relations).tolist():
            one, other = (read.things[ends[row, role]] for role in (_SUBJECT, _OBJECT))
            stated[row] = _triple(one, self.names[self.kinds[row]], other)
        return stated

    def things(self, stated: Sequence[str], bases: Array) -> Numbers:
        """The things that events are."""
        things = np.full(len(stated), NOTHING, dtype=np.int32)
        rows = np.flatnonzero(bases == EVENT)
        things[rows] = [self.read.rows[stated[row]] for row in rows.tolist()]
        return things

    def details(self) -> _Details:
        """Dates, words and sentences; of several values the greatest, so that none depends on their order."""
        read, pairs = self.read, self.pairs
        graphs = self.documents.tolist()
        said: tuple[dict[int, str], ...] = tuple({} for _ in _DETAILS)
        sentences = set()
        codes = {f"dg:{name}": code for code, name in enumerate(_DETAILS)} | {"prov:wasDerivedFrom": NOTHING}
        for (row, code), text in read.numbered.worded(codes, pairs):
            if code != NOTHING:
                said[code][row] = max(text, said[code].get(row, ""))
            elif span := read.span(text, graphs[row]):
                sentences.add((row, *span))
        literals = read.numbered.worded(_ROLES, pairs, condition="isLiteral(?o)") if read.has_words else ()
        words = {(row, code, text) for (row, code), text in literals}
        return _Details(said, sorted(words), sorted(sentences))


def _with_unstated(facts: Facts, read: Statements) -> Facts:
    """Relations without a sentence too; they rest on where the document first names their subject."""
    stated = set(zip(facts.facts, facts.documents.tolist(), strict=True))
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for document, begin, end, thing in read.mentions:
        first.setdefault((thing, document), (begin, end))
    places = Apart(read.things, read.documents)
    rows = read.numbered.worded({f"dg:{_UNSTATED}": 0}, places, condition="isIRI(?o)")
    new = sorted({(subject, document, read.rows[iri]) for (subject, document, _), iri in rows})
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
