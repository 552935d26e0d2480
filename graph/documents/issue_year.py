"""The year of a dateline that has none, by the report's evidence: weekday, years, office holders, agency.

Agencies name the day of the report by its weekday ("said on Friday") and leave out the current year (AP
Stylebook, "days of the week", "years"). A day falls on a given weekday in one year of seven, at intervals
of five, six or eleven years: with the weekday, any evidence that holds the year within five is enough.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.calendar.written_dates import PartialDate, valid
from graph.documents.blocks import Segment
from graph.model import BlockKind
from ontology.layout import LayoutWords
from ontology.leaders import Leader, Leaders

_FIRST, _LAST = 1990, 2100
_REACH = 2
"""Years. How long ago a past month with its year, the latest that a report names, is taken to be at most."""

_YEAR = re.compile(r"(?<![\w$€£¥.,/-])(?:19|20)\d\d(?![\w%]|[.,/]\d)")
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"‘])|\n\s*\n")
_CLAUSE = re.compile(r"[;,]\s|\s(?=and|but|while|where|which|who)\b")
_NAME = r"((?:[^\W\d_a-z][\w’'-]*\.?\s+){1,3}[^\W\d_a-z][\w’'-]*)"


@dataclass(frozen=True, slots=True)
class YearEvidence:
    """What a report says on its year.

    ``past`` is the latest year that it speaks of as past, ``month`` the latest of those with their month;
    ``ahead`` the earliest that it says is still to come; ``terms`` the terms of each office holder it names.
    """

    past: int | None
    month: int | None
    ahead: int | None
    weekday: int | None
    agency: str | None
    terms: tuple[tuple[Leader, ...], ...]


def dateline_year(date: PartialDate, evidence: YearEvidence, words: LayoutWords) -> tuple[int, str] | None:
    """The year of a day and month, and what showed it ("weekday", "office holders"); None where it is open.

    It is the only year that all evidence allows; else, by the weekday, the first within two years of the
    latest past month named, unless an earlier of these would fit a report on the day before.
    """
    allowed = [year for year in range(_FIRST, _LAST) if _allows(evidence, year, words)]
    days = {year: _weekday(date, year) for year in allowed if valid(replace(date, year=year))}
    fitting = [year for year, weekday in days.items() if evidence.weekday in (None, weekday)]
    if len(fitting) == 1:
        return fitting[0], "office holders" if evidence.weekday is None else "weekday"
    if evidence.weekday is None or evidence.month is None:
        return None
    for year in range(evidence.month, evidence.month + _REACH + 1):
        if year in fitting:
            return year, "weekday"
        if date.weekday is None and days.get(year) == (evidence.weekday + 1) % 7:
            return None
    return None


def year_evidence(
    text: str, segments: tuple[Segment, ...], date: PartialDate, words: LayoutWords, leaders: Leaders
) -> YearEvidence:
    """What the report says on the year of its dateline's ``date``."""
    sentences = list(_sentences(text, segments))
    past, months, ahead = _years(sentences, words)
    return YearEvidence(
        past=max(past + months, default=None),
        month=max(months, default=None),
        ahead=min(ahead, default=None),
        weekday=date.weekday if date.weekday is not None else _lead_weekday(text, segments, words),
        agency=next((one.dateline.agency for one in segments if one.dateline and one.dateline.agency), None),
        terms=tuple(_terms(sentences, words, leaders)),
    )


def _allows(evidence: YearEvidence, year: int, words: LayoutWords) -> bool:
    """Whether nothing speaks against a year."""
    if year < (evidence.past or year) or year > (evidence.ahead or year):
        return False
    if not all(any(term.served(year) for term in terms) for terms in evidence.terms):
        return False
    spans = words.agency_years.get((evidence.agency or "").casefold())
    return spans is None or any(first <= year <= (last or year) for first, last in spans)


def _weekday(date: PartialDate, year: int) -> int:
    return datetime.date(year, date.month or 1, date.day or 1).weekday()


def _sentences(text: str, segments: tuple[Segment, ...]) -> Iterator[str]:
    for one in segments:
        if one.block.kind is not BlockKind.FURNITURE:
            yield from _SENTENCE.split(text[one.block.prose.begin : one.block.prose.end])


def _years(sentences: list[str], words: LayoutWords) -> tuple[list[int], list[int], list[int]]:
    """The years that are spoken of as past, those with their month, and those still to come.

    A year named without its month ("since 2002") may be long past; with it, it is as a rule a recent one.
    """
    past: list[int] = []
    months: list[int] = []
    ahead: list[int] = []
    for sentence in sentences:
        future = bool(words.future & set(re.findall(r"\w+", sentence.casefold())))
        for match in _YEAR.finditer(sentence):
            before = "".join(re.findall(r"[^\W\d_]+", sentence[: match.start()].casefold())[-1:])
            if future:
                ahead += [int(match.group())] if before in words.deadline else []
            elif before in words.month_numbers:
                months.append(int(match.group()))
            elif before in words.past:
                past.append(int(match.group()))
    return past, months, ahead


def _lead_weekday(text: str, segments: tuple[Segment, ...], words: LayoutWords) -> int | None:
    """The one weekday that the first paragraph to name any speaks of as the day of the report."""
    names = "|".join(name for group in words.weekdays for name in group[:1])
    pattern = re.compile(rf"(?:(\w+)\s+)?\b({names})\b(?!\s*(?:,\s*)?\w*\s*\d)", re.IGNORECASE)
    bodies = [one for one in segments if one.block.kind is BlockKind.BODY][:3]
    for one in bodies:
        found: set[int] = set()
        for clause in _CLAUSE.split(text[one.block.prose.begin : one.block.prose.end]):
            future = words.future & set(re.findall(r"\w+", clause.casefold()))
            for match in pattern.finditer(clause):
                if not future and (match[1] or "").casefold() not in words.unlike_today:
                    found.add(words.weekday_numbers[match[2].casefold()])
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _terms(sentences: list[str], words: LayoutWords, leaders: Leaders) -> Iterator[tuple[Leader, ...]]:
    """The known terms of everyone whom a sentence calls by office and full name, as of the day of the report.

    A sentence that names a year, or somebody's former office, may speak of another day.
    """
    titles = "|".join(sorted(map(re.escape, words.offices), key=len, reverse=True))
    pattern = re.compile(rf"\b((?i:{titles}))\s+{_NAME}")
    for sentence in sentences:
        if _YEAR.search(sentence) or words.not_in_office & set(re.findall(r"\w+", sentence.casefold())):
            continue
        for match in pattern.finditer(sentence):
            name = match[2].split()
            roles = words.offices[match[1].casefold()]
            found = (leaders.terms(" ".join(name[:count]), roles) for count in range(len(name), 1, -1))
            terms = next((terms for terms in found if terms), None)
            if terms:
                yield terms
