"""Personal pronouns: who or what each stands for, by gender, number, recency and place in the clause."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from graph.components.referring.discourse import Discourse
from graph.notes import Notes, Reference, Referent
from ontology.pronoun_words import Pronoun, PronounWords

_PERSON = frozenset({"person"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_EMPTY_VERBS = frozenset({"seem", "appear", "happen", "rain", "snow", "matter", "turn", "follow", "remain"})
_NO_ACTORS = frozenset({"City", "Region", "BodyOfWater", "Facility"})
_BACK = 4  # sentences
_TWO = 2
_OF_CLAUSE = frozenset({"nsubj", "nsubjpass", "dobj", "dative"})
_TO = frozenset({"by", "to", "with", "from"})


class Pronouns:
    """Resolves the pronouns of one document, in order."""

    def __init__(self, doc: Doc, notes: Notes, discourse: Discourse, words: PronounWords) -> None:
        self.doc, self.notes, self.discourse, self.words = doc, notes, discourse, words

    def resolve(self, token: Token) -> Reference | None:
        """The reference that a pronoun is, or None where it stands for nothing that was named."""
        pronoun = self.words.pronouns.get(token.lower_)
        if pronoun is None or token.text == "US" or token.pos_ not in {"PRON", "DET", "PROPN"}:
            return None
        if self.notes.at(token.i) is not None:
            return None
        if pronoun.speaker:
            return self._speaker(token)
        if pronoun.number == "plural":
            return self._several(token)
        if "person" in pronoun.of:
            return self._person(token, pronoun)
        return None if self._is_empty(token) else self._thing(token)

    def _made(self, token: Token, keys: tuple[str, ...], via: int) -> Reference:
        return Reference(token.i, token.i + 1, token.i, keys, "pronoun", via=via)

    # --- I and we -------------------------------------------------------------------------------------

    def _speaker(self, token: Token) -> Reference | None:
        speaker = self.discourse.speaker(token.i)
        if speaker is None:
            return None
        return self._made(token, speaker.keys, speaker.start)

    # --- he and she -----------------------------------------------------------------------------------

    def _person(self, token: Token, pronoun: Pronoun) -> Reference | None:
        speaker = self.discourse.speaker(token.i)
        shut_out = set(speaker.keys) if speaker else set()
        if not pronoun.possessive:
            shut_out |= self._clause_mates(token)
        best: tuple[float, Reference, Referent] | None = None
        for reference, referent in self.discourse.before(token.i, _PERSON, _BACK):
            if referent.key in shut_out or len(reference.keys) > 1:
                continue
            if referent.gender and pronoun.gender and referent.gender != pronoun.gender:
                continue
            score = self._salience(token, reference, referent, pronoun)
            if best is None or score > best[0]:
                best = (score, reference, referent)
        if best is None:
            return None
        _, reference, referent = best
        referent.gender = referent.gender or pronoun.gender
        return self._made(token, (referent.key,), reference.start)

    def _clause_mates(self, token: Token) -> set[str]:
        """The subject of the clause in which "him" is an object: it cannot be the same person."""
        if token.dep_ in _SUBJECTS:
            return set()
        verb = token.head
        while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
            verb = verb.head
        subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
        references = [self.notes.at(s.i) for s in subjects]
        return {k for r in references if r for k in r.keys}

    def _salience(self, token: Token, reference: Reference, referent: Referent, pronoun: Pronoun) -> float:
        """How near the mind a person is: recency, subjects, same role, gender (Lappin and Leass 1994)."""
        distance = self.discourse.sentence(token.i) - self.discourse.sentence(reference.start)
        score = 100.0 * 0.5**distance
        subject = self.discourse.is_subject(reference)
        score += (80.0 if subject else 0.0) * 0.5**distance
        if subject and token.dep_ in _SUBJECTS:
            score += 20.0 * 0.5**distance
        head = self.doc[reference.head]
        if head.dep_ in {"poss", "compound"}:
            score -= 20.0
        if referent.gender == pronoun.gender:
            score += 30.0
        if self._quoted_else(token, reference):
            score -= 40.0
        return score - 0.05 * (token.i - reference.start)

    def _quoted_else(self, token: Token, reference: Reference) -> bool:
        return self.discourse.quoted(reference.start) and not self.discourse.quoted(token.i)

    # --- it -------------------------------------------------------------------------------------------

    def _is_empty(self, token: Token) -> bool:
        """Whether "it" stands for nothing: "it is important to", "it seems that", "makes it clear"."""
        verb = token.head
        if token.dep_ == "expl" or verb.lemma_ in _EMPTY_VERBS:
            return True
        if token.dep_ not in _SUBJECTS:
            return False
        clausal = any(c.dep_ in {"ccomp", "xcomp", "csubj", "advcl", "csubjpass"} for c in verb.children)
        complement = any(c.dep_ in {"acomp", "attr"} for c in verb.children)
        if verb.lemma_ == "be":
            return clausal or complement
        return token.dep_ == "nsubjpass" and any(c.dep_ == "ccomp" for c in verb.children)

    def _thing(self, token: Token) -> Reference | None:
        """What "it" stands for: a subject of the same or the last sentence, or what was named just before."""
        kinds = self.words.pronouns[token.lower_].of
        sentence = self.discourse.sentence(token.i)
        speaks = token.dep_ in _SUBJECTS and token.head.lemma_ in self.words.speech
        best: tuple[float, Reference, Referent] | None = None
        for reference, referent in self.discourse.before(token.i, kinds, 1):
            if len(reference.keys) > 1 or referent.cls in _NO_ACTORS:
                continue
            if speaks and referent.kind == "instrument" and referent.cls != "Report":
                continue
            same = self.discourse.sentence(reference.start) == sentence
            subject = self.discourse.is_subject(reference)
            if not (subject or same):
                continue
            score = (1.0 if subject else 0.0) + (1.5 if same else 0.0)
            score += 2.0 if speaks and self._spoke(reference) else 0.0
            score -= 0.02 * (token.i - reference.start)
            if best is None or score > best[0]:
                best = (score, reference, referent)
        return self._made(token, (best[2].key,), best[1].start) if best else None

    def _spoke(self, reference: Reference) -> bool:
        """Whether a reference is the subject of a verb of speech."""
        head = self.doc[reference.head]
        return head.dep_ in _SUBJECTS and head.head.lemma_ in self.words.speech

    # --- they -----------------------------------------------------------------------------------------

    def _several(self, token: Token) -> Reference | None:
        """The last subject of several members ("X and Y"), or a reference that already has several."""
        kinds = frozenset(self.words.pronouns[token.lower_].of)
        if token.dep_ == "poss" and "person" in kinds and (pair := self._of_clause(token)) is not None:
            return pair
        groups: dict[int, list[tuple[Reference, Referent]]] = {}
        for reference, referent in self.discourse.before(token.i, kinds, 2):
            if len(reference.keys) > 1:
                return self._made(token, reference.keys, reference.start)
            if self.discourse.is_subject(reference):
                chain = groups.setdefault(self._first_of_chain(reference), [])
                chain.append((reference, referent))
                if len(chain) > 1 and self._is_complete(reference):
                    keys = tuple(dict.fromkeys(r.key for _, r in reversed(chain)))
                    if len(keys) > 1:
                        return self._made(token, keys, reference.start)
        return self._both(token) if "person" in kinds and token.dep_ in _SUBJECTS else None

    def _of_clause(self, token: Token) -> Reference | None:
        """The two persons whose clause it is: "was offered by X to Y at their meeting"."""
        verb = token.head
        while verb.dep_ in {"pobj", "prep"}:
            verb = verb.head
        if verb.pos_ != "VERB" or token.head.dep_ != "pobj":
            return None
        around = [c for c in verb.children if c.i < token.i]
        ends = [t for c in around for t in (c, *c.children) if t.dep_ in _OF_CLAUSE or c.lower_ in _TO]
        found: dict[str, int] = {}
        for end in ends:
            reference = self.notes.at(end.i)
            for key in reference.keys if reference else ():
                if self.notes.referents[key].kind == "person":
                    found.setdefault(key, reference.start if reference else end.i)
        return self._made(token, tuple(found), min(found.values())) if len(found) == _TWO else None

    def _both(self, token: Token) -> Reference | None:
        """Two persons of whom the sentences just before tell, and no third: "X telephoned Y. They agreed"."""
        sentence = self.discourse.sentence(token.i)
        found: dict[str, int] = {}
        for reference, referent in self.discourse.before(token.i, _PERSON, 2):
            if self.discourse.sentence(reference.start) < sentence:
                found.setdefault(referent.key, reference.start)
        keys = tuple(sorted(found, key=lambda k: found[k]))
        return self._made(token, keys, found[keys[0]]) if len(keys) == _TWO else None

    def _first_of_chain(self, reference: Reference) -> int:
        token = self.doc[reference.start : reference.end].root
        while token.dep_ == "conj":
            token = token.head
        first: int = token.i
        return first

    def _is_complete(self, reference: Reference) -> bool:
        return self.doc[reference.start : reference.end].root.dep_ != "conj"
