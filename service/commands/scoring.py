"""What ``diplograph score`` does: read annotated texts, compare, and print how far they agree."""

from __future__ import annotations

import json
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from graph.evaluation.scoring import Score
from graph.settings import Settings
from service.commands.measuring import Measures, Sample, measure, measure_all

WORST = 5
"""Documents that are shown as the worst."""

_MEANING = {
    "text alone": "text alone: date of issue, publisher and address are told by nothing but the text.",
    "left out": "left out: each text is read with a filter that learned from the others only, the lexicon "
    "as it is.\n  (--no-left-out: without these figures, and sooner.)",
}
_RECALL_ONLY = frozenset({"events.core"})
_Figures = dict[str, float | int]


def figures(measured: Score) -> dict[str, _Figures]:
    """All figures by name, rounded to three places."""
    found: dict[str, _Figures] = {}
    for kind, c in measured.counts.items():
        row = {"p": round(c.precision, 3), "r": round(c.recall, 3), "f1": round(c.f1, 3), "gold": c.gold}
        found[kind] = {k: v for k, v in row.items() if k in {"r", "gold"} or kind not in _RECALL_ONLY}
    for detail, share in measured.shares.items():
        found[detail] = {"acc": round(share.value, 3), "n": share.number}
    matched = sum(len(sheet.factualities) for sheet in measured.documents)
    found["event.factuality.macro"] = {"f1": round(measured.macro_factuality, 3), "n": matched}
    return found


def main_figure(row: _Figures) -> str:
    """The figure of a row that sums it up: its F1, the share that is right, or its recall."""
    key = next((k for k in ("f1", "acc", "r") if k in row), None)
    return f"{row[key]:.3f}" if key else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a score is shown: its ``form``, mistakes of one kind instead, and whether with left-out figures."""

    form: str = "table"
    errors: str | None = None
    left_out: bool = True


def run_score(sample: Sample, settings: Settings, wanted: Wanted, console: Console) -> None:
    """Print the figures of a sample as a table or as JSON, or list the mistakes of one kind.

    Raises:
        GoldError, ModelError: as for ``measure``.
    """
    if wanted.errors:
        sheets = measure(sample, settings).documents
        for mistake in (m for sheet in sheets for m in sheet.mistakes if m.kind == wanted.errors):
            console.print(
                f"{mistake.document}: {mistake.words}", markup=False, highlight=False, soft_wrap=True
            )
        return
    measured = measure_all(sample, settings, left_out=wanted.left_out)
    if wanted.form == "json":
        console.print_json(json.dumps(as_json(measured)))
    else:
        _print_tables(measured, console)


def as_json(measured: Measures) -> dict[str, object]:
    """Figures, confusion of event classes, and the F1 of each document's events, for programs."""
    score = measured.score
    pairs = score.confusion.most_common()
    beside = {"from the text alone": measured.alone, "left out": measured.left_out}
    return {
        **figures(score),
        "documents missing": list(score.missing),
        "confusion": [{"gold": gold, "found": found, "n": n} for (gold, found), n in pairs],
        "documents": {sheet.name: round(sheet.counts["events"].f1, 3) for sheet in score.documents},
        **{name: figures(other) for name, other in beside.items() if other is not None},
    }


def _print_tables(measured: Measures, console: Console) -> None:
    _print_figures(measured, console)
    confused = Table("annotated as", "found as", "times", title="Classes of events that were confused")
    for gold, found, times in confusions(measured.score):
        confused.add_row(gold, found, str(times))
    console.print(confused)
    worst = Table("text", "events F1", "missed", "false", title="The texts with the worst events")
    for sheet in measured.score.worst[:WORST]:
        events = sheet.counts["events"]
        worst.add_row(sheet.name, f"{events.f1:.3f}", f"{events.missed:g}", f"{events.false:g}")
    console.print(worst)
    if measured.score.missing:
        console.print(f"Not read: {', '.join(measured.score.missing)}")


def _print_figures(measured: Measures, console: Console) -> None:
    beside = {"text alone": measured.alone, "left out": measured.left_out}
    others = {name: figures(score) for name, score in beside.items() if score is not None}
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))  # 80 columns hold every name and figure
    table.add_column(no_wrap=True)
    for heading in ("precision", "recall", "F1", "share right", "of", *others):
        table.add_column(heading, justify="right", min_width=max(map(len, heading.split())))
    for name, row in figures(measured.score).items():
        cells = [f"{row[k]:.3f}" if k in row else "" for k in ("p", "r", "f1", "acc")]
        others_cells = [main_figure(other.get(name, {})) for other in others.values()]
        table.add_row(name, *cells, str(row.get("gold", row.get("n", ""))), *others_cells)
    console.print(table)
    for name in others:
        console.print(_MEANING[name], highlight=False)


def confusions(measured: Score) -> list[tuple[str, str, int]]:
    """Which class was found instead of which, and how often, the commonest first."""
    pairs = measured.confusion.items()
    found = [(gold, other, n) for (gold, other), n in pairs if gold and other and gold != other]
    return sorted(found, key=lambda row: (-row[2], row[0], row[1]))
