"""What the rest of a text tells of an office: its state, and which titles are the same one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from graph.components.holding.same_titles import unite_titles
from graph.components.holding.states_left import StatesLeft, weights
from graph.components.holding.states_near import StatesNear, is_national
from graph.notes import Notes, OfficeNote
from ontology.leaders import Leaders
from ontology.office_words import OfficeWords


def complete_tenures(doc: Doc, notes: Notes, words: OfficeWords, leaders: Leaders) -> None:
    """Give offices the state that the text gives their holder elsewhere, then unite titles that are one."""
    near = StatesNear(doc, notes, words)
    left = StatesLeft(doc, notes, leaders, words, weights(notes))
    _Tenures(notes).complete(near, left)
    unite_titles(notes)


@dataclass(frozen=True, slots=True)
class _Tenures:
    """Settles the states of offices that stand without one, the surest way first."""

    notes: Notes

    def complete(self, near: StatesNear, left: StatesLeft) -> None:
        def region(office: OfficeNote) -> str | None:
            state = near.region(office)
            return state if state in left.possible(office) else None

        for way in (
            near.owner,
            near.elsewhere,
            near.heading,
            near.where,
            near.appointer,
            near.body,
            left.known_leader,
            region,
            left.issuer,
            left.only_state,
            left.counterpart,
            left.leading_state,
        ):
            self._settle(way)

    def _settle(self, way: Callable[[OfficeNote], str | None]) -> None:
        for i in range(len(self.notes.offices)):
            office = self.notes.offices[i]
            if office.holder is None or office.of is not None:
                continue
            state = way(office)
            if state is not None:
                self.notes.offices[i] = replace(office, of=state)
                self._spread(office, state)

    def _spread(self, office: OfficeNote, state: str) -> None:
        """Give the same state to the holder's other mentions of the office."""
        for j, other in enumerate(self.notes.offices):
            if other.holder == office.holder and other.of is None and is_national(other):
                self.notes.offices[j] = replace(other, of=state)
