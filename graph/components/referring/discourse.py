"""What has been spoken of up to a point of a text, and who speaks inside quotation marks."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator

from spacy.attrs import ORTH  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc, Token

from graph.components.columns import column
from graph.model import BlockKind
from graph.notes import Notes, Reference, Referent

DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "said"})
"""Words that make a noun take up what was named."""

STATE = frozenset({"territory"})
PERSON = frozenset({"person"})
EVERYWHERE, NEAR = 10_000, 12
"""Sentences that a title and a common noun look back over."""

_OPENING, _CLOSING, _STRAIGHT = "“", "”", '"'
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Discourse:
    """The references of one document in the order of the text, with ways to look back from a token."""

    def __init__(self, doc: Doc, notes: Notes, speech: frozenset[str]) -> None:
        self.doc, self.notes, self._speech = doc, notes, speech
        self._references = sorted(notes.references, key=_start)
        self._sentence = [-1] * len(doc)
        for n, sentence in enumerate(notes.sentences):
            self._sentence[sentence.start : sentence.end] = [n] * (sentence.end - sentence.start)
        self._sections = [r.start for r in self._references if self._heads_section(r)]
        self._quote = _quotes(doc)
        self._speakers: dict[int, Reference | None] = {}

    def add(self, reference: Reference) -> None:
        """Note a reference that has just been resolved."""
        self.notes.refer(reference)
        insort(self._references, reference, key=_start)

    def sentence(self, token: int) -> int:
        """The number of the sentence of a token; -1 in datelines and furniture."""
        return self._sentence[token]

    def before(
        self, token: int, kinds: frozenset[str], sentences: int
    ) -> Iterator[tuple[Reference, Referent]]:
        """References that end before a token, nearest first, to referents of some kinds, at most so many
        sentences back (0: the same sentence). In a section that is headed by a state, states and bodies are
        those of the section: "the Government" is that of the country."""
        first = self._sentence[token] - sentences
        section = self._section(token) if PERSON.isdisjoint(kinds) else 0
        for i in range(bisect_left(self._references, token, key=_start) - 1, -1, -1):
            reference = self._references[i]
            number = self._sentence[reference.start]
            if number == -1 or reference.end > token:
                continue
            if number < first or reference.start < section:
                return
            for key in reference.keys:
                referent = self.notes.referents[key]
                if referent.kind in kinds:
                    yield reference, referent

    def _heads_section(self, reference: Reference) -> bool:
        """Whether a reference is the one state of a heading: "3.2 Colombia"."""
        number = self._sentence[reference.start]
        if number < 0 or len(reference.keys) != 1:
            return False
        sentence = self.notes.sentences[number]
        if sentence.kind is not BlockKind.HEADING:
            return False
        words = [t for t in self.doc[sentence.start : sentence.end] if t.is_alpha]
        named = self.notes.referents[reference.keys[0]].cls == "State"
        return named and all(reference.start <= t.i < reference.end for t in words)

    def elsewhere(self, token: int) -> frozenset[str]:
        """The states that head sections of the text, but not that of a token."""
        headed = {r.start: r.keys[0] for r in self._references if r.start in self._sections}
        return frozenset(headed.values()) - {headed.get(self._section(token), "")}

    def _section(self, token: int) -> int:
        """Where the heading of a token's section names its state; 0 where none does."""
        passed = bisect_left(self._sections, token)
        return self._sections[passed - 1] if passed else 0

    def after(self, token: int, kinds: frozenset[str]) -> Iterator[tuple[Reference, Referent]]:
        """References that start after a token, nearest first, to referents of some kinds."""
        for i in range(bisect_left(self._references, token + 1, key=_start), len(self._references)):
            for key in self._references[i].keys:
                if self.notes.referents[key].kind in kinds:
                    yield self._references[i], self.notes.referents[key]

    def is_subject(self, reference: Reference) -> bool:
        """Whether a reference is the subject of a clause, or joined to one by "and"."""
        token = self.doc[reference.start : reference.end].root
        while token.dep_ in {"conj", "appos"} and token.head.i != token.i:
            token = token.head
        return token.dep_ in _SUBJECTS

    def counts(self) -> Counter[str]:
        """How often each referent has been referred to in the whole text."""
        return Counter(key for reference in self._references for key in reference.keys)

    # --- speech ---------------------------------------------------------------------------------------

    def quoted(self, token: int) -> bool:
        """Whether a token stands inside quotation marks."""
        return self._quote[token] >= 0

    def speaker(self, token: int) -> Reference | None:
        """Who says the quotation that a token stands in, as far as the paragraph or the one before tells."""
        quote = self._quote[token]
        if quote < 0:
            return None
        if quote not in self._speakers:
            self._speakers[quote] = self._find_speaker(quote)
        return self._speakers[quote]

    def _find_speaker(self, quote: int) -> Reference | None:
        inside = [i for i, q in enumerate(self._quote) if q == quote]
        begin, end = inside[0], inside[-1] + 1
        low = self._paragraph_start(begin)
        high = self._paragraph_end(end)
        after = [t for t in self.doc[end:high] if self._is_saying(t)]
        before = [t for t in self.doc[low:begin] if self._is_saying(t)]
        for verb in [*after[:1], *reversed(before), *after[1:]]:
            subject = self._speaking(verb)
            if subject is not None:
                return subject
        earlier = [q for q in self._speakers if q < quote and self._speakers[q] is not None]
        return self._speakers[max(earlier)] if earlier else None

    def _is_saying(self, token: Token) -> bool:
        return token.lemma_ in self._speech and token.pos_ == "VERB" and self._quote[token.i] < 0

    def _speaking(self, verb: Token) -> Reference | None:
        subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
        if subject is None:
            return None
        if subject.tag_ == "WP" and verb.dep_ == "relcl":
            subject = verb.head
        return self.notes.at(subject.i)

    def _paragraph_start(self, i: int) -> int:
        while i > 0 and "\n" not in self.doc[i - 1].text:
            i -= 1
        return i

    def _paragraph_end(self, i: int) -> int:
        while i < len(self.doc) and "\n" not in self.doc[i].text:
            i += 1
        return i


def _start(reference: Reference | int) -> int:
    return reference if isinstance(reference, int) else reference.start


def _quotes(doc: Doc) -> list[int]:
    """For each token the number of the quotation it stands in, or -1; a paragraph ends a straight one."""
    numbers = [-1] * len(doc)
    current, number = -1, 0
    for i, text in enumerate(column(doc, ORTH)):
        if current < 0 and text in {_OPENING, _STRAIGHT, "``"}:
            current, number = number, number + 1
        elif current >= 0 and (text in {_CLOSING, _STRAIGHT, "''"} or "\n" in text):
            current = -1
        else:
            numbers[i] = current
    return numbers


def is_definite(token: Token) -> bool:
    """Whether the noun is "the report" and no more: no state, name or clause that tells which."""
    before = [c for c in token.children if c.i < token.i]
    if not any(c.lower_ in DEFINITE for c in before):
        return False
    if any(c.dep_ in {"relcl", "acl"} for c in token.children):
        return False
    if any(c.dep_ == "prep" and c.lower_ in {"of", "for", "in", "between"} for c in token.children):
        return False
    plain = {"det", "predet", "punct"}
    return all(c.dep_ in plain for c in before)
