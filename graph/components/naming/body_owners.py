"""Whose an institution is: the states that its name and the genitive before it tell."""

from __future__ import annotations

from graph.components.naming.atlas import Found
from graph.components.naming.candidates import Candidate, Strength
from graph.components.naming.scene import Scene
from ontology.gazetteer import Organisation

PUBLIC = frozenset(
    {"Government", "Ministry", "Legislature", "Court", "PoliticalParty", "DiplomaticMission", "ArmedForces"}
    | {"Institution", "Committee"}
)
"""Classes of bodies that a state has."""


def state_within(scene: Scene, start: int, end: int) -> tuple[str, ...]:
    """The states that the words of a name name, and the one in the genitive before it."""
    states = [f.row.id for f in scene.found[start:end] if f and f.state]
    if not states and scene.tokens.genitive(start - 1):
        owner = scene.found[start - 2] if start > 1 else None
        states = [_state_id(owner)] if owner and _state_id(owner) else []
    return tuple(dict.fromkeys(states))


def _state_id(owner: Found) -> str:
    """The state that an owner is, or that an owning body belongs to."""
    return owner.row.state if isinstance(owner.row, Organisation) else owner.row.id if owner.state else ""


def built(scene: Scene, start: int, end: int, cls: str) -> Candidate:
    """The candidate of a name with the states that it belongs to, shown with an owner in the genitive."""
    states = state_within(scene, start, end) if cls in PUBLIC else ()
    shown = _with_owner(scene, start, end) if states and scene.tokens.genitive(start - 1) else None
    return Candidate(start, end, "institution", cls, Strength.BUILT, None, states, shown)


def _with_owner(scene: Scene, start: int, end: int) -> str:
    owner = scene.found[start - 2]
    first = owner.start if owner else start
    text = scene.tokens.text
    return " ".join(text[first : start - 1]) + text[start - 1] + " " + " ".join(text[start:end])
