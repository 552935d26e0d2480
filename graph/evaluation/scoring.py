"""Scoring: how far what was found in texts agrees with what annotators found there.

Figures are micro-averaged over documents. Entities are matched one to one by their names, events by their
class, participants, place and month; their details are judged on the events that match.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.evaluation.event_scoring import EventComparison
from graph.evaluation.findings import Findings, Found
from graph.evaluation.gold import KINDS, GoldDocument, GoldEntity, united
from graph.evaluation.matching import likeness, one_to_one, overlap, plain, unmatched
from graph.evaluation.tallies import Counts, Share, Sheet, macro_f1
from graph.model import EntityKind
from ontology.annotation import Annotation

LISTS: Mapping[EntityKind, str] = {
    "person": "people",
    "institution": "institutions",
    "territory": "territories",
    "instrument": "instruments",
}
"""What the figures of each kind of entity are called."""

MISTAKES = ("people", "institutions", "territories", "positions", "events", "relations", "links")
"""Kinds of mistakes that are listed."""

_NAMED, _NAMED_LOOSELY = 0.75, 0.5  # share of words that two names must have in common
_OPEN: frozenset[EntityKind] = frozenset({"instrument"})  # annotated only where they matter: no false alarms


@dataclass(frozen=True, slots=True)
class Score:
    """How far all documents agree; ``missing`` are those that were annotated but not read."""

    documents: tuple[Sheet, ...]
    missing: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, Counts]:
        """Found, missed and invented of each kind, in all documents."""
        total: dict[str, Counts] = defaultdict(Counts)
        for document in self.documents:
            for kind, counts in document.counts.items():
                total[kind] += counts
        return dict(total)

    @property
    def shares(self) -> dict[str, Share]:
        """The share that is right of each detail, in all documents."""
        total: dict[str, Share] = defaultdict(Share)
        for document in self.documents:
            for detail, share in document.shares.items():
                total[detail] += share
        return dict(total)

    @property
    def macro_factuality(self) -> float:
        """The mean F1 of the factualities, over the events that match."""
        return macro_f1(pair for d in self.documents for pair in d.factualities)

    @property
    def confusion(self) -> Counter[tuple[str | None, str | None]]:
        """How often an event of one class was found as one of another, missed (None) or invented."""
        return Counter(pair for d in self.documents for pair in d.types)

    @property
    def worst(self) -> tuple[Sheet, ...]:
        """The documents by the F1 of their events, the worst first."""
        return tuple(sorted(self.documents, key=lambda d: (d.counts.get("events", Counts()).f1, d.name)))


def score(golds: Iterable[GoldDocument], findings: Mapping[str, Findings], annotation: Annotation) -> Score:
    """Compare annotations with findings by document name (the file's name without its ending)."""
    ordered = sorted(golds, key=lambda g: g.name)
    documents = tuple(
        _Comparison(
            united(g, annotation.same), findings.get(g.name, Findings()), annotation, Sheet(g.name)
        ).compare()
        for g in ordered
    )
    return Score(documents, tuple(g.name for g in ordered if g.name not in findings))


def matched_events(
    gold: GoldDocument, found: Findings, annotation: Annotation
) -> dict[str, tuple[int, float]]:
    """The found events that match an annotated one, by IRI: its number, and how far their classes agree."""
    comparison = _Comparison(united(gold, annotation.same), found, annotation, Sheet(gold.name))
    pairs = comparison.events().matched()
    return {found.events[pair.found].iri: (i, pair.type_agreement) for i, pair in pairs.items()}


@dataclass(slots=True)
class _Comparison:
    """One document's annotations against its findings."""

    gold: GoldDocument
    found: Findings
    annotation: Annotation
    sheet: Sheet
    iris: dict[str, str] = field(default_factory=dict)  # of annotated names

    def compare(self) -> Sheet:
        events = self.events()
        self._compare_positions()
        events.compare()
        self._compare_relations()
        self._compare_document()
        return self.sheet

    def events(self) -> EventComparison:
        """The comparison of events, with the entities that were found for those annotated."""
        for kind in KINDS:
            self._compare_entities(kind)
        return EventComparison(self.gold.events, self.found, self.iris, self.annotation, self.sheet)

    # Entities.

    def _compare_entities(self, kind: EntityKind) -> None:
        annotated = self.gold.of_kind(kind)
        found = [e for e in self.found.entities if e.kind == kind]
        needed = _NAMED_LOOSELY if kind in _OPEN else _NAMED
        pairs = [(_likeness(g, f), i, j) for i, g in enumerate(annotated) for j, f in enumerate(found)]
        matched = one_to_one(p for p in pairs if p[0] >= needed)
        missed = unmatched(len(annotated), [i for _, i, _ in matched])
        false = unmatched(len(found), [j for _, _, j in matched])
        self.sheet.count(LISTS[kind], len(matched), 0 if kind in _OPEN else len(false), len(missed))
        for _, i, j in matched:
            self.iris[annotated[i].name] = found[j].iri
            self._compare_link(annotated[i], found[j])
        for i in missed:
            self.sheet.note(LISTS[kind], f"missed {annotated[i].name}")
            if annotated[i].wikidata:
                self.sheet.count("links", missed=1)
        for j in false:
            self.sheet.note(LISTS[kind], f"false {found[j].label} ({found[j].cls})")

    def _compare_link(self, annotated: GoldEntity, found: Found) -> None:
        if not annotated.wikidata:
            return
        if found.wikidata == annotated.wikidata:
            self.sheet.count("links", right=1)
        else:
            self.sheet.count("links", missed=1, false=1 if found.wikidata else 0)
            self.sheet.note("links", f"{annotated.name} is {annotated.wikidata}, found {found.wikidata}")

    # Positions.

    def _compare_positions(self) -> None:
        annotated = [(p.name, o.title, o.of) for p in self.gold.people for o in p.positions]
        offices = self.found.offices
        pairs = []
        for i, (name, title, of) in enumerate(annotated):
            for j, office in enumerate(offices):
                words = overlap(title, office.title)
                if self.iris.get(name) == office.holder and words >= 0.5:
                    pairs.append((words + 0.5 * self._is(of, office.of), i, j))
        matched = one_to_one(pairs)
        missed = unmatched(len(annotated), [i for _, i, _ in matched])
        false = unmatched(len(offices), [j for _, _, j in matched])
        self.sheet.count("positions", len(matched), len(false), len(missed))
        for _, i, j in matched:
            if annotated[i][2]:
                self.sheet.judge("position.of", self._is(annotated[i][2], offices[j].of))
        for i in missed:
            self.sheet.note("positions", f"missed {annotated[i][0]}: {annotated[i][1]} / {annotated[i][2]}")
        for j in false:
            self.sheet.note("positions", f"false {offices[j].holder.rsplit('/', 1)[1]}: {offices[j].title}")

    def _is(self, name: str | None, iri: str | None) -> bool:
        """Whether an annotated name is the found thing of an IRI."""
        return bool(name) and iri is not None and self.iris.get(name or "") == iri

    # Relations, and the document as a whole.

    def _compare_relations(self) -> None:
        names = {iri: name for name, iri in self.iris.items()}
        wider = self.annotation.relations
        annotated = {
            (
                self.iris.get(r.subject, r.subject),
                wider.get(r.predicate, r.predicate),
                self.iris.get(r.object, r.object),
            )
            for r in self.gold.relations
        }
        found = {(s, wider[p], o) for s, p, o in self.found.relations if s in names and o in names}
        self.sheet.count("relations", len(annotated & found), len(found - annotated), len(annotated - found))
        for words, triples in (("missed", annotated - found), ("false", found - annotated)):
            for s, p, o in sorted(triples):
                self.sheet.note("relations", f"{words} {names.get(s, s)} {p} {names.get(o, o)}")

    def _compare_document(self) -> None:
        for one, other in self.gold.merged:
            both = {plain(one), plain(other)}
            self.sheet.judge("merged.names", any(both <= e.names for e in self.found.entities))
        if self.gold.published and self.found.text:
            self.sheet.judge("document.issued", (self.found.issued or "").startswith(self.gold.published))


def _likeness(annotated: GoldEntity, found: Found) -> float:
    forms = frozenset(plain(n) for n in annotated.forms) - {""}
    return likeness(plain(annotated.name), forms, found.names)
