"""The atoms of time phrases: words, numbers and marks, each with the letter of its kind.

``M`` is a month, ``m`` an abbreviated one, ``W`` and ``w`` days of the week, ``D`` a number that may be a
day, ``Y`` a year, ``n`` another number, ``U`` and ``V`` a unit and its plural, ``R`` a word like "last",
``_`` what belongs to no phrase of time; the rest is in ``lexicon``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ontology.time_words import TimeWords

Lexicon = Mapping[str, tuple[str, int]]
"""The letter and the value of each word; names of months and days by their capitalised form."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A word, number or mark at ``text[begin:end]``, its kind, and its value where it has one."""

    begin: int
    end: int
    kind: str
    value: int
    word: str


_ATOM = re.compile(
    r"(?P<iso>(?<!\d)\d{4}-\d\d-\d\d(?!\d))|(?P<dotted>(?<!\d)\d{1,2}\.\d{1,2}\.\d{4}(?!\d))"
    r"|(?P<amount>[$€£¥#]\s?\d[\d.,]*|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+ ?%)"
    r"|(?P<decade>\d{3}0s\b|['’]?\d0s\b)|(?P<quarter>\b[Qq][1-4]\b)|(?P<nth>\d+(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d+(?![A-Za-z\d]))|(?P<word>[A-Za-z]+)|(?P<dash>[-–—])"
    r"|(?P<edited>\[(?=[A-Za-z]+\])|(?<=[A-Za-z])\])|(?P<other>\S|\n)"
)


def cut_atoms(text: str, words: Lexicon) -> Iterator[Atom]:
    """Cut a text into atoms, in order, without the brackets of an editor: "[Ten] years ago"."""
    for match in _ATOM.finditer(text):
        if match.lastgroup == "edited":
            continue
        kind, value, part = "_", 0, match.group()
        match match.lastgroup:
            case "word":
                kind, value = _word(part, words)
            case "number":
                value = int(part)
                kind = "D" if value <= 31 and len(part) < 3 else "Y" if 1000 <= value < 2200 else "n"
                kind = "_" if len(part) > 4 else kind
            case "nth":
                kind, value = "D", int(part[:-2])
            case "dash":
                kind = "d"
            case "other":
                kind = part if part in ",." else "_"
            case "decade":
                year = int(part.strip("'’s"))
                kind, value = "Z", year if year > 99 else 1900 + year
            case "quarter":
                kind, value = "q", int(part[1])
            case "iso":
                kind = "I"
            case "dotted":
                kind = "J"
        yield Atom(match.start(), match.end(), kind, value, part)


def _word(word: str, words: Lexicon) -> tuple[str, int]:
    if word[0].isupper():
        name = words.get(word if len(word) < 3 or not word.isupper() else word.capitalize())
        if name is not None:
            return name
    return words.get(word.lower(), ("_", 0))


def lexicon(words: TimeWords) -> Lexicon:
    """The letter and the value of each word; names of months and days by their capitalised form."""
    table: dict[str, tuple[str, int]] = {}
    plain = {
        "P": words.parts,
        "A": words.ago,
        "E": words.earlier,
        "L": words.later,
        "b": words.before,
        "a": words.after,
        "h": words.halves,
        "x": words.to,
        "f": words.from_,
        "B": words.between,
        "&": words.and_,
        "o": words.of,
        "i": words.in_,
        "t": words.the,
        "K": words.times_of_day,
        "H": words.moments,
    }
    for letter, members in plain.items():
        table |= dict.fromkeys(members, (letter, 0))
    table |= dict.fromkeys(words.units, ("U", 0)) | dict.fromkeys(words.plurals, ("V", 0))
    table |= dict.fromkeys(words.relatives, ("R", 0))
    table |= {word: ("S", n) for word, n in words.seasons.items()}
    table |= {word: ("T", n) for word, n in words.deictics.items()}
    table |= {word: ("F", n) for word, n in words.ordinals.items()}
    table |= {word: ("C", n) for word, n in words.numbers.items()}
    table |= {word: ("Z", 1900 + 10 * n) for word, n in words.decades.items()}
    table |= {name: ("M", n) for name, n in words.months.items()}
    table |= {name: ("m", n) for name, n in words.month_abbreviations.items()}
    table |= {name: ("W", n) for name, n in words.weekdays.items()}
    table |= {name: ("w", n) for name, n in words.weekday_abbreviations.items()}
    return table
