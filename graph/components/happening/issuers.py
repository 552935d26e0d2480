"""The component that reads who speaks where a text leaves it out: "(3) Condemns the attack", "we welcome"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.attrs import LOWER  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import Language
from spacy.tokens import Doc

from graph.components.columns import indexes_of
from graph.components.happening.events import lexicon_or_error
from graph.components.happening.omitted import going_on, main_verb, open_point
from graph.components.happening.quotes import find_quotes
from graph.model import BlockKind
from graph.notes import Notes, Reference, Sentence
from ontology.attribution import Attribution, load_attribution

_BYLINE = frozenset({"by", "and"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ANNOUNCING = frozenset({":", ",", "):"})


@Language.factory("diplograph_issuers", requires=["token.dep", "token.lemma"])
def create_issuers(nlp: Language, name: str) -> Issuers:  # noqa: ARG001  the form of a factory
    """Make the component, with the verbs of the lexicon and the words of ``words/attribution.yaml``.

    Raises:
        LexiconError: a file of the lexicon does not have its form.
    """
    lexicon = lexicon_or_error()
    verbs = (word for t in lexicon.triggers.values() if "VERB" in t.pos for word in t.words[0])
    words = load_attribution()
    return Issuers(words, frozenset(verbs) | words.verbs)


@dataclass(frozen=True, slots=True)
class Issuers:
    """Refers omitted subjects of points, and the first person outside quotations, to who issues a text."""

    words: Attribution
    verbs: frozenset[str]

    def __call__(self, doc: Doc) -> Doc:
        """Note references of the rules ``ellipsis`` (at the verb) and ``issuer`` (at the pronoun)."""
        notes: Notes = doc._.notes
        self._complete_points(doc, notes)
        self._resolve_first_person(doc, notes)
        return doc

    def _complete_points(self, doc: Doc, notes: Notes) -> None:
        """Let the verb of each point stand for its subject, which a sentence before or the title names."""
        announced: Reference | None = None
        issuers: list[Reference] | None = None
        for before, sentence in zip([None, *notes.sentences], notes.sentences, strict=False):
            verb = open_point(doc, sentence, before, self.verbs)
            if verb is None:
                announced = _announced(doc, notes, sentence) or announced
                _go_on(doc, notes, before, sentence)
                continue
            if issuers is None:
                issuers = list(self.issuers(doc, notes))
            named = [announced] if announced else issuers
            keys = tuple(dict.fromkeys(k for r in named for k in r.keys))
            if keys and notes.at(verb.i) is None:
                via = named[0].start
                notes.refer(Reference(verb.i, verb.i + 1, verb.i, keys, "ellipsis", via))

    def _resolve_first_person(self, doc: Doc, notes: Notes) -> None:
        """Refer "we" and "I" outside quotations to who issues a text in its own words."""
        found = [i for i in indexes_of(doc, LOWER, self.words.first_person) if notes.at(i) is None]
        if not found or not (issuers := list(self.issuers(doc, notes)) or list(_presented(doc, notes))):
            return
        keys = tuple(dict.fromkeys(k for r in issuers for k in r.keys))
        one = keys if len(keys) == 1 and notes.referents[keys[0]].kind == "person" else ()
        all_of_them = (_spoken_for(notes, one[0]) or keys) if one else keys
        quotes = list(find_quotes(doc, notes.document.blocks))
        for i in found:
            several = doc[i].lower_ in self.words.several
            quoted = any(q.start <= i < q.end for q in quotes)
            if not quoted and doc[i].text != "US" and notes.sentence_of(i) and (several or one):
                meant = all_of_them if several else keys
                notes.refer(Reference(i, i + 1, i, meant, "issuer", issuers[0].start))

    def issuers(self, doc: Doc, notes: Notes) -> Iterator[Reference]:
        """Who a title says a text is by: "Joint statement by X and Y on Z", "Communiqué of the Council"."""
        own_words = False
        for sentence in notes.sentences:
            if sentence.kind is BlockKind.BODY:
                break
            title = range(sentence.start, sentence.end)
            noun = next((i for i in title if doc[i].lemma_.lower() in self.words.documents), None)
            if noun is not None:
                own_words = True
                found = [*_after(doc, notes, noun + 1, sentence.end, self.words)] or [
                    *_before(doc, notes, noun)
                ]
                yield from found
                if found:
                    return
        if own_words:
            yield from _first_group(doc, notes)
        else:
            yield from _authors(doc, notes)


def _spoken_for(notes: Notes, person: str) -> tuple[str, ...]:
    """The state or body for which a spokesperson says "we": that of the office, or the publisher's state."""
    offices = [o for o in notes.offices if o.holder == person and o.kind == "spokesperson"]
    if not offices:
        return ()
    named = next((o.of for o in offices if o.of), None)
    publisher = notes.document.publisher or ""
    states = [r.key for r in notes.referents.values() if r.cls == "State" and r.name in publisher]
    return (named,) if named else tuple(states[:1])


def _authors(doc: Doc, notes: Notes) -> Iterator[Reference]:
    """The persons of a line before the text that holds no more than their names: "By Mia Mottley"."""
    for sentence in notes.sentences:
        if sentence.kind is BlockKind.BODY:
            return
        line = range(sentence.start, sentence.end)
        named = dict.fromkeys(r for i in line if (r := notes.at(i)) is not None)
        rest = [doc[i] for i in line if notes.at(i) is None and doc[i].is_alpha]
        people = all(notes.referents[k].kind == "person" for r in named for k in r.keys)
        if named and people and all(t.lower_ in _BYLINE for t in rest):
            yield from named


def _go_on(doc: Doc, notes: Notes, before: Sentence | None, sentence: Sentence) -> None:
    """Let a sentence without a subject go on with that of the one before, in the same paragraph."""
    verb = going_on(doc, sentence) if before is not None else None
    if verb is None or before is None or notes.at(verb.i) is not None:
        return
    begin, end = doc[before.start].idx, doc[verb.i].idx
    if not any(b.begin <= begin and end < b.end for b in notes.document.blocks):
        return
    above = main_verb(doc, before)
    named = [c for c in above.children if c.dep_ in _SUBJECTS] or [above]
    found = [
        r for t in (named[0], *named[0].conjuncts) if (r := notes.at(t.i)) is not None and _acts(r, notes)
    ]
    keys = tuple(dict.fromkeys(k for r in found for k in r.keys))
    if keys:
        notes.refer(Reference(verb.i, verb.i + 1, verb.i, keys, "ellipsis", found[0].start))


def _announced(doc: Doc, notes: Notes, sentence: Sentence) -> Reference | None:
    """Who is the subject of all points that follow: "The ministers agreed as follows:", "The Council,"."""
    last = doc[sentence.end - 1]
    if last.text not in _ANNOUNCING:
        return None
    root = main_verb(doc, sentence)
    named = [c for c in root.children if c.dep_ == "nsubj"]
    named += [doc[sentence.end - 2], root]
    for token in named:
        reference = notes.at(token.i)
        if reference is not None and _acts(reference, notes):
            return reference
    return None


def _acts(reference: Reference, notes: Notes) -> bool:
    """Whether a reference is to somebody who may speak: a person, a body or a state."""
    referent = notes.referents[reference.keys[0]]
    return referent.kind in {"person", "institution"} or referent.cls == "State"


def _after(doc: Doc, notes: Notes, start: int, end: int, words: Attribution) -> Iterator[Reference]:
    """The references after "by", up to what the document is about: persons, else bodies, else states."""
    if start >= end or doc[start].lower_ not in words.issued_by:
        return
    stop = next((i for i in range(start + 1, end) if _ends(doc, notes, i, words)), end)
    named = dict.fromkeys(r for i in range(start, stop) if (r := notes.at(i)) is not None)
    for kind in ("person", "institution", "territory"):
        found = [r for r in named if _acts(r, notes) and notes.referents[r.keys[0]].kind == kind]
        if found:
            yield from found
            return


def _ends(doc: Doc, notes: Notes, i: int, words: Attribution) -> bool:
    return doc[i].lower_ in words.concerning and notes.at(i) is None


def _before(doc: Doc, notes: Notes, noun: int) -> Iterator[Reference]:
    """Whose a document is by the words before it: "Chile-Peru joint statement", "Kenya's statement"."""
    named = dict.fromkeys(r for i in range(doc[noun].left_edge.i, noun) if (r := notes.at(i)) is not None)
    yield from (r for r in named if _acts(r, notes))


def _first_group(doc: Doc, notes: Notes) -> Iterator[Reference]:
    """The first who are told to have done something together: "The ministers of Chile and Peru met"."""
    for reference in sorted(notes.references, key=lambda r: r.start):
        subject = doc[reference.head].dep_ == "nsubj"
        if subject and len(reference.keys) > 1 and _acts(reference, notes):
            yield reference
            return


def _presented(doc: Doc, notes: Notes) -> Iterator[Reference]:
    """Who speaks by its own words: "We, the foreign ministers of Chile and Peru, met in Lima"."""
    for token in (doc[i] for i in indexes_of(doc, LOWER, {"we"})):
        for named in (c for c in token.children if c.dep_ == "appos"):
            found = [r for t in named.subtree if (r := notes.at(t.i)) is not None and _acts(r, notes)]
            if found:
                yield from dict.fromkeys(found)
                return
