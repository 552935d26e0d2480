"""Files, folders and tables, good and bad: what is read, under which name, and what is reported."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.documents.sources import Source, count_texts, iter_sources, list_sources
from graph.model import Document
from graph.readers import Failure
from graph.settings import Settings

NOBODY = 65534
TEXT = "The foreign ministers of Ghana and Togo met in Accra on Friday and agreed to open the border."


@pytest.fixture
def settings() -> Settings:
    return Settings(max_characters=10_000)


def read(settings: Settings, *paths: Path) -> tuple[dict[str, Document], dict[str, str]]:
    found = list(iter_sources(paths, settings))
    documents = {one.identifier: one for one in found if isinstance(one, Document)}
    return documents, {one.identifier: one.reason for one in found if isinstance(one, Failure)}


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path, settings: Settings) -> None:
    for name in (
        "b.txt",
        "a/z.txt",
        "a/b/c.md",
        ".hidden.txt",
        ".git/x.txt",
        "notes.docx",
        "a.txt",
        "UP.TXT",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    documents, failures = read(settings, tmp_path)
    assert list(documents) == ["UP.TXT", "a/b/c.md", "a/z.txt", "a.txt", "b.txt"]
    assert failures == {}


def test_a_file_named_twice_is_read_once(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    documents, failures = read(settings, tmp_path, tmp_path / "a.txt")
    assert (list(documents), failures) == (["a.txt"], {})


def test_two_texts_of_one_identifier(tmp_path: Path, settings: Settings) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"{TEXT} {folder}")
    documents, failures = read(settings, tmp_path / "one", tmp_path / "two")
    assert documents["a.txt"].text.endswith("one")
    assert "same identifier" in failures["a.txt"]


def test_links_that_loop_or_lead_nowhere(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    documents, failures = read(settings, tmp_path)
    assert list(documents) == ["a.txt"]
    assert failures.keys() == {"gone.txt", "round.txt"}


def test_files_named_on_the_command_line_must_be_there_and_of_a_known_kind(
    tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "a.docx").write_text(TEXT)
    os.mkfifo(tmp_path / "pipe.txt")
    paths = [tmp_path / name for name in ("a.docx", "missing.txt", "pipe.txt")]
    documents, failures = read(settings, *paths)
    assert documents == {}
    assert [reason.split(".")[0] for reason in failures.values()] == [
        "Files of this kind are not read",
        "There is no such file or folder",
        "It is not a file",
    ]


BAD = {
    "empty.txt": (b"", "It is empty."),
    "blank.txt": (b"\xef\xbb\xbf \r\n\n", "It is empty."),
    "binary.txt": (bytes(range(256)) * 20, "It is a binary file"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(200), "It is a binary file"),
    "long.txt": (b"word " * 4_000, "It is longer than 10,000 characters."),
    "huge.txt": (b"x" * 50_000_000, "It is longer than 10,000 characters."),
    "japanese.txt": ("日本とロシアの外相は金曜日に東京で会談した。".encode(), "in Japanese"),
    "sjis.txt": (
        "日本とロシアの外相は金曜日に東京で会談し、条約について話し合った。".encode("shift_jis"),
        "in Japanese",
    ),
    "french.txt": (
        "Le ministre des affaires étrangères a rencontré le président pour une réunion.".encode(),
        "in French",
    ),
    "nothing.html": (b"<html><body></body></html>", "No article"),
    "front.md": (b"---\ntitle: [a\n---\nText", "front matter"),
}


def test_bad_files_are_named_with_the_reason_and_the_others_are_read(
    tmp_path: Path, settings: Settings
) -> None:
    for name, (content, _) in BAD.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(TEXT)
    documents, failures = read(settings, tmp_path)
    assert list(documents) == ["good.txt"]
    assert failures.keys() == BAD.keys()
    assert {name for name, reason in failures.items() if BAD[name][1] not in reason} == set()


@contextmanager
def without_privileges() -> Iterator[None]:
    """Give up root's right to open everything for a while, where the tests run as root."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_files_and_folders_without_permission(settings: Settings) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "closed").mkdir()
        for path in ("a.txt", "b.txt", "c.txt", "c.json", "closed/d.txt"):
            (folder / path).write_text(TEXT)
        read(settings, folder)  # loads all tables while that is allowed
        for path in ("b.txt", "c.json", "closed"):
            (folder / path).chmod(0)
        with without_privileges():
            documents, failures = read(settings, folder)
        (folder / "closed").chmod(0o755)
    assert list(documents) == ["a.txt", "c.txt"]
    assert failures == {
        "b.txt": "It cannot be opened: Permission denied.",
        "c.json": "It cannot be opened: Permission denied. The text beside it is read.",
        "closed": "The folder cannot be opened: Permission denied.",
    }


def test_a_sidecar_is_metadata_and_no_source(tmp_path: Path, settings: Settings) -> None:
    known = {
        "title": "Talks",
        "publisher": "GNA",
        "published": "2010-05-04",
        "place": "Accra",
        "url": "http://x.org/1",
    }
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.json").write_text(json.dumps(known | {"people": [], "events": [{}]}))
    documents, failures = read(settings, tmp_path)
    document = documents["a.txt"]
    assert failures == {}
    assert (document.title, document.publisher, document.place) == ("Talks", "GNA", "Accra")
    assert (document.issued, document.issued_from, document.url) == (
        "2010-05-04",
        "metadata",
        "http://x.org/1",
    )


@pytest.mark.parametrize("content", ["{", "[1]", "\xff", "[" * 100_000])
def test_a_bad_sidecar_is_reported_and_its_text_read(
    tmp_path: Path, settings: Settings, content: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.json").write_bytes(content.encode("latin-1"))
    documents, failures = read(settings, tmp_path)
    assert (list(documents), list(failures)) == (["a.txt"], ["a.json"])


def test_a_date_that_is_none_is_reported_and_its_text_read(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.json").write_text('{"date": "some day", "publisher": null}')
    documents, failures = read(settings, tmp_path)
    assert documents["a.txt"].issued is None
    assert "“some day” is not a date" in failures["a.txt"]


def test_json_lines(tmp_path: Path, settings: Settings) -> None:
    lines = [
        json.dumps(
            {"text": TEXT, "headline": "Talks", "source": "GNA", "date": "2010-05-04", "link": "http://x.org"}
        ),
        "",
        '{"text": ',
        json.dumps({"title": "No text"}),
        json.dumps([TEXT]),
        json.dumps({"text": "日本とロシアの外相は東京で会談した。"}),
        json.dumps({"text": "x " * 6_000}),
        "x" * 200_000,
        json.dumps({"text": TEXT}),
    ]
    (tmp_path / "news.jsonl").write_text("\ufeff" + "\n".join(lines), "utf-8")
    documents, failures = read(settings, tmp_path)
    assert list(documents) == ["news.jsonl#1", "news.jsonl#9"]
    first = documents["news.jsonl#1"]
    assert (first.title, first.publisher, first.issued, first.url) == (
        "Talks",
        "GNA",
        "2010-05-04",
        "http://x.org",
    )
    assert list(failures) == [f"news.jsonl#{line}" for line in range(3, 9)]
    assert [reason.split(":")[0][:24] for reason in failures.values()] == [
        "It is not JSON",
        "It has no text.",
        "It is JSON, but not an o",
        "It is not in English",
        "It is longer than 10,000",
        "The line is longer than ",
    ]


def test_records_are_named_by_their_own_identifiers(tmp_path: Path, settings: Settings) -> None:
    rows = [{"id": "n1", "text": TEXT}, {"id": 2, "text": TEXT}, {"id": "n1", "text": TEXT}]
    (tmp_path / "news.ndjson").write_text("\n".join(map(json.dumps, rows)))
    documents, failures = read(settings, tmp_path)
    assert list(documents) == ["news.ndjson#n1", "news.ndjson#2"]
    assert "same identifier" in failures["news.ndjson#n1"]


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_csv(tmp_path: Path, settings: Settings, name: str, delimiter: str) -> None:
    rows = [
        ["Headline", "Full Text", "Publication Date", "Source"],
        ["Talks", f'"{TEXT}\n\nThey met again on Sunday."', "4 May 2010", "GNA"],
        ["Talks", "", "", ""],
        ["Talks", TEXT, "", "", "one too many"],
        ["More talks", f'"{TEXT}"'],
    ]
    (tmp_path / name).write_text("\r\n".join(delimiter.join(row) for row in rows), "utf-8-sig", newline="")
    documents, failures = read(settings, tmp_path)
    assert list(documents) == [f"{name}#2", f"{name}#7"]
    first = documents[f"{name}#2"]
    assert (first.title, first.issued, first.publisher) == ("Talks", "2010-05-04", "GNA")
    assert [block.end for block in first.blocks] == [len(TEXT), len(first.text)]
    assert list(failures) == [f"{name}#5", f"{name}#6"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"title,summary\na,b\n", "its columns are title, summary"),
        (b"", "It is empty."),
        (b"text\n" + bytes(500), "binary"),
    ],
)
def test_tables_without_texts(tmp_path: Path, settings: Settings, content: bytes, reason: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    documents, failures = read(settings, tmp_path)
    assert documents == {}
    assert reason in failures["a.csv"]


def test_a_quote_that_never_closes_costs_only_what_follows(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.csv").write_text(f'text\n{TEXT}\n"{"x" * 60_000}\n{"x" * 90_000}\n{TEXT}\n')
    documents, failures = read(settings, tmp_path)
    assert "a.csv#2" in documents
    assert failures


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, settings: Settings, encoding: str) -> None:
    text = "The president of São Tomé – on a visit to Côte d’Ivoire – met the ministers on Friday."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    documents, _ = read(settings, tmp_path)
    assert documents["a.txt"].text == text


def test_windows_line_ends_are_normalised(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_bytes(b"Talks\r\n\r\nACCRA, May 4 (GNA) - The ministers met.\r\n")
    document = read(settings, tmp_path)[0]["a.txt"]
    assert "\r" not in document.text
    assert document.place == "ACCRA"


def test_markdown(tmp_path: Path, settings: Settings) -> None:
    source = f"""---
title: Talks in Accra
date: 2010-05-04
source: GNA
---
# Talks in Accra

{TEXT} *Both* ministers [spoke](http://x.org) of **trade**.

## What comes next

- The border opens in June, the ministers said.

![a picture](x.png)
"""
    (tmp_path / "a.md").write_text(source)
    document = read(settings, tmp_path)[0]["a.md"]
    assert (document.title, document.issued, document.publisher) == ("Talks in Accra", "2010-05-04", "GNA")
    assert [
        (block.kind.value, document.text[block.begin : block.end].split()[0]) for block in document.blocks
    ] == [
        ("headline", "Talks"),
        ("body", "The"),
        ("heading", "What"),
        ("body", "The"),
    ]
    assert "Both ministers spoke of trade." in document.text


PAGE = f"""<html><head><title>Talks in Accra | Example News</title>
<meta charset="windows-1252"><meta property="og:site_name" content="Example News">
<meta property="og:title" content="Talks in Accra">
<meta property="article:published_time" content="2010-05-04T09:00:00Z"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Talks in Accra</h1><p>{TEXT} The café where they met was closed to the press for the day.</p>
<h2>What comes next</h2><p>The border opens in June, the ministers said, and trade will grow.</p>
<p>They meet again in Lomé when the rains are over, a spokesman for the ministry told reporters in Accra.</p>
</article><footer>All rights reserved. Cookie policy.</footer></body></html>"""


def test_html_pages_lose_their_boilerplate(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.html").write_text(PAGE, "cp1252")
    document = read(settings, tmp_path)[0]["a.html"]
    assert (document.title, document.issued, document.publisher) == (
        "Talks in Accra",
        "2010-05-04",
        "Example News",
    )
    assert [block.kind.value for block in document.blocks] == ["headline", "body", "heading", "body", "body"]
    assert "café" in document.text
    assert "Cookie" not in document.text


def test_listing_opens_no_text_and_counting_decodes_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\0")
    (tmp_path / "b.jsonl").write_bytes(b"{\n\xff\n\n")
    sources = list_sources([tmp_path])
    assert [count_texts(one) for one in sources if isinstance(one, Source)] == [1, 3]
