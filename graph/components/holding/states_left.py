"""The state of an office that stands without one, told by which states of the text can have it at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import get_args

from spacy.tokens import Doc

from graph.components.holding.same_titles import title_words
from graph.components.holding.states_near import NATIONAL
from graph.iri import fold
from graph.model import BlockKind, Document
from graph.notes import Notes, OfficeNote, Referent
from ontology.leaders import LeaderRole, Leaders
from ontology.office_words import Office, OfficeWords

_UNIQUE = frozenset({"state", "government", "minister"})
_VISITS = frozenset(
    {"visit", "visits", "visited", "trip", "travel", "travelled", "traveled", "arrived", "arrive"}
)
_CLEAR = 1.25
"""How much oftener than the next a state must be named to have the offices that stand without one."""


@dataclass(frozen=True, slots=True)
class StatesLeft:
    """Finds the states that remain for offices, by how often a text names each (``weights``)."""

    doc: Doc
    notes: Notes
    leaders: Leaders
    words: OfficeWords
    weights: Counter[str]

    def known_leader(self, office: OfficeNote) -> str | None:
        """The state that the holder is known to have led, if it is one that the text names."""
        for led in (self._led(office), self._led_at_all(office)):
            named = [k for k in self.weights if self.notes.referents[k].known in led]
            if len(named) == 1:
                return named[0]
        return None

    def _led(self, office: OfficeNote) -> frozenset[str]:
        """The ids of the states that the holder is known to have led in that role."""
        role = role_of(office.kind, office.title)
        if role is None or office.holder is None:
            return frozenset()
        return self.leaders.states(
            self.notes.referents[office.holder].name, role, year_of(self.notes.document)
        )

    def _led_at_all(self, office: OfficeNote) -> frozenset[str]:
        """The ids of the states that the holder is known to have led in any role: he serves no other one."""
        if office.kind not in NATIONAL or office.holder is None:
            return frozenset()
        terms = self.leaders.terms(self.notes.referents[office.holder].name, get_args(LeaderRole))
        return frozenset(term.state for term in terms)

    def issuer(self, office: OfficeNote) -> str | None:
        """The state of the ministry or government that heads the text, for its own ministers and envoys."""
        if office.kind not in {"minister", "envoy", "deputy"} or self.notes.document.publisher:
            return None
        first = min((s.end for s in self.notes.sentences if s.kind is BlockKind.BODY), default=0)
        heads = [r for r in self.notes.references if r.start < first]
        bodies = [self.notes.referents[k] for r in heads for k in r.keys]
        if not any(b.cls in {"Ministry", "Government", "DiplomaticMission"} for b in bodies):
            return None
        states = [b.key for b in bodies if b.cls == "State"] + [b.state for b in bodies if b.state]
        return states[0] if states and states[0] not in self._taken(office) else None

    def only_state(self, office: OfficeNote) -> str | None:
        """The only state of the text that has such an office at all."""
        if office.kind not in NATIONAL - {"envoy"}:
            return None
        possible = self.possible(office)
        known = self.words.offices.get(_base_title(office.title, self.words.offices))
        rare = known is not None and bool(known.states)
        return possible[0] if len(possible) == 1 and (rare or len(self.weights) < 3) else None

    def counterpart(self, office: OfficeNote) -> str | None:
        """Of the two states that a text is on, the one whose leader the other one meets."""
        top = self.weights.most_common(3)
        if office.kind not in {"state", "government"} or len(top) < 2:
            return None
        if len(top) == 3 and top[2][1] * 2 > top[1][1]:
            return None
        pair = {top[0][0], top[1][0]}
        sentence = self.notes.sentence_of(office.start)
        for other in self.notes.offices:
            together = sentence is not None and sentence.start <= other.start < sentence.end
            leads = other.kind in {"state", "government"} and other.holder not in {None, office.holder}
            if together and leads and other.of in pair:
                state = next(iter(pair - {other.of}))
                return state if state in self.possible(office) else None
        return None

    def leading_state(self, office: OfficeNote) -> str | None:
        """The state that the text is clearly about, if nobody else has that office there."""
        if office.kind not in NATIONAL - {"envoy"} or office.plural:
            return None
        possible = self.possible(office)
        if not possible or self.weights[possible[0]] * 2 < self.weights.most_common(1)[0][1]:
            return None
        second = self.weights[possible[1]] if len(possible) > 1 else 0
        return possible[0] if self.weights[possible[0]] >= _CLEAR * second else None

    def possible(self, office: OfficeNote) -> list[str]:
        """The states of the text that can have the office, the most named first."""
        known = self.words.offices.get(_base_title(office.title, self.words.offices))
        taken = self._taken(office)
        visited, led = self._visited(office) | self._sent_to(office), self._led(office)
        return [
            key
            for key, _ in self.weights.most_common()
            if key not in taken | visited
            and _can_have(known, self.notes.referents[key])
            and (not led or self.notes.referents[key].known in led)
        ]

    def _taken(self, office: OfficeNote) -> set[str]:
        """The states whose same office others hold, where both offices are held now."""
        if self._is_past(office):
            return set()
        return {
            o.of
            for o in self.notes.offices
            if o.kind in _UNIQUE
            and o.of is not None
            and o.holder not in {None, office.holder}
            and title_words(o.title) == title_words(office.title)
            and not self._is_past(o)
        }

    def _is_past(self, office: OfficeNote) -> bool:
        return any(t.lower_ in self.words.past for t in self.doc[office.left : office.head])

    def _sent_to(self, office: OfficeNote) -> set[str]:
        """The states in the phrase of the title itself, where its holder was sent: "ambassador to Peru"."""
        near = range(office.end, office.right)
        return {r.key for i in near for r in self.notes.referents_at(i) if r.cls == "State"}

    def _visited(self, office: OfficeNote) -> set[str]:
        """States that the holder visits in the same sentence: "Minister X's visit to Y"."""
        sentence = self.notes.sentence_of(office.start)
        if sentence is None:
            return set()
        span = self.doc[office.right : min(sentence.end, office.right + 12)]
        at = next((t.i for t in span if t.lower_ in _VISITS), None)
        if at is None:
            return set()
        near = range(at, min(at + 4, sentence.end))
        return {r.key for i in near for r in self.notes.referents_at(i) if r.cls == "State"}


def year_of(document: Document) -> int | None:
    """The year in which a document was issued, as far as known."""
    issued = document.issued
    return int(issued[:4]) if issued and issued[:4].isdigit() else None


def role_of(kind: str, title: str) -> LeaderRole | None:
    """The role of the table of leaders that an office of a kind with a title is."""
    words = title_words(title)
    if kind == "minister":
        return "foreign" if words & {"foreign", "external", "state"} else None
    if kind in {"deputy", "royal"}:
        return "deputy" if words & {"president", "prime", "premier"} else None
    if kind == "state":
        return "state"
    return "government" if kind == "government" else None


def _base_title(title: str, offices: dict[str, Office]) -> str:
    words = title.lower().split()
    tails = (" ".join(words[i:]) for i in range(len(words)))
    return next((tail for tail in tails if tail in offices), title.lower())


def _can_have(office: Office | None, state: Referent) -> bool:
    """Whether a state can have an office, by the tables of states that have it and that do not."""
    if office is None:
        return True
    names = {fold(n) for n in (state.name, *state.aliases, (state.known or "").replace("-", " "))}
    if office.states:
        return any(fold(s) in names for s in office.states)
    return not any(fold(s) in names for s in office.never)


def weights(notes: Notes) -> Counter[str]:
    """How often the text mentions each state, by name or by adjective; the opening counts twice."""
    weights: Counter[str] = Counter()
    opening = notes.sentences[min(2, len(notes.sentences) - 1)].end if notes.sentences else 0
    for reference in notes.references:
        for key in reference.keys:
            if notes.referents[key].cls == "State":
                weights[key] += 2 if reference.start < opening else 1
    return weights
