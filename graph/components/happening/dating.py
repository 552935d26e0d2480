"""The component that gives each event the date of its own clause.

A date belongs to the word it is attached to in the parse. From its trigger, an event looks up along the edges
that keep to one occasion ("met on Monday at a forum in Lima") and takes the first date it meets; it never
leaves its clause. What then has no date may share that of the occasion on which it was said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from graph.calendar.dates import bounds
from graph.calendar.vagueness import is_week, within_month
from graph.components.happening.aftermath import date_by_aftermath
from graph.components.happening.anniversaries import date_anniversaries
from graph.components.happening.attaching import Attached, attach, attachment
from graph.components.happening.clauses import is_participle, is_perfect, joined_by, tense
from graph.components.happening.events import lexicon_or_error
from graph.components.happening.intervals import date_by_intervals
from graph.components.happening.lending import Lender
from graph.components.happening.loose import LooseEnds
from graph.components.happening.occasions import share_occasions
from graph.components.happening.placing import Placer
from graph.components.happening.unrest import share_unrest
from graph.model import When
from graph.notes import EventNote, Notes
from ontology.lexicon import Lexicon
from ontology.modality import Modality, load_modality
from ontology.place_words import load_place_words
from ontology.time_words import TimeWords, load_time_words

_UP = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "oprd", "dative", "conj", "agent"})


@Language.factory("diplograph_dating", requires=["token.dep", "token.lemma"])
def make_dating(nlp: Language, name: str) -> DatingComponent:  # noqa: ARG001  the signature is spaCy's
    """Make the component with the words of ``words/times.yaml`` and ``words/modality.yaml``.

    Raises:
        LexiconError: a file of the lexicon does not have its form.
    """
    return DatingComponent(lexicon_or_error(), load_time_words(), load_modality())


class DatingComponent:
    """Sets ``when`` of the events noted, where the text gives it."""

    def __init__(self, lexicon: Lexicon, words: TimeWords, modality: Modality) -> None:
        self._words = words
        self._modality = modality
        self._occasions = frozenset(name for name, kind in lexicon.types.items() if kind.setting)
        self._loose = LooseEnds(words, modality)
        self._placer = Placer(lexicon, modality, load_place_words())
        self._lender = Lender(lexicon, words, modality)

    def __call__(self, doc: Doc) -> Doc:
        """Date the events of a document."""
        notes: Notes = doc._.notes
        if not notes.events:
            return doc
        heads = {doc[s:e].root.i: event for event in notes.events for s, e in event.triggers[:1]}
        attached = attach(doc, notes, heads, (self._words, self._modality))
        used: set[int] = set()
        for trigger, event in heads.items():
            found = self._look_up(doc[trigger], event.cls, attached, heads)
            if found is not None:
                event.when = self._dated(found)
                used.add(found.start)
        self._date_by_openings(doc, notes, heads, used)
        self._date_by_loose_ends(doc, notes, heads, used)
        self._loose.place(doc, notes, heads)
        self._placer.place(doc, notes, heads)
        self._lender.lend(doc, notes, heads)
        self._date_by_each_other(doc, heads, attached)
        share_unrest(doc, notes, heads, self._words)
        share_occasions(doc, notes, self._words, self._modality)
        self._date_by_each_other(doc, heads, attached)
        date_anniversaries(doc, notes, heads, self._words)
        return doc

    def _date_by_each_other(
        self, doc: Doc, heads: Mapping[int, EventNote], attached: Mapping[int, list[Attached]]
    ) -> None:
        """Date events by those that they came after, at once or so long."""
        date_by_intervals(doc, heads, attached, self._words)
        date_by_aftermath(doc, heads, self._modality.speech, self._occasions, self._words)

    def _look_up(
        self,
        trigger: Token,
        cls: str,
        attached: Mapping[int, list[Attached]],
        heads: Mapping[int, EventNote],
    ) -> Attached | None:
        lasting = cls in self._modality.lasting and trigger.pos_ in {"NOUN", "PROPN"}
        outside = self._words.outside
        if cls in self._words.shared:
            perfect = trigger.pos_ == "VERB" and is_perfect(trigger)
            outside |= self._words.lasting_prepositions - (
                self._words.behind_prepositions if perfect else set()
            )
        for node in self._clause(trigger, heads, lasting):
            found = [a for a in attached.get(node.i, ()) if a.preposition not in outside]
            if found:
                return min(found, key=lambda a: abs(a.start - trigger.i))
        return None

    def _date_by_openings(
        self, doc: Doc, notes: Notes, heads: Mapping[int, EventNote], used: set[int]
    ) -> None:
        """A date that opens a sentence, and by the parse dates nothing, dates the first act after it."""
        for note in notes.times:
            sentence = notes.sentence_of(note.start)
            if note.start in used or sentence is None or note.start > sentence.start + 1:
                continue
            if note.start and doc[note.start - 1].lower_ in self._words.outside:
                continue
            verbs = (i for i in sorted(heads) if note.end <= i < sentence.end and doc[i].pos_ == "VERB")
            first = next((heads[i] for i in verbs), None)
            if first is not None and first.when is None:
                first.when = self._dated(Attached(note.period or note.when, "", note.start))

    def _date_by_loose_ends(
        self, doc: Doc, notes: Notes, heads: Mapping[int, EventNote], used: set[int]
    ) -> None:
        """Date events by what the parse hangs on a word that is none."""
        for note in notes.times:
            if note.start in used or notes.sentence_of(note.start) is None:
                continue
            head, preposition = attachment(doc[note.start : note.end].root, note, self._words.partitive)
            if preposition in self._words.outside:
                continue
            owner = self._loose.owner(notes, head, note.start, heads, "when")
            for event in (owner, *self._loose.named_again(head, heads)):
                if event is not None and event.when is None:
                    event.when = self._dated(Attached(note.period or note.when, preposition, note.start))

    def _clause(self, trigger: Token, heads: Mapping[int, EventNote], lasting: bool) -> Iterator[Token]:
        """The words whose date is the event's too: from the trigger up, with what schedules it."""
        node: Token | None = trigger
        for _ in range(12):
            if node is None:
                return
            yield node
            if node is trigger and node.pos_ in {"VERB", "NOUN"}:
                yield from self._setting(node, heads)
            if node.pos_ in {"NOUN", "PROPN"}:
                yield from self._scheduling(node, heads)
            node = self._above(node, heads, lasting)

    def _setting(self, act: Token, heads: Mapping[int, EventNote]) -> Iterator[Token]:
        """What an act's date may hang on: "proposed during talks in May", "said in a statement on Monday",
        "will be signed when they meet in May". What is said of a thing "during the war" was not said then.
        """
        of_thing = heads[act.i].cls in self._modality.speech and any(c.dep_ == "dobj" for c in act.children)
        for child in act.children:
            if child.dep_ == "prep" and (child.lower_ in self._words.settings or child.lower_ == "in"):
                nouns = [c for c in child.children if c.dep_ == "pobj"]
                if of_thing and any(c.i in heads and heads[c.i].cls in self._words.elapsing for c in nouns):
                    continue
                at = child.lower_ in self._words.settings
                yield from (n for n in nouns if at or n.lemma_.lower() in self._words.vehicles)
            if child.dep_ == "advcl" and any(c.lower_ == "when" for c in child.children):
                yield child

    def _scheduling(self, noun: Token, heads: Mapping[int, EventNote]) -> Iterator[Token]:
        """Verbs below a noun that say when it is: "a visit scheduled for May", "talks held in May"."""
        for child in noun.children:
            scheduling = child.lemma_ in self._modality.occurring or child.lemma_ in self._words.ahead
            if child.dep_ in {"acl", "relcl"} and child.i not in heads and scheduling:
                yield child
                yield from (c for c in child.children if c.dep_ == "xcomp")

    def _above(self, node: Token, heads: Mapping[int, EventNote], lasting: bool) -> Token | None:
        head = node.head
        if head is node:
            return None
        if node.dep_ == "conj" and node.pos_ in {"VERB", "AUX"} and not self._same_tense(node, head):
            return None
        if node.dep_ == "dobj" and head.i in heads and heads[head.i].cls in self._modality.speech:
            return None  # what is praised today was not done today
        if node.dep_ in _UP:
            light = head.lemma_ in self._modality.occurring | self._words.befalling
            return head if light or node.dep_ == "conj" or not lasting else None
        if node.dep_ == "acl" and node.tag_ == "VBG":
            return head  # "adopted a text condemning the attack"
        if node.dep_ == "xcomp" or (node.dep_ == "ccomp" and tense(node) == "infinitive"):
            return head if head.i not in heads else None
        if node.dep_ == "relcl" and joined_by(node) is not None:
            return head
        if node.dep_ == "advcl":
            if tense(node) == "past" and any(c.lower_ == "when" and c.i < node.i for c in node.children):
                return head  # "was shot on Monday when police stormed the house"
            fulfilled = tense(node) == "infinitive" and node.lemma_ in self._modality.fulfilled
            return head if fulfilled or tense(node) is None or is_participle(node) else None
        if node.dep_ in {"pobj", "pcomp"} and head.dep_ == "prep":
            above = head.head
            if node.dep_ == "pcomp" and head.lower_ in {"of", "for"}:
                return None
            if above.dep_ == "prep" or head.lower_ in self._words.occasion_prepositions:
                goes_on = head.lower_ == "with" and above.lemma_ in self._words.befalling
                return None if lasting and not goes_on else above
        return None

    @staticmethod
    def _same_tense(node: Token, head: Token) -> bool:
        own, other = tense(node), tense(head)
        return own == other or own is None or other is None or {own, other} == {"future", "infinitive"}

    def _dated(self, found: Attached) -> When | None:
        """The date as its preposition has it: "since June" is from June on."""
        if found.preposition in self._words.behind_prepositions:
            return _rewritten(found.when, f"{found.when.edtf.partition('/')[0]}/")
        if found.preposition in self._words.ending:
            return _rewritten(found.when, f"/{found.when.edtf.rpartition('/')[2]}")
        return within_month(found.when) if is_week(found.when) else found.when


def _rewritten(when: When, edtf: str) -> When:
    first, last = bounds(edtf)
    return replace(
        when, edtf=edtf, start=first.isoformat() if first else None, end=last.isoformat() if last else None
    )
