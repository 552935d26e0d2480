"""The persons named after a title."""

from __future__ import annotations

from spacy.tokens import Doc

from graph.components.holding.owners_after import state_after, state_in_brackets
from graph.components.holding.persons import person_at
from graph.components.holding.title_names import name_in_full, new_name, stands_apart
from graph.components.holding.titles import NATIONAL, Title, end_of_sentence
from graph.notes import Notes, Reference
from ontology.office_words import OfficeWords


def named_after(doc: Doc, notes: Notes, title: Title, words: OfficeWords) -> list[Reference]:
    """The persons named right after a title: "the ministers, X and Y"."""
    i, end = title.right, end_of_sentence(notes, title)
    comma = i < end and doc[i].text == ","
    if comma:
        i += 1
        bare = title.right == title.end and title.determiner is None and title.left == title.start
        if bare and _after_address(doc, i, end, words) == i:
            return []
    i = _after_address(doc, i, end, words)
    first = person_at(notes, i) if i < end else None
    alone = first is None and i < end and not title.plural
    if alone and (not comma or stands_apart(doc, notes, title, i, words)):
        first = new_name(doc, notes, title, i, words)
    if first is None or (comma and not _closes(doc, title, first, end)):
        return []
    first = name_in_full(doc, notes, first, end)
    return [first, *_more_people(doc, notes, first.end, end, words)] if title.plural else [first]


def _after_address(doc: Doc, i: int, end: int, words: OfficeWords) -> int:
    """The token after forms of address and ranks: "Mr.", "Lieutenant General", "Sheikh"."""
    while i < end:
        low = doc[i].lower_
        ranks = [f for f in words.forms.get(low, ()) if f.office.kind in {"rank", "royal"} and not f.plural]
        fitting = next(
            (f for f in ranks if [t.lower_ for t in doc[i : i + len(f.words)]] == list(f.words)), None
        )
        if fitting is not None and i + len(fitting.words) < end and doc[i].is_title:
            i += len(fitting.words)
        elif low in words.honorifics:
            i += 2 if i + 2 < end and doc[i + 1].text in {".", "'", "’"} else 1
        else:
            return i
    return i


def _closes(doc: Doc, title: Title, person: Reference, end: int) -> bool:
    """Whether a name between commas is an apposition and not the next in a list or a speaker."""
    if person.end >= end:
        return True
    after = doc[person.end]
    if title.plural:
        return after.text in {",", "and", "."}
    if after.lower_ == "of" and title.office.kind in NATIONAL:  # "the emir, X of Qatar,"
        return True
    return after.text in {",", ".", "(", ")", ";", "-", "–", "—"} or doc[title.head].dep_ == "appos"


def _more_people(doc: Doc, notes: Notes, i: int, end: int, words: OfficeWords) -> list[Reference]:
    """The further names of "X, Y and Z", each perhaps with "of" its state."""
    people = []
    while i < end:
        if state_after(doc, notes, i) is not None:
            i += 1
            while i < end and (doc[i].lower_ == "the" or notes.at(i) is not None):
                i += 1
        if state_in_brackets(doc, notes, i) is not None:  # "X (Chile), Y (Peru) and Z (Cuba)"
            i = next(k for k in range(i, end) if doc[k].text == ")") + 1
        j = i
        while j < end and doc[j].lower_ in {",", "and"}:
            j += 1
        j = _after_address(doc, j, end, words) if i < j < end else j
        person = person_at(notes, j) if i < j < end else None
        if person is None:
            break
        people.append(person)
        i = person.end
    return people
