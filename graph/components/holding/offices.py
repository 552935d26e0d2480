"""The component that notes offices: which title, who holds it, for which state or institution."""

from __future__ import annotations

from dataclasses import replace

from spacy.attrs import LEMMA  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import Language
from spacy.tokens import Doc

from graph.components.columns import indexes_of
from graph.components.holding.bodies import Bodies
from graph.components.holding.counterparts import note_counterparts
from graph.components.holding.holders import Holding, holdings
from graph.components.holding.joined_titles import joined
from graph.components.holding.title_search import find_titles
from graph.components.holding.titles import Title
from graph.notes import Notes, OfficeNote, Reference
from ontology.name_words import NameWords, load_name_words
from ontology.office_words import OfficeWords, load_office_words

_GIVEN_NAMES = frozenset(
    {"dean", "major", "prince", "king", "duke", "earl", "judge", "marshal", "chancellor"}
)


@Language.factory("diplograph_offices", requires=["token.pos", "token.dep"])
def create_offices(nlp: Language, name: str) -> Offices:  # noqa: ARG001  the form of a factory
    """Make the component with the words of this package."""
    return Offices(load_office_words(), load_name_words())


class Offices:
    """Finds titles and their holders, and takes titles out of names that hold them."""

    def __init__(self, words: OfficeWords, names: NameWords) -> None:
        self.words, self.names = words, names

    def __call__(self, doc: Doc) -> Doc:
        """Note the offices of a Doc, those without a holder too; correct names by them."""
        notes: Notes = doc._.notes
        self._correct_names(doc, notes)
        bodies = Bodies(doc, notes, self.words, self.names)
        titles = []
        for title in find_titles(doc, notes, self.words):
            self._correct_bodies(doc, notes, title)
            bodies.complete(title)
            titles.append((title, _holdings(doc, notes, title, self.words)))
        for title, held in joined(doc, notes, titles):
            notes.offices += [_note(doc, title, h) for h in held] or [_note(doc, title, None)]
        self._headed(doc, notes)
        note_counterparts(doc, notes, self.words)
        return doc

    def _correct_names(self, doc: Doc, notes: Notes) -> None:
        """Cut titles and forms of address off the front of persons' names ("Shah Reza Pahlavi")."""
        for reference in list(notes.references):
            if reference.rule != "name" or notes.referents[reference.keys[0]].kind != "person":
                continue
            if self._is_only_title(doc, notes, reference):
                notes.drop(reference)
                notes.forget_unused(reference.keys)
                continue
            start = reference.start
            while start < reference.end - 1:
                step = self._title_length(doc, start, reference.end)
                if step == 0:
                    break
                start += step
            if start > reference.start:
                _shorten(doc, notes, reference, start, reference.end)

    def _is_only_title(self, doc: Doc, notes: Notes, reference: Reference) -> bool:
        """Whether a "name" is but a title, as in "Emir of Qatar", "Grand Mufti X"."""
        words = tuple(t.lower_ for t in doc[reference.start : reference.end])
        followed = reference.end < len(doc) and doc[reference.end].lower_ == "of"
        if not followed and len(words) > 1:  # "Grand Mufti X"
            after = notes.at(reference.end) if reference.end < len(doc) else None
            followed = after is not None and notes.referents[after.keys[0]].kind == "person"
        return followed and any(form.words == words for form in self.words.forms.get(words[0], ()))

    def _title_length(self, doc: Doc, i: int, end: int) -> int:
        low = doc[i].lower_
        if low in _GIVEN_NAMES and end - i == 2:
            return 0
        for form in self.words.forms.get(low, ()):
            n = len(form.words)
            if i + n < end and tuple(t.lower_ for t in doc[i : i + n]) == form.words:
                return n
        return int(low in self.words.honorifics)

    def _correct_bodies(self, doc: Doc, notes: Notes, title: Title) -> None:
        """Cut a title off the end of a body's name, and drop "names" that are only part of a title."""
        for reference in {notes.at(i) for i in range(title.start, title.end)} - {None}:
            assert reference is not None
            kinds = {notes.referents[k].kind for k in reference.keys}
            if reference.rule != "name" or "person" in kinds:
                continue
            inside = reference.start >= title.start and reference.end <= title.end
            if inside and doc[reference.start - 1].lower_ in {"of", "the"} and _is_known(notes, reference):
                title.of = title.of or list(reference.keys)  # "Member of the European Parliament"
            elif inside and kinds == {"institution"}:
                notes.drop(reference)
                notes.forget_unused(reference.keys)
            elif _names_office(doc, reference, title):
                continue
            elif reference.start < title.start < reference.end <= title.end:
                kept = _shorten(doc, notes, reference, reference.start, title.start)
                title.of = title.of or list(kept.keys)

    def _headed(self, doc: Doc, notes: Notes) -> None:
        """Note "an institution headed by a person" as the title ``head``."""
        for i in indexes_of(doc, LEMMA, self.words.heading):
            token = doc[i]
            if token.tag_ != "VBN":
                continue
            agent = next((c for c in token.children if c.dep_ == "agent"), None)
            person = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent else None
            subject = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
            body = subject or (token.head if token.dep_ in {"acl", "relcl"} else None)
            if person is None or body is None:
                continue
            holders = [r for r in notes.referents_at(person.i) if r.kind == "person"]
            bodies = [r for r in notes.referents_at(body.i) if r.kind == "institution"]
            if holders and bodies:
                holder, of = holders[0].key, bodies[0].key
                notes.offices.append(
                    OfficeNote(i, i + 1, "head", holder, of, "headed-by", i, i + 1, i, "leader", states=(of,))
                )


def _names_office(doc: Doc, reference: Reference, title: Title) -> bool:
    """Whether a body is called after an office: "Office of the President"."""
    before = [t.lower_ for t in doc[max(reference.start, title.start - 2) : title.start]]
    return reference.end == title.end and before[-2:] == ["of", "the"]


def _is_known(notes: Notes, reference: Reference) -> bool:
    """Whether the gazetteer knows the body that a reference names."""
    referents = [notes.referents[key] for key in reference.keys]
    return all(r.kind == "institution" and r.known is not None for r in referents)


def _holdings(doc: Doc, notes: Notes, title: Title, words: OfficeWords) -> list[Holding]:
    """The holdings that are offices: a rank alone, or membership of nothing, is none."""
    found = holdings(doc, notes, title, words)
    if title.office.gender:
        for holding in found:
            notes.referents[holding.holder].gender = (
                notes.referents[holding.holder].gender or title.office.gender
            )
    bare = {"rank", "leader", "royal"} if title.office.title not in {"leader of the opposition"} else set()
    return [h for h in found if h.of is not None or title.office.kind not in bare]


def _note(doc: Doc, title: Title, holding: Holding | None) -> OfficeNote:
    return OfficeNote(
        start=title.start,
        end=title.end,
        title=title.text(doc),
        holder=holding.holder if holding else None,
        of=holding.of if holding else title.of[0] if len(title.of) == 1 else None,
        rule=holding.rule if holding else "title",
        left=title.left,
        right=title.right,
        head=title.head,
        kind=title.office.kind,
        plural=title.plural,
        states=tuple(title.of),
    )


def _shorten(doc: Doc, notes: Notes, old: Reference, start: int, end: int) -> Reference:
    """Shorten a name; its referent becomes the one that already has the shorter name, or takes it."""
    name = " ".join(doc[start:end].text.split())
    key = old.keys[0]
    kind = notes.referents[key].kind
    same = next(
        (r for r in notes.referents.values() if r.kind == kind and r.name == name and r.key != key), None
    )
    new = replace(old, start=start, end=end, head=min(max(old.head, start), end - 1))
    if same is not None:
        new = replace(new, keys=(same.key,))
    notes.replace(old, new)
    if same is not None:
        notes.forget_unused(old.keys)
    elif notes.referents[key].name == " ".join(doc[old.start : old.end].text.split()):
        notes.referents[key].name = name
    return new
