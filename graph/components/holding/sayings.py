"""Of whom a clause says that they have an office: "X was appointed TITLE", "the election of X as TITLE"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from graph.components.holding.persons import people_at, person_ending
from graph.notes import Notes, Reference
from ontology.office_words import OfficeWords


def said_of(doc: Doc, notes: Notes, head_token: int, words: OfficeWords) -> list[Reference]:
    """The subject of "X is / became / serves as / was appointed TITLE", the object of "named X TITLE"."""
    head = doc[head_token]
    if head.dep_ == "conj" and head.head.lower_ in words.forms:
        head = head.head
    verb = head.head
    if verb.dep_ == "prep" and verb.lower_ == "as":
        head, verb = verb, verb.head
        told = _appointed(notes, verb, words) or _succeeding(notes, verb, words)
        if told:
            return told
    if verb.dep_ == "prep" and verb.lower_ == "of" and verb.head.lower_ in words.posts:
        return _assuming(notes, verb.head, words)
    if verb.lemma_ in words.being and (head.dep_ in {"attr", "oprd", "prep", "dobj"}):
        return _chosen(notes, verb, words) or _subject(notes, verb)
    if verb.lemma_ in words.appointing and head.dep_ in {"oprd", "attr", "prep", "dobj", "ccomp", "xcomp"}:
        passive = _child(verb, "nsubjpass")
        if passive is not None:
            return _of_subject(notes, passive, verb)
        objects = [c for c in verb.children if c.dep_ == "dobj" and c.i != head.i]
        if objects:
            return people_at(notes, objects[0])
        if verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"}:
            return people_at(notes, verb.head)
        if verb.tag_ == "VBN" and verb.dep_ == "xcomp":  # "is to be appointed"
            return _subject(notes, verb)
    if verb.lemma_ in words.appointing and head.dep_ in {"appos"}:
        return people_at(notes, verb)
    small = _child(head, "nsubj")  # "named X minister", where the parser sees a small clause
    if small is not None and verb.lemma_ in words.appointing and small.i < head.i:
        return people_at(notes, small)
    return []


def _chosen(notes: Notes, being: Token, words: OfficeWords) -> list[Reference]:
    """The person of "appoint X to be TITLE"."""
    verb = being.head
    if being.dep_ not in {"xcomp", "ccomp", "advcl"} or verb.lemma_ not in words.appointing:
        return []
    return people_at(notes, _child(verb, "dobj")) or people_at(notes, _child(being, "nsubj"))


def _appointed(notes: Notes, noun: Token, words: OfficeWords) -> list[Reference]:
    """The person of "the appointment of X as TITLE", "X's resignation as TITLE"."""
    named = people_at(notes, noun)
    if named:  # to whom the parser may attach "as"
        governor = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
        return named if governor.lower_ in words.appointments else []
    if noun.lower_ not in words.appointments:
        return []
    owner = _child(noun, "poss")
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    return people_at(notes, owner) or people_at(notes, _child(of, "pobj") if of is not None else None)


def _succeeding(notes: Notes, verb: Token, words: OfficeWords) -> list[Reference]:
    """Both of "X succeeds Y as TITLE"."""
    if verb.dep_ == "dobj":  # to which the parser may attach "as"
        verb = verb.head
    if verb.lemma_ not in words.succeeding:
        return []
    return [*_subject(notes, verb), *people_at(notes, _child(verb, "dobj"))]


def _assuming(notes: Notes, post: Token, words: OfficeWords) -> list[Reference]:
    """The person of "X assumes the post of TITLE"."""
    taken = post.dep_ == "dobj" and post.head.lemma_ in words.assuming
    return _subject(notes, post.head) if taken else []


def _subject(notes: Notes, verb: Token) -> list[Reference]:
    while True:
        subject = _child(verb, "nsubj") or _child(verb, "nsubjpass")
        if subject is not None:
            return _of_subject(notes, subject, verb)
        if verb.dep_ in {"relcl", "acl"}:
            return people_at(notes, verb.head)
        if verb.dep_ not in {"conj", "xcomp"} or verb.head.pos_ not in {"VERB", "AUX"}:
            return []
        verb = verb.head


def _of_subject(notes: Notes, subject: Token, verb: Token) -> list[Reference]:
    """The person a subject is; for "who", the name right before it, else what the clause modifies."""
    if subject.tag_ not in {"WP", "WDT"}:
        return people_at(notes, subject)
    before = subject.i - 1
    if before > 0 and subject.doc[before].text in {",", "-", "–", "—"}:
        before -= 1
    nearest = person_ending(notes, before)
    return [nearest] if nearest else people_at(notes, verb.head)


def _child(token: Token, dep: str) -> Token | None:
    return next((c for c in token.children if c.dep_ == dep), None)
