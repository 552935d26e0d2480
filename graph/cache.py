"""Readings on disk, by content: a text that was read once by this pipeline is not read again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from pydantic import TypeAdapter

from graph.errors import StoreError
from graph.model import Document, Reading

_READING: TypeAdapter[Reading] = TypeAdapter(Reading)
_DOCUMENT: TypeAdapter[Document] = TypeAdapter(Document)
_TABLES = """
CREATE TABLE IF NOT EXISTS reading (key TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS document (identifier TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS graph (iri TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


def reading_key(document: Document, pipeline: str) -> str:
    """What a reading depends on: the document with its metadata, and the pipeline's version and model."""
    return hashlib.sha256(pipeline.encode() + b"\0" + _DOCUMENT.dump_json(document)).hexdigest()


class Cache:
    """The table of readings, of the documents of the graph, and of what each named graph holds."""

    def __init__(self, folder: Path) -> None:
        """Open or create the tables in a store's folder.

        Raises:
            StoreError: the file is damaged or not writable.
        """
        self._path = folder / "readings.sqlite"
        try:
            self._db = sqlite3.connect(self._path)
            self._db.executescript(_TABLES)
        except sqlite3.Error as error:
            raise StoreError(f"{self._path} cannot be used: {error}.") from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def has(self, key: str) -> bool:
        """Whether a reading is there."""
        return self._db.execute("SELECT 1 FROM reading WHERE key = ?", (key,)).fetchone() is not None

    def add(self, identifier: str, key: str, reading: Reading | None = None) -> None:
        """Make a document part of the graph, with a new reading or one that is there; durable at once."""
        with self._db:
            if reading is not None:
                body = zlib.compress(_READING.dump_json(reading), 6)
                self._db.execute("INSERT OR REPLACE INTO reading VALUES (?, ?)", (key, body))
            self._db.execute("INSERT OR REPLACE INTO document VALUES (?, ?)", (identifier, key))

    def forget(self, identifiers: Iterable[str]) -> None:
        """Take documents out of the graph."""
        with self._db:
            self._db.executemany("DELETE FROM document WHERE identifier = ?", ((i,) for i in identifiers))

    def documents(self) -> dict[str, str]:
        """The documents of the graph and the keys of their readings."""
        return dict(self._db.execute("SELECT identifier, key FROM document ORDER BY identifier"))

    def readings(self) -> Iterator[Reading]:
        """The readings of all documents of the graph, ordered by identifier."""
        rows = "SELECT body FROM document JOIN reading USING (key) ORDER BY identifier"
        with closing(self._db.cursor()) as cursor:
            for (body,) in cursor.execute(rows):
                yield _READING.validate_json(zlib.decompress(body))

    def sweep(self) -> None:
        """Drop readings that no document uses."""
        with self._db:
            self._db.execute("DELETE FROM reading WHERE key NOT IN (SELECT key FROM document)")

    def digests(self) -> dict[str, str]:
        """What each named graph was last filled with."""
        return dict(self._db.execute("SELECT iri, digest FROM graph"))

    def note_digests(self, digests: dict[str, str]) -> None:
        """Record what the named graphs hold now; graphs not named are gone."""
        with self._db:
            self._db.execute("DELETE FROM graph")
            self._db.executemany("INSERT INTO graph VALUES (?, ?)", sorted(digests.items()))

    def fact(self, name: str) -> object:
        """A fact about the last build, such as the base of its IRIs; None where not recorded."""
        row = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def note_fact(self, name: str, value: object) -> None:
        """Record a fact about this build."""
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, json.dumps(value)))
