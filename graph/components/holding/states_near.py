"""The state of an office that stands without one, told by what stands near or the holder's others."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from graph.components.holding.same_titles import title_words
from graph.notes import Notes, OfficeNote, Referent
from ontology.office_words import OfficeWords

NATIONAL = frozenset({"state", "government", "minister", "deputy", "envoy", "royal"})
"""Kinds of office that are held for a state."""


_GOVERNING = frozenset({"state", "government", "minister", "royal", "rank"})
_HEADING = 6  # tokens of a sentence within which a state and a colon head it
_APPOINTED = 12  # tokens between the verb that gives an office and its title
_APPOINTING = frozenset({"state", "government", "leader", "royal"})
_OPENING = 6  # tokens of a paragraph in which the state stands that it is on


@dataclass(frozen=True, slots=True)
class StatesNear:
    """Finds the states that the words around offices tell."""

    doc: Doc
    notes: Notes
    words: OfficeWords

    def owner(self, office: OfficeNote) -> str | None:
        """The state or body of "the kingdom's ambassador", "the force's commander", by the noun resolved."""
        i = office.left
        if self.doc[i].tag_ != "PRP$":
            if i < 2 or self.doc[i - 1].tag_ != "POS":
                return None
            i -= 2
        owners = [r for r in self.notes.referents_at(i) if self._may_own(r, office)]
        return owners[0].key if len(owners) == 1 else None

    def _may_own(self, owner: Referent, office: OfficeNote) -> bool:
        if owner.cls == "State":
            return office.kind in NATIONAL or _is_public(office)
        return owner.kind == "institution" and office.kind not in _GOVERNING

    def elsewhere(self, office: OfficeNote) -> str | None:
        """The state or body of the holder's same office, or the one state of his national offices."""
        own = [o for o in self.notes.offices if o.holder == office.holder and o.of is not None]
        same = [o.of for o in own if title_words(o.title) == title_words(office.title)]
        if same:
            return same[0]
        states = {o.of for o in own if self._is_state(o.of) and o.kind in NATIONAL | {"legislator"}}
        return next(iter(states)) if is_national(office) and len(states) == 1 else None

    def heading(self, office: OfficeNote) -> str | None:
        """The state that a line or item begins with: "Peru: Mr X, Minister of Trade", "Finally, Peru: X"."""
        sentence = self.notes.sentence_of(office.start)
        if sentence is None or not (office.kind in NATIONAL or _is_public(office)):
            return None
        for i in range(sentence.start, min(sentence.start + _HEADING, office.left)):
            reference = self.notes.at(i)
            if reference is not None and len(reference.keys) == 1 and reference.end < office.left:
                named = self.notes.referents[reference.keys[0]]
                key = named.key if named.cls == "State" else named.state
                return key if self.doc[reference.end].text == ":" else None
        return None

    def appointer(self, office: OfficeNote) -> str | None:
        """The state of whoever gives the office: "President X of Gabon appointed Y trade minister"."""
        sentence = self.notes.sentence_of(office.start)
        if sentence is None or not (office.kind in NATIONAL and is_national(office)):
            return None
        verbs = [t for t in self.doc[sentence.start : office.left] if t.lemma_ in self.words.appointing]
        verb = next((t for t in reversed(verbs) if t.pos_ == "VERB"), None)
        if verb is None or verb.i < office.left - _APPOINTED:
            return None
        givers = {
            r.key
            for child in verb.children
            if child.dep_ in {"nsubj", "agent"}
            for token in (child, *(c for c in child.children if c.dep_ == "pobj"))
            for r in self.notes.referents_at(token.i)
            if token.i != office.head
        }
        if office.holder in givers:
            return None
        own = {o.of for o in self.notes.offices if o.holder in givers and o.kind in _APPOINTING and o.of}
        return next(iter(own)) if len(own) == 1 else None

    def where(self, office: OfficeNote) -> str | None:
        """The state of "Fiji, where they met with Prime Minister X"."""
        sentence = self.notes.sentence_of(office.start)
        if sentence is None or office.kind not in NATIONAL:
            return None
        for i in range(office.left - 1, max(office.left - 10, sentence.start), -1):
            if self.doc[i].text == ";":
                return None
            if self.doc[i].lower_ == "where":
                before = i - 2 if self.doc[i - 1].text == "," else i - 1
                states = [r.key for r in self.notes.referents_at(before) if r.cls == "State"]
                return states[0] if states else None
        return None

    def region(self, office: OfficeNote) -> str | None:
        """The state that a paragraph begins with: "In Gabon, …", "3 May – Gabon. …"."""
        if not (office.kind in NATIONAL or _is_public(office)):
            return None
        start = office.left
        while start > 0 and "\n" not in self.doc[start - 1].text:
            start -= 1
        for i in range(start, min(start + _OPENING, office.left)):
            reference = self.notes.at(i)
            if reference is not None:
                opens = self.doc[i - 1].lower_ == "in" or (
                    reference.end < len(self.doc) and self.doc[reference.end].text in {".", ":"}
                )
                alone = opens and len(reference.keys) == 1 and reference.rule == "name"
                return reference.keys[0] if alone and self._is_state(reference.keys[0]) else None
        return None

    def body(self, office: OfficeNote) -> str | None:
        """The organisation or chamber whose office it is: the last of the sentence, else the only one."""
        words = title_words(office.title)
        classes = [cls for cls, titles in self.words.bodies.items() if words in map(title_words, titles)]
        if not classes:
            return None
        sentence = self.notes.sentence_of(office.start)
        named = [
            (r.start, key)
            for r in self.notes.references
            for key in r.keys
            if self.notes.referents[key].cls in classes
        ]
        near = [n for n in named if sentence is not None and sentence.start <= n[0] < office.start]
        keys = {key for _, key in named}
        return max(near)[1] if near else next(iter(keys)) if len(keys) == 1 else None

    def _is_state(self, key: str | None) -> bool:
        return key in self.notes.referents and self.notes.referents[key].cls == "State"


def _is_public(office: OfficeNote) -> bool:
    """Whether an office is one of a state's politics, though no office of that state."""
    return "opposition" in title_words(office.title)


def is_national(office: OfficeNote) -> bool:
    """Whether an office without a state can only be held for the holder's own."""
    if office.kind == "envoy":
        return bool(title_words(office.title) & {"ambassador", "consul", "charge"})
    return office.kind in NATIONAL
