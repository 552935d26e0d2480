"""The names of things: every IRI that a build makes, from a base and a slug."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from graph.model import Span

_WORD, _POSSESSIVE = re.compile(r"\w+"), re.compile(r"'s\b")
_BETWEEN, _EDGES = re.compile(r"[^\w\n]+"), re.compile(r"^ | $", re.MULTILINE)
_ARTICLE = re.compile(r"^the (?=.)", re.MULTILINE)
DG = "https://w3id.org/diplograph/ontology#"


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """A name without case, accents, punctuation, possessive and article: what two spellings share."""
    plain = name.casefold() if name.isascii() else _without_marks(name)
    if plain.replace(" ", "").isalnum():  # most names: the same words in half the time
        words = plain.split()
    else:
        words = _WORD.findall(_POSSESSIVE.sub("", plain) if "'" in plain else plain)
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def fold_lines(text: str) -> str:
    """What ``fold`` makes of each line of a text; faster for very many names than one after the other."""
    if not text.isascii():
        return "\n".join(map(fold, text.split("\n")))
    plain = _POSSESSIVE.sub("", text.casefold())
    words = _EDGES.sub("", _BETWEEN.sub(" ", plain))
    return _ARTICLE.sub("", words)


def _without_marks(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def digest(text: str, length: int = 6) -> str:
    """The first hexadecimal digits of a text's SHA-256, to tell apart what slugs cannot."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def slug(name: str) -> str:
    """A readable path segment of at most 80 ASCII letters, digits and hyphens for a name.

    Names in other scripts, which would leave nothing, become a digest.
    """
    ascii_name = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    return ascii_name[:80].rstrip("-") or digest(name, 12)


def document_slug(identifier: str) -> str:
    """The path segment of a document: its path without ``.txt``.

    Where slugging loses letters, a digest keeps two documents apart.
    """
    stem = identifier.removesuffix(".txt")
    if re.fullmatch(r"[A-Za-z0-9_-]{1,80}", stem):
        return stem
    return f"{slug(stem.replace('/', ' '))}-{digest(identifier)}"


@dataclass(frozen=True, slots=True)
class Namespace:
    """IRIs under a base such as ``https://w3id.org/diplograph/``."""

    base: str

    def document(self, identifier: str) -> str:
        """The document, which is also the named graph of all that it says."""
        return f"{self.base}doc/{document_slug(identifier)}"

    def phrase(self, identifier: str, span: Span) -> str:
        """A stretch of a document's text, as a fragment after RFC 5147."""
        return f"{self.document(identifier)}#char={span.begin},{span.end}"

    def thing(self, kind: str, name: str) -> str:
        """A person, institution, territory, instrument, event or tenure, by its slug."""
        return f"{self.base}id/{kind}/{name}"

    def graph(self, name: str) -> str:
        """A graph that is no document: ``ontology``, ``links`` or ``inferred``."""
        return f"{self.base}graph/{name}"
