"""Names of persons that only the title before them shows to be such."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from graph.components.holding.titles import Title, end_of_sentence
from graph.components.referring.variants import name_words
from graph.notes import Notes, Reference, Referent
from ontology.office_words import OfficeWords

_VAGUE = frozenset({"member", "official", "head", "chair", "chief", "leader", "representative", "aide"})
_LONGEST = 5  # one more than the words of a name
_APART = frozenset({",", ".", ";", ")"})


def name_in_full(doc: Doc, notes: Notes, person: Reference, end: int) -> Reference:
    """A single name with the surname that was taken for a place or body ("Lloyd Austin")."""
    i = person.end
    if person.end - person.start > 1 or i >= end or doc[i].pos_ != "PROPN" or not doc[i].is_title:
        return person
    after = notes.at(i)
    if after is None:
        part = doc[person.head].dep_ == "compound" and doc[person.head].head.i == i
        return _lengthened(doc, notes, person) if part else person
    if after.rule != "name" or after.end - after.start > 1:
        return person
    key, surname = person.keys[0], notes.referents[after.keys[0]]
    if surname.cls == "State" or len(name_words(notes.referents[key].name)) > 1:
        return person
    notes.drop(after)
    if surname.kind == "person" and surname.key != key and len(name_words(surname.name)) == 1:
        notes.merge(key, surname.key)
    else:
        notes.forget_unused(after.keys)
    return _lengthened(doc, notes, person)


def _lengthened(doc: Doc, notes: Notes, person: Reference) -> Reference:
    """The reference with one more word, whose referent takes the longer name."""
    full = replace(person, end=person.end + 1, head=person.end)
    notes.replace(person, full)
    referent = notes.referents[person.keys[0]]
    referent.aliases.add(referent.name)
    referent.name = doc[full.start : full.end].text
    return full


def stands_apart(doc: Doc, notes: Notes, title: Title, i: int, words: OfficeWords) -> bool:
    """Whether a name of several words stands alone between commas after a title with its state."""
    if not (title.of or title.to):
        return False
    reference, stop = notes.at(i), i
    if reference is not None and reference.start == i and reference.end - i > 1:
        known = any(notes.referents[key].known for key in reference.keys)
        ends = {","} if known else _APART
        return reference.end < len(doc) and doc[reference.end].text in ends
    while stop < len(doc) and _is_name_word(doc[stop], notes, words):
        stop += 1
    return stop - i > 1 and stop < len(doc) and doc[stop].text in _APART


def new_name(doc: Doc, notes: Notes, title: Title, i: int, words: OfficeWords) -> Reference | None:
    """A name that only its title shows to be a person's; noted as one, and taken from any wrong reference."""
    if title.office.title in _VAGUE:
        return None
    stop, end = i, end_of_sentence(notes, title)
    while stop < end and _is_name_word(doc[stop], notes, words):
        stop += 1
    if stop == i or (stop < end and doc[stop].lower_ == "-"):
        return None
    return _named(doc, notes, i, stop, words)


def new_name_before(doc: Doc, notes: Notes, title: Title, i: int, words: OfficeWords) -> Reference | None:
    """A name of two to four words, ending at token ``i``, that the title after it shows to be a person's."""
    sentence = notes.sentence_of(title.head)
    begin, start = sentence.start if sentence else i, i + 1
    if title.office.title in _VAGUE - {"leader", "head", "chair", "chief"} or not title.of or title.plural:
        return None
    while start > begin and _is_name_word(doc[start - 1], notes, words):
        start -= 1
    apart = start == begin or doc[start - 1].text in {",", ";", ":", "(", '"', "“"}
    plain = all(doc[k].text.isalpha() and not doc[k].is_upper for k in range(start, i + 1))
    if not (1 < i + 1 - start < _LONGEST and apart and plain):
        return None
    headed = any(doc[k].lower_ in words.not_names | words.portfolios for k in range(start, i + 1))
    return None if headed else _named(doc, notes, start, i + 1, words)


def _named(doc: Doc, notes: Notes, start: int, stop: int, words: OfficeWords) -> Reference | None:
    """Note a person's name, unless it is in part a title or part of another name."""
    if any(doc[k].lower_ in words.forms for k in range(start, stop)):
        return None
    for reference in {notes.at(k) for k in range(start, stop)} - {None}:
        assert reference is not None
        if reference.start < start or reference.end > stop:
            return None
        notes.drop(reference)
        notes.forget_unused(reference.keys)
    name = " ".join(doc[start:stop].text.split())
    referent = next((r for r in notes.referents.values() if r.kind == "person" and r.name == name), None)
    if referent is None:
        referent = Referent(notes.new_key("p"), "person", "Person", name)
        notes.referents[referent.key] = referent
    reference = Reference(start, stop, stop - 1, (referent.key,), "name")
    notes.refer(reference)
    return reference


def _is_name_word(token: Token, notes: Notes, words: OfficeWords) -> bool:
    if token.pos_ != "PROPN" or not token.text[0].isupper() or token.lower_ in words.not_names:
        return False
    reference = notes.at(token.i)
    if reference is None:
        return True
    known = any(notes.referents[k].known for k in reference.keys)
    return reference.rule == "name" and not known and token.ent_type_ in {"GPE", "ORG", "LOC", "FAC", "NORP"}
