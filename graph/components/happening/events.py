"""The component that finds events: one look-up per word in the lexicon's table, then the argument walker."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from graph.components.happening import paths
from graph.components.happening.arguments import Walker
from graph.components.happening.filtering import CandidateFilter
from graph.components.happening.implied import note_implied
from graph.components.happening.likewise import note_likewise
from graph.components.happening.triggers import Match, TriggerTable, matches
from graph.errors import LexiconError
from graph.model import BlockKind
from graph.notes import Argument, EventNote, Notes, Rejection
from ontology.candidate_filter import load_candidate_filter
from ontology.frames import LexiconFileError, Trigger
from ontology.lexicon import Lexicon, load_lexicon

_NAMING = frozenset({"name", "alias"})


@Language.factory(
    "diplograph_events", requires=["token.dep", "token.lemma"], default_config={"filtered": True}
)
def create_event_finder(nlp: Language, name: str, filtered: bool) -> EventFinder:  # noqa: ARG001  a factory's form
    """Make the component, with the lexicon of this package, and with its learned filter or not.

    Raises:
        LexiconError: a file of the lexicon does not have its form.
    """
    lexicon = lexicon_or_error()
    chosen = CandidateFilter(lexicon, load_candidate_filter()) if filtered else None
    return EventFinder(lexicon, nlp.vocab, chosen)


def lexicon_or_error() -> Lexicon:
    """The lexicon of this package.

    Raises:
        LexiconError: a file of it does not have its form.
    """
    try:
        return load_lexicon()
    except LexiconFileError as error:
        raise LexiconError(str(error), "Correct the file under ontology/words.") from error


class EventFinder:
    """Notes an event for each trigger of a lexicon that finds the arguments it requires.

    A filter, where there is one, drops some of these and adds others.
    """

    def __init__(self, lexicon: Lexicon, vocab: Vocab, chosen: CandidateFilter | None = None) -> None:
        self.lexicon = lexicon
        self.filter = chosen
        self.table = TriggerTable(lexicon, vocab.strings)

    def __call__(self, doc: Doc) -> Doc:
        """Note the events of a Doc, in the order of the text."""
        notes: Notes = doc._.notes
        _retag_verbs(doc)
        walker = Walker(doc, self.lexicon)
        read = {i for s in notes.sentences for i in range(s.start, s.end)}
        candidates = [(t, triggers) for t, triggers in self.table.candidates(doc) if t.i in read]
        for match, arguments in sorted(_events(candidates, walker), key=lambda found: found[0].span):
            for part in _each(match, arguments):
                key = f"e{len(notes.events) + 1}"
                notes.events.append(EventNote(key, match.trigger.cls, match.trigger.id, [match.span], part))
        note_likewise(walker)
        note_implied(candidates, walker)
        if self.filter is not None:
            self.filter.decide(doc, walker)
        return doc


def _retag_verbs(doc: Doc) -> None:
    """Make verbs of those in the present that the tagger takes for plural nouns: "Peru thanks Chile"."""
    for token in doc:
        if token.tag_ == "NNS" and {"nsubj", "dobj"} <= {child.dep_ for child in token.children}:
            token.pos_, token.tag_, token.lemma_ = "VERB", "VBZ", token.lower_.removesuffix("s")


def _events(
    candidates: list[tuple[Token, list[Trigger]]], walker: Walker
) -> Iterator[tuple[Match, list[Argument]]]:
    """The triggers that find their arguments, each token in one at most: phrases first, then single words."""
    used: set[int] = set()
    heads: set[int] = set()
    for phrases in (True, False):
        for token, triggers in candidates:
            if token.i in heads or token.i in walker.timed:
                continue
            for match in matches(token, triggers, phrases=phrases):
                shares = match.head.pos_ == "VERB" or walker.lexicon.types[match.trigger.cls].lasting
                if match.head.i in heads or (not shares and match.tokens & used):
                    continue  # verbs may share an object: "was negotiated but not concluded"
                inside = _inside_name(match, walker)
                if inside or _is_topic(match, walker.notes):
                    why = "it is part of a name" if inside else "it is the topic of a heading"
                    walker.notes.rejected.append(Rejection(*match.span, match.trigger.id, why))
                    continue
                arguments = walker.fill(match)
                if arguments is not None:
                    used |= match.tokens
                    heads.add(match.head.i)
                    yield match, arguments
                    break


def _inside_name(match: Match, walker: Walker) -> bool:
    """Whether a trigger is only part of a name; one that asks for itself may end it ("Antalya Forum").

    A gathering that is held may be all that its name is about ("Conference on Disarmament"), and what may be
    a name itself begins it ("Typhoon Haiyan").
    """
    notes, head, trigger = walker.notes, match.head, match.trigger
    reference = notes.at(head.i)
    if reference is None or reference.rule not in _NAMING:
        return False
    if head.i == reference.start and any("name" in need.names for need in trigger.require):
        return False
    if walker.lexicon.types[trigger.cls].setting and _is_held(match):
        return walker.doc[reference.start : reference.end].root.i != head.i
    if head.i != reference.end - 1:
        return True
    asks = any(path.steps[-1].name == "self" for role in trigger.roles for path in role.paths)
    return not asks and notes.referents[reference.keys[0]].kind != "instrument"


def _is_held(match: Match) -> bool:
    """Whether a verb says that a gathering takes place: "was held in Cairo"."""
    return any(v.lemma_ in match.trigger.support for v in paths.supporting(match.head))


def _is_topic(match: Match, notes: Notes) -> bool:
    """Whether a noun is all that a heading says, by which nothing happens: "The border treaty"."""
    head = match.head
    if head.pos_ == "VERB" or head.dep_ != "ROOT":
        return False
    sentence = notes.sentence_of(head.i)
    if sentence is None or sentence.kind is BlockKind.BODY:
        return False
    return not any(c.dep_ in {"prep", "acl", "relcl", "npadvmod", "poss"} for c in head.children)


def _each(match: Match, arguments: list[Argument]) -> Iterator[list[Argument]]:
    """One list of arguments, or several where each filler of a role makes an event of its own."""
    role = next((r.role for r in match.trigger.roles if r.each), None)
    fillers = [a for a in arguments if a.role == role]
    if len(fillers) < 2:
        yield arguments
        return
    for filler in fillers:
        yield [a for a in arguments if a.role != role or a is filler]
