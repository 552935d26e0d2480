"""Clauses: which verb governs a word, its tense, and whether it is passive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Token

Tense = Literal["past", "present", "progressive", "future", "infinitive"]

_CLIPPED = {"'s", "’s"}
"""What stands for "has" before a participle with an object: "he's taken control"."""
_CHAINED = frozenset({"xcomp", "conj", "ccomp"})
_WHERE = frozenset({"where", "when"})
_WHICH = frozenset({"which", "whom"})
_TO_VERB = frozenset({"dobj", "nsubjpass", "conj", "nsubj", "attr", "prep", "pobj"})
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


def clause_verb(token: Token) -> Token:
    """The verb that a noun depends on as its subject or object, or a verb itself."""
    while token.pos_ not in {"VERB", "AUX"} and token.dep_ in _TO_VERB and token.head is not token:
        token = token.head
    return token


def first_verb(verb: Token) -> Token:
    """The first of verbs that are joined by "and"."""
    while verb.dep_ == "conj":
        verb = verb.head
    return verb


def is_aside(token: Token) -> bool:
    """Whether a word stands in a clause that only tells of a noun: "the agreement signed last year"."""
    return first_verb(clause_verb(token)).dep_ in {"relcl", "acl"}


def is_main_act(token: Token) -> bool:
    """Whether a word tells what was done, in a main clause or in what was said of it."""
    verb = clause_verb(token)
    top = first_verb(verb)
    return (
        verb.pos_ in {"VERB", "AUX"}
        and top.dep_ in {"ROOT", "ccomp", "parataxis"}
        and tense(verb) == "past"
        and not is_perfect(verb)
    )


def is_past(token: Token) -> bool:
    """Whether the clause of a word stands in the simple past."""
    verb = clause_verb(token)
    return verb.pos_ in {"VERB", "AUX"} and tense(verb) == "past" and not is_perfect(verb)


def relative_verb(trigger: Token) -> Token | None:
    """The verb of the relative clause that an event is told in, if it is."""
    verb = clause_verb(trigger)
    while verb.dep_ in _CHAINED and verb.head.pos_ in {"VERB", "AUX"}:
        if verb.dep_ == "ccomp" and tense(verb) != "infinitive":
            return None
        verb = verb.head
    return verb if verb.dep_ == "relcl" else None


def joined_by(clause: Token) -> Token | None:
    """The word by which a clause is joined to a time or place: "at which", "where"."""
    for child in clause.children:
        if child.lower_ in _WHERE and child.i < clause.i:
            return child
        if child.dep_ == "prep" and child.i < clause.i:
            which = next((t for t in child.subtree if t.lower_ in _WHICH and t.dep_ == "pobj"), None)
            if which is not None:
                return which
    return None
