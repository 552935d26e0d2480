"""Measures the knowledge base: time to make it, size, times of look-ups; ``python -m bench.knowledge``."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from graph.knowledge.library import open_knowledge
from graph.settings import Settings
from ontology.gazetteer import load_gazetteer
from ontology.knowledge_tables import Thing, read_things


@click.command(help=__doc__)
@click.option("--number", default=2000, show_default=True, help="Look-ups of each sort.")
def main(number: int) -> None:
    """Print the figures, one a line."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(cache=Path(folder), knowledge=Path(folder) / "none")
        begin = time.perf_counter()
        base = open_knowledge(settings)
        click.echo(f"made in {time.perf_counter() - begin:.1f} s, {base.path.stat().st_size / 1e6:.0f} MB")
        begin = time.perf_counter()
        base = open_knowledge(settings)
        click.echo(f"opened in {1000 * (time.perf_counter() - begin):.1f} ms")
        things = random.Random(7).sample(list(read_things(load_gazetteer())), number)
        shipped = Path(__file__).resolve().parent.parent / "ontology" / "knowledge"
        click.echo(f"tables {sum(p.stat().st_size for p in shipped.glob('*.gz')) / 1e6:.1f} MB compressed")
        _report("exact", things, lambda t: base.exact(t.name, t.kind))
        _report("fuzzy", things, lambda t: base.fuzzy(_slip(t.name), t.kind))
        people = [t for t in things if t.kind == "person" and t.country]
        _report("surname", people, lambda t: base.people(t.name.split()[-1], t.country))


def _slip(name: str) -> str:
    """The name with its middle letter doubled."""
    middle = len(name) // 2
    return name[:middle] + name[middle] + name[middle:]


def _report(sort: str, things: Sequence[Thing], look: Callable[[Thing], object]) -> None:
    times, found = [], 0
    for thing in things:
        begin = time.perf_counter()
        found += bool(look(thing))
        times.append(1000 * (time.perf_counter() - begin))
    times.sort()
    middle, late, last = (times[int(len(times) * share)] for share in (0.5, 0.99, 0.9999))
    share = found / len(times)
    click.echo(
        f"{sort}: median {middle:.3f} ms, 99 % within {late:.2f} ms, longest {last:.2f} ms; {share:.0%} found"
    )


if __name__ == "__main__":
    main()
