"""The pages in a browser: what scripts weigh, the first page of a cold server, and a large network.

``python -m bench.web``: makes a store with a network of some 2,000 nodes and 10,000 edges, serves it, and
looks at it with headless Chromium (Debian's package), which draws WebGL in software. Times are of the clock,
and beside them of the processor, which other work on the machine does not lengthen: that of the service, and
of the page's main thread without what a graphics card would do.
"""

from __future__ import annotations

import gzip
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table

from bench.network import written

STATIC = Path(__file__).parent.parent / "service" / "static"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]
EVERYWHERE = ("shell.js", "theme.js")
PANNED = 3000
FRAMES = """
duration => new Promise(resolve => {
  const times = [];
  const begin = performance.now();
  const step = now => {
    times.push(now);
    if (now - begin < duration) requestAnimationFrame(step);
    else resolve(times.slice(1).map((time, place) => time - times[place]));
  };
  requestAnimationFrame(step);
})
"""


def weights() -> dict[str, int]:
    """Bytes of the scripts of each page, gzipped: its own, their parts, its worker, what all pages have."""
    made = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    pages = [name for name in made if name.endswith(".js") and name not in (*EVERYWHERE, "layout.js")]
    found = {}
    for page in pages:
        names = [*EVERYWHERE, page] + (["layout.js"] if page in ("network.js", "entity.js") else [])
        files = {file for name in names for file in (made[name]["file"], *made[name]["parts"])}
        found[page] = sum(len(gzip.compress((STATIC / file).read_bytes())) for file in files)
    return found


@contextmanager
def serving(store: Path) -> Iterator[tuple[str, int]]:
    """The address of a service on a store that answered nothing yet, and the number of its process."""
    program = Path(sys.executable).parent / "diplograph"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [program, "serve", "--store", store, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while True:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise click.ClickException(f"diplograph serve ended with status {process.returncode}.")
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait()


def first_byte(address: str) -> float:
    """Milliseconds until the first byte of an answer."""
    begin = time.perf_counter()
    with urllib.request.urlopen(address) as answer:
        answer.read(1)
    return (time.perf_counter() - begin) * 1000


def worked(process: int) -> float:
    """Milliseconds of processor time that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


class MainThread:
    """The processor time of a page's main thread."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked(self) -> float:
        """Milliseconds of all tasks so far."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return 1000 * float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))


def drawn(page: Page, address: str) -> str:
    """Open the network page and wait until it can be used; returns what it says that it shows."""
    page.goto(f"{address}/network", wait_until="commit")
    page.wait_for_selector("#network[data-ready]", timeout=120_000)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.text_content("#as-table summary .note") or ""


def panned(page: Page) -> list[float]:
    """Milliseconds between frames while the picture is dragged about."""
    box = page.locator("#picture").bounding_box()
    assert box
    x, y = box["x"] + 20, box["y"] + box["height"] - 20
    page.mouse.move(x, y)
    page.mouse.down()
    counting = page.evaluate_handle(f"() => ({{ gaps: ({FRAMES})({PANNED}) }})")
    end = time.perf_counter() + PANNED / 1000
    step = 0
    while time.perf_counter() < end:
        step += 1
        page.mouse.move(x + 200 * (step % 40) / 40, y - 150 * (step % 25) / 25)
        time.sleep(0.008)
    page.mouse.up()
    gaps: list[float] = page.evaluate("async handle => await handle.gaps", counting)
    return gaps


def measured(folder: Path, page: Page) -> Iterator[tuple[str, str, float, float]]:
    """What is measured and wanted, and milliseconds of the clock and of the processor."""
    with serving(folder) as (address, _):
        first_byte(f"{address}/network")  # builds the index, once for a snapshot
    with serving(folder) as (address, process):
        before = worked(process)
        yield "first byte of the first page, cold", "300 ms", first_byte(address), worked(process) - before
        before = worked(process)
        times = [first_byte(address) for _ in range(9)]
        yield "the same page, warm", "", statistics.median(times), (worked(process) - before) / 9
        page.goto(address)
        thread = MainThread(page)
        before, begun, clock = worked(process), thread.worked(), time.perf_counter()
        shown = drawn(page, address)
        taken = (time.perf_counter() - clock) * 1000
        yield (
            f"network usable ({shown})",
            "2,000 ms",
            taken,
            thread.worked() - begun + worked(process) - before,
        )
        page.wait_for_selector("#network[data-arranged]", timeout=300_000)
        begun = thread.worked()
        gaps = panned(page)
        yield "a frame while panning", "33 ms", statistics.mean(gaps), (thread.worked() - begun) / len(gaps)


@click.command(help=__doc__)
@click.option("--events", default=1_030, help="Events of five actors each.")
@click.option("--actors", default=2_500, help="Actors from whom they are drawn.")
@click.option("--seed", default=1, help="Which graph it is.")
def main(events: int, actors: int, seed: int) -> None:
    """Measure and print."""
    console = Console()
    table = Table("page", "scripts, kB gzipped")
    for name, size in sorted(weights().items(), key=lambda item: -item[1]):
        table.add_row(name.removesuffix(".js"), f"{size / 1000:.1f}")
    console.print(table)
    times = Table("", "wanted", "clock, ms", "processor, ms")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as browsers:
        written(Path(folder), events, seed, actors)
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for what, wanted, clock, processor in measured(Path(folder), page):
            times.add_row(what, wanted, f"{clock:,.0f}", f"{processor:,.0f}")
        browser.close()
    console.print(times)


if __name__ == "__main__":
    main()
