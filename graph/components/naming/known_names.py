"""Names that the gazetteer knows, where nothing in the text speaks against it."""

from __future__ import annotations

from collections.abc import Iterator

from graph.components.naming.atlas import Found
from graph.components.naming.candidates import Candidate, Strength
from graph.components.naming.scene import Scene
from graph.components.naming.territories import class_by_noun
from ontology.gazetteer import Organisation, Place

_PLACES = frozenset({"GPE", "LOC", "FAC"})


def find_known(scene: Scene) -> Iterator[Candidate]:
    """Candidates for the names of the gazetteer; ambiguous ones only where the recogniser agrees."""
    seen: Found | None = None
    for found in scene.found:
        if found is None or found is seen:
            continue
        seen = found
        if found.demonym or (found.ambiguous and not _supported(scene, found)):
            continue
        if isinstance(found.row, Organisation):
            if not _anothers(scene, found, found.row):
                yield _organisation(scene, found, found.row)
        else:
            yield _place(scene, found)


def _supported(scene: Scene, found: Found) -> bool:
    labels = {scene.label(i) for i in range(found.start, found.end)}
    if isinstance(found.row, Organisation):
        return "ORG" in labels or (labels == {""} and _definite(scene, found))
    return bool(labels & _PLACES) and labels <= _PLACES | {""}


def _definite(scene: Scene, found: Found) -> bool:
    """Whether a capital inside a sentence and "the" before it show a name: "the Quad"."""
    t, i = scene.tokens, found.start
    return t.proper(i) and not t.begins(i) and scene.same_line(i - 1, i) and t.lower[i - 1] == "the"


def _anothers(scene: Scene, found: Found, row: Organisation) -> bool:
    """Whether the state in the genitive or the demonym before says that it is another: "Peru's Congress"."""
    end = found.start - 1 if scene.tokens.genitive(found.start - 1) else found.start
    owner = scene.found[end - 1] if end > 0 and scene.same_line(end - 1, found.start) else None
    return owner is not None and owner.state and bool(row.state) and owner.row.id != row.state


def _organisation(scene: Scene, found: Found, row: Organisation) -> Candidate:
    states = (row.state,) if row.state else ()
    start, text = found.start, scene.tokens.text
    shown = None
    for i in range(found.start + 1, found.end - 1):
        if scene.tokens.genitive(i) and scene.atlas.state_at(scene.tokens, found.start, i):
            start, shown = i + 1, "".join(text[found.start : i + 1]) + " " + " ".join(text[i + 1 : found.end])
    return Candidate(
        start, found.end, "institution", row.kind, _strength(scene, found), row.id, states, shown
    )


def _place(scene: Scene, found: Found) -> Candidate:
    row = _contested(scene, found) or found.row
    cls, known = row.kind, row.id
    noun = class_by_noun(scene, found.start)
    if noun in {"City", "Region"} and cls in {"City", "Region"} and noun != cls:
        return Candidate(found.start, found.end, "territory", noun, _strength(scene, found))
    return Candidate(found.start, found.end, "territory", cls, _strength(scene, found), known)


def _strength(scene: Scene, found: Found) -> Strength:
    """A name of several words is strong, unless the recogniser finds it inside a longer one."""
    spans = {s for s in scene.entity[found.start : found.end] if s}
    first = found.start + (scene.tokens.lower[found.start] == "the")
    inside = any(s[0] <= first and found.end <= s[1] and s[1] - s[0] > found.end - first for s in spans)
    if inside:
        return Strength.KNOWN
    return Strength.BUILT if found.end - found.start > 1 else Strength.KNOWN


def _contested(scene: Scene, found: Found) -> Place | None:
    """The disputed ground that an ambiguous name means in a text on its sides, not its namesake's state."""
    gazetteer, row = scene.atlas.gazetteer, found.row
    if not found.ambiguous or not isinstance(row, Place):
        return None
    spoken = {other.row.id for other in scene.found if other and other.state and not other.ambiguous}
    state = gazetteer.state_of(row)
    if state and state.id in spoken:
        return None
    words = " ".join(scene.tokens.text[found.start : found.end])
    for namesake in gazetteer.find(words):
        if (
            isinstance(namesake, Place)
            and "disputed" in namesake.flags
            and len(spoken & {*namesake.claimed_by, *namesake.administered_by}) > 1
        ):
            return namesake
    return None
