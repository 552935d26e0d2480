"""Common nouns that take up what was named before: "the ministry", "the two leaders"."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from graph.components.referring.bare_titles import BareTitles
from graph.components.referring.discourse import Discourse
from graph.components.referring.gatherings import Gatherings
from graph.components.referring.parties import Parties
from graph.components.referring.state_parts import StateParts
from graph.components.referring.things import Things
from graph.notes import Reference
from ontology.leaders import Leaders
from ontology.nominal_words import NominalWords


class Nominals:
    """Resolves the common nouns of one document."""

    def __init__(
        self, discourse: Discourse, words: NominalWords, leaders: Leaders, capitals: Mapping[str, str]
    ) -> None:
        """``capitals`` are the keys of the cities of this text that govern a state of it, by that state's."""
        self.notes, self.words = discourse.notes, words
        self._parties = Parties(discourse, words)
        self._parts = StateParts(discourse, words, capitals)
        self._titles = BareTitles(discourse, words, self._parties, self._parts, leaders)
        self._things = Things(discourse, words)
        self._gatherings = Gatherings(discourse, words)

    def resolve(self, token: Token) -> Reference | None:
        """The reference that a noun is, or None where it takes up nothing that was named."""
        if token.pos_ not in {"NOUN", "PROPN"} or self.notes.at(token.i) is not None:
            return None
        gathered = self._gatherings.resolve(token)
        if gathered is not None:
            return gathered
        if token in self._titles:
            return self._titles.resolve(token)
        capital = self._parts.capital(token) if token.lower_ in self.words.capitals else None
        return (
            capital or self._parties.resolve(token) or self._parts.part(token) or self._things.resolve(token)
        )
