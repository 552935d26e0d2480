"""Paths over the dependency parse: from a trigger to the tokens where its arguments stand.

The labels are those of spaCy's English pipelines (ClearNLP).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from spacy.tokens import Token

from graph.components.happening.doers import (
    indirect_objects,
    objects,
    raised_verbs,
    subjects,
    surface_subjects,
)
from graph.components.happening.prepositions import prepositional, within
from graph.components.happening.upward import clause, governing

_VERBAL = frozenset({"VERB", "AUX"})
_LEFT = frozenset({"compound", "amod", "nmod", "quantmod", "conj", "punct", "npadvmod", "dep", "poss"})
_DOWN = frozenset({"prep", "within", "mods", "poss", "comp", "attr", "appos", "iobj"})
_MEASURES = frozenset({"day", "hour", "week", "month", "night", "round", "series", "session", "stage"})
"""What counts an event: "two days of talks"."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class StepLike(Protocol):
    """One step of a path; see ``ontology.lexicon.Step``."""

    @property
    def name(self) -> str:
        """The name of the step."""

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The words that it may go through; none: any."""


def follow(token: Token, steps: tuple[StepLike, ...], support: frozenset[str]) -> list[Token]:
    """All tokens that a path leads to, in the order of the text, the heads of their phrases.

    ``support`` are the lemmas that the step ``support`` may lead to.
    """
    tokens = [token]
    for step in steps:
        tokens = [end for t in tokens for end in _step(t, step, support)]
    return list(dict.fromkeys(tokens))


def _step(token: Token, step: StepLike, support: frozenset[str]) -> list[Token]:
    if step.name in _DOWN and not token.n_lefts and not token.n_rights:
        return []
    if step.name == "prep":
        return prepositional(token, step.words)
    if step.name == "support":
        return [v for v in supporting(token) if v.lemma_ in support]
    if step.name == "gov":
        return governing(token, step.words)
    if step.name == "within":
        return within(token, step.words)
    return _PLAIN[step.name](token)


def modifiers(token: Token) -> list[Token]:
    """The words before a noun that belong to it: "U.S.-Fiji dialogue", "Russian-Japanese forum"."""
    found = []
    for left in token.doc[token.left_edge.i : token.i]:
        above = left
        while above.i != token.i and above.dep_ in _LEFT:
            above = above.head
        if above.i == token.i and left.dep_ != "punct":
            found.append(left)
    return found


def possessors(token: Token) -> list[Token]:
    """Whose a noun is: "Putin's visit", "their meeting"."""
    return [c for c in token.children if c.dep_ == "poss"]


def supporting(token: Token) -> list[Token]:
    """The verbs that carry a noun: "held talks", "talks were held", "engage in talks"."""
    found = [c for c in token.children if c.dep_ in {"acl", "relcl"} and c.pos_ == "VERB"]
    noun = token
    while noun.dep_ in {"conj", "appos"} and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_ in _MEASURES:
        noun = noun.head.head
    above = noun.head
    if noun.dep_ == "pobj" and above.dep_ in {"prep", "agent"}:
        above = above.head
    elif noun.dep_ not in {"dobj", "nsubjpass", "nsubj", "attr"}:
        return found
    if above.pos_ not in _VERBAL:
        return found
    raised = raised_verbs(above) if noun.dep_ in _SUBJECTS else []
    return [above, *raised, *found]


def sentence(token: Token) -> list[Token]:
    """Every word of the sentence, for arguments that only stand nearby."""
    return list(token.sent)


def _children(*deps: str) -> Callable[[Token], list[Token]]:
    def step(token: Token) -> list[Token]:
        return [c for c in token.children if c.dep_ in deps]

    return step


def _attributes(token: Token) -> list[Token]:
    """What somebody is called or made; the parser may take it for a second object: "called him a spy"."""
    found = [c for c in token.children if c.dep_ in {"attr", "oprd"}]
    return found or [c for c in token.children if c.dep_ in {"dative", "dobj"} and c.pos_ != "ADP"][1:]


def _copula(token: Token) -> list[Token]:
    return [token.head] if token.dep_ in {"attr", "acomp", "oprd"} and token.head.pos_ in _VERBAL else []


_PLAIN: dict[str, Callable[[Token], list[Token]]] = {
    "self": lambda token: [token],
    "head": lambda token: [token.head],
    "subj": subjects,
    "surface": surface_subjects,
    "obj": objects,
    "iobj": indirect_objects,
    "poss": possessors,
    "mods": modifiers,
    "comp": _children("ccomp", "xcomp"),
    "attr": _attributes,
    "appos": _children("appos"),
    "clause": clause,
    "sentence": sentence,
    "copula": _copula,
}
