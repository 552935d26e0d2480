"""The date of issue of a document: from metadata, its dateline, its file name, or its own words."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from graph.blocks import Segment
from graph.dateline import PartialDate, search_date, valid
from graph.model import BlockKind
from ontology.layout import LayoutWords

_REACH = 4
"""Years. A report whose latest year named lies further back names too little to date it by."""

_EDTF = re.compile(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?=$|[T ])")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_NAMED = re.compile(
    r"(?<![^\W_])(?P<y>(?:19|20)\d\d)(?P<s>[-_./]?)(?P<m>0[1-9]|1[0-2])(?:(?P=s)(?P<d>0[1-9]|[12]\d|3[01]))?(?![^\W_])"
)
_YEAR = re.compile(r"(?<![\w$€£¥.,/-])(?:19|20)\d\d(?![\w%]|[.,/]\d)")
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"‘])|\n")
_CLAUSE = re.compile(r"[;,]\s|\s(?=and|but|while|where|which|who)\b")


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
        year = _year_by_weekday(text, segments, partial, words)
        if year:
            return Issue(str(replace(partial, year=year).edtf), "weekday")
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
    """The year in a yearly volume's title, and the year it reports on: "Bluebook 2016" -> 2016, 2015."""
    names = "|".join(sorted((re.escape(name) for name in words.yearbooks), key=len, reverse=True))
    year = r"\s*[,:–—(-]?\s*((?:19|20)\d\d)\b(?![-–/]\d)"
    pattern = re.compile(rf"\b({names})s?\b(?:\s+\w+){{0,6}}?{year}", re.IGNORECASE)
    for one in segments[:6]:
        if one.block.kind not in (BlockKind.HEADLINE, BlockKind.HEADING):
            continue
        match = pattern.search(one.words(text))
        if match:
            titled = int(match[2])
            return titled, titled - words.yearbooks[match[1].casefold()]
    return None


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
    return next((one for one in found if one[0].year), found[0] if found else None)


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
    if not (partial.month and partial.day and named.year and named.month):
        return named.edtf
    middle = datetime.date(named.year, named.month, named.day or 15)
    for year in (named.year, named.year - 1, named.year + 1):
        dated = replace(partial, year=year)
        if valid(dated) and abs((datetime.date(year, partial.month, partial.day) - middle).days) <= 31:
            return dated.edtf
    return named.edtf


def _year_by_weekday(
    text: str, segments: tuple[Segment, ...], date: PartialDate, words: LayoutWords
) -> int | None:
    """The year in which a dateline's day falls on the weekday that the report gives for it.

    Agencies name the day of the report by its weekday ("said on Friday") and leave out the current year
    (AP Stylebook, "days of the week", "years"). So the year is the first, from the latest year that the text
    speaks of as past, in which the date falls on that weekday. It stays open where the text names no past
    year, where that year lies more than four years on, beyond a year still to come or outside the years of
    the agency's name, and where an earlier year would fit a report on the day before.
    """
    weekday = date.weekday if date.weekday is not None else _lead_weekday(text, segments, words)
    floor, ceiling = year_bounds(text, segments, words)
    if weekday is None or floor is None:
        return None
    last = min(floor + _REACH, ceiling or floor + _REACH)
    agency = next((one.dateline.agency for one in segments if one.dateline and one.dateline.agency), None)
    for year in range(floor, last + 1):
        if not valid(replace(date, year=year)) or not _agency_in(agency, year, words):
            continue
        falls = datetime.date(year, date.month or 1, date.day or 1).weekday()
        if falls == weekday:
            return year
        if date.weekday is None and falls == (weekday + 1) % 7:
            return None
    return None


def _agency_in(agency: str | None, year: int, words: LayoutWords) -> bool:
    """Whether the agency bore this name in that year, as far as the table knows."""
    spans = words.agency_years.get((agency or "").casefold())
    return spans is None or any(first <= year <= (last or year) for first, last in spans)


def _lead_weekday(text: str, segments: tuple[Segment, ...], words: LayoutWords) -> int | None:
    """The one weekday that the first paragraph to name any speaks of as the day of the report."""
    names = "|".join(name for group in words.weekdays for name in group[:1])
    pattern = re.compile(rf"(?:(\w+)\s+)?\b({names})\b(?!\s*(?:,\s*)?\w*\s*\d)", re.IGNORECASE)
    bodies = [one for one in segments if one.block.kind is BlockKind.BODY][:3]
    for one in bodies:
        found: set[int] = set()
        prose = text[one.block.prose.begin : one.block.prose.end]
        for clause in _CLAUSE.split(prose):
            future = words.future & set(re.findall(r"\w+", clause.casefold()))
            for match in pattern.finditer(clause):
                if not future and (match[1] or "").casefold() not in words.unlike_today:
                    found.add(words.weekday_numbers[match[2].casefold()])
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def year_bounds(
    text: str, segments: tuple[Segment, ...], words: LayoutWords
) -> tuple[int | None, int | None]:
    """The latest year that the text speaks of as past, and the earliest that it says is still to come."""
    come = words.past_names | words.month_numbers.keys()
    past: list[int] = []
    ahead: list[int] = []
    for one in segments:
        if one.block.kind is BlockKind.FURNITURE:
            continue
        for sentence in _SENTENCE.split(text[one.block.prose.begin : one.block.prose.end]):
            future = bool(words.future & set(re.findall(r"\w+", sentence.casefold())))
            for match in _YEAR.finditer(sentence):
                before = re.findall(r"[^\W\d_]+", sentence[: match.start()].casefold())[-1:]
                if before and before[0] in words.deadline:
                    ahead += [int(match.group())] if future else []
                elif not future and before and before[0] in come:
                    past.append(int(match.group()))
    return max(past, default=None), min(ahead, default=None)
