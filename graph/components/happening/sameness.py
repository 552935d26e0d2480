"""Which mentions in a document are of one event in the world."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from graph.components.happening.doers import objects
from graph.model import BlockKind
from graph.notes import EventNote, Notes, Sentence
from ontology.frames import EventType

_ACTING = frozenset({"participant", "initiator", "recipient"})
_OBJECTS = frozenset({"dobj", "nsubjpass"})
_SOON = 80  # tokens within which what some did is told further
_ALIKE = 4  # letters that "invade" and "invasion", "agree" and "agreement" share


@dataclass(slots=True)
class Mention:
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
        """The keys of those who do it."""
        return {a.key for a in self.event.arguments if a.role == "initiator" and a.key}

    @property
    def topics(self) -> set[str]:
        """What it is about: keys, else the last word of each phrase."""
        about = (a for a in self.event.arguments if a.role == "about")
        return {a.key or (a.literal or "").split()[-1].lower() for a in about}

    @property
    def is_body(self) -> bool:
        """Whether it stands in a paragraph, not in a title."""
        return self.sentence.kind is BlockKind.BODY

    @property
    def weight(self) -> tuple[bool, int]:
        """How much a mention tells."""
        when = self.event.when is not None
        return (self.is_body, 2 * len(self.acting) + 2 * len(self.places) + 2 * when + bool(self.topics))


def is_same_in_sentence(a: Mention, b: Mention) -> bool:
    """Whether two mentions in one sentence are one event: "held talks and discussed"."""
    if a.sentence.start != b.sentence.start or _are_apart(a, b):
        return False
    if a.type.merge == "sentence":
        return bool(a.initiators & b.initiators)
    if a.event.factuality != b.event.factuality and not (_is_noun(a) or _is_noun(b)):
        return False
    if a.type.setting and any(x.token in objects(y.token) for x, y in ((a, b), (b, a))):
        return True  # who chaired a conference and who attended it were at the same
    nested = (b.token.is_ancestor(a.token) or a.token.is_ancestor(b.token)) and not _are_joined(a, b)
    return _are_nested(a.acting, b.acting) and (nested or a.type.merge == "world" or _are_alike(a, b))


class Sameness:
    """Whether two mentions in a document are one event in the world."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def __call__(self, a: Mention, b: Mention) -> bool:
        """Whether two mentions are, the first of which stands before the other."""
        if a.type.merge == "sentence":
            title = b if a.is_body else a
            return a.is_body != b.is_body and not _is_noun(title) and bool(a.initiators & b.initiators)
        if _are_apart(a, b):
            return False
        if a.event.factuality != b.event.factuality and not _is_definite(b):
            return False
        if a.type.merge == "world" and self._goes_on(a, b):
            return True
        if a.is_body != b.is_body and a.event.factuality == b.event.factuality and a.acting and b.acting:
            return _are_nested(a.acting, b.acting)  # a title only tells what the text does
        loose = a.type.merge == "world" and self._share_a_person(a, b)
        if not loose and (not _are_alike(a, b) or self._differ_in_topic(a, b)):
            return False
        if a.acting or b.acting:
            return _are_nested(a.acting, b.acting) and bool(a.acting and b.acting)
        return not a.places or not b.places or bool(a.places & b.places)

    def _goes_on(self, a: Mention, b: Mention) -> bool:
        """Whether just after persons met, their states do so: "X met Y. The two sides exchanged views"."""
        if a.event.factuality != b.event.factuality or b.event.when not in (None, a.event.when):
            return False
        if not 0 < b.token.sent.start - a.token.i < _SOON:
            return False
        people = {k for k in a.acting if self.notes.referents[k].kind == "person"}
        states = {o.of for o in self.notes.offices if o.holder in people and o.of} | (a.acting - people)
        named = {k for k in states if self.notes.referents[k].cls == "State"}
        return bool(people) and len(b.acting) > 1 and b.acting == named

    def _share_a_person(self, a: Mention, b: Mention) -> bool:
        return any(self.notes.referents[key].kind == "person" for key in a.acting & b.acting)

    def _differ_in_topic(self, a: Mention, b: Mention) -> bool:
        return bool(a.topics and b.topics and not a.topics & b.topics)


def _are_apart(a: Mention, b: Mention) -> bool:
    """Whether date or place forbid that two mentions are one event."""
    if a.places and b.places and not a.places & b.places:
        return True
    x, y = a.event.when, b.event.when
    return x is not None and y is not None and not x.edtf.startswith(y.edtf) and not y.edtf.startswith(x.edtf)


def _are_nested(a: set[str], b: set[str]) -> bool:
    return a <= b or b <= a


def _are_alike(a: Mention, b: Mention) -> bool:
    """Whether two mentions have like words; verbs with objects also like objects: "deepen ties", "trade"."""
    if not _is_like(a.token, b.token):
        return False
    if a.token.pos_ != "VERB" or b.token.pos_ != "VERB" or not (a.is_body and b.is_body):
        return True
    done = [[c for c in m.token.children if c.dep_ in _OBJECTS] for m in (a, b)]
    return not all(done) or any(_is_like(x, y) for x in done[0] for y in done[1])


def _is_like(a: Token, b: Token) -> bool:
    return a.lemma_[:_ALIKE].lower() == b.lemma_[:_ALIKE].lower()


def _are_joined(a: Mention, b: Mention) -> bool:
    """Whether two verbs joined by "and" have each their object: "signed one treaty and ratified another"."""
    if not all(_OBJECTS & {c.dep_ for c in m.token.children} for m in (a, b)):
        return False
    inner, outer = (a.token, b.token) if b.token.is_ancestor(a.token) else (b.token, a.token)
    while inner.dep_ == "conj" and inner.i != outer.i:
        inner = inner.head
    return inner.i == outer.i and a.token.pos_ == b.token.pos_ == "VERB"


def _is_definite(m: Mention) -> bool:
    """Whether a mention points back: "the visit", "this meeting"."""
    return _is_noun(m) and any(c.lower_ in {"the", "this", "that", "these"} for c in m.token.children)


def _is_noun(m: Mention) -> bool:
    return m.token.pos_ in {"NOUN", "PROPN"}
