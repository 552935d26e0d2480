"""Which territories, institutions and instruments of different documents are one: by row, name and state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from graph.identities.geography import Geography
from graph.identities.groups import Claim, Cluster, settled
from graph.identities.spelling import romanised
from graph.identities.thing import Likeness, Thing
from graph.identities.ties import Judged, Place, Tie
from graph.iri import digest, fold, slug
from graph.model import Entity, Reading
from ontology.identity import IdentityWords

_SHORT = 4
"""Letters up to which the name of a territory is too short to be spelt in two ways."""

_COMMON = 24
"""A key that more things than this share tells nothing, and is left aside."""


Rule = Callable[[Thing], Iterator[Likeness]]


@dataclass(slots=True)
class Things:
    """All things of a kind: each is one cluster, with the reasons and the questions that were left."""

    clusters: list[Cluster] = field(default_factory=list)
    joins: list[Tie] = field(default_factory=list)
    doubts: list[Tie] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ThingFinder:
    """Tells who is who among the territories, institutions and instruments of all documents.

    Args:
        words: which words of institutions' names mean the same, and which say nothing.
        geography: what the name tables know of territories.
        judged: what people judged; it overrides everything else.
    """

    words: IdentityWords
    geography: Geography
    judged: Judged

    def find(self, kind: str, readings: Iterable[Reading], iris: Mapping[Place, str]) -> Things:
        """The things of a kind.

        Args:
            kind: territory, institution or instrument; territories come first.
            readings: all readings, ordered by identifier.
            iris: IRIs of the territories, where others are looked for.
        """
        found = Things()
        units = self._units(t for r in readings for t in self._things(kind, r, iris))
        things = _same_slug(units)
        for rule in (self._by_alias, self._by_variant, self._by_spelling):
            things = _joined(things, rule, found)
        found.doubts += _same_vague_name(things)
        places = {p for t in things for p in t.judged}
        found.joins += [t for t in self.judged.ties if t.a in places]
        found.clusters = settled((Claim(t.slug, tuple(sorted(t.places))) for t in things), first_keeps=True)
        return found

    def _things(self, kind: str, reading: Reading, iris: Mapping[Place, str]) -> Iterator[Thing]:
        identifier = reading.document.identifier
        presumed = self._presumed_state(reading, iris) if kind == "institution" else None
        states = frozenset(iris.get((identifier, key), "") for key in _most_spoken_of(reading))
        for entity in reading.entities:
            if entity.kind == kind:
                place = (identifier, entity.key)
                state = iris.get((identifier, entity.state)) if entity.state else None
                yield Thing(
                    kind, self._slug(entity, identifier, state), entity.known is not None, [place],
                    {entity.cls}, {entity.name}, set(entity.aliases), {state} if state else set(),
                    {presumed} if presumed and not state and self._is_generic(entity) else set(),
                    self._is_vague(entity, state),
                    {identifier}, {place} & self.judged.places, set(self.judged.apart.get(place, ())),
                    states if self._is_vague(entity, state) else frozenset(),
                )  # fmt: skip

    def _is_generic(self, entity: Entity) -> bool:
        return entity.cls in self.words.generic and len(fold(entity.name).split()) <= 2

    def _is_vague(self, entity: Entity, state: str | None) -> bool:
        """Whether a name is no name by itself: "Foreign Ministry" without a state, "peace treaty"."""
        if entity.known or entity.kind == "territory":
            return False
        if entity.kind == "institution":
            return state is None and self._is_generic(entity)
        return not any(word[:1].isupper() for word in entity.name.split())

    def _slug(self, entity: Entity, identifier: str, state: str | None) -> str:
        """By the table row, the name and state, or as this document's own."""
        if entity.known:
            return entity.known
        name = slug(entity.name)
        if self._is_vague(entity, state):
            return f"{name}-{digest(identifier)}"
        of = state.rsplit("/", 1)[1] if state and entity.kind == "institution" else ""
        return name if of in name else f"{name}-{of}"

    def _presumed_state(self, reading: Reading, iris: Mapping[Place, str]) -> str | None:
        """The state in which a document is issued, where the document speaks much of it."""
        wanted = (reading.document.place or "").casefold()
        for entity in reading.entities:
            if entity.kind == "territory" and entity.known and wanted == entity.name.casefold():
                row = self.geography.state(entity.known)
                for key in _most_spoken_of(reading):
                    iri = iris[reading.document.identifier, key]
                    if iri.rsplit("/", 1)[1] == row:
                        return iri
        return None

    def _units(self, things: Iterable[Thing]) -> list[Thing]:
        """Things of one slug and state as one; judged places apart, and those judged the same as one."""
        units: dict[object, Thing] = {}
        set_of = {place: group for group in self.judged.together for place in group}
        for thing in things:
            place = thing.places[0]
            key: object = set_of.get(place) or (place if thing.judged else thing.slug)
            if key in units:
                units[key].absorb(thing)
            else:
                units[key] = thing
            units[key].also |= {thing.slug} if thing.judged else set()
            units[key].joined = place in set_of
        return list(units.values())

    def _by_alias(self, thing: Thing) -> Iterator[Likeness]:
        """Another name that a document gives to a thing: who goes by that alone elsewhere is the same.

        A body that every state has must be of the same state.
        """
        states = tuple(sorted(thing.states | thing.presumed))
        everywhere = bool(thing.classes & self.words.generic - {"Institution"})
        why = "a document says that {} is another name of it"
        for forms, giver in ((thing.aliases, True), (thing.names, False)):
            for form in sorted(filter(self._telling, forms)):
                for of in {states} if giver and everywhere else {states, ()}:
                    key = ("alias", fold(form), *of)
                    yield Likeness(key, "alias", 0.9, why.format(form), giver)

    def _telling(self, form: str) -> bool:
        """Whether a form of a name is hardly anyone else's: an acronym, or several words with capitals."""
        letters = [w for w in form.split() if w[:1].isupper() and fold(w) not in self.words.empty]
        return (form.isupper() and len(form) > 2) or len(letters) > 1

    def _by_variant(self, thing: Thing) -> Iterator[Likeness]:
        """Institutions of one state with one meaning: Foreign Ministry, Ministry of Foreign Affairs."""
        if thing.kind != "institution":
            return
        for state in sorted(thing.states | thing.presumed):
            score, why = 0.9, "the names say the same, and the state is one"
            if state in thing.presumed:
                score, why = 0.8, "a document that names no state is issued in that state and speaks of it"
            for name in sorted(thing.names):
                if bag := self._bag(name, state.rsplit("/", 1)[1]):
                    yield Likeness(("variant", state, bag), "state", score, why)

    def _bag(self, name: str, state: str) -> frozenset[str]:
        """What is left of a name without the state and words that say nothing, synonyms made one."""
        dropped = self.words.empty | self.geography.words(state) | set(state.split("-"))
        left = (self.words.synonyms.get(w, w) for w in fold(name).split() if w not in dropped)
        return frozenset(left)

    def _by_spelling(self, thing: Thing) -> Iterator[Likeness]:
        """Names that differ only as romanisations do, of one kind and state."""
        if thing.known or thing.vague:
            return
        for name in sorted(thing.names):
            if self._telling(name) or (thing.kind == "territory" and len(name) > _SHORT):
                spelt = tuple(map(romanised, fold(name).split()))
                key = ("spelling", spelt, *sorted(thing.states))
                yield Likeness(key, "spelling", 0.85, "these are two spellings of one name")


def _most_spoken_of(reading: Reading) -> list[str]:
    """The keys of the two states that a document mentions most."""
    mentions = Counter(m.refers_to for m in reading.mentions)
    states = [e.key for e in reading.entities if e.cls == "State"]
    return sorted(states, key=lambda key: (-mentions[key], key))[:2]


def _same_slug(units: list[Thing]) -> list[Thing]:
    """Units of one slug are one unless judged apart; the rest stays with the first that it may join."""
    blocks: dict[str, list[Thing]] = defaultdict(list)
    things: list[Thing] = []
    for unit in sorted(units, key=lambda u: (not u.joined, u.first)):
        known = (t for name in sorted({unit.slug, *unit.also}) for t in blocks[name])
        fitting = next((t for t in known if t.judged.isdisjoint(unit.apart)), None)
        if fitting and not unit.joined:
            fitting.absorb(unit)
            continue
        things.append(unit)
        for name in sorted({unit.slug, *unit.also}):
            blocks[name].append(unit)
    return things


def _same_vague_name(things: list[Thing]) -> Iterator[Tie]:
    """Questions: do two texts on the same states mean one thing by a name that could be many's?"""
    blocks: dict[tuple[str, ...], list[Thing]] = defaultdict(list)
    for thing in sorted((t for t in things if t.vague and len(t.spoken) > 1), key=lambda t: t.first):
        names = {fold(n) for n in thing.names}
        for name in sorted(n for n in names if len(n.split()) > 1):
            blocks[name, *sorted(thing.spoken)].append(thing)
    for (name, *_), block in sorted(blocks.items()):
        for one, other in pairwise(block):
            if one.may_be(other):
                states = sorted(s.rsplit("/", 1)[1] for s in one.spoken & other.spoken)
                reason = f"both texts are on {' and '.join(states)}, and speak of a {name}"
                yield Tie(min(one.places), min(other.places), "name", 0.55, reason)


def _joined(things: list[Thing], rule: Rule, found: Things) -> list[Thing]:
    """Join things that are alike by a rule; what several things are called joins none of them."""
    blocks: dict[Hashable, list[tuple[Thing, Likeness]]] = defaultdict(list)
    for thing in sorted(things, key=lambda t: t.first):
        for likeness in rule(thing):
            blocks[likeness.key].append((thing, likeness))
    into: dict[int, Thing] = {}
    for block in blocks.values():
        if len(block) <= _COMMON:
            _join_block(block, into, found)
    return [t for t in things if id(t) not in into]


def _join_block(block: list[tuple[Thing, Likeness]], into: dict[int, Thing], found: Things) -> None:
    heads = {id(h): h for h in (_head(t, into) for t, alike in block if alike.giver is not False)}
    if not heads:
        return
    one, *rivals = heads.values()
    for thing, alike in block:
        other = _head(thing, into)
        if other is one or not one.may_be(other):
            continue
        score = min(alike.score, *(a.score for t, a in block if _head(t, into) is one))
        tie = Tie(min(one.places), min(other.places), alike.rule, score, alike.reason)
        if alike.giver is False and rivals:
            found.doubts.append(replace(tie, score=0.5, reason="several things have this other name"))
        elif alike.giver is not True:
            found.joins.append(tie)
            one.absorb(other)
            into[id(other)] = one


def _head(thing: Thing, into: Mapping[int, Thing]) -> Thing:
    while id(thing) in into:
        thing = into[id(thing)]
    return thing
