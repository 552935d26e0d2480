"""How likely it is that a thing of the texts is one of the knowledge base: a logistic sum of evidence.

The weights are set by hand after trials with politicians of many states; the annotated texts are too few to
fit them. docs/knowledge.md lists them. They are logits: 1.4 is odds of four to one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graph.knowledge.base import Known
from graph.linking.evidence import Claimed, Days, Evidence, span
from ontology.knowledge_tables import Held, Thing
from ontology.title_words import Post, TitleWords

BIAS = -3.2
NAME = 4.0
SAME_STATE, OTHER_STATE = 1.5, -3.0
SAME_OFFICE, IN_OFFICE, FORMER, LONG_AGO, NOT_YET = 2.0, 1.5, 0.3, -1.5, -2.0
SERVING = 0.7  # in some other office of that state at the time
DEAD, DEAD_BARE, UNBORN = -1.5, -4.0, -4.0
BESIDE, NOT_BESIDE = 0.7, -0.8
UNIQUE = 0.5
FAME = 0.8
CLASS, OTHER_CLASS = 0.5, -1.5

_AT_THE_TIME = {"in office": IN_OFFICE, "former": FORMER, "long ago": LONG_AGO, "not yet": NOT_YET}
_SLACK = timedelta(days=60)  # an office is written of a little before it is taken
_LATER = timedelta(days=3 * 365)
_GROWN = 20 * 365
_OPEN = date.max
_LOOSE = frozenset({"Institution", "Territory"})
_AKIN = (
    frozenset({"Government", "Ministry", "Committee"}),
    frozenset({"InternationalOrganization", "Forum"}),
    frozenset({"Region", "Island", "Archipelago", "Territory"}),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A probability, with the evidence for and against in words."""

    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the names are, from 0 to 1, in what way, and whether nobody else has a name as like."""

    value: float
    how: str
    alone: bool
    bare: bool = False  # nothing but a surname


Point = tuple[float, str]


def judge(evidence: Evidence, known: Known, name: Likeness, words: TitleWords) -> Verdict:
    """How likely a thing of the texts is one of the knowledge base.

    Args:
        evidence: what the texts say.
        known: the candidate.
        name: how like the names are.
        words: what titles of offices mean.
    """
    thing = known.thing
    points: list[Point] = [(BIAS, ""), (NAME * name.value, f"name {thing.name!r} ({name.how})")]
    if name.alone:
        points.append((UNIQUE, "nobody else of that name"))
    points.append((FAME * known.weight, ""))
    if evidence.kind == "person":
        points += _person(evidence, thing, name, words)
    else:
        points += _body(evidence, thing)
    return Verdict(_logistic(sum(p for p, _ in points)), "; ".join(w for _, w in points if w))


def _logistic(logit: float) -> float:
    return round(1 / (1 + math.exp(-logit)), 3)


def _person(evidence: Evidence, thing: Thing, name: Likeness, words: TitleWords) -> Iterator[Point]:
    yield from _state(evidence, thing)
    yield from _office(evidence, thing, words)
    yield from _lifetime(evidence.days, thing, DEAD_BARE if name.bare else DEAD)


def _body(evidence: Evidence, thing: Thing) -> Iterator[Point]:
    yield from _state(evidence, thing)
    classes = evidence.classes - _LOOSE
    if thing.cls in classes:
        yield CLASS, ""
    elif (
        classes
        and thing.cls not in _LOOSE
        and not any(thing.cls in akin and classes & akin for akin in _AKIN)
    ):
        yield OTHER_CLASS, f"a {thing.cls}, read as {', '.join(sorted(classes))}"


def _state(evidence: Evidence, thing: Thing) -> Iterator[Point]:
    if not thing.country:
        return
    if evidence.states:
        common = sorted(evidence.states & set(thing.country))
        if common:
            yield SAME_STATE, f"of {common[0]}"
        else:
            yield OTHER_STATE, f"of {thing.country[0]}, not {min(evidence.states)}"
    elif evidence.beside:
        common = sorted(evidence.beside & set(thing.country))
        if common:
            yield BESIDE, f"{common[0]} named beside"
        else:
            yield NOT_BESIDE, f"{thing.country[0]} not named"


def _office(evidence: Evidence, thing: Thing, words: TitleWords) -> Iterator[Point]:
    """The best agreement between an office that a text gives and one that was held."""
    pairs = ((claimed, held) for claimed in evidence.offices for held in thing.offices)
    points = [p for claimed, held in pairs if (p := _agreement(claimed, held, words))]
    if points:
        yield max(points)
    elif any(_time(o.days, held) == "in office" for o in evidence.offices for held in thing.offices):
        yield SERVING, "in another office then"


def _agreement(claimed: Claimed, held: Held, words: TitleWords) -> Point | None:
    if claimed.of and held.of and claimed.of != held.of:
        return None
    likeness = _post(claimed.title, claimed.of, words).likeness(_post(held.title, held.of, words))
    if not likeness:
        return None
    when = _time(claimed.days, held)
    more = _AT_THE_TIME.get(when, 0.0)
    until = held.end or "today"
    return (
        SAME_OFFICE * likeness + more,
        f"{held.title}, {held.start or '?'} to {until}{when and f': {when}'}",
    )


def _post(title: str, of: str, words: TitleWords) -> Post:
    return words.post(title, frozenset(of.split("-")))


def _time(days: Days | None, held: Held) -> str:
    """How some days lie to a time in office: "in office", "former", "not yet", "long ago" or "" (unknown)."""
    began, ended = span(held.start), span(held.end)
    if days is None or began is None:
        return ""
    first, last = _day(days[0]), _day(days[1])
    start, end = _day(began[0]), _day(ended[1]) if ended else _OPEN
    if last < start - _SLACK:
        return "not yet"
    if first <= end:
        return "in office"
    return "former" if first - end <= _LATER else "long ago"


def _lifetime(days: Iterable[Days], thing: Thing, dead: float) -> Iterator[Point]:
    lasts = [_day(last) for _, last in days]
    firsts = [_day(first) for first, _ in days]
    born, died = span(thing.begun), span(thing.ended)
    if died and firsts and min(firsts) - timedelta(days=365) > _day(died[1]):
        yield dead, f"died {thing.ended}"
    if born and lasts and (max(lasts) - _day(born[0])).days < _GROWN:
        yield UNBORN, f"born {thing.begun}"


def _day(text: str) -> date:
    """A day; "31" of a shorter month is its last day, and what is no day at all the first of its year."""
    for tail in (text, f"{text[:8]}28", f"{text[:4]}-01-01"):
        try:
            return date.fromisoformat(tail)
        except ValueError:
            continue
    return date.min
