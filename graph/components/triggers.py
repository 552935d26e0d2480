"""Triggers in the text: whether the words of a lexicon entry stand at a token, and which tokens they take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from graph.components import paths
from ontology.frames import Trigger
from ontology.lexicon import Lexicon

_POS = {
    "VERB": frozenset({"VERB", "AUX"}),
    "NOUN": frozenset({"NOUN", "PROPN"}),
    "ADJ": frozenset({"ADJ"}),
    "ADV": frozenset({"ADV"}),
    "ADP": frozenset({"ADP", "SCONJ", "ADV", "VERB"}),
    "NUM": frozenset({"NUM"}),
}


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger in the text: the token that its arguments hang on, all its tokens, and the span to show."""

    trigger: Trigger
    head: Token
    tokens: frozenset[int]

    @property
    def span(self) -> tuple[int, int]:
        """The tokens of the trigger where they stand together, else its head."""
        first, last = min(self.tokens), max(self.tokens) + 1
        return (first, last) if last - first == len(self.tokens) else (self.head.i, self.head.i + 1)


def matches(token: Token, lexicon: Lexicon, *, phrases: bool) -> Iterator[Match]:
    """The triggers that begin at a token, the most particular first: those of several words, or of one."""
    for key in _keys(token):
        for trigger in lexicon.table.get(key, ()):
            if (len(trigger.words) > 1) == phrases:
                match = _match(trigger, token)
                if match is not None:
                    yield match


def _keys(token: Token) -> tuple[str, ...]:
    """The lemma and the word itself; of a name also the singular that it would have as a noun ("Talks")."""
    words = [token.lemma_.lower(), token.lower_]
    if token.pos_ == "PROPN":
        words.append(token.lower_.removesuffix("s"))
    return tuple(dict.fromkeys(words))


def _match(trigger: Trigger, token: Token) -> Match | None:
    if not any(token.pos_ in _POS[pos] for pos in trigger.pos):
        return None
    if trigger.forms and token.lower_ not in trigger.forms:
        return None
    if len(trigger.words) == 1:
        return Match(trigger, token, frozenset({token.i}))
    if "VERB" in trigger.pos:
        return _verb_phrase(trigger, token)
    return _sequence(trigger, token)


def _verb_phrase(trigger: Trigger, token: Token) -> Match | None:
    """A verb with its particle, preposition or object, in any order, words between them or not."""
    taken = [token]
    for words in trigger.words[1:]:
        below = [c for t in taken for c in t.children] + paths.objects(token)
        found = next((c for c in below if _is_one_of(c, words) and c not in taken), None)
        if found is None:
            return None
        taken.append(found)
    return Match(trigger, token, frozenset(t.i for t in taken))


def _sequence(trigger: Trigger, token: Token) -> Match | None:
    """Words that follow each other."""
    end = token.i + len(trigger.words)
    span = token.doc[token.i : end]
    if len(span) < len(trigger.words) or not all(map(_is_one_of, span, trigger.words)):
        return None
    return Match(trigger, span.root, frozenset(range(token.i, end)))


def _is_one_of(token: Token, words: frozenset[str]) -> bool:
    return token.lower_ in words or any(k in words for k in _keys(token))
