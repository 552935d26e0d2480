"""Occasions: acts without a date of their own share that of the meeting, visit or speech they belong to."""

from __future__ import annotations

import re
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from graph.calendar.dates import bounds, calendar_date, is_day
from graph.calendar.vagueness import within_month
from graph.components.entries import entries
from graph.components.happening.accounts import (
    is_account,
    is_breaking,
    is_first_person,
    is_performed,
    is_reported,
    is_title,
    is_told_in_present,
)
from graph.components.happening.clauses import (
    clause_verb,
    first_verb,
    is_aside,
    is_main_act,
    is_passive,
    is_past,
    is_perfect,
    tense,
)
from graph.components.happening.factuality import judge
from graph.components.happening.quotes import Quote, find_quotes
from graph.components.happening.scope import Scope
from graph.model import BlockKind, Span, When
from graph.notes import EventNote, Notes
from ontology.modality import Modality
from ontology.time_words import TimeWords

_ITEM = re.compile(r"\s*(?:[-–—•▪*·]|\(?[a-z0-9]{1,3}[.)])\s")
"""How an item of a list begins."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FRESH = timedelta(days=7)
"""How long before a text is issued the occasion that it reports on may lie."""


def share_occasions(doc: Doc, notes: Notes, words: TimeWords, modality: Modality) -> None:
    """Date the acts that have none: by the author's own words, their actor's occasion, or the yearbook.

    Only past acts of main clauses share an occasion; only the first person speaks on the day of issue.
    """
    shared = _Shared(doc, notes, words, modality)
    for event in notes.events:
        trigger = doc[event.triggers[0][0] : event.triggers[0][1]].root
        if event.when is None:
            event.when = shared.date(event, trigger)
            if event.when is not None and event.cls in words.momentary:
                event.when = within_month(event.when)
            if event.when is not None:
                shared.lent[trigger.i] = event.when
        elif not is_aside(trigger) and judge(Scope(trigger, event.cls, modality).effects()) != "negated":
            (shared.coming if shared.is_ahead(event.when) else shared.occasions).append((trigger, event))


class _Shared:
    """The dated occasions of a text so far, and what they lend their dates to."""

    def __init__(self, doc: Doc, notes: Notes, words: TimeWords, modality: Modality) -> None:
        issued = notes.document.issued
        self.occasions: list[tuple[Token, EventNote]] = []
        self.coming: list[tuple[Token, EventNote]] = []
        self.lent: dict[int, When] = {}
        self._quotes: list[Quote] | None = None
        self._notes = notes
        self._words = words
        self._speech = modality.speech
        self._today = issued if issued and is_day(issued) else None
        self._own_words = is_account(doc, notes, words)
        self._entries = dict(entries(notes))
        self._news_day = self._lead_day(doc)
        self._historic = self._is_historic(doc)
        self._in_present = is_told_in_present(doc, notes)

    def date(self, event: EventNote, trigger: Token) -> When | None:
        """The date that an event without one shares, if any."""
        if event.cls in self._speech and self._today:
            performed = self._own_words and (is_performed(trigger) or self._is_item(trigger))
            if (
                performed
                or (not (self._own_words or self._historic) and is_reported(trigger, self._notes))
                or (is_first_person(trigger) and not self._is_quoted(trigger))
                or is_title(trigger, self._notes)
            ):
                return _whole(self._today, trigger)
        if self._is_news(event, trigger):
            return _whole(self._today, trigger) if self._today else None
        if trigger.dep_ == "advcl" and tense(trigger) is None and trigger.head.i in self.lent:
            return self.lent[trigger.head.i]
        entry = self._entries.get(self._block(trigger) or 0)
        if entry and (told := _in_entry(trigger, self._words)) is not None:
            return entry if told else None
        if self._is_coming(trigger):
            return self._of_programme(event, trigger)
        if event.cls in self._words.shared and self._own_words and self._is_item(trigger) and self._today:
            return _whole(self._today, trigger)
        if event.cls in self._words.shared and is_main_act(trigger):
            occasion = self._from_occasion(event, trigger)
            return occasion or self._of_news(event, trigger) or self._of_year(event, trigger)
        return self._of_year(event, trigger)

    def _is_news(self, event: EventNote, trigger: Token) -> bool:
        """Whether a report in the present tells an act of its day: "the president swears in the envoy"."""
        if not self._in_present or self._own_words or self._historic or self._entries:
            return False
        return event.cls in self._words.breaking and is_breaking(trigger, self._notes, self._words.habits)

    def _is_item(self, trigger: Token) -> bool:
        """Whether an act opens an item of a list, or is joined to one: "the two sides: - welcomed ..."."""
        verb = first_verb(clause_verb(trigger))
        block = self._block(trigger)
        if block is None or verb.dep_ not in {"ROOT", "dep"}:
            return False
        text = self._notes.document.text[self._notes.document.blocks[block].begin :]
        return _ITEM.match(text) is not None and not any(c.dep_ in _SUBJECTS for c in verb.children)

    @staticmethod
    def _is_coming(trigger: Token) -> bool:
        """Whether a main clause tells of what lies ahead: "will meet", "is to be received"."""
        if tense(clause_verb(trigger)) in {"past", "present"}:
            return False
        verb = first_verb(clause_verb(trigger))
        above = verb.head if verb.dep_ == "xcomp" and verb.head.lemma_ == "be" else verb
        ahead = tense(verb) == "future" or (above is not verb and tense(verb) == "infinitive")
        return ahead and above.dep_ in {"ROOT", "parataxis"}

    def _of_programme(self, event: EventNote, trigger: Token) -> When | None:
        """The day of the coming visit or meeting that a paragraph announced, for what its actors do there."""
        for where, occasion in reversed(self.coming):
            if self._block(where) == self._block(trigger) and _actors(occasion) & _actors(event):
                assert occasion.when is not None
                return occasion.when if is_day(occasion.when.edtf) else None
        return None

    def is_ahead(self, when: When) -> bool:
        """Whether a date lies after the day of issue."""
        return bool(self._today and when.start and when.start > self._today)

    def _of_news(self, event: EventNote, trigger: Token) -> When | None:
        """The day of the news, on which those were heard who speak where no other day or place is told."""
        if event.cls not in self._speech or is_passive(trigger):
            return None
        sentence = self._notes.sentence_of(trigger.i)
        opening = trigger.doc[sentence.start] if sentence else trigger
        return None if opening.lower_ == "in" and opening.i < trigger.i else self._news_day

    def _lead_day(self, doc: Doc) -> When | None:
        """The day, just before the text was issued, on which the paragraph with its dateline has the news."""
        lead = next((b for b in self._notes.document.blocks if b.kind is BlockKind.BODY), None)
        if lead is None or self._today is None or lead.prose.begin == lead.begin:
            return None
        for note in self._notes.times:
            if lead.prose.begin <= doc[note.start].idx < lead.prose.end and self._is_fresh(note.when):
                return note.when
        return None

    def _is_historic(self, doc: Doc) -> bool:
        """Whether a text tells in the present what has been: "On Monday the president lands in Accra"."""
        dated = [(e.when.end, doc[slice(*e.triggers[0])].root) for e in self._notes.events if e.when]
        past = [t for end, t in dated if end and self._today and end < self._today and t.pos_ == "VERB"]
        return any(tense(t) == "present" for t in past)

    def _is_quoted(self, token: Token) -> bool:
        if self._quotes is None:
            self._quotes = list(find_quotes(token.doc, self._notes.document.blocks))
        return any(q.start <= token.i < q.end for q in self._quotes)

    def _from_occasion(self, event: EventNote, trigger: Token) -> When | None:
        for where, occasion in reversed(self.occasions):
            same = bool(_actors(occasion) & _actors(event))
            if (same or self._own_words) and self._still(where, occasion, trigger, same):
                return occasion.when
        if self._own_words and not self.occasions:
            return next((t.when for t in self._notes.times if self._is_fresh(t.when)), None)
        return None

    def _of_year(self, event: EventNote, trigger: Token) -> When | None:
        """The year of a yearbook, for what it tells in the past tense."""
        if event.cls in self._words.elapsing and trigger.pos_ in {"NOUN", "PROPN"}:
            return None  # "the quarrel" was there before
        year = self._notes.document.year
        value = calendar_date(year) if year and is_past(trigger) else None
        return _whole(value, trigger) if value else None

    def _still(self, where: Token, occasion: EventNote, trigger: Token, same: bool) -> bool:
        """Whether a text still is at an occasion: in its paragraph, or it is what the text reports on."""
        assert occasion.when is not None
        dated = "/" not in occasion.when.edtf and len(occasion.when.edtf) > len("2016")
        if dated and same and self._block(where) == self._block(trigger):
            return True
        return self._is_fresh(occasion.when)

    def _is_fresh(self, when: When) -> bool:
        """Whether days are such as the text may report on: in the week until it was issued."""
        if not when.start or not when.end or not all(is_day(end) for end in when.edtf.split("/")):
            return False
        day = date.fromisoformat(when.end)
        if day - date.fromisoformat(when.start) > _FRESH:
            return False
        return self._today is None or timedelta() <= date.fromisoformat(self._today) - day <= _FRESH

    def _block(self, token: Token) -> int | None:
        blocks = self._notes.document.blocks
        return next((i for i, b in enumerate(blocks) if b.begin <= token.idx < b.end), None)


def _actors(event: EventNote) -> set[str]:
    return {a.key for a in event.arguments if a.key and a.role in {"initiator", "participant", "recipient"}}


def _in_entry(trigger: Token, words: TimeWords) -> bool | None:
    """Whether an entry of a chronicle tells an act of its own day; None where it is told aside.

    It does in the past and present, in the words that stand for a sentence ("rally in Lima"), and of what
    somebody "refuses to" do.
    """
    verb = clause_verb(trigger)
    while verb.dep_ == "xcomp" and verb.head.lemma_ in words.brought_about:
        verb = verb.head
    if is_perfect(verb):
        return None
    if is_aside(trigger) and not (trigger == verb and verb.dep_ == "relcl" and tense(verb) == "present"):
        return None
    nominal = verb.pos_ not in {"VERB", "AUX"} and verb.dep_ == "ROOT"
    return nominal or tense(verb) in {"past", "present"}


def _whole(edtf: str, trigger: Token) -> When:
    """A date that the whole text stands for; its words are the trigger itself."""
    first, last = bounds(edtf)
    words = Span(trigger.idx, trigger.idx + len(trigger))
    return When(edtf, first.isoformat() if first else None, last.isoformat() if last else None, words, edtf)
