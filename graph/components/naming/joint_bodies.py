"""Bodies of two states in small letters: "Peru-Chile society", "bilateral commission on trade"."""

from __future__ import annotations

from collections.abc import Iterator

from graph.components.naming.candidates import Candidate, Strength
from graph.components.naming.scene import Scene

_TOPIC_JOINTS = frozenset({"and", ",", "-", "scientific", "technical"})
_TOPIC_NOUNS = frozenset({"issues", "questions", "matters", "relations", "ties", "cooperation"})


def find_joint(scene: Scene, end: int) -> Iterator[Candidate]:
    """A body of two states in small letters: "Peru-Chile society", "bilateral commission on trade"."""
    t = scene.tokens
    head = scene.words.institutions.ending(t.lower, end - 1, "proper")
    start = head.start if head else end - 1
    cls = head.cls if head else "Institution"
    while scene.same_line(start - 1, start) and t.lower[start - 1] in scene.words.joint_modifiers:
        start -= 1
    stop = _topics_end(scene, end)
    owner = scene.found[start - 1] if scene.same_line(start - 1, start) else None
    if owner and owner.state and owner.start >= 2 and t.tag[owner.start - 1] == "HYPH":
        first = scene.found[owner.start - 2]
        if first and first.state:
            yield Candidate(first.start, stop, "institution", cls, Strength.BUILT)
    elif stop > end and start < end - 1:
        yield Candidate(start, stop, "institution", cls, Strength.BUILT)


def _topics_end(scene: Scene, end: int) -> int:
    """The end of "on trade and economic issues" in small letters after ``end``."""
    t, topics = scene.tokens, scene.offices.portfolios
    if not (
        scene.same_line(end + 1, end - 1) and t.lower[end] in {"on", "for"} and t.lower[end + 1] in topics
    ):
        return end
    topics |= _TOPIC_NOUNS
    stop, k = end, end + 1
    while scene.same_line(k, end) and (t.lower[k] in topics or t.lower[k] in _TOPIC_JOINTS):
        stop = k + 1 if t.lower[k] in topics else stop
        k += 1
    return stop
