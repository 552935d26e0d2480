"""Datelines: the place, date and agency that open a report, in the styles of the world's agencies.

Place, date and agency come in many orders and marks: "TOKYO, January 26. /TASS/.", "PARIS (Reuters) -",
"(ANSA) - ROME, MAY 4 -", "KYIV. Jan 5 (Interfax)", "Washington, DC / March 3, 2020", "ISLAMABAD:".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.calendar.written_dates import PartialDate, find_date
from ontology.layout import LayoutWords

_LONGEST = 120
_WORD = re.compile(r"[^\W\d_](?:[\w’'`-]|\.(?=\w))*")
_JOINT = re.compile(r"[ \t\n]*(?:,|/)?[ \t\n]*")
_GAP = re.compile(r"[\s,.|/]*(?:(?:-{1,3}|[–—])\s*)?")
_POINT = re.compile(r"[\s,.]*")
_AGENCY = re.compile(r"\(([^()/]{2,60})\)|/([^/()]{2,40})/|\[([^\[\]]{2,40})\]")
_DASH = re.compile(r"[\s,.]*(?:(?:-{2,3}|[—―]{1,2})\s*|[-–]\s+)(?=\S)")
_COLON = re.compile(r"\s*:\s+")
_STOP = re.compile(r"\s*\.\s+")
_CLOCK = re.compile(
    r"[\s,|–—-]*(?:at\s+)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?",
    re.IGNORECASE,
)
_DONE = re.compile(r"(?:done|signed|adopted|given|issued)\s+(?:at|in)\s+(?=\w)", re.IGNORECASE)
_PARTICLES = frozenset(
    "al and au aux da das de del der di do dos du el en e la las le les los of sur the y".split()
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What opens a report. ``end`` counts from the start of the paragraph: the prose begins there.

    ``alone``: nothing but the dateline stands in the paragraph. ``sure``: its form is a dateline's
    wherever it stands (place with date); else it is one only at the head of the body.
    """

    end: int
    place: str | None
    agency: str | None
    date: PartialDate | None
    alone: bool
    sure: bool


def read_dateline(paragraph: str, words: LayoutWords) -> Dateline | None:
    """The dateline that opens ``paragraph``, or None."""
    start = at = _skip(_DONE, paragraph, _spaces(paragraph, 0))
    place = agency = None
    date: PartialDate | None = None
    while at < start + _LONGEST:
        begin = at if at == start else _skip(_GAP, paragraph, at)
        found = None if date else find_date(paragraph, words, begin)
        name, end = (None, at) if agency else _agency(paragraph, _skip(_POINT, paragraph, at))
        if found:
            date, at = found
        elif name:
            agency, at, date = name, end, date or _date_within(name, words)
        elif not place and (begin == start or _is_place_after(paragraph, begin, words)):
            place, at = _place(paragraph, begin, words)
        else:
            break
        if at == start:
            return None
    if place and not agency:
        place, agency = _split_agency(place)
    if place and date and not agency:
        agency, at = _bare_agency(paragraph, at, words)
    return _judge(paragraph, at, _Parts(place, agency, date), words)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What was found at the head of a paragraph."""

    place: str | None
    agency: str | None
    date: PartialDate | None


def _judge(paragraph: str, at: int, parts: _Parts, words: LayoutWords) -> Dateline | None:
    """Whether the ``parts`` found up to ``at`` are a dateline, by what closes them."""
    place, agency, date = parts.place, _name(parts.agency), parts.date
    clock = _CLOCK.match(paragraph, at) if date else None
    rest = paragraph[clock.end() if clock else at :]
    if date and not rest.strip(" \t\n.,–—-:|"):
        return Dateline(len(paragraph), place, agency, date, alone=True, sure=bool(date.year))
    if at > _LONGEST or not (place or agency or date):
        return None
    marks = {"dash": _DASH, "colon": _COLON} | ({"stop": _STOP} if date or parts.agency else {})
    closed = next(((name, match) for name, one in marks.items() if (match := one.match(paragraph, at))), None)
    close, end = (closed[0], closed[1].end()) if closed else ("", _spaces(paragraph, at))
    prose = paragraph[end:]
    if not prose.strip():
        return None
    sure = _sure(parts, close, slash="/" in paragraph[:at])
    enough = bool(close or (place and parts.agency and date))
    if (sure and enough) or _likely(parts, close, prose, words):
        return Dateline(end, place, agency, date, alone=False, sure=sure)
    return None


def _sure(parts: _Parts, close: str, *, slash: bool) -> bool:
    """Whether only a dateline has these parts: a place with its date, or an agency before a dash."""
    if parts.place and parts.date:
        return True
    if parts.agency and (parts.date or not parts.place):
        return close == "dash" or slash
    return bool(parts.agency) and _capitals(parts.place or "") and close == "dash"


def _likely(parts: _Parts, close: str, prose: str, words: LayoutWords) -> bool:
    """Whether these parts, closed by dash, colon, stop or nothing, can be a dateline above a body."""
    if parts.place and parts.agency:
        return close == "dash" or (bool(close) and _capitals(parts.place))
    if parts.agency:
        return bool(close)
    if parts.date:
        return close in {"dash", "colon"}
    if parts.place and close:
        return _bare_place(parts.place, prose, words, dash=close == "dash")
    return False


def _bare_place(place: str, prose: str, words: LayoutWords, *, dash: bool) -> bool:
    """Whether a name before a dash or colon, with neither date nor agency, can be a dateline."""
    city, opener = place.partition(",")[0], prose.split(maxsplit=1)[0]
    if city.split()[-1].lower() in words.label_words or len(prose.split()) < 4 or "." in city.rstrip("."):
        return False
    if _capitals(city):
        return not opener[0].islower() and re.sub(r"[-’' /]", "", city).isalpha()
    return dash and opener[:1].isupper() and opener.lower() in words.sentence_openers


def _is_place_after(text: str, at: int, words: LayoutWords) -> bool:
    """Whether a place stands at ``at``, behind the agency or date: one that a date or a dash follows."""
    place, end = _place(text, at, words)
    return bool(place) and bool(_DASH.match(text, end) or find_date(text, words, _skip(_GAP, text, end)))


def _bare_agency(text: str, at: int, words: LayoutWords) -> tuple[str | None, int]:
    """An agency's name without brackets at ``at``, closed by a dash or by the end: "Kazinform -"."""
    begin = _skip(_POINT, text, at)
    name, end = _place(text, begin, words)
    closed = _DASH.match(text, end) or not text[end:].strip(" .\n")
    return (name, end) if name and begin > at and closed and len(name.split()) <= 3 else (None, at)


def _split_agency(place: str) -> tuple[str, str | None]:
    """The place and the agency of "KINGSTON, Jamaica, CMC": capitals behind a region that is in none."""
    city, _, agency = place.rpartition(", ")
    region = city.partition(", ")[2]
    behind = agency.isalpha() and agency.isupper() and bool(region) and not region.isupper()
    return (city, agency) if behind else (place, None)


def _place(text: str, at: int, words: LayoutWords) -> tuple[str | None, int]:
    """The longest run of names at ``at`` that can be a place: "St. Petersburg, Russia", "GENEVA/NEW YORK"."""
    begin, end, count = at, at, 0
    joint_comma = False
    while count < 8:
        word = _WORD.match(text, at)
        if not word or not _names(word.group(), first=count == 0, words=words):
            break
        end, count = word.end(), count + 1
        if text[end : end + 1] == "." and _abbreviated(word.group(), after_comma=joint_comma):
            end += 1
        joint = _JOINT.match(text, end)
        at = joint.end() if joint else end
        if at == end:
            break
        joint_comma = "," in text[end:at]
    while end > begin and text[begin:end].rsplit(maxsplit=1)[-1].lower() in _PARTICLES and count > 1:
        end, count = begin + len(text[begin:end].rsplit(None, 1)[0]), count - 1
    return (" ".join(text[begin:end].split()), end) if end > begin else (None, begin)


def _names(word: str, *, first: bool, words: LayoutWords) -> bool:
    """Whether ``word`` can be part of a place's name."""
    low = word.lower()
    if low.split(".")[0] in words.month_numbers or low in words.weekday_numbers or low == "this":
        return False
    if first and low in words.sentence_openers and low != "the":
        return False
    return word[0].isupper() or (not first and low in _PARTICLES)


def _abbreviated(word: str, *, after_comma: bool) -> bool:
    """Whether the full stop after ``word`` belongs to it: "St.", "D.C.", "Calif." after a comma."""
    letters = word.replace(".", "")
    return "." in word or len(letters) <= (5 if after_comma else 2)


def _agency(text: str, at: int) -> tuple[str | None, int]:
    """The name in brackets or between slashes at ``at``, and where it closes."""
    match = _AGENCY.match(text, at)
    if not match:
        return None, at
    name = next(group for group in match.groups() if group)
    if len(name.split()) > 6 or not any(letter.isalpha() for letter in name):
        return None, at
    return name.strip(), match.end()


def _name(agency: str | None) -> str | None:
    """The agency's name without the date or bureau that may follow it in the brackets."""
    if not agency:
        return None
    name = re.split(r"[,;]|\s[–—-]\s", agency)[0].strip(" .")
    return name if any(letter.isalpha() for letter in name) and not name[0].isdigit() else None


def _date_within(name: str, words: LayoutWords) -> PartialDate | None:
    comma = name.rfind(",")
    found = find_date(name, words, _spaces(name, comma + 1))
    return found[0] if found else None


def _capitals(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    upper = sum(letter.isupper() for letter in letters)
    return len(letters) > 2 and upper >= 0.8 * len(letters)


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where a match of ``pattern`` at ``at`` ends; ``at`` itself without one."""
    match = pattern.match(text, at)
    return match.end() if match else at


def _spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
