"""Texts as words to search by: without case and accents, and stemmed by the rules of their language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

import snowballstemmer

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian",
    "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""The Snowball algorithm of each language that has one, by the first part of its language tag."""

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Kana and Han, written without spaces: each character is a word, and a name a phrase of them."""
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[\w\u0300-\u036f])+")
_CACHED = 1 << 17


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands in its text."""

    begin: int
    end: int
    plain: str
    stem: str


def words(text: str, language: str) -> Iterator[Word]:
    """The words of a text in the order they stand.

    Args:
        text: any text.
        language: its language tag; where Snowball knows no stems of it, a word is its own stem.
    """
    for found in _WORD.finditer(text):
        if plain := folded(found[0]):
            yield Word(found.start(), found.end(), plain, stem(found[0], language))


@lru_cache(_CACHED)
def folded(word: str) -> str:
    """A word in lower case, without accents and marks; empty where nothing is left."""
    return "".join(c for c in unicodedata.normalize("NFKD", word).casefold() if c.isalnum())


@lru_cache(_CACHED)
def stem(word: str, language: str) -> str:
    """The stem of a word without accents, after Snowball (Porter 2001, https://snowballstem.org)."""
    stemmer = _stemmer(STEMMERS.get(language.partition("-")[0].lower(), ""))
    composed = unicodedata.normalize("NFC", word).casefold()
    if stemmer is None:
        return folded(composed)
    with _stemming:
        return folded(str(stemmer.stemWord(composed)))


_stemming = Lock()
"""A stemmer works on one word at a time, which is a field of it."""


@lru_cache
def _stemmer(algorithm: str) -> Any:
    return snowballstemmer.stemmer(algorithm) if algorithm else None
