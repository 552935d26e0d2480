"""What an office is, whatever words it is named with: read from ``words/titles.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from ontology.gazetteer import name_key


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    ranks: dict[str, tuple[str, ...]]
    weights: dict[str, float]
    deputies: frozenset[str]
    portfolios: tuple[tuple[str, ...], ...]
    idle: frozenset[str]
    whole: dict[str, str]


@dataclass(frozen=True, slots=True)
class Post:
    """An office by what it is: ``rank`` is empty where the words name none, ``portfolio`` what it is for."""

    rank: str
    deputy: bool
    portfolio: frozenset[str]

    def likeness(self, other: Post) -> float:
        """1 where both are one office, 0.5 where one may be the other, 0 where they are two."""
        if self.rank != other.rank or self.deputy != other.deputy:
            return 0.0
        if self.portfolio == other.portfolio:
            return 1.0 if self.rank or self.portfolio else 0.0
        if not self.portfolio or not other.portfolio or self.portfolio & other.portfolio:
            return 0.5
        return 0.0


@dataclass(frozen=True, slots=True, eq=False)
class TitleWords:
    """Ranks by their phrases, longest first; weights of ranks; meanings of words and of whole titles."""

    ranks: tuple[tuple[str, str], ...]
    weights: Mapping[str, float]
    deputies: frozenset[str]
    meanings: Mapping[str, str]
    idle: frozenset[str]
    whole: Mapping[str, str]

    def post(self, title: str, places: frozenset[str] = frozenset()) -> Post:
        """What office a title names.

        Args:
            title: such as "Minister of Foreign Affairs".
            places: words to leave out of the portfolio, since they name whose office it is.
        """
        key = " ".join(w for w in name_key(title.replace("-", " ")).split() if w not in places)
        words = f" {self.whole.get(key, key)} "
        rank = ""
        for phrase, name in self.ranks:
            if f" {phrase} " in words:
                rank = name
                words = words.replace(f" {phrase} ", " ", 1)
                break
        left = words.split()
        portfolio = {self.meanings.get(w, w) for w in left} - self.idle - self.deputies
        return Post(rank, any(w in self.deputies for w in left), frozenset(portfolio))

    def weight(self, title: str) -> float:
        """How well known those who hold an office are, from 0 to 1."""
        post = _post(self, title)
        return self.weights.get(post.rank, 0.1) * (0.5 if post.deputy else 1.0)


@lru_cache(1 << 14)
def _post(words: TitleWords, title: str) -> Post:
    return words.post(title)


_MINISTRY = frozenset({"ministry", "department", "minister"})


@cache
def load_title_words() -> TitleWords:
    """Read ``words/titles.yaml``.

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    text = (files("ontology") / "words" / "titles.yaml").read_text(encoding="utf-8")
    content = _File.model_validate(yaml.safe_load(text))
    phrases = [(re.sub(r"\s+", " ", p), rank) for rank, ps in content.ranks.items() for p in ps]
    return TitleWords(
        ranks=tuple(sorted(phrases, key=lambda p: -len(p[0].split()))),
        weights=content.weights,
        deputies=content.deputies,
        meanings={word: row[0] for row in content.portfolios for word in row},
        idle=content.idle,
        whole=content.whole,
    )


def ministry_key(name: str, countries: Iterable[str] = ()) -> str:
    """What a ministry is for: one key for "Foreign Ministry" and "Ministry of Foreign Affairs".

    Args:
        name: of an institution.
        countries: ids of places whose names in it are left out.

    Returns:
        The empty string where the name is that of no ministry, or does not say what it is for.
    """
    words = name_key(re.sub(r"['’]s\b", "", name).replace("-", " ")).split()
    if not _MINISTRY & set(words):
        return ""
    places = frozenset(w for country in countries for w in country.split("-"))
    portfolio = load_title_words().post(" ".join(w for w in words if w not in _MINISTRY), places).portfolio
    return f"ministry {' '.join(sorted(portfolio))}" if portfolio else ""
