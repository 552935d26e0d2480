"""Ways through the pages in a real browser: from a question to the sentence, and by keyboard."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import TOKEN, Live, Tab, live_service
from playwright.sync_api import Page, expect


@pytest.fixture
def desk(doubtful: Path, tmp_path: Path) -> Iterator[Live]:
    """Texts that leave open who is who, served to those who judge."""
    shutil.copytree(doubtful, tmp_path / "kg")
    with live_service(tmp_path / "kg", update_token=TOKEN) as live:
        yield live


def aimed_at(page: Page) -> str:
    """The words that a page of a document is aimed at, which must be in view."""
    page.wait_for_url(re.compile(r"/doc/.*#char="))
    page.wait_for_function("document.querySelector('.aimed') !== null")
    words = page.locator(".aimed").first
    expect(words).to_be_in_viewport()
    begin, end = map(int, unquote(page.url).rpartition("#char=")[2].split(","))
    shown = "".join(page.locator(".aimed").all_inner_texts())
    assert end - begin == len(words.evaluate("e => e.textContent")) or len(shown) >= end - begin
    return shown


def press_until(page: Page, key: str, selector: str, most: int = 80) -> None:
    """Press a key until what is focused fits a selector."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with {key}")


def test_what_did_seko_say_on_17_october_2016(tab: Tab, web: Live) -> None:
    page = tab(web.url)
    page.locator("input[type=search]").fill("Seko")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="Hiroshige Seko", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hiroshige Seko")
    page.goto(f"{web.url}/timeline")
    page.get_by_label("Who or what").fill("Seko")
    page.get_by_label("From").fill("2016-10-17")
    page.get_by_label("To").fill("2016-10-17")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Timeline of Hiroshige Seko")
    said = page.locator(".told .quote", has_text="A new plan of cooperation between Russia and Japan").first
    said.click()
    assert aimed_at(page).startswith("A new plan of cooperation between Russia and Japan is advantageous")


def test_who_met_kosachev(tab: Tab, web: Live) -> None:
    page = tab(web.url)
    page.get_by_role("link", name="Who met, visited or conferred with whom, when and where?").click()
    page.get_by_label("part of the name of someone who takes part").fill("Kosachev")
    page.get_by_role("button", name="Ask").first.click()
    row = page.locator(".rows tbody tr").filter(has_text="Konstantin Kosachev").first
    expect(row).to_be_visible()
    row.locator("a[href^='/doc/']").first.click()
    assert "Kosachev" in aimed_at(page)


def test_which_sources_call_the_islands_what(tab: Tab, web: Live) -> None:
    page = tab(web.url)
    page.locator("input[type=search]").fill("Kuril")
    page.keyboard.press("Enter")
    page.locator("main a[href*='kuril-islands']").first.click()
    address = page.url
    for name, source, whose in (
        ("Northern Territories", "Diplomatic Bluebook 2016", "Japan"),
        ("Southern Kurils", "TASS", "Russia"),
    ):
        row = page.locator("table.names tbody tr", has=page.get_by_text(name, exact=True))
        expect(row).to_have_count(1)
        assert row.get_by_role("link").all_inner_texts() == [source]
        expect(row).to_contain_text(f"the word of {whose}")
        row.get_by_role("link").click()
        assert aimed_at(page) == name
        assert source in " ".join(page.locator("main :is(h1, .lead)").all_inner_texts())
        page.goto(address)


def test_from_search_to_the_sentence_by_keyboard_alone(tab: Tab, web: Live) -> None:
    page = tab(web.url)
    press_until(page, "Tab", "input[type=search]")
    page.keyboard.type("Kosachev")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=Kosachev")
    press_until(page, "Tab", "a[href='/id/person/konstantin-kosachev']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/person/konstantin-kosachev")
    press_until(page, "Tab", "summary, a[href*='#char=']")
    if page.evaluate("document.activeElement.matches('summary')"):
        page.keyboard.press("Enter")
        press_until(page, "Tab", "a[href*='#char=']")
    page.keyboard.press("Enter")
    assert aimed_at(page)
    assert page.evaluate("document.activeElement.closest('.aimed') !== null")


def test_words_between_marks_are_shown_too(tab: Tab, web: Live) -> None:
    address = "/doc/004_9f02f843aba6eab3"
    text = web.send("GET", f"/api/documents{address.removeprefix('/doc')}").json()["text"]
    begin = text.index("advantageous")
    page = tab(f"{web.url}{address}#char={begin - 2},{begin + 8}")
    marked = page.evaluate("[...CSS.highlights.get('aimed')].map(range => range.toString()).join()")
    assert marked == text[begin - 2 : begin + 8]


def test_a_timeline_moves_by_keys_and_remembers(tab: Tab, web: Live) -> None:
    page = tab(f"{web.url}/timeline?entity=territory/japan")
    whole = page.locator(".bar").count()
    page.keyboard.press("+")
    page.wait_for_url("**since=**")
    closer = page.url
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(lambda url: url != closer)
    assert "since=" in page.url
    page.go_back()
    page.wait_for_url(closer)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("0")
    page.wait_for_function("n => document.querySelectorAll('.bar').length >= n", arg=whole)
    assert page.locator("h1").inner_text() == "Timeline of Japan"


def test_the_editor_asks_completes_and_shows_errors(tab: Tab, web: Live) -> None:
    page = tab(f"{web.url}/query")
    editor = page.get_by_role("textbox", name="SPARQL")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?p { ?p a dg:Pers")
    page.locator(".cm-tooltip-autocomplete").get_by_text("dg:Person", exact=True).wait_for()
    page.wait_for_timeout(100)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/query?query=**")
    expect(page.locator(".rows")).to_contain_text("id/person/")


def test_an_error_is_shown_where_it_is(tab: Tab, web: Live) -> None:
    page = tab(web.url)
    answer = page.request.get(f"{web.url}/query?query=SELECT%20*%20%7B%20%3Fs%20%3Fp")
    assert answer.status == 400
    page.set_content(answer.text())
    assert page.get_by_role("alert").inner_text().startswith("Syntax error in line 1, column")


def test_reviewing_merges_and_undoes(tab: Tab, desk: Live) -> None:
    page = tab(f"{desk.url}/review")
    people = f"{desk.url}/api/entities?kind=person"
    before = page.request.get(people).json()["total"]
    page.get_by_label("The service's token").fill(TOKEN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Are these two one? 1 of")).to_be_visible()
    first = page.locator("#a h3").inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#a h3")).not_to_have_text(first)
    page.keyboard.press("s")
    status = page.locator("#status")
    expect(status).to_contain_text("The graph is up to date", timeout=60_000)
    assert page.request.get(people).json()["total"] == before - 1
    expect(page.locator("#history li")).to_have_count(1)
    page.keyboard.press("z")
    expect(status).to_contain_text("Taken back", timeout=60_000)
    expect(status).to_contain_text("The graph is up to date", timeout=60_000)
    assert page.request.get(people).json()["total"] == before
    expect(page.locator("#history li.undone")).to_have_count(1)
    page.reload(wait_until="networkidle")
    expect(page.locator("#desk")).to_be_visible()
    page.get_by_role("button", name="Forget the token").click()
    expect(page.get_by_label("The service's token")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
