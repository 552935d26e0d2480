"""How many of the dates annotated in GUM's news texts are found and worked out, given the date of issue.

``python bench/dates.py GUM_DIR``: the folder holds ``GUM_news_*.xml`` (whose ``<date when= | from= to=>`` is
the gold) and ``GUM_news_*.conllu`` (for the spacing) of https://github.com/amir-zeldes/gum. Dates with a time
of day or with vague bounds (``notBefore``, ``notAfter``) are left out; so is a text's own dateline.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click

from graph.calendar.dates import bounds
from graph.model import Block, BlockKind, Document
from graph.notes import Notes, TimeNote
from graph.pipeline import load_pipeline

_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_BREAKS = re.compile(r"<(?:p|head|item|caption|figure|quote|list)\b")

Bounds = tuple[date | None, date | None]


@dataclass
class GoldDate:
    """A date annotated in a text: its characters and the days it spans."""

    begin: int
    end: int
    days: Bounds
    dateline: bool


@dataclass
class GoldText:
    """One text of the corpus, its paragraphs and its dates."""

    name: str
    text: str = ""
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    dates: list[GoldDate] = field(default_factory=list)
    issued: str | None = None


def read_gold(path: Path) -> GoldText:
    """A text with its dates, from its XML and CoNLL-U files."""
    gold = GoldText(path.stem)
    spaces = list(_spaces(path.with_suffix(".conllu")))
    opened: list[tuple[int, dict[str, str]]] = []
    starts = [0]
    token = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if _BREAKS.match(line) and gold.text[starts[-1] :].strip():
            gold.text = gold.text.rstrip(" ") + "\n"
            starts.append(len(gold.text))
        elif line.startswith("<date"):
            opened.append((len(gold.text), dict(_ATTRIBUTE.findall(line))))
        elif line.startswith("</date"):
            begin, attributes = opened.pop()
            _add_date(gold, begin, attributes)
        elif "\t" in line:
            gold.text += line.split("\t")[0] + spaces[token]
            token += 1
    ends = [*(s - 1 for s in starts[1:]), len(gold.text)]
    gold.paragraphs = list(zip(starts, ends, strict=True))
    return gold


def _spaces(path: Path) -> Iterator[str]:
    """The white space after each token; a multiword token's parts are tokens of the XML."""
    joined: set[int] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) != 10:
            joined = set()
        elif "-" in cells[0]:
            first, last = map(int, cells[0].split("-"))
            joined |= set(range(first, last + ("SpaceAfter=No" in cells[9])))
        elif "." not in cells[0]:
            yield "" if "SpaceAfter=No" in cells[9] or int(cells[0]) in joined else " "


def _add_date(gold: GoldText, begin: int, attributes: dict[str, str]) -> None:
    values = [attributes.get(k) for k in ("when", "from", "to")]
    value = "/".join(v for v in values if v)
    dateline = attributes.get("rend") == "bold"
    if dateline:
        gold.issued = value
    if value and "T" not in value:
        gold.dates.append(GoldDate(begin, len(gold.text.rstrip()), bounds(value), dateline))


def document_of(gold: GoldText) -> Document:
    """The text as a document, issued on the day of its dateline or else on the first full date in it."""
    blocks = tuple(Block(b, e, BlockKind.BODY) for b, e in gold.paragraphs)
    issued = gold.issued
    printed = next((d for d in gold.dates if re.search(r"\d.*\d{4}", gold.text[d.begin : d.end])), None)
    if issued is None and printed and printed.days[0]:
        issued = printed.days[0].isoformat()
        printed.dateline = True
    return Document(f"{gold.name}.txt", gold.text, blocks, issued=issued)


def verdict(gold: GoldDate, notes: list[TimeNote]) -> tuple[bool, str]:
    """Whether a gold date was worked out; one that is an end of a range is compared with that end."""
    for note in notes:
        phrase = note.when.phrase
        if phrase.begin < gold.end and gold.begin < phrase.end:
            found = {note.when.edtf, *note.when.edtf.split("/")}
            return any(bounds(v) == gold.days for v in found if v), note.when.edtf
    return False, "nothing"


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--errors", is_flag=True, help="List what is wrong.")
def main(folder: Path, errors: bool) -> None:
    """Print the share of dates that are exact."""
    nlp = load_pipeline()
    right = total = 0
    for path in sorted(folder.glob("GUM_news_*.xml")):
        gold = read_gold(path)
        doc = nlp.make_doc(gold.text)
        doc._.notes = Notes(document_of(gold))
        notes: Notes = nlp(doc)._.notes
        for scored in (d for d in gold.dates if not d.dateline):
            exact, said = verdict(scored, notes.times)
            right, total = right + exact, total + 1
            if errors and not exact:
                around = gold.text[max(0, scored.begin - 50) : scored.end + 20].replace("\n", "|")
                words = gold.text[scored.begin : scored.end]
                click.echo(f"{gold.name}: {words!r} is {scored.days}, said {said}: {around}")
    if not total:
        sys.exit(f"No GUM_news_*.xml with dates in {folder}.")
    click.echo(f"dates exact: {right}/{total} = {right / total:.3f}")


if __name__ == "__main__":
    main()
