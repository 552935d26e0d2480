"""The network in a real browser: filters, time, paths, and from every line to the sentences behind it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Live, Tab
from playwright.sync_api import Page, expect


@pytest.fixture
def page(tab: Tab, web: Live) -> Page:
    opened = tab(f"{web.url}/network")
    opened.wait_for_selector("#network[data-ready]")
    opened.locator("#as-table > summary").click()
    return opened


def counts(page: Page) -> list[int]:
    """Nodes, edges and facts that the filters keep."""
    page.wait_for_load_state("networkidle")
    return [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", page.locator("#kept").inner_text())]


def drawn(page: Page) -> list[int]:
    """Nodes and edges that are drawn."""
    told = page.locator("#as-table > summary .note").inner_text()
    return [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", told)][:2]


def test_filters_change_the_network_and_say_by_how_much(page: Page) -> None:
    before, shown = counts(page), drawn(page)
    conflictual = page.locator("label.check", has_text="conflictual")
    number = int(conflictual.locator(".count").inner_text())
    conflictual.locator("input").check()
    page.wait_for_url("**polarity=conflictual**")
    expect(page.locator("#kept")).not_to_have_text(f"{before[0]} nodes, {before[1]} edges, {before[2]} facts")
    after = counts(page)
    assert 0 < after[2] < before[2]
    assert after[2] == number
    page.wait_for_timeout(300)
    assert drawn(page)[1] < shown[1]
    page.reload(wait_until="networkidle")
    page.wait_for_selector("#network[data-ready]")
    expect(page.locator("label.check", has_text="conflictual").locator("input")).to_be_checked()
    assert counts(page) == after


def test_the_picture_follows_the_hand_and_comes_to_rest_there(page: Page) -> None:
    page.wait_for_selector("#network[data-arranged]")
    picture = page.locator("#picture")
    layers = "[...document.querySelectorAll('#picture canvas')]"
    before = picture.screenshot()
    box = picture.bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 60, steps=12)
    page.mouse.up()
    page.wait_for_url("**camera=**")
    page.wait_for_function(f"() => {layers}.every(layer => !layer.style.transform)")
    moved = picture.screenshot()
    assert moved != before
    again = page.url
    page.goto(again, wait_until="networkidle")
    page.wait_for_selector("#network[data-arranged]")
    assert page.url == again


def test_the_slider_plays(page: Page) -> None:
    play = page.locator("#play")
    play.click()
    expect(play).to_have_text("Pause")
    first = page.locator("#time output").inner_text()
    page.wait_for_function("t => document.querySelector('#time output').textContent !== t", arg=first)
    fewer = drawn(page)
    play.click()
    expect(play).to_have_text("Play")
    page.locator("#until").focus()
    page.keyboard.press("End")
    page.wait_for_timeout(500)
    assert drawn(page)[1] >= fewer[1]


def test_an_edge_opens_its_evidence_and_that_its_sentence(page: Page) -> None:
    row = page.locator("#as-table tbody tr").first
    one, other = row.locator("td a").all_inner_texts()[:2]
    row.get_by_role("button", name="Evidence").click()
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text(f"{one} and {other}")
    quote = panel.locator("blockquote").first
    words = quote.evaluate("e => e.firstChild.textContent")
    quote.locator("a").click()
    page.wait_for_url("**/doc/**")
    assert "".join(page.locator(".aimed").all_inner_texts())[:40] == words[:40]


def test_the_picture_has_its_own_address(page: Page, tab: Tab) -> None:
    page.locator("#colour").select_option("community")
    page.locator("#as-table tbody tr").first.get_by_role("button", name="Evidence").click()
    expect(page.locator("#panel h2")).to_contain_text(" and ")
    heading = page.locator("#panel h2").inner_text()
    page.wait_for_url("**colour=community**")
    page.wait_for_url(re.compile("edge="))
    again = tab(page.url)
    expect(again.locator("#panel h2")).to_have_text(heading)
    assert again.locator("#colour").input_value() == "community"


@pytest.mark.parametrize(("form", "begin"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("gexf", b"<?xml")])
def test_the_picture_can_be_saved(page: Page, tmp_path: Path, form: str, begin: bytes) -> None:
    page.locator(".menu summary").click()
    with page.expect_download() as saved:
        page.locator(f"[data-save={form}]").click()
    saved.value.save_as(tmp_path / form)
    content = (tmp_path / form).read_bytes()
    assert content.startswith(begin)
    assert len(content) > 500
