"""The component that finds the phrases of time and works out their dates."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from graph.calendar.clock import Clock
from graph.calendar.dates import Direction, bounds, is_day
from graph.calendar.timephrases import Phrase, TimeGrammar
from graph.calendar.timevalues import Calendar, Weekday
from graph.components.entries import opens_entry
from graph.components.happening.clauses import ancestors, is_passive, tense
from graph.components.named_days import name_days
from graph.model import BlockKind, When
from graph.model import Span as TextSpan
from graph.notes import Notes, TimeNote
from ontology.time_words import TimeWords, load_time_words

_NUMBERS = {"CARDINAL", "QUANTITY", "MONEY", "PERCENT"}
_LONGEST_NAME = 6
_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
_AMOUNTS = "$€£¥#"
_CLAUSAL = frozenset({"VERB", "AUX"})
_ADVERBIAL = frozenset({"prep", "pobj", "npadvmod", "nummod", "advmod", "nmod", "compound", "pcomp"})
_BESIDE = frozenset({"acl", "relcl", "advcl", "amod"})


@Language.factory("diplograph_times", requires=["token.dep", "doc.ents"])
def make_times(nlp: Language, name: str) -> TimesComponent:  # noqa: ARG001  the signature is spaCy's
    """Make the component with the words of ``words/times.yaml``."""
    return TimesComponent(load_time_words())


class TimesComponent:
    """Notes each phrase of time whose date can be worked out, in the order of the text."""

    def __init__(self, words: TimeWords) -> None:
        self._words = words
        self._grammar = TimeGrammar(words)

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``notes.times``."""
        notes: Notes = doc._.notes
        document = notes.document
        clock = Clock(document.issued, document.year)
        blocks = iter(document.blocks)
        block = next(blocks, None)
        for phrase in self._grammar.find(document.text):
            while block is not None and block.end <= phrase.begin:
                block = next(blocks, None)
                clock.turn_page()
            span = doc.char_span(phrase.begin, phrase.end, alignment_mode="expand")
            if block is None or block.kind is BlockKind.FURNITURE or span is None:
                continue
            if phrase.bare and not self._is_date(span, phrase):
                continue
            direction = self._direction(span, phrase, block.kind)
            leads = direction != "future" and self._leads(span)
            found = clock.read(phrase.says, direction, aside=self._is_aside(span), leads=leads)
            if found is not None:
                notes.times.append(self._note(span, _when(phrase, *found)))
                if opens_entry(document.text, block, phrase.begin, phrase.end) and is_day(found[0][:10]):
                    clock.open_entry(found[0][:10])
        notes.times = name_days(doc, notes.times, self._words)
        return doc

    def _note(self, span: Span, when: When) -> TimeNote:
        """The note of a phrase; "by the end of the year" is a day, its last."""
        led = span[0].i and span[0].nbor(-1).lower_ in self._words.deadlines
        if led and when.end and any(t.lower_ in self._words.ends for t in span):
            return TimeNote(span.start, span.end, replace(when, edtf=when.end, start=when.end), when)
        return TimeNote(span.start, span.end, when)

    def _is_date(self, span: Span, phrase: Phrase) -> bool:
        """Whether a lone month or year is one: not the verb "march", Mrs May, or 1500 villages."""
        first = span[0]
        before = first.nbor(-1) if first.i else None
        led = before is not None and before.lower_ in self._words.lead
        if isinstance(phrase.says, Calendar) and phrase.says.month is not None:
            if first.ent_type_ in _NAMES or first.pos_ in {"AUX", "VERB"}:
                return False
            return led or first.ent_type_ in {"DATE", "EVENT"} or first.dep_ in {"compound", "npadvmod"}
        if before is not None and (before.text in _AMOUNTS or before.lower_ in self._words.named_years):
            return False
        if self._ends_edition(first):
            return True
        if first.ent_type_ in _NUMBERS or (first.dep_ == "nummod" and first.head.tag_ == "NNS" and not led):
            return first.ent_type_ not in _NUMBERS and first.ent_type_ == "DATE"
        return led or first.ent_type_ == "DATE" or (before is not None and before.text in {"(", "["})

    def _ends_edition(self, year: Token) -> bool:
        """Whether a year ends the name of an occasion: "the Asian Games 2014", "Fan Fair Lagos 2016"."""
        for i in range(year.i - 1, max(year.i - _LONGEST_NAME, -1), -1):
            word = year.doc[i]
            if not word.text[0].isupper():
                return False
            if word.lower_ in self._words.editions:
                return True
        return False

    def _leads(self, span: Span) -> bool:
        """Whether a date sets the time of its sentence, not only of a noun or a clause beside it."""
        above = next((t for t in ancestors(span.root) if t.pos_ in _CLAUSAL), None)
        through = takewhile(lambda t: t != above, ancestors(span.root))
        plain = all(t.dep_ in _ADVERBIAL and t.lower_ not in self._words.behind_prepositions for t in through)
        return plain and above is not None and above.dep_ not in _BESIDE

    def _is_aside(self, span: Span) -> bool:
        """Whether the story does not get to a date: it is part of what something is called ("the coup of May
        2021", "the 2018 agreement"), or where something began ("since Monday").
        """
        root = span.root
        led = root.head.lower_ if root.dep_ == "pobj" else ""
        return (
            root.dep_ in {"nummod", "compound", "nmod"}
            or led == "of"
            or led in self._words.behind_prepositions
        )

    def _direction(self, span: Span, phrase: Phrase, kind: BlockKind) -> Direction:
        """The side of the day of issue on which the governing clause puts a date.

        The present of a headline or caption tells of what has happened, and so does a weekday without a verb.
        """
        found = next((d for token in ancestors(span.root) if (d := self._step(token)) is not None), None)
        if found == "nearest" and kind is not BlockKind.BODY:
            return "past"
        return found or ("past" if isinstance(phrase.says, Weekday) else "nearest")

    def _step(self, token: Token) -> Direction | None:
        """What one word above the date says of its side; None to ask the next one up."""
        words = self._words
        if token.dep_ in {"prep", "advmod"} and token.lower_ in words.ahead_prepositions:
            return "future"
        if token.dep_ == "prep" and token.lower_ in words.behind_prepositions:
            return "past"
        time = tense(token)
        if token.lemma_ in words.ahead and (time != "past" or token.dep_ in {"acl", "amod"}):
            return "future"
        match time:
            case "past":
                return "past"
            case "future" | "progressive":
                return "future"
            case "infinitive":
                purpose = token.dep_ == "advcl" and not is_passive(token)
                return None if purpose or token.head.lemma_ in words.brought_about else "future"
            case "present":
                return "nearest"
        return None


def _when(phrase: Phrase, edtf: str, anchor: str | None) -> When:
    first, last = bounds(edtf)
    return When(
        edtf=edtf,
        start=first.isoformat() if first else None,
        end=last.isoformat() if last else None,
        phrase=TextSpan(phrase.begin, phrase.end),
        anchor=anchor,
    )
