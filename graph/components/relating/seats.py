"""Where things lie, as words beside their names say: "the Zambian town of X", "X, whose seat is in Y"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from graph.notes import Notes, Reference, Referent, RelationNote
from ontology.relation_words import RelationWords

_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_FARTHEST = 4  # words between a state and the noun: "the northern Zambian border town of"


class Seats:
    """Reads the places of towns, bodies and capitals in one document."""

    def __init__(self, doc: Doc, notes: Notes, words: RelationWords) -> None:
        self.doc, self.notes, self.words = doc, notes, words

    def relations(self, reference: Reference) -> Iterator[RelationNote]:
        """The relations that the words before a name, or the noun that stands for it, state."""
        if len(reference.keys) == 1:
            if reference.rule in {"name", "alias"}:
                yield from self._of_sort(reference)
            elif reference.rule == "nominal":
                yield from self._capital(reference)

    def seat(self, noun: Token) -> Iterator[RelationNote]:
        """Read "whose headquarters are in Y", "has its headquarters in Y"; ``noun`` is "headquarters"."""
        bodies = [r for c in noun.children if c.dep_ == "poss" for r in self._owners(c)]
        verb = noun.head
        if noun.dep_ == "dobj" and verb.lemma_ == "have":
            subjects = [c for c in verb.children if c.dep_ == "nsubj"]
            subjects = [verb.head if c.tag_ == "WDT" and verb.dep_ == "relcl" else c for c in subjects]
            bodies = [r for c in subjects for r in self.notes.referents_at(c.i)]
        if not bodies and noun.dep_ == "pobj" and noun.head.lower_ == "with":
            bodies = list(self.notes.referents_at(noun.head.head.i))
        said = verb.lemma_ in {"be", "lie", "have"} and noun.dep_ in {"nsubj", "dobj"}
        governors = [noun, verb] if said else [noun]
        places = [r for governor in governors for r in self._within(governor)]
        for body in bodies:
            for place in places:
                if body.kind == "institution" and place.key != body.key:
                    yield RelationNote(body.key, "locatedIn", place.key, noun.i, "seat.noun")

    def _owners(self, possessor: Token) -> tuple[Referent, ...]:
        """Whose something is; "whose" is of what its clause modifies."""
        found = self.notes.referents_at(possessor.i)
        if possessor.lower_ != "whose":
            return found
        before = possessor.i - 2 if self.doc[possessor.i - 1].text == "," else possessor.i - 1
        if before > 1 and self.doc[before].text == ")":  # the acronym of a name
            before = next((i for i in range(before, 0, -1) if self.doc[i].text == "("), before + 1) - 1
        return self.notes.referents_at(before)

    def _within(self, governor: Token) -> Iterator[Referent]:
        for child in governor.children:
            if child.dep_ == "prep" and child.lower_ in {"in", "at"}:
                for noun in child.children:
                    if noun.dep_ == "pobj":
                        yield from (r for r in self.notes.referents_at(noun.i) if r.kind == "territory")

    def _of_sort(self, reference: Reference) -> Iterator[RelationNote]:
        """Read "the Zambian town of X", "Colombia's province of X", and "the Zambian towns of X and Y"."""
        inner = self.notes.referents[reference.keys[0]]
        i = self._listed_from(reference) - 1
        if inner.kind != "territory" or inner.cls == "State":
            return
        if i > 1 and self.doc[i].lower_ == "the":
            i -= 1
        if i < 2 or self.doc[i].lower_ != "of" or self.doc[i - 1].lemma_.lower() not in self.words.sorts:
            return
        for j in range(i - 2, max(i - 3 - _FARTHEST, -1), -1):
            outer = self._state(j)
            if outer is not None:
                yield RelationNote(inner.key, "locatedIn", outer.key, reference.start, "place.sort")
            if outer is not None or self.doc[j].pos_ not in {"ADJ", "NOUN", "PROPN", "PART", "ADV", "PUNCT"}:
                return

    def _listed_from(self, reference: Reference) -> int:
        """Where the list of names begins in which a name stands: "X" of "X, Y and Z"."""
        start, i = reference.start, reference.start - 1
        while i > 0 and self.doc[i].lower_ in {"and", ","}:
            i -= 1
            before = self.notes.at(i)
            if before is not None and self.notes.referents[before.keys[0]].kind == "territory":
                start = before.start
                i = start - 1
        return start

    def _state(self, i: int) -> Referent | None:
        """The state that an adjective, or a name in the genitive, names."""
        reference = self.notes.at(i)
        if reference is None or len(reference.keys) != 1:
            return None
        owned = reference.end < len(self.doc) and self.doc[reference.end].text in _POSSESSIVES
        state = self.notes.referents[reference.keys[0]]
        return state if state.cls == "State" and (owned or reference.rule == "demonym") else None

    def _capital(self, reference: Reference) -> Iterator[RelationNote]:
        """Read "the Zambian capital", which was found to be a city of the text, as that state's capital."""
        city = self.notes.referents[reference.keys[0]]
        noun = self.doc[reference.head]
        if city.cls != "City" or noun.lower_ not in self.words.capitals:
            return
        for token in noun.subtree:
            for state in self.notes.referents_at(token.i):
                if state.cls == "State" and token.i != noun.i:
                    yield RelationNote(city.key, "capitalOf", state.key, reference.start, "capital.nominal")
                    return
