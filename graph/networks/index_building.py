"""The index of actors, made from the statements of a snapshot."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np

from graph.iri import fold_lines
from graph.networks.actor_index import ROLES, ActorIndex
from graph.networks.columns import (
    NOTHING,
    Array,
    Lists,
    Numbers,
    Strings,
    digest_of,
    numbers,
    starts_of,
)
from graph.networks.fact_reading import Facts, read_facts
from graph.networks.index_reading import Statements
from graph.networks.numbered import Numbered, Table
from graph.networks.ties import Cast, speech_classes, ties
from ontology.schema import Schema

FORM = "3"
"""Part of the version of every index: one of another form is made anew."""


def build_index(table: Table, schema: Schema) -> ActorIndex:
    """The index of everything that the documents of a graph say.

    Args:
        table: asks the graph.
        schema: the ontology; classes and relations that it lacks are left out.
    """
    with _collector_paused():
        return _built(table, schema)


def _built(table: Table, schema: Schema) -> ActorIndex:
    read = Statements(Numbered(table), schema)
    facts = read_facts(read)
    names = sorted({*read.types, *(facts.names[kind] for kind in np.unique(facts.kinds).tolist())})
    columns = {
        **_thing_columns(read, names),
        **_document_columns(read),
        **_mention_columns(read),
        **_AccountColumns(read, facts).columns(names, schema),
    }
    index = ActorIndex(version="", types=tuple(names), **columns)
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


def _thing_columns(read: Statements, names: list[str]) -> dict[str, Any]:
    rows = range(len(read.things))
    labels = [read.labels.get(row) or read.things[row].rsplit("/", 1)[-1] for row in rows]
    forms, name_forms = _texts_of(read.forms, len(rows))
    links, link_iris = _texts_of(read.links, len(rows))
    folded = _folded(labels, read.forms)
    places = {name: place for place, name in enumerate(names)}
    return {
        "things": Strings.of(read.things),
        "labels": Strings.of(labels),
        "thing_type": numbers([places[name] for name in read.types]),
        "names": forms,
        "name_forms": name_forms,
        "links": links,
        "link_iris": link_iris,
        "folded": folded.letters,
        "folded_starts": folded.starts,
    }


def _folded(labels: Sequence[str], forms: Mapping[int, set[str]]) -> Strings:
    """The names of each thing as they are searched for, each with a newline after it."""
    names = [sorted({label, *forms[row]}) if row in forms else [label] for row, label in enumerate(labels)]
    flat = [name.replace("\n", " ") for of_row in names for name in of_row]
    lines = Strings.of(line + "\n" for line in fold_lines("\n".join(flat)).split("\n")[: len(flat)])
    return Strings(lines.letters, lines.starts[starts_of(np.array(list(map(len, names)), dtype=np.int64))])


def _document_columns(read: Statements) -> dict[str, Any]:
    def texts(name: str) -> Strings:
        return Strings.of(said.get(name, "") for said in read.texts)

    def things(name: str) -> Numbers:
        return numbers([read.rows.get(said.get(name, ""), NOTHING) for said in read.texts])

    return {
        "documents": Strings.of(read.documents),
        "identifiers": texts("identifier"),
        "titles": texts("title"),
        "texts": texts("text"),
        "issued": texts("issued"),
        "addresses": texts("source"),
        "publisher": things("publisher"),
        "document_spatial": things("spatial"),
    }


def _mention_columns(read: Statements) -> dict[str, Any]:
    table = np.array(read.mentions, dtype=np.int32).reshape(-1, 4)
    return {
        "mention_document": table[:, 0].copy(),
        "mention_begin": table[:, 1].copy(),
        "mention_end": table[:, 2].copy(),
        "mention_thing": table[:, 3].copy(),
        "mentions_of": Lists.grouped(table[:, 3], len(read.things)),
        "mentions_in": Lists.grouped(table[:, 0], len(read.documents)),
    }


class _AccountColumns:
    """The columns of accounts and of all that hangs on them, in the order of facts, then of documents."""

    def __init__(self, read: Statements, facts: Facts) -> None:
        self.read, self.facts = read, facts
        self.iris = sorted(set(facts.facts))
        places = {iri: place for place, iri in enumerate(self.iris)}
        fact = numbers([places[iri] for iri in facts.facts])
        self.order = np.lexsort((facts.documents, fact))
        self.rank = np.empty(len(fact), dtype=np.int32)
        self.rank[self.order] = np.arange(len(fact), dtype=np.int32)
        self.fact = fact[self.order]

    def columns(self, names: list[str], schema: Schema) -> dict[str, Any]:
        facts, order = self.facts, self.order
        kinds = np.array([names.index(n) if n in names else NOTHING for n in facts.names], dtype=np.int32)
        document, event = facts.documents[order], facts.things[order]
        fact_thing = np.full(len(self.iris), NOTHING, dtype=np.int32)
        fact_thing[self.fact] = event
        return {
            "facts": Strings.of(self.iris),
            "fact_thing": fact_thing,
            "fact_starts": starts_of(np.bincount(self.fact, minlength=len(self.iris))),
            "account_fact": self.fact,
            "account_document": document,
            "account_basis": facts.bases[order].astype(np.uint8),
            "account_type": kinds[facts.kinds[order]],
            "account_factuality": facts.factualities[order].astype(np.uint8),
            "account_begin": facts.begins[order],
            "account_end": facts.ends[order],
            "account_when": self.texts(facts.when),
            "account_says": self.texts(facts.says),
            "account_title": self.texts(facts.titles),
            "accounts_in": Lists.grouped(document, len(self.read.documents)),
            **self.role_columns(),
            **self.evidence_columns(),
            **self.tie_columns(schema),
        }

    def texts(self, said: Mapping[int, str]) -> Strings:
        """What is said of accounts, empty where nothing is."""
        return Strings.of(said.get(row, "") for row in self.order.tolist())

    def role_columns(self) -> dict[str, Any]:
        words = sorted({text for _, _, text in self.facts.words})
        places = {text: place for place, text in enumerate(words)}
        spoken = np.array([(a, role, places[t]) for a, role, t in self.facts.words], dtype=np.int64)
        size, things = len(self.read.things), self.facts.roles
        rows = np.concatenate([things, spoken.reshape(-1, 3) + np.array([0, 0, size])])
        account, role, filler = self.ordered(rows)
        is_thing = filler < size
        thing = np.where(is_thing, filler, NOTHING).astype(np.int32)
        return {
            "role_starts": starts_of(np.bincount(account, minlength=len(self.rank))),
            "role_account": account,
            "role_name": role.astype(np.uint8),
            "role_thing": thing,
            "role_words": np.where(is_thing, NOTHING, filler - size).astype(np.int32),
            "words": Strings.of(words),
            "roles_of": Lists.grouped(thing, size),
        }

    def ordered(self, rows: Array) -> tuple[Array, Array, Array]:
        """The columns account, role and filler of rows, by the new order of accounts."""
        account, size = self.rank[rows[:, 0]], int(rows[:, 2].max(initial=0)) + 1
        order = np.argsort((account * np.int64(len(ROLES)) + rows[:, 1]) * size + rows[:, 2])
        return account[order], rows[order, 1], rows[order, 2]

    def evidence_columns(self) -> dict[str, Any]:
        table = self.facts.sentences
        account = self.rank[table[:, 0]]
        order = np.lexsort((table[:, 2], table[:, 1], account))
        return {
            "evidence_starts": starts_of(np.bincount(account, minlength=len(self.rank))),
            "evidence_begin": table[order, 1],
            "evidence_end": table[order, 2],
        }

    def tie_columns(self, schema: Schema) -> dict[str, Any]:
        facts = self.facts
        cast = Cast(*self.ordered(facts.roles), len(self.rank))
        classes = speech_classes(schema)
        speech = np.array([name in classes for name in facts.names], dtype=np.bool_)[facts.kinds[self.order]]
        table = ties(cast, facts.bases[self.order], facts.things[self.order], speech)
        return tie_columns(table, len(self.read.things))


def tie_columns(table: Array, things: int) -> dict[str, Any]:
    """The columns of ties.

    Args:
        table: a row for each tie: from, to, account, kind, directed.
        things: the number of things.
    """
    ends = table[:, :2].T.reshape(-1)
    both = Lists.grouped(ends, things)
    return {
        "tie_from": table[:, 0].astype(np.int32),
        "tie_to": table[:, 1].astype(np.int32),
        "tie_account": table[:, 2].astype(np.int32),
        "tie_kind": table[:, 3].astype(np.uint8),
        "tie_directed": table[:, 4].astype(np.bool_),
        "ties_of": Lists(both.starts, both.values % max(len(table), 1)),
    }


def _texts_of(texts: Mapping[int, Iterable[str]], size: int) -> tuple[Lists, Strings]:
    """Texts by row, as rows of one table of texts."""
    known: dict[str, int] = {}
    lengths, values = np.zeros(size, dtype=np.int64), list[int]()
    for row in sorted(texts):
        of_row = [known.setdefault(text, len(known)) for text in sorted(texts[row])]
        lengths[row] = len(of_row)
        values += of_row
    return Lists(starts_of(lengths), numbers(values)), Strings.of(known)
