"""Territories: names built around a head noun ("Sea of Azov", "Idlib province"), or recognised."""

from __future__ import annotations

from collections.abc import Iterator

from graph.components.naming.candidates import Candidate, Strength
from graph.components.naming.scene import Scene
from ontology.gazetteer import Place
from ontology.name_words import Head

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_LEADING = frozenset({"lake", "mount", "river", "cape", "port", "camp", "fort", "isle"})
_NEEDS_PLACE = frozenset(
    {"state", "division", "hall", "center", "wall", "gate", "pass", "zone", "triangle", "facility", "station"}
)
_DEFAULTS = {"GPE": "City", "LOC": "Region", "FAC": "Facility"}


def find_territories(scene: Scene) -> Iterator[Candidate]:
    """All candidates for territories."""
    t = scene.tokens
    for i in range(len(t.text)):
        if not t.read[i]:
            continue
        if t.capital[i]:
            head = scene.words.territories.ending(t.lower, i, "proper")
            if head and t.capital[head.start]:
                yield from _proper(scene, head, i + 1)
        elif t.tag[i].startswith("NN"):
            head = scene.words.territories.ending(t.lower, i, "common")
            if head:
                yield from _common(scene, head, i + 1)
        if t.lower[i] == "of" and (cls := class_by_noun(scene, i + 1)):
            yield from _after_noun(scene, i + 1, cls)
    yield from _recognised(scene)


def _after_noun(scene: Scene, start: int, cls: str) -> Iterator[Candidate]:
    """What stands after "the city of", where nobody knows it."""
    unknown = scene.same_line(start, start - 1) and scene.tokens.proper(start) and scene.found[start] is None
    peoples = scene.label(start) == "NORP" and scene.tokens.tag[start] != "NNP"
    if unknown and not peoples and scene.label(start) not in {"PERSON", "DATE"}:
        yield Candidate(start, scene.run_end(start), "territory", cls, Strength.BUILT)


def _proper(scene: Scene, head: Head, end: int) -> Iterator[Candidate]:
    t = scene.tokens
    if t.lower[end - 1] in _NEEDS_PLACE and scene.label(end - 1) not in _PLACES:
        return
    follows = scene.same_line(end, end - 1) and scene.nameable(end) and not scene.found[end]
    if t.lower[head.start] in _LEADING and follows and end - head.start == 1:
        yield Candidate(head.start, scene.run_end(end), "territory", head.cls, Strength.BUILT)
        return
    if scene.personal(head.start, end):
        return
    start = scene.left_edge(head.start)
    stop = scene.right_edge(end, frozenset({"of"}), lists=False)
    if stop == end and (start == head.start or follows):
        return
    if scene.known_exactly(start, stop) or (head.cls == "State" and stop == end):
        return
    if stop > end and head.cls == "Region" and t.lower[head.start] == "department":
        return
    yield Candidate(start, stop, "territory", head.cls, Strength.BUILT)


def _common(scene: Scene, head: Head, end: int) -> Iterator[Candidate]:
    """A head in small letters right after a name: "Idlib province", "Natanz enrichment plant"."""
    t = scene.tokens
    start = head.start
    while scene.same_line(start - 1, start) and t.lower[start - 1] in scene.words.territory_modifiers:
        start -= 1
    owner = scene.found[start - 1] if scene.same_line(start - 1, start) else None
    if owner and isinstance(owner.row, Place) and not owner.demonym:
        if owner.state or owner.row.kind == head.cls:
            return
        first = owner.start
        while t.hyphen(first - 1) and t.capital[first - 2]:
            first -= 2
        if (
            scene.same_line(first - 1, first)
            and t.capital[first - 1]
            and t.lower[first - 1] in scene.words.directions
        ):
            first -= 1
        yield Candidate(first, end, "territory", head.cls, Strength.BUILT)
        return
    if not scene.same_line(start - 1, start) or scene.found[start - 1] or not t.proper(start - 1):
        return
    left = scene.left_edge(start)
    if left < start and start - left <= 4 and scene.label(start - 1) not in {"PERSON", "NORP"}:
        yield Candidate(left, end, "territory", head.cls, Strength.BUILT)


def _recognised(scene: Scene) -> Iterator[Candidate]:
    seen: tuple[int, int, str] | None = None
    for span in scene.entity:
        if span is None or span == seen or span[2] not in _PLACES:
            continue
        seen = span
        start, end, label = span
        while end > start + 1 and scene.tokens.text[end - 1].isdigit():
            end -= 1
        known = scene.found[start]
        whole = known is not None and known.start == start and known.end >= end
        direction = end - start == 1 and scene.tokens.lower[start] in scene.words.directions
        if whole or direction or not any(scene.tokens.capital[start:end]):
            continue
        kind = class_by_noun(scene, start) or _larger(scene, start, end) or _DEFAULTS[label]
        if any(scene.tokens.titled[start:end]) and end - start > 2:
            continue
        strength = Strength.LONG if end - start > 1 else Strength.RECOGNISED
        yield Candidate(start, end, "territory", kind, strength)


def _larger(scene: Scene, start: int, end: int) -> str | None:
    """The class of the second in "Wilmington, Delaware,": it holds the first."""
    t = scene.tokens
    between = start > 1 and t.text[start - 1] == "," and scene.label(start - 2) == "GPE"
    closed = end >= len(t.text) or t.text[end] in {",", ".", ")", ";"}
    listed = start > 3 and t.text[start - 3] == ","
    return "Region" if between and closed and not listed else None


def class_by_noun(scene: Scene, start: int) -> str | None:
    """The class that the words before a name give it: "the city of", "the province of"."""
    t = scene.tokens
    if start >= 2 and t.lower[start - 1] == "the":
        start -= 1
    if start < 2 or t.lower[start - 1] != "of":
        return None
    two = " ".join(t.lower[max(0, start - 3) : start - 1])
    return scene.words.before_of.get(two) or scene.words.before_of.get(t.lower[start - 2])
