"""Persons of whom a text says that they had or will have another's office: "She takes over from X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.attrs import LEMMA, LOWER  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc, Token

from graph.components.columns import indexes_of
from graph.components.holding.persons import person_at
from graph.notes import Notes, OfficeNote, Reference
from ontology.office_words import OfficeWords

_NEAR = 30  # tokens after the word within which the office itself may still be told
_UNTITLED = frozenset({"rank", "leader", "royal"})


def note_successions(doc: Doc, notes: Notes, words: OfficeWords) -> None:
    """Give who is succeeded, or succeeds, the office of the other, where the text gives him none himself."""
    for i in sorted({*indexes_of(doc, LEMMA, words.succeeding), *indexes_of(doc, LEMMA, ("take",))}):
        if notes.sentence_of(i) is not None and doc[i].pos_ == "VERB":
            for new, old in _by_verb(notes, doc[i], words):
                _share(notes, new, old, i)
    for i in indexes_of(doc, LOWER, words.neighbours):
        if notes.sentence_of(i) is not None:
            for owner, other in _by_noun(doc, notes, i):
                _share(notes, owner, other, i)


def _share(notes: Notes, first: str, second: str, i: int) -> None:
    """Note the office of one of two persons for the other; ``i`` is the word that joins them."""
    offices = [[o for o in notes.offices if o.holder == key] for key in (first, second)]
    for known, unknown, key in ((offices[0], offices[1], second), (offices[1], offices[0], first)):
        told = [o for o in known if o.kind not in _UNTITLED and o.start < i + _NEAR]
        if told and not unknown:
            last = told[-1]
            notes.offices.append(
                OfficeNote(i, i + 1, last.title, key, last.of, "succession", i, i + 1, i, last.kind)
            )
            return


def _by_verb(notes: Notes, verb: Token, words: OfficeWords) -> Iterator[tuple[str, str]]:
    """Who succeeds whom in "X replaces Y", "X takes over from Y", "Y was succeeded by X"."""
    agents, patients = _agents(notes, verb), _of(notes, verb, "dobj")
    if verb.lemma_ in words.succeeding:
        if not patients:
            patients, agents = _of(notes, verb, "nsubjpass"), _governed(notes, verb, "by")
    else:
        over = any(c.lower_ == "over" for c in verb.children)
        thing = any(c.dep_ == "dobj" for c in verb.children)  # "took over the talks from Y"
        patients = _governed(notes, verb, "from") if over and not thing else []
    if not agents and verb.dep_ in {"advcl", "acl", "conj", "xcomp", "relcl"}:
        governor = verb.head
        if governor.lemma_ in words.appointing:  # "appointed X to replace Y"
            agents = _of(notes, governor, "dobj") or _of(notes, governor, "nsubjpass")
        agents = agents or (
            _of(notes, governor, "nsubj") + _of(notes, governor, "nsubjpass")
            if governor.pos_ in {"VERB", "AUX"}
            else _people(notes, governor)
        )
    if len(agents) == 1 and len(patients) == 1 and agents != patients:
        yield agents[0], patients[0]


def _agents(notes: Notes, verb: Token) -> list[str]:
    """Who succeeds; a pronoun is whoever was last given or said to have an office, not who gave it."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    sentence = notes.sentence_of(verb.i)
    if subject is None or subject.tag_ != "PRP" or sentence is None:
        return _of(notes, verb, "nsubj")
    held = [o for o in notes.offices if o.holder and subject.i - _NEAR < o.start < subject.i]
    last = max(held, key=lambda o: o.start, default=None)
    return [last.holder] if last is not None and last.holder is not None else []


def _of(notes: Notes, verb: Token, dep: str) -> list[str]:
    return [key for c in verb.children if c.dep_ == dep for key in _people(notes, c)]


def _governed(notes: Notes, verb: Token, preposition: str) -> list[str]:
    """The persons after a preposition of a verb, or of its particle."""
    around = list(verb.children) + [g for c in verb.children for g in c.children]
    return [
        key
        for p in around
        if p.lower_ == preposition
        for c in p.children
        if c.dep_ == "pobj"
        for key in _people(notes, c)
    ]


def _people(notes: Notes, token: Token) -> list[str]:
    return [r.key for r in notes.referents_at(token.i) if r.kind == "person"]


def _by_noun(doc: Doc, notes: Notes, i: int) -> Iterator[tuple[str, str]]:
    """Whose neighbour in office who is: "his predecessor, X", "X's successor Y"."""
    j = i + 2 if i + 2 < len(doc) and doc[i + 1].text == "," else i + 1
    person: Reference | None = person_at(notes, j) if j < len(doc) else None
    owner = next((c for c in doc[i].children if c.dep_ == "poss"), None)
    owners = _people(notes, owner) if owner is not None else []
    if person is not None and len(person.keys) == 1 and len(owners) == 1 and owners[0] != person.keys[0]:
        yield owners[0], person.keys[0]
