"""What the names of bodies say, and what it says to chair one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.notes import Notes, Referent, RelationNote


def with_members(relations: Iterable[RelationNote], notes: Notes) -> Iterator[RelationNote]:
    """The relations, and that a state which chairs a body of states is a member of it."""
    for relation in relations:
        yield relation
        if relation.predicate == "headOf" and notes.referents[relation.subject].cls == "State":
            yield RelationNote(
                relation.subject, "memberOf", relation.object, relation.start, f"{relation.rule}.member"
            )


def of_bodies(notes: Notes) -> Iterator[RelationNote]:
    """What the names of bodies say: a mission stands for its state, a committee belongs to its council."""
    starts = {r.keys[0]: r.start for r in reversed(notes.references) if len(r.keys) == 1}
    bodies = [r for r in notes.referents.values() if r.kind == "institution" and r.key in starts]
    places = [r for r in notes.referents.values() if r.kind == "territory"]
    for body in bodies:
        if body.cls == "DiplomaticMission" and body.state in notes.referents and body.state is not None:
            yield RelationNote(body.key, "represents", body.state, starts[body.key], "body.mission")
        yield from _of_members(notes, body, starts[body.key])
        for place in places:
            if any(body.name.endswith(f" in {name}") for name in (place.name, *place.aliases)):
                yield RelationNote(body.key, "locatedIn", place.key, starts[body.key], "body.seat")
        for other in bodies:
            if other.key != body.key and _belongs(body, other):
                yield RelationNote(body.key, "partOf", other.key, starts[body.key], "body.name")


def _of_members(notes: Notes, body: Referent, start: int) -> Iterator[RelationNote]:
    """The states in a body's name: members of the "A-B-C Partnership", hosts of the "A-B Dialogue"."""
    if body.cls == "Committee" or not ("-" in body.name or "–" in body.name):
        return
    padded = f" {body.name.replace('-', ' ').replace('–', ' ')} "
    states = [r for r in notes.referents.values() if r.cls == "State" and _is_named(r, padded)]
    if len(states) > 1:
        for state in states:
            if body.cls == "Forum":
                yield RelationNote(body.key, "organizedBy", state.key, start, "body.hosts")
            else:
                yield RelationNote(state.key, "memberOf", body.key, start, "body.members")


def _is_named(state: Referent, padded: str) -> bool:
    return any(f" {name} " in padded for name in (state.name, *state.aliases))


def _belongs(part: Referent, whole: Referent) -> bool:
    """Whether a body's name is that of a larger one with more words: "NATO Military Committee"."""
    names = {whole.name, *whole.aliases}
    ends = (f" of {whole.name}", f" of the {whole.name}")
    begins = any(part.name.startswith(f"{name} ") and len(name) > 2 for name in names)
    return begins or (part.cls == "Committee" and part.name.endswith(ends))
