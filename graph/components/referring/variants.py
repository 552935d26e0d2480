"""Names of one thing in several forms: parts of persons' names, spellings, acronyms, word order of bodies."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz
from spacy.tokens import Doc

from graph.iri import fold
from graph.notes import Notes, Reference, Referent

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SMALL = frozenset({"of", "the", "for", "and", "on", "in", "to", "a", "s"})
_FILLERS = _SMALL | {"affairs", "ministry", "department", "minister"}
_SPELLING = 84.0
"""Least likeness (rapidfuzz ratio, percent) of two spellings of one name, such as Sergei and Sergey."""


def unite_names(doc: Doc, notes: Notes) -> None:
    """Make one referent of those that different forms of a name stand for."""
    _unite_people(notes)
    _unite_surnames(notes)
    _read_brackets(doc, notes)
    _unite_bodies(notes)
    _unite_instruments(notes)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name without accents, case, initials and suffixes ("Jr.")."""
    words = fold(name).replace(".", " ").replace(",", " ").split()
    return tuple(w for w in words if w not in _SUFFIXES and len(w) > 1)


def _of_kind(notes: Notes, kind: str) -> list[Referent]:
    return [r for r in notes.referents.values() if r.kind == kind]


# --- persons ------------------------------------------------------------------------------------------


def _unite_people(notes: Notes) -> None:
    """Join full names that can only be one person's."""
    for a, b in list(combinations(_of_kind(notes, "person"), 2)):
        if a.key in notes.referents and b.key in notes.referents and same_person(a.name, b.name):
            if a.gender and b.gender and a.gender != b.gender:
                continue
            kept, gone = (a, b) if len(a.name) >= len(b.name) else (b, a)
            notes.merge(kept.key, gone.key)


def same_person(a: str, b: str) -> bool:
    """Whether two full names can only be forms of one: order, middle names, nicknames, spelling."""
    first, second = name_words(a), name_words(b)
    if first == second:
        return True
    if len(first) < 2 or len(second) < 2:
        return False
    shorter, longer = sorted((set(first), set(second)), key=len)
    if shorter <= longer:
        return True
    if not _alike(first[-1], second[-1]):
        return False
    return first[0][:2] == second[0][:2] and (_alike(first[0], second[0]) or first[-1] == second[-1])


def _alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) > 3 and a[0] == b[0] and fuzz.ratio(a, b) >= _SPELLING)


def _unite_surnames(notes: Notes) -> None:
    """Give each part of a name to the person who has it, by mention where there are two."""
    for part in [r for r in _of_kind(notes, "person") if not _is_full(r)]:
        whole = [r for r in _of_kind(notes, "person") if _is_full(r) and _is_part(part, r)]
        if len(whole) == 1:
            notes.merge(whole[0].key, part.key)
        elif whole:
            _share_out(notes, part, whole)


def _is_full(person: Referent) -> bool:
    return len(name_words(person.name)) > 1 and person.name.split()[0].lower() not in {
        "al",
        "de",
        "bin",
        "von",
    }


def _is_part(part: Referent, whole: Referent) -> bool:
    if part.gender and whole.gender and part.gender != whole.gender:
        return False
    piece, name = name_words(part.name), name_words(whole.name)
    if not piece:
        return False
    if name[-len(piece) :] == piece or (len(piece) == 1 and piece[0] in name):
        return True
    return len(piece) == 1 and any(_alike(piece[0], word) for word in (name[-1], name[0]))


def _share_out(notes: Notes, part: Referent, whole: list[Referent]) -> None:
    """Two of one surname stay two: each mention is the one named last before it, or else first after."""
    keys = {r.key for r in whole}
    named = [r for r in notes.references if r.keys[0] in keys]
    for reference in [r for r in notes.references if r.keys == (part.key,)]:
        before = [r for r in named if r.start < reference.start]
        nearest = max(before, key=lambda r: r.start) if before else min(named, key=lambda r: r.start)
        notes.referents[nearest.keys[0]].aliases.add(part.name)
        new = Reference(
            reference.start, reference.end, reference.head, nearest.keys, "alias", via=nearest.start
        )
        notes.replace(reference, new)
        notes.reassign(part.key, nearest.keys[0], reference.start)
    notes.forget_unused((part.key,))


# --- institutions -------------------------------------------------------------------------------------


def _read_brackets(doc: Doc, notes: Notes) -> None:
    """Join "Full Name (FN)", and find the acronym again where it was not taken for a name."""
    for reference in list(notes.references):
        i = reference.end
        if i + 2 >= len(doc) or doc[i].text != "(" or doc[i + 2].text != ")":
            continue
        short = doc[i + 1].text
        whole = notes.at(i - 1)
        if whole is not None and whole.start < reference.start and whole.end == i:
            continue  # "Mission to Fiji (MTF)": the acronym is not Fiji's
        referent = notes.referents.get(reference.keys[0])
        if referent is None or referent.kind == "person" or not short.isupper() or len(short) < 2:
            continue
        other = notes.at(i + 1)
        if other is not None and other.keys[0] in notes.referents:
            _take_over(notes, referent, notes.referents[other.keys[0]])
        elif other is None:
            referent.aliases.add(short)
            _refer_again(doc, notes, short, referent.key, reference.start)


def _take_over(notes: Notes, full: Referent, short: Referent) -> None:
    same_kind = full.kind == short.kind or "institution" in {full.kind, short.kind}
    if full.key == short.key or not same_kind or (full.known and short.known and full.known != short.known):
        return
    notes.merge(full.key, short.key)


def _refer_again(doc: Doc, notes: Notes, short: str, key: str, via: int) -> None:
    for token in doc:
        if token.text == short and notes.at(token.i) is None:
            notes.refer(Reference(token.i, token.i + 1, token.i, (key,), "alias", via=via))


def _unite_bodies(notes: Notes) -> None:
    for a, b in _pairs(notes, "institution"):
        if a.known and b.known and a.known != b.known:
            continue
        if _is_acronym(a.name, b.name) or _is_acronym(b.name, a.name) or _same_body(a, b):
            kept, gone = (a, b) if len(a.name) >= len(b.name) else (b, a)
            notes.merge(kept.key, gone.key)


def _pairs(notes: Notes, kind: str) -> Iterator[tuple[Referent, Referent]]:
    for a, b in combinations(_of_kind(notes, kind), 2):
        if a.key in notes.referents and b.key in notes.referents:
            yield a, b


def _is_acronym(short: str, full: str) -> bool:
    letters = short.replace(".", "")
    words = [w for w in full.replace("-", " ").split() if w[0].isupper() and w.lower() not in _SMALL]
    return letters.isupper() and len(letters) > 2 and letters == "".join(w[0] for w in words)


def _same_body(a: Referent, b: Referent) -> bool:
    """Whether two names have the same telling words: "Foreign Ministry", "Ministry of Foreign Affairs"."""
    if a.state and b.state and a.state != b.state:
        return False
    first, second = set(fold(a.name).split()) - _SMALL, set(fold(b.name).split()) - _SMALL
    if first == second:
        return True
    telling = first - _FILLERS
    return bool(telling) and telling == second - _FILLERS and a.cls == b.cls == "Ministry"


# --- instruments --------------------------------------------------------------------------------------


def _unite_instruments(notes: Notes) -> None:
    """Join a name with a longer one that ends in it: "peace treaty", "Japan-Russia Peace Treaty"."""
    for a, b in _pairs(notes, "instrument"):
        short, full = sorted((a, b), key=lambda r: len(r.name))
        piece, name = fold(short.name).split(), fold(full.name).split()
        longer = [r for r in _of_kind(notes, "instrument") if fold(r.name).split()[-len(piece) :] == piece]
        if len(piece) > 1 and name[-len(piece) :] == piece and len(longer) == 2:
            notes.merge(full.key, short.key)
