"""Names of people: recognised, or standing after a title; their spans without titles, joined and split."""

from __future__ import annotations

from collections.abc import Iterator

from graph.components.naming.candidates import Candidate, Strength
from graph.components.naming.extents import SMALL, grown_left, grown_right, is_address
from graph.components.naming.recognised_bodies import acronym
from graph.components.naming.scene import Scene
from ontology.gazetteer import Place

_SPLITTERS = frozenset({"and", ",", "/", "&", ";", "(", ")", "—", "–", ":", "|"})
_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’", "``", "''"})
_LONGEST = 5  # words, those with hyphens counted as one
_BLOCKED = frozenset({"GPE", "LOC", "FAC", "NORP", "DATE"})


_OF_PERSONS = frozenset({(",", "who"), ("and", "his"), ("and", "her")})
"""What follows only names of persons."""


def find_people(scene: Scene) -> Iterator[Candidate]:
    """All candidates for people."""
    seen: tuple[int, int, str] | None = None
    for span in scene.entity:
        if span is not None and span != seen and span[2] == "PERSON":
            for start, end in _pieces(scene, span[0], span[1]):
                strength = Strength.LONG if end - start > 1 else Strength.RECOGNISED
                yield Candidate(start, end, "person", "Person", strength)
        elif (
            span is not None and span != seen and (end := _owned_end(scene, span) or _acting_end(scene, span))
        ):
            yield Candidate(span[0], end, "person", "Person", Strength.TITLED)
        seen = span
    for start in _after_titles(scene):
        end = _run_end(scene, start)
        if end > start and not _other(scene, start, end):
            yield Candidate(start, end, "person", "Person", Strength.TITLED)


def _pieces(scene: Scene, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names in a recognised span, split at conjunctions and without what belongs to no name."""
    t = scene.tokens
    begin = start
    for i in range(start, end + 1):
        if i < end and t.lower[i] not in _SPLITTERS and not t.text[i].isspace():
            continue
        piece = _trimmed(scene, begin, i)
        if piece is not None:
            yield piece
        begin = i + 1


def _trimmed(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    t, words = scene.tokens, scene.words
    while start < end and (
        is_address(scene, start) or t.text[start] in _QUOTES or t.lower[start] in words.not_names
    ):
        start += 1
    start = _after_title(scene, start, end)
    while start < end and _closing(scene, end - 1):
        end -= 1
    if start >= end or not any(t.capital[start:end]) or _joins_known(scene, start, end):
        return None
    if _is_of_thing(scene, start):
        return None
    if end - start == 1 and (acronym(t.text[start]) or _articled(scene, start)):
        return None
    start, end = grown_left(scene, start), grown_right(scene, end)
    if any(t.titled[start:end]) and end - start > 2 and not t.proper(start):
        return None
    return start, end


def _after_title(scene: Scene, start: int, end: int) -> int:
    """Where a name begins after a title of several words that the recogniser took into it."""
    lower = scene.tokens.lower
    for form in scene.offices.forms.get(lower[start], ()) if start < end else ():
        n = len(form.words)
        if 1 < n < end - start and tuple(lower[start : start + n]) == form.words:
            return start + n
    return start


def _is_of_thing(scene: Scene, start: int) -> bool:
    """Whether a name is that of a ship or storm: "the frigate X", "a vessel, X", "Cyclones X and Y"."""
    t = scene.tokens
    if t.lower[start] in scene.words.named_things:
        return True
    i = start - 1
    if i > 0 and t.lower[i] in {",", "and"} and scene.same_line(i - 1, start):
        listed = t.lower[i] == "and" and t.capital[i - 1]
        i = i - 2 if listed else i - 1
    return i >= 0 and scene.same_line(i, start) and t.lower[i] in scene.words.named_things


def _joins_known(scene: Scene, start: int, end: int) -> bool:
    """Whether a span holds nothing but known names in one token: "U.S.-EU"."""
    return end - start == 1 and scene.found[start] is None and any(scene.atlas.parts(scene.tokens, start))


def _owned_end(scene: Scene, span: tuple[int, int, str]) -> int:
    """The end of a name taken for a place but owned by one ("Indonesia's Joko Widodo"), else 0."""
    start, _, label = span
    owner = scene.found[start - 2] if start > 1 and scene.tokens.genitive(start - 1) else None
    if label not in {"GPE", "LOC"} or owner is None or not isinstance(owner.row, Place):
        return 0
    end = scene.run_end(start)
    heads = scene.words.territories.ending(scene.tokens.lower, end - 1, "proper")
    return end if end - start > 1 and heads is None and not any(scene.found[start:end]) else 0


def _acting_end(scene: Scene, span: tuple[int, int, str]) -> int:
    """The end of an unknown name of two or three words that does what only persons do, else 0."""
    start, end, label = span
    t = scene.tokens
    if label not in {"GPE", "ORG", "FAC"} or not 1 < end - start < 4 or not scene.same_line(end, end - 1):
        return 0
    acts = t.lower[end] in (scene.words.personal_verbs if label == "ORG" else scene.words.human_verbs)
    acts = acts or (scene.same_line(end + 1, end) and (t.lower[end], t.lower[end + 1]) in _OF_PERSONS)
    plain = all(t.text[i].isalpha() and t.text[i].istitle() and t.proper(i) for i in range(start, end))
    heads = (scene.words.institutions, scene.words.territories, scene.words.instruments)
    headed = any(h.ending(t.lower, i, "proper") for h in heads for i in range(start, end))
    known = any(scene.found[start:end]) or _articled(scene, start)
    return end if acts and plain and not headed and not known else 0


def _articled(scene: Scene, i: int) -> bool:
    return scene.same_line(i - 1, i) and scene.tokens.lower[i - 1] in {"the", "a", "an"}


def _closing(scene: Scene, i: int) -> bool:
    t = scene.tokens
    small = not t.capital[i] and (t.text[i].isascii() and i > 0 and t.text[i - 1] not in {"-", "–"})
    return t.genitive(i) or t.text[i] in _QUOTES or t.text[i] in {"-", "."} or small or t.text[i][0].isdigit()


def _after_titles(scene: Scene) -> Iterator[int]:
    """Tokens that follow a title or a form of address."""
    t, forms = scene.tokens, scene.offices.forms
    for i in range(len(t.text) - 1):
        if not t.read[i] or not scene.same_line(i, i + 1):
            continue
        address = t.capital[i] and t.lower[i] in scene.offices.honorifics and t.lower[i] not in SMALL
        if address and t.proper(i + 1):
            yield i + 1
        if t.text[i] == "/" and i and t.lower[i - 1] in scene.words.not_names and t.capital[i + 1]:
            yield i + 1
        for form in forms.get(t.lower[i], ()):
            n = len(form.words)
            if form.plural and tuple(t.lower[i : i + n]) == form.words:
                yield from _listed(scene, i + n)
            elif tuple(t.lower[i : i + n]) == form.words:
                inside = scene.label(i) == "PERSON" and scene.together(i, i + n) and not is_address(scene, i)
                if inside:
                    break
                if scene.same_line(i, i + n) and t.capital[i + n - 1] and t.proper(i + n) and not t.titled[i]:
                    yield i + n
                break


def _listed(scene: Scene, i: int) -> Iterator[int]:
    """Where the names begin in "Defence Ministers X and Y", which the recogniser takes for no persons."""
    t = scene.tokens
    if not scene.same_line(i, i - 1) or not (t.capital[i - 1] and t.proper(i)) or t.titled[i - 1]:
        return
    if scene.label(i) == "PERSON" or not scene.together(i - 1, i):
        return
    end = _run_end(scene, i)
    if end - i > 1:
        yield i
        if scene.same_line(end + 1, i) and t.lower[end] == "and" and t.proper(end + 1):
            yield end + 1


def _run_end(scene: Scene, start: int) -> int:
    t, end = scene.tokens, start
    if is_address(scene, start) or t.lower[start] in scene.offices.forms:
        return start
    if t.text[start].isupper() and len(t.text[start]) > 2 and not _surname_first(scene, start):
        return start
    for _ in range(_LONGEST):
        if not (scene.same_line(end, start) and t.proper(end) and t.lower[end] not in scene.calendar):
            break
        surname = scene.label(end) == "PERSON" and scene.together(end, end - 1)  # "Juan Manuel Santos"
        if end > start and ((scene.found[end] and not surname) or t.lower[end] in scene.offices.forms):
            break
        end = grown_right(scene, end + 1)
    return end


def _surname_first(scene: Scene, i: int) -> bool:
    """Whether a word in capitals alone is a surname before a first name: "ABE Shinzo"."""
    t = scene.tokens
    if not scene.same_line(i + 1, i) or not scene.nameable(i + 1) or t.text[i + 1].isupper():
        return False
    return "PERSON" in {scene.label(i), scene.label(i + 1)}


def _other(scene: Scene, start: int, end: int) -> bool:
    """Whether what follows a title is not a person: a state, an institution, another title."""
    t, words = scene.tokens, scene.words
    if any(scene.found[i] is not None and not scene.found[i].ambiguous for i in range(start, end)):  # type: ignore[union-attr]
        return all(scene.label(i) != "PERSON" for i in range(start, end))
    heads = (words.institutions, words.territories, words.instruments)
    if any(h.ending(t.lower, end - 1, "proper") for h in heads) or t.lower[end - 1] in words.events:
        return True
    return all(scene.label(i) in _BLOCKED for i in range(start, end)) and end - start > 1
