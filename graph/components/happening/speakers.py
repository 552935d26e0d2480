"""Who speaks: the subject of what reports, and the speaker of each quotation of a text."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from graph.components.happening.doers import surface_subjects
from graph.components.happening.quotes import Quote
from graph.notes import EventNote, Notes, Sentence
from ontology.attribution import Attribution

VERBAL = frozenset({"VERB", "AUX"})
_SPEAKERS = frozenset({"person", "institution", "territory"})


class Speakers:
    """The speakers of one document; ``acts`` are its acts of speech by the token of their trigger."""

    def __init__(self, doc: Doc, notes: Notes, words: Attribution, acts: Mapping[int, EventNote]) -> None:
        self._doc = doc
        self._notes = notes
        self._words = words
        self._acts = acts

    def of(self, head: Token) -> str | None:
        """Who says what a verb or noun reports."""
        act = self._acts.get(head.i)
        if act is not None:
            named = next((a.key for a in act.arguments if a.role == "initiator" and a.key), None)
            if named is not None:
                return named
        if head.pos_ in VERBAL:
            tokens = surface_subjects(head)
        else:
            tokens = [c for c in head.children if c.dep_ == "poss"]
        found = next((key for t in tokens if (key := self.key(t)) is not None), None)
        if found is None and head.pos_ == "NOUN" and head.dep_ == "dobj":
            return self.of(head.head)
        return found

    def key(self, token: Token) -> str | None:
        """The key of whoever a word refers to, if it may speak."""
        reference = self._notes.at(token.i)
        if reference is None or self._notes.referents[reference.keys[0]].kind not in _SPEAKERS:
            return None
        return reference.keys[0]

    def last_in(self, sentence: Sentence) -> str | None:
        """Who speaks last in a sentence."""
        for i in range(sentence.end - 1, sentence.start - 1, -1):
            token = self._doc[i]
            if i in self._acts or (token.pos_ in VERBAL and token.lemma_ in self._words.verbs):
                speaker = self.of(token)
                if speaker is not None:
                    return speaker
        return None

    def of_quotes(self, quotes: list[Quote]) -> dict[Quote, str]:
        """The speaker of each quotation: beside it, announced before it, or the one who went on speaking."""
        speakers: dict[Quote, str] = {}
        last: tuple[Quote, str] | None = None
        for quote in quotes:
            speaker = self._beside(quote) or self._announced(quote)
            if speaker is None and last is not None and self._goes_on(last[0], quote):
                speaker = last[1]
            if speaker is not None:
                speakers[quote] = speaker
                last = (quote, speaker)
        return speakers

    def _beside(self, quote: Quote) -> str | None:
        """The speaker named in the sentences that the quotation begins or ends in, outside of it."""
        first, last = self._notes.sentence_of(quote.start), self._notes.sentence_of(quote.end - 1)
        start = first.start if first else quote.start
        end = last.end if last else quote.end
        after = (
            self._doc[i] for i in range(quote.end, max(end, min(quote.end + 12, self._line_end(quote.end))))
        )
        before = (self._doc[i] for i in range(quote.start - 1, start - 1, -1))
        for tokens in (after, before):
            for token in tokens:
                if token.lemma_.lower() in self._words.verbs and token.pos_ in VERBAL:
                    speaker = self.of(token)
                    if speaker is not None:
                        return speaker
        return None

    def _announced(self, quote: Quote) -> str | None:
        """The speaker of a sentence that ends with a colon just before the quotation."""
        before = [s for s in self._notes.sentences if s.end < quote.start]
        if not before or self._doc[before[-1].end - 1].text != ":":
            return None
        return self.last_in(before[-1])

    def _goes_on(self, last: Quote, quote: Quote) -> bool:
        """Whether no sentence stands between two quotations that is outside of both."""
        return not any(last.end < s.start and s.end < quote.start for s in self._notes.sentences)

    def _line_end(self, token: int) -> int:
        end = token
        while end < len(self._doc) and "\n" not in self._doc[end].text:
            end += 1
        return end
