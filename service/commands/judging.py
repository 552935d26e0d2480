"""What the commands of the ledger do: same, different, unsure, undo, candidates and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graph.build import rebuild
from graph.decisions import Told
from graph.ledger import Judgement, Verdict
from graph.review import Reasons, Review
from graph.settings import Settings
from ontology.gazetteer import load_gazetteer
from service.commands.building import tables

_MENTIONS = 200
"""Most mentions that ``why`` lists."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Why somebody judges so, and who."""

    why: str
    by: str


def run_judge(
    verdict: Verdict, things: tuple[str, str], remark: Remark, settings: Settings, console: Console
) -> None:
    """Judge two things and bring the graph up to date.

    Raises:
        NotFoundError, LedgerError: they cannot be found or judged; nothing is written then.
        StoreError: there is no graph, or a build is using it; what was judged holds from the next one on.
    """
    judgement = Review(settings.store, settings.base).judge(verdict, *things, remark.why, remark.by)
    console.print(f"Line {judgement.number} of the ledger: {_worded(judgement)}", highlight=False)
    if verdict == "unsure":
        console.print("Nobody will be asked about them again; the graph stays as it is.")
    else:
        _refresh(settings, console)


def run_undo(which: tuple[str, ...], remark: Remark, settings: Settings, console: Console) -> None:
    """Take back a judgement, by its number or its two things; without any, list them.

    Raises:
        NotFoundError, LedgerError, StoreError: there is nothing to take back, or it cannot be.
    """
    review = Review(settings.store, settings.base)
    if not which:
        _print_history(review.ledger.history(), review.ledger.path, console)
        return
    if len(which) == 1:
        judgement = review.ledger.undo(int(which[0]), remark.why, remark.by)
    else:
        judgement = review.undo(which[0], which[1], remark.why, remark.by)
    if judgement.undone:
        console.print(f"Taken back: {_worded(judgement)}", highlight=False)
    else:
        console.print(
            f"Nobody had judged these. Line {judgement.number} of the ledger now: {_worded(judgement)}",
            highlight=False,
        )
    _refresh(settings, console)


def run_candidates(limit: int, settings: Settings, console: Console) -> None:
    """List what the machine would like to ask, best first.

    Raises:
        StoreError: there is no graph.
    """
    asked = Review(settings.store, settings.base).candidates()
    for number, candidate in enumerate(asked[:limit], 1):
        console.print(
            f"[bold]{number}. {candidate.score:.2f}[/bold] {escape(candidate.reason)}", highlight=False
        )
        for side in (candidate.a, candidate.b):
            _print_side(side, console)
    console.print(
        f"{min(limit, len(asked))} of {len(asked)} questions."
        + (" Answer with: diplograph same|different|unsure A B" if asked else "")
    )


def run_why(text: str, settings: Settings, console: Console) -> None:
    """Print why the mentions of a thing are one.

    Raises:
        NotFoundError, StoreError: there is no such thing, or no graph.
    """
    reasons = Review(settings.store, settings.base).why(text)
    count, documents = len(reasons.mentions), len(reasons.documents)
    console.print(
        f"[bold]{escape(reasons.thing.label)}[/bold] {escape(reasons.thing.name)}: "
        f"{count} mention{_s(count)} in {documents} document{_s(documents)}",
        highlight=False,
        soft_wrap=True,
    )
    _print_mentions(reasons, console)
    _print_merges(reasons, console)
    if reasons.judgements:
        _print_history(reasons.judgements, None, console)


def _print_mentions(reasons: Reasons, console: Console) -> None:
    table = Table("document", "at", "words", "told by")
    for mention in reasons.mentions[:_MENTIONS]:
        at = mention.place.rpartition("=")[2]
        table.add_row(escape(mention.document), at, escape(mention.words), mention.rule)
    console.print(table)
    if len(reasons.mentions) > _MENTIONS:
        rules = Counter(m.rule for m in reasons.mentions[_MENTIONS:])
        told = ", ".join(f"{n} by {rule}" for rule, n in rules.most_common())
        console.print(f"… and {sum(rules.values())} more: {told}")


def _print_merges(reasons: Reasons, console: Console) -> None:
    if len(reasons.documents) > 1 and not reasons.merges:
        kind = reasons.thing.name.partition("/")[0]
        same = "name" if kind in {"person", "institution", "instrument"} else "place in the name tables"
        console.print(f"They are one, since all documents give it the same {same}.")
    for merge in reasons.merges:
        console.print(
            f"[bold]{merge.score:.2f}[/bold] {escape(merge.rule)}: {escape(merge.reason)}",
            highlight=False,
            soft_wrap=True,
        )
        for side in (merge.a, merge.b):
            _print_side(side, console)


def _print_side(side: Told, console: Console) -> None:
    shown = " · ".join((side.name, side.label, ", ".join(side.documents)))
    console.print(f"   {escape(shown)}\n     “{escape(side.sentence)}”", highlight=False, soft_wrap=True)


def _print_history(judgements: tuple[Judgement, ...], path: Path | None, console: Console) -> None:
    for judgement in judgements:
        gone = f" [dim](taken back by line {judgement.undone})[/dim]" if judgement.undone else ""
        by = f" by {judgement.by}" if judgement.by else ""
        console.print(
            f"[bold]{judgement.number}[/bold] {escape(_worded(judgement))}{gone} "
            f"[dim]{judgement.at:%Y-%m-%d %H:%M}{escape(by)}[/dim]",
            highlight=False,
            soft_wrap=True,
        )
    if path:
        console.print(f"{len(judgements)} judgement{_s(len(judgements))} in {path}.", soft_wrap=True)


def _worded(judgement: Judgement) -> str:
    a, b = (
        side.name if judgement.a.name != judgement.b.name else f"{side.name}@{side.places[0]}"
        for side in (judgement.a, judgement.b)
    )
    between = {"same": "is the same as", "different": "is different from", "unsure": "may or may not be"}
    told = f"{a} {between[judgement.verdict]} {b}"
    return f"{told}: {judgement.why}" if judgement.why else told


def _refresh(settings: Settings, console: Console) -> None:
    with console.status("Telling who is who anew, without reading any text …"):
        changed = rebuild(settings.store, settings, tables(load_gazetteer(), settings))
    console.print(f"The graph is up to date: {changed} named graph{_s(changed)} changed, no text was read.")


def _s(count: int) -> str:
    return "" if count == 1 else "s"
