"""Explaining: a close reading of one text, sentence by sentence, with the rule behind each thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.evaluation.rejections import CloseReading, Judged, Rejected
from graph.model import Event, Mention, Reading, Relation, Span, Tenure, When

_TRIGGER = "trigger"


@dataclass(frozen=True, slots=True)
class MentionLine:
    """A mention: its words, what it refers to, by which rule, and the words that it was resolved through."""

    words: str
    refers_to: str
    cls: str
    rule: str
    through: str | None


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """Somebody's office, for whom, and by which rule they were joined."""

    words: str
    holder: str
    title: str
    of: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A phrase of time, its date (EDTF), and the date it was counted from."""

    words: str
    edtf: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class RoleLine:
    """An argument of an event: its role, who or what it is, and its words in the text."""

    role: str
    filler: str
    words: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event with the rule that found it; ``elsewhere`` counts its other sentences.

    ``filter`` is what the learned filter says of it, where the rules alone would have dropped it.
    """

    words: str
    cls: str
    rule: str
    roles: tuple[RoleLine, ...]
    when: TimeLine | None
    factuality: str
    source: str | None
    says: str | None
    part_of: str | None
    elsewhere: int
    filter: str | None = None


@dataclass(frozen=True, slots=True)
class RepeatLine:
    """Words that tell of an event which another sentence, by its number, tells more of."""

    words: str
    cls: str
    sentence: int


@dataclass(frozen=True, slots=True)
class RelationLine:
    """A relation between two things, and the rule that found it."""

    subject: str
    predicate: str
    object: str
    rule: str


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A trigger that made no event, its rule, and why not; ``taken`` where its words made another event."""

    words: str
    rule: str
    why: str
    taken: bool


@dataclass(frozen=True, slots=True)
class SentenceLines:
    """All that was read in one sentence; sentences are numbered from 1."""

    number: int
    text: str
    mentions: tuple[MentionLine, ...]
    offices: tuple[OfficeLine, ...]
    times: tuple[TimeLine, ...]
    events: tuple[EventLine, ...]
    repeats: tuple[RepeatLine, ...]
    relations: tuple[RelationLine, ...]
    rejected: tuple[RejectedLine, ...]


def explain(close: CloseReading) -> Iterator[SentenceLines]:
    """The sentences of a text in order, each with what was read in it."""
    explainer = _Explainer(close)
    for number, sentence in enumerate(close.reading.sentences, 1):
        yield explainer.lines(number, sentence)


class _Explainer:
    def __init__(self, close: CloseReading) -> None:
        self.close = close
        self.reading: Reading = close.reading
        self.entities = {e.key: e for e in close.reading.entities}
        self.events = {e.key: e for e in close.reading.events}
        self.judged = {(j.span, j.rule): j for j in close.judged}
        self.admitted_triggers = {(j.span, j.rule) for j in close.judged if j.wanting and j.admitted}
        self.triggers = [m.span for m in close.reading.mentions if m.rule == _TRIGGER]

    def lines(self, number: int, sentence: Span) -> SentenceLines:
        reading = self.reading
        return SentenceLines(
            number,
            " ".join(self.words(sentence).split()),
            tuple(map(self.mention, self.mentions_in(sentence))),
            tuple(self.office(t) for t in reading.tenures if _within(t.span, sentence)),
            tuple(self.time(t) for t in self.close.times if _within(t.phrase, sentence)),
            tuple(self.event(e) for e in reading.events if _within(e.trigger, sentence)),
            tuple(self.repeats(sentence)),
            tuple(self.relation(r) for r in reading.relations if r.sentence == sentence),
            tuple(
                self.rejected(r)
                for r in self.close.rejected
                if _within(r.span, sentence) and (r.span, r.rule) not in self.admitted_triggers
            ),
        )

    def words(self, span: Span) -> str:
        return self.reading.document.text[span.begin : span.end]

    def name(self, key: str | None) -> str | None:
        return self.entities[key].name if key else None

    def mentions_in(self, sentence: Span) -> Iterable[Mention]:
        return (m for m in self.reading.mentions if m.rule != _TRIGGER and _within(m.span, sentence))

    def mention(self, m: Mention) -> MentionLine:
        entity = self.entities[m.refers_to]
        through = self.words(m.antecedent) if m.antecedent else None
        return MentionLine(self.words(m.span), entity.name, entity.cls, m.rule, through)

    def office(self, t: Tenure) -> OfficeLine:
        return OfficeLine(self.words(t.span), self.entities[t.holder].name, t.title, self.name(t.of), t.rule)

    def time(self, when: When) -> TimeLine:
        return TimeLine(self.words(when.phrase), when.edtf, when.anchor)

    def event(self, e: Event) -> EventLine:
        whole = self.events.get(e.part_of or "")
        return EventLine(
            words=self.words(e.trigger),
            cls=e.cls,
            rule=e.rule,
            roles=tuple(
                RoleLine(r.name, self.name(r.entity) or r.literal or "", self.words(r.span)) for r in e.roles
            ),
            when=self.time(e.when) if e.when else None,
            factuality=e.factuality,
            source=self.name(e.source),
            says=e.says,
            part_of=f"{whole.cls} ({self.words(whole.trigger)})" if whole else None,
            elsewhere=sum(not _within(e.trigger, s) for s in e.sentences),
            filter=self.admitted(e),
        )

    def admitted(self, e: Event) -> str | None:
        judged = self.judged.get((e.trigger, e.rule))
        if judged is None or not judged.wanting:
            return None
        against = next((r.why for r in self.close.rejected if (r.span, r.rule) == (e.trigger, e.rule)), "")
        return f"admitted with probability {_weighed(judged)}; by the rules {against}"

    def repeats(self, sentence: Span) -> Iterable[RepeatLine]:
        for m in self.reading.mentions:
            if m.rule == _TRIGGER and _within(m.span, sentence):
                event = self.events[m.refers_to]
                for number, other in enumerate(self.reading.sentences, 1):
                    if other != sentence and _within(event.trigger, other):
                        yield RepeatLine(self.words(m.span), event.cls, number)

    def relation(self, r: Relation) -> RelationLine:
        subject, object_ = self.entities[r.subject].name, self.entities[r.object].name
        return RelationLine(subject, r.predicate, object_, r.rule)

    def rejected(self, r: Rejected) -> RejectedLine:
        taken = any(r.span.begin < t.end and t.begin < r.span.end for t in self.triggers)
        judged = self.judged.get((r.span, r.rule))
        why = f"{r.why}; probability {_weighed(judged)}" if judged and not judged.admitted else r.why
        return RejectedLine(self.words(r.span), r.rule, why, taken)


def _weighed(judged: Judged) -> str:
    reasons = ", ".join(f"{name} {weight / 1000:+.1f}" for name, weight in judged.reasons)
    return f"{judged.probability:.2f} ({reasons})"


def _within(inner: Span, outer: Span) -> bool:
    return outer.begin <= inner.begin < outer.end
