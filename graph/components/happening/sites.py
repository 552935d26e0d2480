"""Sites: where the clause beside an event is, who speaks sits, or somebody goes for it."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from graph.components.happening.clauses import clause_verb, joined_by, relative_verb
from graph.components.happening.spots import VISITED, end, places, spot
from graph.notes import Argument, EventNote, Notes
from ontology.modality import Modality
from ontology.time_words import TimeWords

_IN = frozenset({"in", "at"})
_INTO = frozenset({"in", "at", "to"})


class Sites:
    """Finds where events were that say nothing of it; ``settings`` are the classes that others happen at."""

    def __init__(self, settings: frozenset[str], words: TimeWords, modality: Modality) -> None:
        self._settings = settings
        self._words = words
        self._modality = modality

    def where(self, notes: Notes, trigger: Token) -> Argument | None:
        """Where the clause beside an event is: "Lima, where they met", "when they meet in Lima"."""
        verb = clause_verb(trigger)
        for child in verb.children:
            timed = child.dep_ == "advcl" and any(c.lower_ == "when" for c in child.children)
            speaking = child.dep_ == "advcl" and child.tag_ == "VBG" and child.i < verb.i
            if (timed or speaking) and (place := end(notes, child, _IN)) is not None:
                return place
        if (place := self._gathered(notes, verb)) is not None:
            return place
        clause = relative_verb(trigger)
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

    def _gathered(self, notes: Notes, verb: Token) -> Argument | None:
        """Where those are together who act: "ministers, gathered in Apia, urged"."""
        subjects = (c for c in verb.children if c.dep_ == "nsubj")
        beside = (c for s in subjects for c in s.children if c.dep_ == "acl")
        near = [verb.head] if verb.dep_ == "conj" else []
        met = (v for v in (*near, *beside) if v.lemma_ in self._words.gathering)
        return next((a for v in met if (a := end(notes, v, _IN)) is not None), None)

    def seat(self, notes: Notes, event: EventNote, trigger: Token) -> Argument | None:
        """Where those are who say something: "the ministry in Lima protested"."""
        if event.cls not in self._modality.speech or trigger.pos_ != "VERB":
            return None
        subjects = (c for c in trigger.children if c.dep_ == "nsubj" and c.pos_ in {"NOUN", "PROPN"})
        named = (t for s in subjects for t in (s, *(c for c in s.children if c.dep_ == "appos")))
        found = next((a for t in named if (a := end(notes, t, _IN)) is not None), None)
        return found if found and found.key and notes.referents[found.key].cls == "City" else None

    def goer(self, trigger: Token) -> Token | None:
        """The verb that says where somebody goes or is for an occasion."""
        if trigger.dep_ != "pobj" or trigger.head.lower_ not in self._words.purposes:
            return None
        goer = trigger.head.head
        return next((c for c in goer.children if c.dep_ == "acomp" and goer.pos_ == "AUX"), goer)

    def destination(self, notes: Notes, trigger: Token, heads: Mapping[int, EventNote]) -> Argument | None:
        """Where somebody goes or is for it: "flew to Lima for talks", "is due in Lima for a session"."""
        goer = self.goer(trigger)
        if goer is None:
            return None
        gone = heads.get(goer.i)
        if gone is not None:
            return next(iter(places(gone)), None) if gone.cls in self._settings else None
        return end(notes, goer, _INTO)

    def is_elsewhere(self, notes: Notes, event: EventNote) -> bool:
        """Whether the place of an occasion is rather what it was about: "talks on calm in the Baltic Sea"."""
        keys = [a.key for a in places(event) if a.key]
        return event.cls in self._settings and not any(notes.referents[k].cls in VISITED for k in keys)
