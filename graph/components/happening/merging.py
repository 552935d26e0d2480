"""The component that turns mentions of events into events in the world, within one document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable

from spacy.language import Language
from spacy.tokens import Doc, Token

from graph.components.happening.doers import objects
from graph.components.happening.events import lexicon_or_error
from graph.components.happening.sameness import Mention, Sameness, is_same_in_sentence
from graph.notes import Argument, EventNote, Notes, Reference, Rejection
from ontology.lexicon import Lexicon

_WITHIN = frozenset({"during", "at", "in", "on", "within", "amid"})


@Language.factory("diplograph_merge")
def create_event_merger(nlp: Language, name: str) -> EventMerger:  # noqa: ARG001  the form of a factory
    """Make the component, with the lexicon of this package.

    Raises:
        LexiconError: a file of the lexicon does not have its form.
    """
    return EventMerger(lexicon_or_error())


class EventMerger:
    """Merges the mentions of one event and settles which event others are part of."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Merge the events of a Doc; their keys stay those of the mentions that tell most."""
        notes: Notes = doc._.notes
        mentions = [m for e in notes.events for m in self._mention(doc, notes, e)]
        self._give_voices(notes, mentions)
        mentions = self._absorbed(notes, mentions)
        mentions = _merged(mentions, is_same_in_sentence)
        mentions = _taken_up(mentions, notes)
        mentions = _merged(mentions, Sameness(notes))
        _place_within(mentions)
        notes.events[:] = [m.event for m in mentions]
        return doc

    def _mention(self, doc: Doc, notes: Notes, event: EventNote) -> Iterable[Mention]:
        start, end = event.triggers[0]
        sentence = notes.sentence_of(start)
        if sentence is not None:
            mention = Mention(event, self.lexicon.types[event.cls], sentence, doc[start:end].root)
            mention.look()
            yield mention

    def _give_voices(self, notes: Notes, mentions: list[Mention]) -> None:
        """Let whoever issued a document be who speaks in it: "the report said"; the reference says so."""
        voices: dict[
            str, dict[str, int]
        ] = {}  # a document's key -> who issued it, and the token that names them
        for m in mentions:
            if m.type.voices:
                issuers = {a.key: a.start for a in m.event.arguments if a.role == "initiator" and a.key}
                for a in m.event.arguments:
                    if a.role == "about" and a.key:
                        voices.setdefault(a.key, {}).update(issuers)
        for m in mentions:
            arguments = []
            for a in m.event.arguments:
                speakers = sorted(voices.get(a.key or "", {}).items()) if a.role == "initiator" else []
                arguments += [Argument(a.role, a.start, a.end, key=key) for key, _ in speakers] or [a]
                for key, via in speakers:
                    notes.refer(Reference(a.start, a.end, a.end - 1, (key,), "issuer", via))
            m.event.arguments = arguments
            m.event.source = min(voices.get(m.event.source or "", {}), default=m.event.source)
            m.look()

    def _absorbed(self, notes: Notes, mentions: list[Mention]) -> list[Mention]:
        """The mentions without those that another type stands for ("condemned" is no statement besides)."""
        taken = {
            (m.sentence.start, cls, key) for m in mentions for cls in m.type.absorbs for key in m.initiators
        }
        kept = []
        for m in mentions:
            if any((m.sentence.start, m.event.cls, key) in taken for key in m.initiators):
                why = "another event of its sentence stands for it"
                notes.rejected.append(Rejection(*m.event.triggers[0], m.event.rule, why))
            else:
                kept.append(m)
        return kept


def _merged(mentions: list[Mention], same: Callable[[Mention, Mention], bool]) -> list[Mention]:
    """Fold each mention into the first earlier one that is the same."""
    kept: list[Mention] = []
    for mention in mentions:
        for i, earlier in enumerate(kept):
            if earlier.event.cls == mention.event.cls and same(earlier, mention):
                more, less = sorted((earlier, mention), key=lambda m: m.weight, reverse=True)
                _fold(more, less)
                kept[i] = more
                break
        else:
            kept.append(mention)
    return kept


def _taken_up(mentions: list[Mention], notes: Notes) -> list[Mention]:
    """Fold what is said of "it" into the occasion of the sentence before: "It was attended by"."""
    starts = [s.start for s in notes.sentences]
    kept: list[Mention] = []
    for mention in mentions:
        last = kept[-1] if kept else None
        if last and mention.type.setting and any(o.lower_ == "it" for o in objects(mention.token)):
            apart = bisect_right(starts, mention.token.i) - bisect_right(starts, last.token.i)
            if last.type.setting and apart == 1:
                _fold(last, mention)
                continue
        kept.append(mention)
    return kept


def _fold(more: Mention, less: Mention) -> None:
    """Add to an event what another mention of it tells."""
    event, other = more.event, less.event
    event.triggers += [t for t in other.triggers if t not in event.triggers]
    known = more.acting | more.places
    for a in other.arguments:
        if a.role == "place" and more.places:
            continue
        if a.role == "about" and a.literal is not None and more.topics:
            continue
        if (a.key or a.literal) not in known:
            event.arguments.append(a)
    event.when = event.when or other.when
    event.says = event.says or other.says
    event.source = event.source or other.source
    more.look()


def _place_within(mentions: list[Mention]) -> None:
    """Note which event another is part of ("proposed at a meeting in Lima"); it lends place and date."""
    settings = [m for m in mentions if m.type.setting]
    for mention in mentions:
        for setting in settings:
            if setting is not mention and _is_within(mention.token, setting.token):
                mention.event.part_of = setting.event.key
                if not mention.places:
                    mention.event.arguments += [a for a in setting.event.arguments if a.role == "place"]
                mention.event.when = mention.event.when or setting.event.when


def _is_within(inner: Token, outer: Token) -> bool:
    """Whether ``inner`` happens during or at ``outer``, by a preposition in the same sentence."""
    above, preposition = outer, None
    while above.dep_ in {"pobj", "prep", "pcomp", "conj"} and above.head.i != above.i:
        above = above.head
        if above.pos_ == "ADP":
            preposition = above
        if above.i == inner.i:
            return preposition is not None and preposition.lower_ in _WITHIN
    return False
