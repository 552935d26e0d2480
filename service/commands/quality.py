"""The figures of docs/quality.md: Markdown tables between the marks of that page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.evaluation.scoring import Score
from graph.settings import Settings
from service.commands.scoring import Sample, confusions, figures, measure

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
    """The tables of one sample, read with and without what is known from outside the texts.

    Raises:
        GoldError, ModelError: as for ``service.commands.scoring.measure``.
    """
    informed = measure(sample, settings)
    alone = measure(replace(sample, informed=False), settings)
    return "\n".join((*_figures(informed, alone), "", *_confusion(informed), "", *_documents(informed)))


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


def _figures(informed: Score, alone: Score) -> Iterable[str]:
    rows, others = figures(informed), figures(alone)
    yield from _head(("", "precision", "recall", "F1 or share right", "of", "from the text alone"))
    for name, shown in _NAMES.items():
        if name in rows:
            row, other = rows[name], others.get(name, {})
            cells = [_cell(row, "p"), _cell(row, "r"), _main(row), str(row.get("gold", row.get("n")))]
            yield _row((shown, *cells, _main(other)))


def _cell(row: dict[str, float | int], key: str) -> str:
    return f"{row[key]:.3f}" if key in row else ""


def _main(row: dict[str, float | int]) -> str:
    """The figure of a row that sums it up: its F1, the share that is right, or its recall."""
    key = next((k for k in ("f1", "acc", "r") if k in row), None)
    return f"{row[key]:.3f}" if key else ""


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
