"""What stands before a title: "the former", "Japan's", "Russian", "deputy", "Economy, Trade and Industry"."""

from __future__ import annotations

from spacy.tokens import Token

from graph.components.holding.titles import NATIONAL, POSSESSIVES, Title, TitleScope
from graph.notes import Reference

_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "this", "that"})


class BeforeTitle(TitleScope):
    """Reads a title leftwards from its first word."""

    def read_nation(self, title: Title) -> None:
        """A rank is an office only where its state is said: "Chadian General X", "Chad's General X"."""
        i = title.start - 1
        reference = self.notes.at(i) if i >= self.begin else None
        owned = i > self.begin and self.doc[i].lower_ in POSSESSIVES
        if owned or (reference is not None and reference.rule == "demonym"):
            self._state_before(title, title.start)

    def read(self, title: Title) -> None:
        """Add modifiers and topics to the title, and find its determiner, its time and its state."""
        i = title.start
        listed = False
        while i > self.begin:
            token = self.doc[i - 1]
            if token.lower_ in self.words.modifiers and token.pos_ != "AUX":
                i -= 1
            elif (
                token.lower_ == "-" and i - 2 >= self.begin and self.doc[i - 2].lower_ in self.words.modifiers
            ):
                i -= 2
            elif self._is_topic(token, title):
                i -= 1
            elif token.lower_ in {"and", "&"} and self._joins(i - 1, title):
                listed = True
                i -= 2
            elif token.lower_ == "," and listed and self._joins(i - 1, title):
                i -= 2
            else:
                break
        while self.doc[i].text == "-":  # of "then-Chancellor"
            i += 1
        title.start = title.left = i
        self._frame(title)

    def _joins(self, i: int, title: Title) -> bool:
        """Whether an "and" or comma stands between two words of what an office is for."""
        if i <= self.begin:
            return False
        before, after = self.doc[i - 1], self.doc[i + 1]
        portfolios = self.words.portfolios
        return (
            before.lower_ in portfolios
            and after.lower_ in portfolios
            and before.is_title == after.is_title
            and self.state_of(before.i, title) is None
        )

    def _is_topic(self, token: Token, title: Title) -> bool:
        reference = self.notes.at(token.i)
        if reference is not None and not self._swallows(reference, title):
            return False
        if token.lower_ in self.words.portfolios:
            return True
        capital = token.is_title or token.is_upper or token.lower_ == "-"
        return (
            capital
            and token.ent_type_ != "NORP"
            and self.doc[title.head].is_title
            and token.pos_ in {"PROPN", "NOUN", "ADJ", "PUNCT"}
            and (token.lower_ == "-" or len(token) > 1)
            and token.lower_ not in self.words.honorifics
            and token.lower_ not in self.words.times
            and token.i > self.begin
        )

    def _swallows(self, reference: Reference, title: Title) -> bool:
        """Whether a name is only what an office is for: "Economy, Trade and Industry", "Indo-Pacific"."""
        if reference.end > title.start and reference.start < title.start:
            return True  # the recogniser took the title for part of a name
        referents = [self.notes.referents[k] for k in reference.keys]
        if all(r.kind == "territory" and r.cls not in {"State", "City"} for r in referents):
            return title.office.kind not in {"local", "state", "government"}
        words = [self.doc[i].lower_ for i in range(reference.start, reference.end)]
        topical = self.words.portfolios | {"and", ",", "&", "of"}
        return all(r.kind != "person" and r.known is None for r in referents) and all(
            w in topical for w in words
        )

    def _frame(self, title: Title) -> None:
        """Determiner, state and time words, which belong to the phrase but not to the title."""
        i = title.left
        while i > self.begin:
            token = self.doc[i - 1]
            low = token.lower_
            if low in self.words.times or low == "ex":
                title.dated = title.dated or (low if low in {"former", "ex", "then", "late"} else None)
                i -= 1
            elif low == "-" and i - 2 >= self.begin and self.doc[i - 2].lower_ in {"ex", "then", "elect"}:
                title.dated = self.doc[i - 2].lower_
                i -= 2
            elif low in _DETERMINERS:
                title.determiner = low
                i -= 1
                break
            elif title.plural and token.pos_ == "NUM" and not token.text[0].isdigit():  # "the two ministers"
                i -= 1
            elif low == "whose":
                title.determiner = low
                self._antecedent(title, i - 2)
                i -= 1
                break
            elif self._state_before(title, i):
                i = title.left
                if title.determiner:
                    break
            else:
                title.determiner = low if low in POSSESSIVES else None  # of an owner who is told of elsewhere
                break
        title.left = i
        if title.determiner == "its" and not title.of:
            self._owner(title)

    def _antecedent(self, title: Title, i: int) -> None:
        """Read "Gabon, whose president"; ``i`` is the token before "whose"."""
        if i > self.begin and self.doc[i].text == ",":
            i -= 1
        if i >= self.begin and not title.of:
            title.of = list(self.state_of(i, title) or ())

    def _owner(self, title: Title) -> None:
        """Read "The party ... and its leader", where the sentence names one body before it."""
        before = [
            r
            for r in self.notes.references
            if self.begin <= r.start < title.left and self.notes.at(r.start) is r  # not inside a longer name
        ]
        bodies = {r.keys for r in before if self.notes.referents[r.keys[0]].kind == "institution"}
        if len(bodies) == 1 and title.office.kind not in NATIONAL:
            title.of = list(next(iter(bodies)))

    def _state_before(self, title: Title, i: int) -> bool:
        """Read "Russian", "Japan's", "Kremlin" or "Foreign Ministry" right before token ``i``."""
        j = i - 1
        if j > self.begin and self.doc[j].lower_ in POSSESSIVES:
            j -= 1
        if j < self.begin:
            return False
        keys = self.state_of(j, title)
        if keys is None:
            return False
        reference = self.notes.at(j)
        assert reference is not None
        if not title.of:
            title.of = list(keys)
        title.left = reference.start
        if title.plural:
            self._joined_before(title)
        return True

    def _joined_before(self, title: Title) -> None:
        """Read the first of "Japan-Russia", "Egyptian, Syrian and Jordanian" before a plural title."""
        joints, i = {"-", "–", "and"}, title.left - 1
        while i - 1 >= self.begin and self.doc[i].lower_ in joints:
            if self.doc[i - 1].text == ",":
                i -= 1
            keys = self.state_of(i - 1, title)
            reference = self.notes.at(i - 1)
            if keys is None or reference is None:
                return
            title.of = [*keys, *title.of]
            title.left = reference.start
            joints, i = {","}, title.left - 1
