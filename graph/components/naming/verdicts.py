"""What kind of thing a name names, by the evidence of the whole document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.components.naming.candidates import Candidate, Strength
from graph.components.naming.scene import Form, Scene
from graph.components.naming.territories import class_by_noun
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
_ARTICLES = frozenset({"a", "an", "the"})
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
        if placed := _place_votes(scene, c):
            votes[scene.form(c.start, c.end)]["territory"] += placed
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


def _place_votes(scene: Scene, c: Candidate) -> int:
    """How much speaks for a place where an unknown name stands: "the town of X", "in X", "X, a village"."""
    vague = c.cls == "Institution" or (c.kind == "person" and c.end - c.start < 3)
    if not vague or c.known or c.strength > Strength.LONG or scene.tokens.genitive(c.end):
        return 0
    if any(word.isupper() for word in scene.tokens.text[c.start : c.end]):
        return 0
    if _of_sort(scene, c.start) or _explained(scene, c.end):
        return _SURE + 2
    inside = scene.tokens.lower[c.start - 1] if scene.same_line(c.start - 1, c.start) else ""
    placed = inside in {"in", "near", "outside"} or (inside == "at" and _is_site(scene, c.start - 2))
    return (_SURE - 1 if c.kind == "person" else _SURE) if placed else 0


def _is_site(scene: Scene, i: int) -> bool:
    """Whether a noun is something that is built somewhere: "the depot at", "a power station at"."""
    t = scene.tokens
    if not scene.same_line(i, i + 1):
        return False
    heads = scene.words.territories
    return t.lower[i] in scene.words.sites or heads.ending(t.lower, i, "common") is not None


def _of_sort(scene: Scene, start: int) -> bool:
    """Whether a name, or the list that it ends, follows "the town of", "the temples of"."""
    t = scene.tokens
    if class_by_noun(scene, start):
        return True
    if start < 2 or t.lower[start - 1] != "and" or not t.capital[start - 2]:
        return False
    first = start - 2
    while first > 0 and t.capital[first - 1] and scene.same_line(first - 1, start):
        first -= 1
    return class_by_noun(scene, first) is not None


def _explained(scene: Scene, end: int) -> bool:
    """Whether an apposition says that a name is a place: "X, a border village"."""
    t = scene.tokens
    if not scene.same_line(end + 2, end - 1) or t.text[end] != "," or t.lower[end + 1] not in _ARTICLES:
        return False
    for k in range(end + 2, min(end + 5, len(t.text))):
        if t.tag[k] == "NN" and not (scene.same_line(k + 1, k) and t.tag[k + 1].startswith("NN")):
            return t.lower[k] in scene.words.before_of
        if t.tag[k] not in {"JJ", "NN", "VBN"}:
            return False
    return False


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
            or _fills_line(scene, c)
            or scene.form(c.start, c.end) in said
        ):
            yield c


def _fills_line(scene: Scene, c: Candidate) -> bool:
    """Whether a line, or a part of it between bars, is the name of a body: whose paper it is."""
    if c.kind != "institution" or c.strength < Strength.BUILT or c.end - c.start < 3:
        return False
    t = scene.tokens
    opens = not scene.same_line(c.start - 1, c.start) or t.text[c.start - 1] == "|"
    return opens and (
        not scene.same_line(c.end, c.start) or t.text[c.end] in {"|", "(", ","} or t.text[c.end].isspace()
    )
