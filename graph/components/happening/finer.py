"""The component that gives events a finer class where who takes part, or their word, tells it: a summit."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from graph.components.happening.events import lexicon_or_error
from graph.notes import EventNote, Notes
from ontology.frames import Finer
from ontology.lexicon import Lexicon

_CARRIED = frozenset({"dobj", "nsubjpass"})
_ACTING = frozenset({"participant", "initiator", "recipient"})


@Language.factory("diplograph_finer")
def create_finer_classes(nlp: Language, name: str) -> FinerClasses:  # noqa: ARG001  the form of a factory
    """Make the component, with the lexicon of this package.

    Raises:
        LexiconError: a file of the lexicon does not have its form.
    """
    return FinerClasses(lexicon_or_error())


@dataclass(frozen=True, slots=True)
class FinerClasses:
    """Runs last, so that what is one event is told by the class that all its mentions share."""

    lexicon: Lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Set the class of each event that its type has a finer one for."""
        notes: Notes = doc._.notes
        for event in notes.events:
            kind = self.lexicon.types.get(event.cls)
            finer = kind.finer if kind else None
            if finer is not None and (_is_named(doc, event, finer) or _is_theirs(notes, event, finer)):
                event.cls = finer.cls
        return doc


def _is_named(doc: Doc, event: EventNote, finer: Finer) -> bool:
    """Whether a mention calls it by a word of the finer class."""
    for start, end in event.triggers:
        carried = [c for c in doc[start:end].root.children if c.dep_ in _CARRIED]
        if any(t.lemma_.lower() in finer.words for t in (*doc[start:end], *carried)):
            return True
    return False


def _is_theirs(notes: Notes, event: EventNote, finer: Finer) -> bool:
    """Whether all persons who take part hold such offices, and enough of them."""
    keys = {a.key for a in event.arguments if a.role in _ACTING and a.key}
    people = {k for k in keys if notes.referents[k].kind == "person"}
    holders = {o.holder for o in notes.offices if o.kind in finer.offices}
    return len(people) >= finer.holders and people <= holders
