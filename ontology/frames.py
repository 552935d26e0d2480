"""Triggers and their frames: what the lexicon's words become when they are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ontology.lexicon_files import Merge

STEPS = frozenset(
    {"self", "head", "subj", "surface", "obj", "iobj", "prep", "within", "poss", "mods", "comp", "attr"}
    | {"copula", "appos", "support", "gov", "clause", "sentence"}
)
"""The steps that a path may take; ``graph.components.happening.paths`` knows how to take them."""

SATISFIERS = frozenset({"when", "name"})
"""What a trigger may require besides roles: a phrase of time beside it, or a name of its own."""


class LexiconFileError(ValueError):
    """A word list that does not have its form, or speaks of something the ontology has not."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: its name, and the words that it may go through (none: any)."""

    name: str
    words: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A way from a trigger to an argument.

    It is gone only where earlier ones found fewer than ``unless`` (0: always).
    """

    steps: tuple[Step, ...]
    unless: int = 0


@dataclass(frozen=True, slots=True)
class RoleFrame:
    """How a role is filled: ``classes`` are all classes that fit; ``literal`` allows a noun phrase instead.

    ``each`` makes an event of its own for each filler; ``implied`` lets two states that the text is just
    about fill the role where nobody is named.
    """

    role: str
    paths: tuple[Path, ...]
    classes: frozenset[str]
    literal: bool
    each: bool
    implied: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """Something on a path: one of these lemmas, an entity of one of these classes, or (``*``) anything."""

    path: Path
    lemmas: frozenset[str]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of these roles (or satisfiers) must be filled, by at least ``count`` entities."""

    names: frozenset[str]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that makes an event of class ``cls``.

    ``words`` are sets of lemmas: those of a verb phrase hang below the first one in the parse, in any
    order; those of other phrases follow each other. ``forms`` restricts the first word's spelling.
    """

    id: str
    cls: str
    pos: frozenset[str]
    words: tuple[frozenset[str], ...]
    roles: tuple[RoleFrame, ...]
    require: tuple[Requirement, ...]
    only_if: tuple[Condition, ...]
    not_if: tuple[Condition, ...]
    forms: frozenset[str]
    support: frozenset[str]

    @property
    def weight(self) -> int:
        """How particular the trigger is: of two that fit, the heavier one is taken."""
        return 2 * len(self.words) + len(self.only_if) + bool(self.forms)


@dataclass(frozen=True, slots=True)
class Finer:
    """A class below that of a type, and what tells it; see ``ontology.lexicon_files.FinerRow``."""

    cls: str
    words: frozenset[str]
    offices: frozenset[str]
    holders: int


@dataclass(frozen=True, slots=True)
class EventType:
    """What holds for all triggers of a class; see ``ontology.lexicon_files.EventsFile``."""

    cls: str
    merge: Merge
    absorbs: frozenset[str]
    setting: bool
    voices: bool
    lasting: bool
    finer: Finer | None = None


_STEP = re.compile(r"([a-z]+)(?:\(([^)]*)\))?")


def parse_path(text: str) -> Path:
    """Parse ``?obj.prep(with, along with)``: steps joined by dots.

    ``?`` before it is for a path gone only if nothing, ``&`` if no more than one was found before.

    Raises:
        LexiconFileError: there is no such step.
    """
    steps = []
    for part in re.split(r"\.(?![^(]*\))", text.lstrip("?&")):
        match = _STEP.fullmatch(part.strip())
        if match is None or match[1] not in STEPS:
            raise LexiconFileError(f"No such step: {part!r} in the path {text!r}; there are {sorted(STEPS)}.")
        words = tuple(tuple(w.split()) for w in (match[2] or "").split(",") if w.strip())
        steps.append(Step(match[1], words))
    return Path(tuple(steps), {"?": 1, "&": 2}.get(text[0], 0))
