"""Loose ends: dates and places that the parse hangs on a word that is no event.

"The fourth session of the committee, held in Lima in May": held is no event, and hangs on the committee.
"Sent aid to people in Lima last month": nobody is a person last month. What a plain noun is from ("officials
in Lima", "the decision of May 3") stays with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from graph.components.happening.clauses import tense
from graph.components.happening.spots import kind_before
from graph.model import BlockKind
from graph.notes import Argument, EventNote, Notes, Reference
from ontology.modality import Modality
from ontology.time_words import TimeWords

_NOMINAL = frozenset({"NOUN", "PROPN"})
_UP = frozenset(
    {
        "prep",
        "pobj",
        "dobj",
        "acl",
        "amod",
        "nmod",
        "compound",
        "npadvmod",
        "nummod",
        "appos",
        "conj",
        "acomp",
    }
    | {"advmod", "agent", "nsubjpass", "poss", "dative", "oprd"}
)
_HELD = frozenset({"acl", "relcl", "advcl", "amod"})
_WHILE = frozenset({"while", "once", "still"})
_LOCATING = frozenset({"in", "at", "near", "off"})
_PLACES = frozenset(
    {"City", "State", "Facility", "Island", "Archipelago", "Region", "DiplomaticMission", "University"}
)
_STEPS = 8


class LooseEnds:
    """Finds the events that loose dates and places go with."""

    def __init__(self, words: TimeWords, modality: Modality) -> None:
        self._words = words
        self._modality = modality

    def place(self, doc: Doc, notes: Notes, heads: Mapping[int, EventNote]) -> None:
        """Give events without a place those that stand loose in their sentence."""
        taken = {
            (a.start, a.role == "place") for e in heads.values() for a in e.arguments if a.role == "place"
        }
        for reference in notes.references:
            token = kind_before(doc[reference.head])
            located = token.dep_ == "pobj" and self._is_located(notes, token, reference)
            if not located or (reference.start, True) in taken or not _is_place(notes, reference):
                continue
            event = self.owner(notes, token.head.head, reference.start, heads, "place")
            if event is None:
                event = _opened(notes, token, heads)
            if event is not None and not any(a.role == "place" for a in event.arguments):
                event.arguments.append(
                    Argument("place", reference.start, reference.end, key=reference.keys[0])
                )

    def _is_located(self, notes: Notes, token: Token, reference: Reference) -> bool:
        """Whether a place stands behind "in", "on" an island, or what is "set for Lima"."""
        preposition = token.head
        island = notes.referents[reference.keys[0]].cls == "Island" and preposition.lower_ == "on"
        ahead = preposition.lower_ == "for" and preposition.head.lemma_ in self._words.ahead
        return preposition.lower_ in _LOCATING or island or ahead

    def owner(
        self, notes: Notes, head: Token, start: int, heads: Mapping[int, EventNote], what: str
    ) -> EventNote | None:
        """The event that a date or place belongs to which hangs on ``head`` and begins at ``start``."""
        if head.i in heads:
            return None
        if (held := self._held(head)) is not None:
            return self._noun_before(notes, held, heads)
        stage = next((e for e in _of(head) if e.i in heads), None)
        if stage is not None:
            return heads[stage.i]
        if what == "when" and (named := self._announced(head, start, heads)) is not None:
            return named
        by_name = notes.at(head.i) is not None or head.pos_ in {"VERB", "ADJ", "NUM"}
        if by_name:
            return self._climb(head, start, heads, what)
        last = what == "when" and any(c.dep_ == "npadvmod" and start in _extent(c) for c in head.children)
        done = self._climb(head, start, heads, what) if last else None
        return done if done is not None and done.cls not in self._words.shared else None

    def named_again(self, head: Token, heads: Mapping[int, EventNote]) -> Iterator[EventNote]:
        """What a dated noun goes back to ("the May 4 trip"), and what was done "within hours of" it."""
        if head.pos_ != "NOUN" or head.i in heads or not any(c.lower_ == "the" for c in head.children):
            return
        before = (i for i in sorted(heads, reverse=True) if i < head.i)
        last = next((i for i in before if head.doc[i].lemma_ == head.lemma_), None)
        yield from (heads[i] for i in [last] if i is not None)
        moment = head.head.head if head.dep_ == "pobj" else head
        if moment.lower_ in self._words.moments and moment.dep_ == "pobj":
            yield from (e for e in [heads.get(moment.head.head.i)] if e is not None)

    def _announced(self, head: Token, start: int, heads: Mapping[int, EventNote]) -> EventNote | None:
        """What is told for a date ("a rally was announced for Monday") or named by it ("the 2018 accord")."""
        if head.pos_ == "VERB" and self._leading(head, start) in self._words.ahead_prepositions:
            below = (c for c in head.children if c.dep_ in {"nsubjpass", "dobj"})
            return next((heads[c.i] for c in below if c.i in heads), None)
        named = head.dep_ == "dobj" and start < head.i and head.head.lemma_ in self._modality.occurring
        return heads.get(head.head.i) if named else None

    def _leading(self, head: Token, start: int) -> str:
        """The preposition that leads a date, before a part of it too: "for the first months of 2015"."""
        node = head.doc[start - 1]
        while node.lower_ in self._words.of and node.head.lemma_ in self._words.partitive:
            node = node.head.head
        return node.lower_

    def _held(self, head: Token) -> Token | None:
        """The participle that says of a noun when or where it is: "held", "due to take place"."""
        node = head
        while node.dep_ in {"xcomp", "acomp"} and node.head.pos_ in {"VERB", "AUX", "ADJ"}:
            node = node.head
        says = head.lemma_ in self._modality.occurring or head.lemma_ in self._words.ahead
        subject = any(
            c.dep_ in {"nsubj", "nsubjpass", "dobj"} and c.tag_ not in {"WDT", "WP"} for c in head.children
        )
        placed = head.lemma_ == "take" and any(c.lower_ == "place" for c in head.children)
        return node if says and node.dep_ in _HELD and (placed or not subject) else None

    def _noun_before(self, notes: Notes, held: Token, heads: Mapping[int, EventNote]) -> EventNote | None:
        """The nearest event that a noun before a participle tells of, within its clause; that of a verb too
        which only says that there is one ("called off a meeting set for May").
        """
        sentence = notes.sentence_of(held.i)
        for i in range(held.i - 1, sentence.start - 1 if sentence else held.i, -1):
            token = held.doc[i]
            if token.pos_ in _NOMINAL and token.is_ancestor(held) and token.dep_ in {"dobj", "nsubjpass"}:
                told = heads.get(token.head.i)
                if i not in heads and told is not None and told.cls in self._modality.appointed:
                    return told
            if token.pos_ == "VERB" and tense(token) is not None and token.dep_ not in _HELD:
                return None
            if i in heads and token.pos_ in _NOMINAL:
                return heads[i]
        return None

    def _climb(self, head: Token, start: int, heads: Mapping[int, EventNote], what: str) -> EventNote | None:
        node = head
        for _ in range(_STEPS):
            if node.dep_ not in _UP or node.head == node or _is_told_of_noun(node):
                return None
            node = node.head
            event = heads.get(node.i)
            if event is not None:
                spoken = what == "place" and event.cls in self._modality.speech
                return None if spoken or node.i > start or _is_told(event, what) else event
        return None


def _extent(token: Token) -> range:
    return range(token.left_edge.i, token.right_edge.i + 1)


def _is_told_of_noun(node: Token) -> bool:
    """Whether a clause says what a noun is about: "the hope that trade had grown last year"."""
    return node.dep_ == "acl" and any(c.dep_ == "mark" and c.lower_ == "that" for c in node.children)


def _opened(notes: Notes, place: Token, heads: Mapping[int, EventNote]) -> EventNote | None:
    """The first act of a sentence that begins "While in" a place."""
    sentence = notes.sentence_of(place.i)
    if (
        sentence is None
        or place.head.i != sentence.start + 1
        or place.doc[sentence.start].lower_ not in _WHILE
    ):
        return None
    return next(
        (heads[i] for i in range(place.i, sentence.end) if i in heads and place.doc[i].pos_ == "VERB"), None
    )


def _of(head: Token) -> Iterator[Token]:
    """What a noun is a stage of: "the opening of talks"."""
    if head.pos_ in _NOMINAL:
        yield from (c for p in head.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj")


def _is_told(event: EventNote, what: str) -> bool:
    return event.when is not None if what == "when" else any(a.role == "place" for a in event.arguments)


def _is_place(notes: Notes, reference: Reference) -> bool:
    sentence = notes.sentence_of(reference.start)
    named = notes.referents[reference.keys[0]].cls in _PLACES and reference.rule in {
        "name",
        "alias",
        "nominal",
    }
    return named and sentence is not None and sentence.kind is not BlockKind.HEADLINE
