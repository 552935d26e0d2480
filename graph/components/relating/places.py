"""Relations that word order states: "Sochi, Russia", "the islands of X - A, B and C"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from graph.notes import Notes, Reference, Referent, RelationNote
from ontology.relation_words import RelationWords

_SIZE = {"Facility": 0, "City": 1, "Island": 2, "Archipelago": 3, "Region": 3, "State": 4, "BodyOfWater": 4}
_SITED = frozenset(
    "DiplomaticMission University Company ArmedForces Institution ThinkTank Court "
    "InternationalOrganization".split()
)
_FOR_STATES = frozenset({"Ministry"})  # who signs for a state is no party itself
_AROUND = 12  # tokens after an agreement in which it is said to be in force
_OPENERS = frozenset({"-", "–", "—", ":", ",", "("})


class Places:
    """Reads where things lie, and what they are part of, from the order of names in one document."""

    def __init__(self, doc: Doc, notes: Notes, words: RelationWords, directions: frozenset[str]) -> None:
        self.doc, self.notes, self.words = doc, notes, words
        self._directions = directions

    def relations(self, reference: Reference) -> Iterator[RelationNote]:
        """The relations that a name stands in with the names next to it."""
        inside = self.notes.at(reference.start) is not reference  # of a longer name
        if len(reference.keys) != 1 or reference.rule not in {"name", "alias"} or inside:
            return
        yield from self._after_comma(reference)
        yield from self._owned(reference)
        yield from self._from_state(reference)
        yield from self._after_preposition(reference)
        yield from self._listed(reference)
        yield from self._fellow(reference)
        yield from self._signed(reference)

    def _one(self, i: int) -> Referent | None:
        found = self.notes.referents_at(i) if 0 <= i < len(self.doc) else ()
        return found[0] if len(found) == 1 else None

    def _same_sentence(self, a: int, b: int) -> bool:
        sentence = self.notes.sentence_of(a)
        return sentence is not None and sentence.start <= b < sentence.end

    def _after_comma(self, reference: Reference) -> Iterator[RelationNote]:
        """Read "Jakarta, Indonesia": a place and, between commas, the larger one that holds it."""
        i = reference.end
        if (
            i + 1 >= len(self.doc)
            or self.doc[i].text != ","
            or not self._same_sentence(reference.start, i + 1)
        ):
            return
        if self.doc[i + 1].lower_ == "in":
            yield from self._inside(reference, i + 2)
            return
        inner, outer = self.notes.referents[reference.keys[0]], self._one(i + 1)
        holder = self.notes.at(i + 1)
        if outer is None or holder is None or holder.rule not in {"name", "alias"} or holder.start != i + 1:
            return
        fits = inner.cls in {"City", "Facility", "Region"} and outer.cls in {"State", "Region"}
        if not fits or _SIZE[inner.cls] >= _SIZE[outer.cls] or self._is_listed(reference, holder):
            return
        yield RelationNote(inner.key, "locatedIn", outer.key, reference.start, "place.comma")

    def _inside(self, reference: Reference, i: int) -> Iterator[RelationNote]:
        """Read "Agadez, in northern Niger,": ``i`` is the token after "in"."""
        while i < len(self.doc) and self.doc[i].lower_ in self._directions | {"the"}:
            i += 1
        outer, holder = self._one(i), self.notes.at(i)
        if outer is None or holder is None or not self._same_sentence(reference.start, i):
            return
        inner = self.notes.referents[reference.keys[0]]
        closed = holder.end >= len(self.doc) or self.doc[holder.end].text in {",", ".", ";", ")", "–", "—"}
        smaller = inner.kind == "territory" and _SIZE.get(inner.cls, 9) < _SIZE.get(outer.cls, 0)
        if closed and smaller and outer.kind == "territory" and outer.cls != "BodyOfWater":
            yield RelationNote(inner.key, "locatedIn", outer.key, reference.start, "place.in")

    def _is_listed(self, reference: Reference, holder: Reference) -> bool:
        """Whether the comma only separates members of a list: "Paris, Germany and Rome"."""
        after = holder.end
        if after < len(self.doc) and self.doc[after].lower_ in {"and", "or"}:
            following = self._one(after + 1)
            return following is not None and following.kind == "territory"
        if reference.start > 0 and self.doc[reference.start - 1].text == ",":
            return True
        inner = self.notes.referents[reference.keys[0]]
        following = self._one(after + 1) if after < len(self.doc) and self.doc[after].text == "," else None
        return inner.cls != "City" and following is not None and following.kind == "territory"

    def _owned(self, reference: Reference) -> Iterator[RelationNote]:
        """Read "Kenya's Mombasa" as part of that state, "Kenya's William Ruto" as who acts for it."""
        inner = self.notes.referents[reference.keys[0]]
        i = reference.start - 1
        if inner.kind not in {"territory", "person"} or inner.cls == "State" or i < 1:
            return
        if inner.kind == "person":
            j = i - 1 if self.doc[i].text == "," else i
            host = self._one(j - 1) if self.doc[j].lower_ in self.words.hosts else None
            if host is not None and host.cls == "State" and self._same_sentence(reference.start, j - 1):
                yield RelationNote(inner.key, "represents", host.key, reference.start, "person.host")
        if inner.kind == "territory" and self.doc[i].lower_ == "and":  # "Peru's A and B"
            first = self.notes.at(i - 1)
            i = first.start - 1 if first is not None and self._one(first.start) != inner else i
        if self.doc[i].text not in {"'s", "’s", "'", "’"} or not self._same_sentence(reference.start, i):
            return
        outer = self._one(i - 1)
        if outer is not None and outer.cls == "State" and inner.kind == "person":
            yield RelationNote(inner.key, "represents", outer.key, reference.start, "person.possessive")
        elif outer is not None and outer.cls == "State":
            yield RelationNote(inner.key, "partOf", outer.key, reference.start, "place.possessive")

    def _from_state(self, reference: Reference) -> Iterator[RelationNote]:
        """Read "the mediators, A of Sudan and B of Uganda": persons of whom no office is told."""
        person = self.notes.referents[reference.keys[0]]
        i = reference.end
        if person.kind != "person" or i + 1 >= len(self.doc) or self.doc[i].lower_ != "of":
            return
        j = i + 2 if self.doc[i + 1].lower_ == "the" else i + 1
        state = self._one(j)
        held = any(office.holder == person.key for office in self.notes.offices)
        if state is not None and state.cls == "State" and not held and self._is_joined(reference, j):
            yield RelationNote(person.key, "represents", state.key, reference.start, "person.of")

    def _after_preposition(self, reference: Reference) -> Iterator[RelationNote]:
        """Read "the Port of Lobito in Angola", "the embassy in Tokyo", "the Court (ABC) in The Hague"."""
        i = self._after_acronym(reference.end)
        if i + 1 >= len(self.doc) or self.doc[i].lower_ not in {"in", "on", "off"}:
            return
        j = i + 2 if self.doc[i + 1].lower_ == "the" else i + 1
        inner, outer = self.notes.referents[reference.keys[0]], self._one(j)
        if outer is None or outer.kind != "territory" or not self._same_sentence(reference.start, j):
            return
        if self.doc[i].head.i >= reference.end and self.doc[i].head.pos_ in {"VERB", "AUX"}:
            return
        if not self.doc[reference.start].head.i < reference.end and self.doc[i].head.i < reference.start:
            return
        bracketed = i > reference.end and not reference.start <= self.doc[i].head.i < i
        if bracketed and inner.cls not in {"Court", "University", "ThinkTank", "DiplomaticMission"}:
            return  # of others, what is done with them may be there: "talks with the Front (ABC) in Oslo"
        larger = inner.kind == "territory" and _SIZE.get(inner.cls, 9) < _SIZE.get(outer.cls, 0)
        same_size = inner.cls == outer.cls == "Region"
        if larger or same_size or inner.cls in _SITED - {"Company"}:
            yield RelationNote(inner.key, "locatedIn", outer.key, reference.start, "place.in")

    def _is_joined(self, reference: Reference, end: int) -> bool:
        """Whether a person with a state is one of several: one alone may only have been born there."""
        before, after = reference.start - 1, end + 1
        around = [self.doc[i].lower_ for i in (before, after) if 0 <= i < len(self.doc)]
        return "and" in around and self._same_sentence(reference.start, end)

    def _after_acronym(self, i: int) -> int:
        """The token after an acronym in brackets at token ``i``, else ``i``."""
        bracketed = i + 2 < len(self.doc) and self.doc[i].text == "(" and self.doc[i + 2].text == ")"
        return i + 3 if bracketed else i

    def _listed(self, reference: Reference) -> Iterator[RelationNote]:
        """Read "the four islands of the Southern Kurils - A, B, C and D" as parts of the whole."""
        whole = self.notes.referents[reference.keys[0]]
        i = reference.end
        if whole.kind != "territory" or i + 1 >= len(self.doc) or self.doc[i].text not in _OPENERS:
            return
        before = self.doc[max(reference.start - 6, 0) : reference.start]
        if not any(t.lower_ in self.words.lists for t in before) or not any(t.lower_ == "of" for t in before):
            return
        parts = list(self._members(i + 1, whole))
        if len(parts) > 1:
            for part in parts:
                yield RelationNote(part.key, "partOf", whole.key, reference.start, "place.list")

    def _members(self, i: int, whole: Referent | None) -> Iterator[Referent]:
        while i < len(self.doc):
            while i < len(self.doc) and self.doc[i].lower_ == "the":
                i += 1
            part, reference = self._one(i), self.notes.at(i)
            if part is None or reference is None or part.kind != "territory" or part == whole:
                return
            yield part
            i = reference.end
            while i < len(self.doc) and self.doc[i].lower_ in {",", "and"}:
                i += 1

    def _signed(self, reference: Reference) -> Iterator[RelationNote]:
        """Read "the recently signed agreement between X and Y", "the 1999 treaty with X", "is in force"."""
        instrument = self.notes.referents[reference.keys[0]]
        if instrument.cls not in {"Treaty", "Accord"}:
            return
        after = [t.lower_ for t in self.doc[reference.end : reference.end + 3]]
        joint = next((word for word in ("between", "with") if word in after), None)
        if joint is None or not self._is_concluded(reference):
            return
        i = reference.end + after.index(joint) + 1
        while i < len(self.doc):
            found = self.notes.at(i)
            if found is not None:
                for key in found.keys:
                    party = self.notes.referents[key]
                    owner = found.end < len(self.doc) and self.doc[found.end].text in {"'s", "’s", "'", "’"}
                    body = party.kind == "institution" and party.cls not in _FOR_STATES
                    if not owner and (body or party.cls == "State"):
                        yield RelationNote(key, "partyTo", instrument.key, reference.start, f"place.{joint}")
                i = found.end
            elif self.doc[i].lower_ in {",", "and", "the"}:
                i += 1
            else:
                return

    def _is_concluded(self, reference: Reference) -> bool:
        """Whether the words around an agreement say that there is one."""
        before = self.doc[max(reference.start - 4, 0) : reference.end]
        sentence = self.notes.sentence_of(reference.start)
        end = min(reference.end + _AROUND, sentence.end if sentence else len(self.doc))
        near = {t.lower_ for t in (*before, *self.doc[reference.end : reference.end + 3])}
        dated = any(len(t) == 4 and t.text.isdigit() for t in before)
        force = [t.lower_ for t in self.doc[reference.end : end]]
        return dated or bool(near & self.words.concluded) or ("force" in force and "not" not in force)

    def _fellow(self, reference: Reference) -> Iterator[RelationNote]:
        """Read "Japan outshines other G7 countries", "Saudi Arabia and other GCC member states"."""
        body = self.notes.referents[reference.keys[0]]
        marks = {t.lower_ for t in self.doc[max(reference.start - 2, 0) : reference.start]}
        after = self.doc[reference.end : reference.end + 2]
        words = self.words.membership
        own = reference.start > 0 and self.doc[reference.start - 1].tag_ == "PRP$"
        if body.kind != "institution" or not (own or marks & words.marks) or len(after) == 0:
            return
        if after[0].lower_ not in words.nouns and not (after[0].lower_ == "member" and len(after) > 1):
            return
        noun = next(t for t in reversed(after) if t.lower_ in words.nouns)
        for state in (*self._compared(noun.i), *self._apposed(noun.i + 1)):
            yield RelationNote(state.key, "memberOf", body.key, reference.start, "place.fellow")

    def _apposed(self, i: int) -> Iterator[Referent]:
        """The states of "its Quad partners, A and B,"; ``i`` is the token after the noun."""
        if i < len(self.doc) and self.doc[i].text == ",":
            found = list(self._members(i + 1, None))
            yield from (r for r in found if len(found) > 1 and r.cls == "State")

    def _compared(self, i: int) -> list[Referent]:
        """The states that the others are compared to: joined by "and", else the subject of the clause."""
        noun = self.doc[i]
        joined = [t for t in noun.conjuncts if t.i < i]
        if not joined:
            verb = noun
            while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
                verb = verb.head
            joined = [c for c in verb.children if c.dep_ == "nsubj"]
            if not joined and verb.dep_ == "conj":
                joined = [c for c in verb.head.children if c.dep_ == "nsubj"]
        return [r for t in joined for r in self.notes.referents_at(t.i) if r.cls == "State"]
