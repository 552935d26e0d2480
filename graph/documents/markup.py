"""Plain text of HTML pages and Markdown files: the article alone, with its metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping

import trafilatura
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from graph.errors import UnreadableSourceError

_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?\n)(?:---|\.\.\.)\s*(?:\n|\Z)", re.DOTALL)


def html_text(page: str) -> tuple[str, Mapping[str, object]]:
    """The article of an HTML page, title first, without navigation and the like; and the page's metadata.

    Paragraphs are parted by blank lines. The date is the one that the page states, no guess from its text.

    :raises UnreadableSourceError: there is no article in the page.
    """
    found = trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if isinstance(found, dict):
        raise TypeError("trafilatura gave a dictionary, which it was not asked for")
    article = found.text if found else None
    if not found or not article or not article.strip():
        raise UnreadableSourceError("No article was found in the page.")
    text = re.sub(r"\n+", "\n\n", article.strip())
    title = found.title
    if title and title.casefold() not in text[: 2 * len(title)].casefold():
        text = f"{title}\n\n{text}"
    known = {"title": title, "published": found.date, "publisher": _name(found.sitename), "url": found.url}
    return text, known


def _name(site: str | None) -> str | None:
    """A site's name, unless it is only its address."""
    return None if site is None or re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", site) else site


def markdown_text(source: str) -> tuple[str, Mapping[str, object]]:
    """The words of a Markdown file, one block a paragraph, without marks; and its front matter.

    :raises UnreadableSourceError: the front matter is not YAML.
    """
    matter = _FRONT_MATTER.match(source)
    known: object = None
    if matter:
        try:
            known = yaml.safe_load(matter[1])
        except yaml.YAMLError as error:
            raise UnreadableSourceError("Its front matter is not YAML.", "Correct or remove it.") from error
    tokens = MarkdownIt("commonmark").parse(source[matter.end() :] if matter else source)
    blocks = [text for token in tokens if token.type == "inline" and (text := _inline(token).strip())]
    stated = known.items() if isinstance(known, dict) else ()
    return "\n\n".join(blocks), {str(key): str(value) for key, value in stated if value is not None}


def _inline(token: Token) -> str:
    """The text of a paragraph: emphasis, links and code by their words, no line breaks, no pictures."""
    words = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            words.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            words.append(" " if child.type == "softbreak" else "\n")
    return "".join(words)
