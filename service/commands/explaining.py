"""What ``diplograph explain`` does: print how each sentence of one text was read, and by which rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import TypeAdapter
from rich.console import Console
from rich.markup import escape

from graph.documents.sources import iter_sources
from graph.errors import NotFoundError, UnreadableSourceError
from graph.evaluation.explaining import EventLine, SentenceLines, explain
from graph.model import Document
from graph.readers import Failure
from graph.settings import Settings

_SENTENCES: TypeAdapter[list[SentenceLines]] = TypeAdapter(list[SentenceLines])


def run_explain(file: Path, settings: Settings, number: int | None, form: str, console: Console) -> None:
    """Print how a text was read, all of it or one sentence, for people or as JSON.

    Raises:
        UnreadableSourceError: the file holds no text, or many.
        NotFoundError: there is no sentence of that number.
        ModelError: the language model is missing.
    """
    from graph.pipeline import load_pipeline  # noqa: PLC0415  spaCy is loaded only where texts are read
    from graph.reading import read_closely  # noqa: PLC0415

    document = _document(file, settings)
    sentences = list(explain(read_closely(load_pipeline(settings.model, filtered=settings.filter), document)))
    chosen = [s for s in sentences if number in (None, s.number)]
    if number is not None and not chosen:
        raise NotFoundError(f"{file} has no sentence {number}.", f"Its sentences are 1 to {len(sentences)}.")
    if form == "json":
        console.print_json(_SENTENCES.dump_json(chosen).decode())
        return
    issued = f"{document.issued} ({document.issued_from})" if document.issued else "on an unknown day"
    console.print(f"[bold]{escape(document.title or file.name)}[/bold]", highlight=False)
    console.print(
        f"issued {issued}, by {escape(document.publisher or 'an unknown publisher')}", highlight=False
    )
    for sentence in chosen:
        console.print()
        for line in _lines(sentence):
            console.print(line, highlight=False, soft_wrap=True)


def _document(file: Path, settings: Settings) -> Document:
    found = list(iter_sources([file], settings))
    documents = [one for one in found if isinstance(one, Document)]
    if len(documents) == 1:
        return documents[0]
    reasons = [one.reason for one in found if isinstance(one, Failure)]
    raise UnreadableSourceError(
        f"{file} does not hold one text: {reasons[0] if reasons else f'it holds {len(documents)}.'}",
        "Give it one file with one text.",
    )


def _lines(s: SentenceLines) -> Iterator[str]:
    """The lines on one sentence, with rich's markup."""
    yield f"[bold]{s.number}[/bold]  {escape(s.text)}"
    for m in s.mentions:
        through = f" through “{escape(m.through)}”" if m.through else ""
        same = "" if m.words == m.refers_to else f" = {escape(m.refers_to)}"
        yield f"   [cyan]{escape(m.words)}[/cyan]{same}  [dim]{m.cls}, by {m.rule}{through}[/dim]"
    for o in s.offices:
        of = f" of {escape(o.of)}" if o.of else ""
        yield f"   [blue]office[/blue] {escape(o.holder)}: {escape(o.title)}{of}  [dim]by {o.rule}[/dim]"
    for t in s.times:
        yield f"   [magenta]time[/magenta] {escape(t.words)} = {t.edtf}{_counted(t.anchor)}"
    for e in s.events:
        yield from _event(e)
    for again in s.repeats:
        yield f"   [green]{again.cls}[/green] “{escape(again.words)}”: the event of sentence {again.sentence}"
    for r in s.relations:
        ends = f"{escape(r.subject)} {r.predicate} {escape(r.object)}"
        yield f"   [yellow]relation[/yellow] {ends}  [dim]by {r.rule}[/dim]"
    for x in s.rejected:
        taken = "; its words make another event" if x.taken else ""
        yield f"   [red]rejected[/red] {escape(x.words)}  [dim]{x.rule}: {escape(x.why)}{taken}[/dim]"


def _event(e: EventLine) -> Iterator[str]:
    yield f"   [green]{e.cls}[/green] “{escape(e.words)}”, {e.factuality}  [dim]by {e.rule}[/dim]"
    for r in e.roles:
        words = "" if r.words == r.filler else f"  [dim]“{escape(r.words)}”[/dim]"
        yield f"      {r.role}: {escape(r.filler)}{words}"
    for name, value in _details(e):
        yield f"      {name}: {escape(value)}"


def _details(e: EventLine) -> Iterable[tuple[str, str]]:
    if e.when:
        yield "when", f"{e.when.edtf} (“{e.when.words}”)"
    if e.source:
        yield "source", e.source
    if e.says:
        yield "says", " ".join(e.says.split())
    if e.part_of:
        yield "part of", e.part_of
    if e.filter:
        yield "filter", e.filter
    if e.elsewhere:
        yield "also told in", f"{e.elsewhere} other sentence{'' if e.elsewhere == 1 else 's'}"


def _counted(anchor: str | None) -> str:
    return f"  [dim]counted from {anchor}[/dim]" if anchor else ""
