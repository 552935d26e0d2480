"""Institutions: names built around a head noun ("Malian army", "Ministry of Defence"), or recognised."""

from __future__ import annotations

from collections.abc import Iterator

from graph.components.naming.atlas import Found
from graph.components.naming.candidates import Candidate, Strength
from graph.components.naming.scene import Scene
from ontology.gazetteer import Organisation, Place
from ontology.name_words import Head

_SHOUTED_LINKS = frozenset({"of", "the", "for", "and", ","})
_OF = frozenset({"of"})
_LINKS = frozenset({"of", "for"})
_WIDE_LINKS = frozenset({"of", "for", "on", "against"})
_WIDE = frozenset({"Committee", "Forum", "ThinkTank", "InternationalOrganization"})
_PUBLIC = frozenset(
    {"Government", "Ministry", "Legislature", "Court", "PoliticalParty", "DiplomaticMission", "ArmedForces"}
    | {"Institution", "Committee"}
)
SEATED = frozenset({"Court", "DiplomaticMission"})
_TOPIC_JOINTS = frozenset({"and", ",", "-", "scientific", "technical"})
_TOPIC_NOUNS = frozenset({"issues", "questions", "matters", "relations", "ties", "cooperation"})
_PERSONAL = frozenset({"administration", "government", "regime", "forces", "party", "cabinet", "junta"})


def find_institutions(scene: Scene) -> Iterator[Candidate]:
    """All candidates for institutions: of the gazetteer, built from head nouns, and recognised ones."""
    found = [*_headed(scene), *_recognised(scene)]
    yield from found
    yield from _lone(scene, {scene.tokens.lower[i] for c in found for i in (c.start, c.end - 1)})


def _headed(scene: Scene) -> Iterator[Candidate]:
    t = scene.tokens
    heads = scene.words.institutions
    for i in range(len(t.text)):
        if not t.read[i]:
            continue
        if t.lower[i] in scene.words.joint or (i and f"{t.lower[i - 1]} {t.lower[i]}" in scene.words.joint):
            yield from _joint(scene, i + 1)
        if t.capital[i]:
            head = heads.ending(t.lower, i, "proper")
            if head and t.capital[head.start]:
                yield from _proper(scene, head, i + 1)
        elif t.tag[i].startswith("NN"):
            head = heads.ending(t.lower, i, "common")
            if head and not _qualifies(scene, i):
                yield from _common(scene, head, i + 1)


def _lone(scene: Scene, taken: set[str]) -> Iterator[Candidate]:
    """A capitalised noun alone, which no longer name in the text explains: "carried out by the Army"."""
    t = scene.tokens
    for i, word in enumerate(t.lower):
        if word not in scene.words.lone or word in taken or not t.read[i] or not t.proper(i) or t.titled[i]:
            continue
        described = i > 1 and t.tag[i - 1] in {"JJ", "NN", "HYPH"} and t.lower[i - 2] in {"the", "-"}
        alone = not (scene.same_line(i + 1, i) and (t.capital[i + 1] or t.lower[i + 1] == "of"))
        if alone and scene.same_line(i - 1, i) and (t.lower[i - 1] == "the" or described):
            head = scene.words.institutions.ending(t.lower, i, "proper")
            yield Candidate(i, i + 1, "institution", head.cls if head else "Institution", Strength.BUILT)


def state_within(scene: Scene, start: int, end: int) -> tuple[str, ...]:
    """The states that the words of a name name, and the one in the genitive before it."""
    states = [f.row.id for f in scene.found[start:end] if f and f.state]
    if not states and scene.tokens.genitive(start - 1):
        owner = scene.found[start - 2] if start > 1 else None
        states = [_state_id(owner)] if owner and _state_id(owner) else []
    return tuple(dict.fromkeys(states))


def _state_id(owner: Found) -> str:
    """The state that an owner is, or that an owning body belongs to."""
    return owner.row.state if isinstance(owner.row, Organisation) else owner.row.id if owner.state else ""


def _proper(scene: Scene, head: Head, end: int) -> Iterator[Candidate]:
    start = scene.left_edge(head.start)
    if scene.personal(head.start, end):
        return
    links = _WIDE_LINKS if head.cls in _WIDE else _LINKS
    links = links | {"to"} if head.cls == "DiplomaticMission" else links
    stop = scene.right_edge(end, links, lists=head.cls in {"Ministry", "Committee", "Government"})
    if stop == end:
        stop = _shouted_end(scene, end) if scene.tokens.titled[head.start] else _abroad(scene, end)
    known = scene.found[end - 1]
    if known and isinstance(known.row, Organisation) and known.end == end and stop > end:
        return
    if head.cls == "Ministry" and stop == end and scene.tokens.lower[start:end] == ["department"]:
        return
    if scene.tokens.begins(start) and end - start == 1 and scene.tokens.tag[start] == "NNS":
        return  # "Members of the bloc" and the like name persons
    bare = stop == end and start == head.start and end - start == 1
    if bare and head.cls == "Legislature" and _acts(scene, start):
        yield Candidate(start, end, "institution", head.cls, Strength.BUILT)
        return
    if bare and scene.same_line(end, start) and scene.nameable(end):
        return
    if stop > end and stop == _abroad(scene, end):
        yield Candidate(start, stop, "institution", head.cls, Strength.BUILT)
        return
    if scene.known_exactly(start, stop) or (bare and not _of_owner(scene, start, head.cls)):
        return
    yield _built(scene, start, stop, head.cls)


def _acts(scene: Scene, i: int) -> bool:
    """Whether a noun in the singular opens a sentence and its verb follows: "Parliament votes"."""
    t = scene.tokens
    begins = t.begins(i) and t.tag[i] in {"NN", "NNP"} and not t.titled[i]
    return begins and scene.same_line(i + 1, i) and t.tag[i + 1] in {"VBD", "VBZ", "MD"}


def _shouted_end(scene: Scene, end: int) -> int:
    """The end of "MINISTRY OF FOREIGN AFFAIRS OF PERU" in a line that is all in capitals."""
    t, stop, k = scene.tokens, end, end
    while scene.same_line(k, end - 1) and (t.text[k].isupper() or t.text[k] == ","):
        known = scene.found[k]
        if known and known.state:
            return known.end
        if t.lower[k] in scene.offices.portfolios:
            stop = k + 1
        elif t.lower[k] not in _SHOUTED_LINKS:
            break
        k += 1
    return stop


def _abroad(scene: Scene, end: int) -> int:
    """The end of "Training Mission in Mali": a mission is named after the state that it is sent to."""
    t = scene.tokens
    if t.lower[end - 1] in scene.words.missions and scene.same_line(end + 1, end - 1):
        known = scene.found[end + 1] if t.lower[end] in {"in", "to", "for"} else None
        return known.end if known and known.state and not known.demonym else end
    return end


def _of_owner(scene: Scene, start: int, cls: str) -> bool:
    """Whether a head alone is the body of the state before it: "Peru's Congress"."""
    return cls in _PUBLIC - {"Institution"} and bool(state_within(scene, start, start))


def _built(scene: Scene, start: int, end: int, cls: str) -> Candidate:
    states = state_within(scene, start, end) if cls in _PUBLIC else ()
    shown = _with_owner(scene, start, end) if states and scene.tokens.genitive(start - 1) else None
    return Candidate(start, end, "institution", cls, Strength.BUILT, None, states, shown)


def _with_owner(scene: Scene, start: int, end: int) -> str:
    owner = scene.found[start - 2]
    first = owner.start if owner else start
    text = scene.tokens.text
    return " ".join(text[first : start - 1]) + text[start - 1] + " " + " ".join(text[start:end])


def _qualifies(scene: Scene, i: int) -> bool:
    """Whether a noun only describes the next: "military base", but not "military officials"."""
    t = scene.tokens
    if not scene.same_line(i, i + 1) or not t.tag[i + 1].startswith("NN"):
        return False
    acting = {t.lower[i + 1], t.lower[i + 1].removesuffix("s")}
    return acting.isdisjoint(scene.offices.forms) and acting.isdisjoint(scene.words.belongings)


def _common(scene: Scene, head: Head, end: int) -> Iterator[Candidate]:
    """A head in small letters is a name where a state, or whose it is, stands with it."""
    start = head.start
    while scene.same_line(start - 1, start) and _modifies(scene, start - 1):
        start -= 1
    owner = scene.found[start - 1] if scene.same_line(start - 1, head.start) else None
    if owner and (owner.state or owner.demonym or _has_organ(owner, head.cls)):
        yield _built(scene, owner.start, end, head.cls)
    elif scene.tokens.genitive(start - 1) and state_within(scene, start, end):
        yield _built(scene, start, end, head.cls)
    elif (stop := _owner_end(scene, head.cls, end)) > end:
        yield _built(scene, start, stop, head.cls)
    elif head.cls == "Legislature" and _without_article(scene, start):
        yield Candidate(start, end, "institution", head.cls, Strength.BUILT)
    elif scene.same_line(start - 1, start) and scene.tokens.lower[head.start] in _PERSONAL:
        left = scene.left_edge(start)
        if left < start and scene.tokens.tag[start - 1] in {"NNP", "NNPS"}:
            yield _built(scene, left, end, head.cls)


def _owner_end(scene: Scene, cls: str, end: int) -> int:
    """The end of the state in "government of Peru", or of the seat of a court or mission."""
    stop = scene.right_edge(end, _OF, lists=False)
    if stop > end and _of_state(scene, stop):
        return stop
    return _seat_end(scene, cls, end) if cls in SEATED else end


def _seat_end(scene: Scene, cls: str, end: int) -> int:
    """The end of "in Agadez" after "court": what tells one such body of a state from the others.

    A mission "in Mali" is told by whose it is, not by where.
    """
    t = scene.tokens
    if not scene.same_line(end + 1, end - 1) or t.lower[end] != "in":
        return end
    place = scene.found[end + 1]
    if place is None or not isinstance(place.row, Place) or place.demonym:
        return end
    return end if place.state and cls != "Court" else place.end


def _without_article(scene: Scene, start: int) -> bool:
    """Whether a noun in the singular stands as names do, with nothing that determines it before it."""
    t = scene.tokens
    before = t.tag[start - 1] if scene.same_line(start - 1, start) else ""
    return t.tag[start] == "NN" and (before in {"", "IN", "TO", "CC", ","} or before.startswith("VB"))


def _joint(scene: Scene, end: int) -> Iterator[Candidate]:
    """A body of two states in small letters: "Peru-Chile society", "bilateral commission on trade"."""
    t = scene.tokens
    head = scene.words.institutions.ending(t.lower, end - 1, "proper")
    start = head.start if head else end - 1
    cls = head.cls if head else "Institution"
    while scene.same_line(start - 1, start) and t.lower[start - 1] in scene.words.joint_modifiers:
        start -= 1
    stop = _topics_end(scene, end)
    owner = scene.found[start - 1] if scene.same_line(start - 1, start) else None
    if owner and owner.state and owner.start >= 2 and t.tag[owner.start - 1] == "HYPH":
        first = scene.found[owner.start - 2]
        if first and first.state:
            yield Candidate(first.start, stop, "institution", cls, Strength.BUILT)
    elif stop > end and start < end - 1:
        yield Candidate(start, stop, "institution", cls, Strength.BUILT)


def _topics_end(scene: Scene, end: int) -> int:
    """The end of "on trade and economic issues" in small letters after ``end``."""
    t, topics = scene.tokens, scene.offices.portfolios
    if not (
        scene.same_line(end + 1, end - 1) and t.lower[end] in {"on", "for"} and t.lower[end + 1] in topics
    ):
        return end
    topics |= _TOPIC_NOUNS
    stop, k = end, end + 1
    while scene.same_line(k, end) and (t.lower[k] in topics or t.lower[k] in _TOPIC_JOINTS):
        stop = k + 1 if t.lower[k] in topics else stop
        k += 1
    return stop


def _of_state(scene: Scene, end: int) -> bool:
    """Whether the name of a state ends there."""
    known = scene.found[end - 1]
    return known is not None and known.state and not known.demonym


def _has_organ(owner: Found, cls: str) -> bool:
    return isinstance(owner.row, Organisation) and cls in {"Court", "Committee", "ArmedForces", "Legislature"}


def _modifies(scene: Scene, i: int) -> bool:
    t = scene.tokens
    if t.lower[i] in {"and", "-"}:
        return scene.same_line(i - 1, i) and t.lower[i - 1] in scene.offices.portfolios
    small = t.lower[i] in scene.words.institution_modifiers or t.lower[i] in scene.offices.portfolios
    return small and scene.found[i] is None


def _recognised(scene: Scene) -> Iterator[Candidate]:
    seen: tuple[int, int, str] | None = None
    for span in scene.entity:
        if span is None or span == seen or not _organisational(scene, span):
            continue
        seen = span
        start, end = scene.after_people(span[0], span[1] - 1), span[1]
        while end > start and scene.tokens.lower[end - 1] in scene.words.not_names:
            end -= 1
        while start < end - 1 and scene.tokens.tag[start] == "JJ" and not scene.tokens.capital[start]:
            start += 1
        if not _plausible(scene, start, end):
            continue
        head = scene.words.institutions.ending(scene.tokens.lower, end - 1, "proper")
        cls = head.cls if head and head.start >= start else "Institution"
        if scene.known_exactly(start, end):
            continue
        states = state_within(scene, start, end) if cls in _PUBLIC - {"Institution"} else ()
        strength = Strength.LONG if end - start > 1 else Strength.RECOGNISED
        yield Candidate(start, end, "institution", cls, strength, None, states)


def _organisational(scene: Scene, span: tuple[int, int, str]) -> bool:
    """Whether a recognised span may name an institution: an ORG, or an acronym taken for a person."""
    start, end, label = span
    return label == "ORG" or (label == "PERSON" and end - start == 1 and acronym(scene.tokens.text[start]))


def acronym(word: str) -> bool:
    """Whether a word is written as an acronym is."""
    return word.isupper() and word.isalpha() and 2 <= len(word) <= 5


def _noun_alone(scene: Scene, i: int) -> bool:
    """Whether a word only says what sort of body it is: "the Secretariat", but not "the Senate"."""
    head = scene.words.institutions.ending(scene.tokens.lower, i, "proper")
    return scene.tokens.lower[i] == "state" or (head is not None and head.cls != "Legislature")


def _titular(scene: Scene, word: str) -> bool:
    """Whether a word is a title by itself, in either number."""
    return any(len(form.words) == 1 for form in scene.offices.forms.get(word, ()))


def _plausible(scene: Scene, start: int, end: int) -> bool:
    """Whether a recognised institution is none of the things that the recogniser often takes for one."""
    t = scene.tokens
    last = t.lower[end - 1] if end > start else ""
    if " ".join(t.lower[start:end]) in scene.words.not_institutions:
        return False
    if last in scene.words.events or last.rstrip("s") in scene.words.events or _titular(scene, last):
        return False
    if last in scene.offices.portfolios and scene.same_line(end, end - 1):
        follows = t.lower[end]  # "Botswana Home | Affairs Minister"
        if t.capital[end] and (follows in scene.offices.portfolios or follows in scene.offices.forms):
            return False
    if end - start == 1 and (last in scene.offices.portfolios or _noun_alone(scene, start)):
        return False
    if any(t.titled[start:end]) and not scene.words.institutions.ending(t.lower, end - 1, "proper"):
        return False
    return any(t.capital[start:end])
