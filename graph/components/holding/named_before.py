"""The persons named before a title."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from graph.components.holding.persons import person_ending
from graph.components.holding.title_names import new_name_before
from graph.components.holding.titles import POSSESSIVES, Title
from graph.notes import Notes, Reference
from ontology.office_words import OfficeWords

_APPOSITION_ENDS = frozenset(", . ) ( - – — ; : and who which in at to with on for of from".split())
_OWNER = 7
"""Tokens of the owner between a name and a title: "X, the prime minister's special envoy"."""


def named_before(doc: Doc, notes: Notes, title: Title, words: OfficeWords) -> list[Reference]:
    """The persons to whom a title is an apposition, or who are given it: "named X minister"."""
    begin = _begin(notes, title)
    i = title.left - 1
    if i <= begin:
        return []
    if doc[i].lower_ in POSSESSIVES:  # "X, the king's personal envoy"
        i = next((k - 1 for k in range(i, max(i - _OWNER, begin), -1) if doc[k - 1].text == ","), i)
    if doc[i].lower_ == "as" and i - 1 > begin:
        return _given(doc, notes, i - 1, begin, words)
    comma = doc[i].text in {",", "(", "-", "–", "—"}
    if comma:
        i -= 1
        if doc[i].text.isdigit() and doc[i - 1].text == ",":  # an age
            i -= 2
    person = person_ending(notes, i) or _with_place(doc, notes, i, begin)
    if person is None and comma and _is_apposition(doc, title, comma):
        person = new_name_before(doc, notes, title, i, words)
    if person is None:
        return []
    if not comma and title.dated is None:  # "elected X president"
        verb = _before_noun(doc, person.start - 1, begin)
        appointed = verb is not None and verb.lemma_ in words.appointing and verb.pos_ == "VERB"
        return [person] if appointed else []
    if not _is_apposition(doc, title, comma):
        return []
    people = [person]
    if title.plural:
        while people[0].start - 1 > begin and doc[people[0].start - 1].lower_ in {"and", ","}:
            j = people[0].start - 2
            before = person_ending(notes, j - 1 if doc[j].text == "," else j)
            if before is None:
                break
            people.insert(0, before)
    return people


def _with_place(doc: Doc, notes: Notes, i: int, begin: int) -> Reference | None:
    """The person before a place that ends at a token: "President X of Peru, chair", "X (Peru), Minister"."""
    bracket = doc[i].text == ")"
    place = notes.at(i - 1 if bracket else i)
    if place is None or place.start - 2 < begin or notes.referents[place.keys[0]].kind != "territory":
        return None
    joined = doc[place.start - 1].text == "(" if bracket else doc[place.start - 1].lower_ == "of"
    return person_ending(notes, place.start - 2) if joined else None


def _given(doc: Doc, notes: Notes, i: int, begin: int, words: OfficeWords) -> list[Reference]:
    """The person in "swore X in as", "named Mr X as"; ``i`` is the token before "as"."""
    person = person_ending(notes, i) or person_ending(notes, i - 1)
    if person is None:
        return []
    for k in range(person.start - 1, max(person.start - 5, begin - 1), -1):
        if doc[k].lemma_ in words.appointing and doc[k].pos_ == "VERB":
            return [person]
        if doc[k].lower_ not in {*words.honorifics, "in", "."}:
            break
    return []


def _before_noun(doc: Doc, i: int, begin: int) -> Token | None:
    """The token before a name, or before the noun of what its bearer is: "named the banker X minister"."""
    if i - 2 >= begin and doc[i].pos_ == "NOUN":
        while i - 1 > begin and doc[i - 1].pos_ in {"NOUN", "ADJ", "PUNCT"} and doc[i - 1].text != ",":
            i -= 1
        if doc[i - 1].pos_ != "DET":
            return None
        i -= 2
    return doc[i] if i >= begin else None


def _is_apposition(doc: Doc, title: Title, comma: bool) -> bool:
    head = doc[title.head]
    if head.dep_ in {"nsubj", "nsubjpass"} and comma:
        last = title.right < len(doc) and doc[title.right].text == ","
        opens = title.of and title.determiner in {None, "the", *POSSESSIVES}
        # between commas, where the parser takes it for a subject
        return last and (title.determiner is None or bool(opens))
    body_after_comma = title.right > title.end and doc[title.end].text == ","
    if head.dep_ == "appos" or not comma or body_after_comma:
        return True
    after = doc[title.right] if title.right < len(doc) else None
    ends = after is None or after.lower_ in _APPOSITION_ENDS or after.is_space
    return ends and head.dep_ != "conj"


def _begin(notes: Notes, title: Title) -> int:
    sentence = notes.sentence_of(title.head)
    return sentence.start if sentence else title.left
