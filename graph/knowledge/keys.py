"""Keys of names: what spellings of one name have in common, from exact to rough."""

from __future__ import annotations

import re
from functools import lru_cache

from ontology.gazetteer import name_key

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
HONORIFICS = frozenset(
    "mr mrs ms miss dr prof sir dame lord lady president minister chancellor king queen prince princess emir "
    "sheikh ambassador senator general colonel comrade ayatollah".split()
)

NO_INITIALS, NO_MIDDLE = 0.97, 0.9

_FOLDS = (
    ("y", re.compile(r"\by(?=[eo])|(?<=[bcdfghklmnpqrstvwxz])y(?=[eu])"), ""),
    ("g", re.compile(r"gh"), "g"),
    ("h", re.compile(r"[dz]h"), "z"),
    ("c", re.compile(r"s?z?cz|t?sch|tch"), "ch"),
    ("h", re.compile(r"ph"), "f"),
    ("s", re.compile(r"ks"), "x"),
    ("c", re.compile(r"c(?!h)"), "k"),
    ("o", re.compile(r"ou|oo|oh(?![aeiou])"), "o"),
    ("", re.compile(r"iy\b|yi\b|ii\b|ij\b|ee|y|j"), "i"),
    ("", re.compile(r"(.)\1"), r"\1"),
)
_VOWELS = re.compile(r"(?<!^)[aeiouh]")


def folded(key: str) -> str:
    """What transliterations of one name share: "yevgeny", "evgenii" and "evgeny" become one.

    Args:
        key: of ``ontology.gazetteer.name_key``.
    """
    return " ".join(map(_folded, key.split()))


@lru_cache(1 << 16)
def _folded(word: str) -> str:
    word = word.replace("kh", "h").replace("q", "k").replace("w", "v")
    for letter, pattern, to in _FOLDS:
        if letter in word:
            word = pattern.sub(to, word)
    return word


@lru_cache(1 << 16)
def skeleton(word: str) -> str:
    """The first letter and the consonants of a folded word: what even careless spellings share."""
    bare = folded(word)
    return _VOWELS.sub("", bare) or bare


def person_key(name: str) -> str:
    """The key of a person's name without forms of address and "Jr."."""
    words = name_key(name).replace(" - ", " ").split()
    while len(words) > 1 and words[0] in HONORIFICS:
        del words[0]
    while len(words) > 1 and words[-1] in SUFFIXES:
        del words[-1]
    return " ".join(words)


def shorter(key: str) -> tuple[tuple[str, float], ...]:
    """What is left of a person's name without initials, and without all that stands in the middle.

    Each with how like it is to the whole, from 0 to 1.
    """
    words = key.split()
    if len(words) < 3:
        return ()
    full = [w for i, w in enumerate(words) if len(w) > 1 or i in {0, len(words) - 1}]
    ends = (words[0], words[-1])
    found = {" ".join(ends): NO_MIDDLE, " ".join(full): NO_INITIALS}
    return tuple((k, like) for k, like in found.items() if k != key and len(k.split()) > 1)


def turned(key: str) -> str | None:
    """The name with the family name at the other end: "kishida fumio"; None for one word."""
    words = key.split()
    if len(words) < 2:
        return None
    return " ".join((words[-1], *words[:-1])) if len(words) == 2 else " ".join((*words[1:], words[0]))
