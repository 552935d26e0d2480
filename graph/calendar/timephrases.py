"""The grammar of time phrases: from plain text to what they say, before anything is counted from a date.

The text is cut into atoms, each with the letter of its kind (see ``graph.calendar.timeatoms``), and the rules
(``graph.calendar.timerules``) are regular expressions over the string of letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.calendar.timeatoms import Atom, cut_atoms, lexicon
from graph.calendar.timebuilders import Builders
from graph.calendar.timerules import RULES, RUN
from graph.calendar.timevalues import Expression
from ontology.time_words import TimeWords


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of time at ``text[begin:end]``. ``bare``: a lone month or year, maybe something else."""

    begin: int
    end: int
    says: Expression
    bare: bool = False


class TimeGrammar:
    """Finds phrases of time in text, with the words of a language."""

    def __init__(self, words: TimeWords) -> None:
        self._lexicon = lexicon(words)
        builders = Builders(words)
        self._rules = [(re.compile(pattern), getattr(builders, name), bare) for pattern, name, bare in RULES]

    def find(self, text: str) -> Iterator[Phrase]:
        """The phrases of a text, from left to right, none within another."""
        atoms = list(cut_atoms(text, self._lexicon))
        letters = "".join(a.kind for a in atoms)
        position = 0
        for run in RUN.finditer(letters):
            position = max(position, run.start())
            while position < run.end():
                found = self._at(position, letters, atoms)
                if found is None:
                    position += 1
                    continue
                phrase, position = found
                yield phrase

    def _at(self, position: int, letters: str, atoms: list[Atom]) -> tuple[Phrase, int] | None:
        for pattern, build, bare in self._rules:
            match = pattern.match(letters, position)
            if match is None:
                continue
            groups = {name: atoms[match.start(name)] for name, part in match.groupdict().items() if part}
            says = build(groups)
            if says is not None:
                begin, end = atoms[match.start()].begin, atoms[match.end() - 1].end
                return Phrase(begin, end, says, bare), match.end()
        return None
