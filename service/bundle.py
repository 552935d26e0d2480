"""The bundle of scripts and styles in ``service/static``: which file a template means by a name."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from html import escape
from pathlib import Path

from flask import Flask, Response, request, url_for

log = logging.getLogger("diplograph")
_REWRITTEN = ("/manifest.json", "/licences.txt")
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the bundle, and the files that it loads at once."""

    file: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tags:
    """Elements of a page's head, which templates take as they are."""

    lines: tuple[str, ...]

    def __html__(self) -> str:
        return "\n  ".join(self.lines)


class Bundle:
    """What ``make web`` made, by the names that templates use; empty where it was not made.

    Follows the manifest, so that a new bundle is seen without a restart.
    """

    def __init__(self, folder: Path) -> None:
        self._manifest = folder / "manifest.json"
        self._read = 0
        self._made: dict[str, Made] = {}

    @property
    def made(self) -> dict[str, Made]:
        """The files of the bundle by their names."""
        written = self._manifest.stat().st_mtime_ns if self._manifest.is_file() else 0
        if written != self._read:
            self._made, self._read = _made(self._manifest), written
        return self._made

    def address(self, name: str) -> str:
        """The address of a file such as ``network.js``; empty where there is none."""
        made = self.made.get(name)
        return url_for("static", filename=made.file) if made else ""

    def tags(self, *names: str) -> Tags:
        """The elements of a page's head that load scripts (as modules, after the page) and styles."""
        lines = []
        for name in names:
            address = escape(self.address(name))
            if not address:
                continue
            if name.endswith(".css"):
                lines.append(f'<link rel="stylesheet" href="{address}">')
                continue
            parts = (escape(url_for("static", filename=part)) for part in self.made[name].parts)
            lines += [f'<link rel="modulepreload" href="{part}">' for part in parts]
            lines.append(f'<script type="module" src="{address}"></script>')
        return Tags(tuple(lines))


def _made(manifest: Path) -> dict[str, Made]:
    made = json.loads(manifest.read_text(encoding="utf-8"))
    return {name: Made(one["file"], tuple(one["parts"])) for name, one in made.items()}


def register(app: Flask) -> None:
    """Give templates the bundle; its files, named by what they hold, are kept by browsers for good."""
    folder = Path(app.static_folder or "")
    bundle = Bundle(folder)
    app.jinja_env.globals["bundle"] = bundle
    if not bundle.made:
        log.warning("no bundle in %s: pages go without styles and scripts until `make web` makes one", folder)

    @app.after_request
    def _keep(response: Response) -> Response:
        is_hashed = request.endpoint == "static" and not request.path.endswith(_REWRITTEN)
        if is_hashed and response.status_code in {200, 304}:
            response.headers["Cache-Control"] = _FOREVER
        return response
