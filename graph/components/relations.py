"""The component that notes lasting ties between entities, each at the words that state it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from graph.components.places import Places
from graph.components.ties import Ties
from graph.notes import Notes, OfficeNote, Referent, RelationNote
from ontology.relation_words import RelationWords, load_relation_words

_SECOND = frozenset({"vice", "deputy", "assistant", "co", "under", "secretary"})
_BESIDE_HEADS = frozenset(
    "general executive managing acting interim board party secretary chief permanent co the of".split()
)
_HEADS = frozenset(
    "president chairman chairwoman chairperson chair head chief director leader governor mayor commander "
    "secretary rector dean commissioner ceo speaker administrator king queen emir "
    "sultan emperor shah".split()
)


class Mentioned:
    """Which entities the sentences of a text mention: a relation rests on a sentence that has both ends."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._keys: dict[int, set[str]] = {}
        for reference in notes.references:
            self._keys.setdefault(self._sentence(reference.start), set()).update(reference.keys)

    def both(self, relation: RelationNote) -> bool:
        """Whether the sentence of the relation mentions its subject and its object."""
        return {relation.subject, relation.object} <= self._keys.get(self._sentence(relation.start), set())

    def _sentence(self, token: int) -> int:
        sentence = self._notes.sentence_of(token)
        return sentence.start if sentence else -1


@Language.factory("diplograph_relations", requires=["token.dep", "token.lemma"])
def create_relations(nlp: Language, name: str) -> Relations:  # noqa: ARG001  the form of a factory
    """Make the component with the words of this package."""
    return Relations(load_relation_words())


@dataclass(frozen=True, slots=True)
class Relations:
    """Notes relations once each, by the first sentence that states them."""

    words: RelationWords

    def __call__(self, doc: Doc) -> Doc:
        """Note the relations of a Doc, in the order of the text."""
        notes: Notes = doc._.notes
        found: dict[tuple[str, str, str], RelationNote] = {}
        mentioned = Mentioned(notes)
        for relation in (*notes.relations, *self._all(doc, notes)):
            if mentioned.both(relation):
                found.setdefault((relation.subject, relation.predicate, relation.object), relation)
        notes.relations = sorted(found.values(), key=lambda r: r.start)
        return doc

    def _all(self, doc: Doc, notes: Notes) -> Iterator[RelationNote]:
        ties, places = Ties(doc, notes, self.words), Places(doc, notes, self.words)
        for sentence in notes.sentences:
            for token in doc[sentence.start : sentence.end]:
                yield from ties.relations(token)
        for reference in notes.references:
            if notes.sentence_of(reference.start) is not None:
                yield from places.relations(reference)
        for office in notes.offices:
            yield from of_office(notes, office)
        yield from _of_bodies(notes)


def of_office(notes: Notes, office: OfficeNote) -> Iterator[RelationNote]:
    """What holding an office implies: heading a state or body, belonging to it, or representing a state."""
    if office.holder is None or office.of is None or office.of not in notes.referents:
        return
    of = notes.referents[office.of]
    predicate = _implied(office, of)
    if predicate is not None:
        yield RelationNote(office.holder, predicate, of.key, office.start, f"office.{office.kind}")


def _implied(office: OfficeNote, of: Referent) -> str | None:
    words = set(office.title.lower().replace("-", " ").split())
    second = bool(words & _SECOND) and "general" not in words
    if office.kind == "envoy":
        return "represents" if of.cls in {"State", "InternationalOrganization"} else None
    if of.kind == "territory":
        heading = office.kind in {"state", "government", "local"} and not second
        return "headOf" if heading else None
    heads = office.kind in {"leader", "official", "state", "military", "legislator"} and not second
    if heads and words & _HEADS and words <= _HEADS | _BESIDE_HEADS:
        return "headOf"
    return "memberOf"


def _of_bodies(notes: Notes) -> Iterator[RelationNote]:
    """What the names of bodies say: a mission stands for its state, a committee belongs to its council."""
    starts = {r.keys[0]: r.start for r in reversed(notes.references) if len(r.keys) == 1}
    bodies = [r for r in notes.referents.values() if r.kind == "institution" and r.key in starts]
    for body in bodies:
        if body.cls == "DiplomaticMission" and body.state in notes.referents and body.state is not None:
            yield RelationNote(body.key, "represents", body.state, starts[body.key], "body.mission")
        yield from _of_members(notes, body, starts[body.key])
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
    """Whether a body's name is that of a larger one with more words after it: "NATO Military Committee"."""
    names = {whole.name, *whole.aliases}
    return any(part.name.startswith(f"{name} ") and len(name) > 2 for name in names)
