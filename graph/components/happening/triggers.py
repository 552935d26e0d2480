"""Triggers in the text: whether the words of a lexicon entry stand at a token, and which tokens they take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.attrs import LEMMA, LOWER  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.strings import StringStore
from spacy.tokens import Doc, Token

from graph.components.happening import doers
from ontology.frames import Trigger
from ontology.lexicon import Lexicon

_DATED, _DATING = frozenset({"DATE", "TIME"}), frozenset({"on", "in", "at"})
_POS = {
    "VERB": frozenset({"VERB", "AUX"}),
    "NOUN": frozenset({"NOUN", "PROPN"}),
    "ADJ": frozenset({"ADJ"}),
    "ADV": frozenset({"ADV"}),
    "ADP": frozenset({"ADP", "SCONJ", "ADV", "VERB"}),
    "NUM": frozenset({"NUM"}),
}


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger in the text: the token that its arguments hang on, all its tokens, and the span to show."""

    trigger: Trigger
    head: Token
    tokens: frozenset[int]

    @property
    def span(self) -> tuple[int, int]:
        """The tokens of the trigger where they stand together, else its head."""
        first, last = min(self.tokens), max(self.tokens) + 1
        return (first, last) if last - first == len(self.tokens) else (self.head.i, self.head.i + 1)


class TriggerTable:
    """The triggers of a lexicon by spaCy's numbers for their first words: a look-up reads no string."""

    def __init__(self, lexicon: Lexicon, strings: StringStore) -> None:
        self._rows: dict[int, list[Trigger]] = {}
        for word, triggers in lexicon.table.items():
            for form in (word, f"{word}s"):  # the lemma of a name's last word ("Summit Talks") is its plural
                self._rows.setdefault(strings.add(form), []).extend(triggers)
        for row in self._rows.values():
            row.sort(key=lambda t: -t.weight)

    def candidates(self, doc: Doc) -> list[tuple[Token, list[Trigger]]]:
        """The tokens of a Doc that may begin a trigger, with those triggers, the most particular first."""
        found = []
        for i, (lemma, lower) in enumerate(doc.to_array([LEMMA, LOWER]).tolist()):
            triggers = self._rows.get(lemma, [])
            if lower != lemma and lower in self._rows:
                triggers = triggers + [t for t in self._rows[lower] if t not in triggers]
            if triggers:
                found.append((doc[i], triggers))
        return found


def matches(token: Token, triggers: list[Trigger], *, phrases: bool) -> Iterator[Match]:
    """Those of some triggers that stand at a token: those of several words, or of one."""
    lower, pos = token.lower_, _pos(token)
    fitting = [t for t in triggers if (len(t.words) > 1) is phrases and _fits(t, lower, pos)]
    near = _near(token) if phrases and fitting else frozenset()
    for trigger in fitting:
        if len(trigger.words) == 1:
            yield Match(trigger, token, frozenset({token.i}))
        elif not trigger.words[1].isdisjoint(near):
            match = _verb_phrase(trigger, token) if "VERB" in trigger.pos else _sequence(trigger, token)
            if match is not None:
                yield match


def _fits(trigger: Trigger, lower: str, pos: str) -> bool:
    if trigger.forms and lower not in trigger.forms:
        return False
    return pos in _accepted(trigger.pos) or (len(trigger.words) > 1 and "VERB" not in trigger.pos)


def _pos(token: Token) -> str:
    """The part of speech; none for a noun before its noun: "election commission", "cooperation agreement"."""
    pos = token.pos_
    return "" if pos == "NOUN" and token.dep_ == "compound" else pos


@cache
def _accepted(pos: frozenset[str]) -> frozenset[str]:
    return frozenset(tag for p in pos for tag in _POS[p])


def _near(token: Token) -> frozenset[str]:
    """The words that may be the second of a phrase: those below its first, and the one after it."""
    near = [*token.children, *doers.objects(token), *token.doc[token.i + 1 : token.i + 2]]
    return frozenset(word for t in near for word in _words(t))


def _verb_phrase(trigger: Trigger, token: Token) -> Match | None:
    """A verb with its particle, preposition or object, in any order, words between them or not."""
    taken = [token]
    for words in trigger.words[1:]:
        below = [c for t in taken for c in t.children] + doers.objects(token)
        found = next(
            (c for c in below if _is_one_of(c, words) and c not in taken and not _is_apart(c, taken)), None
        )
        if found is None:
            return None
        taken.append(found)
    return Match(trigger, token, frozenset(t.i for t in taken))


def _is_apart(token: Token, taken: list[Token]) -> bool:
    """Whether a word is who acts, a preposition of a date, or a verb with a subject of its own.

    "Both sides work" is no work side by side, "announced that Fiji would support" announces no support, "had
    to take up the matter" takes it to nobody.
    """
    if token.dep_ == "nsubj":
        return token.head in taken
    if token.tag_ == "TO" and token.dep_ == "aux":
        return True
    if token.dep_ == "prep" and any(c.dep_ == "pobj" and c.ent_type_ in _DATED for c in token.children):
        return token.lower_ in _DATING
    return token.dep_ == "ccomp" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)


def _sequence(trigger: Trigger, token: Token) -> Match | None:
    """Words that follow each other."""
    end = token.i + len(trigger.words)
    span = token.doc[token.i : end]
    if len(span) < len(trigger.words) or not all(map(_is_one_of, span, trigger.words)):
        return None
    head = span.root
    return (
        Match(trigger, head, frozenset(range(token.i, end))) if _pos(head) in _accepted(trigger.pos) else None
    )


def _is_one_of(token: Token, words: frozenset[str]) -> bool:
    return any(word in words for word in _words(token))


def _words(token: Token) -> tuple[str, str, str]:
    lower = token.lower_
    return lower, token.lemma_.lower(), lower.removesuffix("s")
