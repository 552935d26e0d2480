"""What a text of SPARQL asks for, read from its words before anything runs: its form, graphs and addresses.

It is no parser: Oxigraph parses, in a process that may die of it. Strings, comments and IRIs are blanked out
first, so that a keyword is a keyword; where that leaves a doubt, the stricter reading wins.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

from graph.errors import QueryError
from graph.rdf import PREFIXES
from service.endpoint.refusals import ForbiddenError
from service.leading import give_way

MAX_DEPTH = 200
"""Brackets within brackets; the parser is recursive, and a stack has an end."""

_OPAQUE = re.compile(
    r"""<[^\x00-\x20<>"{}|^`]*>
      | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*'
      | \#[^\r\n]* | \\.""",
    re.VERBOSE | re.DOTALL,
)
_BEFORE, _AFTER = r"(?<![?$:@\w%\\-])", r"(?![\w:-])"
_NAME = r"<\x01*>|[\w.-]*:(?:[\w.:%-]|\x02)*"
_FORM = re.compile(rf"{_BEFORE}(SELECT|ASK|CONSTRUCT|DESCRIBE){_AFTER}", re.IGNORECASE)
_REACHING = re.compile(rf"{_BEFORE}(SERVICE|LOAD){_AFTER}(?:\s+SILENT{_AFTER})?\s*(<\x01*>)?", re.IGNORECASE)
_GRAPHS = re.compile(rf"{_BEFORE}FROM{_AFTER}\s*(NAMED{_AFTER})?\s*({_NAME})", re.IGNORECASE)
_PREFIX = re.compile(rf"{_BEFORE}PREFIX\s+([\w.-]*):\s*(<\x01*>)", re.IGNORECASE)
_BASE = re.compile(rf"{_BEFORE}BASE\s*(<\x01*>)", re.IGNORECASE)
_CHANGING = re.compile(rf"{_BEFORE}(NOW|RAND|UUID|STRUUID|BNODE|SERVICE){_AFTER}", re.IGNORECASE)
_DATASET = re.compile(rf"{_BEFORE}(WITH|USING){_AFTER}", re.IGNORECASE)
_MODIFY_WHERE = re.compile(rf"\}}\s*()WHERE{_AFTER}", re.IGNORECASE)
_LIMIT = re.compile(
    rf"\}}[^{{}}]*{_BEFORE}LIMIT\s+([0-9]{{1,18}})(?:\s+OFFSET\s+[0-9]+)?\s*\Z", re.IGNORECASE
)
"""The limit after the last brace, which is that of the whole query."""
_WORD = re.compile(r"\b(?:SERVICE|LOAD)\b", re.IGNORECASE)
_DOUBTFUL = re.compile(r"""<(?![A-Za-z][A-Za-z0-9+.-]*://)[^\x00-\x20<>"{}|^`]*['#][^\x00-\x20<>"{}|^`]*>""")
"""What may be an IRI, or else a comparison before a string or a comment that hides the words after it."""
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True)  # not slotted: it goes to a worker, which takes thrice the time with slots
class Dataset:
    """The graphs that a request asks; with neither named, all graphs together are the default graph."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


@dataclass(frozen=True)  # not slotted: it goes to a worker, which takes thrice the time with slots
class Text:
    """A query or an update, and the same with strings, comments and IRIs blanked out, place for place."""

    text: str
    bare: str

    @property
    def form(self) -> str:
        """SELECT, ASK, CONSTRUCT or DESCRIBE; SELECT where it is none of them and will not parse."""
        found = _FORM.search(self.bare)
        return found[1].upper() if found else "SELECT"

    @property
    def is_repeatable(self) -> bool:
        """Whether it gives the same answer as long as the graph is the same."""
        return not _CHANGING.search(self.bare)

    @property
    def names_dataset(self) -> bool:
        """Whether an update says itself, with WITH or USING, which graphs it looks into."""
        return bool(_DATASET.search(self.bare))

    @property
    def limit(self) -> int | None:
        """How many rows there are at most, where a SELECT says so at its end."""
        found = _LIMIT.search(self.bare) if self.form == "SELECT" else None
        return int(found[1]) if found else None

    def dataset(self) -> Dataset:
        """The graphs of its FROM clauses."""
        default: list[str] = []
        named: list[str] = []
        for clause in _GRAPHS.finditer(self.bare):
            (named if clause[1] else default).append(self._iri(clause))
        return Dataset(tuple(default), tuple(named))

    def using(self, dataset: Dataset) -> str:
        """An update's text with USING clauses for these graphs wherever it looks for something."""
        clauses = [f"USING <{_checked(g)}> " for g in dataset.default]
        clauses += [f"USING NAMED <{_checked(g)}> " for g in dataset.named]
        places = [m.start(1) for m in _MODIFY_WHERE.finditer(self.bare)]
        ends = [0, *places, len(self.text)]
        pieces = [self.text[begin:end] for begin, end in pairwise(ends)]
        return "".join(clauses).join(pieces)

    def _iri(self, clause: re.Match[str]) -> str:
        """The graph that a FROM clause names, resolved as far as declarations allow."""
        name = self.text[slice(*clause.span(2))]
        if not name.startswith("<"):
            prefix, _, local = name.partition(":")
            declared = {m[1]: self._resolved(m.span(2)) for m in _PREFIX.finditer(self.bare)}
            return (PREFIXES | declared).get(prefix, "") + re.sub(r"\\(.)", r"\1", local)
        return self._resolved(clause.span(2))

    def _resolved(self, span: tuple[int, int]) -> str:
        iri = _unescaped(self.text[span[0] + 1 : span[1] - 1])
        base = _BASE.search(self.bare)
        return urljoin(self.text[base.start(1) + 1 : base.end(1) - 1], iri) if base else iri


def read(text: str, allowed: Collection[str] = ()) -> Text:
    """Look at a query or an update before it runs.

    Args:
        text: what the client sent.
        allowed: the addresses that SERVICE and LOAD may reach.

    Raises:
        ForbiddenError: it would reach out to an address that is not allowed.
        QueryError: it nests too deeply.
    """
    for reading in {text, _unescaped(text)}:
        for address in _addresses(reading):
            if address not in allowed:
                raise ForbiddenError(
                    f"This service does not fetch {address or 'what is no plain IRI'}.",
                    "SERVICE and LOAD reach only addresses that the setting services lists.",
                )
            _check_public(address)
    bare = _bare(text)
    _check_depth(bare)
    return Text(text, bare)


def _addresses(text: str) -> Iterator[str]:
    """What each SERVICE and LOAD names; empty where it is no IRI, or where that cannot be told."""
    if not _WORD.search(text):
        return
    if _DOUBTFUL.search(text):
        yield ""
    for found in _REACHING.finditer(_bare(text)):
        begin, end = found.span(2)
        yield _unescaped(text[begin + 1 : end - 1]) if begin >= 0 else ""


def _check_public(address: str) -> None:
    """Raise ForbiddenError where a listed name leads into a private network; listed numbers may."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or _is_number(host):
        return
    give_way()
    try:
        found = socket.getaddrinfo(host, None)
    except OSError as error:
        raise QueryError(f"{address} cannot be reached: {error.strerror}.") from error
    for entry in found:
        if not ipaddress.ip_address(str(entry[4][0]).partition("%")[0]).is_global:
            raise ForbiddenError(
                f"{address} leads into a private network.", "List it by its number if that is meant."
            )


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _check_depth(bare: str) -> None:
    depth = 0
    for mark in re.findall(r"[(){}\[\]]", bare):
        depth += 1 if mark in "({[" else -1
        if depth > MAX_DEPTH:
            raise QueryError(f"The query nests more than {MAX_DEPTH} brackets.", "Flatten it.")


def _bare(text: str) -> str:
    """The text with each string and comment as spaces, each IRI as ``<…>``, each escape marked."""

    def blank(match: re.Match[str]) -> str:
        found, length = match[0], len(match[0])
        if found.startswith("<"):
            return "<" + "\x01" * (length - 2) + ">"
        return "\x02" * length if found.startswith("\\") else " " * length

    return _OPAQUE.sub(blank, text)


def _unescaped(text: str) -> str:
    """The text with ``\\u`` escapes as the characters they stand for; those that are none stay."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]

    return _ESCAPE.sub(character, text)


def is_iri(text: str) -> bool:
    """Whether a text can be written between angle brackets."""
    return not re.search(r"[\x00-\x20<>\"{}|^`\\]", text)


def _checked(iri: str) -> str:
    """An IRI that can be written between angle brackets. Raises QueryError."""
    if not is_iri(iri):
        raise QueryError(f"{iri!r} is not an IRI.")
    return iri
