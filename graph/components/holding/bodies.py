"""Institutions that only the title of who heads them shows: "Commander ABCD General X"."""

from __future__ import annotations

from spacy.attrs import LOWER  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc

from graph.components.columns import column
from graph.components.holding.titles import Title
from graph.notes import Notes, Reference, Referent
from ontology.name_words import NameWords
from ontology.office_words import OfficeWords

_LEADING = frozenset({"leader", "official", "spokesperson"})
_INSIDE = frozenset({"-", "–", "of", "for", "and", "the", "on"})
_LONGEST = 8  # tokens of a body's name


class Bodies:
    """Notes the bodies that the titles of one document are held for, where no name was found."""

    def __init__(self, doc: Doc, notes: Notes, offices: OfficeWords, names: NameWords) -> None:
        self.doc, self.notes = doc, notes
        self.offices, self.names = offices, names
        self._lower = column(doc, LOWER)

    def complete(self, title: Title) -> None:
        """Give a title without state or body the body that stands in, after or behind it."""
        if not title.of:
            self._inside(title)
        if not title.of:
            self._acronym(title)
        if not title.of and title.office.kind in _LEADING:
            self._behind(title)

    def _inside(self, title: Title) -> None:
        """Split "National Economic Council Director" into a body and a title."""
        for i in range(title.head - 1, title.start, -1):
            if not self.doc[i].text[0].isupper():
                continue
            head = self.names.institutions.ending(self._lower, i, "proper")
            if head is not None and i + 1 - title.start > 1 and head.start >= title.start:
                self._note(title, title.start, i + 1, head.cls)
                title.start = i + 1
                return

    def _acronym(self, title: Title) -> None:
        """Read a body between title and rank or name."""
        i = title.right
        if i + 1 >= len(self.doc) or not self.doc[i].is_upper or len(self.doc[i]) < 3:
            return
        after = self.notes.referents_at(i + 1)
        if self._lower[i + 1] in self.offices.forms or (after and after[0].kind == "person"):
            self._note(title, i, i + 1, "Institution")
            title.right = i + 1

    def _behind(self, title: Title) -> None:
        """Read "of the Japan-Russia society", whose noun is not written as a name."""
        i = title.end
        if i + 2 >= len(self.doc) or self._lower[i] != "of":
            return
        start = i + 2 if self._lower[i + 1] == "the" else i + 1
        end = min(start + _LONGEST, len(self.doc))
        for j in range(start, end):
            head = self.names.institutions.ending(self._lower, j, "proper")
            if j > start and head is not None and self._is_named(start, j):
                self._note(title, start, j + 1, head.cls)
                title.right = j + 1
                return
            if (
                not self.doc[j].text[0].isupper()
                and self._lower[j] not in _INSIDE
                and self.doc[j].pos_ != "NOUN"
            ):
                return

    def _is_named(self, start: int, last: int) -> bool:
        """Whether a phrase has a name in it, and more than the name of a state before its noun."""
        capital = any(t.text[0].isupper() for t in self.doc[start:last])
        compound = any(t.text in {"-", "–"} for t in self.doc[start:last])
        covered = self.notes.at(start)
        return capital and (compound or covered is None or covered.end <= last)

    def _note(self, title: Title, start: int, end: int, cls: str) -> None:
        name = " ".join(self.doc[start:end].text.split())
        referents = self.notes.referents.values()
        referent = next((r for r in referents if r.kind == "institution" and r.name == name), None)
        if referent is None:
            referent = Referent(self.notes.new_key("i"), "institution", cls, name)
            self.notes.referents[referent.key] = referent
        covering = {self.notes.at(i) for i in range(start, end)}
        if not any(r and r.keys == (referent.key,) for r in covering):
            for old in covering:
                if old is not None and old.rule == "name" and start <= old.start and old.end <= end:
                    self.notes.drop(old)
                    self.notes.forget_unused(old.keys)
            self.notes.refer(Reference(start, end, end - 1, (referent.key,), "name"))
        title.of = [referent.key]
