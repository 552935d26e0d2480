"""Reviewing who is who: finding things by what people call them, why they are one, and judging them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from graph.decisions import Candidate, Merge, candidates, merges
from graph.errors import LedgerError, NotFoundError
from graph.iri import Namespace, fold
from graph.ledger import Judgement, Ledger, Side, Verdict, parsed_place
from graph.rdf import term
from graph.snapshots import open_snapshot, statements

if TYPE_CHECKING:
    import pyoxigraph as ox

_LISTED = 8
"""Things of one name that an error lists."""

_PLACES = 3
_NAMED = ("name", "trigger")


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that somebody asked for, by its short id; ``document``: only as that document tells of it."""

    iri: str
    name: str
    label: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A mention: where it is, its words, and the rule by which it was told whom or what it means."""

    document: str
    place: str
    words: str
    rule: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why the mentions of a thing are one."""

    thing: Found
    mentions: tuple[Spoken, ...]
    merges: tuple[Merge, ...]
    judgements: tuple[Judgement, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that speak of the thing, in order."""
        return tuple(sorted({m.document for m in self.mentions}))


class Review:
    """Who is who in the newest snapshot of a store, and the ledger beside it."""

    def __init__(self, folder: Path, base: str) -> None:
        """Open a store for reviewing.

        Args:
            folder: that of the store.
            base: the namespace of its IRIs.

        Raises:
            StoreError: nothing was built there yet.
        """
        self.folder = folder
        self.ledger = Ledger(folder)
        self._graph: ox.Store = open_snapshot(folder)
        self._stem = Namespace(base).thing("", "")[:-1]

    def find(self, text: str) -> Found:
        """The thing of an IRI, a short id ("person/amina-okafor"), a label, or a place ("a.txt#char=0,12").

        ``…@DOCUMENT`` asks for it as one document tells of it. An id that a thing had before it became one
        with another is found too.

        Raises:
            NotFoundError: nothing is called that, or several things are; these are listed.
        """
        what, at, document = text.rpartition("@")
        if at and what and document in self._documents.values():
            found = self.find(what)
            if all(s.document != document for s in self.mentions(found.iri)):
                raise NotFoundError(f"{document} does not speak of {found.label} ({found.name}).")
            return Found(found.iri, found.name, found.label, document)
        iris = self._by_place(text) or self._by_name(text) or self._by_label(text)
        if len(iris) == 1:
            return self._found(next(iter(iris)))
        if not iris:
            raise NotFoundError(f"Nothing in {self.folder} is called {text!r}.{self._similar(text)}")
        shown = ", ".join(sorted(map(self._short, iris))[:_LISTED])
        raise NotFoundError(f"{len(iris)} things are called {text!r}.", f"Say which: {shown}")

    def candidates(self, limit: int | None = None) -> tuple[Candidate, ...]:
        """What the machine would like to ask, best first, without what was answered since the last build."""
        answered = {frozenset((j.a.places, j.b.places)) for j in self.ledger.standing()}
        asked = (c for c in candidates(self.folder) if frozenset((c.a.places, c.b.places)) not in answered)
        return tuple(asked)[:limit]

    def why(self, text: str) -> Reasons:
        """Why the mentions of a thing are one.

        Raises:
            NotFoundError: nothing is called that, or several things are.
        """
        thing = self.find(text)
        mentions = tuple(m for m in self.mentions(thing.iri) if thing.document in {None, m.document})
        places = {m.place for m in mentions}
        joined = tuple(m for m in merges(self.folder) if m.thing == thing.name)
        judged = (
            j
            for j in self.ledger.history()
            if any(side.name == thing.name or places & set(side.places) for side in (j.a, j.b))
        )
        return Reasons(thing, mentions, joined, tuple(judged))

    def judge(self, verdict: Verdict, a: str, b: str, why: str = "", by: str = "") -> Judgement:
        """Write a judgement on two things, given as ``find`` takes them, into the ledger.

        It holds from the next build or ``graph.build.rebuild`` on.

        Raises:
            NotFoundError: one of them is not there, or several things are called that.
            LedgerError: they are of different kinds, or one and the same; the ledger cannot be used.
        """
        one, other = self.find(a), self.find(b)
        if one.iri == other.iri and not (one.document and other.document and one.document != other.document):
            documents = sorted({m.document for m in self.mentions(one.iri)})[:2]
            hint = " ".join(f"{one.name}@{d}" for d in documents) if len(documents) > 1 else ""
            raise LedgerError(
                f"{a} and {b} are one thing already, {one.name}.",
                f"To take it apart, say as which documents tell of it, for example: {hint}" if hint else "",
            )
        return self.ledger.judge(verdict, self.side(one), self.side(other), why, by)

    def undo(self, a: str, b: str, why: str = "", by: str = "") -> Judgement:
        """Take back the last judgement on two things; where there is none, part what the machine joined.

        Raises:
            NotFoundError: one of them is not there.
            LedgerError: nothing was judged of them and the machine did not join them.
        """
        last = self._judged(a, b)
        if last:
            return self.ledger.undo(last.number, why, by)
        return self.judge("different", a, b, why or "the machine's merge was undone", by)

    def mentions(self, iri: str) -> list[Spoken]:
        """Where all documents speak of a thing, in order."""
        found = []
        for phrase, _, graph, _ in statements(self._graph, term("itsrdf:taIdentRef").value, thing=iri):
            document = self._documents.get(graph, graph)
            place = f"{document}#{phrase.rpartition('#')[2]}"
            words, rule = (
                next((s[1] for s in statements(self._graph, term(p).value, subject=phrase)), "")
                for p in ("nif:anchorOf", "dg:resolvedBy")
            )
            found.append(Spoken(document, place, words, rule))
        return sorted(found, key=lambda m: (m.document, parsed_place(m.place)[1]))

    def side(self, thing: Found) -> Side:
        """A thing as a side of a judgement: where up to three documents name it, the fullest names first."""
        best: dict[str, tuple[bool, int, Spoken]] = {}
        for mention in self.mentions(thing.iri):
            if thing.document in {None, mention.document}:
                rank = mention.rule not in _NAMED, -len(mention.words.split()), mention
                best[mention.document] = min(best.get(mention.document, rank), rank, key=lambda r: r[:2])
        ranked = sorted(best.values(), key=lambda r: (*r[:2], r[2].document))
        return Side(name=thing.name, places=tuple(rank[2].place for rank in ranked[:_PLACES]))

    @cached_property
    def _documents(self) -> dict[str, str]:
        """The identifier of each document by its IRI."""
        return {s[0]: s[1] for s in statements(self._graph, term("dcterms:identifier").value)}

    @cached_property
    def _labels(self) -> dict[str, set[str]]:
        """The IRIs of the things of each folded label."""
        found: dict[str, set[str]] = {}
        for predicate in ("rdfs:label", "skos:altLabel"):
            for iri, label, _, _ in statements(self._graph, term(predicate).value):
                if iri.startswith(self._stem):
                    found.setdefault(fold(label), set()).add(iri)
        return found

    def _by_place(self, text: str) -> set[str]:
        document, sign, offsets = text.rpartition("#char=")
        graphs = (
            [iri for iri, identifier in self._documents.items() if identifier == document] if sign else []
        )
        refers = term("itsrdf:taIdentRef").value
        return {s[1] for graph in graphs for s in statements(self._graph, refers, f"{graph}#char={offsets}")}

    def _by_name(self, text: str) -> set[str]:
        """By IRI or short id, be it one of before."""
        name = text.removeprefix(self._stem)
        if "/" not in name or any(c in name for c in ' <>"{}|\\^`'):
            return set()
        iri = f"{self._stem}{name}"
        if next(statements(self._graph, term("rdf:type").value, subject=iri), None):
            return {iri}
        before = {m.thing for m in merges(self.folder) if name in {m.a.name, m.b.name}}
        judged = (side for j in self.ledger.history() for side in (j.a, j.b) if side.name == name)
        placed = (self._by_place(p) for side in judged for p in side.places)
        return {f"{self._stem}{n}" for n in before} or next(filter(None, placed), set())

    def _by_label(self, text: str) -> set[str]:
        return self._labels.get(fold(text), set())

    def _similar(self, text: str) -> str:
        words = set(fold(text).split())
        counts: Counter[str] = Counter()
        for label, iris in self._labels.items():
            if shared := len(words & set(label.split())):
                counts.update(dict.fromkeys(iris, shared))
        best = sorted(counts, key=lambda iri: (-counts[iri], iri))[:_LISTED]
        return f" Like it: {', '.join(map(self._short, best))}" if best else ""

    def _found(self, iri: str) -> Found:
        labels = sorted(s[1] for s in statements(self._graph, term("rdfs:label").value, subject=iri))
        return Found(iri, self._short(iri), labels[0] if labels else iri)

    def _short(self, iri: str) -> str:
        return iri.removeprefix(self._stem)

    def _judged(self, a: str, b: str) -> Judgement | None:
        """The last judgement that holds on two things, by their ids then or now, or by their places."""
        wanted = [self._known_as(a), self._known_as(b)]

        def fits(side: Side, names: set[str]) -> bool:
            return side.name in names or not names.isdisjoint(side.places)

        for judgement in reversed(self.ledger.standing()):
            one, other = judgement.a, judgement.b
            if (fits(one, wanted[0]) and fits(other, wanted[1])) or (
                fits(other, wanted[0]) and fits(one, wanted[1])
            ):
                return judgement
        return None

    def _known_as(self, text: str) -> set[str]:
        """What a judgement may call the thing: as it was typed, and as it is called and placed now."""
        thing = self.find(text)
        side = self.side(thing)
        return {text, text.removeprefix(self._stem), side.name, *side.places}


def forms(mentions: Iterable[Spoken]) -> Iterator[tuple[str, int]]:
    """The words of some mentions and how often they stand there, the commonest first."""
    counts = Counter(m.words for m in mentions)
    yield from sorted(counts.items(), key=lambda item: (-item[1], item[0]))
