"""What the words above an event in the parse do to it: the walk from its trigger to the root."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from graph.components.happening.clauses import is_passive, tense
from graph.components.happening.cues import VERBAL, Cues
from graph.components.happening.doers import raised_verbs
from graph.components.happening.governing import effect_of_words, governor_of
from ontology.modality import Effect, Governor, Modality

_NOMINAL = {"NOUN", "PROPN", "PRON"}
_TOPIC = {"on", "about", "over"}
_RANKED = {"first", "second", "third", "only", "last", "latest"}
_OCCASION = {"at", "during"}
_OF_THE_ACT = {"negated", "possible"}
"""What is said of an act, not of its occasion: "failed to agree at the summit", "may speak at talks"."""
_DEFINITE = {"the", "this", "that", "these", "those"}
_Step = tuple[list[Effect], "Token | None"]
"""The effects of one step up, innermost first, and where the walk goes on; None ends it."""


class Scope:
    """The walk for one event.

    Args:
        trigger: the head of the words that mention the event.
        cls: its class, since some kinds of event are there before what is said of them.
        modality: the words.
    """

    def __init__(self, trigger: Token, cls: str, modality: Modality) -> None:
        self._trigger = trigger
        self._words = modality
        self._lasting = cls in modality.lasting and trigger.pos_ in _NOMINAL
        self._speech = cls in modality.speech
        self._cls = cls
        self._cues = Cues(trigger, self._speech, modality)
        self._steps: dict[str, Callable[[Token, Token], _Step]] = {
            "conj": self._joined,
            "acl": self._participle,
            "relcl": self._participle,
            "advcl": self._adverbial,
            "xcomp": self._complement,
            "ccomp": self._complement,
            "acomp": self._complement,
            "csubj": self._clausal_subject,
            "csubjpass": self._clausal_subject,
            "pcomp": self._after_preposition,
            "pobj": self._after_preposition,
            "agent": self._pass,
            "dobj": self._argument,
            "dative": self._argument,
            "nsubj": self._argument,
            "nsubjpass": self._argument,
            "attr": self._argument,
            "oprd": self._argument,
            "compound": self._modifier,
            "nmod": self._modifier,
            "prep": self._pass,
        }

    def effects(self) -> Iterator[Effect]:
        """The effects on the event, the innermost first."""
        node = self._trigger
        aside = False
        itself = None if self._speech else effect_of_words(self._words, node, self._cls)
        yield from [itself] if itself else []
        yield from self._cues.own(node, is_trigger=True)
        seen = 0
        while node.head is not node and seen < 16:
            step = self._steps.get(node.dep_)
            if step is None:
                return
            found, above = step(node, node.head)
            yield from (e for e in found if not (aside and e in _OF_THE_ACT))
            aside = aside or (node.dep_ == "pobj" and node.head.lower_ in _OCCASION)
            if above is None:
                return
            node, seen = above, seen + 1

    # The steps up, by the label of the edge.

    def _pass(self, node: Token, head: Token) -> _Step:  # noqa: ARG002  all steps take both
        return [], None

    def _joined(self, node: Token, head: Token) -> _Step:
        if head.pos_ in VERBAL and node.pos_ in VERBAL:
            own = tense(node)
            independent = own in {"past", "present", "future", "progressive"} and node.tag_ not in {
                "VBN",
                "VBG",
            }
            if independent and own != "future":
                while (
                    tense(head) in {"infinitive", None} and head.head.pos_ in VERBAL and head.head is not head
                ):
                    head = head.head
            return ([] if independent or own == "infinitive" else self._cues.own(head)), head
        return self._cues.denied(head), head

    def _participle(self, node: Token, head: Token) -> _Step:
        if tense(node) != "infinitive":
            return (self._cues.denied(head) if node.dep_ == "acl" else []), None
        if any(c.lower_ in _RANKED for c in head.children):
            return [], None  # "the first to visit Ghana" did so
        governor = governor_of(self._words, head)
        effect: Effect = (governor.complement if governor else None) or "planned"
        return [self._cues.unless_denied(effect, head)], head

    def _adverbial(self, node: Token, head: Token) -> _Step:
        mark = self._cues.mark(node)
        if mark is not None:
            return [mark], None
        own = tense(node)
        if own == "infinitive":
            aim: list[Effect] = [] if node.lemma_ in self._words.fulfilled else ["planned"]
            return aim + self._cues.without_negation(head), head
        if own is None or (own == "past" and node.tag_ == "VBN"):
            return self._cues.without_negation(head), head
        return [], None

    def _complement(self, node: Token, head: Token) -> _Step:
        if (mark := self._cues.mark(node)) is not None:
            return [mark], head
        infinitive = tense(node) == "infinitive"
        if self._speech and infinitive and head.lemma_ in self._words.polite:
            return [], None
        if head.lemma_ == "have" and infinitive and any(c.lower_ == "yet" for c in head.children):
            return ["negated"], None
        governor = governor_of(self._words, head)
        if governor is not None and governor.complement and self._reaches(governor, node, head):
            return [self._cues.unless_denied(governor.complement, head), *self._cues.modals(head)], head
        if head.lemma_ in self._words.transparent or node.tag_ == "VBG":
            return self._cues.own(head), head
        if node.dep_ == "acomp":
            return self._cues.own(head), head
        if infinitive and node.dep_ == "xcomp":
            return [self._cues.unless_denied("planned" if head.pos_ == "VERB" else "possible", head)], head
        return [], None

    def _reaches(self, governor: Governor, node: Token, head: Token) -> bool:
        if governor.infinitive:
            return tense(node) == "infinitive"
        if governor.ongoing and tense(node) != "infinitive":
            return node.tag_ == "VBG" and tense(node) is not None
        return not governor.progressive or tense(head) == "progressive"

    def _clausal_subject(self, node: Token, head: Token) -> _Step:
        if tense(node) == "infinitive":
            return ["possible"], None
        return self._cues.without_negation(head), head

    def _after_preposition(self, node: Token, head: Token) -> _Step:
        above = head.head
        if (effect := self._words.prepositions.get(head.lower_)) is not None:
            return [effect], None
        if head.dep_ == "prep" and above.dep_ == "prep" and above.lower_ in self._words.prepositions:
            return [self._words.prepositions[above.lower_]], None
        if head.lower_ == "of" and above.lemma_ in self._words.outcomes:
            return [], None
        governor = self._predicative(above) or governor_of(self._words, above)
        if governor is not None:
            reach = dict(governor.prepositions or {})
            if node.dep_ == "pcomp":
                reach |= governor.gerunds or {}
            if head.lower_ in reach and not self._is_given(node, head, reach[head.lower_]):
                return [self._cues.unless_denied(reach[head.lower_], above), *self._cues.modals(above)], above
        if above.pos_ in _NOMINAL:
            if self._lasting and _is_definite(node):
                return [], None
            return [], above if head.lower_ in {"of", "for", "in", "including"} else None
        return (self._cues.without_negation(above), above) if not self._lasting else ([], None)

    def _predicative(self, verb: Token) -> Governor | None:
        """The adjective said of a subject: "is due in Lima for talks"."""
        adjective = (
            next((c for c in verb.children if c.dep_ == "acomp"), None) if verb.lemma_ == "be" else None
        )
        return governor_of(self._words, adjective) if adjective is not None else None

    def _is_given(self, node: Token, preposition: Token, effect: Effect) -> bool:
        """Whether a thing talked about is there already: "talks on the war", but not "fear of a war"."""
        if not self._lasting or effect not in {"possible", "wished"}:
            return False
        if preposition.head.pos_ != "NOUN":
            return False
        presumed = preposition.lower_ == "of" or preposition.head.lemma_ in self._words.presuming
        return preposition.lower_ in _TOPIC or (presumed and _is_definite(node))

    def _argument(self, node: Token, head: Token) -> _Step:
        governor = governor_of(self._words, head)
        if governor is not None and governor.object and node.dep_ in {"dobj", "nsubjpass"}:
            given = self._speech and governor.object == "negated"  # who rejects an offer was made one
            if given or (self._lasting and head.lemma_ in self._words.presuming and _is_definite(node)):
                return [], None
            return [self._cues.unless_denied(governor.object, head), *self._cues.modals(head)], head
        if node.dep_ in {"nsubj", "attr"}:
            predicate = next((c for c in head.children if c.dep_ == "acomp"), None)
            said = governor_of(self._words, predicate) if predicate is not None else None
            if predicate is not None and said is not None and said.object:
                return [self._cues.unless_denied(said.object, head)], head
        if node.dep_ in {"nsubj", "nsubjpass"} and head.lemma_ == "be" and raised_verbs(head):
            return [self._cues.unless_denied("planned", head)], head  # "is to be held"
        if head.lemma_ in self._words.raising and (below := self._done_below(head)):
            return [self._cues.unless_denied(below, head)], head
        if head.lemma_ in self._words.occurring:
            return self._cues.own(head), head
        return ([], None) if self._lasting else (self._cues.without_negation(head), head)

    def _done_below(self, head: Token) -> Effect | None:
        """What a passive infinitive does to the subject above it: "had to be postponed"."""
        below = (c for c in head.children if c.dep_ == "xcomp" and c.tag_ == "VBN" and is_passive(c))
        governors = (governor_of(self._words, verb) for verb in below)
        return next((governor.object for governor in governors if governor), None)

    def _modifier(self, node: Token, head: Token) -> _Step:  # noqa: ARG002  all steps take both
        governor = governor_of(self._words, head)
        reach = (governor and governor.prepositions) or {}
        effect = next((reach[p] for p in ("for", "of") if p in reach), None)
        return ([effect, *self._cues.denied(head)], head) if effect else ([], None)


def _is_definite(noun: Token) -> bool:
    return any(c.dep_ == "poss" or c.lower_ in _DEFINITE for c in noun.children)
