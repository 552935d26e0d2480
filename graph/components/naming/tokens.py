"""The tokens of one Doc as plain lists, since each look at a spaCy token makes an object."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.attrs import ORTH, SPACY, TAG  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc

from graph.components.columns import column
from graph.model import BlockKind
from graph.notes import Notes

_GENITIVES = frozenset({"'s", "’s", "'", "’"})
_SHORT_WORDS = 4


@dataclass(frozen=True, slots=True)
class Tokens:
    """``sentence`` numbers the sentences, from 0 (-1: datelines); ``titled`` is true in lines in Title Case;
    ``glued`` where no space follows."""

    text: list[str]
    lower: list[str]
    tag: list[str]
    capital: list[bool]
    sentence: list[int]
    titled: list[bool]
    headline: list[bool]
    read: list[bool]
    glued: list[bool]

    def genitive(self, i: int) -> bool:
        """Whether a token is the ending of a genitive."""
        return 0 <= i < len(self.text) and self.text[i] in _GENITIVES

    def hyphen(self, i: int) -> bool:
        """Whether a token is a hyphen or dash that joins two words."""
        return 0 < i < len(self.text) - 1 and self.text[i] in "-–" and self.glued[i] and self.glued[i - 1]

    def begins(self, i: int) -> bool:
        """Whether a token is the first of its sentence, quotation marks left aside."""
        j = i - 1
        while j >= 0 and self.sentence[j] == self.sentence[i] and not self.text[j][0].isalnum():
            j -= 1
        return j < 0 or self.sentence[j] != self.sentence[i]

    def proper(self, i: int) -> bool:
        """Whether a token is part of a name: its capital is not due to the place where it stands."""
        return self.capital[i] and (self.tag[i] in {"NNP", "NNPS"} or not (self.titled[i] or self.begins(i)))


def read_tokens(doc: Doc, notes: Notes) -> Tokens:
    """Read the tokens of a document; those of page furniture are not ``read``."""
    text = column(doc, ORTH)
    sentence, headline = [-1] * len(text), [False] * len(text)
    titled = [False] * len(text)
    for n, s in enumerate(notes.sentences):
        body = s.kind is BlockKind.BODY
        title = not body and _title_case(text[s.start : s.end])
        for i in range(s.start, s.end):
            sentence[i], headline[i], titled[i] = n, not body, title
    return Tokens(
        text=text,
        lower=[t.lower() for t in text],
        tag=column(doc, TAG),
        capital=[t[0].isupper() for t in text],
        sentence=sentence,
        titled=titled,
        headline=headline,
        read=_read(doc, notes),
        glued=[not space for space in doc.to_array(SPACY).tolist()],
    )


def _title_case(words: list[str]) -> bool:
    """Whether most of the longer words of a line begin with a capital."""
    long = [w for w in words if len(w) >= _SHORT_WORDS and w[0].isalpha()]
    return len(long) > 2 and sum(w[0].isupper() for w in long) > 0.75 * len(long)


def _read(doc: Doc, notes: Notes) -> list[bool]:
    """Which tokens are read: all but those of furniture, and there the place of a date line."""
    document = notes.document
    furniture = [b for b in document.blocks if b.kind is BlockKind.FURNITURE]
    read = [True] * len(doc)
    for block in furniture:
        span = doc.char_span(block.begin, block.end, alignment_mode="expand")
        if span is not None:
            read[span.start : span.end] = [False] * len(span)
        at = document.text.find(document.place, block.begin, block.end) if document.place else -1
        if document.place and block.dateline and at >= 0:
            place = doc.char_span(at, at + len(document.place))
            if place is not None:
                read[place.start : place.end] = [True] * len(place)
    return read
