"""Events whose parties the text leaves out, since it is just about them: "the talks were resumed".

They are the two states last spoken of together, those who just met, agreed or fought ("They met in Oslo. A
truce was declared"), or the two that a title tells a text to be about.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from spacy.tokens import Token

from graph.components.happening.arguments import Walker
from graph.components.happening.paths import follow, supporting
from graph.components.happening.triggers import Match, matches
from graph.model import BlockKind
from graph.notes import Argument, EventNote, Notes, Reference
from ontology.frames import Trigger

_BETWEEN_TWO = frozenset({"bilateral", "mutual", "two-way"})
_ACTING = frozenset({"participant", "initiator", "recipient"})
_REACH = 4
"""How many sentences a pair of states is remembered."""
_NEAR = 2
"""How many sentences those are remembered who did something together."""


def note_implied(candidates: list[tuple[Token, list[Trigger]]], walker: Walker) -> None:
    """Note events whose trigger names nobody but may imply the two states last spoken of together.

    They are implied where the trigger is carried by a verb or called bilateral, and where no third state has
    been named since. The trigger becomes a reference to both, through the mention of the pair.
    """
    notes = walker.notes
    pairs = _Pairs(notes)
    joint = _Joint(walker)
    titled = _Titled(notes)
    if not pairs and not joint and not titled:
        return

    def meant(i: int) -> Reference | None:
        return pairs.before(i) or joint.before(i) or titled.before(i)

    taken = {i: e for e in notes.events for start, end in e.triggers for i in range(start, end)}
    for token, all_triggers in candidates:
        triggers = [g for g in all_triggers if _implies(g)]
        event = taken.get(token.i)
        if not triggers or (event and _acting(event)) or notes.at(token.i):
            continue
        if meant(token.i) is None:
            continue
        for match in (m for phrases in (True, False) for m in matches(token, triggers, phrases=phrases)):
            i = match.head.i
            pair = meant(i) if _is_carried(match) else None
            if pair is None or _is_filled(match, walker):
                continue
            if event is not None:
                if event.rule == match.trigger.id:
                    _complete(event, match, pair, notes)
                    break
            elif _note(match, pair, walker):
                break


def _acting(event: EventNote) -> bool:
    return any(a.role in _ACTING for a in event.arguments)


def _complete(event: EventNote, match: Match, pair: Reference, notes: Notes) -> None:
    """Give an event that names no party both of the pair."""
    role = next(r.role for r in match.trigger.roles if r.implied)
    start, end = match.span
    event.arguments += [Argument(role, start, end, key=k) for k in pair.keys]
    notes.refer(Reference(start, end, match.head.i, pair.keys, "nominal", pair.start))


def _implies(trigger: Trigger) -> bool:
    return any(role.implied for role in trigger.roles)


def _is_carried(match: Match) -> bool:
    head = match.head
    if head.pos_ == "VERB" or any(c.lower_ in _BETWEEN_TWO for c in head.children):
        return True
    verbs = supporting(head)
    return any(v.lemma_ in match.trigger.support or _is_existential(v) for v in verbs)


def _is_existential(verb: Token) -> bool:
    """Whether a verb says that something is there: "there were talks"."""
    return any(c.dep_ == "expl" and c.lower_ == "there" for c in verb.children)


def _is_filled(match: Match, walker: Walker) -> bool:
    """Whether somebody stands where the role is to be filled, if only unnamed."""
    role = next(r for r in match.trigger.roles if r.implied)
    named = (
        walker.notes.at(end.i) is not None or end.pos_ == "PRON"
        for path in role.paths
        for end in follow(match.head, path.steps, match.trigger.support)
    )
    return any(named)


def _note(match: Match, pair: Reference, walker: Walker) -> bool:
    notes, trigger, (start, end) = walker.notes, match.trigger, match.span
    role = next(r.role for r in trigger.roles if r.implied)
    arguments = walker.fill(match, tuple(Argument(role, start, end, key=k) for k in pair.keys))
    if arguments is None:
        return False
    notes.refer(Reference(start, end, match.head.i, pair.keys, "nominal", pair.start))
    notes.events.append(
        EventNote(f"e{len(notes.events) + 1}", trigger.cls, trigger.id, [match.span], arguments)
    )
    return True


class _Joint:
    """Where a text tells what some did together, all of whom it names."""

    def __init__(self, walker: Walker) -> None:
        self._walker, self._notes = walker, walker.notes
        self._found: list[tuple[int, Reference]] = []
        for event in sorted(walker.notes.events, key=lambda e: e.triggers[0]):
            parties = [a for a in event.arguments if a.role in _ACTING and a.key]
            keys = tuple(dict.fromkeys(a.key for a in parties if a.key))
            if len(keys) > 1 and event.rule in walker.lexicon.joint:
                first = min(parties, key=lambda a: a.start)
                head = event.triggers[0][0]
                self._found.append((head, Reference(first.start, first.end, first.end - 1, keys, "nominal")))

    def __bool__(self) -> bool:
        return bool(self._found)

    def before(self, token: int) -> Reference | None:
        """Those of the last such event before a token, in its paragraph and at most two sentences back."""
        number = bisect_left(self._found, token, key=lambda found: found[0])
        if not number:
            return None
        head, parties = self._found[number - 1]
        doc, blocks = self._walker.doc, self._notes.document.blocks
        begin, end = doc[head].idx, doc[token].idx
        if not any(b.begin <= begin and end < b.end for b in blocks):
            return None
        starts = [s.start for s in self._notes.sentences]
        return parties if bisect_right(starts, token) - bisect_right(starts, head) <= _NEAR else None


class _Pairs:
    """Where a text speaks of two states together: "the two countries", "Chile and Peru", "Chile-Peru"."""

    def __init__(self, notes: Notes) -> None:
        self._starts = [s.start for s in notes.sentences]
        ordered = sorted(notes.references, key=lambda r: r.start)
        self._states = [(r, frozenset(k for k in r.keys if _is_state(k, notes))) for r in ordered]

    def __bool__(self) -> bool:
        return any(self._joined(i) for i in range(len(self._states)))

    def before(self, token: int) -> Reference | None:
        """The last mention of two states together before a token, unless a third was named since."""
        sentence, others = bisect_right(self._starts, token), frozenset[str]()
        for i in range(bisect_left(self._states, token, key=_start) - 1, -1, -1):
            reference, states = self._states[i]
            if sentence - bisect_right(self._starts, reference.start) > _REACH:
                return None
            joined = self._joined(i)
            if joined is not None:
                return joined if others <= set(joined.keys) else None
            others |= states
        return None

    def _joined(self, i: int) -> Reference | None:
        reference, states = self._states[i]
        if len(states) == 2 == len(reference.keys):
            return reference
        earlier, first = self._states[i - 1] if i else (reference, states)
        if len(states) == 1 == len(first) and states != first and reference.start - earlier.end == 1:
            return replace(reference, keys=(*first, *states))
        return None


class _Titled:
    """The two states that a title names and no third: "Chile and Peru meet", "Chile-Peru Council"."""

    def __init__(self, notes: Notes) -> None:
        self._starts = [s.start for s in notes.sentences]
        self._states = [(r, frozenset(k for k in r.keys if _is_state(k, notes))) for r in notes.references]
        titles = [s for s in notes.sentences if s.kind is BlockKind.HEADLINE]
        named = [r for r, k in self._states if k and any(s.start <= r.start < s.end for s in titles)]
        keys = tuple(dict.fromkeys(k for r in named for k in r.keys if _is_state(k, notes)))
        self._pair = replace(named[0], keys=keys) if len(keys) == 2 else None

    def __bool__(self) -> bool:
        return self._pair is not None

    def before(self, token: int) -> Reference | None:
        """Both, unless a third state is named in the sentence or the one before."""
        pair = self._pair
        if pair is None:
            return None
        sentence = bisect_right(self._starts, token)
        near = (
            states for r, states in self._states if sentence - bisect_right(self._starts, r.start) in {0, 1}
        )
        return pair if all(states <= set(pair.keys) for states in near) else None


def _start(pair: tuple[Reference, frozenset[str]]) -> int:
    return pair[0].start


def _is_state(key: str, notes: Notes) -> bool:
    return notes.referents[key].cls == "State"
