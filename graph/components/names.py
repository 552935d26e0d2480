"""The component that finds named people, institutions, territories and instruments."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from graph.model import EntityKind
from graph.notes import Notes, Reference, Referent

_KINDS: dict[str, tuple[EntityKind, str]] = {
    "PERSON": ("person", "Person"),
    "ORG": ("institution", "Institution"),
    "GPE": ("territory", "State"),
    "LOC": ("territory", "Region"),
    "FAC": ("territory", "Facility"),
}
_PREFIXES: dict[EntityKind, str] = {"person": "p", "institution": "i", "territory": "t", "instrument": "x"}


@Language.component("diplograph_names", requires=["doc.ents"])
def note_names(doc: Doc) -> Doc:
    """Note every name as a reference with rule ``name``, and one referent per distinct name."""
    notes: Notes = doc._.notes
    for span in doc.ents:
        if span.label_ in _KINDS:
            _note(notes, _trimmed(span))
    return doc


def _trimmed(span: Span) -> Span:
    """The name without a leading article, a closing genitive or white space."""
    start, end = span.start, span.end
    while start < end - 1 and (span.doc[start].lower_ in {"the", "a", "an"} or span.doc[start].is_space):
        start += 1
    while end > start + 1 and (span.doc[end - 1].tag_ == "POS" or span.doc[end - 1].is_space):
        end -= 1
    return Span(span.doc, start, end, label=span.label)


def _note(notes: Notes, span: Span) -> None:
    kind, cls = _KINDS[span.label_]
    name = " ".join(span.text.split())
    referent = next((r for r in notes.referents.values() if r.kind == kind and r.name == name), None)
    if referent is None:
        referent = Referent(notes.new_key(_PREFIXES[kind]), kind, cls, name)
        notes.referents[referent.key] = referent
    notes.refer(Reference(span.start, span.end, span.root.i, (referent.key,), "name"))
