"""The learned filter: which candidates of a document become events, beyond what the rules say.

It looks at what the rules accept and at what they drop for want of somebody required; of the latter it admits
those that are likely enough, of the former it drops those that are very unlikely.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from graph.components.happening.arguments import Walker
from graph.components.happening.features import Candidate, Features
from graph.components.happening.supposing import suppose
from graph.notes import Decision, EventNote, Rejection
from ontology.candidate_filter import FilterWeights
from ontology.lexicon import Lexicon


class CandidateFilter:
    """Decides on candidates by weights; without weights it admits all, which is how examples are made."""

    def __init__(self, lexicon: Lexicon, weights: FilterWeights | None) -> None:
        self.weights = weights
        self._triggers = {t.id: t for triggers in lexicon.table.values() for t in triggers}

    def decide(self, doc: Doc, walker: Walker) -> None:
        """Drop from a document's events what is very unlikely, and add what is likely of those dropped."""
        notes = walker.notes
        features = Features(doc, notes)
        candidates = [*self._accepted(doc, walker), *self._wanting(doc, walker)]
        for candidate in sorted(candidates, key=lambda c: c.event.triggers[0]):
            decision = self._decision(candidate, features.of(candidate))
            notes.decisions.append(decision)
            if decision.admitted and candidate.wanting:
                notes.events.append(candidate.event)
            elif not decision.admitted and not candidate.wanting:
                notes.events.remove(candidate.event)
                why = "the learned filter finds it unlikely"
                notes.rejected.append(Rejection(decision.start, decision.end, decision.rule, why))

    def _decision(self, candidate: Candidate, features: frozenset[str]) -> Decision:
        (start, end), rule = candidate.event.triggers[0], candidate.event.rule
        made = Decision(start, end, rule, candidate.wanting, True, features)
        if self.weights is None:
            return made
        score = self.weights.score(features)
        needed = self.weights.admit if candidate.wanting else self.weights.keep
        return replace(made, admitted=score >= needed, score=score, reasons=self.weights.reasons(features))

    def _accepted(self, doc: Doc, walker: Walker) -> Iterator[Candidate]:
        for event in walker.notes.events:
            start, end = event.triggers[0]
            head = doc[start:end].root
            yield Candidate(event, self._triggers[event.rule], head, walker.is_dated(head))

    def _wanting(self, doc: Doc, walker: Walker) -> Iterator[Candidate]:
        """What the walker dropped for want of somebody, one at most for each word without an event."""
        notes = walker.notes
        used = {i for e in notes.events for start, end in e.triggers for i in range(start, end)}
        number = len(notes.events)
        for match, arguments in walker.wanting:
            if match.head.i not in used and not match.tokens & used:
                used |= match.tokens
                number += 1
                supposed = suppose(doc, notes, match, arguments)
                event = EventNote(f"e{number}", match.trigger.cls, match.trigger.id, [match.span])
                event.arguments = [*arguments, *supposed.arguments]
                dated = walker.is_dated(match.head)
                yield Candidate(event, match.trigger, match.head, dated, wanting=True, supposed=supposed.how)
