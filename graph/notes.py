"""What the components have written down about one text so far: the blackboard of the pipeline.

Components read and write the ``Notes`` at ``doc._.notes``, in token indexes (half open); ``graph.reading``
turns them into a ``Reading`` with character offsets when all components have run.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from graph.model import BlockKind, Document, EntityKind, Factuality, When
from ontology.frames import Condition, Requirement


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block of prose, in tokens."""

    start: int
    end: int
    kind: BlockKind


@dataclass(slots=True)
class Referent:
    """An entity in the making: what one document's mentions have in common."""

    key: str
    kind: EntityKind
    cls: str
    name: str
    aliases: set[str] = field(default_factory=set)
    state: str | None = None
    known: str | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of tokens that refers to one referent, or (``the two leaders``) to several.

    ``rule`` is how it was resolved (see ``graph.model.Mention``); ``via`` the start token of the
    reference that it was resolved through.
    """

    start: int
    end: int
    head: int
    keys: tuple[str, ...]
    rule: str
    via: int | None = None


@dataclass(frozen=True, slots=True)
class OfficeNote:
    """A title in the text, who holds it and for whom, as far as known.

    ``left``/``right`` enclose the whole phrase ("the former Russian ... to Japan"), ``head`` is its noun;
    ``states`` are the keys of all that a plural title is held for ("the presidents of A and B"); ``kind``
    is the kind of office (``ontology.office_words.OfficeKind``); ``plural`` titles name several holders.
    """

    start: int
    end: int
    title: str
    holder: str | None
    of: str | None
    rule: str
    left: int
    right: int
    head: int
    kind: str
    plural: bool = False
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeNote:
    """A phrase of time and the date it stands for.

    ``period`` is that in which lies what is done by a deadline ("by the end of the year"), if it is one.
    """

    start: int
    end: int
    when: When
    period: When | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of an event.

    ``role`` is a property of the ontology; either ``key`` or ``literal`` is set.
    """

    role: str
    start: int
    end: int
    key: str | None = None
    literal: str | None = None


@dataclass(slots=True)
class EventNote:
    """An event in the making. ``triggers`` are the token spans that mention it, the telling one first."""

    key: str
    cls: str
    rule: str
    triggers: list[tuple[int, int]]
    arguments: list[Argument] = field(default_factory=list)
    factuality: Factuality = "actual"
    when: When | None = None
    source: str | None = None
    says: str | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class RelationNote:
    """A lasting tie that a phrase states; ``start`` is a token of the sentence that states it."""

    subject: str
    predicate: str
    object: str
    start: int
    rule: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A trigger in the text that makes no event, and what of its frame stands against it.

    ``against`` is a condition that should hold (``wanted``) or should not, a requirement that is not met, or
    in words what else was the matter.
    """

    start: int
    end: int
    rule: str
    against: Condition | Requirement | str
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """What the learned filter made of a candidate: whether it is an event, and by which log odds.

    ``wanting`` is one that the rules alone would drop; ``score`` is in thousandths (None: not judged),
    ``reasons`` are the features that weighed most.
    """

    start: int
    end: int
    rule: str
    wanting: bool
    admitted: bool
    features: frozenset[str]
    score: int | None = None
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Notes:
    """Everything written down about one document, by component."""

    document: Document
    sentences: list[Sentence] = field(default_factory=list)
    referents: dict[str, Referent] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    offices: list[OfficeNote] = field(default_factory=list)
    times: list[TimeNote] = field(default_factory=list)
    events: list[EventNote] = field(default_factory=list)
    relations: list[RelationNote] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    _covered: dict[int, Reference] = field(default_factory=dict)

    def refer(self, reference: Reference) -> None:
        """Add a reference; where two overlap, the tokens stay with the first."""
        self.references.append(reference)
        for i in range(reference.start, reference.end):
            self._covered.setdefault(i, reference)

    def drop(self, reference: Reference) -> None:
        """Take a reference back; what it covered falls to the next that covers it."""
        self.references.remove(reference)
        for i in range(reference.start, reference.end):
            if self._covered.get(i) is reference:
                del self._covered[i]
        for other in self.references:
            if other.start < reference.end and reference.start < other.end:
                for i in range(other.start, other.end):
                    self._covered.setdefault(i, other)

    def forget_unused(self, keys: tuple[str, ...]) -> None:
        """Remove referents that no reference is left for, from whatever was noted with them too."""
        for key in keys:
            if key in self.referents and not any(key in r.keys for r in self.references):
                del self.referents[key]
                for other in self.referents.values():
                    other.state = None if other.state == key else other.state
                self.offices = [
                    replace(o, of=None if o.of == key else o.of, holder=None if o.holder == key else o.holder)
                    for o in self.offices
                ]
                self.relations = [r for r in self.relations if key not in (r.subject, r.object)]

    def replace(self, old: Reference, new: Reference) -> None:
        """Put one reference in the place of another."""
        self.drop(old)
        self.refer(new)

    def merge(self, kept: str, gone: str) -> None:
        """Make two referents one: ``kept`` takes the names, facts and references of ``gone``."""
        if kept == gone:
            return
        lost, referent = self.referents.pop(gone), self.referents[kept]
        referent.aliases |= lost.aliases | {lost.name}
        referent.aliases.discard(referent.name)
        referent.state = referent.state or lost.state
        referent.known = referent.known or lost.known
        referent.gender = referent.gender or lost.gender
        for other in self.referents.values():
            if other.state == gone:
                other.state = kept
        for i, r in enumerate(self.references):
            if gone in r.keys:
                keys = tuple(dict.fromkeys(kept if k == gone else k for k in r.keys))
                self._change(i, replace(r, keys=keys))
        self.relations = [
            replace(
                r,
                subject=kept if r.subject == gone else r.subject,
                object=kept if r.object == gone else r.object,
            )
            for r in self.relations
        ]
        self.offices = [
            replace(
                o,
                holder=kept if o.holder == gone else o.holder,
                of=kept if o.of == gone else o.of,
            )
            for o in self.offices
        ]

    def reassign(self, old: str, new: str, token: int) -> None:
        """Let the offices whose phrase a token stands close to be held by another referent."""
        self.offices = [
            replace(o, holder=new) if o.holder == old and o.left - 3 <= token <= o.right + 3 else o
            for o in self.offices
        ]

    def serve(self, old: str, new: str, token: int) -> None:
        """Let the offices whose phrase a token stands close to be held for another referent."""
        self.offices = [
            replace(o, of=new) if o.of == old and o.left - 3 <= token <= o.right + 3 else o
            for o in self.offices
        ]

    def _change(self, index: int, new: Reference) -> None:
        old, self.references[index] = self.references[index], new
        for i in range(old.start, old.end):
            if self._covered.get(i) is old:
                self._covered[i] = new

    def at(self, token: int) -> Reference | None:
        """The reference that covers a token, if any."""
        return self._covered.get(token)

    def referents_at(self, token: int) -> tuple[Referent, ...]:
        """The referents of the reference that covers a token."""
        reference = self.at(token)
        return tuple(self.referents[k] for k in reference.keys) if reference else ()

    def sentence_of(self, token: int) -> Sentence | None:
        """The sentence that a token stands in; None in datelines and page furniture."""
        i = bisect_right(self.sentences, token, key=_start)
        return self.sentences[i - 1] if i and token < self.sentences[i - 1].end else None

    def new_key(self, prefix: str) -> str:
        """A fresh key for a referent: ``p``, ``i``, ``t`` or ``x`` with a number."""
        return next(k for k in _numbered(prefix) if k not in self.referents)


def _start(sentence: Sentence) -> int:
    return sentence.start


def _numbered(prefix: str) -> Iterator[str]:
    n = 0
    while True:
        n += 1
        yield f"{prefix}{n}"
