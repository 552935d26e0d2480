"""The component that tells where events without a place of their own were, from who was where on that day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from graph.components.entries import heads_of_entries
from graph.components.happening.accounts import is_account
from graph.components.happening.backdrops import dateline_place, lead_place, openings, place_of
from graph.components.happening.clauses import clause_verb, first_verb, is_perfect, tense
from graph.components.happening.events import lexicon_or_error
from graph.components.happening.spots import VISITED, block_of
from graph.model import BlockKind
from graph.notes import Argument, EventNote, Notes
from ontology.lexicon import Lexicon
from ontology.modality import Modality, load_modality
from ontology.time_words import TimeWords, load_time_words

_ACTING = frozenset({"participant", "initiator", "recipient"})


@Language.factory("diplograph_whereabouts")
def create_whereabouts(nlp: Language, name: str) -> Whereabouts:  # noqa: ARG001  the form of a factory
    """Make the component, with the words of this package.

    Raises:
        LexiconError: a file of the lexicon does not have its form.
    """
    return Whereabouts(lexicon_or_error(), load_time_words(), load_modality())


@dataclass(frozen=True, slots=True)
class _Stay:
    """Those who were at a place on a day, by an event that the text tells of from ``sentence`` on."""

    event: EventNote
    sentence: int
    verb: int
    day: str | None
    people: frozenset[str]
    parties: frozenset[str]
    places: tuple[Argument, ...]
    setting: bool


class Whereabouts:
    """Lends places: those who met in a town, or one who spoke there, do there what else they do that day."""

    def __init__(self, lexicon: Lexicon, words: TimeWords, modality: Modality) -> None:
        self._settings = {name for name, kind in lexicon.types.items() if kind.setting}
        self._words = words
        self._speech = modality.speech

    def __call__(self, doc: Doc) -> Doc:
        """Add the place where it can be told, in the order of the text."""
        notes: Notes = doc._.notes
        account = is_account(doc, notes, self._words)
        at_home = dateline_place(notes) if account else None
        heads = {**openings(doc, notes), **dict(heads_of_entries(doc, notes))}
        lead = lead_place(notes)
        stays: list[_Stay] = []
        for event, sentence in sorted(_told(notes), key=lambda told: told[1]):
            if not any(a.role == "place" for a in event.arguments):
                stay = _joined(doc, event, stays) or self._stay(doc, event, sentence, stays, account)
                if stay is not None:
                    event.part_of = event.part_of or (stay.event.key if stay.setting else None)
                    event.arguments += stay.places
                elif at_home is not None and self._is_issued(doc, event):
                    event.arguments.append(at_home)
                elif lead is not None and _is_lead(doc, event, sentence):
                    event.arguments.append(lead)
                    continue
                elif event.cls in self._words.domestic and heads:
                    head = heads.get(block_of(notes, doc[event.triggers[0][0]]))
                    event.arguments += (
                        [place_of(head)] if head is not None and _is_inner(notes, event) else []
                    )
            stays += self._stays(doc, event, sentence)
        return doc

    def _stays(self, doc: Doc, event: EventNote, sentence: int) -> Iterator[_Stay]:
        notes: Notes = doc._.notes
        setting = event.cls in self._settings
        places = tuple(a for a in event.arguments if a.role == "place" and a.key)
        at = {notes.referents[a.key].cls for a in places if a.key}
        if not places or event.factuality != "actual" or not (setting or at <= VISITED):
            return
        acting = {a.key for a in event.arguments if a.role in _ACTING and a.key}
        people = frozenset(key for key in acting if notes.referents[key].kind == "person")
        served = {o.of for o in notes.offices if o.holder in people and o.of}
        verb = clause_verb(doc[slice(*event.triggers[0])].root).i
        yield _Stay(event, sentence, verb, _day(event), people, frozenset(acting | served), places, setting)

    def _stay(
        self, doc: Doc, event: EventNote, sentence: int, stays: list[_Stay], account: bool
    ) -> _Stay | None:
        """Where those who did something were that day, as an earlier sentence tells."""
        day, actors = _day(event), _actors(event)
        if not actors or event.factuality != "actual":
            return None
        for stay in sorted(stays, key=lambda stay: (stay.setting, stay.sentence), reverse=True):
            if stay.sentence >= sentence:
                continue
            if self._goes_on(doc, event, sentence, stay):
                event.when = event.when or stay.event.when
                return stay
            if day is None or stay.day != day:
                continue
            if account and stay.setting and (_is_lent(event, stay) or actors & stay.parties):
                return stay
            at_it = actors <= stay.parties if account or len(actors) > 1 else actors <= _own(stay)
            if (stay.setting and at_it) or (event.cls in self._speech and actors <= stay.people):
                return stay
        return None

    def _goes_on(self, doc: Doc, event: EventNote, sentence: int, stay: _Stay) -> bool:
        """Whether the next sentence tells what a visitor did there, on no other day than this or the next."""
        notes: Notes = doc._.notes
        follows = next((s.start for s in notes.sentences if s.start > stay.sentence), None) == sentence
        same = block_of(notes, doc[sentence]) == block_of(notes, doc[stay.sentence])
        if stay.event.cls not in self._words.stays or not (follows and same):
            return False
        when, known = event.when, stay.event.when
        if when is not None:
            if known is None or not (when.start and known.end) or when.start != when.end:
                return False
            if not 0 <= (date.fromisoformat(when.start) - date.fromisoformat(known.end)).days <= 1:
                return False
        return self._is_told_of(doc, event) and bool(_actors(event) & _own(stay))

    def _is_told_of(self, doc: Doc, event: EventNote) -> bool:
        """Whether a past main clause tells that something was done, other than saying so."""
        trigger = doc[slice(*event.triggers[0])].root
        verb = clause_verb(trigger)
        main = first_verb(verb).dep_ in {"ROOT", "parataxis"}
        return main and tense(verb) == "past" and not is_perfect(verb) and event.cls not in self._speech

    def _is_issued(self, doc: Doc, event: EventNote) -> bool:
        """Whether an act is done by issuing the text: no other words tell its date than its own."""
        tokens = doc[slice(*event.triggers[0])]
        told = event.when.phrase if event.when else None
        own = told is not None and any(t.idx == told.begin and t.idx + len(t) == told.end for t in tokens)
        return event.cls in self._speech and event.factuality == "actual" and own


def _is_lent(event: EventNote, stay: _Stay) -> bool:
    """Whether an act has its date from an occasion: no other words tell it."""
    return bool(event.when and stay.event.when and event.when.phrase == stay.event.when.phrase)


def _is_lead(doc: Doc, event: EventNote, sentence: int) -> bool:
    """Whether the sentence behind the dateline says that somebody did something on the day of the news."""
    first = next((s.start for s in doc._.notes.sentences if s.kind is BlockKind.BODY), None)
    verb = clause_verb(doc[slice(*event.triggers[0])].root)
    verb = verb.head if verb.dep_ == "advcl" and verb.tag_ == "VBG" else verb
    main = first_verb(verb).dep_ in {"ROOT", "parataxis"} and verb.pos_ == "VERB"
    return sentence == first and main and event.factuality == "actual" and _day(event) is not None


def _is_inner(notes: Notes, event: EventNote) -> bool:
    """Whether no foreign state or body is said to act or suffer: what is told is an affair of the country."""
    acting = (notes.referents[a.key] for a in event.arguments if a.role in _ACTING and a.key)
    return all(r.kind == "person" or r.cls not in {"State", "InternationalOrganization"} for r in acting)


def _joined(doc: Doc, event: EventNote, stays: list[_Stay]) -> _Stay | None:
    """Where somebody went or met others, and did this as well: "flew to Lima and signed the treaty"."""
    verb = clause_verb(doc[slice(*event.triggers[0])].root)
    while verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.head.i < verb.i:
        verb = verb.head
        stay = next((s for s in stays if s.setting and s.verb == verb.i), None)
        if stay and event.factuality == "actual" and _actors(event) & _own(stay):
            return stay
    return None


def _told(notes: Notes) -> Iterator[tuple[EventNote, int]]:
    """The events that the body tells of, with the first of their sentences there."""
    for event in notes.events:
        sentences = (notes.sentence_of(start) for start, _ in event.triggers)
        starts = [s.start for s in sentences if s is not None and s.kind is BlockKind.BODY]
        if starts:
            yield event, min(starts)


def _own(stay: _Stay) -> frozenset[str]:
    """Those who took part themselves."""
    return frozenset(a.key for a in stay.event.arguments if a.role in _ACTING and a.key)


def _actors(event: EventNote) -> frozenset[str]:
    """Who must have been there: who did it, or else all who took part."""
    initiators = frozenset(a.key for a in event.arguments if a.role == "initiator" and a.key)
    return initiators or frozenset(a.key for a in event.arguments if a.role in _ACTING and a.key)


def _day(event: EventNote) -> str | None:
    """The date of an event that is known to the day."""
    when = event.when
    return when.edtf if when is not None and when.start is not None and when.start == when.end else None
