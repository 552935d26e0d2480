"""Answers of others' servers on disk, so that the same is never asked twice and a run can be repeated."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.errors import RemoteError

_TABLE = """CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, address TEXT NOT NULL,
  asked TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID"""


class Remembered:
    """Answers by address and question, each with the day it was given."""

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        """Open or create ``answers.sqlite`` in a folder.

        Args:
            folder: is made where it is not there.
            fresh: whether to ask again what was asked before.

        Raises:
            RemoteError: the file cannot be used.
        """
        self._fresh = fresh
        self.path = folder / "answers.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path)
            self._db.execute(_TABLE)
        except (OSError, sqlite3.Error) as error:
            raise RemoteError(f"{self.path} cannot be used: {error}.", "Set DIPLOGRAPH_CACHE.") from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def answer(self, address: str, question: str, ask: Callable[[], Any]) -> tuple[Any, str]:
        """The answer to a question and the day it was given (ISO 8601); asks only what it does not remember.

        Args:
            address: whom to ask.
            question: what; the answer is remembered under both.
            ask: asks; what it returns must fit into JSON.
        """
        key = hashlib.sha256(f"{address}\0{question}".encode()).hexdigest()
        row = self._db.execute("SELECT body, asked FROM answer WHERE key = ?", (key,)).fetchone()
        if row and not self._fresh:
            return json.loads(row[0]), str(row[1])
        body, today = ask(), datetime.now(UTC).date().isoformat()
        with self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", (key, address, today, json.dumps(body))
            )
        return body, today
