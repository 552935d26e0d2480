"""Several at once whom a noun takes up: "both sides", "the two leaders"."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from graph.components.referring.discourse import DEFINITE, EVERYWHERE, PERSON, STATE, Discourse
from graph.notes import Reference
from ontology.nominal_words import NominalWords

LEADING = frozenset({"state", "government", "minister", "royal", "deputy", "leader"})
"""Kinds of office whose holders are leaders."""

_PASSING = 3  # times that others must be named more often for states to be named in passing
_RECENT = 3  # sentences that "the two countries" looks back over before the whole text decides


class Parties:
    """Resolves the nouns of one document that are several states or leaders."""

    def __init__(self, discourse: Discourse, words: NominalWords) -> None:
        self.doc, self.notes = discourse.doc, discourse.notes
        self.discourse, self.words = discourse, words

    def resolve(self, token: Token) -> Reference | None:
        """Resolve "both sides", "the two countries", "the leaders"."""
        low = token.lower_
        states = low in self.words.pairs.states
        if not states and low not in self.words.pairs.people:
            return None
        before = [c for c in token.children if c.i < token.i]
        count = next((self.words.counts[c.lower_] for c in before if c.lower_ in self.words.counts), None)
        definite = any(c.lower_ in DEFINITE for c in before)
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
                pair = self.resolve(below)
                return replace(pair, start=token.i, end=token.i + 1, head=token.i) if pair else None
        return None

    def _last_states(self, token: Token, count: int) -> tuple[tuple[str, ...], str, int] | None:
        """The last states that one sentence names, just so many; else those the text names most."""
        groups: dict[int, dict[str, int]] = {}
        for reference, referent in self.discourse.before(token.i, STATE, _RECENT):
            if referent.cls != "State":
                continue
            if len(reference.keys) == count and reference.rule != "pronoun":
                return reference.keys, "nominal", reference.start
            group = groups.setdefault(self.discourse.sentence(reference.start), {})
            group[referent.key] = reference.start
        counts, elsewhere = self.discourse.counts(), self.discourse.elsewhere(token.i)
        common = [k for k, _ in counts.most_common() if self._is_state(k) and k not in elsewhere][:count]
        for number in sorted(groups, reverse=True):
            passing = _PASSING * sum(counts[k] for k in groups[number]) < sum(counts[k] for k in common)
            if len(groups[number]) == count and not passing:
                keys = tuple(sorted(groups[number], key=lambda k: groups[number][k]))
                return keys, "nominal", groups[number][keys[0]]
        return (tuple(common), "nominal", -1) if len(common) == count else None

    def _last_leaders(self, token: Token, count: int) -> tuple[tuple[str, ...], str, int] | None:
        """The last persons in leading offices; their states where the text names none."""
        leading = {o.holder for o in self.notes.offices if o.holder and o.kind in LEADING}
        found: dict[str, int] = {}
        for reference, referent in self.discourse.before(token.i, PERSON, EVERYWHERE):
            if referent.key in leading:
                found.setdefault(referent.key, reference.start)
            if len(found) == count:
                break
        if len(found) == count:
            return tuple(sorted(found, key=lambda k: found[k])), "nominal", next(iter(found.values()))
        return self._last_states(token, count) if not found else None

    def _is_state(self, key: str) -> bool:
        return self.notes.referents[key].cls == "State"
