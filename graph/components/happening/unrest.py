"""Unrest: what follows a protest or clash in the next sentence was on its day, and there.

"Thousands marched in Lima on Monday. Police detained thirty people."
"""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from graph.calendar.dates import is_day
from graph.components.happening.clauses import clause_verb, first_verb, is_perfect, tense
from graph.components.happening.spots import block_of, places
from graph.notes import EventNote, Notes
from ontology.time_words import TimeWords


def share_unrest(doc: Doc, notes: Notes, heads: Mapping[int, EventNote], words: TimeWords) -> None:
    """Give what a main clause tells without date and place those of unrest in the sentence before."""
    for i in sorted(heads):
        event = heads[i]
        if event.cls not in words.unrest or event.when is not None or not _is_told(doc[i]):
            continue
        before = _before(doc, notes, i, heads, words)
        if before is not None:
            event.when = before.when
            if not places(event):
                event.arguments += places(before)


def _is_told(trigger: Token) -> bool:
    """Whether a word tells what was done, as the verb of a main clause or what that brings about."""
    verb = clause_verb(trigger)
    main = verb.pos_ in {"VERB", "AUX"} and first_verb(verb).dep_ == "ROOT"
    return main and tense(verb) == "past" and not is_perfect(verb)


def _before(
    doc: Doc, notes: Notes, i: int, heads: Mapping[int, EventNote], words: TimeWords
) -> EventNote | None:
    """The last unrest with its day, of this sentence or the one before it in the paragraph."""
    here = notes.sentence_of(i)
    last = next((s for s in reversed(notes.sentences) if here and s.end <= here.start), here)
    for j in sorted((j for j in heads if j < i and last and j >= last.start), reverse=True):
        told = heads[j]
        if told.cls in words.unrest and told.when is not None and is_day(told.when.edtf) and _is_told(doc[j]):
            return told if block_of(notes, doc[j]) == block_of(notes, doc[i]) else None
    return None
