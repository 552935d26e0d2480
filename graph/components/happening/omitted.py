"""Sentences that leave out their subject, as the points of resolutions and communiqués do."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from graph.model import BlockKind
from graph.notes import Sentence

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_LEADING = frozenset({"advmod", "aux", "neg", "meta", "punct", "cc", "dep", "nummod", "advcl"})
_MISTAKEN = frozenset({"NNS", "NNP", "NNPS", "NN", "VBN", "JJ"})
_LISTING = frozenset({":", ";", ","})
_FINITE = frozenset({"VBZ", "VBD"})
_LONGEST_MARK = 5
"""Tokens of the mark of a point: "(", "iii", ")"."""


def main_verb(doc: Doc, sentence: Sentence) -> Token:
    """The word of a sentence that all others depend on."""
    return doc[sentence.start : sentence.end].root


def open_point(doc: Doc, sentence: Sentence, before: Sentence | None, verbs: frozenset[str]) -> Token | None:
    """The main verb of a point without a subject, made a verb where the tagger took it for a noun.

    ``before`` is the sentence before, which may be no more than the mark of the point, or announce it;
    ``verbs`` are the lemmas that may be taken for verbs against the tagger.
    """
    first = _first_word(doc, sentence)
    if first is None or not _is_point(doc, sentence, before, first):
        return None
    root = main_verb(doc, sentence)
    if not 0 <= root.i - first.i < _LONGEST_MARK or not _leads(first, root):
        return None
    if root.i == first.i and root.tag_ in _MISTAKEN:
        retag(root, verbs)
    return root if omits_subject(root) else None


def going_on(doc: Doc, sentence: Sentence) -> Token | None:
    """The finite verb that a sentence begins with, its subject left out as in notes: "Signed an accord"."""
    first = _first_word(doc, sentence)
    root = main_verb(doc, sentence)
    if first is None or sentence.kind is not BlockKind.BODY or not 0 <= root.i - first.i < _LONGEST_MARK:
        return None
    if root.i == first.i and root.tag_ == "VBN" and any(c.dep_ == "dobj" for c in root.children):
        root.tag_ = "VBD"
    return root if _leads(first, root) and omits_subject(root) else None


def _is_point(doc: Doc, sentence: Sentence, before: Sentence | None, first: Token) -> bool:
    """Whether a sentence is one of a list: it has a mark, or what stands before it is a mark or a point."""
    if sentence.kind in {BlockKind.HEADLINE, BlockKind.STANDFIRST}:
        return False
    if first.i > sentence.start:
        return True
    if before is None:
        return False
    alone = before.end - before.start <= _LONGEST_MARK and _first_word(doc, before) is None
    return alone or doc[before.end - 1].text[-1] in _LISTING


def retag(word: Token, verbs: frozenset[str]) -> None:
    """Make a verb of the first word of a point, if it is a form of one of some verbs."""
    lemma = base(word.lower_, verbs)
    if lemma is not None:
        past = word.lower_.endswith("d")
        word.pos_, word.tag_, word.lemma_ = "VERB", "VBD" if past else "VBZ", lemma


def base(form: str, verbs: frozenset[str]) -> str | None:
    """The verb that a form in -s or -ed is of."""
    stems: list[str] = []
    if form.endswith(("ies", "ied")):
        stems = [form[:-3] + "y"]
    elif form.endswith("s"):
        stems = [form[:-1], form[:-2]]
    elif form.endswith("ed"):
        stems = [form[:-1], form[:-2], form[:-3]]
    return next((s for s in stems if s in verbs), None)


def omits_subject(verb: Token) -> bool:
    """Whether a main verb is finite, active and without a subject: "Condemns the attack"."""
    if verb.dep_ != "ROOT" or verb.pos_ != "VERB":
        return False
    deps = {c.dep_ for c in verb.children}
    if deps & (_SUBJECTS | {"auxpass"}):
        return False
    if verb.tag_ == "VBN":
        return any(c.dep_ == "aux" and c.tag_ == "VBZ" for c in verb.children)
    return verb.tag_ in _FINITE


def _first_word(doc: Doc, sentence: Sentence) -> Token | None:
    for i in range(sentence.start, min(sentence.end, sentence.start + _LONGEST_MARK + 1)):
        token = doc[i]
        if token.is_alpha and len(token) > 2:
            return token
    return None


def _leads(first: Token, root: Token) -> bool:
    """Whether only adverbs and auxiliaries stand between the first word and the verb."""
    return all(t.head.i == root.i and t.dep_ in _LEADING for t in root.doc[first.i : root.i])
