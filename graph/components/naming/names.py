"""The component that finds named people, institutions, territories and instruments."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from graph.components.naming.atlas import Atlas
from graph.components.naming.candidates import Candidate, standing
from graph.components.naming.echoes import echoed
from graph.components.naming.institutions import find_institutions
from graph.components.naming.instruments import find_instruments
from graph.components.naming.known_names import find_known
from graph.components.naming.people import find_people
from graph.components.naming.recognised import read_entities
from graph.components.naming.referents import note_references
from graph.components.naming.scene import Scene, calendar_words
from graph.components.naming.territories import find_territories
from graph.components.naming.tokens import read_tokens
from graph.components.naming.verdicts import judged
from graph.notes import Notes
from ontology.gazetteer import load_gazetteer
from ontology.name_words import NameWords, load_name_words
from ontology.office_words import OfficeWords, load_office_words


class NameFinder:
    """Notes every name as a reference, and one referent for each thing that is named."""

    def __init__(self, atlas: Atlas, words: NameWords, offices: OfficeWords) -> None:
        self._atlas = atlas
        self._words = words
        self._offices = offices
        self._calendar = calendar_words()

    def __call__(self, doc: Doc) -> Doc:
        """Find the names of a document and note them."""
        notes: Notes = doc._.notes
        tokens = read_tokens(doc, notes)
        found = self._atlas.find(tokens)
        scene = Scene(
            tokens=tokens,
            entity=read_entities(doc, tokens, found, self._atlas),
            found=found,
            atlas=self._atlas,
            words=self._words,
            offices=self._offices,
            calendar=self._calendar,
        )
        names = standing(echoed(scene, judged(scene, _candidates(scene))), len(doc))
        note_references(notes, scene, names, doc)
        return doc


def _candidates(scene: Scene) -> Iterator[Candidate]:
    yield from find_people(scene)
    yield from find_institutions(scene)
    yield from find_territories(scene)
    yield from find_instruments(scene)
    yield from find_known(scene)


@Language.factory("diplograph_names", requires=["doc.ents", "token.tag"])
def make_name_finder(nlp: Language, name: str) -> NameFinder:
    """Make the component with the words and tables that come with the package."""
    del nlp, name
    words = load_name_words()
    return NameFinder(Atlas(load_gazetteer(), words), words, load_office_words())
