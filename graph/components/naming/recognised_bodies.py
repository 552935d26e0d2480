"""Institutions that the entity recogniser finds, without what it often takes for one."""

from __future__ import annotations

from collections.abc import Iterator

from graph.components.naming.body_owners import PUBLIC, state_within
from graph.components.naming.candidates import Candidate, Strength
from graph.components.naming.scene import Scene


def find_recognised(scene: Scene) -> Iterator[Candidate]:
    """The recognised spans that are names of institutions."""
    seen: tuple[int, int, str] | None = None
    for span in scene.entity:
        if span is None or span == seen or not _organisational(scene, span):
            continue
        seen = span
        start, end = scene.after_people(span[0], span[1] - 1), span[1]
        while end > start and scene.tokens.lower[end - 1] in scene.words.not_names:
            end -= 1
        end = _whole_end(scene, start, end)
        while start < end - 1 and scene.tokens.tag[start] == "JJ" and not scene.tokens.capital[start]:
            start += 1
        if not _plausible(scene, start, end):
            continue
        head = scene.words.institutions.ending(scene.tokens.lower, end - 1, "proper")
        cls = head.cls if head and head.start >= start else "Institution"
        if scene.known_exactly(start, end):
            continue
        states = state_within(scene, start, end) if cls in PUBLIC - {"Institution"} else ()
        strength = Strength.LONG if end - start > 1 else Strength.RECOGNISED
        yield Candidate(start, end, "institution", cls, strength, None, states)


def _whole_end(scene: Scene, start: int, end: int) -> int:
    """The end of "Chancery of the President", of which the recogniser may see only "Chancery of the"."""
    t = scene.tokens
    if end - start < 2 or t.lower[end - 1] not in {"of", "the"}:
        return end
    for form in scene.offices.forms.get(t.lower[end], ()) if scene.same_line(end, start) else ():
        n = len(form.words)
        if tuple(t.lower[end : end + n]) == form.words and all(t.capital[end : end + n]):
            return end + n
    while end > start and t.lower[end - 1] in {"of", "the"}:
        end -= 1
    return end


def _organisational(scene: Scene, span: tuple[int, int, str]) -> bool:
    """Whether a recognised span may name an institution: an ORG, or an acronym taken for a person."""
    start, end, label = span
    return label == "ORG" or (label == "PERSON" and end - start == 1 and acronym(scene.tokens.text[start]))


def acronym(word: str) -> bool:
    """Whether a word is written as an acronym is."""
    return word.isupper() and word.isalpha() and 2 <= len(word) <= 5


def _noun_alone(scene: Scene, i: int) -> bool:
    """Whether a word only says what sort of body it is: "the Secretariat", but not "the Senate"."""
    head = scene.words.institutions.ending(scene.tokens.lower, i, "proper")
    return scene.tokens.lower[i] == "state" or (head is not None and head.cls != "Legislature")


def _titular(scene: Scene, word: str) -> bool:
    """Whether a word is a title by itself, in either number."""
    return any(len(form.words) == 1 for form in scene.offices.forms.get(word, ()))


def _after_office(scene: Scene, start: int, end: int) -> bool:
    """Whether a body is called after an office: "Office of the President", not "Deputy of the President"."""
    lower = scene.tokens.lower
    return lower[end - 3 : end - 1] == ["of", "the"] and not _titular(scene, lower[start])


def _plausible(scene: Scene, start: int, end: int) -> bool:
    """Whether a recognised institution is none of the things that the recogniser often takes for one."""
    t = scene.tokens
    last = t.lower[end - 1] if end > start else ""
    if " ".join(t.lower[start:end]) in scene.words.not_institutions:
        return False
    if last in scene.words.events or last.rstrip("s") in scene.words.events:
        return False
    if _titular(scene, last) and (
        t.lower[end - 3 : end - 1] != ["of", "the"] or _titular(scene, t.lower[start])
    ):
        return False
    if last in scene.offices.portfolios and scene.same_line(end, end - 1):
        follows = t.lower[end]  # "Botswana Home | Affairs Minister"
        if t.capital[end] and (follows in scene.offices.portfolios or follows in scene.offices.forms):
            return False
    if end - start == 1 and {last, f"{last}."} & scene.offices.honorifics:
        return False
    if end > start and t.lower[start] in scene.words.operations:
        return False
    if end - start == 1 and (last in scene.offices.portfolios or _noun_alone(scene, start)):
        return False
    if any(t.titled[start:end]) and not scene.words.institutions.ending(t.lower, end - 1, "proper"):
        return False
    return any(t.capital[start:end])
