"""What a candidate looks like to the learned filter: names of features, each of them there or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from graph.components.happening.supposing import ACTING
from graph.notes import EventNote, Notes
from ontology.frames import Trigger

_ARTICLES = frozenset({"the", "a", "an", "this", "that", "no", "any", "these", "those"})
_MANY = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that may be one; ``wanting`` where the rules alone would drop it.

    ``supposed`` says how arguments that it lacked were come by; ``head`` is the main word of its trigger.
    """

    event: EventNote
    trigger: Trigger
    head: Token
    dated: bool
    wanting: bool = False
    supposed: str = ""


@dataclass(slots=True)
class Features:
    """Tells the features of the candidates of one document, in the order of the text."""

    doc: Doc
    notes: Notes
    seen: Counter[str] = field(default_factory=Counter)

    def of(self, candidate: Candidate) -> frozenset[str]:
        """The features of the next candidate."""
        cls, head = candidate.trigger.cls, candidate.head
        found = frozenset({*self._of_word(candidate), *self._of_arguments(candidate)})
        if candidate.wanting:
            found |= frozenset(self._of_want(candidate))
        self.seen[f"class {cls}"] += 1
        self.seen[f"lemma {head.lemma_}"] += 1
        return found

    def _of_word(self, candidate: Candidate) -> Iterator[str]:
        trigger, head = candidate.trigger, candidate.head
        yield from (f"class {trigger.cls}", f"class {trigger.cls} {head.pos_}", f"pos {head.pos_}")
        yield from (f"dependency {head.dep_}", f"under {head.head.pos_}", f"under {head.head.lemma_.lower()}")
        yield f"words {min(_MANY, len(trigger.words))}"
        sentence = self.notes.sentence_of(head.i)
        if sentence is not None:
            yield f"style {sentence.kind.value}"
        if self.seen[f"class {trigger.cls}"]:
            yield "class seen before"
        if self.seen[f"lemma {head.lemma_}"]:
            yield "lemma seen before"
        yield from self._of_form(head)

    def _of_form(self, head: Token) -> Iterator[str]:
        subject = next((c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None:
            yield f"subject {'named' if self.notes.at(subject.i) else subject.pos_}"
        if head.pos_ == "VERB":
            yield f"tag {head.tag_}"
        determiners = [c.lower_ for c in head.children if c.dep_ in {"det", "poss"}]
        for word in determiners:
            yield f"determiner {word if word in _ARTICLES else 'possessive'}"
        if not determiners and head.pos_ == "NOUN":
            yield "determiner none"

    def _of_arguments(self, candidate: Candidate) -> Iterator[str]:
        acting = [a for a in candidate.event.arguments if a.role in ACTING]
        keys = {a.key for a in acting if a.key}
        yield f"named {min(_MANY, len(keys))}"
        for argument in candidate.event.arguments:
            yield f"role {argument.role}"
            if argument.role == "place" and argument.key:
                yield "placed"
        for argument in acting:
            if argument.key:
                yield f"kind {self.notes.referents[argument.key].kind}"
            reference = self.notes.at(argument.start)
            if reference is not None:
                yield f"by {reference.rule}"
        if candidate.dated:
            yield "dated"

    def _of_want(self, candidate: Candidate) -> Iterator[str]:
        trigger, head = candidate.trigger, candidate.head
        named = len({a.key for a in candidate.event.arguments if a.role in ACTING and a.key})
        needs = " and ".join(f"{r.count} {' or '.join(sorted(r.names))}" for r in trigger.require)
        yield from ("wanting", f"wanting {head.pos_}", f"wanting class {trigger.cls}")
        yield from (f"wanting named {min(_MANY, named)}", f"wanting named {min(2, named)} {head.pos_}")
        yield f"wants {needs}"
        how = candidate.supposed
        yield from (f"by {how}", f"by {how} class {trigger.cls}", f"by {how} dependency {head.dep_}")
