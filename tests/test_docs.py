"""What the documentation shows in Python runs as it stands, on the graph of the seeds."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SNIPPET = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWING = [page for page in PAGES if SNIPPET.search(page.read_text(encoding="utf-8"))]


@pytest.fixture
def working_folder(built: Path, tmp_path: Path) -> Path:
    """A folder with the graph where ``diplograph build`` puts it by default."""
    (tmp_path / "kg").symlink_to(built, target_is_directory=True)
    return tmp_path


def test_the_readme_and_the_guide_to_networks_show_python() -> None:
    assert {"README.md", "network.md"} <= {page.name for page in SHOWING}


@pytest.mark.parametrize("page", SHOWING, ids=lambda page: page.name)
def test_the_python_of_a_page_runs_from_top_to_bottom(page: Path, working_folder: Path) -> None:
    code = "\n".join(SNIPPET.findall(page.read_text(encoding="utf-8")))
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=working_folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")  # Jupyter's own
def test_the_notebook_of_brokers_finds_some_and_draws_them(
    working_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    notebook = nbformat.read(ROOT / "docs" / "brokers.ipynb", as_version=4)
    resources = {"metadata": {"path": str(working_folder)}}
    NotebookClient(notebook, timeout=120, resources=resources).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    printed = "".join(output.text for output in outputs if output.output_type == "stream")
    shares = [float(share) for share in re.findall(r"^ *(\d+\.\d)%  \S", printed, re.MULTILINE)]
    assert shares == sorted(shares, reverse=True)
    assert shares
    assert all(0 < share < 100 for share in shares)
    years = re.findall(r"^(\d{4}) .*\d+%", printed, re.MULTILINE)
    assert len(years) >= 3
    assert years == sorted(years)
    pictures = [output.data for output in outputs if output.output_type in {"display_data", "execute_result"}]
    assert any("image/png" in picture for picture in pictures)
