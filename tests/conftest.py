"""What the tests share: the real pipeline, loaded once, and the five seed texts."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
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


DOUBTFUL = {
    "a": "Talks in Lagos\n\nLAGOS, 4 May 2021. Foreign Minister Amina Okafor of Nigeria met Foreign Minister "
    "Pedro Costa of Portugal in Lagos on 3 May 2021. Okafor said that trade would grow.\n",
    "b": "Okafor visits Lisbon\n\nLISBON, 9 June 2021. Okafor visited Lisbon on 8 June 2021 and met "
    "President Rosa Lima. Okafor thanked the people of Portugal.\n",
    "c": "Ambassador speaks\n\nGENEVA, 11 July 2021. Ambassador Bola Okafor addressed the United Nations in "
    "Geneva on 10 July 2021. P. Costa met Bola Okafor.\n",
    "d": "Letter from Lisbon\n\nLISBON, 2 August 2021. R. Lima praised the talks in Lagos on 1 August 2021. "
    "Governor Bola Okafor met R. Lima in Porto.\n",
}
"""Texts that leave open who is who."""


@pytest.fixture(scope="session")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the graph of texts that leave open who is who."""
    from click.testing import CliRunner  # noqa: PLC0415

    from service.cli import main  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("doubtful")
    for name, text in DOUBTFUL.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    outcome = CliRunner().invoke(main, ["build", str(folder), "--store", str(folder / "kg")])
    assert outcome.exit_code == 0, outcome.output
    return folder / "kg"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers by their names in lower case, and body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type."""
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    def rows(self) -> list[dict[str, str]]:
        """The rows of a CSV answer."""
        return list(csv.DictReader(io.StringIO(self.body.decode(), newline="")))


@dataclass(frozen=True, slots=True)
class Live:
    """A running ``diplograph serve``, as a stranger sees it."""

    port: int
    process: subprocess.Popen[str]
    store: Path

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def send(
        self, method: str, path: str, body: bytes | str | None = None, timeout: float = 60.0, **headers: str
    ) -> Answer:
        """Send a request; headers are given as ``content_type="text/turtle"``."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body.encode() if isinstance(body, str) else body, names)
            answer = connection.getresponse()
            content = answer.read()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, content)
        finally:
            connection.close()

    def query(self, text: str, accept: str = "text/csv", **parameters: str | list[str]) -> Answer:
        """Ask by GET."""
        encoded = urlencode({"query": text, **parameters}, doseq=True)
        return self.send("GET", f"/sparql?{encoded}", accept=accept)

    def write(self, method: str, path: str, body: bytes | str | None = None, **headers: str) -> Answer:
        """Send a request with the token."""
        return self.send(method, path, body, authorization=f"Bearer {TOKEN}", **headers)

    def update(self, text: str, path: str = "/update") -> Answer:
        """Send an update with the token."""
        return self.write("POST", path, text, content_type="application/sparql-update")


Tab = Callable[..., "Page"]
"""Opens an address in a tab: width in pixels, colour scheme, and whether scripts run."""
TOKEN = "open-sesame"
DIPLOGRAPH = (sys.executable, "-c", "from service.cli import main; main()")
SUITES = ROOT.parent / "shared" / "conformance"
"""W3C's own suites, which are no part of the project."""
COMUNICA = ROOT / "tests/comunica/node_modules/@comunica/query-sparql/bin/query.js"
"""A client of others, which ``make`` installs."""


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
"""The browser that the pages are tested in, if the machine has one."""
_LOUD = {"error", "warning"}
_FLAGS = (
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
)  # fmt: skip


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly which tests could not be run on this machine."""
    if CHROMIUM is None:
        terminalreporter.write_line(
            "NO PAGE WAS OPENED IN A BROWSER: this machine has no Chromium. Install it (on Debian: "
            "apt-get install chromium) and run pytest tests/test_browser_*.py",
            yellow=True,
            bold=True,
        )
    if not SUITES.is_dir():
        terminalreporter.write_line(f"W3C's SPARQL suites are not at {SUITES} and were not run.", yellow=True)
    if not COMUNICA.is_file():
        terminalreporter.write_line("Comunica is not installed (make comunica) and was not run.", yellow=True)


@contextmanager
def live_service(store: Path, **settings: object) -> Iterator[Live]:
    """``diplograph serve`` on a free port, with settings by environment."""
    environment = {f"DIPLOGRAPH_{name.upper()}": str(value) for name, value in settings.items()}
    command = [*DIPLOGRAPH, "serve", "--port", "0", "--store", str(store)]
    with subprocess.Popen(
        command,
        env={n: v for n, v in os.environ.items() if not n.startswith("DIPLOGRAPH_")}
        | environment
        | {"COLUMNS": "500"},
        cwd=store.parent,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        log: list[str] = []
        for line in process.stderr:
            log.append(line)
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                break
        else:
            raise AssertionError("".join(log))
        reading = threading.Thread(target=log.extend, args=(process.stderr,), daemon=True)
        reading.start()
        try:
            yield Live(int(found[1]), process, store)
        finally:
            process.terminate()
            process.wait(30)
            reading.join()


@pytest.fixture(scope="session")
def service(built: Path) -> Iterator[Live]:
    """The graph of the seeds, served read-only with tight limits."""
    limits = {"query_timeout": 2, "query_memory": 300 << 20, "query_rows": 60_000, "query_workers": 2}
    with live_service(built, **limits) as live:
        yield live


@pytest.fixture(scope="session")
def web(built: Path) -> Iterator[Live]:
    """The graph of the seeds, served as to readers."""
    if not (ROOT / "service" / "static" / "manifest.json").is_file():
        raise AssertionError("The pages have no scripts: run make web.")
    with live_service(built) as live:
        yield live


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    if CHROMIUM is None and os.environ.get("CI") == "true":
        raise AssertionError("There is no Chromium: .ci/run installs it.")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """Opens pages, and says at the end what went wrong in any of them."""
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def open_tab(address: str, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        context.set_default_timeout(20_000)
        opened.append(context)
        page = context.new_page()
        page.on(
            "console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address, wait_until="networkidle" if scripts else "load")
        return page

    yield open_tab
    for context in opened:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def _writing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    from graph.store import Store  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("writable") / "kg"
    with Store(folder) as store:
        store.publish()
    with live_service(folder, update_token=TOKEN) as live:
        yield live


@pytest.fixture
def writable(_writing: Live) -> Live:
    """An empty graph, served with the token for writing."""
    assert _writing.update("DROP ALL").status == 204
    return _writing
