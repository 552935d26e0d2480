"""The component that tells what happened from what was planned, is possible, or did not happen.

From the trigger of an event up to the root of its sentence, each word on the way may take the event out
of what happened: its own auxiliaries and negation, a modifier, and governors that reach it, by the lists of
``words/modality.yaml``. The outermost one decides; a negation stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Token

from graph.calendar.dates import bounds, is_day
from graph.components.happening.clauses import tense
from graph.components.happening.scope import Scope
from graph.model import Factuality
from graph.notes import EventNote, Notes
from ontology.modality import Effect, Modality, load_modality

_WEAK: dict[Effect, Factuality] = {"wished": "possible", "ahead": "planned"}


@Language.factory("diplograph_factuality", requires=["token.dep", "token.lemma"])
def make_factuality(nlp: Language, name: str) -> FactualityComponent:  # noqa: ARG001  the signature is spaCy's
    """Make the component with the words of ``words/modality.yaml``."""
    return FactualityComponent(load_modality())


class FactualityComponent:
    """Sets the factuality of each event noted."""

    def __init__(self, modality: Modality) -> None:
        self._modality = modality

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``event.factuality``; events that lie after the day of issue are at best planned."""
        notes: Notes = doc._.notes
        issued = notes.document.issued
        today = bounds(issued)[1] if issued else None
        for event in notes.events:
            start, end = event.triggers[0]
            trigger = doc[start:end].root
            event.factuality = judge(Scope(trigger, event.cls, self._modality).effects())
            if event.factuality == "actual" and (
                _is_ahead(event, today) or self._is_announced(event, trigger, issued)
            ):
                event.factuality = "planned"
        return doc

    def _is_announced(self, event: EventNote, trigger: Token, issued: str | None) -> bool:
        """Whether an event by appointment is told in the present, for the day of issue or later."""
        if event.cls not in self._modality.appointed or event.when is None or event.when.start is None:
            return False
        first = bounds(issued)[0 if is_day(issued) else 1] if issued else None
        verb = next((v for v in (trigger, trigger.head) if v.pos_ == "VERB"), None)
        if first is None or verb is None or verb.tag_ not in {"VBZ", "VBP"} or tense(verb) != "present":
            return False
        own = event.when.phrase.begin >= verb.sent.start_char and event.when.phrase.end <= verb.sent.end_char
        return own and date.fromisoformat(event.when.start) >= first


def judge(effects: Iterator[Effect]) -> Factuality:
    """What several effects, the innermost first, make of an event."""
    verdict: Factuality = "actual"
    for effect in effects:
        if effect == "wished" or effect == "ahead":  # noqa: PLR1714  mypy narrows only this
            verdict = _WEAK[effect] if verdict == "actual" else verdict
        elif effect != "actual" and verdict != "negated":
            verdict = effect
    return verdict


def _is_ahead(event: EventNote, today: date | None) -> bool:
    if event.when is None or event.when.start is None or today is None:
        return False
    return date.fromisoformat(event.when.start) > today
