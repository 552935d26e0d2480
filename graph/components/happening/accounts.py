"""Accounts: texts in their author's own words, and what the present tense of a text tells of its day."""

from __future__ import annotations

import itertools

from spacy.tokens import Doc, Token

from graph.components.happening.clauses import clause_verb, first_verb, tense
from graph.model import BlockKind
from graph.notes import Notes
from ontology.time_words import TimeWords

_OPENING = 8
"""Words at the start of a headline among which it says what kind of text follows."""
_PARTING = frozenset({":", ";"})
_TITLES = frozenset({BlockKind.HEADLINE, BlockKind.HEADING})
"""What may tell above a text what kind of text it is."""


def is_account(doc: Doc, notes: Notes, words: TimeWords) -> bool:
    """Whether the headline calls a text an account of an occasion: "Readout of ...", "Joint Statement"."""
    body = next((s.start for s in notes.sentences if s.kind is BlockKind.BODY), len(doc))
    titles = (s for s in notes.sentences if s.kind in _TITLES and s.start < body)
    if any(t.lower_ in words.accounts for s in titles for t in doc[s.start : min(s.end, s.start + _OPENING)]):
        return True
    above = itertools.takewhile(lambda block: block.kind is not BlockKind.BODY, notes.document.blocks)
    lines = [notes.document.text[block.begin : block.end].casefold().strip() for block in above]
    return any(line.startswith(tuple(words.own_words)) for line in lines)


def is_title(trigger: Token, notes: Notes) -> bool:
    """Whether a text is by its headline the act itself: "Statement by the Foreign Minister"."""
    sentence = notes.sentence_of(trigger.i)
    headline = sentence is not None and sentence.kind is BlockKind.HEADLINE
    return headline and trigger.pos_ in {"NOUN", "PROPN"} and trigger.dep_ in {"ROOT", "compound", "nmod"}


def is_reported(trigger: Token, notes: Notes) -> bool:
    """Whether the present of a main clause tells what is said as the text is issued: "the premier says"."""
    verb = clause_verb(trigger)
    sentence = notes.sentence_of(trigger.i)
    told = sentence is not None and sentence.kind is BlockKind.BODY and trigger == verb
    return told and _is_main(first_verb(verb)) and tense(verb) in {"present", "progressive"}


def _is_main(verb: Token) -> bool:
    """Whether a verb is that of a sentence, or of a part of it behind a colon: "Mali is calm: it says"."""
    behind = verb.doc[min(verb.i, verb.head.i) : max(verb.i, verb.head.i)]
    return verb.dep_ in {"ROOT", "parataxis"} or (
        verb.dep_ == "ccomp" and any(t.text in _PARTING for t in behind)
    )


def is_breaking(trigger: Token, notes: Notes, habits: frozenset[str]) -> bool:
    """Whether the present of a main clause tells what is done as the text is issued, not again and again."""
    verb = clause_verb(trigger)
    sentence = notes.sentence_of(trigger.i)
    if sentence is None or sentence.kind is not BlockKind.BODY or first_verb(verb).dep_ != "ROOT":
        return False
    habitual = any(
        c.lower_ in habits
        or (c.dep_ == "npadvmod" and any(t.lower_ in {"every", "each"} for t in c.children))
        for c in verb.children
    )
    return verb.pos_ == "VERB" and tense(verb) in {"present", "progressive"} and not habitual


def is_told_in_present(doc: Doc, notes: Notes) -> bool:
    """Whether more of what the main clauses of a body tell stands in the present than in the past."""
    verbs = [doc[slice(*e.triggers[0])].root for e in notes.events]
    bodies = (v for v in verbs if (s := notes.sentence_of(v.i)) and s.kind is BlockKind.BODY)
    told = [tense(v) for v in bodies if v.pos_ == "VERB" and first_verb(v).dep_ == "ROOT"]
    return sum(t in {"present", "progressive"} for t in told) > sum(t == "past" for t in told)


def is_performed(trigger: Token) -> bool:
    """Whether an act is done by saying so: the present of a main clause, in the author's own text."""
    verb = clause_verb(trigger)
    return verb.dep_ == "ROOT" and tense(verb) in {"present", "future"}


def is_first_person(verb: Token) -> bool:
    """Whether the author speaks: "we urge", "I am calling on"."""
    return tense(verb) in {"present", "progressive"} and any(
        c.dep_ == "nsubj" and c.lower_ in {"i", "we"} for c in verb.children
    )
