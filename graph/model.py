"""What one document says, as plain data: the types that all later steps share.

All offsets are Unicode code points into ``Document.text``, half open: ``text[begin:end]``.
A *key* (``str``) names an entity or event within one Reading; IRIs are given later, by
``graph.identity``, when all readings are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

EntityKind = Literal["person", "institution", "territory", "instrument"]
Factuality = Literal["actual", "planned", "possible", "negated"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text."""

    begin: int
    end: int


class BlockKind(StrEnum):
    """What a line or paragraph of a document is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    CAPTION = "caption"
    HEADING = "heading"
    BODY = "body"
    FURNITURE = "furniture"  # "All news", "Read more": kept in the text, never read


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or line of a document; a sentence never crosses its borders.

    ``prose`` is where the sentences begin and end: inside a block that opens with a dateline, after it.
    """

    begin: int
    end: int
    kind: BlockKind
    dateline: Span | None = None

    @property
    def prose(self) -> Span:
        """The part of the block that holds sentences."""
        return Span(self.dateline.end if self.dateline else self.begin, self.end)


@dataclass(frozen=True, slots=True)
class Document:
    """One text as read, with what is known about it before any language processing.

    ``identifier`` is the path relative to the folder that was built (``a/b.txt``; records of a
    table: ``news.jsonl#12``). ``issued`` is an EDTF date or None where it cannot be worked out;
    ``issued_from`` says how it was found ("dateline", "metadata", "file name", "weekday", ...).
    ``year`` is the year that the text reports on where its title says so ("Bluebook 2016" -> 2015).
    """

    identifier: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    publisher: str | None = None
    place: str | None = None
    issued: str | None = None
    issued_from: str | None = None
    year: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, institution, territory or instrument as one document speaks of it.

    ``cls`` is the local name of its ontology class ("Ministry"); ``name`` the fullest form in the
    text; ``aliases`` the other forms; ``state`` the key of the state it belongs to; ``known`` the id of
    its row in the tables of ``ontology/names`` where it has one.
    """

    key: str
    kind: EntityKind
    cls: str
    name: str
    aliases: tuple[str, ...] = ()
    state: str | None = None
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that refers to an entity or an event.

    ``rule`` says how it was resolved (``name``, ``alias``, ``office``, ``nominal``, ``demonym``,
    ``capital``, ``pronoun``, ``issuer``, ``trigger``; ``ellipsis`` of a subject that is left out, at its
    verb); ``antecedent`` is the mention it was resolved through, if any.
    """

    span: Span
    refers_to: str
    rule: str
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person holding a title for a state or institution, on the word of one sentence."""

    holder: str
    title: str
    of: str | None
    span: Span
    sentence: Span
    rule: str


@dataclass(frozen=True, slots=True)
class When:
    """A date at the precision that the text has.

    ``edtf`` is the value; ``start`` and ``end`` its first and last day (ISO 8601), where it has them;
    ``phrase`` the words it comes from; ``anchor`` the EDTF date that relative words were counted from.
    """

    edtf: str
    start: str | None
    end: str | None
    phrase: Span
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """One argument of an event: an entity by its key, or (for ``about``) a phrase of the text.

    ``name`` is the local name of an ontology property (participant, initiator, recipient, place, about).
    ``span`` is where the argument stands, in the event's sentence.
    """

    name: str
    span: Span
    entity: str | None = None
    literal: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, was planned, possible or denied, with who took part and who says so.

    ``cls`` is the local name of its ontology class; ``rule`` the id of the trigger that found it;
    ``source`` the key of who says so where it is only reported; ``says`` the words of a Statement.
    """

    key: str
    cls: str
    trigger: Span
    sentences: tuple[Span, ...]
    roles: tuple[Role, ...]
    factuality: Factuality
    rule: str
    when: When | None = None
    source: str | None = None
    says: str | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A lasting tie between two entities; ``predicate`` is the local name of an ontology property."""

    subject: str
    predicate: str
    object: str
    sentence: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one document says, and nothing from outside."""

    document: Document
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    tenures: tuple[Tenure, ...]
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
