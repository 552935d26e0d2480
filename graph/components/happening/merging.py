"""The component that turns mentions of events into events in the world, within one document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from graph.components.happening.events import lexicon_or_error
from graph.model import BlockKind
from graph.notes import Argument, EventNote, Notes, Reference, Rejection, Sentence
from ontology.frames import EventType
from ontology.lexicon import Lexicon

_ACTING = frozenset({"participant", "initiator", "recipient"})
_WITHIN = frozenset({"during", "at", "in", "on", "within", "amid"})
_OBJECTS = frozenset({"dobj", "nsubjpass"})
_ALIKE = 4  # letters that "invade" and "invasion", "agree" and "agreement" share


@Language.factory("diplograph_merge")
def create_event_merger(nlp: Language, name: str) -> EventMerger:  # noqa: ARG001  the form of a factory
    """Make the component, with the lexicon of this package.

    Raises:
        LexiconError: a file of the lexicon does not have its form.
    """
    return EventMerger(lexicon_or_error())


@dataclass(slots=True)
class _Mention:
    """An event with what merging looks at."""

    event: EventNote
    type: EventType
    sentence: Sentence
    token: Token
    acting: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def look(self) -> None:
        """Look at the arguments again, after they have changed."""
        self.acting = {a.key for a in self.event.arguments if a.role in _ACTING and a.key}
        self.places = {a.key for a in self.event.arguments if a.role == "place" and a.key}

    @property
    def initiators(self) -> set[str]:
        return {a.key for a in self.event.arguments if a.role == "initiator" and a.key}

    @property
    def topics(self) -> set[str]:
        about = (a for a in self.event.arguments if a.role == "about")
        return {a.key or (a.literal or "").split()[-1].lower() for a in about}

    @property
    def is_body(self) -> bool:
        return self.sentence.kind is BlockKind.BODY

    @property
    def weight(self) -> tuple[bool, int]:
        """How much a mention tells."""
        when = self.event.when is not None
        return (self.is_body, 2 * len(self.acting) + 2 * len(self.places) + 2 * when + bool(self.topics))


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
        mentions = _merged(mentions, _is_same_in_sentence)
        mentions = _merged(mentions, _Sameness(notes))
        _place_within(mentions)
        notes.events[:] = [m.event for m in mentions]
        return doc

    def _mention(self, doc: Doc, notes: Notes, event: EventNote) -> Iterable[_Mention]:
        start, end = event.triggers[0]
        sentence = notes.sentence_of(start)
        if sentence is not None:
            mention = _Mention(event, self.lexicon.types[event.cls], sentence, doc[start:end].root)
            mention.look()
            yield mention

    def _give_voices(self, notes: Notes, mentions: list[_Mention]) -> None:
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

    def _absorbed(self, notes: Notes, mentions: list[_Mention]) -> list[_Mention]:
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


def _merged(mentions: list[_Mention], same: Callable[[_Mention, _Mention], bool]) -> list[_Mention]:
    """Fold each mention into the first earlier one that is the same."""
    kept: list[_Mention] = []
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


def _fold(more: _Mention, less: _Mention) -> None:
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


def _is_same_in_sentence(a: _Mention, b: _Mention) -> bool:
    """Whether two mentions in one sentence are one event: "held talks and discussed"."""
    if a.sentence.start != b.sentence.start or _are_apart(a, b):
        return False
    if a.type.merge == "sentence":
        return bool(a.initiators & b.initiators)
    if a.event.factuality != b.event.factuality and not (_is_noun(a) or _is_noun(b)):
        return False
    nested = (b.token.is_ancestor(a.token) or a.token.is_ancestor(b.token)) and not _are_joined(a, b)
    return _are_nested(a.acting, b.acting) and (nested or a.type.merge == "world" or _are_alike(a, b))


class _Sameness:
    """Whether two mentions in a document are one event in the world."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def __call__(self, a: _Mention, b: _Mention) -> bool:
        if a.type.merge == "sentence":
            title = b if a.is_body else a
            return a.is_body != b.is_body and not _is_noun(title) and bool(a.initiators & b.initiators)
        if _are_apart(a, b):
            return False
        if a.event.factuality != b.event.factuality and not _is_definite(b):
            return False
        loose = a.type.merge == "world" and self._share_a_person(a, b)
        if not loose and (not _are_alike(a, b) or self._differ_in_topic(a, b)):
            return False
        if a.acting or b.acting:
            return _are_nested(a.acting, b.acting) and bool(a.acting and b.acting)
        return not a.places or not b.places or bool(a.places & b.places)

    def _share_a_person(self, a: _Mention, b: _Mention) -> bool:
        return any(self.notes.referents[key].kind == "person" for key in a.acting & b.acting)

    def _differ_in_topic(self, a: _Mention, b: _Mention) -> bool:
        return bool(a.topics and b.topics and not a.topics & b.topics)


def _are_apart(a: _Mention, b: _Mention) -> bool:
    """Whether date or place forbid that two mentions are one event."""
    if a.places and b.places and not a.places & b.places:
        return True
    x, y = a.event.when, b.event.when
    return x is not None and y is not None and not x.edtf.startswith(y.edtf) and not y.edtf.startswith(x.edtf)


def _are_nested(a: set[str], b: set[str]) -> bool:
    return a <= b or b <= a


def _are_alike(a: _Mention, b: _Mention) -> bool:
    """Whether two mentions have like words; verbs with objects also like objects: "deepen ties", "trade"."""
    if not _is_like(a.token, b.token):
        return False
    if a.token.pos_ != "VERB" or b.token.pos_ != "VERB" or not (a.is_body and b.is_body):
        return True
    objects = [[c for c in m.token.children if c.dep_ in _OBJECTS] for m in (a, b)]
    return not all(objects) or any(_is_like(x, y) for x in objects[0] for y in objects[1])


def _is_like(a: Token, b: Token) -> bool:
    return a.lemma_[:_ALIKE].lower() == b.lemma_[:_ALIKE].lower()


def _are_joined(a: _Mention, b: _Mention) -> bool:
    """Whether two verbs joined by "and" have each their object: "signed one treaty and ratified another"."""
    if not all(_OBJECTS & {c.dep_ for c in m.token.children} for m in (a, b)):
        return False
    inner, outer = (a.token, b.token) if b.token.is_ancestor(a.token) else (b.token, a.token)
    while inner.dep_ == "conj" and inner.i != outer.i:
        inner = inner.head
    return inner.i == outer.i and a.token.pos_ == b.token.pos_ == "VERB"


def _is_definite(m: _Mention) -> bool:
    """Whether a mention points back: "the visit", "this meeting"."""
    return _is_noun(m) and any(c.lower_ in {"the", "this", "that", "these"} for c in m.token.children)


def _is_noun(m: _Mention) -> bool:
    return m.token.pos_ in {"NOUN", "PROPN"}


def _place_within(mentions: list[_Mention]) -> None:
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
