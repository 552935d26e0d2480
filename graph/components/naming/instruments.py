"""Names of instruments: treaties, accords, declarations, plans, reports, laws and resolutions."""

from __future__ import annotations

from collections.abc import Iterator

from graph.components.naming.candidates import Candidate, Strength
from graph.components.naming.scene import Scene
from ontology.gazetteer import Place
from ontology.name_words import Head

_LINKS = frozenset({"of", "on", "for", "against", "in", "with"})
_MODIFYING = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "CD", "HYPH", "VBG", "VBN"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "CD"})
_NUMERALS = frozenset({"no.", "no", "nos.", "number", "nr.", "№"})
_WITH_TOPIC = frozenset({"Treaty", "Accord", "Law", "Declaration", "Resolution"})
_LONGEST_TOPIC = 8
_NUMBERED = frozenset({"Resolution", "Treaty", "Law"})


def find_instruments(scene: Scene) -> Iterator[Candidate]:
    """All candidates for instruments: names in capitals, "peace treaty", "resolution 1325", a "ceasefire"."""
    t = scene.tokens
    heads = scene.words.instruments
    for i in range(len(t.text)):
        if not t.read[i]:
            continue
        if t.capital[i] and (head := heads.ending(t.lower, i, "proper")) and t.capital[head.start]:
            yield from _proper(scene, head, i + 1)
        elif not t.capital[i] and t.tag[i].startswith("NN") and not _qualifies(scene, i):
            yield from _common(scene, i)
            yield from _signed_at(scene, i)


def _qualifies(scene: Scene, i: int) -> bool:
    return scene.same_line(i, i + 1) and scene.tokens.tag[i + 1] in {"NN", "NNS"}


def _proper(scene: Scene, head: Head, end: int) -> Iterator[Candidate]:
    if scene.personal(head.start, end):
        return
    start = scene.left_edge(head.start)
    stop = scene.right_edge(end, _LINKS, lists=True)
    if stop == end:
        stop = _numbers_end(scene, head, end)
    if any(scene.tokens.titled[start:stop]) and not scene.together(start, stop - 1):
        return
    if stop - start > 1:
        yield Candidate(start, stop, "instrument", head.cls, Strength.BUILT)


def _numbers_end(scene: Scene, head: Head, end: int) -> int:
    t = scene.tokens
    number = end + (scene.same_line(end + 1, end - 1) and t.lower[end] in _NUMERALS)
    if head.cls in _NUMBERED and scene.same_line(number, end - 1) and t.text[number][0].isdigit():
        return number + 1
    if scene.same_line(end, end - 1) and t.text[end].isdigit() and len(t.text[end]) == 4:
        return end + 1
    return end


def _common(scene: Scene, i: int) -> Iterator[Candidate]:
    t = scene.tokens
    heads = scene.words.instruments
    head = heads.ending(t.lower, i, "common")
    if head is None:
        bare = heads.ending(t.lower, i, "bare")
        if bare:
            yield Candidate(bare.start, i + 1, "instrument", bare.cls, Strength.BUILT)
        return
    start, states = _without_owner(scene, _modifiers_start(scene, head.start), head.start)
    stop = _numbers_end(scene, head, i + 1)
    if stop == i + 1 and head.cls == "Plan":
        stop = _topic_end(scene, stop)
    named = start < head.start and any(t.tag[k] in _NOUNS for k in range(start, head.start))
    named = named or (head.cls == "Resolution" and scene.found[start - 1] is not None)
    if stop > i + 1 or named:
        yield Candidate(start, stop, "instrument", head.cls, Strength.BUILT, None, states)
    elif head.cls in _WITH_TOPIC and (end := _about_end(scene, i + 1)) and _determined(scene, head.start):
        shown = " ".join(t.text[head.start : end])
        yield Candidate(head.start, i + 1, "instrument", head.cls, Strength.BUILT, None, states, shown)
    elif bare := heads.ending(t.lower, i, "bare"):
        yield Candidate(bare.start, i + 1, "instrument", bare.cls, Strength.BUILT)


def _determined(scene: Scene, start: int) -> bool:
    """Whether a noun is one thing: "an agreement on fishing", but not "reached agreement on fishing"."""
    t, k = scene.tokens, start - 1
    while scene.same_line(k, start) and t.tag[k] in {"JJ", "VBN", "HYPH", "NN"}:
        k -= 1
    return scene.same_line(k, start) and t.tag[k] == "DT" and t.lower[k] not in {"any", "some", "no"}


def _about_end(scene: Scene, end: int) -> int:
    """The end of "on the return of migrants" after a noun; 0 where no such words follow."""
    t = scene.tokens
    if not scene.same_line(end + 1, end - 1) or t.lower[end] != "on":
        return 0
    stop, k = 0, end + 1
    while scene.same_line(k, end) and k - end <= _LONGEST_TOPIC:
        if t.tag[k] in _NOUNS - {"CD"}:
            stop = k + 1
        elif t.tag[k] not in {"DT", "JJ", "VBG", "HYPH"} and t.lower[k] != "of":
            break
        k += 1
    return stop


def _signed_at(scene: Scene, i: int) -> Iterator[Candidate]:
    """Agreements known by the town where they were made: "the Oslo accords"."""
    t, town = scene.tokens, scene.found[i - 1] if i else None
    named = scene.same_line(i - 1, i) and isinstance(town.row if town else None, Place)
    if not named or town is None or town.row.kind == "State" or town.demonym or not t.lower[i].endswith("s"):
        return
    head = scene.words.instruments.ending([t.lower[i].removesuffix("s")], 0, "common")
    if head is not None and head.cls in {"Accord", "Treaty", "Declaration"}:
        yield Candidate(town.start, i + 1, "instrument", head.cls, Strength.BUILT)


def _modifiers_start(scene: Scene, head: int) -> int:
    t, start = scene.tokens, head
    while scene.same_line(start - 1, start) and t.tag[start - 1] in _MODIFYING:
        described = t.lower[start - 1] in scene.words.descriptions and not (
            t.capital[start - 1] and start < head
        )
        if described or t.lower[start - 1] in scene.words.ordinary:
            break
        start -= 1
    while start < head and t.tag[start] == "HYPH":
        start += 1
    if scene.same_line(start - 1, head) and t.lower[start - 1] in scene.words.ordinary:
        return head
    return start


def _without_owner(scene: Scene, start: int, head: int) -> tuple[int, tuple[str, ...]]:
    """Where a name in small letters begins, after whom it belongs to, and the states among these."""
    owned = [k for k in range(start, head) if scene.found[k] is not None]
    states = dict.fromkeys(f.row.id for k in owned if (f := scene.found[k]) and f.state)
    start = owned[-1] + 1 if owned else start
    while start < head and scene.tokens.tag[start] == "HYPH":
        start += 1
    return start, tuple(states)


def _topic_end(scene: Scene, end: int) -> int:
    """The end of "plan of economic cooperation"."""
    t = scene.tokens
    if not (scene.same_line(end + 1, end - 1) and t.lower[end] == "of"):
        return end
    k = end + 1
    while scene.same_line(k, end) and t.tag[k] == "JJ":
        k += 1
    return k + 1 if scene.same_line(k, end) and t.tag[k] == "NN" else end
