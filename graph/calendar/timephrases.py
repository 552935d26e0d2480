"""The grammar of time phrases: from plain text to what they say, before anything is counted from a date.

The text is cut into atoms, each with the letter of its kind (see ``graph.calendar.timeatoms``), and the rules
are regular expressions over the string of letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.calendar.dates import Unit
from graph.calendar.timeatoms import Atom, cut_atoms, lexicon
from graph.calendar.timevalues import (
    Anniversary,
    Between,
    Calendar,
    Counted,
    DayOf,
    Expression,
    Period,
    SameDay,
    Stretch,
    Weekday,
)
from ontology.time_words import TimeWords


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of time at ``text[begin:end]``. ``bare``: a lone month or year, maybe something else."""

    begin: int
    end: int
    says: Expression
    bare: bool = False


_Found = dict[str, Atom]
_Builder = Callable[[_Found], "Expression | None"]

_MONTH = r"(?:M|m\.?)"
_PART = r"(?:t?(?:P|Fh)(?:o?t?|d?))"
_YEAR_AFTER = r"(?:,?(?P<year>Y)|[,d]?o?(?P<rel>R)(?P<unit>U))?"


def _date(n: int) -> str:
    """The letters of one end of a range."""
    month = rf"(?P<m{n}>M|m)(?:(?<=m)\.)?"
    return rf"(?:t?(?:(?P<a{n}>D)o?)?{month}(?P<b{n}>D)?(?:,?(?P<y{n}>Y))?|(?P<z{n}>Y)|(?P<w{n}>W))"


class TimeGrammar:
    """Finds phrases of time in text, with the words of a language."""

    def __init__(self, words: TimeWords) -> None:
        self._words = words
        self._lexicon = lexicon(words)
        self._rules = [(re.compile(pattern), getattr(self, name), bare) for pattern, name, bare in _RULES]

    def find(self, text: str) -> Iterator[Phrase]:
        """The phrases of a text, from left to right, none within another."""
        atoms = list(cut_atoms(text, self._lexicon))
        letters = "".join(a.kind for a in atoms)
        position = 0
        for run in _RUN.finditer(letters):
            position = max(position, run.start())
            while position < run.end():
                found = self._at(position, letters, atoms)
                if found is None:
                    position += 1
                    continue
                phrase, position = found
                yield phrase

    def _at(self, position: int, letters: str, atoms: list[Atom]) -> tuple[Phrase, int] | None:
        for pattern, build, bare in self._rules:
            match = pattern.match(letters, position)
            if match is None:
                continue
            groups = {name: atoms[match.start(name)] for name, part in match.groupdict().items() if part}
            says = build(groups)
            if says is not None:
                begin, end = atoms[match.start()].begin, atoms[match.end() - 1].end
                return Phrase(begin, end, says, bare), match.end()
        return None

    # Each builder turns the atoms of one rule's groups into what they say, or refuses with None.

    def _iso(self, g: _Found) -> Expression | None:
        year, month, day = map(int, g["all"].word.split("-"))
        return Calendar(year, month, day)

    def _dotted(self, g: _Found) -> Expression | None:
        day, month, year = map(int, g["all"].word.split("."))
        return Calendar(year, month, day)

    def _days(self, g: _Found) -> Expression | None:
        first, last, month = g["first"].value, g["last"].value, g["month"].value
        if first >= last or (g["to"].kind == "&" and last != first + 1 and "between" not in g):
            return None
        year = self._year(g)
        return Between(Calendar(year, month, first), Calendar(year, month, last))

    def _range(self, g: _Found) -> Expression | None:
        first, last = self._end_of_range(g, 1), self._end_of_range(g, 2)
        if g["to"].kind == "&" and "between" not in g and not _are_neighbours(first, last):
            return None
        if isinstance(first, Calendar) and isinstance(last, Calendar) and first.year is None:
            first = Calendar(last.year, first.month, first.day)
        return Between(first, last)

    @staticmethod
    def _end_of_range(g: _Found, n: int) -> Calendar | Weekday:
        if f"w{n}" in g:
            return Weekday(g[f"w{n}"].value)
        year = g.get(f"y{n}") or g.get(f"z{n}")
        month, day = g.get(f"m{n}"), g.get(f"a{n}") or g.get(f"b{n}")
        return Calendar(
            year.value if year else None, month.value if month else None, day.value if day else None
        )

    def _years(self, g: _Found) -> Expression | None:
        first, short = g["year"].value, g["last"].value
        if len(g["last"].word) != 2:
            return None
        last = first // 100 * 100 + short
        if last > first:
            return Between(Calendar(first), Calendar(last))
        return Calendar(first, short) if 1 <= short <= 12 else None

    def _month(self, g: _Found) -> Expression | None:
        day = g.get("a") or g.get("b")
        if g["month"].kind == "m" and not (day or "year" in g or "dot" in g):
            return None
        if (year := self._year(g)) is None and "unit" in g:
            return None
        relative = g.get("before")
        steps = self._words.relatives[relative.word.lower()].steps if relative else None
        return Calendar(year, g["month"].value, day.value if day else None, steps=steps)

    def _season(self, g: _Found) -> Expression | None:
        year = self._year(g)
        if year is None and "unit" in g:
            return None
        relative = g.get("before")
        steps = self._words.relatives[relative.word.lower()].steps if relative else None
        return Calendar(year, season=g["season"].value, steps=steps)

    def _day_of(self, g: _Found) -> Expression | None:
        if self._words.units.get(g["unit"].word.lower()) != "month":
            return None
        relative = self._words.relatives[g["rel"].word.lower()]
        return DayOf(g["day"].value, Counted(Unit.MONTH, relative.steps, relative.base))

    def _same_day(self, _: _Found) -> Expression | None:
        return SameDay()

    def _portion(self, g: _Found) -> Expression | None:
        number = g["n"].value
        size = 6 if "half" in g else 3
        if not 1 <= number <= 12 // size or ("quarter" in g and g["quarter"].word.lower() != "quarter"):
            return None
        year = self._year(g)
        if year is None and ("unit" in g or "half" in g):
            return None
        return Calendar(year, span=((number - 1) * size + 1, number * size))

    def _year(self, g: _Found) -> int | Counted | None:
        if "year" in g:
            return g["year"].value
        unit = g.get("unit")
        if unit is None or self._words.units.get(unit.word.lower()) != "year":
            return None
        if "rel" not in g:
            return Counted(Unit.YEAR, 0)
        relative = self._words.relatives[g["rel"].word.lower()]
        return Counted(Unit.YEAR, relative.steps, relative.base)

    def _decade(self, g: _Found) -> Expression | None:
        decade = g["decade"]
        return Period(f"{decade.value // 10:03}X")

    def _century(self, g: _Found) -> Expression | None:
        if self._words.units.get(g["unit"].word.lower()) != "century":
            return None
        return Period(f"{g['n'].value - 1:02}XX") if 1 < g["n"].value < 23 else None

    def _unit_part(self, g: _Found) -> Expression | None:
        unit = Unit(self._words.units[g["unit"].word.lower()])
        if unit in {Unit.DAY, Unit.CENTURY, Unit.DECADE, Unit.WEEKEND} and "rel" not in g:
            return None
        return self._unit(g) if "rel" in g else Counted(unit, 0)

    def _year_end(self, g: _Found) -> Expression | None:
        return Counted(Unit.YEAR, 0) if g["part"].word.lower() == "end" else None

    def _weekday(self, g: _Found) -> Expression | None:
        steps = self._words.relatives[g["before"].word.lower()].steps if "before" in g else None
        if "unit" not in g:
            return Weekday(g["day"].value, steps)
        if self._words.units.get(g["unit"].word.lower()) != "week":
            return None
        relative = self._words.relatives[g["rel"].word.lower()]
        return Weekday(g["day"].value, steps, Counted(Unit.WEEK, relative.steps, relative.base))

    def _unit(self, g: _Found) -> Expression | None:
        word = g["rel"].word.lower()
        relative = self._words.relatives[word]
        unit = g["unit"].word.lower()
        if "count" not in g and word in self._words.singular:
            unit = self._words.plurals.get(unit, unit)
        if "count" in g and g["count"].value > 1:
            if unit not in self._words.plurals or relative.steps == 0:
                return None
            return Stretch(Unit(self._words.plurals[unit]), relative.steps * g["count"].value, relative.base)
        if unit not in self._words.units or (Unit(self._words.units[unit]) is Unit.DAY and word == "past"):
            return None
        story = "the" in g and word in self._words.after_the
        return Counted(Unit(self._words.units[unit]), relative.steps, "story" if story else relative.base)

    def _ago(self, g: _Found) -> Expression | None:
        unit = g["unit"].word.lower()
        named = self._words.units.get(unit) or self._words.plurals[unit]
        if g["way"].kind == "A":
            return Counted(Unit(named), -g["count"].value)
        return Counted(Unit(named), g["count"].value * (1 if g["way"].kind == "L" else -1), "story")

    def _ago_today(self, g: _Found) -> Expression | None:
        unit = g["unit"].word.lower()
        named = Unit(self._words.units.get(unit) or self._words.plurals[unit])
        return Anniversary(-g["count"].value) if named is Unit.YEAR and g["day"].value == 0 else None

    def _deictic(self, g: _Found) -> Expression | None:
        return Counted(Unit.DAY, g["day"].value)

    def _time_of_day(self, g: _Found) -> Expression | None:
        relative = self._words.relatives[g["before"].word.lower()]
        if relative.steps < 0 and g["clock"].word.lower() != "night":
            return None
        return Counted(Unit.DAY, relative.steps, "story" if relative.steps > 0 else relative.base)

    def _before_yesterday(self, g: _Found) -> Expression | None:
        steps = g["day"].value
        if self._words.units.get(g["unit"].word.lower()) != "day" or steps == 0:
            return None
        return Counted(Unit.DAY, steps * 2) if (g["way"].kind == "b") == (steps < 0) else None

    def _in_the_unit(self, g: _Found) -> Expression | None:
        unit = Unit(self._words.units[g["unit"].word.lower()])
        return Counted(unit, 0, "story" if unit is Unit.DAY else "issue")

    def _the_weekend(self, g: _Found) -> Expression | None:
        return Counted(Unit.WEEKEND, 0) if self._words.units[g["unit"].word.lower()] == "weekend" else None

    def _unit_before(self, g: _Found) -> Expression | None:
        return Counted(Unit(self._words.units[g["unit"].word.lower()]), -1, "story")

    def _lone_year(self, g: _Found) -> Expression | None:
        return Calendar(g["year"].value)


def _are_neighbours(first: Expression, last: Expression) -> bool:
    """Whether two months follow each other: "in March and April"."""
    if not isinstance(first, Calendar) or not isinstance(last, Calendar) or first.day or last.day:
        return False
    return first.month is not None and last.month == first.month + 1


_RUN = re.compile(r"[^_]*[IJMmYWUVTZqSKH][^_]*")
_RULES: tuple[tuple[str, str, bool], ...] = (
    (r"(?P<all>I)", "_iso", False),
    (r"(?P<all>J)", "_dotted", False),
    (
        rf"f?(?P<between>B)?(?:W,?)?(?P<month>{_MONTH})(?P<first>D)(?P<to>[dx&])(?P<last>D)(?![Mm]){_YEAR_AFTER}",
        "_days",
        False,
    ),
    (
        rf"f?(?P<between>B)?(?:t(?=D))?(?P<first>D)(?P<to>[dx&])t?(?P<last>D)o?(?P<month>{_MONTH}){_YEAR_AFTER}",
        "_days",
        False,
    ),
    (rf"f?(?P<between>B)?{_date(1)}(?P<to>[dx&]){_date(2)}", "_range", False),
    (r"(?P<year>Y)d(?P<last>[Dn])", "_years", False),
    (r"t?(?P<day>D)o(?P<rel>R)(?P<unit>U)", "_day_of", False),
    (r"[CDn]?H[EL]", "_same_day", False),
    (
        rf"(?:{_PART})?(?P<before>R)?(?:[Ww]\.?,?)?(?:t?(?P<a>D|F(?=o))o?)?"
        rf"(?P<month>M|m(?P<dot>\.?))(?P<b>D)?(?:{_YEAR_AFTER[3:-2]})",
        "_month",
        False,
    ),
    (
        r"(?:(?P<before>R)?[Ww]\.?,?)?(?:t?(?P<a>D|F(?=o))o?)(?P<month>M|m(?P<dot>\.)?)",
        "_month",
        False,
    ),
    (r"(?:[Ww]\.?,?t?)?(?P<month>M|m(?P<dot>\.)?)(?P<b>D)", "_month", False),
    (rf"{_PART}?(?P<before>R)(?P<month>M|m(?P<dot>\.)?)", "_month", False),
    (rf"{_PART}(?P<month>M|m(?P<dot>\.)?)", "_month", False),
    (r"(?P<month>M|m(?P<dot>\.)?)", "_month", True),
    (rf"{_PART}?t?(?P<season>S)(?:[o,]?(?P<year>Y)|o?(?P<rel>R)(?P<unit>U))", "_season", False),
    (rf"{_PART}?(?P<before>R)(?P<season>S)", "_season", False),
    (rf"{_PART}?t(?P<season>S)(?!o)", "_season", True),
    (r"(?P<n>q),?o?(?P<year>Y)", "_portion", False),
    (
        r"t?(?P<n>[FD])(?:(?P<half>h)|(?P<quarter>U))(?:o?(?P<year>Y)|ot?(?P<rel>R)?(?P<unit>U))",
        "_portion",
        False,
    ),
    (rf"{_PART}?t?(?P<decade>Z)", "_decade", False),
    (rf"(?:t?{_PART})?t?(?P<n>[FD])d?(?P<unit>U)", "_century", False),
    (r"t?Po?t(?P<unit>U)", "_unit_part", False),
    (rf"{_PART}(?P<rel>R)(?P<unit>U)", "_unit_part", False),
    (r"(?P<unit>U)d?(?P<part>P)", "_year_end", False),
    (r"R?(?P<before>R)?(?P<day>W)o?(?P<rel>R)(?P<unit>U)", "_weekday", False),
    (r"(?:R(?=R))?(?P<before>R)?(?P<day>W)K?", "_weekday", False),
    (r"[EL]?(?P<the>t)?(?:R(?=R))?(?P<rel>R)(?P<count>[CDn])?(?P<unit>[UV])", "_unit", False),
    (r"(?P<count>[CDn])(?P<unit>[UV])A(?P<day>T)", "_ago_today", False),
    (r"(?P<count>[CDn])(?P<unit>[UV])(?P<way>[AEL])", "_ago", False),
    (r"t(?P<unit>U)(?P<way>[ba])(?P<day>T)", "_before_yesterday", False),
    (r"[EL]it(?P<unit>U)", "_in_the_unit", False),
    (r"t(?P<unit>U)", "_the_weekend", False),
    (r"t(?P<unit>U)b(?=[,.]|$)", "_unit_before", False),
    (r"(?P<before>R)(?:R)?(?P<clock>K)", "_time_of_day", False),
    (r"(?P<day>T)K", "_deictic", False),
    (r"[EL]?(?P<day>T)", "_deictic", False),
    (rf"{_PART}(?P<year>Y)", "_lone_year", False),
    (r"(?P<year>Y)", "_lone_year", True),
)
