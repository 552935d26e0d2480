"""The offline knowledge base: what the world calls a name, asked of one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter
from rapidfuzz.distance import Indel, JaroWinkler

from graph.errors import KnowledgeError
from graph.knowledge.compiling import EXACT, FOLDED
from graph.knowledge.keys import folded, person_key, shorter, skeleton, turned
from ontology.gazetteer import acronym_key, name_key
from ontology.knowledge_tables import Thing, ThingKind
from ontology.title_words import ministry_key

CLOSE = 0.93
"""Likeness that each word of a fuzzy name needs at least (Jaro-Winkler)."""

ACRONYM = 0.85
"""How like a name in capitals alone is to another: less than a whole name, since many share letters."""

SHORTENED = "without middle names"

_MANY = 400  # names that are compared for one fuzzy look-up
_LONG = 6  # letters of a word that may lack one, or have one too many
_KEPT = 4096  # things kept in memory
_THING: TypeAdapter[Thing] = TypeAdapter(Thing)


@dataclass(frozen=True, slots=True)
class Match:
    """A thing whose name is like one that was asked for; ``how`` says by which key."""

    id: str
    likeness: float
    how: str


@dataclass(frozen=True, slots=True)
class Known:
    """A thing with what the base adds: how well known it is, from 0 to 1, and the layer it comes from."""

    thing: Thing
    weight: float
    layer: str


class KnowledgeBase:
    """Look-ups of names, exact in far less than a millisecond, fuzzy in a few. Not for several threads."""

    def __init__(self, path: Path) -> None:
        """Open the file of ``graph.knowledge.compiling``.

        Raises:
            KnowledgeError: it is missing or damaged.
        """
        self.path = path
        try:
            self._db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
            row = self._db.execute("SELECT value FROM fact WHERE name = 'version'").fetchone()
        except sqlite3.Error as error:
            raise KnowledgeError(f"{path} cannot be used: {error}.", "Delete it; it is made anew.") from error
        self.version: str = row[0] if row else ""
        self._known = lru_cache(_KEPT)(self._read)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def get(self, identifier: str) -> Known | None:
        """The thing of an id of the tables or of a Wikidata number; None where there is none."""
        return self._known(identifier)

    def by_qid(self, qid: str) -> tuple[Known, ...]:
        """The things that have a Wikidata number."""
        rows = self._db.execute("SELECT id FROM thing WHERE qid = ? ORDER BY id", (qid,))
        return tuple(known for (id_,) in rows.fetchall() if (known := self.get(id_)))

    def by_page(self, title: str) -> tuple[Known, ...]:
        """The things that have a page of this title in the English Wikipedia."""
        rows = self._db.execute("SELECT id FROM thing WHERE page = ? ORDER BY id", (title,))
        return tuple(known for (id_,) in rows.fetchall() if (known := self.get(id_)))

    def exact(self, name: str, kind: ThingKind | None = None) -> tuple[Match, ...]:
        """Things of that name, whatever its case, accents, punctuation and transliteration; best first.

        Names in capitals alone ("WHO") are found in capitals alone. Of people, forms of address, the order
        of the names and what stands between first and last do not matter.
        """
        found: dict[str, Match] = {}
        acronym = acronym_key(name)
        if acronym and kind != "person":
            self._collect(found, (acronym, ACRONYM, "acronym"), kind)
        for key in _keys(name, kind):
            self._collect(found, key, kind)
        return tuple(sorted(found.values(), key=lambda m: (-m.likeness, m.id)))

    def fuzzy(self, name: str, kind: ThingKind | None = None, limit: int = 20) -> tuple[Match, ...]:
        """Things whose names have the same number of words, each nearly the same; best first.

        Only names that share the skeleton of the rarest word are compared.
        """
        key = person_key(name) if kind == "person" else name_key(name)
        words = key.split()
        scored: dict[str, float] = {}
        for other in self._alike(words):
            likeness = _word_by_word(words, other.split())
            if likeness >= CLOSE and other != key:
                scored[other] = likeness
        found: dict[str, Match] = {}
        for other in sorted(scored, key=lambda k: (-scored[k], k))[:limit]:
            self._collect(found, (other, scored[other] * FOLDED, f"like {other!r}"), kind)
        return tuple(sorted(found.values(), key=lambda m: (-m.likeness, m.id)))

    def people(self, word: str, countries: Iterable[str]) -> tuple[str, ...]:
        """Ids of the people of some countries one of whose names is this word."""
        return self._of(folded(person_key(word)), countries)

    def ministries(self, name: str, countries: Iterable[str]) -> tuple[str, ...]:
        """Ids of the ministries of some countries that are for the same as this one."""
        of = tuple(countries)
        key = ministry_key(name, of)
        return self._of(key, of) if key else ()

    def _of(self, key: str, countries: Iterable[str]) -> tuple[str, ...]:
        ids = set[str]()
        for country in countries:
            rows = self._db.execute("SELECT id FROM word WHERE word = ? AND country = ?", (key, country))
            ids.update(id_ for (id_,) in rows)
        return tuple(sorted(ids))

    def counts(self) -> dict[tuple[str, str], int]:
        """How many things of each kind each layer gave, by layer and kind."""
        rows = self._db.execute("SELECT layer, kind, count(*) FROM thing GROUP BY layer, kind ORDER BY 1, 2")
        return {(layer, kind): number for layer, kind, number in rows}

    def names(self) -> int:
        """How many different keys of names there are."""
        row = self._db.execute("SELECT count(DISTINCT key) FROM alias").fetchone()
        return int(row[0])

    def _read(self, identifier: str) -> Known | None:
        row = self._db.execute("SELECT body, weight, layer FROM thing WHERE id = ?", (identifier,)).fetchone()
        return Known(_THING.validate_json(row[0]), row[1], row[2]) if row else None

    def _collect(self, found: dict[str, Match], asked: Key, kind: ThingKind | None) -> None:
        """Add the things of a key. Shortened names meet only whole ones: middle names must not differ."""
        key, factor, how = asked
        rows = self._db.execute(
            "SELECT alias.id, likeness FROM alias JOIN thing ON thing.id = alias.id"
            " WHERE key = ? AND likeness >= ? AND (? IS NULL OR kind = ?)",
            (key, FOLDED if how == SHORTENED else 0.0, kind, kind),
        )
        for id_, likeness in rows.fetchall():
            match = Match(id_, round(factor * likeness, 4), how)
            if id_ not in found or found[id_].likeness < match.likeness:
                found[id_] = match

    def _alike(self, words: list[str]) -> tuple[str, ...]:
        """Keys with the skeleton of the rarest of some words."""
        best: list[str] | None = None
        for word in sorted(words, key=len, reverse=True)[:3]:
            if len(sound := skeleton(word)) > 1:
                rows = self._db.execute("SELECT key FROM sound WHERE sound = ? LIMIT ?", (sound, _MANY))
                keys = [key for (key,) in rows]
                if best is None or len(keys) < len(best):
                    best = keys
        return tuple(best or ())


Key = tuple[str, float, str]
"""A key to look a name up by, how much it is worth, and how to tell of it."""


def _keys(name: str, kind: ThingKind | None) -> list[Key]:
    key = person_key(name) if kind == "person" else name_key(name)
    keys = [(key, EXACT, "name")]
    if kind == "person" or not acronym_key(name):
        keys.append((folded(key), FOLDED, "transliteration"))
    if kind != "person":
        return keys
    if other := turned(key):
        keys += [(other, EXACT, "family name first"), (folded(other), FOLDED, "family name first")]
    for short, factor in shorter(key):
        keys += [(short, factor, SHORTENED), (folded(short), factor * FOLDED, SHORTENED)]
    return keys


def _word_by_word(words: list[str], others: list[str]) -> float:
    """The mean likeness of the words in turn; 0 where their number differs or two are not close.

    Words must have the same consonants, or be long and differ by one letter too many: "Masahiko" is
    not "Masahiro".
    """
    if len(words) != len(others):
        return 0.0
    likenesses = []
    for one, other in zip(words, others, strict=True):
        likeness = 1.0 if one == other else JaroWinkler.similarity(folded(one), folded(other))
        slip = min(len(one), len(other)) >= _LONG and Indel.distance(one, other) == 1
        if likeness < CLOSE or not (slip or skeleton(one) == skeleton(other)):
            return 0.0
        likenesses.append(likeness)
    return sum(likenesses) / len(likenesses)
