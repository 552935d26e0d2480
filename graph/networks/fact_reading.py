"""What the documents of a snapshot state of facts, read into columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from graph.networks.actor_index import BASES, EVENT_ROLES, FACTUALITIES, ROLES
from graph.networks.columns import NOTHING, Array, Numbers
from graph.networks.index_reading import Statements
from ontology.schema import Schema

EVENT, TENURE, RELATION = range(len(BASES))
_SUBJECT, _OBJECT = ROLES.index("subject"), ROLES.index("object")
_FACTUALITY = len(ROLES)
"""The code of the first factuality in the rows of a graph; those of roles come before, of kinds after."""
_KIND = _FACTUALITY + len(FACTUALITIES)
_ROLES = {f"dg:{role}": ROLES.index(role) for role in (*EVENT_ROLES, "holder", "of")}
_DETAILS = ("startDate", "endDate", "when", "says", "title")
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
    """Accounts have the key ``subject * documents + document``; they are in the order of these."""

    def __init__(self, read: Statements, schema: Schema) -> None:
        self.read = read
        self.width = max(len(read.documents), 1)
        self.events = sorted(
            ("Event", *schema.below("Event")), key=lambda name: (-len(schema.classes[name].ancestors), name)
        )
        self.names = [*self.events, "Tenure", *schema.properties]
        things = np.array([read.rows[iri] for iri in read.fillers] or [0], dtype=np.int64)
        rows = read.numbered.coded(self.codes(), read.documents, read.subjects, read.fillers)
        rows = np.stack([rows[:, 0] * self.width + rows[:, 1], rows[:, 2], things[rows[:, 3]]], axis=1)
        self.keys, self.kinds, self.roles = self.accounts(rows)
        self.factualities = self.factuality(rows)

    def codes(self) -> dict[str, int]:
        """The codes of what the rows of facts are about."""
        codes = _ROLES | {"rdf:subject": _SUBJECT, "rdf:object": _OBJECT}
        codes |= {f"dg:factuality dg:{name.title()}": _FACTUALITY + n for n, name in enumerate(FACTUALITIES)}
        for code, name in enumerate(self.names, _KIND):
            is_relation = code > _KIND + len(self.events)
            codes[f"{'rdf:predicate' if is_relation else 'rdf:type'} dg:{name}"] = code
        return codes

    def accounts(self, rows: Array) -> tuple[Array, Numbers, Array]:
        """The keys of accounts, the kind of each, the most specific, and their roles as rows."""
        of_kind = rows[:, 1] >= _KIND
        keys, places = np.unique(rows[of_kind, 0], return_inverse=True)
        kinds = np.full(len(keys), len(self.names), dtype=np.int32)
        np.minimum.at(kinds, places, (rows[of_kind, 1] - _KIND).astype(np.int32))
        roles = rows[rows[:, 1] < _FACTUALITY]
        size = max(len(self.read.things), 1)
        packed, thing = np.divmod(
            np.unique((roles[:, 0] * len(ROLES) + roles[:, 1]) * size + roles[:, 2]), size
        )
        key, role = np.divmod(packed, len(ROLES))
        whole = np.intersect1d(key[role == _SUBJECT], key[role == _OBJECT])
        kept = (kinds <= len(self.events)) | np.isin(keys, whole)
        keys, kinds = keys[kept], kinds[kept]
        there, account = _places(keys, key)
        return keys, kinds, np.stack([account[there], role[there], thing[there]], axis=1)

    def factuality(self, rows: Array) -> Numbers:
        """That of each account; of several the last by alphabet, of none the first that there is."""
        rows = rows[(rows[:, 1] >= _FACTUALITY) & (rows[:, 1] < _KIND)]
        there, account = _places(self.keys, rows[:, 0])
        order = np.argsort(np.argsort(FACTUALITIES)).astype(np.int32)
        greatest = np.zeros(len(self.keys), dtype=np.int32)
        np.maximum.at(greatest, account[there], order[rows[there, 1] - _FACTUALITY])
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
            documents=(self.keys % self.width).astype(np.int32),
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
        stated = [read.subjects[row] for row in (self.keys // self.width).tolist()]
        relations = self.kinds > len(self.events)
        account, role, thing = self.roles[relations[self.roles[:, 0]]].T
        ends: dict[tuple[int, int], int] = {}
        for key, filler in zip(
            zip(account.tolist(), role.tolist(), strict=True), thing.tolist(), strict=True
        ):
            ends.setdefault(key, filler)
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
        read, account = self.read, {key: row for row, key in enumerate(self.keys.tolist())}
        said: tuple[dict[int, str], ...] = tuple({} for _ in _DETAILS)
        sentences, words = set(), set()
        codes = {f"dg:{name}": code for code, name in enumerate(_DETAILS)} | {"prov:wasDerivedFrom": NOTHING}
        for subject, graph, code, text in read.numbered.worded(codes, read.documents, read.subjects):
            row = account.get(subject * self.width + graph)
            if row is None:
                continue
            if code != NOTHING:
                said[code][row] = max(text, said[code].get(row, ""))
            elif span := read.span(text, graph):
                sentences.add((row, *span))
        literals = (
            read.numbered.worded(_ROLES, read.documents, read.subjects, condition="isLiteral(?o)")
            if read.has_words
            else ()
        )
        for subject, graph, code, text in literals:
            row = account.get(subject * self.width + graph)
            if row is not None and text:
                words.add((row, code, text))
        return _Details(said, sorted(words), sorted(sentences))


def _with_unstated(facts: Facts, read: Statements) -> Facts:
    """Relations without a sentence too; they rest on where the document first names their subject."""
    stated = set(zip(facts.facts, facts.documents.tolist(), strict=True))
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for document, begin, end, thing in read.mentions:
        first.setdefault((thing, document), (begin, end))
    rows = read.numbered.worded({f"dg:{_UNSTATED}": 0}, read.documents, read.things, condition="isIRI(?o)")
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
    places = {row: first.get(new[n][:2]) for n, row in accounts.items()}
    sentences = [(row, *place) for row, place in places.items() if place]

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


def _places(keys: Array, wanted: Array) -> tuple[Array, Array]:
    """Which of some values are among keys in ascending order, and the place of each that is."""
    places = np.searchsorted(keys, wanted)
    there = places < len(keys)
    there[there] = keys[places[there]] == wanted[there]
    return there, places


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
