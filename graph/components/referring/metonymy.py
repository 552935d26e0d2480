"""Capitals and palaces that stand for a government: "Ankara expects", but not "in Ankara"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from graph.notes import Notes, Reference, Referent
from ontology.gazetteer import Gazetteer, Place
from ontology.pronoun_words import PronounWords


def read_capitals(doc: Doc, notes: Notes, gazetteer: Gazetteer, words: PronounWords) -> None:
    """Let each mention of a capital or palace that acts like a government refer to its state."""
    for reference in list(notes.references):
        state = _governed(notes, gazetteer, reference)
        if state is None or notes.sentence_of(reference.start) is None:
            continue
        if speaks_for_state(doc[_head(doc, reference)], words) or _has_officers(notes, reference):
            _turn_over(doc, notes, reference, state)


def _has_officers(notes: Notes, reference: Reference) -> bool:
    """Whether a palace, not a city, stands before a title that is held for it: "Kremlin spokesman X"."""
    key = reference.keys[0]
    if notes.referents[key].kind != "institution":
        return False
    return any(o.of == key and o.left <= reference.start < o.start for o in notes.offices)


def governing(notes: Notes, gazetteer: Gazetteer) -> dict[str, str]:
    """The cities of a text from which one of its states is governed, by the key of that state."""
    known = {r.known: r.key for r in notes.referents.values() if r.cls == "State" and r.known}
    cities = {}
    for referent in notes.referents.values():
        row = gazetteer.by_id(referent.known) if referent.cls == "City" and referent.known else None
        state = gazetteer.governed_from(row) if isinstance(row, Place) else None
        if state is not None and state.id in known:
            cities[known[state.id]] = referent.key
    return cities


def _head(doc: Doc, reference: Reference) -> int:
    root: int = doc[reference.start : reference.end].root.i
    return root


def _governed(notes: Notes, gazetteer: Gazetteer, reference: Reference) -> Place | None:
    if len(reference.keys) != 1 or reference.rule not in {"name", "alias"}:
        return None
    referent = notes.referents[reference.keys[0]]
    if referent.known is None:
        return None
    row = gazetteer.by_id(referent.known)
    if isinstance(row, Place):
        return gazetteer.governed_from(row)
    return gazetteer.state_of(row) if "metonym" in row.flags else None


def speaks_for_state(token: Token, words: PronounWords) -> bool:
    """Whether a capital acts, owns or is dealt with as only a government can, by its place in the clause."""
    dep, head = token.dep_, token.head
    if dep == "conj":
        return speaks_for_state(head, words) if head.i != token.i else False
    if dep in {"nsubj", "nsubjpass", "csubj"}:
        return _governs(head, words)
    if dep == "pobj":
        return _is_partner(head, words)
    if dep in {"poss", "nmod"}:
        return head.lemma_.lower() in words.government_nouns or head.lower_ in words.government_nouns
    if dep in {"dobj", "iobj", "dative"}:
        return head.lemma_ in words.government_verbs
    if dep == "compound":
        hyphen = token.i + 1 < len(token.doc) and token.doc[token.i + 1].text == "-"
        return hyphen and head.lower_ in words.government_nouns
    return False


def _governs(verb: Token, words: PronounWords) -> bool:
    if verb.lemma_ in words.government_verbs:
        return True
    if verb.dep_ in {"xcomp", "ccomp", "conj"} and verb.head.pos_ == "VERB":
        return verb.head.lemma_ in words.government_verbs
    return any(c.dep_ == "xcomp" and c.lemma_ in words.government_verbs for c in verb.children)


def _is_partner(preposition: Token, words: PronounWords) -> bool:
    low, governor, around = preposition.lower_, preposition.head, words.capitals
    if low in around.place_prepositions:
        return False
    if preposition.dep_ == "agent":
        return governor.lemma_ in words.government_verbs
    if low not in around.partner_prepositions:
        return False
    if low == "to" and governor.pos_ in {"VERB", "AUX"}:
        return governor.lemma_ in around.given_to
    if governor.lemma_ in around.journeys:
        return False
    if low == "from" and governor.pos_ == "VERB":
        return governor.lemma_ in around.sought_from
    if governor.lower_ in words.government_nouns or governor.lemma_ in words.government_nouns:
        return True
    return low in around.dealt_with and governor.lemma_ in words.government_verbs


def _turn_over(doc: Doc, notes: Notes, reference: Reference, state: Place) -> None:
    city = reference.keys[0]
    surface = " ".join(doc[reference.start : reference.end].text.split())
    referent = next((r for r in notes.referents.values() if r.known == state.id and r.cls == "State"), None)
    if referent is None:
        referent = Referent(notes.new_key("t"), "territory", "State", surface, known=state.id)
        notes.referents[referent.key] = referent
    referent.aliases.add(surface)
    new = Reference(reference.start, reference.end, reference.head, (referent.key,), "capital")
    notes.replace(reference, new)
    notes.serve(city, referent.key, reference.start)
    notes.forget_unused((city,))
