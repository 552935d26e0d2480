"""One attribute of every token of a Doc, read in one go, since each look at a spaCy token makes an object."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc


def column(doc: Doc, attribute: int) -> list[str]:
    """An attribute (``spacy.attrs.LOWER``, ``LEMMA``, ...) of every token, as text."""
    numbers = doc.to_array(attribute).tolist()
    spelt = {number: doc.vocab.strings[number] for number in set(numbers)}
    return [spelt[number] for number in numbers]


def indexes_of(doc: Doc, attribute: int, values: Iterable[str]) -> list[int]:
    """The tokens that have one of some values in an attribute, in order."""
    wanted = {doc.vocab.strings[value] for value in values}
    return [i for i, number in enumerate(doc.to_array(attribute).tolist()) if number in wanted]
