"""What kind of thing a name names, by the evidence of the whole document, and where else it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.components.atlas import kind_of
from graph.components.candidates import Candidate, Strength
from graph.components.scene import Scene
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

Form = tuple[str, ...]


def judged(scene: Scene, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates, each of the kind that its form has in this document, and the places they left out."""
    found = list(candidates)
    votes = _votes(scene, found)
    verdicts = {form: _winner(counts) for form, counts in votes.items()}
    kept = [c for old in found if (c := _agreed(scene, old, verdicts)) is not None]
    kept = list(_told(scene, kept))
    yield from kept
    yield from _acronyms(scene, kept)
    yield from _echoes(scene, kept)


def _form(scene: Scene, c: Candidate) -> Form:
    return tuple(scene.tokens.lower[c.start : c.end])


def _votes(scene: Scene, candidates: list[Candidate]) -> dict[Form, Counter[EntityKind]]:
    votes: dict[Form, Counter[EntityKind]] = defaultdict(Counter)
    parts: set[str] = set()
    for c in candidates:
        weight = _WEIGHTS[c.strength] + 2 * (c.known is not None) - scene.tokens.headline[c.start]
        votes[_form(scene, c)][c.kind] += weight
        if _may_be_place(scene, c):
            votes[_form(scene, c)]["territory"] += _SURE
        if c.kind == "person" and c.end - c.start > 1:
            parts |= {scene.tokens.lower[c.start], scene.tokens.lower[c.end - 1]}
    for form, counts in votes.items():
        if len(form) == 1 and form[0] in parts and "person" not in counts:
            counts["person"] += _SURE + 1
        elif len(form) == 1 and form[0] in parts:
            counts["person"] += 2
    return votes


def _may_be_place(scene: Scene, c: Candidate) -> bool:
    """Whether an unknown institution of no known sort stands as places do: "in Cite Soleil"."""
    t = scene.tokens
    vague = c.cls == "Institution" and not c.known and c.strength <= Strength.LONG
    inside = scene.same_line(c.start - 1, c.start) and t.lower[c.start - 1] == "in"
    return vague and inside and not any(w.isupper() for w in t.text[c.start : c.end])


def _winner(counts: Counter[EntityKind]) -> EntityKind:
    return max(counts, key=lambda kind: counts[kind])


def _agreed(scene: Scene, c: Candidate, verdicts: dict[Form, EntityKind]) -> Candidate | None:
    verdict = verdicts[_form(scene, c)]
    if c.kind == verdict:
        return c
    if c.known or c.strength >= Strength.BUILT:
        return None
    return replace(c, kind=verdict, cls=_CLASSES[verdict], states=())


def _told(scene: Scene, candidates: list[Candidate]) -> Iterator[Candidate]:
    """Candidates without those that only a line in Title Case makes look like names."""
    titled = scene.tokens.titled
    said = {_form(scene, c) for c in candidates if not titled[c.start]}
    for c in candidates:
        if not titled[c.start] or c.known or c.states or c.kind == "person" or _form(scene, c) in said:
            yield c


def _acronyms(scene: Scene, candidates: list[Candidate]) -> Iterator[Candidate]:
    """Acronyms that stand in brackets after a name, there and wherever else."""
    t = scene.tokens
    ends: dict[int, Candidate] = {}
    for c in sorted(candidates, key=lambda c: (c.strength, c.end - c.start)):
        ends[c.end] = c
    full: dict[str, Candidate] = {}
    for i in range(1, len(t.text) - 2):
        if (
            t.text[i] == "("
            and t.text[i + 2] == ")"
            and i in ends
            and _acronym(scene, ends[i], t.text[i + 1])
        ):
            full.setdefault(t.text[i + 1], ends[i])
    if not full:
        return
    for i, word in enumerate(t.text):
        c = full.get(word)
        if c and t.read[i]:
            found = scene.found[i]
            known = c.known or (found.row.id if found and kind_of(found.row) == c.kind else None)
            yield replace(
                c, start=i, end=i + 1, strength=Strength.TITLED, shown=None, same=c.start, known=known
            )


def _acronym(scene: Scene, c: Candidate, word: str) -> bool:
    """Whether a word in brackets abbreviates the name: its capitals are initials of the name, in order;
    a body may be abbreviated in another language."""
    if c.kind == "person" or len(word) < 2 or not word[0].isupper() or not word[-1].isupper():
        return False
    if c.kind == "institution" and c.strength is Strength.BUILT and word.isupper():
        return c.end - c.start > 1
    initials = iter([w[0].upper() for w in scene.tokens.text[c.start : c.end]])
    letters = [x for x in word if x.isupper()]
    hits = sum(any(x == i for i in initials) for x in letters)
    return c.end - c.start > 1 and hits >= len(letters) - 1


def _echoes(scene: Scene, candidates: list[Candidate]) -> Iterator[Candidate]:
    """Names that the text repeats where no finder saw them."""
    t = scene.tokens
    covered = {i for c in candidates for i in range(c.start, c.end)}
    forms: dict[str, dict[Form, Candidate]] = defaultdict(dict)
    for c in candidates:
        if c.kind in {"person", "institution", "territory"} and not (
            c.kind == "person" and scene.tokens.titled[c.start]
        ):
            form = _form(scene, c)
            if any(t.capital[c.start : c.end]):
                forms[form[0]].setdefault(form, c)
            if c.kind == "person" and c.end - c.start > 1:
                forms[form[-1]].setdefault(form[-1:], replace(c, start=c.end - 1))
    for i, word in enumerate(t.lower):
        if word not in forms or i in covered or not t.proper(i) or not t.read[i]:
            continue
        for form, c in sorted(forms[word].items(), key=lambda item: -len(item[0])):
            end = i + len(form)
            if tuple(t.lower[i:end]) == form and scene.same_line(i, end - 1):
                yield replace(c, start=i, end=end, strength=Strength.RECOGNISED, shown=None, same=None)
                break
