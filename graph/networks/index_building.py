"""The index of actors, made from the statements of a snapshot."""

from __future__ import annotations

import gc
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np

from graph.iri import fold
from graph.networks.actor_index import BASES, ActorIndex, TieKind
from graph.networks.columns import NOTHING, Array, Lists, Numbers, Strings, digest_of, numbers, starts_of
from graph.networks.index_reading import Account, Numbering, Rows, Statements
from graph.networks.ties import Tie, event_ties, speech_classes
from ontology.schema import Schema

FORM = "2"
"""Part of the version of every index: one of another form is made anew."""


def build_index(rows: Rows, schema: Schema) -> ActorIndex:
    """The index of everything that the documents of a graph say.

    Args:
        rows: reads the graph, one predicate at a time.
        schema: the ontology; classes and relations that it lacks are left out.
    """
    with _collector_paused():
        return _built(rows, schema)


def _built(rows: Rows, schema: Schema) -> ActorIndex:
    read = Statements(rows, schema)
    read.read()
    building = _Building(read)
    columns = {
        **building.thing_columns(),
        **building.document_columns(),
        **building.mention_columns(),
        **building.account_columns(),
        **building.tie_columns(),
    }
    index = ActorIndex(version="", types=tuple(building.types.of), **columns)
    return replace(index, version=f"{FORM}-{digest_of(index)}")


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Leave garbage alone for a while: millions of small objects are made, none of them in cycles."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class _Building:
    """The columns of what was read. Things and documents are renumbered by the order of their IRIs."""

    def __init__(self, read: Statements) -> None:
        self.read = read
        self.types = Numbering()
        self.rank = read.things.ranks()
        self.order = np.argsort(self.rank[:-1], kind="stable")
        self.documents = {iri: row for row, iri in enumerate(sorted(read.documents))}
        self.accounts = sorted(read.accounts.values(), key=lambda a: (a.fact, a.document))
        self.things = len(read.things.of)

    def thing(self, number: int) -> int:
        """The row of a thing by the number it had when it was read."""
        return int(self.rank[number])

    def thing_columns(self) -> dict[str, Any]:
        read, things = self.read, self.read.things.strings()
        labels = [
            read.labels.get(number, things[row].rsplit("/", 1)[-1]) for row, number in enumerate(self.order)
        ]
        names, name_forms = _texts_of(sorted(read.forms.get(n, ())) for n in self.order)
        links, link_iris = _texts_of(sorted(read.links.get(n, ())) for n in self.order)
        folded = Strings.of(
            "\n".join(fold(form) for form in sorted({label, *read.forms.get(n, ())})) + "\n"
            for n, label in zip(self.order, labels, strict=True)
        )
        return {
            "things": things,
            "labels": Strings.of(labels),
            "thing_type": numbers([self.types(read.types.get(n, "Entity")) for n in self.order]),
            "names": names,
            "name_forms": name_forms,
            "links": links,
            "link_iris": link_iris,
            "folded": folded.letters,
            "folded_starts": folded.starts,
        }

    def document_columns(self) -> dict[str, Any]:
        said = [self.read.documents[iri] for iri in self.documents]

        def texts(name: str) -> Strings:
            return Strings.of(d.get(name, "") for d in said)

        def things(name: str) -> Numbers:
            of = self.read.things.of
            return numbers([self.thing(of[d[name]]) if name in d else NOTHING for d in said])

        return {
            "documents": Strings.of(self.documents),
            "identifiers": texts("identifier"),
            "titles": texts("title"),
            "texts": texts("text"),
            "issued": texts("issued"),
            "addresses": texts("source"),
            "publisher": things("publisher"),
            "document_spatial": things("spatial"),
        }

    def mention_columns(self) -> dict[str, Any]:
        rows = sorted(
            {(self.documents[d], b, e, self.thing(t)) for t, d, b, e in self.read.mentions},
        )
        table = np.array(rows, dtype=np.int32).reshape(-1, 4)
        return {
            "mention_document": table[:, 0].copy(),
            "mention_begin": table[:, 1].copy(),
            "mention_end": table[:, 2].copy(),
            "mention_thing": table[:, 3].copy(),
            "mentions_of": Lists.grouped(table[:, 3], self.things),
            "mentions_in": Lists.grouped(table[:, 0], len(self.documents)),
        }

    def account_columns(self) -> dict[str, Any]:
        accounts = self.accounts
        facts = Numbering()
        fact = numbers([facts(a.fact) for a in accounts])
        document = numbers([self.documents[a.document] for a in accounts])
        fact_thing = np.full(len(facts.of), NOTHING, dtype=np.int32)
        fact_thing[fact] = self.rank[[a.thing for a in accounts]] if accounts else NOTHING
        return {
            "facts": Strings.of(facts.of),
            "fact_thing": fact_thing,
            "fact_starts": starts_of(np.bincount(fact, minlength=len(facts.of))),
            "account_fact": fact,
            "account_document": document,
            "account_basis": np.array([a.basis for a in accounts], dtype=np.uint8),
            "account_type": numbers([self.types(a.type) for a in accounts]),
            "account_factuality": np.array([a.factuality for a in accounts], dtype=np.uint8),
            "account_begin": numbers([a.begin for a in accounts]),
            "account_end": numbers([a.end for a in accounts]),
            "account_when": Strings.of(a.when for a in accounts),
            "account_says": Strings.of(a.says for a in accounts),
            "account_title": Strings.of(a.title for a in accounts),
            "accounts_in": Lists.grouped(document, len(self.documents)),
            **self.role_columns(),
            **self.evidence_columns(),
        }

    def role_columns(self) -> dict[str, Any]:
        words = Numbering()
        rows = [
            (row, role, self.thing(thing), words(text) if text else NOTHING)
            for row, account in enumerate(self.accounts)
            for role, thing, text in sorted(account.roles, key=lambda r: (r[0], self.thing(r[1]), r[2]))
        ]
        table = np.array(rows, dtype=np.int32).reshape(-1, 4)
        return {
            "role_starts": starts_of(np.bincount(table[:, 0], minlength=len(self.accounts))),
            "role_account": table[:, 0].copy(),
            "role_name": table[:, 1].astype(np.uint8),
            "role_thing": table[:, 2].copy(),
            "role_words": table[:, 3].copy(),
            "words": Strings.of(words.of),
            "roles_of": Lists.grouped(table[:, 2], self.things),
        }

    def evidence_columns(self) -> dict[str, Any]:
        spans = [sorted(a.sentences) for a in self.accounts]
        table = np.array([s for each in spans for s in each], dtype=np.int32).reshape(-1, 2)
        return {
            "evidence_starts": starts_of(np.array([len(each) for each in spans], dtype=np.int64)),
            "evidence_begin": table[:, 0].copy(),
            "evidence_end": table[:, 1].copy(),
        }

    def tie_columns(self) -> dict[str, Any]:
        speech = speech_classes(self.read.schema)
        flat = array("i")
        for row, account in enumerate(self.accounts):
            for one, other, kind, directed in _ties(account, self.rank, speech):
                flat.extend((one, other, row, kind, directed))
        return tie_columns(np.frombuffer(flat, dtype=np.int32).reshape(-1, 5), self.things)


def tie_columns(table: Array, things: int) -> dict[str, Any]:
    """The columns of ties.

    Args:
        table: a row for each tie: from, to, account, kind, directed.
        things: the number of things.
    """
    ends = table[:, :2].T.reshape(-1)
    both = Lists.grouped(ends, things)
    return {
        "tie_from": table[:, 0].copy(),
        "tie_to": table[:, 1].copy(),
        "tie_account": table[:, 2].copy(),
        "tie_kind": table[:, 3].astype(np.uint8),
        "tie_directed": table[:, 4].astype(np.bool_),
        "ties_of": Lists(both.starts, both.values % max(len(table), 1)),
    }


def _ties(account: Account, rows: Array, speech: frozenset[str]) -> Iterable[Tie]:
    things: Mapping[str, list[int]] = account.fillers(rows)
    if account.basis == BASES.index("event"):
        return event_ties(int(rows[account.thing]), things, account.type in speech)
    ends, kind = (
        (("holder", "of"), TieKind.TENURE)
        if account.basis == BASES.index("tenure")
        else (("subject", "object"), TieKind.RELATION)
    )
    return _direct_ties(things, ends, kind)


def _direct_ties(things: Mapping[str, list[int]], ends: tuple[str, str], kind: TieKind) -> Iterator[Tie]:
    """The ties of a tenure or relation, from the things in one role to those in another."""
    for one in things.get(ends[0], ()):
        yield from ((one, other, kind, True) for other in things.get(ends[1], ()) if other != one)


def _texts_of(lists: Iterable[list[str]]) -> tuple[Lists, Strings]:
    """Lists of texts as rows of one table of texts."""
    texts = Numbering()
    rows = [[texts(text) for text in each] for each in lists]
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    return Lists(starts_of(lengths), numbers([n for row in rows for n in row])), Strings.of(texts.of)
