"""From a document to its Reading: run the pipeline, then collect what the components noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import ThreadpoolController

from graph.evaluation.rejections import CloseReading, Judged, Rejected, told
from graph.model import Document, Entity, Event, Mention, Reading, Relation, Role, Span, Tenure
from graph.notes import EventNote, Notes
from ontology.candidate_filter import probability


def read(nlp: Language, documents: Iterable[Document]) -> Iterator[Reading]:
    """Read documents one by one, in order. Texts must be within ``nlp.max_length`` characters."""
    for _, reading in read_docs(nlp, documents):
        yield reading


def read_docs(nlp: Language, documents: Iterable[Document]) -> Iterator[tuple[Doc, Reading]]:
    """Read documents like ``read``, and keep what the pipeline made of them."""
    with _matrices().limit(limits=1, user_api="blas"):
        for doc in nlp.pipe((prepared(nlp, d) for d in documents), batch_size=16):
            yield doc, collect(doc)


@cache
def _matrices() -> ThreadpoolController:
    """The libraries that multiply matrices; on such small ones, threads would wait more than they work."""
    return ThreadpoolController()


def read_closely(nlp: Language, document: Document) -> CloseReading:
    """Read one document, and keep what a Reading leaves out: all phrases of time, and triggers that fell."""
    doc = nlp(prepared(nlp, document))
    notes: Notes = doc._.notes
    collector = _Collector(doc, notes)
    rejected = dict.fromkeys(
        Rejected(collector.span(r.start, r.end), r.rule, told(r)) for r in notes.rejected
    )
    judged = tuple(
        Judged(collector.span(d.start, d.end), d.rule, d.wanting, d.admitted, probability(d.score), d.reasons)
        for d in notes.decisions
        if d.score is not None
    )
    return CloseReading(collect(doc), tuple(t.when for t in notes.times), tuple(rejected), judged)


def prepared(nlp: Language, document: Document) -> Doc:
    """The Doc of a document as a pipeline takes it: split into words, with empty notes."""
    doc = nlp.make_doc(document.text)
    doc._.notes = Notes(document)
    return doc


def collect(doc: Doc) -> Reading:
    """Turn the notes of a finished Doc into plain data with character offsets.

    Raises:
        ValueError: a component left a key that nothing has.
    """
    notes: Notes = doc._.notes
    collector = _Collector(doc, notes)
    reading = Reading(
        document=notes.document,
        sentences=tuple(collector.span(s.start, s.end) for s in notes.sentences),
        entities=tuple(
            Entity(r.key, r.kind, r.cls, r.name, tuple(sorted(r.aliases - {r.name})), r.state, r.known)
            for r in notes.referents.values()
        ),
        mentions=tuple(collector.mentions()),
        tenures=tuple(collector.tenures()),
        events=tuple(collector.event(e) for e in notes.events),
        relations=tuple(
            Relation(r.subject, r.predicate, r.object, collector.sentence(r.start), r.rule)
            for r in notes.relations
        ),
    )
    _check_keys(reading)
    return reading


def _check_keys(reading: Reading) -> None:
    """Find a fault of a component here, where it spoils one document, not later, where it spoils all."""
    entities = {e.key for e in reading.entities}
    events = {e.key for e in reading.events}
    used = {e.state for e in reading.entities} | {k for t in reading.tenures for k in (t.holder, t.of)}
    used |= {k for r in reading.relations for k in (r.subject, r.object)} | {e.source for e in reading.events}
    used |= {role.entity for e in reading.events for role in e.roles}
    loose = {m.refers_to for m in reading.mentions} - entities - events
    loose |= {k for k in used if k} - entities
    loose |= {e.part_of for e in reading.events if e.part_of} - events
    if loose:
        raise ValueError(f"something is said of {', '.join(sorted(loose))}, which no mention refers to")


class _Collector:
    """Token indexes to character offsets, for one Doc."""

    def __init__(self, doc: Doc, notes: Notes) -> None:
        self.doc = doc
        self.notes = notes

    def span(self, start: int, end: int) -> Span:
        last = self.doc[end - 1]
        return Span(self.doc[start].idx, last.idx + len(last))

    def sentence(self, token: int) -> Span:
        sentence = self.notes.sentence_of(token)
        if sentence is None:  # a dateline, whose evidence is itself
            sent = self.doc[token].sent
            return self.span(sent.start, sent.end)
        return self.span(sentence.start, sentence.end)

    def mentions(self) -> Iterator[Mention]:
        starts = {r.start: r for r in self.notes.references}
        for r in sorted(self.notes.references, key=lambda r: (r.start, r.end)):
            via = starts.get(r.via) if r.via is not None else None
            antecedent = self.span(via.start, via.end) if via else None
            for key in r.keys:
                yield Mention(self.span(r.start, r.end), key, r.rule, antecedent)
        for e in self.notes.events:
            for start, end in e.triggers:
                yield Mention(self.span(start, end), e.key, "trigger")

    def tenures(self) -> Iterator[Tenure]:
        for o in self.notes.offices:
            if o.holder is not None:
                yield Tenure(
                    o.holder, o.title, o.of, self.span(o.start, o.end), self.sentence(o.start), o.rule
                )

    def event(self, e: EventNote) -> Event:
        starts = [start for start, _ in e.triggers] + [a.start for a in e.arguments]
        sentences = tuple(dict.fromkeys(self.sentence(start) for start in starts))
        roles = tuple(Role(a.role, self.span(a.start, a.end), a.key, a.literal) for a in e.arguments)
        return Event(
            key=e.key,
            cls=e.cls,
            trigger=self.span(*e.triggers[0]),
            sentences=sentences,
            roles=roles,
            factuality=e.factuality,
            rule=e.rule,
            when=e.when,
            source=e.source,
            says=e.says,
            part_of=e.part_of,
        )
