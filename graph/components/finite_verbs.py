"""The component that makes a verb of the sentence what tagger and parser take for something else.

A verb in the past tense is never an adjective. Where a sentence has no other verb, an insertion has led the
parser astray: "A delegation – led by X, Y and Z – visited Lima". And a whole sentence seldom is a plural noun
after a name or after "the minister": chronicles tell in the present, "Ghana protests against the remarks."
What is the subject of another verb is a noun: "The Samoa-Tonga talks, the first since May, ended."
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.attrs import DEP, TAG  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc, Token

from ontology.lexicon import Lexicon, load_lexicon

_SEEN = [TAG, DEP]
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_NAMES = frozenset({"NNP", "NNPS"})
_BEFORE = frozenset({"compound", "nmod", "amod", "det", "poss", "nummod"})
_ENDS = frozenset({".", ";"})
_FOLLOWED = frozenset(
    {("calls", "for"), ("calls", "on"), ("appeals", "for"), ("protests", "against"), ("votes", "against")}
)
"""Plural nouns that more often are verbs before these words, after the object of another verb."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@Language.factory("diplograph_finite_verbs", requires=["token.dep", "token.tag"], assigns=["token.dep"])
def make_finite_verbs(nlp: Language, name: str) -> FiniteVerbs:  # noqa: ARG001  the form of a factory
    """Make the component, for the verbs of the lexicon."""
    return FiniteVerbs(nlp.vocab.strings, load_lexicon())


class FiniteVerbs:
    """Puts such verbs above the noun that their sentence hangs on, or makes verbs of nouns that are none."""

    def __init__(self, strings: StringStore, lexicon: Lexicon) -> None:
        self._past = [strings["VBD"], strings["amod"]]
        self._plural, self._third = strings["NNS"], strings["VBZ"]
        self._arguments = {strings[dep] for dep in ("nsubj", "nsubjpass", "dobj", "pobj")}
        verbs = {word for t in lexicon.triggers.values() if "VERB" in t.pos for word in t.words[0]}
        self._forms = {strings.add(third_person(verb)) for verb in verbs} - {strings["talks"]}
        self._acting = lexicon.stand_ins

    def __call__(self, doc: Doc) -> Doc:
        """Correct the parse of a Doc."""
        corrections: list[tuple[int, int, str]] = []
        for i, seen in enumerate(doc.to_array(_SEEN).tolist()):
            if seen == self._past:
                corrections += _raised(doc[i])
            elif seen[0] == self._plural and doc[i].lower in self._forms:
                found = list(self._made(doc[i]))
                corrections += found
                if found:
                    doc[i].tag_ = "VBZ"
            elif seen[0] == self._third and any(c.dep_ in _BEFORE for c in doc[i].lefts):
                if seen[1] in self._arguments:
                    doc[i].tag_ = "NNS"
                else:
                    corrections += _given_subject(doc[i])
        if corrections:
            heads = doc.to_array(["HEAD", "DEP"])
            for token, head, dep in corrections:
                offset = head - token
                heads[token] = (offset if offset >= 0 else offset + 2**64, doc.vocab.strings.add(dep))
            doc.from_array(["HEAD", "DEP"], heads)  # type: ignore[arg-type]  # of integers, whatever the stubs say
        return doc

    def _made(self, noun: Token) -> Iterator[tuple[int, int, str]]:
        """The new heads and dependencies where a noun is the verb of its sentence."""
        if noun.dep_ == "conj":
            yield from _joined(noun)
        if noun.dep_ != "ROOT":
            return
        subject = next((c for c in noun.lefts if c.dep_ in _SUBJECTS), None)
        if subject is not None:
            yield subject.i, noun.i, "nsubj"
        elif noun.sent[-1].text in _ENDS and noun.i > noun.sent.start:
            subject = noun.nbor(-1)
            before = [c for c in noun.lefts if c.dep_ in _BEFORE]
            if subject not in before or not self._acts(subject, before):
                return
            yield from _given(noun, subject, before)
        else:
            return
        yield from ((c.i, noun.i, "xcomp") for c in noun.rights if c.dep_ == "acl" and c.tag_ == "VB")

    def _acts(self, subject: Token, before: list[Token]) -> bool:
        """Whether a noun may be who does something: a name, or somebody told of with "the"."""
        if subject.tag_ in _NAMES:
            return True
        told = subject.lower_ in self._acting or any(c.dep_ == "det" for c in before)
        return subject.tag_ == "NN" and subject.dep_ == "compound" and told


def _given(verb: Token, subject: Token, before: list[Token]) -> Iterator[tuple[int, int, str]]:
    """A noun before a verb as its subject, with all that the parser hung on the verb before it."""
    yield subject.i, verb.i, "nsubj"
    yield from ((c.i, subject.i, c.dep_) for c in before if c.i < subject.i)


def _given_subject(verb: Token) -> Iterator[tuple[int, int, str]]:
    """The subject of a verb that has none but a noun hung on it: "the court rules that"."""
    before = [c for c in verb.lefts if c.dep_ in _BEFORE]
    subject = verb.nbor(-1)
    if subject in before and subject.dep_ == "compound" and not any(c.dep_ in _SUBJECTS for c in verb.lefts):
        yield from _given(verb, subject, before)


def _joined(noun: Token) -> Iterator[tuple[int, int, str]]:
    """The new head of a verb taken for one more object: "unveils a memorial and appeals for calm"."""
    verb = next((t for t in noun.ancestors if t.tag_ in {"VBZ", "NNS"} and t.dep_ in {"ROOT", "conj"}), None)
    after, before = noun.nbor() if noun.i + 1 < len(noun.doc) else None, noun.nbor(-1)
    if verb is None or verb.tag_ != "VBZ" or before.lower_ not in {"and", "but"} or after is None:
        return
    infinitive = after.tag_ == "TO" and after.head.tag_ == "VB"
    if infinitive or (noun.lower_, after.lower_) in _FOLLOWED or after.lower_ == "that":
        yield noun.i, verb.i, "conj"
        yield from ((c.i, noun.i, "xcomp") for c in noun.rights if c.dep_ == "acl" and c.tag_ == "VB")


def third_person(verb: str) -> str:
    """The form of a verb with "he" or "she"."""
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in {*"aeiou"}:
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def _raised(verb: Token) -> Iterator[tuple[int, int, str]]:
    """The new heads and dependencies: of the verb, of its subject, of its object."""
    root = verb.sent.root
    if root.tag_ not in _NOUNS or not root.i < verb.i < verb.head.i or verb.head.head.i == verb.i:
        return
    yield verb.i, verb.i, "ROOT"
    yield root.i, verb.i, "nsubj"
    yield verb.head.i, verb.i, "dobj"
