"""A state that a noun tells by a part of it: "the Japanese side", "the Nigerian capital"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from graph.components.referring.discourse import NEAR, STATE, Discourse, is_definite
from graph.notes import Reference
from ontology.nominal_words import NominalWords


class StateParts:
    """Resolves the nouns of one document that are parts of states."""

    def __init__(self, discourse: Discourse, words: NominalWords, capitals: Mapping[str, str]) -> None:
        """``capitals`` are the keys of the cities of this text that govern a state of it, by that state's."""
        self.capitals = capitals
        self.doc, self.notes = discourse.doc, discourse.notes
        self.discourse, self.words = discourse, words
        self._parts: dict[str, Reference] = {}

    def part(self, token: Token) -> Reference | None:
        """The state of "the Japanese side", "Malian authorities", "Peru's leadership"."""
        if token.lower_ not in self.words.state_parts:
            return None
        keys: list[str] = []
        i = start = token.i
        while i > 0:
            i -= 1
            reference = self.notes.at(i)
            if reference is not None and all(self._is_state(k) for k in reference.keys):
                keys = [*reference.keys, *keys]
                i = start = reference.start
                if self.doc[i - 1].lower_ not in {"and", "-"}:
                    break
            elif reference is not None or not self._describes(i, token.i):
                break
        if not keys:
            return self._same_part(token)
        unique = tuple(dict.fromkeys(keys))
        self._parts[token.lower_] = Reference(token.i, token.i + 1, token.i, unique, "nominal", via=start)
        return self._parts[token.lower_]

    def capital(self, token: Token) -> Reference | None:
        """The city of "the Nigerian capital", "the capital of Peru", or, of the last state, "the capital"."""
        if token.dep_ == "compound":
            return None
        below = [r for t in _owners(token) if (r := self.notes.at(t.i)) is not None]
        states = [k for r in below for k in r.keys if self._is_state(k)]
        if not below and is_definite(token):
            before = self.discourse.before(token.i, STATE, NEAR)
            states = [r.key for _, r in before if r.cls == "State"]
        city = self.capitals.get(states[0]) if states else None
        if city is None:
            return None
        start = min([token.i, *(t.i for t in token.lefts)])
        return Reference(start, token.i + 1, token.i, (city,), "nominal")

    def _same_part(self, token: Token) -> Reference | None:
        """Resolve "the delegation" as the delegation of a state that was spoken of before."""
        before = self._parts.get(token.lower_)
        if before is None or not is_definite(token):
            return None
        return Reference(token.i - 1, token.i + 1, token.i, before.keys, "nominal", via=before.start)

    def _describes(self, i: int, noun: int) -> bool:
        """Whether a word may stand between a state and a part of it: "Malian military authorities"."""
        if self.doc[i].lower_ in {"'s", "’s", "'", "’", "and", "-"}:
            return True
        return noun - i < 4 and self.doc[i].pos_ in {"ADJ", "NOUN"}

    def _is_state(self, key: str) -> bool:
        return self.notes.referents[key].cls == "State"


def _owners(noun: Token) -> Iterator[Token]:
    """The words that say whose a noun is: "Peru's", "Peruvian", "of Peru"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (c for c in child.children if c.dep_ == "pobj")
        elif child.i < noun.i:
            yield child
