"""Which people of different documents are one: by full name in any spelling, or by surname and office.

Two people of one document are never one, since it tells them apart. Where two things may be one but nothing
says so, they stay two, and become a question.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from graph.identities.groups import Claim, Cluster, settled
from graph.identities.person import Office, Person, read_name
from graph.identities.ties import Judged, Place, Tie
from graph.iri import fold, slug
from graph.model import Reading

_SPAN = 8
"""Years that may lie between documents on one holder of an office who is named by surname: two Bushes were
presidents of the United States, twelve years apart."""

_ASKED = 8
"""Most questions that one name is worth."""


@dataclass(slots=True)
class People:
    """The people of all documents: each is one cluster, with the reasons and the questions that were left."""

    clusters: list[Cluster] = field(default_factory=list)
    joins: list[Tie] = field(default_factory=list)
    doubts: list[Tie] = field(default_factory=list)


def find_people(readings: Iterable[Reading], iris: Mapping[Place, str], judged: Judged) -> People:
    """Tell who is who.

    Args:
        readings: all readings, ordered by identifier.
        iris: IRIs of the territories and institutions, by which offices are compared.
        judged: what people judged; it overrides everything else.
    """
    found = People()
    units = _units((p for r in readings for p in _people(r, iris, judged)), judged)
    full = _full_names([p for p in units if p.called.full], found)
    full = _same_office(full, found)
    alone = _surnames([p for p in units if not p.called.full], full, found)
    found.joins += [t for t in judged.ties if t.a in {p for u in units for p in u.judged}]
    found.clusters = settled(map(_claim, [*full, *alone]), first_keeps=False)
    return found


def _people(reading: Reading, iris: Mapping[Place, str], judged: Judged) -> Iterator[Person]:
    identifier = reading.document.identifier
    states = {e.key: e.key for e in reading.entities if e.cls == "State"} | {
        e.key: e.state for e in reading.entities if e.kind == "institution" and e.state
    }
    offices: dict[str, set[Office]] = defaultdict(set)
    countries: dict[str, set[str]] = defaultdict(set)
    for tenure in reading.tenures:
        of = iris.get((identifier, tenure.of)) if tenure.of else None
        offices[tenure.holder].add((fold(tenure.title), of))
        if country := iris.get((identifier, states.get(tenure.of or "", ""))):
            countries[tenure.holder].add(country)
    issued = reading.document.issued or ""
    years = {int(issued[:4])} if issued[:4].isdigit() else set()
    for entity in reading.entities:
        if entity.kind == "person":
            place = (identifier, entity.key)
            yield Person(
                [place], {entity.name}, read_name(entity.name), offices[entity.key], countries[entity.key],
                set(years), {identifier}, {place} & judged.places, set(judged.apart.get(place, ())),
            )  # fmt: skip


def _units(people: Iterable[Person], judged: Judged) -> list[Person]:
    """Those that have the same name and offices as one, so that later steps look at each only once.

    Judged places are units of their own, and those that were judged the same are one from the start.
    """
    units: dict[object, Person] = {}
    doubles: list[Person] = []
    set_of = {place: group for group in judged.together for place in group}
    for person in people:
        place = person.places[0]
        telling = person.called.full or any(of for _, of in person.offices)
        profile = (person.called, frozenset(person.offices), *person.years)
        key: object = set_of.get(place) or (profile if telling and not person.judged else place)
        if person.judged:
            person.also.add(person.called)
        if key not in units:
            units[key] = person
        elif person.judged or units[key].documents.isdisjoint(person.documents):
            units[key].absorb(person)
        else:
            doubles.append(person)
    return [*units.values(), *doubles]


def _full_names(people: list[Person], found: People) -> list[Person]:
    """Groups of one full name, in any spelling; a short form of two fuller names joins neither."""
    blocks: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    groups: list[Person] = []
    for person in sorted(people, key=lambda p: p.first):
        keys = {tuple(sorted((n.spelt[0], n.spelt[-1]))) for n in person.full_names}
        namesakes = {id(g): g for key in sorted(keys) for g in blocks[key] if _one_name(g, person)}
        fitting = [g for g in namesakes.values() if g.may_be(person)]
        if fitting and all(not fitting[0].judged.isdisjoint(g.apart) for g in fitting[1:]):
            _join(
                fitting[0], person, _how_named(fitting[0], person), found
            )  # the first of those judged apart
            continue
        groups.append(person)
        for key in sorted(keys):
            blocks[key].append(person)
        for other in list(namesakes.values())[:_ASKED]:
            several = other in fitting
            reason = "both may be meant" if several else "one name, but offices for different states"
            found.doubts.append(_asked(other, person, "name", 0.6 if several else 0.5, reason))
    return groups


def _one_name(a: Person, b: Person) -> bool:
    """Whether they can be called the same."""
    in_office, for_state = bool(a.offices & b.offices), bool(a.countries & b.countries)
    return any(x.may_be(y, in_office, for_state) for x in a.full_names for y in b.full_names)


def _how_named(a: Person, b: Person) -> tuple[str, float, str]:
    one, other = _fullest(a), _fullest(b)
    if a.called.words == b.called.words:
        return "name", 0.95, f"both are {one}"
    if a.called.spelt == b.called.spelt:
        return "spelling", 0.9, f"{one} and {other} are two spellings of one name"
    if sorted(a.called.spelt) == sorted(b.called.spelt):
        return "order", 0.9, f"{one} and {other} are one name in another order, with an office for one state"
    return "part", 0.9, f"{other} is {one} with part of the name left out"


def _same_office(people: list[Person], found: People) -> list[Person]:
    """Join a short first name to the long one where surname, office and time agree; ask about others."""
    holders: dict[tuple[str, Office], list[Person]] = defaultdict(list)
    for person in sorted(people, key=lambda p: p.first):
        for office in sorted(o for o in person.offices if o[1]):
            holders[person.called.spelt[-1], office].append(person)
    gone: set[int] = set()
    for (_, (title, _)), block in sorted(holders.items(), key=lambda item: item[0]):
        for one, other in pairwise(block):
            if id(one) in gone or id(other) in gone or not one.may_be(other):
                continue
            names = f"{_fullest(one)} and {_fullest(other)}"
            if (
                _short_form(one.called.spelt[0], other.called.spelt[0])
                and _years_between(one, other) <= _SPAN // 2
            ):
                how = "office", 0.85, f"{names} have one surname and one office, {title}, at one time"
                _join(one, other, how, found)
                gone.add(id(other))
            else:
                reason = f"they have one surname and one office, {title}, but different first names"
                found.doubts.append(_asked(one, other, "office", 0.55, reason))
    return [p for p in people if id(p) not in gone]


def _short_form(a: str, b: str) -> bool:
    """Whether one first name may be short for the other: Joe for Joseph, Tim for Timothy."""
    short, long = sorted((a, b), key=len)
    return 2 <= len(short) <= 4 < len(long) and short[:2] == long[:2]


def _surnames(people: list[Person], full: list[Person], found: People) -> list[Person]:
    """Join a surname to the one full name that shares its office; otherwise group by surname and office."""
    by_part: dict[str, list[Person]] = defaultdict(list)
    for group in full:
        for part in sorted({part for n in group.full_names for part in (n.spelt[0], n.spelt[-1])}):
            by_part[part].append(group)
    targets: dict[int, Person] = {id(g): g for g in full}
    joining: dict[int, list[Person]] = defaultdict(list)
    alone: list[Person] = []
    for person in sorted(people, key=lambda p: p.first):
        namesakes = by_part.get(person.called.spelt[0], []) if person.called.words else []
        sharing = [g for g in namesakes if _holds_too(g, person)]
        if len(sharing) == 1:
            joining[id(sharing[0])].append(person)
        else:
            alone.append(person)
            open_ = [g for g in namesakes[:_ASKED] if g.may_be(person)]
            found.doubts += [_asked(g, person, *_unsure(g, person)) for g in open_]
    for target, persons in joining.items():
        stood = Counter(d for p in persons for d in p.documents)
        for person in persons:
            if any(stood[d] > 1 for d in person.documents) or not targets[target].may_be(person):
                alone.append(person)
            else:
                title = min(t for t, _ in person.offices & targets[target].offices)
                reason = (
                    f"{_fullest(person)} has the name and office, {title}, of {_fullest(targets[target])}"
                )
                _join(targets[target], person, ("office", 0.9, reason), found)
    return _by_office(alone, found)


def _holds_too(group: Person, person: Person) -> bool:
    return (
        bool(group.offices & person.offices)
        and _years_between(group, person) <= _SPAN
        and group.may_be(person)
    )


def _unsure(group: Person, person: Person) -> tuple[str, float, str]:
    if group.offices & person.offices:
        return "office", 0.65, "name and office agree, but for several people or over many years"
    if group.countries & person.countries:
        return "surname", 0.55, "the surname and the state agree, the office does not"
    return "surname", 0.4, "only the surname agrees"


def _by_office(people: list[Person], found: People) -> list[Person]:
    """Surnames that share name, title and state are one; without an office nothing is shared."""
    blocks: dict[object, list[Person]] = defaultdict(list)
    for person in sorted(people, key=lambda p: (min(p.years, default=0), p.first)):
        held = min((office for office in person.offices if office[1]), default=None)
        blocks[(person.called.spelt, held) if held and person.called.words else person.places[0]].append(
            person
        )
    groups: list[Person] = []
    for block in blocks.values():
        known: list[Person] = []
        crowded = len({d for p in block for d in p.documents}) < sum(len(p.documents) for p in block)
        for person in block:
            fitting = [g for g in known if g.may_be(person) and _years_between(g, person) <= _SPAN]
            if len(fitting) == 1 and not crowded:
                reason = f"both are named {_fullest(person)} and hold one office"
                _join(fitting[0], person, ("office", 0.85, reason), found)
            else:
                known.append(person)
        groups += known
    return groups


def _years_between(a: Person, b: Person) -> int:
    """The years between the nearest documents on two people; 0 where these have no date."""
    return min((abs(x - y) for x in a.years for y in b.years), default=0)


def _join(group: Person, person: Person, how: tuple[str, float, str], found: People) -> None:
    rule, score, reason = how
    if group.judged or person.judged or group.names != person.names:
        found.joins.append(Tie(min(group.places), min(person.places), rule, score, reason))
    group.absorb(person)


def _asked(a: Person, b: Person, rule: str, score: float, reason: str) -> Tie:
    return Tie(min(a.places), min(b.places), rule, score, reason)


def _claim(person: Person) -> Claim:
    """Slugs: the full name alone where no other has it, else with a state or document that tells it."""
    name = _fullest(person)
    states = sorted(of.rsplit("/", 1)[1] for of in person.ofs)
    return Claim(slug(name), tuple(sorted(person.places)), states[0] if states else "", person.called.full)


def _fullest(person: Person) -> str:
    return min(person.names, key=lambda n: (-len(n.split()), n))
