"""What is told of what a search for words has found."""

from __future__ import annotations

from pydantic import Field

from graph.search.entries import Match
from service.api.operations import Answer
from service.api.told.things import Evidence, Thing


class Snippet(Answer):
    """A part of a text, and which stretches of it are what was looked for."""

    text: str
    marks: list[tuple[int, int]] = Field(description="Begin and end of each, in code points of the part.")


class TextHit(Thing):
    """A thing that was found, and the text of its that fits best.

    A sentence or document has its IRI for an id; of a sentence, the label is the title of its document.
    """

    match: Match = Field(description="What of the thing fits.")
    language: str = Field(description="The language tag of the text.")
    score: float = Field(description="The higher, the better the fit.")
    snippet: Snippet
    evidence: Evidence | None = Field(description="Where a document has it; None where none does.")
    things: list[Thing] = Field(description="Of a sentence: what is mentioned in it.")


class TextHits(Answer):
    """What was found, the best fit first."""

    total: int
    next: str | None = Field(description="The cursor for the rest; None where this is the end.")
    items: list[TextHit]
