"""Texts that are read once up to their names, and from there on as often as filters are to be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy, deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from graph.components.happening.events import EventFinder
from graph.components.happening.filtering import CandidateFilter
from graph.model import Document, Reading
from graph.notes import Notes
from graph.reading import collect, prepared
from ontology.candidate_filter import FilterWeights

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_EVENTS = "diplograph_events"


class Rereading:
    """Texts by their files' names without ending; all that comes before events is read once."""

    def __init__(self, nlp: Language, documents: Iterable[Document]) -> None:
        """Read the documents as far as events do not matter. The pipeline stays as it is."""
        later = nlp.pipe_names[nlp.pipe_names.index(_EVENTS) :]
        with nlp.select_pipes(disable=later):
            docs = list(nlp.pipe(prepared(nlp, d) for d in documents))
        self._docs = {Path(doc._.notes.document.identifier).stem: doc for doc in docs}
        self._notes: dict[str, Notes] = {name: deepcopy(doc._.notes) for name, doc in self._docs.items()}
        finder = nlp.get_pipe(_EVENTS)
        assert isinstance(finder, EventFinder)
        self._finder = copy(finder)
        others = [component for name, component in nlp.pipeline if name in later[1:]]
        self._components: list[Callable[[Doc], Doc]] = [self._finder, *others]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the texts, in the order in which they came."""
        return tuple(self._docs)

    def read(
        self, names: Iterable[str], weights: FilterWeights | None = None, *, filtered: bool = True
    ) -> Iterator[tuple[Notes, Reading]]:
        """Read some texts to the end, with a filter of some weights (None: it admits all) or by rules alone.

        The notes are made anew for each reading.
        """
        self._finder.filter = CandidateFilter(self._finder.lexicon, weights) if filtered else None
        for name in names:
            doc = self._docs[name]
            doc._.notes = deepcopy(self._notes[name])
            for component in self._components:
                component(doc)
            yield doc._.notes, collect(doc)
