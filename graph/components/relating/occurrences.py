"""Relations that events tell of: who quarrels over a place claims it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.notes import EventNote, Notes, Referent, RelationNote
from ontology.relation_words import EventTie


def told_by(event: EventNote, notes: Notes, ties: Sequence[EventTie]) -> Iterator[RelationNote]:
    """The relations that an event tells of, each at the words that mention the event."""
    if event.factuality != "actual":
        return
    for tie in ties:
        if event.cls in tie.classes:
            first, second = tie.kinds
            subjects = list(_in_roles(event, notes, tie.subject, first))
            objects = list(_in_roles(event, notes, tie.object, second))
            for start, _ in event.triggers:
                for subject in subjects:
                    for other in objects:
                        if subject.key != other.key:
                            yield RelationNote(subject.key, tie.predicate, other.key, start, tie.id)


def _in_roles(
    event: EventNote, notes: Notes, roles: Sequence[str], kinds: frozenset[str]
) -> Iterator[Referent]:
    """What stands in some roles of an event, if it is of one of some kinds or classes."""
    for argument in event.arguments:
        referent = notes.referents.get(argument.key) if argument.key is not None else None
        if referent is not None and argument.role in roles and {referent.kind, referent.cls} & kinds:
            yield referent
