"""Governors: what a verb, noun or adjective does to the events below it, by the words of modality."""

from __future__ import annotations

from spacy.tokens import Token

from ontology.modality import Effect, Governor, Modality


def governor_of(words: Modality, token: Token) -> Governor | None:
    """The governor that a word is, if any; a verb with its particle ("rule out") before the verb alone."""
    if token.pos_ in {"VERB", "AUX"}:
        lemma = token.lemma_.lower()
        particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), None)
        with_it = words.governors.get((f"{lemma} {particle}", "VERB")) if particle else None
        return with_it or words.governors.get((lemma, "VERB"))
    if token.pos_ == "ADJ":
        return words.governors.get((token.lower_, "ADJ"))
    return words.governors.get((token.lemma_.lower(), "NOUN")) if token.pos_ == "NOUN" else None


def effect_of_words(words: Modality, trigger: Token, cls: str) -> Effect | None:
    """What the words for an event say of it themselves: "is expected in Hanoi", "halted the talks"."""
    if trigger.lemma_.lower() in words.awaiting:
        return "planned"
    if cls not in words.appointed or trigger.pos_ != "VERB":
        return None
    governor = governor_of(words, trigger)
    return "negated" if governor is not None and governor.object == "negated" else None
