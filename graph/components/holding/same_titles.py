"""Which titles are the same office, in other words or in fewer."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from graph.iri import fold
from graph.notes import Notes, OfficeNote

_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "a", "s"})


@lru_cache(maxsize=4096)
def title_words(title: str) -> frozenset[str]:
    """The telling words of a title in any order: the same for "Minister of Trade" and "Trade Minister"."""
    return frozenset(fold(title.replace("-", " ")).split()) - _SMALL


def unite_titles(notes: Notes) -> None:
    """One spelling for titles of one holder that are one office: same words, or some of the other's."""
    for i, office in enumerate(notes.offices):
        if office.holder is None:
            continue
        same = [o for o in notes.offices if o.holder == office.holder and _one_office(o, office)]
        fullest = max(
            same, key=lambda o: (o.of is not None, len(title_words(o.title)), o.title[:1].isupper())
        )
        notes.offices[i] = replace(office, title=fullest.title, of=office.of or fullest.of)


def _one_office(a: OfficeNote, b: OfficeNote) -> bool:
    if a.of and b.of and a.of != b.of:
        return False
    first, second = title_words(a.title), title_words(b.title)
    if first == second:
        return True
    return (
        a.kind == b.kind and bool(a.of or b.of) and (first < second or second < first) and a.kind != "deputy"
    )
