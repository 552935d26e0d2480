"""Names and demonyms of the gazetteer as they stand in a text: the longest at each place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.components.naming.tokens import Tokens
from graph.model import EntityKind
from ontology.gazetteer import Gazetteer, Organisation, Place, Row
from ontology.name_words import NameWords
from ontology.office_words import split_words

_DASHES = re.compile(r"[-–—/]")


@dataclass(frozen=True, slots=True)
class Found:
    """A form of a row in the text. A token like ``U.S.-led`` holds a form without being one: ``partial``."""

    start: int
    end: int
    row: Row
    demonym: bool = False
    ambiguous: bool = False
    partial: bool = False

    @property
    def state(self) -> bool:
        """Whether it names a state, by its name or its demonym."""
        return isinstance(self.row, Place) and self.row.kind == "State"


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    row: Row
    demonym: bool
    ambiguous: bool
    exact: str | None


class Atlas:
    """The forms of a gazetteer, split into tokens and indexed by the first."""

    def __init__(self, gazetteer: Gazetteer, words: NameWords) -> None:
        self.gazetteer = gazetteer
        self._words = words
        self._small = {split_words(name) for name in words.common_names}
        self._by_first: dict[str, list[_Entry]] = {}
        for spelling, row in gazetteer.phrases():
            form = gazetteer.form(spelling, row)
            self._add(spelling, row, demonym=False, ambiguous=form is not None and form.ambiguous)
        for spelling, place in gazetteer.demonyms():
            form = gazetteer.form(spelling, place)
            self._add(spelling, place, demonym=True, ambiguous=form is not None and form.ambiguous)
        for entries in self._by_first.values():
            entries.sort(key=lambda e: (-len(e.words), e.ambiguous, e.demonym))

    def find(self, tokens: Tokens) -> list[Found | None]:
        """The longest form of the gazetteer over each token, found from left to right."""
        covered: list[Found | None] = [None] * len(tokens.text)
        i = 0
        while i < len(covered):
            found = self._at(tokens, i) if tokens.read[i] else None
            if found is None:
                i += 1
                continue
            covered[i : found.end] = [found] * (found.end - i)
            self._share(tokens, found, covered)
            i = found.end
        return covered

    def _share(self, tokens: Tokens, found: Found, covered: list[Found | None]) -> None:
        """In "North and South Korea" the first word is a name too: it shares the noun of the second."""
        i, directions = found.start, self._words.directions
        if i < 2 or tokens.lower[i - 1] != "and" or not {tokens.lower[i], tokens.lower[i - 2]} <= directions:
            return
        words = (tokens.lower[i - 2], *tokens.lower[i + 1 : found.end])
        for entry in self._by_first.get(words[0], ()):
            if entry.words == words and tokens.capital[i - 2]:
                covered[i - 2] = Found(i - 2, i - 1, entry.row, entry.demonym, entry.ambiguous)
                return

    def state_at(self, tokens: Tokens, start: int, end: int) -> Found | None:
        """The state that just these tokens name, inside a longer name."""
        for entry in self._by_first.get(tokens.lower[start], ()):
            if entry.words == tuple(tokens.lower[start:end]) and self._cased(tokens, start, end, entry):
                found = Found(start, end, entry.row, entry.demonym, entry.ambiguous)
                if found.state and not found.ambiguous:
                    return found
        return None

    def parts(self, tokens: Tokens, i: int) -> Iterator[Found]:
        """The forms inside one token that hyphens or dashes join to others: ``U.S.-Japan``, ``/TASS/.``"""
        for part in _DASHES.split(tokens.text[i]):
            found = self._part(part, i) or self._part(part.strip("().,"), i)
            if found:
                yield found

    def _part(self, part: str, i: int) -> Found | None:
        for entry in self._by_first.get(part.lower(), ()):
            if entry.words == (part.lower(),) and not entry.ambiguous and part[:1].isupper():
                return Found(i, i + 1, entry.row, entry.demonym, partial=True)
        return None

    def _add(self, spelling: str, row: Row, *, demonym: bool, ambiguous: bool) -> None:
        written = spelling.replace(",", " ,").replace("(", "( ").replace(")", " )")
        words = tuple(w.lower() for w in split_words(written))
        exact = len(words) == 1 and any(letter.isupper() for letter in spelling[1:])
        entry = _Entry(words, row, demonym, ambiguous, spelling if exact else None)
        self._by_first.setdefault(words[0], []).append(entry)

    def _at(self, tokens: Tokens, i: int) -> Found | None:
        lower = tokens.lower
        second = lower[i + 1] if i + 1 < len(lower) else ""
        for entry in self._by_first.get(lower[i], ()):
            words, end = entry.words, i + len(entry.words)
            if end > i + 1 and (words[1] != second or tuple(lower[i:end]) != words):
                continue
            if self._cased(tokens, i, end, entry):
                return Found(i, end, entry.row, entry.demonym, entry.ambiguous)
        return None

    def _cased(self, tokens: Tokens, start: int, end: int, entry: _Entry) -> bool:
        """Whether the form has the capitals that its name needs: "WHO", not "who"; "southern Lebanon"."""
        if entry.exact:
            return tokens.text[start] == entry.exact or (
                tokens.text[start].isupper() and len(entry.exact) > 4
            )
        if entry.words in self._small:
            return True
        if tokens.lower[start] in self._words.directions and end - start > 1:
            start = next((i for i in range(start, end) if tokens.capital[i]), start)
        return tokens.capital[start] and tokens.sentence[start] == tokens.sentence[end - 1]


def kind_of(row: Row) -> EntityKind:
    """The kind of entity that a row names: ``territory`` or ``institution``."""
    return "institution" if isinstance(row, Organisation) else "territory"
