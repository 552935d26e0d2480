"""What ``diplograph score`` does: read annotated texts, compare, and print how far they agree."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from graph.evaluation.findings import find
from graph.evaluation.gold import read_gold
from graph.evaluation.gold_texts import annotated_texts, list_annotations
from graph.evaluation.scoring import Score, score
from graph.iri import Namespace
from graph.model import Document, Reading
from graph.readers import Failure, Reader
from graph.settings import Settings
from ontology.annotation import load_annotation
from ontology.gazetteer import load_gazetteer
from ontology.schema import load_schema
from service.commands.building import tables

WORST = 5
"""Documents that are shown as the worst."""

_RECALL_ONLY = frozenset({"events.core"})
_Figures = dict[str, float | int]


@dataclass(frozen=True, slots=True)
class Sample:
    """Annotated texts: the folders of the annotations, that of the texts (None: the same), and which of them.

    ``informed`` is whether what the annotations say of date of issue, publisher and address is known.
    """

    gold: tuple[Path, ...]
    texts: Path | None = None
    informed: bool = True
    only: frozenset[str] = frozenset()


def measure(sample: Sample, settings: Settings) -> Score:
    """Read the texts of a sample and compare what is found with what was annotated.

    Raises:
        GoldError: there are no annotations, or one does not have its form.
        ModelError: the language model is missing.
    """
    paths = list_annotations(sample.gold, sample.only)
    documents = annotated_texts(paths, sample.texts, informed=sample.informed)
    named = tables(load_gazetteer(), settings)
    findings = find(
        _readings(documents, settings),
        Namespace(settings.base),
        (load_schema(), load_annotation()),
        named.institution,
        named.links,
    )
    by_name = {identifier.removesuffix(".txt"): found for identifier, found in findings.items()}
    return score(map(read_gold, paths), by_name, load_annotation())


def _readings(documents: Iterable[Document], settings: Settings) -> Iterator[Reading]:
    with Reader(settings.model, settings.jobs, filtered=settings.filter) as reader:
        for outcome in reader.read(documents):
            if not isinstance(outcome, Failure):
                yield outcome


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


def run_score(sample: Sample, settings: Settings, form: str, errors: str | None, console: Console) -> None:
    """Print the figures of a sample as a table or as JSON, or list the mistakes of one kind.

    Raises:
        GoldError, ModelError: as for ``measure``.
    """
    measured = measure(sample, settings)
    if errors:
        for mistake in (m for sheet in measured.documents for m in sheet.mistakes if m.kind == errors):
            console.print(
                f"{mistake.document}: {mistake.words}", markup=False, highlight=False, soft_wrap=True
            )
    elif form == "json":
        console.print_json(json.dumps(as_json(measured)))
    else:
        _print_tables(measured, console)


def as_json(measured: Score) -> dict[str, object]:
    """Figures, confusion of event classes, and the F1 of each document's events, for programs."""
    return {
        **figures(measured),
        "documents missing": list(measured.missing),
        "confusion": [
            {"gold": gold, "found": found, "n": n} for (gold, found), n in measured.confusion.most_common()
        ],
        "documents": {sheet.name: round(sheet.counts["events"].f1, 3) for sheet in measured.documents},
    }


def _print_tables(measured: Score, console: Console) -> None:
    table = Table("", "precision", "recall", "F1", "share right", "of")
    for name, row in figures(measured).items():
        cells = [f"{row[k]:.3f}" if k in row else "" for k in ("p", "r", "f1", "acc")]
        table.add_row(name, *cells, str(row.get("gold", row.get("n", ""))))
    console.print(table)
    confused = Table("annotated as", "found as", "times", title="Classes of events that were confused")
    for gold, found, times in confusions(measured):
        confused.add_row(gold, found, str(times))
    console.print(confused)
    worst = Table("text", "events F1", "missed", "false", title="The texts with the worst events")
    for sheet in measured.worst[:WORST]:
        events = sheet.counts["events"]
        worst.add_row(sheet.name, f"{events.f1:.3f}", f"{events.missed:g}", f"{events.false:g}")
    console.print(worst)
    if measured.missing:
        console.print(f"Not read: {', '.join(measured.missing)}")


def confusions(measured: Score) -> list[tuple[str, str, int]]:
    """Which class was found instead of which, and how often, the commonest first."""
    pairs = measured.confusion.items()
    found = [(gold, other, n) for (gold, other), n in pairs if gold and other and gold != other]
    return sorted(found, key=lambda row: (-row[2], row[0], row[1]))
