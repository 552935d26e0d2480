"""Attaching: the word of the parse that each date of a text modifies, and the preposition between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from graph.components.happening.clauses import clause_verb, tense
from graph.model import When
from graph.notes import EventNote, Notes, TimeNote
from ontology.modality import Modality
from ontology.time_words import TimeWords

_PHRASAL = frozenset("npadvmod pobj nummod compound nmod amod poss appos advmod".split())


@dataclass(frozen=True, slots=True)
class Attached:
    """A date at the word it is attached to, with the preposition between them."""

    when: When
    preposition: str
    start: int


def attach(
    doc: Doc, notes: Notes, heads: Mapping[int, EventNote], words: tuple[TimeWords, Modality]
) -> Mapping[int, list[Attached]]:
    """By token, the dates attached to it; ``heads`` are the events by the token of their trigger."""
    times, modality = words
    attached: dict[int, list[Attached]] = defaultdict(list)
    for note in notes.times:
        head, preposition = attachment(doc[note.start : note.end].root, note, times.partitive)
        if _opens_clause(doc, note, head) or _follows_subject(note, head, preposition):
            head, preposition = clause_verb(head), ""
        if (inner := _inner(doc, note, head, times)) is not None:
            attached[inner.i].append(Attached(note.period or note.when, preposition, note.start))
            continue
        date = Attached(note.period or note.when, preposition, note.start)
        act = heads.get(head.i)
        spoken = act is not None and act.cls in times.shared
        between = _between(head, note.start, heads, modality) if spoken else None
        if between is not None:
            attached[between.i].append(date)
        if between is None or _is_adjunct(between, head):
            attached[head.i].append(date)
    return attached


def _between(act: Token, end: int, heads: Mapping[int, EventNote], modality: Modality) -> Token | None:
    """The last event between an act and a date, among what it is about: "agreed on a visit in May"."""
    for i in range(end - 1, act.i, -1):
        event = heads.get(i)
        if event is not None and event.cls not in modality.lasting and act.is_ancestor(act.doc[i]):
            return act.doc[i]
    return None


def attachment(root: Token, note: TimeNote, partitive: frozenset[str]) -> tuple[Token, str]:
    """The word that a phrase of time modifies, and the preposition between them."""
    head, preposition = root, ""
    while head.head is not head and (head.dep_ in _PHRASAL or head.dep_ == "prep"):
        if head.dep_ == "prep":
            preposition = preposition or head.lower_
        if head.lemma_ in partitive and head is not root:
            preposition = ""  # "after the last months of the year" is after
        head = head.head
        if head.dep_ != "prep" and not note.start <= head.i < note.end and head.lemma_ not in partitive:
            return head, preposition
    if head is root and root.dep_ in {"nsubj", "dobj", "dep"}:
        return root.head, preposition
    return head, preposition


def _opens_clause(doc: Doc, note: TimeNote, head: Token) -> bool:
    """Whether a date stands before the subject of a clause, of which the parse makes it a part: ", and last
    March Peru's court ruled".
    """
    subject = head
    while subject.dep_ in {"poss", "compound"} and subject.head.i > subject.i:
        subject = subject.head
    opening = note.start == 0 or doc[note.start - 1].pos_ in {"PUNCT", "CCONJ", "SPACE"}
    behind = note.end < len(doc) and doc[note.end].tag_ in {"NNP", "NNPS", "DT", "PRP", "PRP$"}
    return opening and behind and head.i >= note.end and subject.dep_ in {"nsubj", "nsubjpass"}


def _follows_subject(note: TimeNote, head: Token, preposition: str) -> bool:
    """Whether a day stands between a name and its verb: "Kenya on 4 May opened the border"."""
    named = head.dep_ in {"nsubj", "nsubjpass"} and head.pos_ == "PROPN"
    return named and preposition == "on" and note.end <= head.head.i


def _inner(doc: Doc, note: TimeNote, head: Token, words: TimeWords) -> Token | None:
    """The noun that a date stays with though the parse hangs it on the verb.

    Of two kinds: what goes on behind the date ("the adoption in May of the plan"), and what opens a sentence
    with it and no comma ("After the vote on 4 May the talks broke down").
    """
    if head.pos_ not in {"VERB", "AUX"} or note.end >= len(doc):
        return None
    if (clause := _reported_clause(note, head)) is not None:
        return clause
    lead = note.start - 1
    if lead < 1 or doc[lead].dep_ != "prep":
        return None
    noun = doc[lead - 1]
    if doc[note.end].lower_ == "of" and noun.pos_ == "NOUN" and head.i < noun.i:
        return noun
    opening = next((c for c in head.children if c.dep_ == "prep" and c.i < lead), None)
    if opening is None or opening.lower_ not in words.returning | words.behind_prepositions:
        return None
    if opening.right_edge.i != lead - 1 or note.start > head.i:
        return None
    return next((c for c in opening.children if c.dep_ == "pobj"), None)


def _reported_clause(note: TimeNote, head: Token) -> Token | None:
    """The verb of the clause that a date ends though the parse hangs it on the verb above: "noted that trade
    had grown last year".
    """
    for clause in head.children:
        if clause.dep_ == "ccomp" and head.i < clause.i < note.start:
            marked = any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)
            closed = any(t.is_punct for t in head.doc[clause.i : note.start])
            return clause if marked and not closed and tense(clause) is not None else None
    return None


def _is_adjunct(noun: Token, verb: Token) -> bool:
    """Whether a noun says when or where the verb was done: "said after talks"."""
    return noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head is verb
