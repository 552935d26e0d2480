"""Which ties make a network: filters as users give them, and the classes and ties that their names cover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from graph.errors import ParameterError
from graph.networks.actor_index import FACTUALITIES, TieKind
from ontology.schema import Schema

Mask = NDArray[np.bool_]

TieName = Literal["event", "tenure", "relation", "claim", "place", "topic"]
Polarity = Literal["cooperative", "conflictual", "neutral"]
TIES: Mapping[str, tuple[TieKind, ...]] = {
    "event": (TieKind.TOGETHER,),
    "tenure": (TieKind.TENURE,),
    "relation": (TieKind.RELATION,),
    "claim": (TieKind.CLAIM, TieKind.REPORT),
    "place": (TieKind.PLACE,),
    "topic": (TieKind.TOPIC,),
}
"""What may tie two things, by the name in a filter; ``TieKind`` says what each means."""
POLARITIES: tuple[str, ...] = get_args(Polarity)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which ties make a network. Within a field any of the values fits; where it is empty, everything does.

    ``kinds`` are classes of entities with all below them; ``Event`` makes events nodes of their own, tied to
    all who have a role in them. ``ties`` are names of TIES; by default those among the kinds asked for.
    ``classes`` are classes of events or relations with all below them. A network that is filtered by class,
    polarity, factuality or time holds of tenures and relations only those that the filter can tell to fit.
    ``begin`` and ``end`` are the first and last day of a window that what is dated must touch; what has no
    date is left out of a window unless ``undated``. ``documents`` are identifiers or IRIs, ``publishers``
    IRIs. ``minimum`` is the number of facts that two things must have in common.
    """

    kinds: tuple[str, ...] = ("Actor",)
    ties: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    polarities: tuple[str, ...] = ()
    factualities: tuple[str, ...] = FACTUALITIES[:3]
    begin: date | None = None
    end: date | None = None
    undated: bool = False
    documents: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    minimum: int = 1


def entity_classes(schema: Schema, kinds: Iterable[str]) -> set[str]:
    """The classes of entities, and of events, that the names of kinds cover. Raises ParameterError."""
    known = {name.lower(): name for name in ("Entity", *schema.below("Entity"), "Event")}
    found: set[str] = set()
    for kind in kinds:
        if kind.lower() not in known:
            raise ParameterError(f"There is no kind {kind!r}.", f"There are: {', '.join(sorted(known))}.")
        name = known[kind.lower()]
        found.update((name, *schema.below(name)))
    return found


def tie_kinds(schema: Schema, chosen: Filter) -> Mask:
    """The ties that a filter names or, where it names none, those that make sense among its kinds.

    Raises:
        ParameterError: there is no tie of a name.
    """
    for name in chosen.ties:
        if name not in TIES:
            raise ParameterError(f"There is no tie {name!r}.", f"There are: {', '.join(TIES)}.")
    kinds = entity_classes(schema, chosen.kinds)
    names = set(chosen.ties or ("event", "tenure", "relation", "claim"))
    if not chosen.ties and "Territory" in kinds:
        names |= {"place", "topic"}
    if not chosen.ties and "Instrument" in kinds:
        names |= {"topic"}
    wanted = {kind for name in names for kind in TIES[name]}
    if chosen.polarities:
        wanted.discard(TieKind.REPORT)
    if "Event" in kinds:
        wanted = (wanted & {TieKind.TENURE, TieKind.RELATION}) | {TieKind.ROLE}
    return np.array([kind in wanted for kind in TieKind], dtype=np.bool_)


def by_class(chosen: Filter) -> bool:
    """Whether a filter asks for what only events, or single relations, have."""
    return bool(chosen.classes or chosen.polarities)


def event_classes(schema: Schema, chosen: Filter) -> set[str]:
    """The classes of events, or relations, that fit a filter. Raises ParameterError."""
    events = {name.lower(): name for name in ("Event", *schema.event_classes)}
    relations = {name.lower(): name for name, p in schema.properties.items() if not p.literal}
    found: set[str] = set()
    for name in chosen.classes:
        if (event := events.get(name.lower())) is not None:
            found.update((event, *schema.below(event)))
        elif (relation := relations.get(name.lower())) is not None:
            found.update(n for n, p in schema.properties.items() if n == relation or relation in p.ancestors)
        elif name.lower() == "tenure":
            found.add("Tenure")
        else:
            known = ", ".join(sorted(events.values()))
            raise ParameterError(
                f"There is no class of events {name!r}.",
                f"There are: {known}; also Tenure, and relations such as memberOf.",
            )
    for polarity in chosen.polarities:
        if polarity not in POLARITIES:
            raise ParameterError(
                f"There is no polarity {polarity!r}.", f"There are: {', '.join(POLARITIES)}."
            )
    if not chosen.classes:
        found.update(events.values())
    if chosen.polarities:
        found = {name for name in found if polarity_of(schema, name) in chosen.polarities}
    return found


def polarity_of(schema: Schema, cls: str) -> str | None:
    """The polarity of a class of events, in lower case; None for tenures and relations."""
    known = schema.classes.get(cls)
    return known.polarity.lower() if known is not None and known.polarity else None


def factualities(chosen: Filter) -> Mask:
    """The factualities that a filter keeps, in the order of FACTUALITIES. Raises ParameterError."""
    for name in chosen.factualities:
        if name not in FACTUALITIES:
            raise ParameterError(
                f"There is no factuality {name!r}.", f"There are: {', '.join(FACTUALITIES)}."
            )
    wanted = chosen.factualities or FACTUALITIES
    return np.array([name in wanted for name in FACTUALITIES], dtype=np.bool_)


def window(chosen: Filter) -> tuple[int, int] | None:
    """The first and last day of the window; None where the filter has none. Raises ParameterError."""
    if chosen.begin is None and chosen.end is None:
        return None
    begin, end = chosen.begin or date.min, chosen.end or date.max
    if end < begin:
        raise ParameterError(f"The window ends on {end}, before it begins on {begin}.", "Swap the two days.")
    return begin.toordinal(), end.toordinal()
