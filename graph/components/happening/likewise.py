"""Verbs that only say that somebody else did the same: "Peru expelled the envoy, and Chile followed suit"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.attrs import LEMMA  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Token

from graph.components.columns import indexes_of
from graph.components.happening.arguments import Walker
from graph.components.happening.doers import subjects
from graph.notes import Argument, EventNote


def note_likewise(walker: Walker) -> None:
    """Note, for each such verb, an event like the last before it that somebody did, with its own subject."""
    notes, words = walker.notes, walker.lexicon.likewise
    for token in (walker.doc[i] for i in indexes_of(walker.doc, LEMMA, words)):
        if token.pos_ not in {"VERB", "AUX"}:
            continue
        if not any(c.lower_ in words[token.lemma_] for c in token.children):
            continue
        before = _last_deed(walker, token)
        doers = list(_doers(walker, token, before)) if before else []
        if before and doers and notes.sentence_of(token.i):
            known = {a.key for a in doers}
            rest = [
                a for a in before.arguments if a.role not in {"initiator", "place"} and a.key not in known
            ]
            key = f"e{len(notes.events) + 1}"
            span = (token.i, token.i + 1)
            notes.events.append(EventNote(key, before.cls, before.rule, [span], [*doers, *rest]))


def _last_deed(walker: Walker, token: Token) -> EventNote | None:
    """The event of the last verb before it, in its sentence or the one before, that has an initiator."""
    notes = walker.notes
    sentence = notes.sentence_of(token.i)
    here = notes.sentences.index(sentence) if sentence else 0
    first = notes.sentences[max(here - 1, 0)].start
    found = [
        e
        for e in notes.events
        if first <= e.triggers[0][0] < token.i
        and walker.doc[e.triggers[0][0]].pos_ == "VERB"
        and any(a.role == "initiator" for a in e.arguments)
    ]
    return max(found, key=lambda e: e.triggers[0], default=None)


def _doers(walker: Walker, token: Token, before: EventNote) -> Iterator[Argument]:
    """Who did it too, of the classes that may do such a thing."""
    trigger = walker.lexicon.triggers[before.rule]
    frame = next(role for role in trigger.roles if role.role == "initiator")
    for subject in subjects(token):
        yield from (a for a in walker.resolve(subject, frame) if a.key)
