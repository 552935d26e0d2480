"""Titles that one person holds together: "the Deputy Prime Minister and Minister of Energy, Mr X"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from graph.components.holding.holders import Holding
from graph.components.holding.titles import NATIONAL, Title
from graph.notes import Notes

_ALONE = frozenset({"state"})
"""Kinds of office that, named first, are commonly another person's: "President and Prime Minister X"."""

_CLOSING = frozenset({",", ".", ";", ")"})

Held = tuple[Title, list[Holding]]


def joined(doc: Doc, notes: Notes, titles: Sequence[Held]) -> list[Held]:
    """Titles with their holders, where a title without one has that of the title joined to it."""
    found = list(titles)
    for n, (first, second) in enumerate(pairwise(titles)):
        (a, of_a), (b, of_b) = first, second
        if a.plural or b.plural or bool(of_a) == bool(of_b):
            continue
        if of_b and _runs_on(doc, notes, a, b, of_b[0]):
            found[n] = (a, [_for(a, of_b[0])])
        elif of_a and of_a[0].rule == "after-name" and _is_joint(doc, a, b):
            found[n + 1] = (b, [_for(b, of_a[0])])
    return found


def _runs_on(doc: Doc, notes: Notes, a: Title, b: Title, holding: Holding) -> bool:
    """Whether the name after the second title is also that of the first."""
    if holding.rule != "before-name":
        return False
    if [t.text for t in doc[a.right : b.left]] in (
        [","],
        [",", "the"],
    ):  # "the union's envoy, former president X"
        named = next(
            (r for i in range(b.right, b.right + 4) if (r := notes.at(i)) and holding.holder in r.keys), None
        )
        closed = named is not None and named.end < len(doc) and doc[named.end].text in _CLOSING
        return doc[b.right].text != "," and closed and (bool(a.of) or a.determiner is not None)
    named_apart = b.right < len(doc) and doc[b.right].text == ","
    capitals = doc[a.head].is_title and doc[b.head].is_title and a.office.kind not in _ALONE
    return _is_joint(doc, a, b) and (named_apart or capitals)


def _is_joint(doc: Doc, a: Title, b: Title) -> bool:
    between = [t.lower_ for t in doc[a.right : b.left]]
    return between in (["and"], ["&"]) and b.determiner is None and b.dated is None


def _for(title: Title, holding: Holding) -> Holding:
    """The holding of another title by the same person."""
    shared = holding.of if {title.office.kind, holding.title.office.kind} <= NATIONAL else None
    return replace(holding, title=title, of=title.of[0] if len(title.of) == 1 else shared)
