"""What a word itself says of the event that it mentions or governs: auxiliaries, negations, marks."""

from __future__ import annotations

from spacy.tokens import Token

from graph.components.happening.clauses import is_passive, tense
from graph.components.happening.governing import governor_of
from ontology.modality import Effect, Modality

VERBAL = {"VERB", "AUX"}


class Cues:
    """The cues for one event.

    Args:
        trigger: the head of the words that mention the event.
        is_speech: whether it is something said, whose auxiliaries are no part of what was said.
        modality: the words.
    """

    def __init__(self, trigger: Token, is_speech: bool, modality: Modality) -> None:
        self._trigger, self._speech, self._words = trigger, is_speech, modality

    def own(self, token: Token, is_trigger: bool = False) -> list[Effect]:
        """All that a verb says; of a noun, its negation, and of one that mentions the event its modifiers."""
        if token.pos_ in VERBAL:
            return self._of_verb(token)
        return self._of_noun(token) if is_trigger else self.denied(token)

    def _of_verb(self, verb: Token) -> list[Effect]:
        found: list[Effect] = []
        for child in () if self._speech else verb.children:
            if child.dep_ == "aux" and child.lower_ in self._words.auxiliaries:
                found.append(self._auxiliary(child, verb))
            elif child.dep_ == "advcl" and found and self.mark(child) == "possible":
                found.append("possible")
        if verb.dep_ == "ROOT" and tense(verb) == "infinitive":
            found.append("planned")
        denies = self._speech and verb.i == self._trigger.i and verb.lemma_ in self._words.denying
        if not denies and self._negated(verb):
            found.append("negated")
        return found

    def _auxiliary(self, aux: Token, verb: Token) -> Effect:
        """What an auxiliary does; the "would" of reported speech is the "will" of what was said."""
        if aux.lower_ in {"'d", "’d"} and verb.tag_ == "VBN" and not is_passive(verb):
            return "actual"  # "he'd called" is "he had called"
        if aux.lower_ in {"would", "'d", "’d"}:
            top = _first_conjunct(verb)
            if top.dep_ == "ccomp" and top.head.tag_ in {"VBD", "VBN", "VBG"} and self.mark(top) is None:
                return "planned"
        return self._words.auxiliaries[aux.lower_]

    def _negated(self, verb: Token) -> bool:
        words = self._words.negations
        for child in verb.children:
            if child.lower_ in words and child.dep_ in {"neg", "advmod", "nsubj", "nsubjpass", "preconj"}:
                follows = child.nbor() if child.i + 1 < len(child.doc) else None
                if follows is None or follows.lower_ != "only":
                    return True
            elif child.dep_ in {"nsubj", "nsubjpass", "dobj"} and self.denied(child):
                return True
        return False

    def denied(self, noun: Token) -> list[Effect]:
        """Negation at a noun: "no treaty"."""
        words = self._words.negations
        denied = any(c.dep_ in {"det", "neg", "preconj"} and c.lower_ in words for c in noun.children)
        return ["negated"] if denied else []

    def _of_noun(self, noun: Token) -> list[Effect]:
        found: list[Effect] = []
        for child in noun.children:
            if child.dep_ in {"amod", "compound", "det", "nmod"} and child.lower_ in self._words.modifiers:
                found.append(self._words.modifiers[child.lower_])
            elif child.dep_ == "acl" or (child.dep_ == "relcl" and tense(child) == "infinitive"):
                found += self._participle_below(child)
            elif child.dep_ == "relcl" and (
                child.lemma_ in self._words.occurring or governor_of(self._words, child)
            ):
                found += self._relative_below(child)
        return found + self.denied(noun)

    def _participle_below(self, verb: Token) -> list[Effect]:
        """ "A visit scheduled for May", "talks to be held in May"."""
        if tense(verb) == "infinitive":
            return ["planned"] if verb.lemma_ in self._words.occurring else []
        governor = governor_of(self._words, verb)
        return [governor.object] if governor and governor.object and verb.tag_ == "VBN" else []

    def _relative_below(self, verb: Token) -> list[Effect]:
        if not any(c.dep_ in {"nsubj", "nsubjpass"} and c.tag_ in {"WDT", "WP"} for c in verb.children):
            return []
        governor = governor_of(self._words, verb)
        passive = any(c.dep_ == "nsubjpass" for c in verb.children)
        governed: list[Effect] = [governor.object] if governor and governor.object and passive else []
        return governed + self._of_verb(verb)

    def unless_denied(self, effect: Effect, governor: Token) -> Effect:
        """The effect of a governor; a denied one negates, unless it denies itself.

        What is yet to be prevented is possible.
        """
        if (
            effect == "negated"
            and governor.pos_ == "VERB"
            and tense(governor) in {"infinitive", "future", None}
        ):
            effect = "possible"
        top = governor.head if governor.dep_ in {"acomp", "attr", "dobj"} else governor
        denied = self.denied(governor) if governor.pos_ == "NOUN" else []
        if not denied and not (top.pos_ in VERBAL and self._negated(top)):
            return effect
        return "possible" if effect in {"negated", "possible"} else "negated"

    def modals(self, verb: Token) -> list[Effect]:
        """What a verb says of being possible."""
        return [e for e in self.own(verb) if e == "possible"] if verb.pos_ in VERBAL else []

    def without_negation(self, verb: Token) -> list[Effect]:
        """What a verb says, but for its negation, which is of itself alone."""
        return [e for e in self.own(verb) if e != "negated"] if verb.pos_ in VERBAL else []

    def mark(self, verb: Token) -> Effect | None:
        """What opens its clause: "if", "unless"."""
        marks = self._words.marks
        words = (c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"})
        return next((marks[word] for word in words if word in marks), None)


def _first_conjunct(verb: Token) -> Token:
    while verb.dep_ == "conj":
        verb = verb.head
    return verb
