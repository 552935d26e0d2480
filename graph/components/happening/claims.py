"""The component that notes who says so: the source of what is only reported, and the words of a statement."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from spacy.attrs import LEMMA, LOWER  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import Language
from spacy.tokens import Doc, Token

from graph.components.columns import indexes_of
from graph.components.happening.quotes import Quote, find_quotes
from graph.components.happening.speakers import VERBAL, Speakers
from graph.notes import EventNote, Notes, Sentence
from ontology.attribution import Attribution, load_attribution
from ontology.modality import load_modality

_DEPTH = 16
_TAIL = 12
"""Tokens at the end of a sentence among which a closing "the minister said on Friday" has its verb."""
_NEAR = 4
"""Tokens between a colon and the first word of the quotation that it announces: line breaks and a mark."""


@Language.factory("diplograph_claims", requires=["token.dep", "token.lemma"])
def make_claims(nlp: Language, name: str) -> ClaimsComponent:  # noqa: ARG001  the signature is spaCy's
    """Make the component with the words of ``words/attribution.yaml``."""
    return ClaimsComponent(load_attribution(), load_modality().speech)


class ClaimsComponent:
    """Sets ``source`` of the events that are only reported and ``says`` of the statements."""

    def __init__(self, words: Attribution, speech: frozenset[str]) -> None:
        self._words = words
        self._speech = speech

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``event.source`` and ``event.says``."""
        notes: Notes = doc._.notes
        if notes.events:
            _Reading(doc, notes, self._words, self._speech).note()
        return doc


class _Reading:
    """The claims of one document."""

    def __init__(self, doc: Doc, notes: Notes, words: Attribution, speech: frozenset[str]) -> None:
        self._doc = doc
        self._notes = notes
        self._words = words
        self._heads: Mapping[int, EventNote] = {
            doc[s:e].root.i: event for event in notes.events for s, e in event.triggers[:1]
        }
        self._acts = {i: e for i, e in self._heads.items() if e.cls in speech}
        self._quotes = list(find_quotes(doc, notes.document.blocks))
        self._who = Speakers(doc, notes, words, self._acts)
        self._speakers = self._who.of_quotes(self._quotes)
        self._according = self._find_according()
        self._outline = self._find_outline()
        self._saying = frozenset(indexes_of(doc, LEMMA, words.verbs))
        self._trailing = {s.start: t for s in notes.sentences if (t := self._find_trailing(s)) is not None}

    def note(self) -> None:
        """Set what is found on the events."""
        for i, event in self._heads.items():
            event.source = self._source(self._doc[i], event)
            if i in self._acts:
                event.says = self._says(self._doc[i])
        self._carry_over()

    def _carry_over(self) -> None:
        """Let the same source tell what stands, unattributed, between two sentences that it tells."""
        starts = [s.start for s in self._notes.sentences]
        told: dict[int, set[str | None]] = {}
        silent: dict[int, list[EventNote]] = {}
        for i, event in self._heads.items():
            number = bisect_right(starts, i)
            if i in self._acts:
                speakers = {a.key for a in event.arguments if a.role == "initiator"}
                told.setdefault(number, set()).update(speakers if event.says else {None})
            elif event.source is None:
                silent.setdefault(number, []).append(event)
            else:
                told.setdefault(number, set()).add(event.source)
        for number in silent.keys() - told.keys():
            before = next((told[n] for n in (number - 1, number - 2) if n in told), set())
            after = next((told[n] for n in (number + 1, number + 2) if n in told), set())
            if len(before) == 1 and before == after != {None}:
                for event in silent[number]:
                    event.source = next(iter(before))

    # Who says so.

    def _source(self, trigger: Token, event: EventNote) -> str | None:
        """The nearest enclosing attribution; an act of speech is not reported by its own speaker."""
        own = {a.key for a in event.arguments if a.role == "initiator"} if trigger.i in self._acts else set()
        for look in (self._above, self._quoted, self._trailed, self._by_phrase, self._outlined):
            found = look(trigger)
            if found is not None and found not in own:
                return found
        return None

    def _find_trailing(self, sentence: Sentence) -> tuple[int, str] | None:
        """Where "..., the minister said." begins at the end of a sentence, and who says so."""
        for i in range(sentence.end - 1, sentence.start, -1):
            verb = self._doc[i]
            if i not in self._saying or verb.tag_ not in {"VBD", "VBZ"}:
                continue
            inserted = i + 1 < sentence.end and self._doc[i + 1].text == ","
            if not inserted and i <= sentence.end - _TAIL:
                continue
            speaker = self._who.of(verb)
            for start in self._subject_starts(verb):
                if speaker is not None and start > sentence.start and self._doc[start - 1].text == ",":
                    return sentence.end if inserted else start - 1, speaker
        return None

    def _subject_starts(self, verb: Token) -> Iterator[int]:
        """Where the subject before a verb may begin: by the parse, or where the name just before it does."""
        yield from (c.left_edge.i for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i)
        reference = self._notes.at(verb.i - 1)
        if reference is not None:
            yield reference.start

    def _trailed(self, trigger: Token) -> str | None:
        sentence = self._sentence(trigger.i)
        found = self._trailing.get(sentence.start) if sentence else None
        return found[1] if found and trigger.i < found[0] and trigger.i not in self._acts else None

    def _above(self, trigger: Token) -> str | None:
        """The speaker of the clause above that reports the one the trigger stands in."""
        node = trigger
        for _ in range(_DEPTH):
            head = node.head
            if head is node or self._is_remark(node, trigger):
                return None
            if self._reports(node, head):
                speaker = self._who.of(head)
                if speaker is not None:
                    return speaker
            node = head
        return None

    def _is_remark(self, node: Token, trigger: Token) -> bool:
        """Whether an act of speech is the text's own remark on a claim: "a charge that the army denied"."""
        aside = node.dep_ == "relcl" or (node.dep_ == "acl" and node.tag_ == "VBN")
        return node == trigger and aside and node.i in self._acts and node.head.lemma_ in self._words.nouns

    def _reports(self, node: Token, head: Token) -> bool:
        """Whether a verb or noun reports what stands below it."""
        words, dep = self._words, node.dep_
        if head.pos_ in VERBAL:
            lemma = head.lemma_.lower()
            speaks = lemma in words.verbs or (head.i in self._acts and lemma not in words.verbs)
            if dep in {"ccomp", "xcomp"} and speaks:
                return True
            if dep in {"dobj", "nsubjpass"}:
                return lemma in words.presupposing
            return dep == "prep" and node.lower_ in words.charging.get(lemma, ())
        return head.pos_ == "NOUN" and dep in {"acl", "relcl", "ccomp"} and head.lemma_ in words.nouns

    def _quoted(self, trigger: Token) -> str | None:
        return next((s for q, s in self._speakers.items() if q.start <= trigger.i < q.end), None)

    def _find_according(self) -> dict[int, str]:
        """By the start of its sentence, whom a sentence speaks for: "according to the ministry"."""
        found: dict[int, str] = {}
        words = self._words
        signs = indexes_of(self._doc, LOWER, words.according | words.as_)
        for i in sorted({*signs, *indexes_of(self._doc, LEMMA, words.views)}):
            speaker = self._spoken_for(self._doc[i])
            sentence = self._notes.sentence_of(i) if speaker else None
            if speaker is not None and sentence is not None:
                found.setdefault(sentence.start, speaker)
        return found

    def _spoken_for(self, token: Token) -> str | None:
        """Who is named by "according to X", "in the words of X", "as X put it"."""
        words, lower = self._words, token.lower_
        if lower in words.according:
            names = [n for prep in token.children for n in prep.children if n.dep_ == "pobj"]
        elif token.dep_ == "pobj" and token.lemma_ in words.views and token.head.lower_ == "in":
            names = [
                n for prep in token.children for n in (prep, *prep.children) if n.dep_ in {"pobj", "poss"}
            ]
        elif lower in words.as_ and token.head.dep_ == "advcl" and token.dep_ in {"mark", "advmod"}:
            verb = token.head
            return self._who.of(verb) if verb.lemma_ in words.verbs | words.putting else None
        else:
            return None
        return next((k for n in names if (k := self._who.key(n)) is not None), None)

    def _by_phrase(self, trigger: Token) -> str | None:
        sentence = self._sentence(trigger.i) if self._according else None
        return self._according.get(sentence.start) if sentence and trigger.i not in self._acts else None

    def _find_outline(self) -> tuple[int, str] | None:
        """Where a paragraph that announces a speech ("his presentation was as follows:") ends."""
        ends = {s.end: s for s in self._notes.sentences}
        for end, sentence in ends.items():
            if self._doc[end - 1].text != ":" or any(q.start <= end + 2 < q.end for q in self._quotes):
                continue
            speaker = (
                self._who.last_in(sentence) if self._doc[end - 1].idx + 1 in self._block_ends() else None
            )
            if speaker is not None:
                return end, speaker
        return None

    def _outlined(self, trigger: Token) -> str | None:
        if self._outline is None or trigger.i < self._outline[0]:
            return None
        return self._outline[1]

    def _block_ends(self) -> set[int]:
        return {b.end for b in self._notes.document.blocks}

    def _sentence(self, token: int) -> Sentence | None:
        return self._notes.sentence_of(token)

    # What is said.

    def _says(self, verb: Token) -> str | None:
        """The words said, as in the text: the quotation beside the verb, else its clause."""
        quote = next((q for q in self._quotes if self._is_beside(q, verb)), None)
        if quote is not None:
            return self._text(quote.start, quote.end)
        sentence = self._sentence(verb.i)
        trailing = self._trailing.get(sentence.start) if sentence else None
        if sentence and trailing and trailing[0] <= verb.i:
            return self._text(sentence.start, trailing[0])
        clause = next((c for c in verb.children if c.dep_ in {"ccomp", "xcomp"}), None)
        if clause is None:
            return None
        start, end = clause.left_edge.i, clause.right_edge.i + 1
        if start <= verb.i < end:
            start, end = (start, verb.left_edge.i) if verb.i > clause.i else (verb.i + 1, end)
        while start < end and (self._doc[start].lower_ == "that" or self._doc[start].is_punct):
            start += 1
        return self._text(start, end)

    def _is_beside(self, quote: Quote, verb: Token) -> bool:
        if quote.start <= verb.i < quote.end or quote not in self._speakers:
            return False
        sentence = self._sentence(verb.i)
        if sentence is None or self._who.of(verb) != self._speakers[quote]:
            return False
        announced = self._doc[sentence.end - 1].text == ":" and 0 <= quote.start - sentence.end < _NEAR
        return announced or (sentence.start < quote.end + 1 and quote.start - 1 < sentence.end)

    def _text(self, start: int, end: int) -> str | None:
        while end > start and (self._doc[end - 1].is_punct or self._doc[end - 1].is_space):
            end -= 1
        return self._doc[start:end].text if end > start else None
