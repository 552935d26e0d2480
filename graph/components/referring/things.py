"""What a definite noun takes up by its class: "the ministry", "the lawmaker"."""

from __future__ import annotations

from spacy.tokens import Token

from graph.components.referring.discourse import NEAR, PERSON, Discourse, is_definite
from graph.notes import Reference
from ontology.nominal_words import NominalWords


class Things:
    """Resolves the nouns of one document that take up a person, body, place or instrument."""

    def __init__(self, discourse: Discourse, words: NominalWords) -> None:
        self.doc, self.notes = discourse.doc, discourse.notes
        self.discourse, self.words = discourse, words

    def resolve(self, token: Token) -> Reference | None:
        """What a definite noun takes up: the last of its class."""
        noun = token.lower_ if token.lower_ in self.words.territories else token.lemma_.lower()
        if noun in self.words.people:
            return self._person(token, noun)
        classes = self.words.classes(noun)
        if not classes or (token.tag_ == "NNS" and token.lower_ not in self.words.territories):
            return None
        if token.dep_ == "compound":
            return None
        if not is_definite(token):
            return self._only_one(token, noun)
        kinds = frozenset({"institution", "instrument", "territory"})
        before = list(self.discourse.before(token.i, kinds, NEAR))
        named = [(r, x) for r, x in before if noun in x.name.lower().split() and x.cls != "State"]
        fitting = [(r, x) for r, x in before if x.cls in classes and len(r.keys) == 1]
        for reference, referent in (*named, *fitting):
            start = min([token.i, *(c.i for c in token.children if c.i < token.i)])
            return Reference(start, token.i + 1, token.i, (referent.key,), "nominal", via=reference.start)
        return self._issuing(token, noun)

    def _issuing(self, token: Token, noun: str) -> Reference | None:
        """The one body of its class that the text names, for "the Ministry" with a capital, as its own."""
        classes = self.words.institutions.get(noun, frozenset())
        named = [r for r in self.notes.referents.values() if r.kind == "institution" and r.cls in classes]
        if not token.text[0].isupper() or len(named) != 1:
            return None
        if named[0].state in self.discourse.elsewhere(token.i):
            return None
        start = min([token.i, *(c.i for c in token.children if c.i < token.i)])
        return Reference(start, token.i + 1, token.i, (named[0].key,), "nominal")

    def _only_one(self, token: Token, noun: str) -> Reference | None:
        """The text's one instrument of its class, for "the plan to ...", however it is described."""
        classes = self.words.instruments.get(noun, frozenset())
        if not any(c.lower_ in {"the", "this"} and c.i < token.i for c in token.children):
            return None
        if any(c.dep_ in {"amod", "compound", "poss", "nmod"} for c in token.children):
            return None
        fitting = [r for r in self.notes.referents.values() if r.kind == "instrument" and r.cls in classes]
        if len(fitting) != 1:
            return None
        return Reference(token.i, token.i + 1, token.i, (fitting[0].key,), "nominal")

    def _person(self, token: Token, noun: str) -> Reference | None:
        """The person spoken of last whose office fits "the lawmaker"; without offices, the last subject."""
        if not is_definite(token):
            return None
        kinds = self.words.people[noun]
        fitting = {o.holder for o in self.notes.offices if o.holder and o.kind in kinds}
        for reference, referent in self.discourse.before(token.i, PERSON, NEAR):
            if referent.key in fitting or (not kinds and self.discourse.is_subject(reference)):
                start = min([token.i, *(c.i for c in token.children if c.i < token.i)])
                return Reference(start, token.i + 1, token.i, (referent.key,), "nominal", via=reference.start)
        return None
