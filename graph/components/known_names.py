"""Names that the gazetteer knows, where nothing in the text speaks against it."""

from __future__ import annotations

from collections.abc import Iterator

from graph.components.atlas import Found
from graph.components.candidates import Candidate, Strength
from graph.components.scene import Scene
from graph.components.territories import class_by_noun
from ontology.gazetteer import Organisation

_PLACES = frozenset({"GPE", "LOC", "FAC"})


def find_known(scene: Scene) -> Iterator[Candidate]:
    """Candidates for all names and demonyms of the gazetteer; ambiguous ones only where the recogniser agrees."""
    seen: Found | None = None
    for found in scene.found:
        if found is None or found is seen:
            continue
        seen = found
        if not found.demonym and not (found.ambiguous and not _supported(scene, found)):
            yield _candidate(scene, found)


def _supported(scene: Scene, found: Found) -> bool:
    labels = {scene.label(i) for i in range(found.start, found.end)}
    if isinstance(found.row, Organisation):
        return "ORG" in labels or (labels == {""} and _definite(scene, found))
    return bool(labels & _PLACES) and labels <= _PLACES | {""}


def _definite(scene: Scene, found: Found) -> bool:
    """Whether a capital inside a sentence and "the" before it show a name: "the Quad"."""
    t, i = scene.tokens, found.start
    return t.proper(i) and not t.begins(i) and scene.same_line(i - 1, i) and t.lower[i - 1] == "the"


def _candidate(scene: Scene, found: Found) -> Candidate:
    row = found.row
    if isinstance(row, Organisation):
        states = (row.state,) if row.state else ()
        return Candidate(
            found.start, found.end, "institution", row.kind, _strength(scene, found), row.id, states
        )
    cls = row.kind
    noun = class_by_noun(scene, found.start)
    known: str | None = row.id
    if noun in {"City", "Region"} and cls in {"City", "Region"} and noun != cls:
        cls, known = noun, None
    return Candidate(found.start, found.end, "territory", cls, _strength(scene, found), known)


def _strength(scene: Scene, found: Found) -> Strength:
    """A name of several words is strong, unless the recogniser finds it inside a longer one."""
    spans = {s for s in scene.entity[found.start : found.end] if s}
    inside = any(
        s[0] <= found.start and found.end <= s[1] and s[1] - s[0] > found.end - found.start for s in spans
    )
    if inside:
        return Strength.KNOWN
    return Strength.BUILT if found.end - found.start > 1 else Strength.KNOWN
