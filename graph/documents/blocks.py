"""Segmentation: what each paragraph of a text is: headline, standfirst, caption, heading, body, furniture."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from graph.documents.dateline import Dateline, read_dateline
from graph.documents.furniture import credited, furniture, organisation
from graph.documents.paragraphs import Paragraph, list_item, paragraphs
from graph.model import Block, BlockKind, Span
from ontology.layout import LayoutWords

_CLOSED = re.compile(r"[.!?:;,…][\"'”’»)\]]*$")
_LABEL = re.compile(r"[A-Z][A-Z .’'-]{1,40}:\s")
_NUMBERED = re.compile(
    r"(?:chapter|section|part|article|annex|appendix|title|paragraph|item|[ivx]{1,5}\.|\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+)"
    r"(?:\s+[\divxabc]{1,5}\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A block with what its dateline says."""

    block: Block
    dateline: Dateline | None

    def words(self, text: str) -> str:
        """The block's text with every run of blanks as one space."""
        return " ".join(text[self.block.begin : self.block.end].split())


def segment(text: str, words: LayoutWords) -> tuple[Segment, ...]:
    """The blocks of ``text`` in order, disjoint, holding every character that is not blank."""
    plain = [_line(text, paragraph) for paragraph in paragraphs(text)]
    captions = _captions(plain, words)
    dropped = captions | _links(plain, words)
    dropped |= {at for at, line in enumerate(plain) if furniture(line.text, words)}
    kept = [line for at, line in enumerate(plain) if at not in dropped]
    datelines = _datelines(kept, words)
    kinds = _kinds([line for line in kept if not _alone(datelines.get(line))], datelines, words)
    found = []
    for at, line in enumerate(plain):
        dateline = datelines.get(line)
        kind = BlockKind.CAPTION if at in captions else kinds.get(line, BlockKind.FURNITURE)
        found.append(_segment(line, kind, dateline))
    return tuple(found)


def _links(lines: list[_Line], words: LayoutWords) -> set[int]:
    """The positions of the short lines under "Related stories" and the like."""
    found: set[int] = set()
    listing = False
    for at, line in enumerate(lines):
        if line.text.casefold().strip(" :.") in words.link_headings:
            listing = at > 0
        elif line.closed or len(line.text.split()) > 20:
            listing = False
        elif listing:
            found.add(at)
    return found


def _segment(line: _Line, kind: BlockKind, dateline: Dateline | None) -> Segment:
    begin, end = line.paragraph.begin, line.paragraph.end
    span = Span(begin, begin + dateline.end) if dateline else None
    return Segment(Block(begin, end, kind, span), dateline)


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """A paragraph with its words; compared by identity."""

    paragraph: Paragraph
    raw: str
    text: str

    @property
    def closed(self) -> bool:
        return _CLOSED.search(self.text) is not None

    @property
    def long(self) -> bool:
        """Whether this is prose: a closed sentence of some length, or more words than a heading has."""
        count = len(self.text.split())
        return count > 60 or (self.closed and count > 12)

    @property
    def prose(self) -> bool:
        """Whether this is a sentence, however short."""
        return self.long or (self.closed and len(self.text.split()) >= 5)

    @property
    def short(self) -> bool:
        return not self.closed and len(self.text.split()) <= 12 and len(self.text) <= 100


def _line(text: str, paragraph: Paragraph) -> _Line:
    raw = text[paragraph.begin : paragraph.end]
    return _Line(paragraph, raw, " ".join(raw.split()))


def _captions(lines: list[_Line], words: LayoutWords) -> set[int]:
    """The positions of captions and credits, and of lines beside them that repeat the same words."""
    found = {at for at, line in enumerate(lines) if credited(line.text, words)}
    for at in sorted(found):
        for near in (at - 1, at + 1):
            if 0 <= near < len(lines) and near not in found:
                one, other = lines[at].text, lines[near].text
                if len(other.split()) >= 3 and (one.startswith(other) or other.startswith(one)):
                    found.add(near)
    return found


def _datelines(lines: list[_Line], words: LayoutWords) -> dict[_Line, Dateline]:
    """The datelines among ``lines``.

    A form that could also be something else counts at the head of the body only, and only where no other
    paragraph opens like it: "3 March: …" many times is a chronicle, "MODERATOR: …" a transcript.
    """
    found = {line: one for line in lines if (one := read_dateline(line.raw, words))}
    weak = Counter(_form(line, one) for line, one in found.items() if not one.sure)
    labels = sum(_LABEL.match(line.text) is not None for line in lines)
    first = next((at for at, line in enumerate(lines) if line.long or line in found), 0)
    kept: dict[_Line, Dateline] = {}
    for position, line in enumerate(lines):
        if line not in found:
            continue
        one = found[line]
        form = _form(line, one)
        if not one.sure:
            head = position <= first + 1 or (one.alone and position == len(lines) - 1)
            if not head or (form == "date" and weak[form] > 1) or (form == "label" and labels > 1):
                continue
        if one.alone and not one.sure and one.date is None:
            continue
        kept[line] = one
    return kept


def _form(line: _Line, dateline: Dateline) -> str:
    if dateline.alone:
        return "alone"
    if dateline.date and not dateline.place:
        return "date"
    return "label" if line.raw[: dateline.end].rstrip().endswith(":") else "place"


def _alone(dateline: Dateline | None) -> bool:
    return dateline is not None and dateline.alone


def _kinds(
    lines: list[_Line], datelines: dict[_Line, Dateline], words: LayoutWords
) -> dict[_Line, BlockKind]:
    """What each line is, by where the body begins, by length, capitals and closing mark."""
    body = _body_start(lines, datelines)
    headline = _headline(lines[:body], words)
    kinds: dict[_Line, BlockKind] = {}
    for at, line in enumerate(lines):
        if at >= body:
            kinds[line] = BlockKind.HEADING if _heads(lines, at, datelines) else BlockKind.BODY
        elif at == headline:
            kinds[line] = BlockKind.HEADLINE
        else:
            kinds[line] = BlockKind.STANDFIRST if _standfirst(line) else BlockKind.HEADING
    return kinds


def _headline(above: list[_Line], words: LayoutWords) -> int:
    """The position of the headline among the lines above the body: the first, but for a letterhead."""
    if len(above) > 1 and organisation(above[0].text, words):
        return next((at for at, line in enumerate(above) if at and len(line.text.split()) >= 3), 0)
    return 0


def _body_start(lines: list[_Line], datelines: dict[_Line, Dateline]) -> int:
    """The position of the first line of the body; 0 where nothing stands above it."""
    opened = next((at for at, line in enumerate(lines[:6]) if line in datelines), None)
    if opened is not None and all(len(line.text.split()) <= 60 for line in lines[:opened]):
        return opened
    start = next((at for at, line in enumerate(lines) if _opens_body(line)), len(lines))
    if start == len(lines):
        closed = next((at for at, line in enumerate(lines) if line.closed and at), None)
        start = closed if closed is not None else min(1, max(0, len(lines) - 1))
    if start and lines[0].text.endswith("."):
        return 0
    return start


def _opens_body(line: _Line) -> bool:
    item = list_item(line.text) and not (line.short and _NUMBERED.match(line.text))
    return line.long or item


def _standfirst(line: _Line) -> bool:
    """Whether a line above the body is a sentence and not a heading: by its length and small letters."""
    content = [word for word in line.text.split() if len(word) > 3 and word[0].isalpha()]
    small = sum(word[0].islower() for word in content)
    if _NUMBERED.match(line.text):
        return False
    return len(line.text.split()) >= 7 and (line.closed or 5 * small >= 2 * len(content))


def _heads(lines: list[_Line], at: int, datelines: dict[_Line, Dateline], depth: int = 0) -> bool:
    """Whether the line at ``at`` of the body is a heading: short, open, and prose (or a heading) follows."""
    line = lines[at]
    if not line.short or line in datelines or at + 1 >= len(lines) or depth > 2:
        return False
    if line.text[0].islower() or (list_item(line.text) and not _NUMBERED.match(line.text)):
        return False
    after = lines[at + 1]
    if _enumerated(lines, at) or (list_item(line.text) and list_item(after.text)):
        return False
    if after.prose or after in datelines or list_item(after.text):
        return True
    return _heads(lines, at + 1, datelines, depth + 1)


def _enumerated(lines: list[_Line], at: int) -> bool:
    """Whether a short line stands in the list that a colon has opened."""
    opener = next((line for line in reversed(lines[max(0, at - 50) : at]) if not line.short), None)
    return opener is not None and opener.text.endswith(":")


def replace_headline(segments: tuple[Segment, ...], text: str, title: str) -> tuple[Segment, ...]:
    """The same blocks, with the one that holds just ``title`` (known from outside) as the headline."""
    wanted = " ".join(title.split()).casefold()
    at = next((at for at, one in enumerate(segments) if one.words(text).casefold() == wanted), None)
    if at is None or segments[at].dateline:
        return segments
    return tuple(_as_headline(one, mine=position == at) for position, one in enumerate(segments))


def _as_headline(one: Segment, *, mine: bool) -> Segment:
    if mine:
        return replace(one, block=replace(one.block, kind=BlockKind.HEADLINE))
    if one.block.kind is BlockKind.HEADLINE:
        return replace(one, block=replace(one.block, kind=BlockKind.HEADING))
    return one
