"""Those who meet in a body, called by what they are alone: "Leaders welcomed", "The participants signed"."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Token

from graph.components.referring.discourse import Discourse
from graph.notes import Reference
from ontology.nominal_words import NominalWords

_BODIES = frozenset({"InternationalOrganization", "Forum"})
_PLURAL = frozenset({"NNS", "NNPS"})
_PLACES = frozenset({"nsubj", "nsubjpass", "poss", "pobj"})
_PLAIN = frozenset({"det", "predet", "punct", "case", "compound", "amod"})
_NEAR = 5
"""Tokens, at most, between a body and the word for its gathering: "the Commonwealth heads' meeting"."""


class Gatherings:
    """Resolves the plural nouns of one document that stand for the body whose gathering it tells of."""

    def __init__(self, discourse: Discourse, words: NominalWords) -> None:
        self.doc, self.notes, self.words = discourse.doc, discourse.notes, words
        found = [r for r in self.notes.references if self._gathers(r)]
        self._gathered = sorted(found, key=lambda r: r.start)

    def resolve(self, token: Token) -> Reference | None:
        """The body that "Leaders", "Foreign Ministers" or "the participants" meet in, spoken of last."""
        if not self._gathered or token.lower_ not in self.words.attendants or token.tag_ not in _PLURAL:
            return None
        if not self._stands_alone(token):
            return None
        number = bisect_left(self._gathered, token.i, key=lambda r: r.start)
        if not number:
            return None
        body = self._gathered[number - 1]
        return Reference(token.i, token.i + 1, token.i, body.keys, "nominal", via=body.start)

    def _gathers(self, reference: Reference) -> bool:
        """Whether a body is named with its gathering: "ASEAN summit", "the 5th session of the Assembly"."""
        if len(reference.keys) > 1 or self.notes.referents[reference.keys[0]].cls not in _BODIES:
            return False
        before = self.doc[max(reference.start - 3, 0) : reference.start]
        after = self.doc[reference.end : reference.end + _NEAR]
        meets = self.words.gatherings
        if any(t.lemma_.lower() in meets for t in after):
            return True
        return any(t.lower_ == "of" for t in before) and any(t.lemma_.lower() in meets for t in before)

    def _stands_alone(self, token: Token) -> bool:
        """Whether nothing tells who else the noun may be: no number, owner, state or clause."""
        if token.dep_ not in _PLACES or (token.dep_ == "pobj" and token.head.dep_ != "agent"):
            return False
        for child in token.children:
            if child.i > token.i:
                state = child.lower_ == "of" and any(c.lemma_.lower() == "state" for c in child.children)
                if not state and child.dep_ not in {"cc", "conj", "case", "punct"}:
                    return False
            elif child.dep_ not in _PLAIN or child.lower_ not in self.words.plain_officers | {
                "the",
                "all",
                ",",
            }:
                return False
        return True
