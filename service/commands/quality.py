"""The figures of docs/quality.md: Markdown tables between the marks of that page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.evaluation.scoring import Score
from graph.settings import Settings
from service.commands.measuring import Measures, Sample, measure_all
from service.commands.scoring import confusions, figures, main_figure

CONFUSED = 2
"""Confusions of classes are listed from this number on."""

_NAMES = {
    "people": "people",
    "institutions": "institutions",
    "territories": "territories",
    "instruments": "instruments",
    "positions": "positions",
    "position.of": "· their state or institution",
    "events": "events",
    "events.core": "· core events",
    "events.no_statements": "· without statements",
    "event.participants": "· participants",
    "event.when": "· date, exact",
    "event.place": "· place",
    "event.factuality": "· factuality",
    "event.factuality.macro": "· factuality, mean F1 of the four",
    "event.source": "· source",
    "relations": "relations",
    "links": "links to Wikidata",
    "document.issued": "date of issue",
}


def section(sample: Sample, settings: Settings) -> str:
    """The tables of one sample, in all ways of measuring it.

    Raises:
        GoldError, ModelError: as for ``service.commands.measuring.measure``.
    """
    measured = measure_all(sample, settings)
    score = measured.score
    return "\n".join((*_figures(measured), "", *_confusion(score), "", *_documents(score)))


def with_section(page: str, name: str, body: str) -> str:
    """The page with new tables between the marks ``<!-- name -->`` and ``<!-- end of name -->``.

    Raises:
        ValueError: the page has no such marks.
    """
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    if begin not in page or end not in page:
        raise ValueError(f"The page has no marks {begin.strip()} and {end}.")
    whole = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    return whole.sub(lambda _: f"{begin}\n{body}\n\n{end}", page)


def _figures(measured: Measures) -> Iterable[str]:
    beside = {"from the text alone": measured.alone, "left out": measured.left_out}
    others = {name: figures(score) for name, score in beside.items() if score is not None}
    rows = figures(measured.score)
    yield from _head(("", "precision", "recall", "F1 or share right", "of", *others))
    for name, shown in _NAMES.items():
        if name in rows:
            row = rows[name]
            cells = [_cell(row, "p"), _cell(row, "r"), main_figure(row), str(row.get("gold", row.get("n")))]
            yield _row((shown, *cells, *(main_figure(other.get(name, {})) for other in others.values())))


def _cell(row: dict[str, float | int], key: str) -> str:
    return f"{row[key]:.3f}" if key in row else ""


def _confusion(score: Score) -> Iterable[str]:
    yield from _head(("annotated as", "found as", "times"))
    for gold, found, times in confusions(score):
        if times >= CONFUSED:
            yield _row((gold, found, str(times)))


def _documents(score: Score) -> Iterable[str]:
    yield from _head(("text, the worst first", "events F1", "missed", "false"))
    for sheet in score.worst:
        events = sheet.counts["events"]
        yield _row((f"`{sheet.name}`", f"{events.f1:.3f}", f"{events.missed:g}", f"{events.false:g}"))


def _head(cells: Sequence[str]) -> Iterable[str]:
    yield _row(cells)
    yield _row(["---", *["--:" for _ in cells[1:]]])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
