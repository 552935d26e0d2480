"""What follows a preposition, of one word or several ("in front of"), below a token of the parse."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

_VERBAL = frozenset({"VERB", "AUX"})


def prepositional(token: Token, words: tuple[tuple[str, ...], ...]) -> list[Token]:
    """What follows one of some prepositions below a word; each is given as its words ("along", "with")."""
    return [o for prep in _prepositions(token, words) for o in prep.children if o.dep_ in {"pobj", "pcomp"}]


def _prepositions(token: Token, words: tuple[tuple[str, ...], ...]) -> Iterator[Token]:
    for child in token.children:
        lower = child.lower_
        for phrase in words:
            if lower != phrase[0] or child.dep_ == "mark":
                continue
            found = _phrase_end(child, phrase)
            if found is not None:
                yield found
                yield from (c for c in found.children if c.dep_ == "conj" and c.pos_ == "ADP")


def _phrase_end(child: Token, phrase: tuple[str, ...]) -> Token | None:
    if child.lower_ != phrase[0]:
        return None
    if len(phrase) == 1:
        return child
    return next((g for c in child.children for g in (_phrase_end(c, phrase[1:]),) if g is not None), None)


def within(token: Token, words: tuple[tuple[str, ...], ...]) -> list[Token]:
    """What follows one of some prepositions anywhere below a word, but not in a clause below it."""
    found = prepositional(token, words)
    for child in token.children:
        if child.pos_ not in _VERBAL and child.dep_ not in {"relcl", "acl"}:
            found += within(child, words)
    return found
