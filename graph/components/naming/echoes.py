"""Where else a document says a name: acronyms in brackets and what they stand for, and repeated names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from graph.components.naming.atlas import kind_of
from graph.components.naming.candidates import Candidate, Strength
from graph.components.naming.scene import Form, Scene
from ontology.gazetteer import Organisation

_MOST_NAMES = 4


def echoed(scene: Scene, candidates: list[Candidate]) -> Iterator[Candidate]:
    """The candidates, then the places where their acronyms and forms stand besides."""
    yield from candidates
    yield from _acronyms(scene, candidates)
    yield from _echoes(scene, candidates)


def _acronyms(scene: Scene, candidates: list[Candidate]) -> Iterator[Candidate]:
    """Acronyms that stand in brackets after a name, there and wherever else."""
    t = scene.tokens
    ends: dict[int, Candidate] = {}
    for c in sorted(candidates, key=lambda c: (c.strength, c.end - c.start)):
        ends[c.end] = c
    full: dict[str, Candidate] = {}
    parts: dict[str, Candidate] = {}
    for i in range(1, len(t.text) - 2):
        if (
            t.text[i] == "("
            and t.text[i + 2] == ")"
            and i in ends
            and _acronym(scene, ends[i], t.text[i + 1])
        ):
            whole = _part_named(scene, ends[i], t.text[i + 1])
            if whole is not None:
                parts.setdefault(t.text[i + 1], whole)
            else:
                full.setdefault(t.text[i + 1], ends[i])
    longer = {
        i
        for c in candidates
        if c.strength is Strength.BUILT and c.kind == "institution" and c.end - c.start > 1
        for i in range(c.start, c.end)
    }
    for i, word in enumerate(t.text):
        if not t.read[i] or i in longer:
            continue
        found = scene.found[i]
        if word in parts:
            whole = parts[word]
            known = whole.known or (found.row.id if found and kind_of(found.row) == "institution" else None)
            yield replace(whole, start=i, end=i + 1, strength=Strength.TITLED, known=known)
        elif word in full:
            meant = full[word]
            known = meant.known or (found.row.id if found and kind_of(found.row) == meant.kind else None)
            yield replace(
                meant, start=i, end=i + 1, strength=Strength.TITLED, shown=None, same=meant.start, known=known
            )


def _part_named(scene: Scene, c: Candidate, word: str) -> Candidate | None:
    """The larger body at the end of a body's name, where the acronym after it is that one's own."""
    t = scene.tokens
    for start in range(c.start + 2, c.end - 1):
        before = t.lower[start - 2 : start]
        if "of" not in before or (before[-1] != "of" and before != ["of", "the"]) or not t.capital[start]:
            continue
        if "".join(w[0] for w in t.text[start : c.end] if w[0].isupper()) != word:
            continue
        known = scene.found[start]
        row = known.row if known and (known.start, known.end) == (start, c.end) else None
        head = scene.words.institutions.ending(t.lower, c.end - 1, "proper")
        head = head or scene.words.institutions.ending(t.lower, start, "proper")
        cls = row.kind if isinstance(row, Organisation) else head.cls if head else "Institution"
        shown = " ".join(t.text[start : c.end])
        same = row.id if isinstance(row, Organisation) else None
        return Candidate(c.start, c.end, "institution", cls, c.strength, same, (), shown)
    return None


def _acronym(scene: Scene, c: Candidate, word: str) -> bool:
    """Whether a word in brackets abbreviates the name: its capitals are initials of the name, in order;
    a body may be abbreviated in another language."""
    if c.kind == "person" or len(word) < 2 or not word[0].isupper() or not word[-1].isupper():
        return False
    if c.kind == "institution" and c.strength is Strength.BUILT and word.isupper():
        return c.end - c.start > 1
    initials = iter([w[0].upper() for w in scene.tokens.text[c.start : c.end]])
    letters = [x for x in word if x.isupper()]
    hits = sum(any(x == i for i in initials) for x in letters)
    return c.end - c.start > 1 and hits >= len(letters) - 1


def _echoes(scene: Scene, candidates: list[Candidate]) -> Iterator[Candidate]:
    """Names that the text repeats where no finder saw them."""
    t = scene.tokens
    covered = {i for c in candidates for i in range(c.start, c.end)}
    forms = _repeatable(scene, candidates)
    for i, word in enumerate(t.lower):
        if word not in forms or i in covered or not t.proper(i) or not t.read[i]:
            continue
        for form, c in sorted(forms[word].items(), key=lambda item: -len(item[0])):
            end = i + len(form)
            if tuple(t.lower[i:end]) == form and scene.same_line(i, end - 1):
                start = _first_names(scene, i) if c.kind == "person" else i
                strength = Strength.LONG if start < i else Strength.RECOGNISED
                yield replace(c, start=start, end=end, strength=strength, shown=None, same=None)
                break


def _repeatable(scene: Scene, candidates: list[Candidate]) -> dict[str, dict[Form, Candidate]]:
    """The forms to look for, by their first word: whole names, and the last of a person's names."""
    t = scene.tokens
    forms: dict[str, dict[Form, Candidate]] = defaultdict(dict)
    for c in candidates:
        unsure = c.kind == "person" and t.titled[c.start]
        if c.kind == "instrument" or unsure or not any(t.capital[c.start : c.end]):
            continue
        form = scene.form(c.start, c.end)
        forms[form[0]].setdefault(form, c)
        if c.kind == "person" and len(form) > 1:
            forms[form[-1]].setdefault(form[-1:], replace(c, start=c.end - 1))
    return forms


def _first_names(scene: Scene, start: int) -> int:
    """Where a person's name begins whose last word is at ``start``: "Kassym-Jomart Tokayev"."""
    t, k = scene.tokens, start
    while scene.same_line(k - 1, start) and start - k < _MOST_NAMES:
        if t.hyphen(k - 1) and scene.same_line(k - 2, start) and _unknown(scene, k - 2):
            k -= 2
        elif _unknown(scene, k - 1):
            k -= 1
        else:
            break
    return k


def _unknown(scene: Scene, i: int) -> bool:
    """Whether a token is a capitalised word that nothing else explains."""
    t, words = scene.tokens, scene.words
    explained = t.lower[i] in scene.offices.forms or t.lower[i] in scene.offices.portfolios
    explained = explained or t.lower[i] in scene.offices.honorifics or t.lower[i] in scene.calendar
    explained = explained or words.institutions.ending(t.lower, i, "proper") is not None
    named = t.proper(i) and t.tag[i] == "NNP" and t.text[i].isalpha() and not t.titled[i]
    return named and not explained and scene.found[i] is None and scene.label(i) in {"", "GPE", "PERSON"}
