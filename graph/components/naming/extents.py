"""How far the name of a person reaches to the left and to the right of what was recognised of it."""

from __future__ import annotations

from graph.components.naming.scene import Scene

SMALL = frozenset({"the", "his", "her", "right"})


def is_address(scene: Scene, i: int) -> bool:
    """Whether a token is a form of address or a title before the name."""
    lower = scene.tokens.lower[i]
    return (lower in scene.offices.honorifics and lower not in SMALL) or lower in scene.words.titles


def grown_left(scene: Scene, start: int) -> int:
    """Where a name begins of which a token is known: with particles, and what a hyphen joins."""
    t = scene.tokens
    before = scene.entity[start - 1] if start and scene.same_line(start - 1, start) else None
    if before and before[2] == "GPE" and before[1] == start and not any(scene.found[before[0] : start]):
        return before[0]
    if start > 2 and t.hyphen(start - 2) and scene.same_line(start - 3, start):
        doubled = all(t.proper(k) and scene.found[k] is None for k in (start - 1, start - 3))
        start = start - 3 if doubled else start
    while (
        scene.same_line(start - 2, start)
        and t.hyphen(start - 1)
        and (t.capital[start - 2] or t.lower[start - 2] in scene.words.particles)
        and not scene.found[start - 2]
    ):
        start -= 2
    k = start - 1
    while scene.same_line(k, start) and t.lower[k] in scene.words.particles and not t.capital[k]:
        k -= 1
    if (
        k < start - 1
        and scene.same_line(k, start)
        and t.proper(k)
        and not is_address(scene, k)
        and not scene.found[k]
    ):
        return k
    foreign = k < start - 1 and all(t.lower[j] in scene.words.opening_particles for j in range(k + 1, start))
    return k + 1 if foreign else start


def grown_right(scene: Scene, end: int) -> int:
    """Where a name ends: with particles and the name after them, what a hyphen joins, and suffixes."""
    t = scene.tokens
    while scene.same_line(end + 1, end - 1):
        if t.hyphen(end) and t.text[end + 1][0].isalpha():
            end += 2
        elif (last := _particles_end(scene, end)) > end:
            end = last
        else:
            break
    if scene.same_line(end, end - 1) and t.lower[end] in scene.words.suffixes and t.capital[end]:
        return end + 1
    if scene.same_line(end + 1, end - 1) and t.text[end] == "," and t.lower[end + 1] in scene.words.suffixes:
        return end + 2
    return end


def _particles_end(scene: Scene, start: int) -> int:
    """The end of "von der Leyen" or "al-Nimr" after a first name; ``start`` where there is none."""
    t, k = scene.tokens, start
    while scene.same_line(k, start) and t.lower[k] in scene.words.particles and not t.capital[k]:
        k += 1
    if k == start or not scene.same_line(k, start):
        return start
    joined = t.hyphen(k) and scene.same_line(k + 1, start)
    k = k + 1 if joined else k
    return k + 1 if t.capital[k] and (joined or not scene.found[k]) else start
