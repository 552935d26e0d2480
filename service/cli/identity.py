"""Commands about who is who: judgements, what they are asked for, and the reasons for what is one."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click
from rich.console import Console

from service.cli import options


def _judging(verdict: Literal["same", "different", "unsure"], text: str) -> click.Command:
    """The command of a verdict, which is told of in ``text``."""

    @click.command(verdict, help=text)
    @click.argument("a")
    @click.argument("b")
    @options.why
    @options.by
    @options.store
    def command(a: str, b: str, why: str, by: str, store: Path | None) -> None:
        from service.commands.judging import Remark, run_judge  # noqa: PLC0415

        run_judge(verdict, (a, b), Remark(why, by), options.settings(store=store), Console())

    return command


same = _judging(
    "same",
    """Say that A and B are one thing, and bring the graph up to date without reading any text.

    A and B are ids as 'candidates' shows them (person/sergey-lavrov), whole IRIs, names that only one thing
    has, or places in a text (a.txt#char=254,267). What you say holds at every later build, whatever the
    machine thinks, until you take it back with 'undo'. It is kept in ledger.jsonl, in the store's folder.

    \b
    diplograph same "Joe Biden" person/joseph-r-biden-jr --why "one president"
    """,
)
different = _judging(
    "different",
    """Say that A and B are two things, and bring the graph up to date without reading any text.

    Where the machine has made them one, say as which document tells of each: NAME@DOCUMENT. What other
    documents tell stays with the first that it fits. It holds until you take it back with 'undo'.

    \b
    diplograph different person/boris-johnson person/ian-johnson
    diplograph different "Maria Silva@a.txt" "Maria Silva@b.txt" --why "one is from Angola"
    """,
)
unsure = _judging("unsure", "Say that you cannot tell whether A and B are one; nobody is asked again.")


@click.command()
@click.argument("which", nargs=-1, metavar="[NUMBER | A B]")
@options.why
@options.by
@options.store
def undo(which: tuple[str, ...], why: str, by: str, store: Path | None) -> None:
    """Take back a judgement: by its NUMBER, or the last on A and B. Without any, list all judgements.

    Where A and B were made one by the machine and nobody judged them, they are parted from now on.
    """
    from service.commands.judging import Remark, run_undo  # noqa: PLC0415

    if len(which) > 2 or (len(which) == 1 and not which[0].isdigit()):
        raise click.UsageError("Give the number of a judgement, or two things.")
    run_undo(which, Remark(why, by), options.settings(store=store), Console())


@click.command()
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="How many.")
@options.store
def candidates(limit: int, store: Path | None) -> None:
    """List what the machine would like to ask about who is who, best first.

    Answer with 'same', 'different' or 'unsure'.
    """
    from service.commands.judging import run_candidates  # noqa: PLC0415

    run_candidates(limit, options.settings(store=store), Console())


@click.command()
@click.argument("thing")
@options.store
def why(thing: str, store: Path | None) -> None:
    """Show why the mentions of THING are one: where they stand, what was joined for what reason, who judged.

    \b
    diplograph why "Sergey Lavrov"
    diplograph why event/proposal-003_565828490891b658-1765
    """
    from service.commands.judging import run_why  # noqa: PLC0415

    run_why(thing, options.settings(store=store), Console())
