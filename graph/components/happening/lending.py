"""Lending: what stands beside an event in its sentence, and tells when and where it was.

A relative clause happens at what it is about ("a session at which they signed", "Lima, where they met").
Talks are where somebody goes for them. What was done "after the talks" was done on their day, and what is
done when others meet is done there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from graph.components.happening.clauses import is_participle, tense
from graph.components.happening.occasions import clause_verb, first_verb
from graph.components.happening.spots import VISITED, end, places, spot
from graph.notes import Argument, EventNote, Notes
from ontology.lexicon import Lexicon
from ontology.modality import Modality
from ontology.time_words import TimeWords

_WHERE = frozenset({"where", "when"})
_WHICH = frozenset({"which", "whom"})
_IN = frozenset({"in", "at"})
_INTO = frozenset({"in", "at", "to"})
_AS = frozenset({"as", "while"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_CHAINED = frozenset({"xcomp", "conj", "ccomp"})
_REACH = 2
"""How many paragraphs before, at most, an occasion was told that is only called "the talks"."""


class Lender:
    """Gives events the date and place of those that they are told beside."""

    def __init__(self, lexicon: Lexicon, words: TimeWords, modality: Modality) -> None:
        self._settings = frozenset(name for name, kind in lexicon.types.items() if kind.setting)
        self._nouns: dict[str, set[str]] = {}
        for trigger in lexicon.triggers:
            if trigger.cls in self._settings and "NOUN" in trigger.pos:
                for lemma in trigger.words[-1]:
                    self._nouns.setdefault(lemma, set()).add(trigger.cls)
        self._words = words
        self._modality = modality

    def lend(self, doc: Doc, notes: Notes, heads: Mapping[int, EventNote]) -> None:
        """Fill in dates and places, in the order of the text."""
        for at in sorted(heads):
            event, trigger = heads[at], doc[at]
            for source in self._beside(notes, event.cls, trigger, heads):
                _give(event, source)
            if not places(event) or self._is_elsewhere(notes, event):
                place = self._where(notes, trigger) or self._seat(notes, event, trigger)
                if place is None and event.cls in self._settings:
                    place = self._destination(notes, trigger, heads)
                if place is not None:
                    event.arguments = [a for a in event.arguments if a.role != "place"]
                    event.arguments.append(place)

    def _beside(
        self, notes: Notes, cls: str, trigger: Token, heads: Mapping[int, EventNote]
    ) -> Iterator[EventNote]:
        """The events at which another is told to be, the nearest first."""
        clause = _relative(trigger)
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
        if cls in self._settings:
            yield from self._joined(trigger, heads)
        elif trigger.dep_ == "dobj":  # "talks in Lima produced a truce"
            told = (heads.get(c.i) for c in trigger.head.children if c.dep_ == "nsubj")
            yield from (e for e in told if e is not None and e.cls in self._settings)

    def _simultaneous(self, verb: Token, heads: Mapping[int, EventNote]) -> Iterator[EventNote]:
        """At what somebody does something: "meeting in Lima, the ministers said", "said as they met"."""
        subjects = (c for c in verb.children if c.dep_ in _SUBJECTS)
        for clause in (*verb.children, *(c for s in subjects for c in s.children)):
            met = heads.get(clause.i) if clause.dep_ in {"advcl", "acl"} and clause.tag_ == "VBG" else None
            if met is not None and met.cls in self._settings:
                yield met
        if verb.i in heads and heads[verb.i].cls in self._settings:
            meanwhile = verb.dep_ == "advcl" and any(c.lower_ in _AS for c in verb.children)
            if meanwhile or (verb.dep_ in {"acl", "advcl"} and verb.tag_ == "VBG"):
                yield from (e for e in [heads.get(first_verb(clause_verb(verb.head)).i)] if e is not None)

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
            near = [goer] if (goer := self._goer(trigger)) is not None else []
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

    def _where(self, notes: Notes, trigger: Token) -> Argument | None:
        """Where the clause beside an event is: "Lima, where they met", "when they meet in Lima"."""
        verb = clause_verb(trigger)
        for child in verb.children:
            timed = child.dep_ == "advcl" and any(c.lower_ == "when" for c in child.children)
            speaking = child.dep_ == "advcl" and child.tag_ == "VBG" and child.i < verb.i
            if (timed or speaking) and (place := end(notes, child, _IN)) is not None:
                return place
        clause = _relative(trigger)
        marker = joined_by(clause) if clause is not None else None
        if clause is None or marker is None:
            return None
        if marker.lower_ == "where":
            return spot(notes, clause.head)
        if clause.head.lemma_.lower() not in self._words.portions or clause.head.dep_ != "pobj":
            return None
        went = clause.head.head.head
        objects = (c for c in went.children if c.dep_ == "dobj")
        return next((a for t in (went, *objects) if (a := end(notes, t, _INTO)) is not None), None)

    def _seat(self, notes: Notes, event: EventNote, trigger: Token) -> Argument | None:
        """Where those are who say something: "the ministry in Lima protested"."""
        if event.cls not in self._modality.speech or trigger.pos_ != "VERB":
            return None
        subjects = (c for c in trigger.children if c.dep_ == "nsubj" and c.pos_ in {"NOUN", "PROPN"})
        named = (t for s in subjects for t in (s, *(c for c in s.children if c.dep_ == "appos")))
        found = next((a for t in named if (a := end(notes, t, _IN)) is not None), None)
        return found if found and found.key and notes.referents[found.key].cls == "City" else None

    def _goer(self, trigger: Token) -> Token | None:
        """The verb that says where somebody goes or is for an occasion."""
        if trigger.dep_ != "pobj" or trigger.head.lower_ not in self._words.purposes:
            return None
        goer = trigger.head.head
        return next((c for c in goer.children if c.dep_ == "acomp" and goer.pos_ == "AUX"), goer)

    def _destination(self, notes: Notes, trigger: Token, heads: Mapping[int, EventNote]) -> Argument | None:
        """Where somebody goes or is for it: "flew to Lima for talks", "is due in Lima for a session"."""
        goer = self._goer(trigger)
        if goer is None:
            return None
        gone = heads.get(goer.i)
        if gone is not None:
            return next(iter(places(gone)), None) if gone.cls in self._settings else None
        return end(notes, goer, _INTO)

    def _is_elsewhere(self, notes: Notes, event: EventNote) -> bool:
        """Whether the place of an occasion is rather what it was about: "talks on calm in the Baltic Sea"."""
        keys = [a.key for a in places(event) if a.key]
        return event.cls in self._settings and not any(notes.referents[k].cls in VISITED for k in keys)


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


def _relative(trigger: Token) -> Token | None:
    """The verb of the relative clause that an event is told in, if it is."""
    verb = clause_verb(trigger)
    while verb.dep_ in _CHAINED and verb.head.pos_ in {"VERB", "AUX"}:
        if verb.dep_ == "ccomp" and tense(verb) != "infinitive":
            return None
        verb = verb.head
    return verb if verb.dep_ == "relcl" else None


def joined_by(clause: Token) -> Token | None:
    """The word by which a clause is joined to a time or place: "at which", "where"."""
    for child in clause.children:
        if child.lower_ in _WHERE and child.i < clause.i:
            return child
        if child.dep_ == "prep" and child.i < clause.i:
            which = next((t for t in child.subtree if t.lower_ in _WHICH and t.dep_ == "pobj"), None)
            if which is not None:
                return which
    return None


def block_of(notes: Notes, token: Token) -> int:
    """The number of the paragraph that a word stands in; -1 between them."""
    blocks = notes.document.blocks
    return next((i for i, b in enumerate(blocks) if b.begin <= token.idx < b.end), -1)
