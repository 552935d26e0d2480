"""What the phrases of time of each rule say: from the atoms of its groups to an expression."""

from __future__ import annotations

from dataclasses import replace

from graph.calendar.dates import Unit
from graph.calendar.timeatoms import Atom
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

Groups = dict[str, Atom]
"""The atoms that the groups of a rule's pattern stand for, by name."""


class Builders:
    """A method for each kind of phrase, named by the rules; it refuses with None."""

    def __init__(self, words: TimeWords) -> None:
        self._words = words

    def iso(self, g: Groups) -> Expression | None:
        """Build "2016-04-15"."""
        year, month, day = map(int, g["all"].word.split("-"))
        return Calendar(year, month, day)

    def dotted(self, g: Groups) -> Expression | None:
        """Build "15.04.2016"."""
        day, month, year = map(int, g["all"].word.split("."))
        return Calendar(year, month, day)

    def days(self, g: Groups) -> Expression | None:
        """Build "April 4-7", "4 to 7 April"."""
        first, last, month = g["first"].value, g["last"].value, g["month"].value
        if first >= last or (g["to"].kind == "&" and last != first + 1 and "between" not in g):
            return None
        year = self._year(g)
        return Between(Calendar(year, month, first), Calendar(year, month, last))

    def range(self, g: Groups) -> Expression | None:
        """Build "from May to July 2016", "between Monday and Friday"."""
        first, last = self._end_of_range(g, 1), self._end_of_range(g, 2)
        if g["to"].kind == "&" and "between" not in g and not _are_neighbours(first, last):
            return None
        if isinstance(first, Calendar) and isinstance(last, Calendar) and first.year is None:
            first = Calendar(last.year, first.month, first.day)
        return Between(first, last)

    @staticmethod
    def _end_of_range(g: Groups, n: int) -> Calendar | Weekday:
        if f"w{n}" in g:
            return Weekday(g[f"w{n}"].value)
        year = g.get(f"y{n}") or g.get(f"z{n}")
        month, day = g.get(f"m{n}"), g.get(f"a{n}") or g.get(f"b{n}")
        return Calendar(
            year.value if year else None, month.value if month else None, day.value if day else None
        )

    def years(self, g: Groups) -> Expression | None:
        """Such as "2015-16"; also "2016-04", a month."""
        first, short = g["year"].value, g["last"].value
        if len(g["last"].word) != 2:
            return None
        last = first // 100 * 100 + short
        if last > first:
            return Between(Calendar(first), Calendar(last))
        return Calendar(first, short) if 1 <= short <= 12 else None

    def month(self, g: Groups) -> Expression | None:
        """Build "15 April 2016", "last May", "April"."""
        day = g.get("a") or g.get("b")
        if g["month"].kind == "m" and not (day or "year" in g or "dot" in g):
            return None
        if (year := self._year(g)) is None and "unit" in g:
            return None
        relative = self._words.relatives[g["before"].word.lower()] if "before" in g else None
        says = Calendar(year, g["month"].value, day.value if day else None)
        return replace(says, steps=relative.steps, base=relative.base) if relative else says

    def season(self, g: Groups) -> Expression | None:
        """Build "spring 2016", "last spring"."""
        year = self._year(g)
        if year is None and "unit" in g:
            return None
        relative = self._words.relatives[g["before"].word.lower()] if "before" in g else None
        says = Calendar(year, season=g["season"].value)
        return replace(says, steps=relative.steps, base=relative.base) if relative else says

    def day_of(self, g: Groups) -> Expression | None:
        """Build "the 25th of that month"."""
        if self._words.units.get(g["unit"].word.lower()) != "month":
            return None
        relative = self._words.relatives[g["rel"].word.lower()]
        return DayOf(g["day"].value, Counted(Unit.MONTH, relative.steps, relative.base))

    def same_day(self, _: Groups) -> Expression | None:
        """Build "hours later"."""
        return SameDay()

    def portion(self, g: Groups) -> Expression | None:
        """Build "the second half of 2016", "Q3 2016"."""
        number = g["n"].value
        size = 6 if "half" in g else 3
        if not 1 <= number <= 12 // size or ("quarter" in g and g["quarter"].word.lower() != "quarter"):
            return None
        year = self._year(g)
        if year is None and ("unit" in g or "half" in g):
            return None
        return Calendar(year, span=((number - 1) * size + 1, number * size))

    def _year(self, g: Groups) -> int | Counted | None:
        if "year" in g:
            return g["year"].value
        unit = g.get("unit")
        if unit is None or self._words.units.get(unit.word.lower()) != "year":
            return None
        if "rel" not in g:
            return Counted(Unit.YEAR, 0)
        relative = self._words.relatives[g["rel"].word.lower()]
        return Counted(Unit.YEAR, relative.steps, relative.base)

    def decade(self, g: Groups) -> Expression | None:
        """Build "the 1990s"."""
        decade = g["decade"]
        return Period(f"{decade.value // 10:03}X")

    def century(self, g: Groups) -> Expression | None:
        """Build "the 19th century"."""
        if self._words.units.get(g["unit"].word.lower()) != "century":
            return None
        return Period(f"{g['n'].value - 1:02}XX") if 1 < g["n"].value < 23 else None

    def unit_part(self, g: Groups) -> Expression | None:
        """Build "the end of the year", "late last month"."""
        unit = Unit(self._words.units[g["unit"].word.lower()])
        if unit in {Unit.DAY, Unit.CENTURY, Unit.DECADE, Unit.WEEKEND} and "rel" not in g:
            return None
        return self.unit(g) if "rel" in g else Counted(unit, 0, "report")

    def year_end(self, g: Groups) -> Expression | None:
        """Build "year-end"."""
        return Counted(Unit.YEAR, 0) if g["part"].word.lower() == "end" else None

    def weekday(self, g: Groups) -> Expression | None:
        """Build "last Friday", "Friday next week"."""
        steps = self._words.relatives[g["before"].word.lower()].steps if "before" in g else None
        if "unit" not in g:
            return Weekday(g["day"].value, steps)
        if self._words.units.get(g["unit"].word.lower()) != "week":
            return None
        relative = self._words.relatives[g["rel"].word.lower()]
        return Weekday(g["day"].value, steps, Counted(Unit.WEEK, relative.steps, relative.base))

    def unit(self, g: Groups) -> Expression | None:
        """Build "last year", "the past two weeks"."""
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

    def ago(self, g: Groups) -> Expression | None:
        """Build "two weeks ago", "three days later"."""
        unit = g["unit"].word.lower()
        named = self._words.units.get(unit) or self._words.plurals[unit]
        if g["way"].kind == "A":
            return Counted(Unit(named), -g["count"].value)
        return Counted(Unit(named), g["count"].value * (1 if g["way"].kind == "L" else -1), "story")

    def ago_today(self, g: Groups) -> Expression | None:
        """Build "75 years ago today"."""
        unit = g["unit"].word.lower()
        named = Unit(self._words.units.get(unit) or self._words.plurals[unit])
        return Anniversary(-g["count"].value) if named is Unit.YEAR and g["day"].value == 0 else None

    def deictic(self, g: Groups) -> Expression | None:
        """Build "yesterday"."""
        return Counted(Unit.DAY, g["day"].value)

    def time_of_day(self, g: Groups) -> Expression | None:
        """Build "this morning", "last night"."""
        relative = self._words.relatives[g["before"].word.lower()]
        if relative.steps < 0 and g["clock"].word.lower() != "night":
            return None
        return Counted(Unit.DAY, relative.steps, "story" if relative.steps > 0 else relative.base)

    def before_yesterday(self, g: Groups) -> Expression | None:
        """Build "the day before yesterday"."""
        steps = g["day"].value
        if self._words.units.get(g["unit"].word.lower()) != "day" or steps == 0:
            return None
        return Counted(Unit.DAY, steps * 2) if (g["way"].kind == "b") == (steps < 0) else None

    def in_the_unit(self, g: Groups) -> Expression | None:
        """Build "earlier in the day"."""
        unit = Unit(self._words.units[g["unit"].word.lower()])
        return Counted(unit, 0, "story" if unit is Unit.DAY else "issue")

    def the_weekend(self, g: Groups) -> Expression | None:
        """Build "the weekend"."""
        return Counted(Unit.WEEKEND, 0) if self._words.units[g["unit"].word.lower()] == "weekend" else None

    def unit_before(self, g: Groups) -> Expression | None:
        """Build "the year before"."""
        return Counted(Unit(self._words.units[g["unit"].word.lower()]), -1, "story")

    def lone_year(self, g: Groups) -> Expression | None:
        """Build "2016"."""
        return Calendar(g["year"].value)


def _are_neighbours(first: Expression, last: Expression) -> bool:
    """Whether two months follow each other: "in March and April"."""
    if not isinstance(first, Calendar) or not isinstance(last, Calendar) or first.day or last.day:
        return False
    return first.month is not None and last.month == first.month + 1
