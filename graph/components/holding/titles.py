"""Titles of offices as they stand in a text, and the stretch of text in which one is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from graph.notes import Notes, Referent
from ontology.office_words import Office, OfficeWords

NATIONAL = frozenset(
    {"state", "government", "minister", "deputy", "envoy", "spokesperson", "legislator", "royal"}
)
"""Kinds of office that a state has."""

POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


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


class TitleScope:
    """One sentence and what is known in it: where a title and what belongs to it are looked for."""

    def __init__(self, doc: Doc, notes: Notes, words: OfficeWords, begin: int, end: int) -> None:
        self.doc, self.notes, self.words = doc, notes, words
        self.begin, self.end = begin, end

    def state_of(self, token: int, title: Title) -> tuple[str, ...] | None:
        """The keys of a state or institution that a token names, if an office can be held for it."""
        reference = self.notes.at(token)
        if reference is None:
            return None
        referents = [self.notes.referents[k] for k in reference.keys]
        if all(can_hold(title.office, r) for r in referents):
            return reference.keys
        return None


def end_of_sentence(notes: Notes, title: Title) -> int:
    """The token after the sentence of a title."""
    sentence = notes.sentence_of(title.head)
    return sentence.end if sentence else title.right


def can_hold(office: Office, referent: Referent) -> bool:
    """Whether an office can be held for a state or body of that class."""
    if referent.kind == "institution":
        return True
    if referent.kind != "territory":
        return False
    if referent.cls == "State":
        return True
    if referent.cls == "Region" and office.kind in {
        "state",
        "government",
        "minister",
    }:  # "the premier of Ontario"
        return True
    return office.kind in {"local", "leader", "military"} or (
        referent.cls == "City" and office.kind in NATIONAL
    )
