"""Which people of different documents are one: by full name, or by surname and office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.iri import digest, document_slug, fold, slug
from graph.model import Entity, Reading

Place = tuple[str, str]  # a document's identifier and a key in its reading
Office = tuple[str, str | None]  # a folded title and the IRI of the state or institution


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one document knows them."""

    place: Place
    name: str
    words: tuple[str, ...]
    offices: frozenset[Office]

    @property
    def document(self) -> str:
        """The document's identifier; two people of one document are never one, since it tells them apart."""
        return self.place[0]

    @property
    def states(self) -> frozenset[str]:
        """The states and institutions that the person holds an office for."""
        return frozenset(of for _, of in self.offices if of)

    def contradicts(self, other: Person) -> bool:
        """Whether both hold offices and neither a title nor a state is common to them."""
        titles, theirs = {t for t, _ in self.offices}, {t for t, _ in other.offices}
        return bool(self.states and other.states) and not (self.states & other.states or titles & theirs)


def clusters(
    readings: Iterable[Reading], iris: Mapping[Place, str]
) -> Iterator[tuple[str, str, tuple[Place, ...]]]:
    """Yield a slug, the fullest name and the places of each person.

    Args:
        readings: all readings, ordered by identifier.
        iris: IRIs of the territories and institutions, by which offices are compared.
    """
    people = [p for r in readings for p in _people(r, iris)]
    groups = _full_names([p for p in people if len(p.words) > 1])
    by_part: dict[str, list[list[Person]]] = defaultdict(list)
    for group in groups:
        for part in {w for p in group for w in (p.words[0], p.words[-1])}:
            by_part[part].append(group)
    groups += _surnames([p for p in people if len(p.words) <= 1], by_part)
    yield from _named(groups)


def _people(reading: Reading, iris: Mapping[Place, str]) -> Iterator[Person]:
    identifier = reading.document.identifier
    offices: dict[str, set[Office]] = defaultdict(set)
    for tenure in reading.tenures:
        of = iris.get((identifier, tenure.of)) if tenure.of else None
        offices[tenure.holder].add((fold(tenure.title), of))
    for entity in reading.entities:
        if entity.kind == "person":
            yield Person(
                (identifier, entity.key), entity.name, _words(entity), frozenset(offices[entity.key])
            )


def _words(entity: Entity) -> tuple[str, ...]:
    return tuple(w for w in fold(entity.name).split() if len(w) > 1)


def _full_names(people: list[Person]) -> list[list[Person]]:
    """Groups of one full name: same first and last word, middle names not at odds, offices not either."""
    blocks: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        first, last = person.words[0], person.words[-1]
        blocks[min((first, last), (last, first))].append(person)
    groups: list[list[Person]] = []
    for block in blocks.values():
        open_groups: list[list[Person]] = []
        for person in sorted(block, key=lambda p: (-len(p.words), p.words, p.place)):
            fitting = [g for g in open_groups if all(_may_be_one(person, other) for other in g)]
            if len(fitting) == 1:
                fitting[0].append(person)
            else:
                open_groups.append([person])
        groups.extend(open_groups)
    return groups


def _may_be_one(a: Person, b: Person) -> bool:
    if a.document == b.document or a.contradicts(b):
        return False
    if a.words == b.words:
        return True
    if a.words[0] == b.words[0]:
        middle_a, middle_b = set(a.words[1:-1]), set(b.words[1:-1])
        return middle_a <= middle_b or middle_b <= middle_a
    return bool(a.offices & b.offices)  # "Kishida Fumio" and "Fumio Kishida": only with a common office


def _surnames(people: list[Person], by_part: Mapping[str, list[list[Person]]]) -> list[list[Person]]:
    """Join a surname to the one full name that shares its office; otherwise group by surname and office."""
    alone: dict[tuple[object, ...], list[Person]] = defaultdict(list)
    joining: dict[tuple[int, str], list[Person]] = defaultdict(list)
    targets: dict[int, list[Person]] = {}
    for person in people:
        word = person.words[0] if person.words else ""
        sharing = [g for g in by_part.get(word, []) if _shares_office(person, g)]
        if len(sharing) == 1:
            targets[id(sharing[0])] = sharing[0]
            joining[id(sharing[0]), person.document].append(person)
        else:
            alone[_by_office(person, word)].append(person)
    for (target, _), persons in joining.items():
        if len(persons) == 1:
            targets[target].append(persons[0])
        else:
            alone.update({p.place: [p] for p in persons})
    return [part for group in alone.values() for part in _one_a_document(group)]


def _shares_office(person: Person, group: list[Person]) -> bool:
    """Whether a surname's office is one of a full name's, and no other of its document has that name."""
    return any(person.offices & other.offices for other in group) and all(
        person.document != other.document for other in group
    )


def _by_office(person: Person, word: str) -> tuple[object, ...]:
    """What surnames must share to be one: the name and an office for a state; else nothing is shared."""
    held = min(((title, of) for title, of in person.offices if of), default=None)
    return (word, *held) if held else person.place


def _one_a_document(group: list[Person]) -> list[list[Person]]:
    """The group, or each person alone where two of them stand in one document."""
    return [group] if len({p.document for p in group}) == len(group) else [[p] for p in group]


def _named(groups: list[list[Person]]) -> Iterator[tuple[str, str, tuple[Place, ...]]]:
    """Slugs: the full name alone where no other has it, else with what tells the bearers apart."""
    taken: dict[str, list[list[Person]]] = defaultdict(list)
    for group in groups:
        taken[slug(_fullest(group))].append(group)
    for name, same in sorted(taken.items()):
        if len(same) == 1 and len(_fullest(same[0]).split()) > 1:
            tails = [""]
        else:
            tails = [f"-{_tail(g)}" for g in same]
        for group, tail in zip(same, tails, strict=True):
            places = tuple(sorted(p.place for p in group))
            clash = f"-{digest('/'.join(places[0]))}" if tails.count(tail) > 1 else ""
            yield f"{name}{tail}{clash}", _fullest(group), places


def _fullest(group: list[Person]) -> str:
    return min((p.name for p in group), key=lambda n: (-len(n.split()), n))


def _tail(group: list[Person]) -> str:
    """What tells one of several people of a name apart: a state they serve, else their document."""
    states = sorted(s.rsplit("/", 1)[1] for p in group for s in p.states)
    return states[0] if states else document_slug(min(p.place for p in group)[0])
