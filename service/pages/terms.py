"""Terms of RDF as a table shows them: read from a line of TSV or N-Triples, and where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["iri", "literal", "number", "blank", "nothing"]
_TERM = re.compile(
    r"""<(?P<iri>[^>]*)>
      | "(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[\w-]+)|\^\^<(?P<type>[^>]*)>)?
      | _:(?P<blank>\S+)
      | (?P<bare>[^\s"<]+)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_NUMBERS = {"integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"}


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its kind and its text; of a literal, also its language or the IRI of its datatype."""

    kind: Kind
    text: str = ""
    language: str = ""
    type: str = ""

    @property
    def number(self) -> float | None:
        """Its value, where it is a number."""
        try:
            return float(self.text) if self.kind == "number" else None
        except ValueError:
            return None


NOTHING = Term("nothing")


def row_of_table(line: str) -> tuple[Term, ...]:
    """The terms of a line of SPARQL's TSV; a variable without a value is NOTHING."""
    return tuple(next(_terms(cell), NOTHING) for cell in line.split("\t"))


def triple(line: str) -> tuple[Term, ...]:
    """The terms of a line of N-Triples."""
    return tuple(_terms(line.rstrip().removesuffix(".")))


def _terms(text: str) -> Iterator[Term]:
    for found in _TERM.finditer(text):
        if found["iri"] is not None:
            yield Term("iri", _unescaped(found["iri"]))
        elif found["text"] is not None:
            kind = found["type"] or ""
            is_number = kind.rpartition("#")[2] in _NUMBERS
            words = _unescaped(found["text"])
            yield Term("number" if is_number else "literal", words, found["language"] or "", kind)
        elif found["blank"] is not None:
            yield Term("blank", found["blank"])
        else:
            is_truth = found["bare"] in {"true", "false"}
            yield Term("literal" if is_truth else "number", found["bare"])


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        if match[3]:
            return _ESCAPED.get(match[3], match[3])
        return chr(int(match[1] or match[2], 16))

    return _ESCAPE.sub(character, text)


def short(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI with a prefix where one fits, as people write it; else as it is."""
    for prefix, namespace in prefixes.items():
        local = iri.removeprefix(namespace)
        if local != iri and re.fullmatch(r"[\w-]+", local):
            return f"{prefix}:{local}"
    return iri


def address(iri: str, base: str) -> str:
    """Where an IRI leads: the page of a thing, document or phrase of the graph, or a place on the web.

    Empty where it is none of these.
    """
    path = iri.removeprefix(base)
    if path != iri and re.match(r"(id/(person|institution|territory|instrument|event)|doc)/", path):
        return f"/{path}"
    return iri if re.match(r"https?://", iri) else ""
