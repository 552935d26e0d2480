"""Every page in a real browser, light and dark, wide and narrow: without errors, and without barriers."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ROOT, Live, Tab
from playwright.sync_api import Page

AXE = ROOT / "service" / "web" / "node_modules" / "axe-core" / "axe.min.js"
DOCUMENT = "/doc/004_9f02f843aba6eab3"
PAGES = (
    "/",
    "/?q=Kosachev",
    "/id/person/konstantin-kosachev",
    "/id/territory/japan",
    "/id/territory/southern-kuril-islands",
    "/network",
    "/map",
    "/timeline",
    "/timeline?entity=territory/japan&lanes=actor",
    "/documents",
    DOCUMENT,
    "/compare",
    "/compare?a=territory/japan&b=territory/russia",
    "/query",
    "/query?named=who-met-whom&actor=Kosachev",
    "/query?named=counts&as=chart",
    "/query?named=network&as=network",
    "/review",
    "/quality",
    "/api",
)
LOOKS = (("light", 1280), ("dark", 390))


def settle(page: Page) -> None:
    """Wait until what moves has come to rest."""
    if page.locator("#network").count():
        page.wait_for_selector("#network[data-ready]")
    page.wait_for_timeout(200)


def faults(page: Page) -> list[str]:
    """The serious faults that axe finds, each with the first element that has it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    return [
        f"{fault['id']}: {fault['help']}: {fault['nodes'][0]['html'][:200]} ({len(fault['nodes'])} of them)"
        for fault in found["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_barriers_and_fits_its_width(
    tab: Tab, web: Live, address: str, scheme: str, width: int
) -> None:
    page = tab(web.url + address, width=width, scheme=scheme)
    settle(page)
    assert page.title().endswith("diplograph")
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"
    assert faults(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


@pytest.mark.parametrize("address", PAGES)
def test_a_page_reads_well_without_scripts(tab: Tab, web: Live, address: str) -> None:
    page = tab(web.url + address, scripts=False)
    assert len(page.locator("main").inner_text()) > 100


def test_what_a_page_loads_is_small_and_from_here(tab: Tab, web: Live) -> None:
    page = tab(web.url)
    heavy: dict[str, int] = {}
    for address in ("/", "/network", "/map", "/timeline", DOCUMENT, "/query", "/review"):
        scripts: list[str] = []
        page.on("request", lambda r, s=scripts: s.append(r.url) if r.resource_type == "script" else None)
        page.goto(web.url + address, wait_until="networkidle")
        assert all(url.startswith(web.url) for url in scripts)
        sizes = [
            len(web.send("GET", url.removeprefix(web.url), accept_encoding="gzip").body)
            for url in set(scripts)
        ]
        heavy[address] = sum(sizes)
    assert max(heavy.values()) <= 400_000, heavy


def test_the_look_that_was_chosen_is_kept(tab: Tab, web: Live) -> None:
    page = tab(web.url + "/documents", scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("#theme").click()
    dark = page.evaluate(ground)
    assert light != dark
    page.goto(web.url + "/quality", wait_until="networkidle")
    assert page.evaluate(ground) == dark
