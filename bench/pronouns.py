"""How many pronouns of GUM's news texts are told to be the person that the annotators say.

``python -m bench.pronouns GUM_DIR``: the folder holds ``GUM_news_*.conllu`` of
https://github.com/amir-zeldes/gum. Counted are the third-person pronouns in the singular of persons whom the
text names somewhere; right is one that refers to a thing that is also found at one of that person's names.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click

from graph.evaluation.wikified import Marked, Wikified, read_wikified
from graph.model import Reading
from graph.pipeline import load_pipeline
from graph.reading import read

PRONOUNS = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})


def named(gold: Wikified) -> dict[str, list[Marked]]:
    """The mentions by name of each person, by the number of the person."""
    found: dict[str, list[Marked]] = defaultdict(list)
    for mention in gold.mentions:
        words = gold.document.text[mention.core[0] : mention.core[1]]
        if mention.type == "person" and words[:1].isupper() and words.lower() not in PRONOUNS:
            found[mention.group].append(mention)
    return found


def verdicts(gold: Wikified, reading: Reading) -> Iterator[tuple[Marked, bool]]:
    """The pronouns of named persons, and whether each is told right."""
    names = named(gold)
    for pronoun in gold.mentions:
        text = gold.document.text[pronoun.begin : pronoun.end]
        if pronoun.group not in names or text.lower() not in PRONOUNS:
            continue
        told = {m.refers_to for m in reading.mentions if m.span.begin == pronoun.begin}
        yield (
            pronoun,
            any(
                m.refers_to in told and m.rule != "pronoun"
                for m in reading.mentions
                for name in names[pronoun.group]
                if m.span.begin < name.core[1] and name.core[0] < m.span.end
            ),
        )


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--errors", is_flag=True, help="List what is wrong.")
def main(folder: Path, errors: bool) -> None:
    """Print the share of pronouns that are right."""
    texts = [read_wikified(path) for path in sorted(folder.glob("GUM_news_*.conllu"))]
    right = total = 0
    for gold, reading in zip(texts, read(load_pipeline(), [g.document for g in texts]), strict=True):
        for pronoun, is_right in verdicts(gold, reading):
            right, total = right + is_right, total + 1
            if errors and not is_right:
                around = gold.document.text[max(0, pronoun.begin - 90) : pronoun.end + 30]
                click.echo(f"{gold.document.identifier}: {around!r}")
    if not total:
        sys.exit(f"No GUM_news_*.conllu with pronouns in {folder}.")
    click.echo(f"pronouns right: {right}/{total} = {right / total:.3f}")


if __name__ == "__main__":
    main()
