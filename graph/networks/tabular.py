"""An answer in tab-separated values, as columns, without an object for each row."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from graph.networks.columns import NOTHING, Array, Places

_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_TAB, _NEWLINE, _ZERO = (np.uint8(code) for code in b"\t\n0")


class Tabular:
    """The rows of an answer to a SELECT query in the tab-separated values of SPARQL 1.1."""

    def __init__(self, answer: bytes) -> None:
        """Find the cells.

        Args:
            answer: a line of variables, then one for each row; literals have their tabs and newlines escaped.
        """
        begin = answer.index(b"\n") + 1
        self._letters = np.frombuffer(answer, dtype=np.uint8)
        self._words = answer.decode("ascii") if answer.isascii() else answer
        rows = self._letters[begin:]
        ends = np.flatnonzero((rows == _TAB) | (rows == _NEWLINE)) + begin
        begins = np.concatenate([[begin], ends[:-1] + 1])[: len(ends)]
        width = answer.count(b"\t", 0, begin) + 1
        self._begins, self._ends = begins.reshape(-1, width), ends.reshape(-1, width)

    def __len__(self) -> int:
        return len(self._ends)

    def numbers(self, column: int) -> Places:
        """A column of whole numbers from zero on; NOTHING where a cell is empty."""
        begins, lengths = self._begins[:, column], self._ends[:, column] - self._begins[:, column]
        found = np.where(lengths == 0, NOTHING, 0)
        rows = np.flatnonzero(lengths)
        for place in range(int(lengths.max(initial=0))):
            rows = rows[lengths[rows] > place]
            found[rows] = found[rows] * 10 + self._letters[begins[rows] + place] - _ZERO
        return found

    def terms(self, column: int, rows: Array | None = None) -> list[str]:
        """The cells of a column in all rows or some: ``<IRI>``, ``"text"@en``, ``_:blank``, as they stand."""
        some = slice(None) if rows is None else rows
        begins, ends = self._begins[some, column].tolist(), self._ends[some, column].tolist()
        words = self._words
        if isinstance(words, str):
            return [words[a:b] for a, b in zip(begins, ends, strict=True)]
        return [words[a:b].decode("utf-8", "replace") for a, b in zip(begins, ends, strict=True)]


def is_iri(term: str) -> bool:
    """Whether a term is an IRI."""
    return term[:1] == "<"


def value(term: str) -> str:
    """An IRI, or the lexical form of a literal, without language and datatype; a blank node as it is."""
    if term[:1] == '"':
        plain = term[1 : term.rindex('"')]
        return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[1]), plain) if "\\" in plain else plain
    return term[1:-1] if is_iri(term) else term


def values(terms: Sequence[str]) -> list[str]:
    """The values of several terms."""
    return [value(term) for term in terms]
