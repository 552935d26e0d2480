"""Measures the annotated texts again and writes their figures into docs/quality.md; ``make quality`` runs it.

``python -m bench.quality [FOLDER]``: the seeds and the invented reports always; where FOLDER is there, also
the development texts, and what the learned filter does for texts that it has not learned from.
"""

from __future__ import annotations

from pathlib import Path

import click

from bench.candidate_filter import samples
from graph.settings import Settings
from service.commands.learning import School
from service.commands.quality import section, with_section

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "quality.md"


@click.command(help=__doc__)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def main(folder: Path | None) -> None:
    """Write the page."""
    named = dict(samples([folder] if folder else []))
    page = PAGE.read_text(encoding="utf-8")
    for name, sample in named.items():
        page = with_section(page, name, section(sample, Settings()))
    if folder is not None and folder.is_dir():
        page = with_section(page, "left out", "\n".join(School(named, Settings()).table()))
    PAGE.write_text(page, encoding="utf-8")
    click.echo(f"{PAGE.relative_to(ROOT)}: {', '.join(named)}")


if __name__ == "__main__":
    main()
