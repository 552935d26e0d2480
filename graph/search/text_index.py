"""The text index of a snapshot: a file of SQLite with full-text search (FTS5), and how it is asked.

``search`` holds the words of each entry twice, plain and stemmed. They are cut and stemmed before SQLite sees
them, since it knows the stems of English alone.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import ParameterError
from graph.search.entries import Entry, Match, Phrase
from graph.search.words import Word, words

FORM = 1
"""Changes when older files can no longer be asked."""
MOST_WORDS = 200
"""Words that can be looked for at a time."""
_SCHEMA = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, thing TEXT NOT NULL, match TEXT NOT NULL, language TEXT NOT NULL,
    text TEXT NOT NULL, weight REAL NOT NULL, document TEXT, begin INTEGER, "end" INTEGER);
CREATE TABLE class (thing TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (thing, name)) WITHOUT ROWID;
CREATE TABLE language (tag TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(
    plain, stems, content='', tokenize='unicode61 remove_diacritics 0', prefix='1 2 3');
"""
_FIND = """
WITH hit AS MATERIALIZED (
    SELECT entry.*, -bm25(search) * weight AS score FROM search JOIN entry ON entry.id = search.rowid
    WHERE search MATCH :sought{restriction}),
best AS MATERIALIZED (
    SELECT *, row_number() OVER (PARTITION BY thing ORDER BY score DESC, id) AS place FROM hit)
SELECT thing, match, language, text, document, begin, "end", score, count(*) OVER () AS total FROM best
WHERE place = 1 ORDER BY score DESC, thing LIMIT :limit OFFSET :offset
"""
_PHRASE = re.compile(r'"([^"]*)"|([^"]+)')


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: words and phrases, all of which must be there.

    ``prefix``: the last word may be the beginning of one, and only names and titles are looked at.
    """

    text: str
    prefix: bool = False
    classes: Collection[str] | None = None
    matches: Collection[Match] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that is found, and the text of its that fits best. A higher ``score`` is a better fit."""

    thing: str
    match: Match
    language: str
    text: str
    phrase: Phrase | None
    score: float
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """A part of what is found, the best first, and how many things there are in all."""

    total: int
    found: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class TextIndex:
    """A finished index. It can be asked from any number of threads."""

    path: Path

    def find(self, sought: Sought, limit: int, offset: int = 0) -> Hits:
        """Things by the words that name them or that sentences have, the best fit first.

        Ranked by BM25, times how much a name counts more than a sentence, and a known thing than an unknown.
        Where nothing can be looked for, as there is no word, nothing is found.

        Raises:
            ParameterError: there are too many words.
        """
        with closing(_reading(self.path)) as file:
            languages = [tag for (tag,) in file.execute("SELECT tag FROM language ORDER BY tag")]
            terms = list(_terms(sought.text, languages))
            if sum(len(term.plain) for term in terms) > MOST_WORDS:
                raise ParameterError(
                    f"There are more than {MOST_WORDS} words to look for.", "Take the rarest."
                )
            if not terms:
                return Hits(0, ())
            values = {"sought": _expression(terms, sought.prefix), "limit": limit, "offset": offset}
            rows = file.execute(*_restricted(sought, values)).fetchall()
        return Hits(rows[0][-1] if rows else 0, tuple(_hit(row, terms, sought.prefix) for row in rows))

    def check(self) -> bool:
        """Whether the file is a finished index of the form of today."""
        try:
            with closing(_reading(self.path)) as file:
                return bool(file.execute("PRAGMA user_version").fetchone() == (FORM,))
        except sqlite3.Error:
            return False


def write_index(path: Path, entries: Iterable[Entry], classes: Iterable[tuple[str, str]]) -> None:
    """Make the file of an index; the same entries make the same index."""
    with closing(sqlite3.connect(path)) as file, file:
        file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        file.executemany("INSERT INTO class VALUES (?, ?)", classes)
        languages = set()
        for number, e in enumerate(entries, 1):
            languages.add(e.language)
            row = (number, e.thing, e.match, e.language, e.text, e.weight, *(e.phrase or (None, None, None)))
            file.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            found = list(words(e.text, e.language))
            plain, stems = " ".join(w.plain for w in found), " ".join(w.stem for w in found)
            file.execute("INSERT INTO search (rowid, plain, stems) VALUES (?, ?, ?)", (number, plain, stems))
        file.executemany("INSERT INTO language VALUES (?)", ((tag,) for tag in sorted(languages)))
        file.execute("INSERT INTO search (search) VALUES ('optimize')")
        file.execute(f"PRAGMA user_version = {FORM}")


@dataclass(frozen=True, slots=True)
class _Term:
    """A word or phrase that is looked for: as it is, and by its stems in each language."""

    plain: tuple[str, ...]
    stems: frozenset[tuple[str, ...]]


def _terms(text: str, languages: Iterable[str]) -> Iterator[_Term]:
    for found in _PHRASE.finditer(text):
        readings = [list(words(found[1] or found[2] or "", language)) for language in languages or ("en",)]
        plain = tuple(word.plain for word in readings[0]) if readings else ()
        stems = [tuple(word.stem for word in reading) for reading in readings]
        if plain and found[1]:
            yield _Term(plain, frozenset(stems))
        else:
            for place, word in enumerate(plain):
                yield _Term((word,), frozenset((reading[place],) for reading in stems))


def _expression(terms: list[_Term], prefix: bool) -> str:
    """The terms in the language of FTS5: of letters and digits in quotes, so that nothing is an operator."""

    def quoted(found: tuple[str, ...]) -> str:
        return '"' + " ".join(found) + '"'

    *others, last = terms
    if prefix:
        return " AND ".join(
            [*(f"plain : {quoted(t.plain)}" for t in others), f"plain : {quoted(last.plain)} *"]
        )
    return " AND ".join(
        f"(plain : {quoted(t.plain)} OR " + " OR ".join(f"stems : {quoted(s)}" for s in sorted(t.stems)) + ")"
        for t in terms
    )


def _restricted(sought: Sought, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The query, with conditions for the classes and matches that are wanted."""
    conditions = []
    matches = {"label", "alias", "title"} if sought.prefix and sought.matches is None else sought.matches
    for name, wanted, condition in (
        ("match", matches, "match IN ({})"),
        (
            "class",
            sought.classes,
            "EXISTS (SELECT 1 FROM class WHERE class.thing = entry.thing AND name IN ({}))",
        ),
    ):
        if wanted is not None:
            given = {f"{name}{number}": value for number, value in enumerate(sorted(wanted))}
            values |= given
            conditions.append(" AND " + condition.format(", ".join(f":{key}" for key in given)))
    return _FIND.format(restriction="".join(conditions)), values


def _hit(row: tuple[Any, ...], terms: list[_Term], prefix: bool) -> Hit:
    thing, match, language, text, document, begin, end, score, _ = row
    found = list(words(text, language))
    marks = tuple((word.begin, word.end) for word in found if _is_sought(word, terms, prefix))
    phrase = None if document is None else (document, begin, end)
    return Hit(thing, match, language, text, phrase, round(score, 6), marks)


def _is_sought(word: Word, terms: list[_Term], prefix: bool) -> bool:
    if prefix and word.plain.startswith(terms[-1].plain[-1]):
        return True
    return any(word.plain in t.plain or any(word.stem in s for s in t.stems) for t in terms)


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
