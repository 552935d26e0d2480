"""What the rest of a text tells of an office: its state, and which titles are the same one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from spacy.tokens import Doc

from graph.iri import fold
from graph.model import BlockKind
from graph.notes import Notes, OfficeNote, Referent
from ontology.leaders import LeaderRole, Leaders
from ontology.office_words import Office, OfficeWords

NATIONAL = frozenset({"state", "government", "minister", "deputy", "envoy", "royal"})
"""Kinds of office that are held for a state."""

_UNIQUE = frozenset({"state", "government", "minister"})
_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "a", "s"})
_VISITS = frozenset(
    {"visit", "visits", "visited", "trip", "travel", "travelled", "traveled", "arrived", "arrive"}
)
_CLEAR = 1.25
"""How much oftener than the next a state must be named to have the offices that stand without one."""


def complete_tenures(doc: Doc, notes: Notes, words: OfficeWords, leaders: Leaders) -> None:
    """Give offices the state that the text gives their holder elsewhere, then unite titles that are one."""
    _Context(doc, notes, words.offices, leaders, words).complete()
    _unite_titles(notes)


@lru_cache(maxsize=4096)
def title_words(title: str) -> frozenset[str]:
    """The telling words of a title in any order: the same for "Minister of Trade" and "Trade Minister"."""
    return frozenset(fold(title.replace("-", " ")).split()) - _SMALL


@dataclass
class _Context:
    """Finds the states of national offices that stand without one."""

    doc: Doc
    notes: Notes
    offices: dict[str, Office]
    leaders: Leaders
    words: OfficeWords
    weights: Counter[str] = field(default_factory=Counter)

    def complete(self) -> None:
        self.weights = _weights(self.notes)
        self._settle(self._owner)
        self._settle(self._elsewhere)
        self._settle(self._heading)
        for way in (
            self._where,
            self._body,
            self._known_leader,
            self._issuer,
            self._only_state,
            self._counterpart,
            self._leading_state,
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
            if other.holder == office.holder and other.of is None and _is_national(other):
                self.notes.offices[j] = replace(other, of=state)

    def _is_state(self, key: str | None) -> bool:
        return key in self.notes.referents and self.notes.referents[key].cls == "State"

    def _owner(self, office: OfficeNote) -> str | None:
        """The state of "the kingdom's ambassador", "its foreign minister", once nouns are resolved."""
        i = office.left
        if self.doc[i].tag_ != "PRP$":
            if i < 2 or self.doc[i - 1].tag_ != "POS":
                return None
            i -= 2
        owners = [r for r in self.notes.referents_at(i) if r.cls == "State"]
        return owners[0].key if len(owners) == 1 and office.kind in NATIONAL else None

    def _elsewhere(self, office: OfficeNote) -> str | None:
        """The state or body of the holder's same office, or the one state of his national offices."""
        own = [o for o in self.notes.offices if o.holder == office.holder and o.of is not None]
        same = [o.of for o in own if title_words(o.title) == title_words(office.title)]
        if same:
            return same[0]
        states = {o.of for o in own if self._is_state(o.of) and o.kind in NATIONAL | {"legislator"}}
        return next(iter(states)) if _is_national(office) and len(states) == 1 else None

    def _heading(self, office: OfficeNote) -> str | None:
        """The state that a line or item begins with: "Peru: Mr X, Minister of Trade"."""
        sentence = self.notes.sentence_of(office.start)
        if sentence is None or office.kind not in NATIONAL:
            return None
        reference = self.notes.at(sentence.start)
        if reference is None or len(reference.keys) != 1 or not reference.end < office.left:
            return None
        opens = self.doc[reference.end].text == ":" and self._is_state(reference.keys[0])
        return reference.keys[0] if opens else None

    def _where(self, office: OfficeNote) -> str | None:
        """The state of "Fiji, where they met with Prime Minister X"."""
        sentence = self.notes.sentence_of(office.start)
        if sentence is None or office.kind not in NATIONAL:
            return None
        for i in range(office.left - 1, max(office.left - 10, sentence.start), -1):
            if self.doc[i].text == ";":
                return None
            if self.doc[i].lower_ == "where":
                before = i - 2 if self.doc[i - 1].text == "," else i - 1
                states = [r.key for r in self.notes.referents_at(before) if r.cls == "State"]
                return states[0] if states else None
        return None

    def _known_leader(self, office: OfficeNote) -> str | None:
        """The state that the holder is known to have led, if it is one that the text names."""
        led = self._led(office)
        named = [k for k in self.weights if self.notes.referents[k].known in led]
        return named[0] if len(named) == 1 else None

    def _led(self, office: OfficeNote) -> frozenset[str]:
        """The ids of the states that the holder is known to have led in that role."""
        role = _role(office)
        if role is None or office.holder is None:
            return frozenset()
        issued = self.notes.document.issued
        year = int(issued[:4]) if issued and issued[:4].isdigit() else None
        return self.leaders.states(self.notes.referents[office.holder].name, role, year)

    def _body(self, office: OfficeNote) -> str | None:
        """The organisation or chamber whose office it is: the last of the sentence, else the only one."""
        words = title_words(office.title)
        classes = [cls for cls, titles in self.words.bodies.items() if words in map(title_words, titles)]
        if not classes:
            return None
        sentence = self.notes.sentence_of(office.start)
        named = [
            (r.start, key)
            for r in self.notes.references
            for key in r.keys
            if self.notes.referents[key].cls in classes
        ]
        near = [n for n in named if sentence is not None and sentence.start <= n[0] < office.start]
        keys = {key for _, key in named}
        return max(near)[1] if near else next(iter(keys)) if len(keys) == 1 else None

    def _issuer(self, office: OfficeNote) -> str | None:
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

    def _only_state(self, office: OfficeNote) -> str | None:
        """The only state of the text that has such an office at all."""
        if office.kind not in NATIONAL - {"envoy"}:
            return None
        possible = self._possible(office)
        known = self.offices.get(_base_title(office.title, self.offices))
        rare = known is not None and bool(known.states)
        return possible[0] if len(possible) == 1 and (rare or len(self.weights) < 3) else None

    def _counterpart(self, office: OfficeNote) -> str | None:
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
                return state if state in self._possible(office) else None
        return None

    def _leading_state(self, office: OfficeNote) -> str | None:
        """The state that the text is clearly about, if nobody else has that office there."""
        if office.kind not in NATIONAL - {"envoy"}:
            return None
        possible = self._possible(office)
        if not possible or self.weights[possible[0]] * 2 < self.weights.most_common(1)[0][1]:
            return None
        second = self.weights[possible[1]] if len(possible) > 1 else 0
        return possible[0] if self.weights[possible[0]] >= _CLEAR * second else None

    def _possible(self, office: OfficeNote) -> list[str]:
        """The states of the text that can have the office, the most named first."""
        known = self.offices.get(_base_title(office.title, self.offices))
        taken = self._taken(office)
        visited, led = self._visited(office), self._led(office)
        return [
            key
            for key, _ in self.weights.most_common()
            if key not in taken | visited
            and can_have(known, self.notes.referents[key])
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


def _is_national(office: OfficeNote) -> bool:
    """Whether an office without a state can only be held for the holder's own."""
    if office.kind == "envoy":
        return bool(title_words(office.title) & {"ambassador", "consul", "charge"})
    return office.kind in NATIONAL


def _role(office: OfficeNote) -> LeaderRole | None:
    """The role of the table of leaders that an office is."""
    words = title_words(office.title)
    if office.kind == "minister":
        return "foreign" if words & {"foreign", "external", "state"} else None
    if office.kind in {"deputy", "royal"}:
        return "deputy" if words & {"president", "prime", "premier"} else None
    if office.kind == "state":
        return "state"
    return "government" if office.kind == "government" else None


def _base_title(title: str, offices: dict[str, Office]) -> str:
    words = title.lower().split()
    tails = (" ".join(words[i:]) for i in range(len(words)))
    return next((tail for tail in tails if tail in offices), title.lower())


def can_have(office: Office | None, state: Referent) -> bool:
    """Whether a state can have an office, by the tables of states that have it and that do not."""
    if office is None:
        return True
    names = {fold(n) for n in (state.name, *state.aliases, (state.known or "").replace("-", " "))}
    if office.states:
        return any(fold(s) in names for s in office.states)
    return not any(fold(s) in names for s in office.never)


def _weights(notes: Notes) -> Counter[str]:
    """How often the text mentions each state, by name or by adjective; the opening counts twice."""
    weights: Counter[str] = Counter()
    opening = notes.sentences[min(2, len(notes.sentences) - 1)].end if notes.sentences else 0
    for reference in notes.references:
        for key in reference.keys:
            if notes.referents[key].cls == "State":
                weights[key] += 2 if reference.start < opening else 1
    return weights


def _unite_titles(notes: Notes) -> None:
    """One spelling for titles of one holder that are one office: same words, or some of the other's."""
    for i, office in enumerate(notes.offices):
        if office.holder is None:
            continue
        same = [o for o in notes.offices if o.holder == office.holder and _one_office(o, office)]
        fullest = max(
            same, key=lambda o: (o.of is not None, len(title_words(o.title)), o.title[:1].isupper())
        )
        notes.offices[i] = replace(office, title=fullest.title, of=office.of or fullest.of)


def _one_office(a: OfficeNote, b: OfficeNote) -> bool:
    if a.of and b.of and a.of != b.of:
        return False
    first, second = title_words(a.title), title_words(b.title)
    if first == second:
        return True
    return (
        a.kind == b.kind and bool(a.of or b.of) and (first < second or second < first) and a.kind != "deputy"
    )
