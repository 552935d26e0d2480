"""Second names that a text itself gives a thing: "also known as X", "which Japan calls its Y", "Y (X)"."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.attrs import LEMMA  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc

from graph.components.columns import indexes_of
from graph.notes import Notes, Reference, RelationNote
from ontology.relation_words import RelationWords

_SKIPPED = frozenset({",", "(", "the", "as", "“", '"', "'"})
_LONGEST = 4  # words of a second name that was not taken for one


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Unites the referents of one document that its own words call the same."""

    doc: Doc
    notes: Notes
    words: RelationWords

    def unite(self) -> None:
        """Read "also known as", "which ... calls" and brackets after every name of a place or body."""
        for reference in list(self.notes.references):
            if reference.rule in {"name", "alias"} and self._kind(reference) in {"territory", "institution"}:
                self._known_as(reference)
                self._in_brackets(reference)
        for i in indexes_of(self.doc, LEMMA, self.words.same.verbs):
            sentence = self.notes.sentence_of(i)
            if sentence is not None and self.doc[i].pos_ == "VERB":
                self._called(i, sentence.start, sentence.end)

    def _kind(self, reference: Reference) -> str | None:
        referent = self.notes.referents.get(reference.keys[0])
        return referent.kind if referent and len(reference.keys) == 1 else None

    def _known_as(self, reference: Reference) -> None:
        i = self._skip(reference.end)
        lower = [t.lower_ for t in self.doc[i : i + 4]]
        phrase = next((p for p in self.words.same.between if tuple(lower[: len(p)]) == p), None)
        if phrase is None:
            return
        i += len(phrase)
        after = self._name_at(reference, self._skip(i))
        while after is not None and self._goes_on(after):  # "X in Chinese and Y in Vietnamese"
            after = self._name_at(reference, self._skip(after + 3))

    def _goes_on(self, i: int) -> bool:
        return i + 3 < len(self.doc) and self.doc[i].lower_ == "in" and self.doc[i + 2].lower_ in {"and", ","}

    def _skip(self, i: int) -> int:
        while i < len(self.doc) and self.doc[i].lower_ in _SKIPPED:
            i += 1
        return i

    def _name_at(self, full: Reference, i: int) -> int | None:
        """Take what stands at token ``i`` for one more name; the token after it."""
        if i >= len(self.doc):
            return None
        other = self.notes.at(i)
        if other is not None:
            return other.end if self._merge(full, other) else None
        end = i
        while end < min(i + _LONGEST, len(self.doc)) and self.doc[end].text[0].isupper():
            end += 1
        if end == i:
            return None
        key = full.keys[0]
        self.notes.referents[key].aliases.add(self.doc[i:end].text)
        self.notes.refer(Reference(i, end, end - 1, (key,), "alias", via=full.start))
        return end

    def _merge(self, full: Reference, other: Reference) -> bool:
        a, b = self.notes.referents.get(full.keys[0]), self.notes.referents.get(other.keys[0])
        if a is None or b is None or a.kind != b.kind or len(other.keys) > 1:
            return False
        if a.known and b.known and a.known != b.known:
            return False
        if b.known and not a.known:
            a, b = b, a
        self.notes.merge(a.key, b.key)
        return True

    def _in_brackets(self, reference: Reference) -> None:
        """Read "Murghab (Morghab)": one capitalised word that is no acronym, and no other known place."""
        i = reference.end
        if i + 2 >= len(self.doc) or self.doc[i].text != "(" or self.doc[i + 2].text != ")":
            return
        word, other = self.doc[i + 1], self.notes.at(i + 1)
        if not word.text.istitle() or word.pos_ != "PROPN" or len(word) < 3:
            return
        if other is None:
            self._name_at(reference, i + 1)
            return
        a, b = self.notes.referents.get(reference.keys[0]), self.notes.referents.get(other.keys[0])
        if a is not None and b is not None and b.known is None and b.kind != "person":
            self.notes.merge(a.key, b.key)

    def _called(self, verb: int, begin: int, end: int) -> None:
        """Read "..., which Japan calls its northern territories"; "its" says that it is claimed."""
        which = next(
            (i for i in range(verb - 1, max(verb - 5, begin), -1) if self.doc[i].tag_ == "WDT"), None
        )
        if which is None or verb + 1 >= end:
            return
        own = self.doc[verb + 1].lower_ == "its"
        j = verb + 2 if own else self._skip(verb + 1)
        other = self.notes.at(j) if j < end else None
        namer = self.notes.referents_at(verb - 1)
        if other is None or other.keys[0] not in self.notes.referents:
            return
        full = self._antecedent(which, begin, other)
        if full is None or not self._merge(full, other):
            return
        key = self.notes.at(full.start)
        if own and namer and namer[0].cls == "State" and key is not None:
            self.notes.relations.append(
                RelationNote(key.keys[0], "claimedBy", namer[0].key, verb, "same.own")
            )

    def _antecedent(self, which: int, begin: int, other: Reference) -> Reference | None:
        """The name before "which" that can have the second one: itself, of its class, or of its kind."""
        second = self.notes.referents[other.keys[0]]
        choices: list[tuple[int, int, Reference]] = []
        for i in range(begin, which):
            reference = self.notes.at(i)
            first = self.notes.referents.get(reference.keys[0]) if reference else None
            if reference is None or first is None or first.kind != second.kind or first.cls == "State":
                continue
            if first.key != second.key and first.known and second.known:
                continue
            rank = 2 if first.key == second.key else int(first.cls == second.cls)
            choices.append((rank, i, reference))
        return max(choices, key=lambda c: c[:2])[2] if choices else None
