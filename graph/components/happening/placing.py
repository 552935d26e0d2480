"""Placing: where events without a place were, by what the grammar of their sentence tells otherwise.

"In Lima, the minister met ... and invited ..."; "there"; "a Cairo court"; who hosts a summit; the country
that is invaded. What talks are about ("the situation in Syria") is not where they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from spacy.tokens import Doc, Token

from graph.components.happening.clauses import ancestors, clause_verb, first_verb, tense
from graph.components.happening.doers import subjects
from graph.components.happening.paths import modifiers
from graph.components.happening.prepositions import within
from graph.components.happening.spots import VISITED, class_of, end, named_within, places, spot
from graph.notes import Argument, EventNote, Notes, Reference
from ontology.lexicon import Lexicon
from ontology.modality import Modality
from ontology.place_words import PlaceWords

_SITES = frozenset({"City", "Facility", "DiplomaticMission", "University"})
"""Where talks may be though the words stand behind their topic: "talks on trade in Lima"."""
_INVITED = frozenset({"at", "on", "upon"})
_GOALS = frozenset({"City", "Region", "Island", "Facility"})
"""Where aid and troops go; a state is rather whom they are for."""
_ATTACHED = frozenset({"prep", "pobj", "pcomp"})


class Placer:
    """Places the events of a document, sentence by sentence."""

    def __init__(self, lexicon: Lexicon, modality: Modality, words: PlaceWords) -> None:
        self._settings = frozenset(name for name, kind in lexicon.types.items() if kind.setting)
        self._speech = modality.speech
        self._words = words
        self._said = frozenset(
            noun
            for t in lexicon.triggers.values()
            if t.cls in self._settings | self._speech
            for noun in t.words[-1]
        )

    def place(self, doc: Doc, notes: Notes, heads: Mapping[int, EventNote]) -> None:
        """Take wrong places away and fill in what is wanting; ``heads`` are events by their trigger."""
        for i in sorted(heads):
            event, trigger = heads[i], doc[i]
            told = places(event)
            if any(self._is_topic(doc, notes, event, a) for a in told):
                event.arguments = [a for a in event.arguments if a.role != "place"]
            if not places(event) and (found := self._found(notes, event, trigger)) is not None:
                event.arguments.append(found)

    def _found(self, notes: Notes, event: EventNote, trigger: Token) -> Argument | None:
        candidates = [self._there(notes, trigger), self._opening(notes, event, trigger)]
        if trigger.dep_ == "advcl" and trigger.tag_ == "VBG" and event.cls not in self._speech:
            candidates.append(end(notes, trigger.head, self._words.along))
        if event.cls in self._words.by_court:
            candidates.append(self._court(notes, trigger))
        if event.cls in self._words.by_host:
            candidates += [self._host(notes, trigger), self._venue(notes, trigger)]
            candidates.append(self._called_after(notes, event, trigger))
        if event.cls in self._words.by_victim:
            candidates.append(_struck(notes, event))
        if event.cls in self._words.by_post:
            named = (spot(notes, t) for t in within(trigger, (("in",),)))
            candidates.append(next((a for a in named if a and class_of(notes, a) == "City"), None))
        if event.cls in self._words.by_inviter:
            candidates.append(self._inviter(notes, trigger))
        if event.cls in self._words.by_need:
            candidates.append(self._need(notes, trigger))
        if event.cls in self._words.by_goal:
            named = (spot(notes, t) for t in within(trigger, (("to",),)))
            candidates.append(next((a for a in named if a and class_of(notes, a) in _GOALS), None))
        return next((c for c in candidates if c is not None), None)

    def _is_topic(self, doc: Doc, notes: Notes, event: EventNote, place: Argument) -> bool:
        """Whether a place is that of what was talked about: "views on developments in the Red Sea",
        "condemned the coup in Mali".
        """
        reference, cls = notes.at(place.start), class_of(notes, place)
        if reference is None or event.cls not in self._settings | self._speech or cls in _SITES:
            return False
        trigger = doc[slice(*event.triggers[0])].root
        path = list(takewhile(lambda node: node != trigger, ancestors(doc[reference.head])))
        if len(path) < 3 or path[1].dep_ != "prep" or path[2].pos_ != "NOUN":
            return False
        topical = any(n.dep_ == "prep" and n.lower_ in self._words.topical for n in path[3:])
        told = path[2].dep_ == "dobj" and path[2].lemma_.lower() not in self._said and len(path) == 3
        return topical or (told and (event.cls in self._speech or cls == "BodyOfWater"))

    def _there(self, notes: Notes, trigger: Token) -> Argument | None:
        """What "there" stands for: the last place that somebody was in, went to or came from."""
        verb = clause_verb(trigger)
        verbs = {verb, first_verb(verb)}
        near = [c for v in verbs for c in v.children if c.lower_ == "there" and c.dep_ == "advmod"]
        if not near:
            return None
        sentence = notes.sentence_of(trigger.i)
        before = [s for s in notes.sentences if sentence and s.end <= sentence.start]
        start = before[-1].start if before else 0
        for reference in sorted(notes.references, key=lambda r: -r.start):
            if start <= reference.start < near[0].i and self._is_stayed(notes, trigger.doc, reference):
                return Argument("place", reference.start, reference.end, key=reference.keys[0])
        return None

    def _is_stayed(self, notes: Notes, doc: Doc, reference: Reference) -> bool:
        head = doc[reference.head]
        at = head.dep_ == "pobj" and head.head.lower_ in self._words.staying
        return (
            at and notes.referents[reference.keys[0]].cls in VISITED and reference.rule in {"name", "alias"}
        )

    def _opening(self, notes: Notes, event: EventNote, trigger: Token) -> Argument | None:
        """The place that opens the sentence, for all acts of its main clauses: "In Lima, X met and Y"."""
        sentence = notes.sentence_of(trigger.i)
        if sentence is None or trigger.doc[sentence.start].lower_ not in self._words.opening:
            return None
        prep = trigger.doc[sentence.start]
        named = next((a for c in prep.children if (a := spot(notes, c)) is not None), None)
        if named is None or class_of(notes, named) not in VISITED or prep.dep_ != "prep":
            return None
        if class_of(notes, named) == "State" and event.cls in self._speech:
            return None
        verb = clause_verb(trigger)
        main = first_verb(verb) == first_verb(prep.head) and prep.head.dep_ in {"ROOT", "conj", "ccomp"}
        return named if main and verb == trigger else None

    def _court(self, notes: Notes, trigger: Token) -> Argument | None:
        """The seat of a court that acts: "a Cairo court", "a court in Bahrain"."""
        for subject in subjects(trigger):
            if subject.lemma_.lower() not in self._words.courts:
                continue
            behind = (c for p in subject.children if p.lower_ == "in" for c in p.children)
            for token in (*behind, *modifiers(subject)):
                seat = spot(notes, token) or named_within(notes, token)
                if seat is not None and (token.head != subject or class_of(notes, seat) == "City"):
                    return seat
        return None

    def _host(self, notes: Notes, trigger: Token) -> Argument | None:
        """Who hosts a meeting, if a place: "the offer of Fiji to host the summit"."""
        verb = trigger if trigger.pos_ == "VERB" else trigger.head
        if verb.lemma_ not in self._words.hosting or (verb != trigger and trigger.dep_ != "dobj"):
            return None
        offers = [verb.head] if verb.dep_ == "acl" else []
        if verb.dep_ == "advcl" and tense(verb) == "infinitive":
            offers = [c for c in verb.head.children if c.dep_ == "dobj"]
        hosts = [t for noun in offers for t in _owners(noun)] or subjects(verb)
        return next((a for s in hosts if (a := spot(notes, s)) is not None), None)

    def _venue(self, notes: Notes, trigger: Token) -> Argument | None:
        """What is named as the site of an occasion: "offered Lima as a venue for talks", "Lima, host of"."""
        site = trigger.head.head
        if trigger.dep_ != "pobj" or site.lemma_.lower() not in self._words.venues:
            return None
        above = site.head
        if site.dep_ == "pobj" and above.lower_ == "as":
            verb = above.head
            named = [verb, *(c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"})]
        else:
            named = [above] if site.dep_ == "appos" else subjects(above) if site.dep_ == "attr" else []
        return next((a for t in named if (a := spot(notes, t)) is not None), None)

    def _inviter(self, notes: Notes, trigger: Token) -> Argument | None:
        """The country of who invited: "at the invitation of President Macky Sall, he paid a visit"."""
        verb = clause_verb(trigger)
        ats = (p for p in verb.children if p.dep_ == "prep" and p.lower_ in _INVITED)
        nouns = (n for p in ats for n in p.children if n.lemma_.lower() == "invitation")
        for host in (h for n in nouns for h in _owners(n)):
            reference = notes.at(host.i)
            served = (o.of for o in notes.offices if reference and o.holder == reference.keys[0])
            home = next((k for k in served if k and notes.referents[k].cls == "State"), None)
            if reference is not None and home is not None:
                return Argument("place", reference.start, reference.end, key=home)
        return None

    def _need(self, notes: Notes, trigger: Token) -> Argument | None:
        """Where those are whom aid is for: "for the victims of floods in Punjab"."""
        verb = clause_verb(trigger)
        helped = (p for t in (verb, *verb.children) for p in t.children if p.lower_ in self._words.needing)
        for token in (t for p in helped for t in p.subtree):
            located = token.dep_ == "pobj" and token.head.lower_ in self._words.opening
            struck = token.dep_ == "dobj" and token.head.dep_ in {"relcl", "acl"}
            named = spot(notes, token) if located or struck else None
            if named is not None and class_of(notes, named) in _GOALS:
                return named
        return None

    @staticmethod
    def _called_after(notes: Notes, event: EventNote, trigger: Token) -> Argument | None:
        """The one town that a gathering is called after: "the Lima summit"; not "Moscow-Baku talks"."""
        if trigger.pos_ not in {"NOUN", "PROPN"}:
            return None
        acting = {a.key for a in event.arguments if a.role != "place"}
        named = [a for t in modifiers(trigger) if (a := spot(notes, t)) is not None]
        return (
            named[0]
            if len(named) == 1 and named[0].key not in acting and class_of(notes, named[0]) == "City"
            else None
        )


def _owners(noun: Token) -> list[Token]:
    """Whose something is: "the offer of Fiji", "Fiji's offer"."""
    behind = [c for p in noun.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"]
    return [*(c for c in noun.children if c.dep_ == "poss"), *behind]


def _struck(notes: Notes, event: EventNote) -> Argument | None:
    """The country or town that is attacked: "the invasion of Kuwait"."""
    for a in event.arguments:
        if a.role == "recipient" and a.key is not None and notes.referents[a.key].kind == "territory":
            return Argument("place", a.start, a.end, key=a.key)
    return None
