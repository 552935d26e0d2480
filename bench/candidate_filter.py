"""Trains the learned filter over candidates for events, and measures it on texts it has not learned from.

``python -m bench.candidate_filter [FOLDER …]`` learns from the annotated texts of the repository and those of
the folders, and prints the figures of events by the rules alone and with a filter that learned from all texts
but the one that is read, each in turn. ``--write`` puts what is learned from all of them into
ontology/learned/candidate_filter.json; ``make train`` does so. Nothing is drawn at random.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from graph.evaluation.learning import learn
from graph.settings import Settings
from service.commands.learning import School
from service.commands.measuring import Sample

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "ontology" / "learned" / "candidate_filter.json"


def samples(folders: Iterable[Path]) -> Iterator[tuple[str, Sample]]:
    """The annotated texts of the repository, and of those folders that are there, by name."""
    yield "seeds", Sample((ROOT / "tests" / "gold",), ROOT / "seeds")
    yield "invented reports", Sample((ROOT / "tests" / "gold" / "invented",))
    present = tuple(folder for folder in folders if folder.is_dir())
    if present:
        yield "development texts", Sample(present)


@click.command(help=__doc__)
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Write the weights.")
def main(folders: tuple[Path, ...], write: bool) -> None:
    """Measure, and write the weights if wanted."""
    school = School(dict(samples(folders)), Settings())
    for line in school.table():
        click.echo(line)
    if write:
        learned = learn(school.examples).model_dump()
        learned["weights"] = dict(sorted(learned["weights"].items()))
        WEIGHTS.write_text(json.dumps(learned, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        click.echo(f"{WEIGHTS.relative_to(ROOT)}: {len(learned['weights'])} features")


if __name__ == "__main__":
    main()
