"""The component that notes lasting ties between entities, each at the words that state it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.attrs import LEMMA, LOWER  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import Language
from spacy.tokens import Doc

from graph.components.columns import indexes_of
from graph.components.relating.bodies import of_bodies, with_members
from graph.components.relating.occurrences import told_by
from graph.components.relating.places import Places
from graph.components.relating.seats import Seats
from graph.components.relating.ties import Ties
from graph.notes import Notes, OfficeNote, Reference, Referent, RelationNote
from ontology.name_words import load_name_words
from ontology.office_words import OfficeWords, load_office_words
from ontology.relation_words import RelationWords, load_relation_words

_AHEAD = frozenset({"to", "will", "would", "may", "could"})


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

    def chain(self, office: OfficeNote) -> None:
        """Let a title whose state or body its sentence leaves out refer to it, through a mention of it."""
        sentence = self._sentence(office.start)
        if office.holder is None or office.of is None or office.of in self._keys.get(sentence, set()):
            return
        starts = [r.start for r in self._notes.references if office.of in r.keys]
        if not starts:
            return
        via = max((s for s in starts if s < office.start), default=min(starts))
        title = Reference(office.start, office.end, office.head, (office.of,), "tenure", via)
        self._notes.refer(title)
        self._keys.setdefault(sentence, set()).add(office.of)

    def _sentence(self, token: int) -> int:
        sentence = self._notes.sentence_of(token)
        return sentence.start if sentence else -1


@Language.factory("diplograph_relations", requires=["token.dep", "token.lemma"])
def create_relations(nlp: Language, name: str) -> Relations:  # noqa: ARG001  the form of a factory
    """Make the component with the words of this package."""
    return Relations(load_relation_words(), load_office_words(), load_name_words().directions)


@dataclass(frozen=True, slots=True)
class Relations:
    """Notes relations once each, by the first sentence that states them."""

    words: RelationWords
    titles: OfficeWords
    directions: frozenset[str]

    def __call__(self, doc: Doc) -> Doc:
        """Note the relations of a Doc, in the order of the text."""
        notes: Notes = doc._.notes
        found: dict[tuple[str, str, str], RelationNote] = {}
        mentioned = Mentioned(notes)
        for office in notes.offices:
            mentioned.chain(office)
        for relation in (*notes.relations, *with_members(self._all(doc, notes), notes)):
            if mentioned.both(relation):
                found.setdefault((relation.subject, relation.predicate, relation.object), relation)
        notes.relations = sorted(found.values(), key=lambda r: r.start)
        return doc

    def _all(self, doc: Doc, notes: Notes) -> Iterator[RelationNote]:
        ties, places = Ties(doc, notes, self.words), Places(doc, notes, self.words, self.directions)
        seats = Seats(doc, notes, self.words)
        for i in sorted({*indexes_of(doc, LEMMA, ties.verbs), *indexes_of(doc, LOWER, ties.nouns)}):
            if notes.sentence_of(i) is not None:
                yield from ties.relations(doc[i])
        for i in indexes_of(doc, LOWER, self.words.seats):
            if notes.sentence_of(i) is not None:
                yield from seats.seat(doc[i])
        for reference in notes.references:
            if notes.sentence_of(reference.start) is not None:
                yield from places.relations(reference)
                yield from seats.relations(reference)
        for office in notes.offices:
            yield from self._of_office(doc, notes, office)
        yield from of_bodies(notes)
        for event in notes.events:
            yield from told_by(event, notes, self.words.events)

    def _of_office(self, doc: Doc, notes: Notes, office: OfficeNote) -> Iterator[RelationNote]:
        """What holding an office implies: heading or representing a state, heading or joining a body."""
        of = notes.referents.get(office.of) if office.of is not None else None
        past = any(t.lower_ in self.titles.past for t in doc[office.left : office.head])
        if office.holder is None or of is None or past or _is_ahead(doc, office):
            return
        predicate = self._implied(office, of)
        if predicate is not None:
            yield RelationNote(office.holder, predicate, of.key, office.start, f"office.{office.kind}")

    def _implied(self, office: OfficeNote, of: Referent) -> str | None:
        offices = self.words.offices
        words = set(office.title.lower().replace("-", " ").split())
        if words & self.titles.chosen:
            return None
        second = bool(words & offices.second) and "general" not in words
        if office.kind == "spokesperson":
            return "represents"
        if office.kind == "envoy":
            return "represents" if of.cls in {"State", "InternationalOrganization"} else None
        if of.kind == "territory":
            if office.kind in {"minister", "deputy", "royal"} and of.cls == "State":
                return "represents"
            leads = office.kind == "leader" and of.cls == "State" and words <= offices.leaders
            heading = (leads or office.kind in {"state", "government", "local"}) and not second
            return "headOf" if heading else None
        if of.cls == "Ministry" and office.kind == "minister" and not second:
            return "headOf"
        if of.cls == "Government" and office.kind == "minister":
            return "represents"
        heads = office.kind in {"leader", "official", "state", "military", "legislator"} and not second
        if heads and words & offices.heads and words <= offices.heads | offices.beside:
            return "headOf"
        return "memberOf"


def _is_ahead(doc: Doc, office: OfficeNote) -> bool:
    """Whether a clause only announces an office: "is to be appointed", "will succeed X as"."""
    token = doc[office.head]
    if office.rule != "copula":
        return False
    while token.head.i != token.i and token.pos_ not in {"VERB", "AUX"}:
        token = token.head
    return any(
        c.dep_ == "aux" and c.lower_ in {"to", "will", "would", "may", "could"} for c in token.children
    )
