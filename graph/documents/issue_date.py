"""The date of issue of a document: from metadata, its dateline, its file name, or its own words."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from graph.calendar.written_dates import PartialDate, find_date, month_at_end, search_date, valid
from graph.documents.blocks import Segment
from graph.documents.issue_year import dateline_year, year_evidence
from graph.model import BlockKind
from ontology.layout import LayoutWords
from ontology.leaders import load_leaders

_EDTF = re.compile(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?=$|[T ])")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_NAMED = re.compile(
    r"(?<![^\W_])(?P<y>(?:19|20)\d\d)(?P<s>[-_./]?)(?P<m>0[1-9]|1[0-2])(?:(?P=s)(?P<d>0[1-9]|[12]\d|3[01]))?(?![^\W_])"
)
_PART = re.compile(r"^|[|·•,;:–—(/]\s*|\s-\s|\s(?=\d{1,2}(?:st|nd|rd|th)?\s)|\s(?=[A-Z][a-z]+\.?\s+\d)")
_NUMBERED = re.compile(r"(?<![\w/])\d{1,4}/((?:19|20)\d\d)(?=\)?$|\s*[|·•:–—])")
_OWN = 3
"""Months without a year by which a volume shows that it leaves out its own."""
_SHORT = 14
"""Words that a line above the body has at most."""


@dataclass(frozen=True, slots=True)
class Issue:
    """When a document was issued: an EDTF date, and how that was found."""

    edtf: str
    found: str


def issue_date(
    text: str, segments: tuple[Segment, ...], words: LayoutWords, name: str = "", url: str = ""
) -> Issue | None:
    """The date of issue, on the best evidence in and around the text; None where nothing fixes even the year.

    :param name: the name of the text's file, which may hold the date.
    :param url: the address of the text, whose path may hold the date.
    """
    written = _written(text, segments, words)
    if written and written[0].edtf:
        return Issue(written[0].edtf, written[1])
    partial = written[0] if written else None
    for source, place in (("file name", name), ("url", url)):
        named = _named(place, partial)
        if named:
            return Issue(named, source)
    if partial and partial.month and partial.day:
        evidence = year_evidence(text, segments, partial, words, load_leaders())
        year = dateline_year(partial, evidence, words)
        if year:
            return Issue(str(replace(partial, year=year[0]).edtf), year[1])
    return _yearbook_issue(text, segments, words)


def as_edtf(value: str, words: LayoutWords) -> str | None:
    """A date as people and machines write it, in EDTF; None where it is no date.

    Read are "2016-04-13T08:00Z", "2016-04", "2016", "20160413", "13 April 2016", "13.04.2016".
    """
    value = value.strip()
    iso, compact = _EDTF.match(value), _COMPACT.fullmatch(value)
    if iso or compact:
        groups = (iso or compact).groups()  # type: ignore[union-attr]  # one of the two has matched
        year, month, day = (int(group) if group else None for group in groups)
        date = PartialDate(month, day, year)
        return date.edtf if valid(date) else None
    found = search_date(value, words)
    return found.edtf if found else None


def yearbook(text: str, segments: tuple[Segment, ...], words: LayoutWords) -> tuple[int, int] | None:
    """The year in a yearly volume's title, and the year it reports on: "Bluebook 2016" -> 2016, 2015.

    Where the text speaks of what was done "in" one of the two years and never of the other, that one.
    """
    names = "|".join(sorted((re.escape(name) for name in words.yearbooks), key=len, reverse=True))
    year = r"\s*[,:–—(-]?\s*((?:19|20)\d\d)\b(?![-–/]\d)"
    pattern = re.compile(rf"\b({names})s?\b(?:[\s,:–—-]+[^\W\d]+){{0,8}}?{year}", re.IGNORECASE)
    for one in segments[:6]:
        if one.block.kind not in (BlockKind.HEADLINE, BlockKind.HEADING):
            continue
        match = pattern.search(one.words(text))
        if match:
            titled = int(match[2])
            return titled, _reported(text, titled, titled - words.yearbooks[match[1].casefold()], words)
    return _chapter(text, segments, words)


def _chapter(text: str, segments: tuple[Segment, ...], words: LayoutWords) -> tuple[int, int] | None:
    """The year that a numbered chapter is about by its title: "Chapter 4. West Africa in 2016"."""
    parts = "|".join(sorted(words.chapters))
    pattern = re.compile(rf"(?i:(?:{parts})\s+)(?:\d+|[IVXL]+)\b.*\s(?i:in)\s((?:19|20)\d\d)\W*")
    for one in segments[:6]:
        if one.block.kind in (BlockKind.HEADLINE, BlockKind.HEADING):
            match = pattern.fullmatch(one.words(text).strip())
            if match:
                return int(match[1]), int(match[1])
    return None


def _reported(text: str, titled: int, usual: int, words: LayoutWords) -> int:
    """The year that a volume reports on: the usual one, unless only the other is told of.

    A volume leaves out the year that it reports on. One that months are named with, while most have none, is
    another.
    """
    other = titled - 1 if usual == titled else titled
    told = [len(re.findall(rf"\b(?i:in|during|throughout) {year}\b", text)) for year in (usual, other)]
    if told[1] and not told[0]:
        return other
    if usual == titled:
        return usual
    names = "|".join(sorted(words.month_numbers, key=len, reverse=True))
    months = [match[1] for match in re.finditer(rf"\b(?i:{names})\b\.?(?:,? (\d{{4}})\b)?", text)]
    named = [months.count(str(year)) for year in (usual, other)]
    return other if named[0] and not any((named[1], *told)) and months.count(None) >= _OWN else usual


def _yearbook_issue(text: str, segments: tuple[Segment, ...], words: LayoutWords) -> Issue | None:
    """A volume that reports on the year before its title's is issued in its title's year."""
    found = yearbook(text, segments, words)
    return Issue(str(found[0]), "title") if found and found[1] < found[0] else None


def _written(text: str, segments: tuple[Segment, ...], words: LayoutWords) -> tuple[PartialDate, str] | None:
    """The date in the text's own dateline, date line or stamp: one with its year before one without."""
    found: list[tuple[PartialDate, str]] = []
    prose = 0
    for at, one in enumerate(segments):
        line = one.dateline
        closing = bool(line and line.alone and at >= len(segments) - 2)
        if line and line.date and (prose < 2 or closing):
            found.append((line.date, "date line" if line.alone else "dateline"))
        elif one.block.kind is BlockKind.FURNITURE and (prose == 0 or at >= len(segments) - 4):
            stamp = _stamp(one.words(text), words)
            if stamp:
                found.append((stamp, "date line"))
        prose += one.block.kind is BlockKind.BODY
    found += _above(text, segments, words) + _spoken(text, segments, words)
    dated = next((one for one in found if one[0].year), None)
    open_ = next((one for one in found if one[0].month and not one[0].year), None)
    return _with_year(open_, dated[0]) if dated and open_ else dated or open_


def _above(text: str, segments: tuple[Segment, ...], words: LayoutWords) -> list[tuple[PartialDate, str]]:
    """The dates that short lines above or below the body begin or end with: a day before a mere month.

    "Policy Brief No. 7 | September 2015", "Amina Diallo, 12 May 2012", "Note 31/2014".
    """
    lines: list[str] = []
    body = [at for at, one in enumerate(segments) if len(one.words(text).split()) > _SHORT]
    above = segments[: min(body, default=0)]
    for one in (*above, *segments[max(body, default=-1) + 1 :]):
        line = one.words(text)
        sentence = line.endswith((";", "?", "!")) or (line.endswith(".") and len(line.split()) > 5)
        if not sentence and not one.dateline:
            lines.append(line)
    days = [_edge(line, words) for line in lines]
    months = [month_at_end(line, words) for line in lines]
    numbered = [PartialDate(None, None, int(m[1])) for line in lines if (m := _NUMBERED.search(line))]
    return [(found, "date line") for found in (*days, *months, *numbered) if found]


def _edge(line: str, words: LayoutWords) -> PartialDate | None:
    """The date with its year that begins a line, or a part of it behind a mark, or ends it."""
    for match in _PART.finditer(line):
        found = find_date(line, words, match.end())
        if found and found[0].year and (match.start() == 0 or not line[found[1] :].strip(" .,)]")):
            return found[0]
    return None


def _spoken(text: str, segments: tuple[Segment, ...], words: LayoutWords) -> list[tuple[PartialDate, str]]:
    """The day that a bulletin says it is: "Today is Friday, the third of May, 2019"."""
    opening = "|".join(map(re.escape, words.today))
    pattern = re.compile(rf"(?:^|(?<=[.!?:]\s))(?:{opening})\s+", re.IGNORECASE)
    for one in [one for one in segments if one.block.kind is BlockKind.BODY][:3]:
        line = one.words(text)
        for match in pattern.finditer(line):
            found = find_date(line, words, match.end())
            if found and found[0].year:
                return [(found[0], "date line")]
    return []


def _with_year(line: tuple[PartialDate, str], stamp: PartialDate) -> tuple[PartialDate, str]:
    """A dateline's day in the year of a stamp within a month of it; else the stamp."""
    for year in (stamp.year, (stamp.year or 0) - 1):
        dated = replace(line[0], year=year)
        if near(dated, stamp):
            return dated, line[1]
    return stamp, "date line"


def _stamp(line: str, words: LayoutWords) -> PartialDate | None:
    """The date of a line such as "Published: 5 March 2014"."""
    low = line.casefold()
    return search_date(line, words) if any(low.startswith(stamp) for stamp in words.stamps) else None


def _named(name: str, partial: PartialDate | None) -> str | None:
    """The date in a file's name or address; the dateline's own day, where that is within a month of it."""
    for match in _NAMED.finditer(name):
        day = int(match["d"]) if match["d"] else None
        if day is None and not match["s"]:
            continue
        date = PartialDate(int(match["m"]), day, int(match["y"]))
        if valid(date):
            return _nearest(date, partial) if partial else date.edtf
    return None


def _nearest(named: PartialDate, partial: PartialDate) -> str | None:
    """``partial`` in the year that brings it within a month of ``named``; else ``named``."""
    for year in (0, -1, 1):
        dated = replace(partial, year=(named.year or 0) + year)
        if near(dated, named):
            return dated.edtf
    return named.edtf


def near(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates lie within a month of each other; a month without day counts by its middle."""
    days = [_day(date) for date in (one, other)]
    return all(days) and max(days) - min(days) <= 31


def _day(date: PartialDate) -> int:
    """The day's number since the year 1; 0 where there is no such day, or year and month are not known."""
    if not (date.year and date.month and valid(date)):
        return 0
    return datetime.date(date.year, date.month, date.day or 15).toordinal()
