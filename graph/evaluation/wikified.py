"""Links against texts in which annotators linked names to pages of the English Wikipedia.

The texts are CoNLL-U with entities and Wikification in the form of the GUM corpus (A. Zeldes, Language
Resources and Evaluation 51, 2017): ``Entity=(1-place-…-North_Korea … 1)`` in the last column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from graph.documents.records import metadata
from graph.documents.texts import read_text
from graph.errors import GoldError
from graph.evaluation.tallies import Counts
from graph.knowledge.base import KnowledgeBase
from graph.linking.linker import Linked
from graph.model import Document, Reading
from ontology.gazetteer import name_key
from ontology.knowledge_tables import ThingKind

KINDS: Mapping[str, tuple[ThingKind, ...]] = {
    "person": ("person",),
    "organization": ("institution", "territory"),
    "place": ("territory", "institution"),
}
"""What the annotated types are to us: a state that acts is an organization to them."""

_OPEN = re.compile(r"\((?P<id>\d+)-(?P<type>[a-z]+)-(?P<rest>[^()|]*)")
_GENITIVE = frozenset({"'s", "’s", "'", "’"})  # no part of a name
_EVENTS = re.compile(r"\(\d+-[^()|]*\)?|\d+\)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention: where it and its least part stand, its type, and its page's title; None where not linked.

    Mentions of one ``group`` are of one thing.
    """

    begin: int
    end: int
    core: tuple[int, int]
    type: str
    page: str | None
    group: str


@dataclass(frozen=True, slots=True)
class Wikified:
    """A text and its mentions."""

    document: Document
    mentions: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class LinkScore:
    """Links of annotated things: right, false, missed; ``unknown`` are pages that the base has not."""

    counts: Counts
    unknown: int
    mistakes: tuple[str, ...]


def read_wikified(path: Path) -> Wikified:
    """The text and the mentions of one file.

    Raises:
        GoldError: it cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path} cannot be read: {error}.") from error
    page = _Page()
    for line in lines:
        page.add(line)
    text = "".join(page.parts).rstrip()
    issued, _ = metadata({"published": page.meta.get("dateCreated", "")})
    return Wikified(read_text(f"{path.stem}.txt", text, issued), tuple(page.mentions))


@dataclass(slots=True)
class _Page:
    """A file while it is read: the text so far, mentions that are open, and those that are closed."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    meta: dict[str, str] = field(default_factory=dict)
    open: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)  # number of the first token
    tokens: list[tuple[int, int]] = field(default_factory=list)
    mentions: list[Marked] = field(default_factory=list)
    word_end: int = 0  # the last token of a word that is written as one ("Korea's")
    word_spaced: bool = True
    gap: str = ""

    def add(self, line: str) -> None:
        if line.startswith("# newpar") and "_block" not in line:
            self.gap = "\n\n" if self.parts else ""
        elif match := re.match(r"# meta::(\w+) = (.*)", line):
            self.meta[match[1]] = match[2]
        elif line and line[0].isdigit():
            self._token(line.split("\t"))

    def _token(self, cells: list[str]) -> None:
        number, form, notes = cells[0], cells[1], dict(n.partition("=")[::2] for n in cells[9].split("|"))
        spaced = "SpaceAfter" not in notes
        if "-" in number:
            self.word_end, self.word_spaced = int(number.split("-")[1]), spaced
            return
        if "." in number:
            return
        self._write(self.gap)
        begin = self.length
        self._write(form)
        self.tokens.append((begin, begin if form in _GENITIVE else self.length))
        self._entities(notes.get("Entity", ""))
        if int(number) < self.word_end:
            self.gap = ""
        else:
            self.gap = " " if (self.word_spaced if int(number) == self.word_end else spaced) else ""
            self.word_end = 0

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _entities(self, note: str) -> None:
        """Open and close mentions as the note of a token says, in its order."""
        for event in _EVENTS.findall(note):
            opened = _OPEN.match(event)
            number = re.sub(r"\D.*", "", event.lstrip("("))
            if opened:
                start = len(self.tokens) - 1
                self.open.setdefault(number, []).append((start, opened["type"], opened["rest"]))
            if event.endswith(")") and self.open.get(number):
                self.mentions.append(_marked(number, *self.open[number].pop(), self.tokens))


def _marked(group: str, start: int, type_: str, rest: str, tokens: list[tuple[int, int]]) -> Marked:
    """The mention that ends with the last token, of ``status-salience-centering-minspan-link-identity``."""
    parts = rest.split("-", 5)
    least = [int(n) for n in parts[3].split(",") if n.isdigit()] if len(parts) > 3 else []
    own = tokens[start:]
    core = [own[n - 1] for n in least if n <= len(own)] or own
    core = [(begin, end) for begin, end in core if begin < end] or core
    page = unquote(parts[5]).replace("_", " ") if len(parts) > 5 else None
    return Marked(own[0][0], own[-1][1], (core[0][0], core[-1][1]), type_, page or None, group)


def score_links(
    texts: Iterable[Wikified],
    readings: Mapping[str, Reading],
    iris: Iris,
    linked: Linked,
    base: KnowledgeBase,
) -> LinkScore:
    """How the links of readings agree with the pages of annotated texts, of each text and page once.

    Pages that the knowledge base has not are counted apart; a link of theirs to a thing of another name is
    false.

    Args:
        texts: annotated texts.
        readings: what was read of them, by document identifier.
        iris: the IRI of a key in a document.
        linked: the links of all readings.
        base: the knowledge base, which tells the number of a page.
    """
    counts, unknown, mistakes = Counts(), 0, list[str]()
    for text in texts:
        found = _found(text, readings.get(text.document.identifier), iris, linked.same)
        for (type_, page), numbers in sorted(found.items()):
            wanted = number_of(page, KINDS[type_], base)
            if wanted is None:
                unknown += 1
                if strays := sorted(n for n in numbers if not _named(page, n, base)):
                    counts += Counts(false=1.0)
                    mistakes.append(f"{text.document.identifier}: {page} is unknown, found {strays}")
                continue
            right, false = wanted in numbers, bool(numbers - {wanted})
            counts += Counts(float(right), float(false and not right), float(not right))
            if not right:
                mistakes.append(f"{text.document.identifier}: {page} is {wanted}, found {sorted(numbers)}")
    return LinkScore(counts, unknown, tuple(mistakes))


Iris = Mapping[tuple[str, str], str]
"""The IRI of each key of each document."""


def _found(
    text: Wikified, reading: Reading | None, iris: Iris, same: Mapping[str, str]
) -> dict[tuple[str, str], set[str]]:
    """The numbers that were found for each annotated page of a text, by its type and title."""
    found: dict[tuple[str, str], set[str]] = {
        (m.type, m.page): set() for m in text.mentions if m.page and m.type in KINDS
    }
    if reading is None:
        return found
    entities = {e.key: e for e in reading.entities}
    identifier = text.document.identifier
    for mention in reading.mentions:
        entity = entities.get(mention.refers_to)
        number = same.get(iris.get((identifier, mention.refers_to), ""))
        if entity is None or number is None or mention.rule == "demonym":
            continue
        marked = _around(text, mention.span.begin, mention.span.end)
        if marked and marked.page and entity.kind in KINDS.get(marked.type, ()):
            found[marked.type, marked.page].add(number)
    return found


def _around(text: Wikified, begin: int, end: int) -> Marked | None:
    """The smallest annotated mention that a mention stands in, if it holds the end of its least part."""
    holding = [m for m in text.mentions if m.begin <= begin and end <= m.end]
    least = min(holding, key=lambda m: (m.end - m.begin, m.page is None), default=None)
    return least if least and begin < least.core[1] <= end else None


def _named(page: str, number: str, base: KnowledgeBase) -> bool:
    """Whether a thing that the base has under another page's title, or under none, has the page's name."""
    name = name_key(re.sub(r"\s*\(.*\)$|, .*", "", page))
    things = (known.thing for known in base.by_qid(number))
    return any(name_key(form) == name for thing in things for form in (thing.name, *thing.forms))


def number_of(page: str, kinds: Iterable[ThingKind], base: KnowledgeBase) -> str | None:
    """The Wikidata number of a page in the knowledge base: by title, else by a name that one thing has."""
    titled = {known.thing.qid for known in base.by_page(page)} - {""}
    if titled:
        return min(titled)
    name = re.sub(r"\s*\(.*\)$", "", page)
    for kind in kinds:
        things = {base.get(m.id) for m in base.exact(name, kind) if m.likeness == 1 and m.how != "acronym"}
        numbers = {known.thing.qid for known in things if known} - {""}
        if numbers:
            return min(numbers) if len(numbers) == 1 else None
    return None
