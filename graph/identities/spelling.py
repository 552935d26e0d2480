"""Spellings of one name: what is left of a word once the ways of writing it in Latin letters are folded.

The folds are those on which the common systems for Cyrillic, Japanese and Arabic names differ (BGN/PCGN,
ISO 9, Hepburn, the spellings of passports and news agencies): kh-h, ye-e, iy-ii-y, ou-oo-ō, zh-z, ks-x.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SHORTEST = 5
"""Words of fewer letters keep theirs: "Li" and "Lee", "Ono" and "Uno" are different names."""

_SHORT = re.compile(r"(?<=\w\w)[iy][iyj]?$")  # but Bely is Belyi

_FOLDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"y[eo](?=[a-z])|\bie", "e"),  # Yevgeny, Afanasyev, Semyonov
        (r"(?<=[a-z])ie", "e"),
        (r"(?<=[ei])j$", "i"),  # Sergej
        (r"y", "i"),
        (r"ai", "ei"),  # Husayn
        (r"(?<=[aeiou])h$", ""),
        (r"k(?=h)|(?<=[szg])h", ""),  # Khabomai, Zhirinovsky, Afghani
        (r"ts?ch|tsh", "ch"),
        (r"oh(?=[^aeiou]|$)|ou|oo|u", "o"),  # Kohmura, Koumura
        (r"ph", "f"),
        (r"x", "ks"),
        (r"ck|q", "k"),
        (r"w", "v"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=1 << 16)
def romanised(word: str) -> str:
    """The word without what differs between romanisations.

    Args:
        word: in lower case and without accents, as ``graph.iri.fold`` leaves it.
    """
    if not word.isascii():
        return word
    if len(word) < _SHORTEST:
        return _SHORT.sub("i", word)
    for pattern, replacement in _FOLDS:
        word = pattern.sub(replacement, word)
    return word
