"""Titles of offices in a text: where they stand, what belongs to them, and for whom they are held.

A grammar over tokens, without the parser: ``[the] [former] [Japan's | Russian | NAME] [deputy] [economy,
trade and industry] MINISTER [of TOPIC] [of the Russian Federation] [to Japan]``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from graph.notes import Notes, Reference, Referent
from ontology.office_words import Office, OfficeForm, OfficeWords

_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "this", "that", "country"})
_NATIONAL = frozenset(
    {"state", "government", "minister", "deputy", "envoy", "spokesperson", "legislator", "royal"}
)
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


@dataclass(slots=True)
class Title:
    """A title as it stands in the text, in token indexes.

    ``start``/``end`` enclose the title proper, ``left``/``right`` also its determiner, its state and what
    follows; ``of`` are the keys of the states or institutions it is held for (several after a plural) and
    ``to`` those it is sent to; ``dated`` the word that says it is not held now ("former").
    """

    start: int
    end: int
    head: int
    form_start: int
    form_end: int
    office: Office
    plural: bool
    left: int
    right: int
    of: list[str] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    determiner: str | None = None
    dated: str | None = None

    def text(self, doc: Doc) -> str:
        """The words of the title, on one line."""
        words = [t.text for t in doc[self.form_start : self.form_end]]
        whole = doc[self.start : self.end].text
        if self.plural:
            single = self.office.title.title() if words[0].istitle() else self.office.title
            whole = whole.replace(doc[self.form_start : self.form_end].text, single, 1)
        return " ".join(whole.split())


def find_titles(doc: Doc, notes: Notes, words: OfficeWords) -> Iterator[Title]:
    """All titles of the sentences of a document, in order; they never overlap."""
    for sentence in notes.sentences:
        i = sentence.start
        while i < sentence.end:
            form = _form_at(doc, i, sentence.end, words) if doc[i].lower_ in words.forms else None
            if form is None or not _may_be_title(doc, notes, i, form):
                i += 1
                continue
            title = _Reader(doc, notes, words, sentence.start, sentence.end).read(i, form)
            yield title
            i = max(title.right, i + len(form.words)) if title.right > title.end and title.of else title.end


def _form_at(doc: Doc, i: int, end: int, words: OfficeWords) -> OfficeForm | None:
    for form in words.forms[doc[i].lower_]:
        n = len(form.words)
        if i + n <= end and all(doc[i + k].lower_ == w for k, w in enumerate(form.words)):
            return form
    return None


def _may_be_title(doc: Doc, notes: Notes, i: int, form: OfficeForm) -> bool:
    """Whether the words are a noun of office here, not a verb, an adjective or part of somebody's name."""
    last = doc[i + len(form.words) - 1]
    if len(form.words) == 1 and last.pos_ not in {"NOUN", "PROPN"}:
        return last.is_title and last.pos_ == "ADJ" and notes.at(last.i + 1) is not None
    inside = notes.at(i)
    if inside is None or inside.rule != "name":
        return True
    kinds = {notes.referents[k].kind for k in inside.keys}
    if "person" in kinds:
        return i == inside.start and inside.end - i > len(form.words)
    # "Prime Minister's Office", "Council of Foreign Ministers": the title names the body
    if "institution" in kinds or "instrument" in kinds:
        return last.i == inside.end - 1 or inside.end <= i + len(form.words)
    return True


class _Reader:
    """Reads one title outwards from the words of its form."""

    def __init__(self, doc: Doc, notes: Notes, words: OfficeWords, begin: int, end: int) -> None:
        self.doc, self.notes, self.words = doc, notes, words
        self.begin, self.end = begin, end

    def read(self, i: int, form: OfficeForm) -> Title:
        stop = i + len(form.words)
        title = Title(i, stop, _head(form, i), i, stop, form.office, form.plural, i, stop)
        if form.office.kind != "rank":
            self._leftwards(title)
            self._rightwards(title)
        else:
            self._nation_before(title)
        return title

    def _nation_before(self, title: Title) -> None:
        """A rank is an office only where its state is said: "Chadian General X", "Chad's General X"."""
        i = title.start - 1
        reference = self.notes.at(i) if i >= self.begin else None
        owned = i > self.begin and self.doc[i].lower_ in _POSSESSIVES
        if owned or (reference is not None and reference.rule == "demonym"):
            self._state_before(title, title.start)

    # --- what stands before ---------------------------------------------------------------------------

    def _leftwards(self, title: Title) -> None:
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
            and self._state_of(before.i, title) is None
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
            return title.office.kind != "local"
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
            elif low in _DETERMINERS and low != "country":
                title.determiner = low
                i -= 1
                break
            elif self._state_before(title, i):
                i = title.left
                if title.determiner:
                    break
            else:
                break
        title.left = i

    def _state_before(self, title: Title, i: int) -> bool:
        """Read "Russian", "Japan's", "Kremlin" or "Foreign Ministry" right before token ``i``."""
        j = i - 1
        if j > self.begin and self.doc[j].lower_ in _POSSESSIVES:
            j -= 1
        if j < self.begin:
            return False
        keys = self._state_of(j, title)
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
        """Read the first of "Japan-Russia", "Egyptian and Jordanian" before a plural title."""
        i = title.left - 1
        if i - 1 < self.begin or self.doc[i].lower_ not in {"-", "–", "and"}:
            return
        keys = self._state_of(i - 1, title)
        reference = self.notes.at(i - 1)
        if keys is not None and reference is not None:
            title.of = [*keys, *title.of]
            title.left = reference.start

    def _state_of(self, token: int, title: Title) -> tuple[str, ...] | None:
        """The keys of a state or institution that a token names, if an office can be held for it."""
        reference = self.notes.at(token)
        if reference is None:
            return None
        referents = [self.notes.referents[k] for k in reference.keys]
        if all(_can_have(title.office, r) for r in referents):
            return reference.keys
        return None

    # --- what stands after ----------------------------------------------------------------------------

    def _rightwards(self, title: Title) -> None:
        i = title.end
        for _ in range(4):
            if i >= self.end - 1:
                break
            j = self._complement(title, i)
            if j == i:
                break
            i = j
        title.right = i

    def _complement(self, title: Title, i: int) -> int:
        """Read one "of ...", "for ...", "to ..." at token ``i``; return the token after it, or ``i``."""
        word = self.doc[i].lower_
        if word in {"of", "for", "at", "to", "in"} and self.doc[i + 1].lower_ == "charge":
            return self._charge(title, i)
        if word in {"of", "at"} or (word == "for" and title.office.kind not in _NATIONAL):
            j = self._named_after(title, i + 1)
            if j > i + 1:
                return j
        if word in {"of", "for"} and i == title.end:
            j = self._topic_after(i + 1)
            if j > i + 1:
                title.end = j
                return j
        to_whom = {"to", "for", "in", "on"} if title.office.kind == "envoy" else {"to"}
        if word in to_whom and title.office.kind in {"envoy", "official", "deputy", "minister"}:
            return self._receiver(title, i)
        if word not in _PREPOSITIONS and i == title.end:
            reference = self.notes.at(i)
            body = reference is not None and not title.of and self._is_body_before_name(reference)
            if body and reference is not None:
                title.of = list(reference.keys)
                return reference.end
        return i

    def _named_after(self, title: Title, i: int) -> int:
        """Read the state or body in "of the ruling PARTY", "of Egypt and Jordan"."""
        j = i
        while j < min(i + 5, self.end) and self.notes.at(j) is None:
            if (
                self.doc[j].pos_ not in {"DET", "ADJ", "NOUN", "PRON", "VERB"}
                or self.doc[j].lower_ == "charge"
            ):
                return i
            if self.doc[j].lower_ in self.words.portfolios:
                return i
            j += 1
        keys = self._state_of(j, title) if j < self.end else None
        if keys is None:
            return i
        if self._is_part_of_compound(j):
            return i
        reference = self.notes.at(j)
        assert reference is not None
        if self.doc[j].pos_ == "ADJ" or reference.rule == "demonym":
            after = self._state_of(reference.end, title) if reference.end < self.end else None
            if after is None:
                return i
            keys, reference = after, self.notes.at(reference.end) or reference
        if not title.of:
            title.of = list(keys)
        return self._coordinated(title, reference.end)

    def _is_part_of_compound(self, j: int) -> bool:
        """Whether a name only begins a compound, as the first of two states in "A-B society"."""
        reference = self.notes.at(j)
        return (
            reference is not None and reference.end < self.end and self.doc[reference.end].text in {"-", "–"}
        )

    def _coordinated(self, title: Title, i: int) -> int:
        """Read on over "and Jordan": one more state of a plural title, or the rest of a state's long name."""
        while i < self.end - 1 and self.doc[i].lower_ in {",", "and", "&"}:
            j = i + 1
            while j < self.end - 1 and self.doc[j].lower_ in {"and", "the"}:
                j += 1
            reference = self.notes.at(j)
            if reference is None:
                break
            if not title.plural:
                kinds = {self.notes.referents[k].kind for k in reference.keys}
                return reference.end if kinds == {"territory"} and self.doc[i].text != "," else i
            keys = self._state_of(j, title)
            if keys is None:
                break
            title.of.extend(keys)
            i = reference.end
        return i

    def _topic_after(self, i: int) -> int:
        """Read "Economy, Trade and Industry", "East Asian and Pacific Affairs"; return the token after it."""
        j = i
        if j < self.end and self.doc[j].lower_ == "the":
            j += 1
        stop = i
        while j < self.end:
            token = self.doc[j]
            if stop == j and self._ends_region(j):
                break
            if self._is_topical(token):
                j += 1
                stop = j
            elif token.lower_ in {"and", "&"} and stop == j and j + 1 < self.end:
                if not self._is_topical(self.doc[j + 1]):
                    break
                j += 1
            elif token.lower_ == "," and stop == j and self._list_goes_on(j):
                j += 1
            else:
                break
        return stop

    def _ends_region(self, j: int) -> bool:
        """Whether a region's name ends before token ``j`` and a person's, not a topic, seems to begin."""
        before = self.notes.at(j - 1)
        if before is None or before.end != j or self.doc[j].lower_ in self.words.portfolios:
            return False
        return self.doc[j].pos_ == "PROPN" and self.notes.at(j) is None

    def _is_topical(self, token: Token) -> bool:
        if token.lower_ in self.words.forms and token.lower_ not in self.words.portfolios:
            return False
        if token.lower_ in self.words.portfolios:
            return True
        reference = self.notes.at(token.i)
        referents = [self.notes.referents[k] for k in reference.keys] if reference else []
        if any(r.kind == "person" for r in referents):
            return False
        if referents and all(r.kind == "territory" and r.cls in {"State", "City"} for r in referents):
            return False
        return (
            (token.is_title or token.is_upper) and token.pos_ in {"PROPN", "ADJ", "NOUN"}
        ) or token.lower_ == "-"

    def _list_goes_on(self, comma: int) -> bool:
        """Whether a comma stands inside a list of topics: a topic, and an "and" with one more, follow."""
        for j in range(comma + 1, min(comma + 8, self.end - 1)):
            if self.doc[j].lower_ in {"and", "&"}:
                return self.doc[j + 1].lower_ in self.words.portfolios
            if self.doc[j].lower_ not in self.words.portfolios and self.doc[j].text != ",":
                return False
        return False

    def _receiver(self, title: Title, i: int) -> int:
        j = i + 1
        while j < self.end and self.doc[j].pos_ == "DET":
            j += 1
        reference = self.notes.at(j) if j < self.end else None
        if reference is None or any(self.notes.referents[k].kind == "person" for k in reference.keys):
            return i
        title.to = list(reference.keys)
        return reference.end

    def _charge(self, title: Title, i: int) -> int:
        """Read "in charge of economic relations with Russia", which belongs to the title."""
        of = next((t for t in self.doc[i + 1 : min(i + 4, self.end)] if t.lower_ == "of"), None)
        if of is None:
            return i
        stop = i + 3
        while stop < self.end:
            token = self.doc[stop]
            if token.pos_ in {"VERB", "AUX", "SCONJ", "PUNCT", "PRON"} or token.tag_ == "WP":
                break
            stop += 1
        title.end = stop
        return stop

    def _is_body_before_name(self, reference: Reference) -> bool:
        """Whether a body stands between title and name: "Deputy Commander NATO General X"."""
        bodies = all(self.notes.referents[k].kind == "institution" for k in reference.keys)
        if not bodies or reference.end >= self.end:
            return False
        after = self.notes.at(reference.end)
        named = after is not None and all(self.notes.referents[k].kind == "person" for k in after.keys)
        return named or self.doc[reference.end].lower_ in self.words.forms


_PREPOSITIONS = frozenset({"of", "for", "at", "to", "in", "on", "with", "from", "by", "and", ","})


def _head(form: OfficeForm, start: int) -> int:
    """The token that is the head of the phrase: the noun before a preposition, else the last word."""
    for i, word in enumerate(form.words):
        if i and word in {"of", "to", "at", "without", "in", "d'affaires", "d’affaires"}:
            return start + i - 1
    return start + len(form.words) - 1


def _can_have(office: Office, referent: Referent) -> bool:
    if referent.kind == "institution":
        return True
    if referent.kind != "territory":
        return False
    if referent.cls == "State":
        return True
    return office.kind in {"local", "leader", "military"} or (
        referent.cls == "City" and office.kind in _NATIONAL
    )
