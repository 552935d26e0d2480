"""Who is probably meant where a trigger lacks somebody that its frame requires, and nobody is named there.

What is supposed here is uncertain; only the learned filter decides whether an event may rest on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from graph.components.happening.triggers import Match
from graph.notes import Argument, Notes, Reference, Sentence

ACTING = frozenset({"participant", "initiator", "recipient"})
"""The roles of those who take part."""

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PLURALS = frozenset({"they", "both", "their", "we", "our"})
_FIRST_CHOICE = ("participant", "initiator", "recipient")
_GROUP_BACK = 3  # sentences that a plural looks back over


@dataclass(frozen=True, slots=True)
class Supposed:
    """Arguments that nothing in the frame gave, and how they were come by."""

    how: str
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class _Actors:
    keys: tuple[str, ...]
    reference: Reference


def suppose(doc: Doc, notes: Notes, match: Match, found: list[Argument]) -> Supposed:
    """Who may fill the role that a trigger requires and has not.

    An unnamed plural ("the ministers", "they") stands for the last that were named together, another unnamed
    subject for that of a clause before; where there is no subject, that of the sentence or the one before.
    """
    need = next((r.names & ACTING for r in match.trigger.require if r.names & ACTING), frozenset())
    sentence = notes.sentence_of(match.head.i)
    if not need or sentence is None:
        return Supposed("nobody")
    role = next(name for name in _FIRST_CHOICE if name in need)
    number = notes.sentences.index(sentence)
    how, actors = _meant(doc, notes, match.head, number)
    known = {a.key for a in found if a.role in ACTING}
    if actors is None or known & set(actors.keys):
        return Supposed("nobody")
    start, end = actors.reference.start, actors.reference.end
    return Supposed(how, tuple(Argument(role, start, end, key=key) for key in actors.keys))


def _meant(doc: Doc, notes: Notes, head: Token, number: int) -> tuple[str, _Actors | None]:
    own = _own_subject(head)
    if own is None:
        for how, n in (("sentence", number), ("sentence before", number - 1)):
            actors = _subject(doc, notes, notes.sentences[n]) if n >= 0 else None
            if actors is not None:
                return f"{how} {head.pos_}", actors
        return "nobody", None
    if notes.at(own.i) is not None:
        return "nobody", None
    if own.tag_ in {"NNS", "NNPS"} or own.lower_ in _PLURALS:
        for n in range(number, max(number - _GROUP_BACK, 0) - 1, -1):
            actors = _group(doc, notes, notes.sentences[n], own.i)
            if actors is not None:
                return "group", actors
    for n in (number, number - 1):
        actors = _subject(doc, notes, notes.sentences[n], own.i) if n >= 0 else None
        if actors is not None:
            return "noun" if own.pos_ in {"NOUN", "PROPN"} else "pronoun", actors
    return "nobody", None


def _own_subject(head: Token) -> Token | None:
    """The subject of a verb, or of the one it is joined to; the possessor of a noun."""
    if head.pos_ != "VERB":
        return next((c for c in head.children if c.dep_ == "poss"), None)
    verb = head
    while verb.dep_ == "conj" and not any(c.dep_ in _SUBJECTS for c in verb.children):
        verb = verb.head
    return next((c for c in verb.children if c.dep_ in _SUBJECTS), None)


def _group(doc: Doc, notes: Notes, sentence: Sentence, before: int) -> _Actors | None:
    """Those last named together in a sentence, before a token."""
    end = min(sentence.end, before)
    for reference in sorted(notes.references, key=lambda r: -r.start):
        if sentence.start <= reference.start < end:
            keys = tuple(_acting(notes, reference))
            if len(keys) > 1:
                return _Actors(keys, reference)
    actors = _subject(doc, notes, sentence, before)
    return actors if actors and len(actors.keys) > 1 else None


def _subject(doc: Doc, notes: Notes, sentence: Sentence, before: int | None = None) -> _Actors | None:
    """The first subject of a sentence that is named, with those joined to it."""
    end = sentence.end if before is None else min(sentence.end, before)
    for token in doc[sentence.start : end]:
        reference = notes.at(token.i) if token.dep_ in _SUBJECTS else None
        if reference is not None and any(_acting(notes, reference)):
            joined = (r for t in (token, *token.conjuncts) if (r := notes.at(t.i)) is not None)
            keys = dict.fromkeys(key for r in joined for key in _acting(notes, r))
            return _Actors(tuple(keys), reference)
    return None


def _acting(notes: Notes, reference: Reference) -> Iterator[str]:
    for key in reference.keys:
        referent = notes.referents[key]
        if referent.kind in {"person", "institution"} or referent.cls == "State":
            yield key
