"""What the tests share: the real pipeline, loaded once, and the five seed texts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parent.parent

# No test may fail because the machine is busy.
settings.register_profile("diplograph", parent=settings.default, deadline=None)
settings.load_profile("diplograph")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a developer's own ``DIPLOGRAPH_…`` variables, and so their store, out of the tests."""
    for name in [name for name in os.environ if name.startswith("DIPLOGRAPH_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def pipeline() -> Language:
    """The pipeline that a build uses, with its real model."""
    from graph.pipeline import load_pipeline  # noqa: PLC0415  tests that need no model start without spaCy

    return load_pipeline()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the project's default texts."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """A store with the graph of the seeds, as ``diplograph build seeds`` makes it."""
    from click.testing import CliRunner  # noqa: PLC0415

    from service.cli import main  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("seeds") / "kg"
    outcome = CliRunner().invoke(main, ["build", str(seeds), "--store", str(folder)])
    assert outcome.exit_code == 0, outcome.output
    return folder
