"""Clauses: which verb governs a word, its tense, and whether it is passive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Token

Tense = Literal["past", "present", "progressive", "future", "infinitive"]

_CLIPPED = {"'s", "’s"}
"""What stands for "has" before a participle with an object: "he's taken control"."""
_FINITE = {"VBD": "past", "VBZ": "present", "VBP": "present"}


def ancestors(token: Token) -> Iterator[Token]:
    """The token itself, its head, the head's head, up to the root of the sentence."""
    yield token
    yield from token.ancestors


def tense(verb: Token) -> Tense | None:
    """The tense of a verb with its auxiliaries; None for a bare gerund, an imperative or what is no verb.

    The perfect counts as past, and so does a participle without auxiliary ("a plan proposed by ...").
    """
    finite = None
    for child in verb.children:
        if child.dep_ not in {"aux", "auxpass"}:
            continue
        if child.tag_ == "MD":
            return "future"
        if child.tag_ == "TO":
            return "infinitive"
        if child.lemma_ == "have" or child.tag_ == "VBD":
            finite = "past"
        elif finite is None:
            finite = "present"
    if verb.tag_ in _FINITE:
        return "past" if finite == "past" or verb.tag_ == "VBD" else "present"
    if verb.tag_ == "VBN":
        return "present" if finite == "present" else "past"
    if verb.tag_ == "VBG" and finite is not None:
        return "past" if finite == "past" else "progressive"
    return None


def is_passive(token: Token) -> bool:
    """Whether a verb's subject is what it is done to; also of a bare participle ("signed in May")."""
    deps = {c.dep_ for c in token.children}
    if "dobj" in deps and any(c.dep_ == "auxpass" and c.lower_ in _CLIPPED for c in token.children):
        return False
    if deps & {"nsubjpass", "auxpass", "csubjpass"}:
        return True
    if token.tag_ != "VBN" or "aux" in deps or deps & {"nsubj", "dobj"}:
        return False
    return token.dep_ in {"acl", "amod", "advcl"} or (token.dep_ == "conj" and is_passive(token.head))


def is_perfect(verb: Token) -> bool:
    """Whether a verb stands in the perfect: "has signed"."""
    return any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)


def is_participle(token: Token) -> bool:
    """Whether a word is a bare participle of the passive: "attended by the ministers"."""
    return token.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass", "nsubj"} for c in token.children)
