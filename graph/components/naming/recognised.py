"""The spans of the entity recogniser, without the parts that belong to no name."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from graph.components.naming.atlas import Atlas, Found
from graph.components.naming.tokens import Tokens

Recognised = tuple[int, int, str]

_OUTSIDE = frozenset(
    {"the", "a", "an", '"', "“", "”", "``", "''", "'", "(", ")", "-", "–", "—", ",", ".", ":", ";", "/"}
)
_JOINTS = frozenset({"-", "–", "—", "and", ",", "/", "'s", "’s"})
_CLOSED = frozenset({"on", "with", "to", "at", "by", "from", "in", "after", "over"})
_NEVER_INSIDE = frozenset({"with", "from", "after", "who", "which", "that"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})


def read_entities(
    doc: Doc, tokens: Tokens, found: list[Found | None], atlas: Atlas
) -> list[Recognised | None]:
    """The recogniser's span over each token, or None.

    Spans are split at line breaks and after a known owner ("Russia's | Foreign Ministry"), cut where a known
    name goes on with a preposition, and left out where they only join known names ("U.S.-Japan").
    """
    entity: list[Recognised | None] = [None] * len(doc)
    for ent in doc.ents:
        for start, end in _parts(ent.start, ent.end, ent.label_, tokens, found):
            if start >= end or not tokens.read[start] or _only_joins(start, end, tokens, found, atlas):
                continue
            span = (start, end, ent.label_)
            entity[start:end] = [span] * (end - start)
    return entity


def _parts(
    start: int, end: int, label: str, tokens: Tokens, found: list[Found | None]
) -> Iterator[tuple[int, int]]:
    begin = start
    if label in _NAMES:
        for i in range(start, end):
            known = found[i - 1] if i > start else None
            owned = known is not None and tokens.genitive(i) and known.state and i + 1 < end
            closed = known is not None and known.start == begin and not known.demonym
            cut = (closed and tokens.lower[i] in _CLOSED) or tokens.lower[i] in _NEVER_INSIDE
            cut = cut or (label in {"GPE", "LOC"} and tokens.lower[i] in {"and", ","} and found[i] is None)
            if owned or tokens.text[i].isspace() or cut or tokens.sentence[i] != tokens.sentence[begin]:
                yield _trimmed(begin, i, tokens)
                begin = i + 1 if owned or cut or tokens.text[i].isspace() else i
    yield _trimmed(begin, end, tokens)


def _trimmed(start: int, end: int, tokens: Tokens) -> tuple[int, int]:
    while start < end and (tokens.lower[start] in _OUTSIDE or tokens.text[start].isspace()):
        start += 1
    while end > start and (
        tokens.lower[end - 1] in _OUTSIDE
        or tokens.lower[end - 1] in {"of", "for", "and"}
        or tokens.text[end - 1].isspace()
        or tokens.genitive(end - 1)
    ):
        end -= 1
    return start, end


def _only_joins(start: int, end: int, tokens: Tokens, found: list[Found | None], atlas: Atlas) -> bool:
    """Whether a span holds nothing but known names and what joins them."""
    if end - start == 1 and found[start] is None:
        return any(atlas.parts(tokens, start))
    spans = {(f.start, f.end) for f in found[start:end] if f}
    whole = all(start <= a and b <= end for a, b in spans)
    return (
        len(spans) > 1
        and whole
        and all(
            found[i] is not None or tokens.lower[i] in _JOINTS or any(atlas.parts(tokens, i))
            for i in range(start, end)
        )
    )
