"""Steps from a word up to the verbs above it."""

from __future__ import annotations

from spacy.tokens import Token

_VERBAL = frozenset({"VERB", "AUX"})
_DEPTH = 6


def governing(token: Token, words: tuple[tuple[str, ...], ...]) -> list[Token]:
    """The verb above a noun, where the last preposition up to it is one of ``words``, if any."""
    noun = token
    for _ in range(_DEPTH):
        above = noun.head
        if above.i == noun.i:
            return []
        if above.pos_ in _VERBAL:
            fits = not words or (noun.dep_ in {"prep", "agent"} and (noun.lower_,) in words)
            return [above] if fits and noun.dep_ not in {"nsubj", "relcl"} else []
        noun = above
    return []


def clause(token: Token) -> list[Token]:
    """The verb of the clause that a word stands in."""
    above = token
    for _ in range(_DEPTH):
        if above.pos_ in _VERBAL and above.i != token.i:
            return [above]
        if above.head.i == above.i:
            return []
        above = above.head
    return []
