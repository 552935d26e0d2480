"""The component that does what the model's lemmatizer does, and remembers what that decided.

A lemmatizer that goes by rules looks at nothing but a word, its part of speech and its morphology, and at
each token again: so each such combination is put before it once, and looked up from then on.
"""

from __future__ import annotations

import numpy as np
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.tokens import Doc

LEMMATIZER = "lemmatizer"
_SEEN: list[int | str] = ["LEMMA", "ORTH", "POS", "MORPH"]


@Language.factory("diplograph_lemmas", requires=["token.pos"], assigns=["token.lemma"])
def make_lemmas(nlp: Language, name: str) -> RememberedLemmatizer:
    """Make the component from the lemmatizer of the pipeline, which may be disabled."""
    del name
    return RememberedLemmatizer(nlp.get_pipe(LEMMATIZER))  # type: ignore[arg-type]


def is_memorable(lemmatizer: object) -> bool:
    """Whether a component is a lemmatizer that goes by what is remembered, and leaves lemmas that are set."""
    return type(lemmatizer) is EnglishLemmatizer and not lemmatizer.overwrite


class RememberedLemmatizer:
    """Sets lemmas as a lemmatizer does."""

    def __init__(self, lemmatizer: EnglishLemmatizer) -> None:
        self._lemmatizer = lemmatizer
        self._strings = lemmatizer.vocab.strings
        self._verdicts: dict[tuple[int, int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of a Doc that has parts of speech, where none is set."""
        lemmas = [
            lemma or self._verdict(doc, i, (orth, pos, morph))
            for i, (lemma, orth, pos, morph) in enumerate(doc.to_array(_SEEN).tolist())
        ]
        if lemmas:
            doc.from_array(["LEMMA"], np.array(lemmas, dtype="uint64"))  # type: ignore[arg-type]
        return doc

    def _verdict(self, doc: Doc, i: int, seen: tuple[int, int, int]) -> int:
        verdict = self._verdicts.get(seen)
        if verdict is None:
            lemma: str = self._lemmatizer.lemmatize(doc[i])[0]
            verdict = self._verdicts[seen] = self._strings.add(lemma)
        return verdict
