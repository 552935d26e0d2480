"""The words of a text of SPARQL, and what can be told from them alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from graph.rdf import PREFIXES

_WORD = re.compile(
    r"""(?P<space>\s+|\#[^\r\n]*)
      | (?P<iri><[^\x00-\x20<>"{}|^`]*>)
      | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                  | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
      | (?P<variable>[?$]\w+)
      | (?P<name>[\w.-]*:(?:[\w:%-]|\\.|\.(?=[\w:%\\-]))*)
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      | (?P<word>[A-Za-z]\w*)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_ABSOLUTE = re.compile(r"_:|[A-Za-z][A-Za-z0-9+.-]*:(?!.*/\.)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, what kind it is, and its place."""

    kind: str
    text: str
    begin: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text of SPARQL, without space and comments."""
    found = (Word(str(m.lastgroup), m[0], m.start(), m.end()) for m in _WORD.finditer(text))
    return [word for word in found if word.kind != "space"]


def iri_of(word: Word, prefixes: Mapping[str, str]) -> str | None:
    """The IRI that a word names, as it is written; None where it names none, or with an unknown prefix."""
    if word.kind == "iri":
        return word.text[1:-1]
    prefix, colon, local = word.text.partition(":")
    if word.kind != "name" or not colon or prefix not in prefixes:
        return None
    return prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)


def graphs_named(update: str) -> frozenset[str] | None:
    """Names among which are those of all named graphs that an update changes; None where words do not tell.

    They are all the IRIs in it: a graph that it changes is one of them, or the value of a variable, or one of
    ALL or NAMED. Where there is more to an IRI than its prefix, no guess is made.
    """
    if re.search(r"\\[uU]", update):  # may be a letter of a keyword, or end a string
        return None
    said = words(update)
    keywords = {word.text.upper() for word in said if word.kind == "word"}
    into_any = any(a.text.upper() == "GRAPH" and b.kind == "variable" for a, b in pairwise(said))
    declared = [
        (name.text[:-1], value.text[1:-1])
        for word, name, value in zip(said, said[1:], said[2:], strict=False)
        if word.text.upper() == "PREFIX" and (name.kind, value.kind) == ("name", "iri")
    ]
    if into_any or keywords & {"ALL", "NAMED", "BASE"} or len(dict(declared)) < len(set(declared)):
        return None
    prefixes = {"_": "_:", **PREFIXES, **dict(declared)}
    names = {iri_of(word, prefixes) for word in said if word.kind in {"iri", "name"}}
    if not all(name is not None and _ABSOLUTE.match(name) for name in names):
        return None
    return frozenset(name for name in names if name is not None and not name.startswith("_:"))
