"""Which things an account ties to each other, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from graph.networks.actor_index import TieKind
from ontology.schema import Schema

SPEECH = ("Statement", "Criticism", "Threat", "Request", "Proposal", "Support")
"""Classes of events, with those below them, whose initiator speaks of what the event is about."""

Tie = tuple[int, int, TieKind, bool]
"""From, to, kind, and whether it has a direction."""


def speech_classes(schema: Schema) -> frozenset[str]:
    """The classes of SPEECH with all below them."""
    return frozenset(name for top in SPEECH for name in (top, *schema.below(top)))


def event_ties(event: int, roles: Mapping[str, Sequence[int]], speech: bool) -> Iterator[Tie]:
    """The ties of one account of an event.

    Those who take part are tied to each other, from the initiator to the recipient where the text gives
    both; to the place; to what the event concerns, as a claim where it is an act of speech; to the source
    for what they do; and everything has a role in the event.
    """
    initiators, recipients = roles.get("initiator", ()), roles.get("recipient", ())
    topics, sources = roles.get("about", ()), roles.get("source", ())
    taking_part = dict.fromkeys([*initiators, *recipients, *roles.get("participant", ())])
    for one, other in combinations(taking_part, 2):
        if not initiators or not recipients:
            yield one, other, TieKind.TOGETHER, False
            continue
        directed = (one in initiators and other in recipients) != (other in initiators and one in recipients)
        backwards = directed and one in recipients
        yield (other, one, TieKind.TOGETHER, True) if backwards else (one, other, TieKind.TOGETHER, directed)
    for actor in taking_part:
        yield from ((actor, place, TieKind.PLACE, True) for place in roles.get("place", ()) if place != actor)
        says = speech and actor in initiators
        if says or not speech:
            kind = TieKind.CLAIM if says else TieKind.TOPIC
            yield from ((actor, topic, kind, True) for topic in topics if topic != actor)
        yield from ((source, actor, TieKind.REPORT, True) for source in sources if source != actor)
    for thing in dict.fromkeys([*taking_part, *roles.get("place", ()), *topics, *sources]):
        if thing != event:
            yield thing, event, TieKind.ROLE, True
