"""What the finders of names look at: the tokens, what the recogniser and the gazetteer say of them."""

from __future__ import annotations

from dataclasses import dataclass

from graph.components.naming.atlas import Atlas, Found
from graph.components.naming.tokens import Tokens
from ontology.layout import layout_words
from ontology.name_words import NameWords
from ontology.office_words import OfficeWords

_ARTICLES = frozenset({"the", "a", "an"})
_LINKS = frozenset({"of", "for", "on", "de", "in", "to", "the", "del", "and", "&", ","})

_BEFORE_THE = _LINKS - {"and", "&", ","}

Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """One text. ``entity`` is the recogniser's span over each token (start, end, label), or None."""

    tokens: Tokens
    entity: list[tuple[int, int, str] | None]
    found: list[Found | None]
    atlas: Atlas
    words: NameWords
    offices: OfficeWords
    calendar: frozenset[str]

    def label(self, i: int) -> str:
        """The recogniser's label of a token, or nothing."""
        span = self.entity[i] if 0 <= i < len(self.entity) else None
        return span[2] if span else ""

    def together(self, i: int, j: int) -> bool:
        """Whether the recogniser puts two tokens into one name."""
        return self.entity[i] is not None and self.entity[i] == self.entity[j]

    def form(self, start: int, end: int) -> Form:
        """The words of a stretch of tokens in small letters."""
        return tuple(self.tokens.lower[start:end])

    def same_line(self, i: int, j: int) -> bool:
        """Whether two tokens exist and stand in one sentence."""
        sentence = self.tokens.sentence
        return 0 <= i < len(sentence) and 0 <= j < len(sentence) and sentence[i] == sentence[j]

    def nameable(self, i: int) -> bool:
        """Whether a token can be part of a capitalised name."""
        t = self.tokens
        dated = t.lower[i] in self.calendar and not self.label(i)
        if not t.capital[i] or dated or self.label(i) in {"DATE", "TIME"}:
            return False
        return t.proper(i) or self.found[i] is not None or self.entity[i] is not None

    def left_edge(self, start: int) -> int:
        """Where the capitalised name begins that runs up to the token ``start``."""
        t, j = self.tokens, start
        while j > 0 and self.same_line(j - 1, start):
            if t.hyphen(j - 1) and self.nameable(j - 2):
                j -= 2
            elif self._continues_left(j - 1, start):
                j -= 1
            else:
                break
        while j < start and (not (t.capital[j] or t.text[j][0].isdigit()) or t.lower[j] in _ARTICLES):
            j += 1
        return self.after_people(j, start)

    def after_people(self, j: int, start: int) -> int:
        """Where a name begins that the first words of a sentence precede: "Rebels of the Free Army"."""
        t = self.tokens
        if j < start and t.tag[j] == "NNS" and t.begins(j) and t.lower[j + 1] == "of":
            return min(j + 3 if t.lower[j + 2] == "the" else j + 2, start)
        return j

    def _continues_left(self, k: int, start: int) -> bool:
        t, together = self.tokens, self.together(k, start)
        if self.nameable(k):
            return not t.titled[k] or together or self.found[k] is not None
        if t.lower[k] in _LINKS:
            return together and not self._article_alone(k)
        return t.lower[k][0].isdigit() and t.lower[k].endswith(("st", "nd", "rd", "th"))

    def _article_alone(self, k: int) -> bool:
        """Whether a "the" begins a name of its own: it stands after no "of", "for" or the like."""
        return self.tokens.lower[k] == "the" and not (k and self.tokens.lower[k - 1] in _BEFORE_THE)

    def known_exactly(self, start: int, end: int) -> bool:
        """Whether the gazetteer has this very name."""
        known = self.found[start]
        return known is not None and (known.start, known.end) == (start, end) and not known.ambiguous

    def personal(self, start: int, end: int) -> bool:
        """Whether a capitalised word that could head another name closes a person's: "Nathan Law"."""
        surname = end - start == 1 and self.tokens.lower[start] in self.words.surnames
        return surname and self.label(start) == "PERSON"

    def right_edge(self, end: int, links: frozenset[str], lists: bool) -> int:
        """Where a name ends that may go on from ``end`` with "of …", "for the …" and so on.

        ``lists`` allows "Trade and Economic Issues": more of the name after a conjunction.
        """
        e = end
        while self.same_line(e, end - 1) and self.tokens.lower[e] in links:
            k = e + 2 if self.same_line(e + 1, e) and self.tokens.lower[e + 1] == "the" else e + 1
            if not (self.same_line(k, e) and self.nameable(k)):
                break
            e = self._phrase_end(k, lists)
            known = self.found[k]
            if lists and known and not known.state and e == known.end:
                while step := self._listed(e) if self.same_line(e, e - 1) else 0:
                    e += step
                    while self.same_line(e, e - 1) and self.nameable(e):
                        e += 1
            if known and known.state and not known.demonym:
                break
        return e

    def run_end(self, k: int) -> int:
        """Where the run of capitalised tokens that begins at ``k`` ends."""
        return self._phrase_end(k, lists=False)

    def _phrase_end(self, k: int, lists: bool) -> int:
        known = self.found[k]
        if known and not known.demonym:
            k = known.end
            if not (self.same_line(k, k - 1) and self.nameable(k) and not self.found[k]):
                return k
        t = self.tokens
        while self.same_line(k, k - 1):
            if self.label(k) == "PERSON" and not self.together(k, k - 1) and not t.hyphen(k - 1):
                break
            if self.nameable(k) or t.hyphen(k) or t.hyphen(k - 1):
                k += 1
            elif lists and (step := self._listed(k)):
                k += step
            else:
                break
        return k

    def _listed(self, k: int) -> int:
        """How many tokens a list of topics goes on from a conjunction or comma at ``k``; 0: it ends."""
        t = self.tokens
        if t.lower[k] in {"and", "&"} and self.same_line(k + 1, k) and self._topic(k + 1, k):
            return 2
        if t.text[k] == "," and self.same_line(k + 1, k) and self._topic(k + 1, k):
            rest = t.lower[k + 2 : k + 8]
            return 2 if "and" in rest and self.tokens.lower[k + 1] in self.offices.portfolios else 0
        return 0

    def _topic(self, k: int, conjunction: int) -> bool:
        if not self.tokens.capital[k]:
            return False
        topical = self.tokens.lower[k] in self.offices.portfolios or self.together(k, conjunction)
        return topical and not (self.found[k] and not self.together(k, conjunction))


def calendar_words() -> frozenset[str]:
    """The names of months and weekdays, which are never part of a name of an institution."""
    words = layout_words()
    return frozenset(words.month_numbers) | frozenset(words.weekday_numbers)
