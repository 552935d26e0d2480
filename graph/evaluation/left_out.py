"""Figures of annotated texts each of which is read with a filter that learned from all the others.

The lexicon is as it is; only what the filter learned from a text can no longer flatter that text's figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from graph.evaluation.findings import Finder
from graph.evaluation.gold import GoldDocument
from graph.evaluation.learning import Example, examples, learn
from graph.evaluation.rereading import Rereading
from graph.evaluation.scoring import Score, score
from graph.iri import Namespace
from graph.model import Reading
from ontology.annotation import load_annotation


class LeftOut:
    """Annotated texts that filters learn from, and are measured on."""

    def __init__(
        self, texts: Rereading, golds: Mapping[str, GoldDocument], find: Finder, names: Namespace
    ) -> None:
        """``golds`` are the annotations by their texts' names, ``find`` tells what a graph says of readings.

        A text that was not read counts as all missed.
        """
        self._texts, self._golds, self._find, self._names = texts, golds, find, names

    @cached_property
    def examples(self) -> list[Example]:
        """What can be learned from all the texts."""
        return examples(self._texts, self._golds, self._find, self._names)

    def by_rules(self, names: Sequence[str]) -> Score:
        """The score of some texts by the rules alone."""
        return self._score((r for _, r in self._texts.read(self._read(names), filtered=False)), names)

    def filtered(self, names: Sequence[str]) -> Score:
        """The score of some texts, each read with a filter that learned from all texts but this one."""
        return self._score(self._each(names), names)

    def _read(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if name in self._texts.names]

    def _each(self, names: Iterable[str]) -> Iterator[Reading]:
        for name in self._read(names):
            weights = learn(example for example in self.examples if example.text != name)
            yield from (reading for _, reading in self._texts.read([name], weights))

    def _score(self, readings: Iterable[Reading], names: Sequence[str]) -> Score:
        found = {Path(identifier).stem: f for identifier, f in self._find(readings).items()}
        return score((self._golds[name] for name in names), found, load_annotation())
