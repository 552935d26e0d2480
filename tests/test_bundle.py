"""The bundle of scripts and styles: pages name what was made, keep without it, and see a new one."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from flask import Flask

from graph.settings import Settings
from service.app import create_app
from service.bundle import Bundle


def made(folder: Path, **files: tuple[str, list[str]]) -> None:
    manifest = {f"{name}.js": {"file": file, "parts": parts} for name, (file, parts) in files.items()}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.fixture
def app() -> Flask:
    return Flask(__name__)


def test_a_script_comes_with_the_parts_that_it_loads_at_once(app: Flask, tmp_path: Path) -> None:
    made(tmp_path, network=("network-1a.js", ["part-2b.js"]))
    with app.test_request_context():
        assert Bundle(tmp_path).tags("network.js").lines == (
            '<link rel="modulepreload" href="/static/part-2b.js">',
            '<script type="module" src="/static/network-1a.js"></script>',
        )


def test_what_was_not_made_is_not_named(app: Flask, tmp_path: Path) -> None:
    with app.test_request_context():
        assert Bundle(tmp_path).tags("network.js", "style.css").lines == ()
        assert Bundle(tmp_path).address("network.js") == ""


def test_a_new_bundle_is_seen(app: Flask, tmp_path: Path) -> None:
    made(tmp_path, home=("home-1a.js", []))
    bundle = Bundle(tmp_path)
    with app.test_request_context():
        assert bundle.address("home.js") == "/static/home-1a.js"
        made(tmp_path, home=("home-2b.js", []))
        os.utime(tmp_path / "manifest.json", ns=(1, 1))
        assert bundle.address("home.js") == "/static/home-2b.js"


def test_files_are_kept_by_browsers_for_good_and_pages_are_not(built: Path) -> None:
    app = create_app(Settings(store=built))
    with app.test_client() as client:
        names = [path.name for path in Path(app.static_folder or "").iterdir() if path.suffix == ".js"]
        assert names, "run `make web` first"
        assert "immutable" in client.get(f"/static/{names[0]}", buffered=True).headers["Cache-Control"]
        assert "immutable" not in client.get("/").headers.get("Cache-Control", "")
        assert "immutable" not in client.get("/static/none.js").headers.get("Cache-Control", "")


def test_no_page_needs_scripts_or_styles_of_its_own_text(built: Path) -> None:
    """The content security policy allows none within a page."""
    with create_app(Settings(store=built)).test_client() as client:
        for address in ("/", "/?q=Japan", "/network", "/map", "/id/territory/japan", "/api"):
            text = client.get(address).get_data(as_text=True)
            assert " style=" not in text
            assert "<style" not in text
            assert text.count("<script") == text.count("<script src=") + text.count(
                '<script type="module" src='
            )
