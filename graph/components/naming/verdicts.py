"""What kind of thing a name names, by the evidence of the whole document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.components.naming.candidates import Candidate, Strength
from graph.components.naming.scene import Form, Scene
from graph.model import EntityKind

_CLASSES: dict[EntityKind, str] = {
    "person": "Person",
    "institution": "Institution",
    "territory": "City",
    "instrument": "Instrument",
}
_WEIGHTS = {
    Strength.RECOGNISED: 2,
    Strength.KNOWN: 4,
    Strength.LONG: 3,
    Strength.BUILT: 5,
    Strength.TITLED: 5,
}
_SURE = 4
_LOCATIVES = frozenset({"in", "at", "to", "from", "near", "into", "across", "outside", "around"})


def judged(scene: Scene, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates, each of the kind that its form has in this document."""
    found = list(candidates)
    parts = {
        scene.tokens.lower[i]
        for c in found
        if c.kind == "person" and c.end - c.start > 1
        for i in (c.start, c.end - 1)
    }
    found = [c for c in found if not _doubtful(scene, c, parts)]
    verdicts = {form: _winner(counts) for form, counts in _votes(scene, found, parts).items()}
    agreed = [c for old in found if (c := _agreed(scene, old, verdicts)) is not None]
    return list(_told(scene, agreed))


def _votes(scene: Scene, candidates: list[Candidate], parts: set[str]) -> dict[Form, Counter[EntityKind]]:
    votes: dict[Form, Counter[EntityKind]] = defaultdict(Counter)
    for c in candidates:
        weight = _WEIGHTS[c.strength] + 2 * (c.known is not None) - scene.tokens.headline[c.start]
        votes[scene.form(c.start, c.end)][c.kind] += weight
        if _may_be_place(scene, c):
            votes[scene.form(c.start, c.end)]["territory"] += _SURE
    for form, counts in votes.items():
        if len(form) == 1 and form[0] in parts and "person" not in counts:
            counts["person"] += _SURE + 1
        elif len(form) == 1 and form[0] in parts:
            counts["person"] += 2
    return votes


def _doubtful(scene: Scene, c: Candidate, parts: set[str]) -> bool:
    """Whether a known place is also part of a person's name here, and nothing shows that it is meant.

    Such a mention is left to the person, whose name ``graph.components.naming.echoes`` finds there.
    """
    shared = bool(c.known) and c.end - c.start == 1 and scene.tokens.lower[c.start] in parts
    return shared and c.kind == "territory" and not _located(scene, c)


def _located(scene: Scene, c: Candidate) -> bool:
    """Whether a name stands where places stand (after "in", "from" and the like), or is seen as a state."""
    if c.cls == "State" and scene.label(c.start) == "GPE":
        return True
    before = scene.tokens.lower[c.start - 1] if scene.same_line(c.start - 1, c.start) else ""
    return before in _LOCATIVES and scene.label(c.start) != "PERSON"


def _may_be_place(scene: Scene, c: Candidate) -> bool:
    """Whether an unknown institution of no known sort stands as places do: "in Cite Soleil"."""
    t = scene.tokens
    vague = c.cls == "Institution" and not c.known and c.strength <= Strength.LONG
    inside = scene.same_line(c.start - 1, c.start) and t.lower[c.start - 1] == "in"
    return vague and inside and not any(w.isupper() for w in t.text[c.start : c.end])


def _winner(counts: Counter[EntityKind]) -> EntityKind:
    return max(counts, key=lambda kind: counts[kind])


def _agreed(scene: Scene, c: Candidate, verdicts: dict[Form, EntityKind]) -> Candidate | None:
    verdict = verdicts[scene.form(c.start, c.end)]
    if c.kind == verdict:
        return c
    if c.known and _located(scene, c) and verdict == "person":
        return c
    if c.known or c.strength >= Strength.BUILT:
        return None
    return replace(c, kind=verdict, cls=_CLASSES[verdict], states=())


def _told(scene: Scene, candidates: list[Candidate]) -> Iterator[Candidate]:
    """Candidates without those that only a line in Title Case makes look like names."""
    titled = scene.tokens.titled
    said = {scene.form(c.start, c.end) for c in candidates if not titled[c.start]}
    for c in candidates:
        if (
            not titled[c.start]
            or c.known
            or c.states
            or c.kind == "person"
            or (c.cls == "Ministry" and scene.tokens.text[c.start].isupper())
            or scene.form(c.start, c.end) in said
        ):
            yield c
