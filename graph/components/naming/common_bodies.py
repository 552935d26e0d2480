"""Institutions in small letters, which a state makes names: "Malian army", "government of Peru"."""

from __future__ import annotations

from collections.abc import Iterator

from graph.components.naming.atlas import Found
from graph.components.naming.body_owners import built, state_within
from graph.components.naming.candidates import Candidate, Strength
from graph.components.naming.scene import Scene
from ontology.gazetteer import Organisation, Place
from ontology.name_words import Head

_OF = frozenset({"of"})
SEATED = frozenset({"Court", "DiplomaticMission"})
"""Classes of bodies that the place they sit in tells apart."""

_PERSONAL = frozenset({"administration", "government", "regime", "forces", "party", "cabinet", "junta"})


def qualifies(scene: Scene, i: int) -> bool:
    """Whether a noun only describes the next: "military base", but not "military officials"."""
    t = scene.tokens
    if not scene.same_line(i, i + 1) or not t.tag[i + 1].startswith("NN"):
        return False
    acting = {t.lower[i + 1], t.lower[i + 1].removesuffix("s")}
    return acting.isdisjoint(scene.offices.forms) and acting.isdisjoint(scene.words.belongings)


def is_chair(scene: Scene, end: int) -> bool:
    """Whether "presidency" is the chair of a body of states: "its presidency of the Council"."""
    t = scene.tokens
    if t.lower[end - 1] != "presidency" or not scene.same_line(end + 1, end - 1) or t.lower[end] != "of":
        return False
    k = end + 2 if t.lower[end + 1] == "the" and scene.same_line(end + 2, end) else end + 1
    owner = scene.found[k]
    body = owner is not None and isinstance(owner.row, Organisation)
    return body or scene.words.institutions.ending(t.lower, k, "proper") is not None


def find_common(scene: Scene, head: Head, end: int) -> Iterator[Candidate]:
    """A head in small letters is a name where a state, or whose it is, stands with it."""
    if is_chair(scene, end):
        return
    start = head.start
    while scene.same_line(start - 1, start) and _modifies(scene, start - 1):
        start -= 1
    owner = scene.found[start - 1] if scene.same_line(start - 1, head.start) else None
    if owner and owner.demonym and _is_shared(scene, owner.start, end):
        return
    if owner and (owner.state or owner.demonym or _has_organ(owner, head.cls)):
        stop = _seat_end(scene, head.cls, end) if head.cls == "DiplomaticMission" else end
        yield built(scene, owner.start, stop, head.cls)
    elif scene.tokens.genitive(start - 1) and state_within(scene, start, end):
        yield built(scene, start, end, head.cls)
    elif (stop := _owner_end(scene, head.cls, end)) > end:
        yield built(scene, start, stop, head.cls)
    elif head.cls == "Legislature" and _without_article(scene, start):
        yield Candidate(start, end, "institution", head.cls, Strength.BUILT)
    elif scene.same_line(start - 1, start) and scene.tokens.lower[head.start] in _PERSONAL:
        left = scene.left_edge(start)
        if left < start and scene.tokens.tag[start - 1] in {"NNP", "NNPS"}:
            yield built(scene, left, end, head.cls)


def _is_shared(scene: Scene, start: int, end: int) -> bool:
    """Whether a plural is of two states, and so no one body: "Eritrean and Somali troops"."""
    t = scene.tokens
    if t.tag[end - 1] != "NNS" or not scene.same_line(start - 2, start) or t.lower[start - 1] != "and":
        return False
    other = scene.found[start - 2]
    return other is not None and (other.demonym or other.state)


def _owner_end(scene: Scene, cls: str, end: int) -> int:
    """The end of the state in "government of Peru", or of the seat of a court or mission."""
    stop = scene.right_edge(end, _OF, lists=False)
    if stop > end and _of_state(scene, stop):
        return stop
    return _seat_end(scene, cls, end) if cls in SEATED else end


def _seat_end(scene: Scene, cls: str, end: int) -> int:
    """The end of "in Agadez" after "court": what tells one such body of a state from the others.

    A mission "in Mali" is told by whose it is, not by where.
    """
    t = scene.tokens
    if not scene.same_line(end + 1, end - 1) or t.lower[end] != "in":
        return end
    place = scene.found[end + 1]
    seat = scene.entity[end + 1]
    if place is None and seat is not None and seat[2] == "GPE" and seat[0] == end + 1:
        return seat[1]
    if place is None or not isinstance(place.row, Place) or place.demonym:
        return end
    return end if place.state and cls != "Court" else place.end


def _without_article(scene: Scene, start: int) -> bool:
    """Whether a noun in the singular stands as names do, with nothing that determines it before it."""
    t = scene.tokens
    before = t.tag[start - 1] if scene.same_line(start - 1, start) else ""
    return t.tag[start] == "NN" and (before in {"", "IN", "TO", "CC", ","} or before.startswith("VB"))


def _of_state(scene: Scene, end: int) -> bool:
    """Whether the name of a state ends there."""
    known = scene.found[end - 1]
    return known is not None and known.state and not known.demonym


def _has_organ(owner: Found, cls: str) -> bool:
    return isinstance(owner.row, Organisation) and cls in {"Court", "Committee", "ArmedForces", "Legislature"}


def _modifies(scene: Scene, i: int) -> bool:
    t = scene.tokens
    if t.lower[i] in {"and", "-"}:
        return scene.same_line(i - 1, i) and t.lower[i - 1] in scene.offices.portfolios
    small = t.lower[i] in scene.words.institution_modifiers or t.lower[i] in scene.offices.portfolios
    return small and scene.found[i] is None
