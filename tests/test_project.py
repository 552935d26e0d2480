"""The repository itself: what a newcomer, a packager or a reviewer relies on."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pydantic.fields import FieldInfo

from graph.settings import Settings
from service.cli import main

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = ("ontology", "graph", "service")
FOLDERS = (*PACKAGES, "tests", "bench", "docs", "requirements", ".ci")
LOCKS = ("requirements/run.txt", "requirements/dev.txt")
PAGES = ("README.md", "CONTRIBUTING.md", *(str(p.relative_to(ROOT)) for p in ROOT.glob("docs/*.md")))

WHERE_ONLY = {
    "spacy": ("graph/components/", "graph/pipeline.py", "graph/reading.py"),
    "thinc": ("graph/pipeline.py",),
    "pyoxigraph": (
        "graph/rdf.py",
        "graph/derive.py",
        "graph/linking/quads.py",
        "graph/merging.py",
        "graph/snapshots.py",
        "graph/store.py",
        "service/endpoint/engine.py",
        "service/endpoint/evaluation.py",
        "service/endpoint/formats.py",
        "service/endpoint/writing.py",
    ),
    "networkx": ("graph/network.py", "graph/export.py"),
    "SPARQLWrapper": ("graph/linking",),
    "pyshacl": ("ontology/shapes.py",),
    "flask": ("service/",),
    "rich": ("service/cli/", "service/serving.py", "service/commands/"),
}
"""The only modules that may import a library of weight, so that it can be exchanged, or left unloaded."""


def own_files() -> Iterator[Path]:
    """Every text file of the project, without asking git, which a downloaded copy does not have."""
    yield from (p for p in ROOT.iterdir() if p.is_file() and p.name not in {".git", "diplograph.toml"})
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix not in {".pyc", ".png", ".gz", ".npz"} and not is_made(path):
                yield path


def is_made(path: Path) -> bool:
    """Whether a file was installed or bundled here, and is nobody's writing."""
    return (
        path.relative_to(ROOT)
        .as_posix()
        .startswith(("service/web/node_modules/", "service/static/", "tests/comunica/node_modules/"))
    )


def modules(*folders: str) -> list[str]:
    """Paths of all modules that hold code, relative to the project."""
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path.relative_to(ROOT).as_posix() for path in paths if path.stat().st_size)


def imports(module: str) -> set[str]:
    """Top-level names that a module imports when it runs, wherever in it; not those for types alone."""
    found = set()
    nodes: list[ast.AST] = [ast.parse((ROOT / module).read_text("utf-8"))]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            nodes += node.orelse
        else:
            nodes += ast.iter_child_nodes(node)
    return found


def third_party(folders: tuple[str, ...]) -> set[str]:
    """Distributions that the modules of these folders import."""
    names = {name for module in modules(*folders) for name in imports(module)}
    own = {*FOLDERS, "conftest"}
    distributions = packages_distributions()
    return {
        canonicalize_name(distribution)
        for name in names - own - set(sys.stdlib_module_names)
        for distribution in distributions[name]
    }


def declared(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in requirements}


def group(name: str) -> list[str]:
    """The requirements of a dependency group, with those of the groups it includes (PEP 735)."""
    found: list[str] = []
    for entry in PROJECT["dependency-groups"][name]:
        found += group(entry["include-group"]) if isinstance(entry, dict) else [entry]
    return found


def pins(lock: str) -> dict[str, str]:
    """Version by distribution of a lock file, for the Python that runs the tests."""
    lines = re.findall(r"^([\w.-]+)==([^\s;]+)(?: ; (.+?))? \\$", (ROOT / lock).read_text("utf-8"), re.M)
    return {
        canonicalize_name(name): version
        for name, version, marker in lines
        if not marker or Marker(marker).evaluate()
    }


def test_no_file_names_a_registry() -> None:
    address = re.compile(
        r"://[\w.-]*(?:p[y]pi|p[y]thonhosted|n[p]mjs)|--(?:extra-)?index[-]url|--find[-]links"
    )
    assert [str(p) for p in own_files() if address.search(p.read_text("utf-8"))] == []


def test_no_file_holds_a_path_of_somebodys_machine() -> None:
    path = re.compile(r"(?<![\w.:/*)}>-])/(?:root|home|work|opt|Users)/\w")
    assert [str(p) for p in own_files() if path.search(p.read_text("utf-8"))] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes_and_nothing_else(lock: str) -> None:
    text = re.sub(r"^\s*#.*\n", "", (ROOT / lock).read_text("utf-8"), flags=re.M)
    pin = r"[\w.-]+==[^\s;]+(?: ; [^\\]+)?"
    assert re.fullmatch(rf"(?:{pin} \\\n(?:    --hash=sha256:[0-9a-f]{{64}}(?: \\)?\n)+)+", text)


def test_the_locks_fulfil_what_the_project_asks_for() -> None:
    asked = {
        "requirements/run.txt": PROJECT["project"]["dependencies"] + group("build"),
        "requirements/dev.txt": PROJECT["project"]["dependencies"] + group("dev"),
    }
    for lock, requirements in asked.items():
        pinned = pins(lock)
        for requirement in map(Requirement, requirements):
            version = pinned.get(canonicalize_name(requirement.name), "none")
            assert requirement.specifier.contains(version), (
                f"{requirement} in {lock}: {version}; run: make lock"
            )


def test_both_locks_agree() -> None:
    run, dev = map(pins, LOCKS)
    assert run.items() <= dev.items()


def test_dependencies_are_what_the_code_imports() -> None:
    model = canonicalize_name(Settings.model_fields["model"].default)  # loaded by its name, never imported
    assert third_party(PACKAGES) | {model} == declared(PROJECT["project"]["dependencies"])


def test_tests_import_only_what_is_declared() -> None:
    known = declared(PROJECT["project"]["dependencies"] + group("dev"))
    assert third_party(("tests", "bench")) <= known


@pytest.mark.parametrize("library", WHERE_ONLY)
def test_heavy_libraries_stay_where_they_belong(library: str) -> None:
    strays = [
        m for m in modules(*PACKAGES) if library in imports(m) and not m.startswith(WHERE_ONLY[library])
    ]
    assert strays == []


@pytest.mark.parametrize("module", ["service.cli", "service.app"])
def test_serving_and_asking_for_help_load_no_spacy(module: str) -> None:
    code = f"import sys, {module}; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("module", modules(*PACKAGES, "tests", "bench"))
def test_every_module_says_what_it_is(module: str) -> None:
    docstring = ast.get_docstring(ast.parse((ROOT / module).read_text("utf-8")))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", ":"))


def test_changelog_and_citation_know_this_version() -> None:
    version = PROJECT["project"]["version"]
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert version in headings
    assert citation["version"] == version
    assert citation["license"] == PROJECT["project"]["license"]
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()


@pytest.mark.parametrize("page", PAGES)
def test_pages_name_only_commands_that_exist(page: str) -> None:
    code = " ".join(re.findall(r"```.*?```|`[^`]+`", (ROOT / page).read_text("utf-8"), re.S))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"\bdiplograph ([a-z]+)", code)) <= set(main.commands)
    assert set(re.findall(r"\bmake ([a-z-]+)", code)) <= targets


@pytest.mark.parametrize(("name", "field"), Settings.model_fields.items())
def test_readme_lists_every_setting_with_its_default(name: str, field: FieldInfo) -> None:
    row = rf"^\| `{name}` \| `DIPLOGRAPH_{name.upper()}` \| .*\| `{re.escape(str(field.default))}` \|"
    assert re.search(row, (ROOT / "README.md").read_text("utf-8"), re.M)


def test_readme_shows_the_real_answer(built: Path) -> None:
    shown = re.search(
        r"```console\n\$ \S*diplograph (query '.*?')\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S
    )
    assert shown
    command = [*shlex.split(shown[1]), "--store", str(built)]
    assert CliRunner(env={"COLUMNS": "100"}).invoke(main, command).output == shown[2]


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    folder = (ROOT / page).parent
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", (ROOT / page).read_text("utf-8"))
    assert [link for link in links if not (folder / link).exists()] == []


def test_a_wheel_holds_words_meaning_and_pages_too(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    held = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    meant = [
        p
        for folder in PACKAGES
        for p in (ROOT / folder).rglob("*")
        if p.is_file() and p.suffix != ".pyc" and not p.is_relative_to(ROOT / "service" / "web")
    ]
    assert {p.relative_to(ROOT).as_posix() for p in meant} <= held
