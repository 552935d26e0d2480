"""Who holds a title: the name after it, the name it is an apposition to, or the subject it is said of."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from graph.components.holding.persons import person_at, person_ending
from graph.components.holding.sayings import said_of
from graph.components.holding.title_names import name_in_full, new_name, new_name_before, stands_apart
from graph.components.holding.titles import NATIONAL, POSSESSIVES, Title, end_of_sentence
from graph.notes import Notes, Reference
from ontology.office_words import OfficeWords

_APPOSITION_ENDS = frozenset(
    {
        ",",
        ".",
        ")",
        "(",
        "-",
        "–",
        "—",
        ";",
        ":",
        "and",
        "who",
        "which",
        "in",
        "at",
        "to",
        "with",
        "on",
        "for",
        "of",
        "from",
    }
)


_OWNER = 7
"""Tokens of the owner between a name and a title: "X, the prime minister's special envoy"."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One person with a title, and for which state or body, if the words say it."""

    title: Title
    holder: str
    of: str | None
    rule: str


def holdings(doc: Doc, notes: Notes, title: Title, words: OfficeWords) -> list[Holding]:
    """The persons whom the text gives a title, by the first way of saying it that fits."""
    enclosed = not title.plural and title.determiner is None and _has_comma_after(doc, notes, title)
    before = _named_before(doc, notes, title, words) if enclosed else []
    people = [] if before else _named_after(doc, notes, title, words)
    if people:
        return _distributed(doc, notes, title, people, "before-name")
    people = before or _named_before(doc, notes, title, words)
    if people:
        return _distributed(doc, notes, title, people, "after-name")
    return _distributed(doc, notes, title, said_of(doc, notes, title.head, words), "copula")


def _has_comma_after(doc: Doc, notes: Notes, title: Title) -> bool:
    return title.right < end_of_sentence(notes, title) and doc[title.right].text == ","


def _distributed(doc: Doc, notes: Notes, title: Title, people: list[Reference], rule: str) -> list[Holding]:
    """Give each person its state: "the ministers of A and B, X and Y"; "Presidents X of A and Y of B"."""
    shared = title.of[0] if len(title.of) == 1 else None
    paired = len(title.of) == len(people)
    holdings = []
    for i, reference in enumerate(people):
        of = title.of[i] if paired else shared
        if rule == "before-name" and of is None:
            of = _place_after(doc, notes, title, reference.end) or _body_after(
                doc, notes, title, reference.end
            )
        if of is None and title.office.kind in NATIONAL and not title.to:
            of = _bracketed(doc, notes, reference.end)
        holdings += [Holding(title, key, of, rule) for key in reference.keys]
    return holdings


def state_after(doc: Doc, notes: Notes, i: int) -> str | None:
    """The state in "of Japan" right after a name."""
    if i + 1 >= len(doc) or doc[i].lower_ != "of":
        return None
    j = i + 2 if doc[i + 1].lower_ == "the" else i + 1
    if j >= len(doc):
        return None
    states = [r for r in notes.referents_at(j) if r.cls == "State"]
    return states[0].key if states else None


def _place_after(doc: Doc, notes: Notes, title: Title, i: int) -> str | None:
    """The state after a name, and for a local office the place: "Mayor X of Lyon"."""
    state = state_after(doc, notes, i)
    if state is not None or title.office.kind != "local" or i + 1 >= len(doc) or doc[i].lower_ != "of":
        return state
    places = [r for r in notes.referents_at(i + 1) if r.kind == "territory"]
    return places[0].key if len(places) == 1 else None


def _bracketed(doc: Doc, notes: Notes, i: int) -> str | None:
    """The state in brackets after a name: "Ambassador X (Chile)"."""
    if i + 2 >= len(doc) or doc[i].text != "(":
        return None
    reference = notes.at(i + 1)
    closed = reference is not None and reference.end < len(doc) and doc[reference.end].text == ")"
    states = [r for r in notes.referents_at(i + 1) if r.cls == "State"]
    return states[0].key if closed and len(states) == 1 else None


def _body_after(doc: Doc, notes: Notes, title: Title, i: int) -> str | None:
    """The body in "Director General X of the Council"."""
    if i + 1 >= len(doc) or doc[i].lower_ != "of" or title.office.kind in NATIONAL | {"rank"}:
        return None
    bodies = notes.referents_at(i + 2 if doc[i + 1].lower_ == "the" and i + 2 < len(doc) else i + 1)
    return bodies[0].key if len(bodies) == 1 and bodies[0].kind == "institution" else None


# --- after the title ----------------------------------------------------------------------------------


def _named_after(doc: Doc, notes: Notes, title: Title, words: OfficeWords) -> list[Reference]:
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
        if _bracketed(doc, notes, i) is not None:  # "X (Chile), Y (Peru) and Z (Cuba)"
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


# --- before the title ---------------------------------------------------------------------------------


def _named_before(doc: Doc, notes: Notes, title: Title, words: OfficeWords) -> list[Reference]:
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
