"""The component that makes a verb of the sentence what the parser hangs on a noun as if it were an adjective.

A verb in the past tense is never an adjective. Where a sentence has no other verb, an insertion has led the
parser astray: "A delegation – led by X, Y and Z – visited Lima".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.attrs import DEP, TAG  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import Language
from spacy.tokens import Doc, Token

_SEEN = [TAG, DEP]
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})


@Language.factory("diplograph_finite_verbs", requires=["token.dep", "token.tag"], assigns=["token.dep"])
def make_finite_verbs(nlp: Language, name: str) -> FiniteVerbs:  # noqa: ARG001  the form of a factory
    """Make the component."""
    return FiniteVerbs(nlp.vocab.strings["VBD"], nlp.vocab.strings["amod"])


class FiniteVerbs:
    """Puts such verbs above the noun that their sentence hangs on, with the noun below them as object."""

    def __init__(self, past: int, adjectival: int) -> None:
        self._seen = [past, adjectival]

    def __call__(self, doc: Doc) -> Doc:
        """Correct the parse of a Doc."""
        found = [i for i, seen in enumerate(doc.to_array(_SEEN).tolist()) if seen == self._seen]
        corrections = [c for i in found for c in _corrections(doc[i])]
        if corrections:
            heads = doc.to_array(["HEAD", "DEP"])
            for token, head, dep in corrections:
                offset = head - token
                heads[token] = (offset if offset >= 0 else offset + 2**64, doc.vocab.strings.add(dep))
            doc.from_array(["HEAD", "DEP"], heads)  # type: ignore[arg-type]  # of integers, whatever the stubs say
        return doc


def _corrections(verb: Token) -> Iterator[tuple[int, int, str]]:
    """The new heads and dependencies: of the verb, of its subject, of its object."""
    root = verb.sent.root
    if root.tag_ not in _NOUNS or not root.i < verb.i < verb.head.i or verb.head.head.i == verb.i:
        return
    yield verb.i, verb.i, "ROOT"
    yield root.i, verb.i, "nsubj"
    yield verb.head.i, verb.i, "dobj"
