"""A Document from a text and what is known about it: blocks, title, publisher, place, date of issue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from graph.documents.blocks import Segment, replace_headline, segment
from graph.documents.furniture import organisation
from graph.documents.issue_date import Issue, issue_date, yearbook
from graph.model import BlockKind, Document
from ontology.layout import LayoutWords, layout_words

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ACRONYM = re.compile(r"\s*\(([A-Z]{2,8})\)$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a text from outside it; ``published`` is an EDTF date."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    place: str | None = None
    url: str | None = None


def normalised(text: str) -> str:
    """The text as read, in which all offsets count: no byte-order mark, every line ended by one line feed.

    A control character becomes a blank, and half a surrogate pair U+FFFD: no RDF literal can hold them.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", lines))


def read_text(
    identifier: str, text: str, metadata: Metadata | None = None, words: LayoutWords | None = None
) -> Document:
    """The document that ``text`` is; a pure function of its arguments.

    :param identifier: the path relative to the folder that is built; a date in the file's name is evidence.
    :param metadata: what is known from outside; it goes before what the text says.
    :param words: the words of layout; those of the package by default.
    """
    text, known, words = normalised(text), metadata or Metadata(), words or layout_words()
    segments = segment(text, words)
    if known.title:
        segments = replace_headline(segments, text, known.title)
    if known.published:
        issue: Issue | None = Issue(known.published, "metadata")
    else:
        name = PurePosixPath(identifier.split("#", maxsplit=1)[0]).name
        issue = issue_date(text, segments, words, name, known.url or "")
    volume = yearbook(text, segments, words)
    return Document(
        identifier=identifier,
        text=text,
        blocks=tuple(one.block for one in segments),
        title=known.title or _title(text, segments),
        publisher=known.publisher or _publisher(text, segments, words),
        place=known.place or _place(segments),
        issued=issue.edtf if issue else None,
        issued_from=issue.found if issue else None,
        year=volume[1] if volume else None,
        url=known.url,
    )


def _title(text: str, segments: tuple[Segment, ...]) -> str | None:
    headline = next((one for one in segments if one.block.kind is BlockKind.HEADLINE), None)
    return headline.words(text).lstrip("#*_ ").rstrip("#*_ ") if headline else None


def _place(segments: tuple[Segment, ...]) -> str | None:
    """The city of the first dateline, without the state or region behind it."""
    place = next((one.dateline.place for one in segments if one.dateline and one.dateline.place), None)
    return place.split(",")[0].split("/")[0].strip() if place else None


def _publisher(text: str, segments: tuple[Segment, ...], words: LayoutWords) -> str | None:
    """The agency of the first dateline; else the organisation of the letterhead, or that signs at the end."""
    for one in segments:
        if one.dateline and one.dateline.agency:
            return one.dateline.agency
    headline = next((at for at, one in enumerate(segments) if one.block.kind is BlockKind.HEADLINE), 0)
    above = [one.words(text) for one in segments[:headline] if one.block.kind is BlockKind.HEADING]
    body = [one.words(text) for one in segments if one.block.kind is BlockKind.BODY]
    signed = (_signature(line, words) for line in (*above[:1], *body[1:][-2:]))
    return next((name for name in signed if name), None)


def _signature(line: str, words: LayoutWords) -> str | None:
    """The organisation whose name is all of a closing line, without the acronym in brackets behind it."""
    plain = _ACRONYM.sub("", line)
    closed = plain.endswith((".", "!", "?", ":", ";", ","))
    return plain if organisation(plain, words) and not closed else None
