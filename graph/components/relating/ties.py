"""Relations that verbs and nouns state: "claimed by Peru", "a member of the union"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from graph.notes import Notes, Referent, RelationNote
from ontology.relation_words import NounTie, RelationWords, Tie, VerbTie

_MODALS = frozenset({"would", "could", "may", "might", "should", "must", "can", "will"})
_HAVING = frozenset({"have", "assert", "maintain", "lay", "make", "stake"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BELOW_CLAUSES = frozenset({"prep", "dobj", "xcomp", "ccomp"})


class Ties:
    """Reads the relations that the words of a table state in one document."""

    def __init__(self, doc: Doc, notes: Notes, words: RelationWords) -> None:
        self.doc, self.notes = doc, notes
        self.verbs, self.nouns = words.by_lemma(), words.by_noun()
        self._parts = words.parts

    def relations(self, token: Token) -> Iterator[RelationNote]:
        """The relations that a verb or noun states."""
        if token.pos_ == "VERB":
            for tie in self.verbs.get(token.lemma_, ()):
                if not _is_unreal(token):
                    yield from self._verb(token, tie)
        elif token.pos_ in {"NOUN", "PROPN"}:
            for noun in self.nouns.get(token.lower_, ()):
                yield from self._noun(token, noun)

    def _verb(self, verb: Token, tie: VerbTie) -> Iterator[RelationNote]:
        if tie.nouns:
            noun = self._object(verb, tie.nouns)
            if noun is not None:
                subjects = self._with_noun(verb, noun, tie.subject)
                yield from self._join(tie, subjects, self._with_noun(verb, noun, tie.object), verb.i)
            return
        subjects = self._verb_side(verb, tie.subject, tie.kinds[0])
        yield from self._join(tie, subjects, self._verb_side(verb, tie.object, tie.kinds[1]), verb.i)

    def _noun(self, noun: Token, tie: NounTie) -> Iterator[RelationNote]:
        if any(c.dep_ == "neg" or c.lower_ == "no" for c in noun.children):
            return
        if tie.marks and not any(t.lower_ in tie.marks for t in self.doc[max(0, noun.i - 4) : noun.i]):
            return
        subjects = [r for side in tie.subject for r in self._noun_side(noun, side)]
        objects = [r for side in tie.object for r in self._noun_side(noun, side)]
        yield from self._join(tie, subjects, objects, noun.i)

    def _join(
        self, tie: Tie, subjects: list[Referent], objects: list[Referent], token: int
    ) -> Iterator[RelationNote]:
        first, second = tie.kinds
        for subject in subjects:
            for obj in objects:
                if subject.key != obj.key and _is_of(subject, first) and _is_of(obj, second):
                    yield RelationNote(subject.key, tie.predicate, obj.key, token, tie.id)

    # --- arguments ------------------------------------------------------------------------------------

    def _verb_side(self, verb: Token, side: str, kinds: frozenset[str]) -> list[Referent]:
        if side == "agent":
            return self._agents(verb)
        if side == "patient":
            return self._patients(verb, kinds)
        return self._complements(verb, side)

    def _object(self, verb: Token, nouns: frozenset[str]) -> Token | None:
        """The noun that a verb needs to state something, as its object or the subject of its passive."""
        found = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} and c.lower_ in nouns]
        if not found and verb.tag_ in {"VBN", "VBG"} and verb.dep_ == "acl":
            noun = verb.head
            if noun.dep_ == "pobj" and noun.head.lower_ == "of":  # "a delegation of X led by Y"
                noun = noun if noun.lower_ in nouns else noun.head.head
            found = [noun] if noun.lower_ in nouns else []
        return found[0] if found else None

    def _with_noun(self, verb: Token, noun: Token, side: str) -> list[Referent]:
        if side == "agent":
            return self._agents(verb)
        return (
            self._owners(noun) + self._complements(noun, "of")
            if side == "owner"
            else self._complements(noun, side)
        )

    def _agents(self, verb: Token) -> list[Referent]:
        found = []
        for child in verb.children:
            if child.dep_ == "agent":
                found += self._objects_of(child)
            elif child.dep_ == "nsubj":
                found += self._referents(child, verb)
        if not found and verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
            return self._agents(verb.head)
        if not found and verb.tag_ == "VBG" and verb.dep_ == "acl":  # "X, leading the delegation"
            return self._referents(verb.head, verb)
        return found

    def _modified(self, verb: Token, kinds: frozenset[str]) -> list[Referent]:
        """What a participle modifies: its noun, or that noun's head ("X, a report on Y published by")."""
        noun = verb.head
        for _ in range(6):
            found = [r for r in self._referents(noun, verb) if _is_of(r, kinds)]
            if found or noun.dep_ not in {"appos", "pobj", "prep", "conj"}:
                return found
            noun = noun.head
        return []

    def _patients(self, verb: Token, kinds: frozenset[str]) -> list[Referent]:
        passive = any(c.dep_ in {"nsubjpass", "auxpass", "agent"} for c in verb.children)
        found = []
        for child in verb.children:
            if child.dep_ in {"dobj", "nsubjpass"} or (child.dep_ == "nsubj" and verb.lemma_ == "lie"):
                found += self._referents(child, verb)
        if not found and verb.tag_ == "VBN" and verb.dep_ in {"acl", "relcl"}:
            found = self._modified(verb, kinds)
        if not found and passive and verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
            found = self._patients(verb.head, kinds)
        return found

    def _noun_side(self, noun: Token, side: str) -> list[Referent]:
        if side == "owner":
            return self._owners(noun)
        if side == "bearer":
            return self._bearers(noun)
        if side == "under":
            return self._below(noun)
        found = self._complements(noun, side)
        if not found and noun.dep_ == "dobj" and noun.head.lemma_ in {"lay", "stake"}:  # "lays claim to Y"
            found = self._complements(noun.head, side)
        return found

    def _below(self, noun: Token) -> list[Referent]:
        """What is said to be or to stay "under" what a noun means."""
        preposition = noun.head
        if noun.dep_ != "pobj" or preposition.lower_ != "under":
            return []
        governor = preposition.head
        if governor.pos_ in {"VERB", "AUX"}:
            return [] if _is_unreal(governor) else self._subjects(governor)
        return self._referents(governor, preposition)

    def _owners(self, noun: Token) -> list[Referent]:
        found = [
            referent
            for child in noun.children
            if child.i < noun.i and child.dep_ in {"poss", "amod", "compound", "nmod"}
            for referent in self._referents(child, noun)
        ]
        verb = noun.head
        if not found and noun.dep_ == "dobj" and verb.lemma_ in _HAVING:
            found = [] if _is_unreal(verb) else self._agents(verb)
        return found

    def _bearers(self, noun: Token) -> list[Referent]:
        found = [r for c in noun.children if c.dep_ == "appos" for r in self._referents(c, noun)]
        if noun.i + 1 < len(self.doc) and self.doc[noun.i + 1].text not in {",", "("}:
            after = self.notes.at(noun.i + 1)
            if after is not None and after.rule == "name":
                found += [self.notes.referents[k] for k in after.keys]
        if noun.dep_ == "appos":
            found += self._referents(noun.head, noun)
        elif noun.dep_ == "attr" and noun.head.lemma_ in {"be", "become", "remain"}:
            found += [] if _is_unreal(noun.head) else self._subjects(noun.head)
        elif noun.dep_ == "pobj" and noun.head.lower_ == "among":  # "counts X among its members"
            verb = noun.head.head
            told = (
                self._subjects(verb)
                if verb.lemma_ == "be"
                else self._patients(verb, frozenset({"territory"}))
            )
            found += [] if _is_unreal(verb) else told
        return found

    def _subjects(self, verb: Token) -> list[Referent]:
        return [r for c in verb.children if c.dep_ in _SUBJECTS for r in self._referents(c, verb)]

    def _complements(self, governor: Token, preposition: str) -> list[Referent]:
        return [
            referent
            for child in governor.children
            if child.dep_ in {"prep", "dative"} and child.lower_ == preposition
            for referent in self._objects_of(child)
        ]

    def _objects_of(self, preposition: Token) -> list[Referent]:
        return [r for c in preposition.children if c.dep_ == "pobj" for r in self._referents(c, preposition)]

    def _referents(self, token: Token, governor: Token) -> list[Referent]:
        """What a word and those joined to it refer to; "which" is what its clause modifies."""
        if token.tag_ in {"WDT", "WP"}:
            nearest = self._named_before(token)
            if nearest is not None:
                return nearest
            token = _antecedent(token, governor)
        found = list(self.notes.referents_at(token.i))
        if not found and token.lower_ in self._parts:
            found = self._complements(token, "of")
        if not found:  # "organise a Roundtable meeting"
            named = [c for c in token.children if c.dep_ in {"compound", "nmod"} and c.i < token.i]
            found = [r for c in named for r in self.notes.referents_at(c.i) if r.kind != "territory"]
        joined = [c for c in token.conjuncts if c.i > token.i]
        joined += [a for c in joined for a in c.children if a.dep_ == "appos"]
        joined += [a for c in joined for a in c.conjuncts if a.i > c.i]
        for child in joined:
            found += [r for r in self.notes.referents_at(child.i) if r not in found]
        return found

    def _named_before(self, who: Token) -> list[Referent] | None:
        """The person whose name stands right before "who", which the parser may look for further off."""
        i = who.i - 1
        if who.lower_ != "who" or i < 1:
            return None
        found = self.notes.referents_at(i - 1 if self.doc[i].text == "," else i)
        return list(found) if len(found) == 1 and found[0].kind == "person" else None


def _antecedent(pronoun: Token, governor: Token) -> Token:
    """What a relative clause modifies; "X, the man who" is X."""
    clause = governor
    while clause.dep_ != "relcl" and clause.head.i != clause.i and clause.dep_ in _BELOW_CLAUSES:
        clause = clause.head
    if clause.dep_ != "relcl":
        return pronoun
    noun = clause.head
    return noun.head if noun.dep_ == "appos" and noun.pos_ == "NOUN" else noun


def _is_unreal(verb: Token) -> bool:
    """Whether a verb is denied, wished or only possible."""
    for child in verb.children:
        if child.dep_ == "neg" or (child.dep_ == "aux" and child.lower_ in _MODALS | {"to"}):
            return True
        if child.dep_ == "mark" and child.lower_ in {"if", "whether", "unless"}:
            return True
    return False


def _is_of(referent: Referent, kinds: frozenset[str]) -> bool:
    return referent.kind in kinds or referent.cls in kinds
