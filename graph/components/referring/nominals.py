"""Common nouns that take up what was named before: "the ministry", "the two leaders"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from graph.components.holding.tenures import title_words
from graph.components.referring.discourse import Discourse
from graph.notes import Notes, OfficeNote, Reference
from ontology.nominal_words import NominalWords

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "said"})
_STATE = frozenset({"territory"})
_PERSON = frozenset({"person"})
_LEADING = frozenset({"state", "government", "minister", "royal", "deputy", "leader"})
_NATIONAL = frozenset(
    {"state", "government", "minister", "deputy", "spokesperson", "legislator", "envoy", "royal"}
)
_VICE = frozenset({"vice", "deputy", "assistant", "under"})
_PREMIER = frozenset({"pm", "premier"})
_NAMED_AFTER = frozenset({"before-name", "counterpart"})
_EVERYWHERE = 10_000
_RECENT = 3  # sentences that "the two countries" looks back over before the whole text decides
_NEAR = 12  # sentences that a common noun looks back over


class Nominals:
    """Resolves the common nouns of one document."""

    def __init__(
        self, doc: Doc, notes: Notes, discourse: Discourse, words: NominalWords, capitals: Mapping[str, str]
    ) -> None:
        """``capitals`` are the keys of the cities of this text that govern a state of it, by that state's."""
        self.capitals = capitals
        self.doc, self.notes, self.discourse, self.words = doc, notes, discourse, words
        self._parts: dict[str, Reference] = {}
        self._offices = {o.head: (i, o) for i, o in enumerate(notes.offices) if o.holder is None}
        self._held = {
            o.head: o for o in notes.offices if o.holder and not o.plural and o.rule in _NAMED_AFTER
        }

    def resolve(self, token: Token) -> Reference | None:
        """The reference that a noun is, or None where it takes up nothing that was named."""
        if token.pos_ not in {"NOUN", "PROPN"} or self.notes.at(token.i) is not None:
            return None
        if token.i in self._offices:
            index, office = self._offices[token.i]
            return self._title(token, index, office)
        if token.i in self._held:
            return self._apposed(token, self._held[token.i])
        capital = self._capital(token) if token.lower_ in self.words.capitals else None
        return capital or self._parties(token) or self._part_of_state(token) or self._thing(token)

    # --- titles without a name ------------------------------------------------------------------------

    def _apposed(self, token: Token, office: OfficeNote) -> Reference | None:
        """The holder whom an apposition names: "met the President of Peru, X"."""
        after = (r for r in self.notes.references if r.keys == (office.holder,) and r.start > token.i)
        person = min(after, key=lambda r: r.start, default=None)
        if person is None or token.dep_ == "compound" or "," not in self.doc[token.i : person.start].text:
            return None
        return Reference(office.left, office.right, token.i, person.keys, "office", via=person.start)

    def _title(self, token: Token, index: int, office: OfficeNote) -> Reference | None:
        if office.plural:
            return self._parties(token) or self._states(token, office)
        if office.kind == "rank" or self._indefinite(office):
            return None
        holder = self._holder(token, office)
        if holder is None:
            return self._states(token, office) or self._part_of_state(token)
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
            return self._of_state(token, office)
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
        if office.of is None or office.kind not in _LEADING:
            return None
        for reference, referent in self.discourse.before(token.i, _PERSON, _NEAR):
            i = reference.start - 1
            if i > 0 and self.doc[i].tag_ == "POS":
                owners = self.notes.at(i - 1)
                if owners is not None and owners.keys == (office.of,):
                    return referent.key, reference.start
        return None

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
        for reference, referent in self.discourse.before(token.i, _PERSON, _EVERYWHERE):
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
        if office.kind not in _NATIONAL | _LEADING:
            return None
        keys = tuple(k for k in office.states if k in self.notes.referents and self._is_state(k))
        if not keys and office.plural:
            below = [t for t in token.subtree if t.i > token.i and t.lower_ in self.words.pairs.states]
            pair = self._parties(below[0]) if below else None
            keys = pair.keys if pair else ()
        return Reference(token.i, token.i + 1, token.i, keys, "office") if keys else None

    # --- several at once ------------------------------------------------------------------------------

    def _parties(self, token: Token) -> Reference | None:
        """Resolve "both sides", "the two countries", "the leaders"."""
        low = token.lower_
        states = low in self.words.pairs.states
        if not states and low not in self.words.pairs.people:
            return None
        before = [c for c in token.children if c.i < token.i]
        count = next((self.words.counts[c.lower_] for c in before if c.lower_ in self.words.counts), None)
        definite = any(c.lower_ in _DEFINITE for c in before)
        own = any(
            c.lower_ in {"other", "all", "some", "many", "several", "member", "partner"} for c in before
        )
        told = definite or low not in self.words.pairs.people
        if own or not ((count and told) or (definite and low in self.words.pairs.known)):
            return None
        if any(c.dep_ == "prep" and c.lower_ == "of" for c in token.children if c.i > token.i) and not count:
            return self._of_states(token)
        found = self._last_states(token, count or 2) if states else self._last_leaders(token, count or 2)
        start = min([token.i, *(c.i for c in before)])
        return Reference(start, token.i + 1, token.i, *found) if found else None

    def _of_states(self, token: Token) -> Reference | None:
        """The states of "the governments of the two countries"."""
        for below in token.subtree:
            if below.i > token.i and below.lower_ in self.words.pairs.states:
                pair = self._parties(below)
                return replace(pair, start=token.i, end=token.i + 1, head=token.i) if pair else None
        return None

    def _last_states(self, token: Token, count: int) -> tuple[tuple[str, ...], str, int] | None:
        """The last states that one sentence names, just so many; else those the text names most."""
        groups: dict[int, dict[str, int]] = {}
        for reference, referent in self.discourse.before(token.i, _STATE, _RECENT):
            if referent.cls != "State":
                continue
            if len(reference.keys) == count and reference.rule != "pronoun":
                return reference.keys, "nominal", reference.start
            group = groups.setdefault(self.discourse.sentence(reference.start), {})
            group[referent.key] = reference.start
        for number in sorted(groups, reverse=True):
            if len(groups[number]) == count:
                keys = tuple(sorted(groups[number], key=lambda k: groups[number][k]))
                return keys, "nominal", groups[number][keys[0]]
        common = [k for k, _ in self.discourse.counts().most_common() if self._is_state(k)][:count]
        return (tuple(common), "nominal", -1) if len(common) == count else None

    def _last_leaders(self, token: Token, count: int) -> tuple[tuple[str, ...], str, int] | None:
        """The last persons in leading offices; their states where the text names none."""
        leading = {o.holder for o in self.notes.offices if o.holder and o.kind in _LEADING}
        found: dict[str, int] = {}
        for reference, referent in self.discourse.before(token.i, _PERSON, _EVERYWHERE):
            if referent.key in leading:
                found.setdefault(referent.key, reference.start)
            if len(found) == count:
                break
        if len(found) == count:
            return tuple(sorted(found, key=lambda k: found[k])), "nominal", next(iter(found.values()))
        return self._last_states(token, count) if not found else None

    # --- a state by its parts, and things by their class ----------------------------------------------

    def _part_of_state(self, token: Token) -> Reference | None:
        """The state of "the Japanese side", "Malian authorities", "Peru's leadership"."""
        if token.lower_ not in self.words.state_parts:
            return None
        keys: list[str] = []
        i = start = token.i
        while i > 0:
            i -= 1
            reference = self.notes.at(i)
            if reference is not None and all(self._is_state(k) for k in reference.keys):
                keys = [*reference.keys, *keys]
                i = start = reference.start
                if self.doc[i - 1].lower_ not in {"and", "-"}:
                    break
            elif reference is not None or not self._describes(i, token.i):
                break
        if not keys:
            return self._same_part(token)
        unique = tuple(dict.fromkeys(keys))
        self._parts[token.lower_] = Reference(token.i, token.i + 1, token.i, unique, "nominal", via=start)
        return self._parts[token.lower_]

    def _capital(self, token: Token) -> Reference | None:
        """The city of "the Nigerian capital", "the capital of Peru", or, of the last state, "the capital"."""
        if token.dep_ == "compound":
            return None
        below = [r for t in token.subtree if t.i != token.i and (r := self.notes.at(t.i)) is not None]
        states = [k for r in below for k in r.keys if self._is_state(k)]
        if not below and self._is_definite(token):
            before = self.discourse.before(token.i, _STATE, _NEAR)
            states = [r.key for _, r in before if r.cls == "State"]
        city = self.capitals.get(states[0]) if states else None
        if city is None:
            return None
        start = min([token.i, *(t.i for t in token.lefts)])
        return Reference(start, token.i + 1, token.i, (city,), "nominal")

    def _same_part(self, token: Token) -> Reference | None:
        """Resolve "the delegation" as the delegation of a state that was spoken of before."""
        before = self._parts.get(token.lower_)
        if before is None or not self._is_definite(token):
            return None
        return Reference(token.i - 1, token.i + 1, token.i, before.keys, "nominal", via=before.start)

    def _describes(self, i: int, noun: int) -> bool:
        """Whether a word may stand between a state and a part of it: "Malian military authorities"."""
        if self.doc[i].lower_ in {"'s", "’s", "'", "’", "and", "-"}:
            return True
        return noun - i < 4 and self.doc[i].pos_ in {"ADJ", "NOUN"}

    def _thing(self, token: Token) -> Reference | None:
        """What a definite noun takes up: the last of its class."""
        noun = token.lower_ if token.lower_ in self.words.territories else token.lemma_.lower()
        if noun in self.words.people:
            return self._person(token, noun)
        classes = self.words.classes(noun)
        if not classes or (token.tag_ == "NNS" and token.lower_ not in self.words.territories):
            return None
        if token.dep_ == "compound":
            return None
        if not self._is_definite(token):
            return self._only_one(token, noun)
        kinds = frozenset({"institution", "instrument", "territory"})
        for reference, referent in self.discourse.before(token.i, kinds, _NEAR):
            named = noun in referent.name.lower().split() and referent.cls != "State"
            if (referent.cls in classes and len(reference.keys) == 1) or named:
                start = min([token.i, *(c.i for c in token.children if c.i < token.i)])
                return Reference(start, token.i + 1, token.i, (referent.key,), "nominal", via=reference.start)
        return None

    def _only_one(self, token: Token, noun: str) -> Reference | None:
        """The text's one instrument of its class, for "the plan to ...", however it is described."""
        classes = self.words.instruments.get(noun, frozenset())
        if not any(c.lower_ in {"the", "this"} and c.i < token.i for c in token.children):
            return None
        if any(c.dep_ in {"amod", "compound", "poss", "nmod"} for c in token.children):
            return None
        fitting = [r for r in self.notes.referents.values() if r.kind == "instrument" and r.cls in classes]
        if len(fitting) != 1:
            return None
        return Reference(token.i, token.i + 1, token.i, (fitting[0].key,), "nominal")

    def _person(self, token: Token, noun: str) -> Reference | None:
        """The person spoken of last whose office fits "the lawmaker"; without offices, the last subject."""
        if not self._is_definite(token):
            return None
        kinds = self.words.people[noun]
        fitting = {o.holder for o in self.notes.offices if o.holder and o.kind in kinds}
        for reference, referent in self.discourse.before(token.i, _PERSON, _NEAR):
            if referent.key in fitting or (not kinds and self.discourse.is_subject(reference)):
                start = min([token.i, *(c.i for c in token.children if c.i < token.i)])
                return Reference(start, token.i + 1, token.i, (referent.key,), "nominal", via=reference.start)
        return None

    def _is_definite(self, token: Token) -> bool:
        """Whether the noun is "the report" and no more: no state, name or clause that tells which."""
        before = [c for c in token.children if c.i < token.i]
        if not any(c.lower_ in _DEFINITE for c in before):
            return False
        if any(c.dep_ in {"relcl", "acl"} for c in token.children):
            return False
        if any(c.dep_ == "prep" and c.lower_ in {"of", "for", "in", "between"} for c in token.children):
            return False
        plain = {"det", "predet", "punct"}
        return all(c.dep_ in plain for c in before)

    def _is_state(self, key: str) -> bool:
        return self.notes.referents[key].cls == "State"
