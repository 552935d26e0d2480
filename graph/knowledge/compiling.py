"""From things to the file of the knowledge base: one SQLite database, made whole or not at all."""

from __future__ import annotations

import math
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path

from pydantic import TypeAdapter

from graph.knowledge import keys
from graph.knowledge.keys import folded, person_key, shorter, skeleton
from ontology import title_words
from ontology.gazetteer import acronym_key, name_key
from ontology.knowledge_tables import Thing
from ontology.title_words import load_title_words, ministry_key

CODE = (Path(__file__), Path(keys.__file__), Path(title_words.__file__))
"""What decides the form of the file, besides the things in it."""

EXACT, FOLDED = 1.0, 0.95
"""How like a name is to one that shares its key, or its folded key."""

_TABLES = """
CREATE TABLE thing (id TEXT PRIMARY KEY, kind TEXT NOT NULL, qid TEXT NOT NULL, page TEXT NOT NULL,
  weight REAL NOT NULL, layer TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE alias (key TEXT, id TEXT, likeness REAL NOT NULL, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE word (word TEXT, country TEXT, id TEXT, PRIMARY KEY (word, country, id)) WITHOUT ROWID;
CREATE TABLE sound (sound TEXT, key TEXT, PRIMARY KEY (sound, key)) WITHOUT ROWID;
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_INDEXES = "CREATE INDEX thing_qid ON thing (qid); CREATE INDEX thing_page ON thing (page);"
_LISTED = 0.3  # weight of people of whom nothing is known but that a list has them
MINISTRIES = frozenset({"Ministry", "Government"})
"""Classes of which a state has one for each portfolio."""

_THING: TypeAdapter[Thing] = TypeAdapter(Thing)

Layer = tuple[str, Iterable[Thing]]


def compile_knowledge(layers: Iterable[Layer], version: str, path: Path) -> None:
    """Write the knowledge base of some layers; a thing of a later layer takes the place of an earlier one's.

    The file appears under its name only when it is complete, so that any number of processes may do this.

    Args:
        layers: names and things; things of one id within a layer count once, the first.
        version: what the base is told by.
        path: the file to make.

    Raises:
        OSError, sqlite3.Error: the file cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as db:
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
            db.execute("BEGIN")
            _fill(db, layers)
            db.execute("INSERT INTO fact VALUES ('version', ?)", (version,))
            db.execute("COMMIT")
            db.executescript(_INDEXES + "ANALYZE;")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _fill(db: sqlite3.Connection, layers: Iterable[Layer]) -> None:
    stack = _Stack()
    for layer, rows in layers:
        stack.add(layer, rows)
    ordered = [pair for _, pair in sorted(stack.things.items())]
    db.executemany("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)", (_row(*pair) for pair in ordered))
    aliases = sorted(chain.from_iterable(_aliases(thing) for _, thing in ordered))
    db.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?, -?)", aliases)
    words = {w for _, thing in ordered for w in _words(thing)}
    db.executemany("INSERT INTO word VALUES (?, ?, ?)", sorted(words))
    sounds = {(skeleton(w), key) for key, _, unlike in aliases if unlike != -FOLDED for w in key.split()}
    db.executemany("INSERT INTO sound VALUES (?, ?)", sorted(s for s in sounds if len(s[0]) > 1))


class _Stack:
    """Things of several layers by their ids, with the layer that spoke last of each."""

    def __init__(self) -> None:
        self.things: dict[str, tuple[str, Thing]] = {}
        self._by_qid: dict[tuple[str, str], str] = {}

    def add(self, layer: str, rows: Iterable[Thing]) -> None:
        for thing in rows:
            known = self._by_qid.get((thing.qid, thing.kind), thing.id) if thing.qid else thing.id
            old = self.things.get(known)
            if old is None:
                self.things[known] = (layer, thing)
            elif old[0] != layer:
                self.things[known] = (layer, joined(old[1], thing))
            if thing.qid:
                self._by_qid.setdefault((thing.qid, thing.kind), known)


def joined(old: Thing, new: Thing) -> Thing:
    """What two layers know of one thing: of two values the newer, of lists both."""
    held = {(o.title, o.of, o.start): o for o in (*old.offices, *new.offices)}
    names = dict.fromkeys((*old.forms, new.name, *new.forms))
    return replace(
        old,
        forms=tuple(n for n in names if n != old.name),
        qid=old.qid or new.qid,
        country=tuple(dict.fromkeys((*old.country, *new.country))),
        begun=new.begun or old.begun,
        ended=new.ended or old.ended,
        lat=old.lat if new.lat is None else new.lat,
        lon=old.lon if new.lon is None else new.lon,
        geonames=new.geonames or old.geonames,
        population=new.population or old.population,
        enwiki=new.enwiki or old.enwiki,
        host=new.host or old.host,
        offices=tuple(held.values()),
        sources=tuple(dict.fromkeys((*old.sources, *new.sources))),
        licence=old.licence if old.licence == new.licence else f"{old.licence}; {new.licence}",
    )


def _row(layer: str, thing: Thing) -> tuple[object, ...]:
    body = _THING.dump_json(thing, exclude_defaults=True)
    return thing.id, thing.kind, thing.qid, thing.enwiki, weight(thing), layer, body


def weight(thing: Thing) -> float:
    """How well known a thing is, from 0 to 1: by the highest office held, by population, by being listed."""
    if thing.kind == "person":
        words = load_title_words()
        best = max((words.weight(o.title) for o in thing.offices), default=0.0)
        listed = 0.2 if thing.enwiki else 0.0 if thing.offices else _LISTED
        return round(0.8 * best + listed, 3)
    if thing.population:
        return round(min(1.0, math.log10(thing.population) / 7.5), 3)
    return 0.5 if thing.id != thing.qid else 0.2  # chosen for the name tables, or merely known


def _aliases(thing: Thing) -> Iterator[tuple[str, str, float]]:
    """Every key of a thing's names, with the likeness of who meets it, below 0: the likest come first."""
    for name in (thing.name, *thing.forms):
        acronym = acronym_key(name)
        if acronym and thing.kind != "person":
            yield acronym, thing.id, -EXACT
            continue
        key = person_key(name) if thing.kind == "person" else name_key(name)
        if not key:
            continue
        yield key, thing.id, -EXACT
        yield folded(key), thing.id, -FOLDED
        if thing.kind == "person":
            for short, likeness in shorter(key):
                yield short, thing.id, -likeness


def _words(thing: Thing) -> Iterator[tuple[str, str, str]]:
    """What things of a country are found by: words of people's names, folded, and what a ministry is for."""
    words: set[str] = set()
    if thing.kind == "person":
        names = (thing.name, *thing.forms)
        words = {folded(w) for name in names for w in person_key(name).split() if len(w) > 1}
    elif thing.cls in MINISTRIES:
        words = {ministry_key(name, thing.country) for name in (thing.name, *thing.forms)} - {""}
    for word in words:
        for country in thing.country or ("",):
            yield word, country, thing.id
