"""Measures the annotated texts again and writes their figures into docs/quality.md; ``make quality`` runs it.

``python -m bench.quality [FOLDER]``: the seeds always; the development texts where FOLDER is there.
"""

from __future__ import annotations

from pathlib import Path

import click

from graph.settings import Settings
from service.commands.quality import section, with_section
from service.commands.scoring import Sample

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "quality.md"


@click.command(help=__doc__)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def main(folder: Path | None) -> None:
    """Write the page."""
    samples = {"seeds": Sample((ROOT / "tests" / "gold",), ROOT / "seeds")}
    if folder is not None and folder.is_dir():
        samples["development texts"] = Sample((folder,))
    page = PAGE.read_text(encoding="utf-8")
    for name, sample in samples.items():
        page = with_section(page, name, section(sample, Settings()))
    PAGE.write_text(page, encoding="utf-8")
    click.echo(f"{PAGE.relative_to(ROOT)}: {', '.join(samples)}")


if __name__ == "__main__":
    main()
