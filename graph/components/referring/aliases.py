"""The component that decides which references speak of one thing: a sieve, the surest step first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.attrs import LOWER, POS  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import Language
from spacy.tokens import Doc

from graph.components.columns import indexes_of
from graph.components.holding.sayings import said_of
from graph.components.holding.successions import note_successions
from graph.components.holding.tenures import complete_tenures
from graph.components.referring.discourse import Discourse
from graph.components.referring.genders import tell_genders
from graph.components.referring.metonymy import governing, read_capitals
from graph.components.referring.nominals import Nominals
from graph.components.referring.pronouns import Pronouns
from graph.components.referring.synonyms import Synonyms
from graph.components.referring.variants import unite_names
from graph.notes import Notes
from ontology.gazetteer import Gazetteer, load_gazetteer
from ontology.leaders import Leaders, load_leaders
from ontology.nominal_words import NominalWords, load_nominal_words
from ontology.office_words import OfficeWords, load_office_words
from ontology.pronoun_words import PronounWords, load_pronoun_words
from ontology.relation_words import RelationWords, load_relation_words


@Language.factory("diplograph_aliases", requires=["token.dep", "token.lemma"])
def create_aliases(nlp: Language, name: str) -> Aliases:  # noqa: ARG001  the form of a factory
    """Make the component with the words and tables of this package."""
    return Aliases(
        load_gazetteer(),
        load_office_words(),
        load_nominal_words(),
        load_pronoun_words(),
        load_leaders(),
        load_relation_words(),
    )


@dataclass(frozen=True, slots=True)
class Aliases:
    """Unites names, reads capitals as their governments, then takes up nouns and pronouns in order."""

    gazetteer: Gazetteer
    offices: OfficeWords
    nominals: NominalWords
    pronouns: PronounWords
    leaders: Leaders
    relations: RelationWords

    def __call__(self, doc: Doc) -> Doc:
        """Resolve the references of a Doc; each new one keeps the one that it was resolved through."""
        notes: Notes = doc._.notes
        tell_genders(doc, notes, self.pronouns)
        unite_names(doc, notes)
        Synonyms(doc, notes, self.relations).unite()
        read_capitals(doc, notes, self.gazetteer, self.pronouns)
        complete_tenures(doc, notes, self.offices, self.leaders)
        discourse = Discourse(doc, notes, self.pronouns.speech)
        cities = governing(notes, self.gazetteer)
        nominals = Nominals(discourse, self.nominals, self.leaders, cities)
        pronouns = Pronouns(doc, notes, discourse, self.pronouns)
        nouns = indexes_of(doc, POS, ("NOUN", "PROPN"))
        for i in sorted({*nouns, *indexes_of(doc, LOWER, self.pronouns.pronouns)}):
            if discourse.sentence(i) >= 0:
                reference = nominals.resolve(doc[i]) or pronouns.resolve(doc[i])
                if reference is not None:
                    discourse.add(reference)
        self._hold_by_pronoun(doc, notes)
        note_successions(doc, notes, self.offices)
        complete_tenures(doc, notes, self.offices, self.leaders)
        return doc

    def _hold_by_pronoun(self, doc: Doc, notes: Notes) -> None:
        """Give "he is the chairman of ..." its holder, now that pronouns are resolved."""
        for i, office in enumerate(notes.offices):
            if (
                office.holder is None
                and not office.plural
                and (office.of or office.kind not in {"rank", "leader"})
            ):
                people = said_of(doc, notes, office.head, self.offices)
                if people:
                    notes.offices[i] = replace(office, holder=people[0].keys[0], rule="copula")
