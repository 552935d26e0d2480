"""What of a graph can be searched: names of things, titles of documents, and the sentences of evidence."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from graph.iri import DG
from graph.rdf import PREFIXES
from graph.snapshots import Statement

Match = Literal["label", "alias", "title", "sentence"]
"""What of a thing matches."""
LANGUAGE = "en"
"""Of words that the graph gives no language: that of all texts that are read."""
NAMES: tuple[tuple[str, Match], ...] = (
    ("rdfs:label", "label"), ("skos:altLabel", "alias"), ("dcterms:title", "title"),
)  # fmt: skip
FACTORS: dict[Match, float] = {"label": 2.0, "alias": 1.5, "title": 1.5, "sentence": 1.0}
"""How much more a match counts than one in a sentence."""

Phrase = tuple[str, int, int]
"""A stretch of text: the document's IRI, begin and end in code points."""
_PHRASE = re.compile(r"(.*)#char=(\d+),(\d+)$")


@dataclass(frozen=True, slots=True)
class Rows:
    """How a graph is read, by the IRI of a predicate: see ``graph.snapshots``."""

    statements: Callable[[str], Iterable[Statement]]
    literals: Callable[[str], Iterable[tuple[str, str, str, str]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that can be found, and the thing that is found by them.

    ``phrase`` is where a text has them: of a name, where the thing is first called so.
    """

    thing: str
    match: Match
    language: str
    text: str
    weight: float
    phrase: Phrase | None


def entries(rows: Rows) -> list[Entry]:
    """All that can be searched in a graph, each thing and text once, in ascending order."""
    phrases = _Phrases(rows)
    found: dict[tuple[str, str, str], Entry] = {}
    for predicate, match in NAMES:
        for thing, text, language, _ in rows.literals(_iri(predicate)):
            weight = FACTORS[match] * phrases.weight(thing)
            entry = Entry(thing, match, language or LANGUAGE, text, weight, phrases.of(thing, text))
            found.setdefault((thing, text, entry.language), entry)
    for node, text in phrases.sentences():
        entry = Entry(node, "sentence", LANGUAGE, text, FACTORS["sentence"], phrase_of(node))
        found.setdefault((node, text, LANGUAGE), entry)
    return [found[key] for key in sorted(found)]


def classes(rows: Rows) -> Iterator[tuple[str, str]]:
    """Each thing with the local names of its classes of the ontology, or Sentence; each once."""
    names = {_iri("nif:Sentence"): "Sentence"}
    seen = set()
    for thing, cls, _, is_literal in rows.statements(_iri("rdf:type")):
        name = cls.removeprefix(DG) if cls.startswith(DG) else names.get(cls)
        if name and not is_literal and (thing, name) not in seen:
            seen.add((thing, name))
            yield thing, name


def phrase_of(iri: str) -> Phrase | None:
    """The stretch of text that an IRI with a fragment after RFC 5147 names; None where it is none."""
    found = _PHRASE.match(iri)
    return (found[1], int(found[2]), int(found[3])) if found else None


class _Phrases:
    """Where texts speak of things: mentions of entities, and sentences that events rest on."""

    def __init__(self, rows: Rows) -> None:
        sentences = {s for s, kind, _, _ in rows.statements(_iri("rdf:type")) if kind == _iri("nif:Sentence")}
        self._words = {node: text for node, text, _, _ in rows.literals(_iri("nif:anchorOf"))}
        self._sentences = sorted(sentences & self._words.keys())
        self._first: dict[tuple[str, str], Phrase] = {}
        self._times: Counter[str] = Counter()
        for predicate, is_mention in (("itsrdf:taIdentRef", True), ("prov:wasDerivedFrom", False)):
            for one, other, _, _ in rows.statements(_iri(predicate)):
                self._note(*((other, one) if is_mention else (one, other)))

    def _note(self, thing: str, node: str) -> None:
        phrase = phrase_of(node)
        if phrase is None:
            return
        self._times[thing] += 1
        for key in ((thing, self._words.get(node, "")), (thing, "")):
            self._first[key] = min(phrase, self._first.get(key, phrase))

    def of(self, thing: str, text: str) -> Phrase | None:
        """Where a thing is first called so; else where it is first spoken of."""
        return self._first.get((thing, text)) or self._first.get((thing, ""))

    def weight(self, thing: str) -> float:
        """How much a thing counts by how often texts speak of it: 1, and more with the logarithm."""
        return 1 + math.log10(1 + self._times[thing])

    def sentences(self) -> Iterator[tuple[str, str]]:
        """Each sentence that something rests on, and its words."""
        return ((node, self._words[node]) for node in self._sentences)


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
