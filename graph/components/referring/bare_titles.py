"""Titles without a name, and whose they are: "the Russian president", "the ministers of both countries"."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from graph.components.holding.same_titles import title_words
from graph.components.holding.states_left import role_of, year_of
from graph.components.referring.discourse import EVERYWHERE, NEAR, PERSON, Discourse
from graph.components.referring.parties import LEADING, Parties
from graph.components.referring.state_parts import StateParts
from graph.notes import OfficeNote, Reference
from ontology.leaders import Leaders
from ontology.nominal_words import NominalWords

_NATIONAL = frozenset(
    {"state", "government", "minister", "deputy", "spokesperson", "legislator", "envoy", "royal"}
)
_VICE = frozenset({"vice", "deputy", "assistant", "under"})
_PREMIER = frozenset({"pm", "premier"})
_NAMED_AFTER = frozenset({"before-name", "counterpart"})


class BareTitles:
    """Resolves the titles of one document that stand without a name."""

    def __init__(
        self,
        discourse: Discourse,
        words: NominalWords,
        parties: Parties,
        parts: StateParts,
        leaders: Leaders,
    ) -> None:
        """``parties`` and ``parts`` resolve titles that only a state fills."""
        self.leaders = leaders
        self.doc, self.notes = discourse.doc, discourse.notes
        self.discourse, self.words = discourse, words
        self.parties, self.parts = parties, parts
        self._offices = {o.head: (i, o) for i, o in enumerate(self.notes.offices) if o.holder is None}
        self._held = {
            o.head: o for o in self.notes.offices if o.holder and not o.plural and o.rule in _NAMED_AFTER
        }

    def resolve(self, token: Token) -> Reference | None:
        """The reference that a title is, or None where it is none, or nobody's that was named."""
        if token.i in self._offices:
            index, office = self._offices[token.i]
            return self._title(token, index, office)
        return self._apposed(token, self._held[token.i]) if token.i in self._held else None

    def __contains__(self, token: Token) -> bool:
        return token.i in self._offices or token.i in self._held

    def _apposed(self, token: Token, office: OfficeNote) -> Reference | None:
        """The holder whom an apposition names: "met the President of Peru, X"."""
        after = (r for r in self.notes.references if r.keys == (office.holder,) and r.start > token.i)
        person = min(after, key=lambda r: r.start, default=None)
        if person is None or token.dep_ == "compound" or "," not in self.doc[token.i : person.start].text:
            return None
        return Reference(office.left, office.right, token.i, person.keys, "office", via=person.start)

    def _title(self, token: Token, index: int, office: OfficeNote) -> Reference | None:
        if office.plural:
            return self.parties.resolve(token) or self._states(token, office)
        if office.kind == "rank" or self._indefinite(office):
            return None
        holder = self._holder(token, office)
        if holder is None:
            return self._states(token, office) or self.parts.part(token)
        key, via = holder
        own = self._new_facts(key, office)
        if own:
            self.notes.offices[index] = replace(office, holder=key)
        return Reference(office.left, office.right, token.i, (key,), "office", via=via)

    def _indefinite(self, office: OfficeNote) -> bool:
        articles = (c.lower_ for c in self.doc[office.head].children if c.dep_ == "det")
        if {self.doc[office.left].lower_, *articles}.isdisjoint({"a", "an", "another"}):
            return False
        return self._opening(office) is False

    def _opening(self, office: OfficeNote) -> bool:
        sentence = self.notes.sentence_of(office.start)
        return sentence is not None and sentence.kind.value in {"headline", "standfirst"}

    def _holder(self, token: Token, office: OfficeNote) -> tuple[str, int] | None:
        """The person of that title: last named before, or in headlines and with a state also after."""
        held = [o for o in self.notes.offices if o.holder and self._fits(office, o)]
        if self.doc[office.left].lower_ in {"his", "her", "their", "its", "our"}:
            return None
        if not held:
            return self._of_state(token, office) or self._known(office)
        before = [o for o in held if o.left < office.left]
        if before and not self._opening(office):
            return self._last(token, before)
        if self._opening(office) or office.of:
            holders = dict.fromkeys(o.holder for o in held if o.holder)
            first = next(iter(holders))
            return (first, held[0].left) if len(holders) == 1 or self._opening(office) else None
        return None

    def _of_state(self, token: Token, office: OfficeNote) -> tuple[str, int] | None:
        """Whom a text that names no offices calls "Brazil's X", for "the Brazilian leader"."""
        if office.of is None or office.kind not in LEADING:
            return None
        for reference, referent in self.discourse.before(token.i, PERSON, NEAR):
            i = reference.start - 1
            if i > 0 and self.doc[i].tag_ == "POS":
                owners = self.notes.at(i - 1)
                if owners is not None and owners.keys == (office.of,):
                    return referent.key, reference.start
        return None

    def _known(self, office: OfficeNote) -> tuple[str, int] | None:
        """The one person of the text who is known to have led the state in that role: "Ghana's president"."""
        role = role_of(office.kind, office.title)
        state = self.notes.referents[office.of].known if office.of in self.notes.referents else None
        if role is None or state is None or office.of is None:
            return None
        year = year_of(self.notes.document)
        people = [r for r in self.notes.referents.values() if r.kind == "person"]
        leading = [r.key for r in people if state in self.leaders.states(r.name, role, year)]
        if len(leading) != 1:
            return None
        return leading[0], min(r.start for r in self.notes.references if leading[0] in r.keys)

    def _fits(self, bare: OfficeNote, held: OfficeNote) -> bool:
        """Whether "the minister" or "the Russian president" can be the holder of an office."""
        state = self._state(held.of)
        if bare.of and state and bare.of not in {held.of, state}:
            return False
        first, second = title_words(bare.title), title_words(held.title)
        below = bare.kind in {"minister", "legislator"} and not first & _VICE
        if first & _VICE != second & _VICE and not below:
            return False
        if first <= second or (first & _PREMIER and held.kind == "government"):
            return True
        if second <= first and bare.kind == held.kind:
            return True
        kinds = self.words.people.get(bare.title.lower())
        return kinds is not None and held.kind in kinds

    def _state(self, key: str | None) -> str | None:
        """The state that a key stands for or belongs to."""
        if key is None or key not in self.notes.referents:
            return None
        referent = self.notes.referents[key]
        return key if referent.cls == "State" else referent.state

    def _last(self, token: Token, held: list[OfficeNote]) -> tuple[str, int] | None:
        """Of those who hold the title, the one spoken of last."""
        keys = {o.holder for o in held}
        for reference, referent in self.discourse.before(token.i, PERSON, EVERYWHERE):
            if referent.key in keys:
                return referent.key, reference.start
        return None

    def _new_facts(self, key: str, office: OfficeNote) -> bool:
        """Whether a title tells more of its holder than is known: its own state, and a kind not noted yet."""
        if office.of is None or office.kind in {"leader", "rank", "official"}:
            return False
        known = [o for o in self.notes.offices if o.holder == key]
        return all(not title_words(office.title) <= title_words(o.title) for o in known) and all(
            o.kind != office.kind for o in known
        )

    def _states(self, token: Token, office: OfficeNote) -> Reference | None:
        """The states for which unnamed officers act: "the foreign ministers of the two countries"."""
        if office.kind not in _NATIONAL | LEADING:
            return None
        keys = tuple(k for k in office.states if k in self.notes.referents and self._is_state(k))
        if not keys and office.plural:
            below = [t for t in token.subtree if t.i > token.i and t.lower_ in self.words.pairs.states]
            pair = self.parties.resolve(below[0]) if below else None
            keys = pair.keys if pair else ()
        return Reference(token.i, token.i + 1, token.i, keys, "office") if keys else None

    def _is_state(self, key: str) -> bool:
        return self.notes.referents[key].cls == "State"
