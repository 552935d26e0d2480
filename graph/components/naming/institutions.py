"""Institutions: names built around a head noun ("Malian army", "Ministry of Defence"), or recognised."""

from __future__ import annotations

from collections.abc import Iterator

from graph.components.naming.body_owners import PUBLIC, built, state_within
from graph.components.naming.candidates import Candidate, Strength
from graph.components.naming.common_bodies import find_common, is_chair, qualifies
from graph.components.naming.joint_bodies import find_joint
from graph.components.naming.recognised_bodies import find_recognised
from graph.components.naming.scene import Scene
from ontology.gazetteer import Organisation
from ontology.name_words import Head

_SHOUTED_LINKS = frozenset({"of", "the", "for", "and", ","})
_LINKS = frozenset({"of", "for"})
_WIDE_LINKS = frozenset({"of", "for", "on", "against"})
_WIDE = frozenset({"Committee", "Forum", "ThinkTank", "InternationalOrganization"})


def find_institutions(scene: Scene) -> Iterator[Candidate]:
    """All candidates for institutions: of the gazetteer, built from head nouns, and recognised ones."""
    found = [*_headed(scene), *find_recognised(scene)]
    yield from found
    yield from _lone(scene, {scene.tokens.lower[i] for c in found for i in (c.start, c.end - 1)})


def _headed(scene: Scene) -> Iterator[Candidate]:
    t = scene.tokens
    heads = scene.words.institutions
    for i in range(len(t.text)):
        if not t.read[i]:
            continue
        if t.lower[i] in scene.words.joint or (i and f"{t.lower[i - 1]} {t.lower[i]}" in scene.words.joint):
            yield from find_joint(scene, i + 1)
        if t.capital[i]:
            head = heads.ending(t.lower, i, "proper")
            if head and t.capital[head.start]:
                yield from _proper(scene, head, i + 1)
        elif t.tag[i].startswith("NN"):
            head = heads.ending(t.lower, i, "common")
            if head and not qualifies(scene, i):
                yield from find_common(scene, head, i + 1)


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


def _proper(scene: Scene, head: Head, end: int) -> Iterator[Candidate]:
    start = _after_occasion(scene, scene.left_edge(head.start), head.start)
    if scene.personal(head.start, end) or is_chair(scene, end):
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
    yield built(scene, start, stop, head.cls)


def _after_occasion(scene: Scene, start: int, last: int) -> int:
    """Where the body begins in "Third Meeting of the Joint Commission", which may be taken for one."""
    lower = scene.tokens.lower
    for k in range(last - 1, start - 1, -1):
        if lower[k] in scene.words.events and lower[k + 1] == "of":
            return min(k + 3 if lower[k + 2] == "the" else k + 2, last)
    return start


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
        k = end + 2 if t.lower[end + 1] == "the" and scene.same_line(end + 2, end) else end + 1
        known = scene.found[k] if t.lower[end] in {"in", "to", "for"} else None
        return known.end if known and known.state and not known.demonym else end
    return end


def _of_owner(scene: Scene, start: int, cls: str) -> bool:
    """Whether a head alone is the body of the state before it: "Peru's Congress"."""
    return cls in PUBLIC - {"Institution"} and bool(state_within(scene, start, start))
