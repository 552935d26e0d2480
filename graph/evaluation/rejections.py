"""What a reading leaves out, for those who work on the lexicon: triggers that made no event, and why not."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Reading, Span, When
from graph.notes import Rejection
from ontology.frames import Condition, Path, Requirement


@dataclass(frozen=True, slots=True)
class Rejected:
    """A trigger in the text that makes no event: its words, the id of its rule, and why not."""

    span: Span
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What the learned filter made of a trigger: how likely it is right, and what weighed most.

    ``wanting`` is one that the rules alone would drop. ``reasons`` are features and their weights, in
    thousandths of log odds.
    """

    span: Span
    rule: str
    wanting: bool
    admitted: bool
    probability: float
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CloseReading:
    """A reading, all phrases of time with their dates, triggers that were rejected, and the filter's word."""

    reading: Reading
    times: tuple[When, ...]
    rejected: tuple[Rejected, ...]
    judged: tuple[Judged, ...] = ()


def told(rejection: Rejection) -> str:
    """Why a trigger was rejected, in the terms of the lexicon's files."""
    match rejection.against:
        case Requirement(names, count):
            wanted = " or ".join(sorted(names))
            return f"it requires {f'{count} of ' if count > 1 else ''}{wanted}"
        case Condition() as condition:
            key = "if" if rejection.wanted else "not_if"
            return f"{key} {_path(condition.path)}: {_words(condition)}"
        case str() as words:
            return words


def _path(path: Path) -> str:
    steps = (
        f"{step.name}({', '.join(' '.join(w) for w in step.words)})" if step.words else step.name
        for step in path.steps
    )
    return ".".join(steps)


def _words(condition: Condition) -> str:
    """The words and classes that a condition names, the first few of each."""
    shown = [*sorted(condition.lemmas)[:6], *sorted(condition.classes)[:3]]
    more = len(condition.lemmas) + len(condition.classes) - len(shown)
    return ", ".join(shown) + (f", and {more} more" if more > 0 else "")
