"""Scoring of events: which annotated event is which found one, and what is right about those that match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.evaluation.findings import Findings, FoundEvent
from graph.evaluation.gold import GoldEvent
from graph.evaluation.matching import dice, one_to_one, unmatched
from graph.evaluation.tallies import Sheet
from ontology.annotation import Annotation


@dataclass(frozen=True, slots=True)
class EventPair:
    """An annotated and a found event, by their indexes, and how far class and participants agree (0 to 1)."""

    gold: int
    found: int
    type_agreement: float
    dice: float


@dataclass(frozen=True, slots=True)
class EventComparison:
    """The annotated events of one document against those found; ``iris`` are those of annotated names."""

    gold: tuple[GoldEvent, ...]
    found: Findings
    iris: Mapping[str, str]
    annotation: Annotation
    sheet: Sheet

    def compare(self) -> None:
        """Write down on the sheet how far they agree."""
        annotated, found = self.gold, self.found.events
        pairs = self.matched()
        for i, pair in pairs.items():
            self._compare_details(annotated[i], found[pair.found], pair)
        missed = unmatched(len(annotated), list(pairs))
        false = unmatched(len(found), [p.found for p in pairs.values()])
        rights = {i: p.type_agreement for i, p in pairs.items()}
        self.sheet.count("events", sum(rights.values()), len(false) + sum(1 - r for r in rights.values()))
        self.sheet.count("events", missed=sum(1 - rights.get(i, 0.0) for i in range(len(annotated))))
        self._count_some("events.core", rights, [i for i, e in enumerate(annotated) if e.core])
        speech = self.annotation.speech
        self._count_some(
            "events.no_statements", rights, [i for i, e in enumerate(annotated) if e.type != speech]
        )
        self.sheet.count("events.no_statements", false=sum(found[j].types != {speech} for j in false))
        self._note_events(missed, false)
        self._note_types(pairs, missed, false)

    def matched(self) -> dict[int, EventPair]:
        """The annotated events that were found, by their index, with what was found; the best pairs first."""
        possible = {(pair.gold, pair.found): (self._agreement(pair), pair) for pair in self._event_pairs()}
        chosen = one_to_one((worth, i, j) for (i, j), (worth, _) in possible.items())
        return {i: possible[i, j][1] for _, i, j in chosen}

    def _count_some(self, kind: str, rights: Mapping[int, float], chosen: list[int]) -> None:
        right = sum(rights.get(i, 0.0) for i in chosen)
        self.sheet.count(kind, right=right, missed=len(chosen) - right)

    def _event_pairs(self) -> Iterator[EventPair]:
        """Annotated and found events that may be the same."""
        for i, gold in enumerate(self.gold):
            named = {self.iris.get(n, n) for n in gold.participants}
            for j, found in enumerate(self.found.events):
                agreement = self._type_agreement(gold.type, found)
                shared = dice(named, found.participants)
                near = self._same_place(gold, found) or _same_month(gold, found)
                if agreement and (shared >= 0.5 or (near and (shared >= 0.3 or not named))):
                    yield EventPair(i, j, agreement, shared)

    def _type_agreement(self, annotated: str, found: FoundEvent) -> float:
        if annotated in found.types:
            return 1.0
        return 0.5 if any(self.annotation.are_alike(annotated, t) for t in found.types) else 0.0

    def _agreement(self, pair: EventPair) -> float:
        gold, found = self.gold[pair.gold], self.found.events[pair.found]
        worth = pair.type_agreement * (0.5 + 0.5 * pair.dice)
        return worth + 0.1 * self._same_place(gold, found) + 0.1 * _same_month(gold, found)

    def _same_place(self, gold: GoldEvent, found: FoundEvent) -> bool:
        return gold.place is not None and self.iris.get(gold.place) in found.places

    def _compare_details(self, gold: GoldEvent, found: FoundEvent, pair: EventPair) -> None:
        self.sheet.judge("event.participants", pair.dice)
        if gold.when:
            self.sheet.judge("event.when", found.when == gold.when)
        if gold.place:
            self.sheet.judge("event.place", self._same_place(gold, found))
        self.sheet.judge("event.factuality", found.factuality == gold.factuality)
        self.sheet.factualities.append((gold.factuality, found.factuality))
        if gold.source:
            self.sheet.judge("event.source", self.iris.get(gold.source) in found.sources)
        self._note_details(gold, found)

    def _note_details(self, gold: GoldEvent, found: FoundEvent) -> None:
        """List dates, places and sources that differ, those too that nobody annotated."""
        told = f"{gold.type} [{found.rule}] | {gold.quote[:90]}"
        if found.when != gold.when:
            self.sheet.note("dates", f"{gold.when} found as {found.when} | {told}")
        for kind, name, iris in (
            ("places", gold.place, found.places),
            ("sources", gold.source, found.sources),
        ):
            if (self.iris.get(name, name) not in iris) if name else iris:
                self.sheet.note(kind, f"{name} found as {self._labels(iris) or None} | {told}")

    def _labels(self, iris: frozenset[str]) -> str:
        labels = {e.iri: e.label for e in self.found.entities}
        return " – ".join(sorted(labels.get(i, i) for i in iris))

    def _note_events(self, missed: list[int], false: list[int]) -> None:
        for i in missed:
            e = self.gold[i]
            where = f"{' – '.join(e.participants)} @{e.place} {e.when}"
            self.sheet.note("events", f"missed {e.type} {where} | {e.quote[:90]}")
        for j in false:
            f = self.found.events[j]
            who = self._labels(f.participants)
            begin, end = f.sentences[0].begin, f.sentences[0].end
            quote = " ".join(self.found.text[begin:end].split())
            self.sheet.note("events", f"false {min(f.types)} {who} {f.when} [{f.rule}] | {quote[:90]}")

    def _note_types(self, pairs: Mapping[int, EventPair], missed: list[int], false: list[int]) -> None:
        """What each event was taken for; one that is missed, for the class of a false one in its sentence."""
        for i, pair in pairs.items():
            gold = self.gold[i].type
            types = self.found.events[pair.found].types
            self.sheet.types.append((gold, gold if gold in types else min(types)))
        instead = {i: j for _, i, j in one_to_one(self._mistaken(missed, false))}
        for i in missed:
            taken = min(self.found.events[instead[i]].types) if i in instead else None
            self.sheet.types.append((self.gold[i].type, taken))
        for j in set(false) - set(instead.values()):
            self.sheet.types.append((None, min(self.found.events[j].types)))

    def _mistaken(self, missed: list[int], false: list[int]) -> Iterator[tuple[float, int, int]]:
        for i in missed:
            gold = self.gold[i]
            at = self.found.text.find(gold.quote)
            named = {self.iris.get(n, n) for n in gold.participants}
            for j in false:
                event = self.found.events[j]
                inside = any(s.begin < at + len(gold.quote) and at < s.end for s in event.sentences)
                shared = dice(named, event.participants)
                if at >= 0 and inside and shared and gold.type not in event.types:
                    yield shared, i, j


def _same_month(gold: GoldEvent, found: FoundEvent) -> bool:
    return bool(gold.when and found.when and gold.when[:7] == found.when[:7])
