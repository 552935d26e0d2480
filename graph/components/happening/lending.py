"""Lending: what stands beside an event in its sentence, and tells when and where it was.

A relative clause happens at what it is about ("a session at which they signed", "Lima, where they met").
Talks are where somebody goes for them. What was done "after the talks" was done on their day, and what is
done when others meet is done there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from graph.components.happening.clauses import (
    clause_verb,
    first_verb,
    is_participle,
    joined_by,
    relative_verb,
    tense,
)
from graph.components.happening.sites import Sites
from graph.components.happening.spots import block_of, places
from graph.notes import EventNote, Notes
from ontology.lexicon import Lexicon
from ontology.modality import Modality
from ontology.time_words import TimeWords

_WHICH = frozenset({"which", "whom"})
_AS = frozenset({"as", "while"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_REACH = 2
"""How many paragraphs before, at most, an occasion was told that is only called "the talks"."""


class Lender:
    """Gives events the date and place of those that they are told beside."""

    def __init__(self, lexicon: Lexicon, words: TimeWords, modality: Modality) -> None:
        self._settings = frozenset(name for name, kind in lexicon.types.items() if kind.setting)
        self._nouns: dict[str, set[str]] = {}
        for trigger in lexicon.triggers.values():
            if trigger.cls in self._settings and "NOUN" in trigger.pos:
                for lemma in trigger.words[-1]:
                    self._nouns.setdefault(lemma, set()).add(trigger.cls)
        self._words = words
        self._modality = modality
        self._sites = Sites(self._settings, words, modality)

    def lend(self, doc: Doc, notes: Notes, heads: Mapping[int, EventNote]) -> None:
        """Fill in dates and places, in the order of the text."""
        for at in sorted(heads):
            event, trigger = heads[at], doc[at]
            for source in self._beside(notes, event.cls, trigger, heads):
                _give(event, source)
            if not places(event) or self._sites.is_elsewhere(notes, event):
                place = self._sites.where(notes, trigger) or self._sites.seat(notes, event, trigger)
                if place is None and event.cls in self._settings:
                    place = self._sites.destination(notes, trigger, heads)
                if place is not None:
                    event.arguments = [a for a in event.arguments if a.role != "place"]
                    event.arguments.append(place)

    def _beside(
        self, notes: Notes, cls: str, trigger: Token, heads: Mapping[int, EventNote]
    ) -> Iterator[EventNote]:
        """The events at which another is told to be, the nearest first."""
        clause = relative_verb(trigger)
        if clause is not None and (marker := joined_by(clause)) is not None:
            source = self._antecedent(notes, clause, marker, heads)
            if source is not None:
                yield source
        verb = clause_verb(trigger)
        if verb == trigger:
            for child in verb.children:
                if child.dep_ == "advcl" and any(c.lower_ == "when" for c in child.children):
                    met = heads.get(child.i)
                    if met is not None and met.cls in self._settings:
                        yield met
            yield from self._simultaneous(verb, heads)
            yield from self._named_again(notes, verb, heads)
            yield from self._attended(notes, verb, heads)
            yield from self._within_hours(verb, heads)
            yield from self._taken_part_in(verb, heads)
        if cls in self._settings:
            yield from self._joined(trigger, heads)
        elif trigger.dep_ == "dobj":  # "talks in Lima produced a truce"
            told = (heads.get(c.i) for c in trigger.head.children if c.dep_ == "nsubj")
            yield from (e for e in told if e is not None and e.cls in self._settings)

    def _simultaneous(self, verb: Token, heads: Mapping[int, EventNote]) -> Iterator[EventNote]:
        """At what somebody does something: "meeting in Lima, the ministers said", "said as they met"."""
        subjects = (c for c in verb.children if c.dep_ in _SUBJECTS)
        for clause in (*verb.children, *(c for s in subjects for c in s.children)):
            gathered = clause.tag_ == "VBG" or (
                clause.tag_ == "VBN" and clause.lemma_ in self._words.gathering
            )
            met = heads.get(clause.i) if clause.dep_ in {"advcl", "acl"} and gathered else None
            if met is not None and met.cls in self._settings:
                yield met
        if verb.i in heads and heads[verb.i].cls in self._settings:
            meanwhile = verb.dep_ == "advcl" and any(c.lower_ in _AS for c in verb.children)
            if meanwhile or (verb.dep_ in {"acl", "advcl"} and verb.tag_ == "VBG"):
                yield from (e for e in [heads.get(first_verb(clause_verb(verb.head)).i)] if e is not None)

    def _taken_part_in(self, verb: Token, heads: Mapping[int, EventNote]) -> Iterator[EventNote]:
        """The occasion that somebody came to or stayed away from: "addressed the summit", "was boycotted"."""
        if verb.lemma_ in self._words.attending:
            near = (c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"})
            yield from (e for t in near if (e := heads.get(t.i)) is not None and e.cls in self._settings)

    def _within_hours(self, verb: Token, heads: Mapping[int, EventNote]) -> Iterator[EventNote]:
        """What something was done "within hours of"; it was on the same day, but elsewhere maybe."""
        for prep in (c for c in verb.children if c.dep_ == "prep" and c.lower_ == "within"):
            hours = (c for c in prep.children if c.lower_ in self._words.moments)
            nouns = (c for h in hours for of in h.children if of.lower_ == "of" for c in of.children)
            yield from (replace(heads[n.i], arguments=[]) for n in nouns if n.i in heads)

    def _joined(self, trigger: Token, heads: Mapping[int, EventNote]) -> Iterator[EventNote]:
        """What an occasion is one with: "convened a session", "is due there for talks"."""
        if trigger.dep_ == "dobj" and trigger.head.lemma_ in self._modality.occurring:
            near = [trigger.head]
        elif trigger.pos_ == "VERB" and trigger.lemma_ in self._modality.occurring:
            near = [c for c in trigger.children if c.dep_ == "dobj"]
        else:
            near = [goer] if (goer := self._sites.goer(trigger)) is not None else []
        yield from (e for t in near if (e := heads.get(t.i)) is not None and e.cls in self._settings)

    def _attended(self, notes: Notes, verb: Token, heads: Mapping[int, EventNote]) -> Iterator[EventNote]:
        """The occasion that a verb goes on with: "was held, attended by", "The participants signed"."""
        if verb.dep_ == "advcl" and is_participle(verb):
            near = [verb.head, *(c for c in verb.head.children if c.dep_ in {"nsubj", "nsubjpass", "dobj"})]
            yield from (e for t in near if (e := heads.get(t.i)) is not None and e.cls in self._settings)
        subject = next((c for c in first_verb(verb).children if c.dep_ == "nsubj"), None)
        if subject is None or subject.lemma_.lower() not in self._words.attendants:
            return
        if tense(verb) in {"past", "present"} and any(c.lower_ in _DEFINITE for c in subject.children):
            here = block_of(notes, subject)
            before = (i for i in sorted(heads, reverse=True) if i < verb.sent.start)
            last = next((heads[i] for i in before if heads[i].cls in self._settings), None)
            if last is not None and block_of(notes, subject.doc[last.triggers[0][0]]) == here:
                yield last

    def _antecedent(
        self, notes: Notes, clause: Token, marker: Token, heads: Mapping[int, EventNote]
    ) -> EventNote | None:
        """The event that a relative clause is about."""
        noun = clause.head
        direct = heads.get(noun.i) or (heads.get(noun.head.i) if noun.dep_ == "dobj" else None)
        if direct is not None:
            return direct if direct.cls in self._settings else None
        if marker.lower_ == "where" and noun.dep_ == "pobj" and noun.head.dep_ == "prep":
            went = heads.get(noun.head.head.i)
            return went if went is not None and went.cls in self._settings else None
        if marker.lower_ in _WHICH:
            sentence = notes.sentence_of(clause.i)
            before = range(marker.i - 1, sentence.start - 1 if sentence else marker.i, -1)
            nouns = (heads[i] for i in before if i in heads and clause.doc[i].pos_ in {"NOUN", "PROPN"})
            return next((e for e in nouns if e.cls in self._settings), None)
        return None

    def _named_again(self, notes: Notes, verb: Token, heads: Mapping[int, EventNote]) -> Iterator[EventNote]:
        """The occasion that a verb's adjunct calls by its noun alone: "after the talks", "at its end"."""
        for prep in (c for c in verb.children if c.dep_ == "prep" and c.lower_ in self._words.returning):
            for noun in (c for c in prep.children if c.dep_ == "pobj"):
                occasion = self._whole(noun)
                again = heads.get(occasion.i)
                if again is not None and (again.when is not None or places(again)):
                    if prep.lower_ in self._words.settings and again.cls in self._settings:
                        yield again
                    continue
                source = self._last(notes, occasion, heads)
                if source is not None:
                    yield _at_edge(source, noun.lemma_.lower(), self._words)

    def _whole(self, noun: Token) -> Token:
        """The occasion that a noun names an edge of: "the end of the visit"."""
        if noun.lemma_.lower() not in self._words.portions:
            return noun
        return next(
            (c for p in noun.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"), noun
        )

    def _last(self, notes: Notes, noun: Token, heads: Mapping[int, EventNote]) -> EventNote | None:
        """The last event before a definite noun that may be called by it."""
        named = noun.lemma_.lower()
        definite = any(c.lower_ in _DEFINITE or c.dep_ == "poss" for c in noun.children)
        another = any(c.dep_ in {"prep", "relcl", "acl"} for c in noun.children)
        if not definite or another or named not in self._nouns:
            return None
        here = block_of(notes, noun)
        for i in sorted((i for i in heads if i < noun.i), reverse=True):
            event = heads[i]
            if here - block_of(notes, noun.doc[i]) > _REACH:
                return None
            if event.cls in self._nouns[named] and (event.when is not None or places(event)):
                return event
        return None


def _at_edge(source: EventNote, edge: str, words: TimeWords) -> EventNote:
    """An occasion, or its first or last day where a noun says so: "at the end of the visit"."""
    when = source.when
    if when is None or not when.start or not when.end or edge not in words.portions:
        return source
    day = when.end if edge in words.ends else when.start if edge in words.parts else None
    return replace(source, when=replace(when, edtf=day, start=day, end=day)) if day else source


def _give(event: EventNote, source: EventNote) -> None:
    event.when = event.when or source.when
    if not places(event):
        event.arguments += places(source)
