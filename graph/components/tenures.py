"""What the rest of a text tells of an office: its state, and which titles are the same one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from graph.iri import fold
from graph.notes import Notes, OfficeNote, Referent
from ontology.office_words import Office, OfficeWords

NATIONAL = frozenset({"state", "government", "minister", "deputy", "envoy", "royal", "legislator"})
"""Kinds of office that are held for a state."""

UNIQUE = frozenset({"state", "government", "minister"})
"""Kinds of which a state has one holder of a title at a time."""

_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "a", "s"})


def complete_tenures(notes: Notes, words: OfficeWords) -> None:
    """Give offices the state that the text gives their holder elsewhere, then unite titles that are one."""
    _from_same_holder(notes)
    _from_context(notes, {o.title: o for o in words.offices()})
    _unite_titles(notes)


def title_words(title: str) -> frozenset[str]:
    """The telling words of a title in any order: the same for "Minister of Trade" and "Trade Minister"."""
    return frozenset(fold(title.replace("-", " ")).split()) - _SMALL


def _from_same_holder(notes: Notes) -> None:
    """A person's national offices are for one state, unless the text says otherwise."""
    states: dict[str, set[str]] = {}
    for office in notes.offices:
        if office.holder and office.of and _is_state(notes, office.of):
            states.setdefault(office.holder, set()).add(office.of)
    for i, office in enumerate(notes.offices):
        if office.of is not None or office.holder is None:
            continue
        same = [
            o.of
            for o in notes.offices
            if o.holder == office.holder and o.of and title_words(o.title) == title_words(office.title)
        ]
        if same:
            notes.offices[i] = replace(office, of=same[0])
        elif office.kind in NATIONAL and len(states.get(office.holder, ())) == 1:
            notes.offices[i] = replace(office, of=next(iter(states[office.holder])))


def _is_state(notes: Notes, key: str) -> bool:
    return key in notes.referents and notes.referents[key].cls == "State"


def _from_context(notes: Notes, offices: dict[str, Office]) -> None:
    """The likeliest state for a national office without one: a leading state of the text that can have it."""
    weights = _weights(notes)
    if not weights:
        return
    taken = {
        (o.of, title_words(o.title)): o.holder
        for o in notes.offices
        if o.of and o.holder and o.kind in UNIQUE
    }
    for n in range(len(notes.offices)):
        office = notes.offices[n]
        if office.holder is None or office.of is not None or office.kind not in NATIONAL - {"legislator"}:
            continue
        state = _likely_state(notes, office, weights, taken, offices)
        if state is not None:
            taken[state, title_words(office.title)] = office.holder
            for j, other in enumerate(notes.offices):
                if other.holder == office.holder and other.of is None and other.kind in NATIONAL:
                    notes.offices[j] = replace(other, of=state)


def _likely_state(
    notes: Notes,
    office: OfficeNote,
    weights: Counter[str],
    taken: dict[tuple[str | None, frozenset[str]], str | None],
    offices: dict[str, Office],
) -> str | None:
    known = offices.get(_base_title(office.title, offices))
    top = weights.most_common(1)[0][1]
    candidates = []
    for key, weight in weights.items():
        referent = notes.referents[key]
        holder = taken.get((key, title_words(office.title)), office.holder)
        if holder == office.holder and can_have(known, referent):
            candidates.append((weight, key))
    if not candidates:
        return None
    candidates.sort(key=lambda c: -c[0])
    if known is not None and known.states:
        return candidates[0][1]
    best = candidates[0]
    clear = len(candidates) == 1 or best[0] >= 2 * candidates[1][0] or len(candidates) < len(weights)
    return best[1] if clear and best[0] * 3 >= top else None


def _base_title(title: str, offices: dict[str, Office]) -> str:
    words = title.lower().split()
    return next(
        (" ".join(words[i:]) for i in range(len(words)) if " ".join(words[i:]) in offices), title.lower()
    )


def can_have(office: Office | None, state: Referent) -> bool:
    """Whether a state can have an office, by the tables of states that have it and that do not."""
    if office is None:
        return True
    names = {fold(n) for n in (state.name, *state.aliases, (state.known or "").replace("-", " "))}
    if office.states:
        return any(fold(s) in names for s in office.states)
    return not any(fold(s) in names for s in office.never)


def _weights(notes: Notes) -> Counter[str]:
    """How often the text mentions each state, by name or by adjective; the opening counts twice."""
    weights: Counter[str] = Counter()
    opening = notes.sentences[min(2, len(notes.sentences) - 1)].end if notes.sentences else 0
    for reference in notes.references:
        for key in reference.keys:
            if _is_state(notes, key):
                weights[key] += 2 if reference.start < opening else 1
    return weights


def _unite_titles(notes: Notes) -> None:
    """One spelling for titles of one holder that are one office: same words, or some of the other's."""
    for i, office in enumerate(notes.offices):
        if office.holder is None:
            continue
        same = [o for o in notes.offices if o.holder == office.holder and _one_office(o, office)]
        fullest = max(
            same, key=lambda o: (o.of is not None, len(title_words(o.title)), o.title[:1].isupper())
        )
        notes.offices[i] = replace(office, title=fullest.title, of=office.of or fullest.of)


def _one_office(a: OfficeNote, b: OfficeNote) -> bool:
    if a.of and b.of and a.of != b.of:
        return False
    first, second = title_words(a.title), title_words(b.title)
    if first == second:
        return True
    return (
        a.kind == b.kind and bool(a.of or b.of) and (first < second or second < first) and a.kind != "deputy"
    )
