"""Asking datasets on the network about what the knowledge base is not certain of, and keeping the answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from graph.errors import RemoteError
from graph.knowledge.base import Known
from graph.knowledge.compiling import EXACT, FOLDED, weight
from graph.knowledge.keys import folded, person_key
from graph.linking.endpoint import Endpoint
from graph.linking.evidence import Evidence
from graph.linking.kept import Kept, KeptLinks
from graph.linking.linker import Candidate, Linker
from graph.linking.profiles import KINDS, Profile, qid_of, things_of
from graph.linking.reconciliation import BATCH, Question, Reconciliation
from graph.linking.scoring import Likeness
from ontology.gazetteer import name_key
from ontology.knowledge_tables import Thing, ThingKind

_NAMES = 3  # forms of one thing that are asked for
_TOGETHER = 20  # things of one SPARQL query
_SURE, _UNSURE = 1.0, 0.85  # likeness of a name by a service that is sure of it, and by one that is not


class Dataset(Protocol):
    """Something on the network that knows things by their names."""

    @property
    def address(self) -> str:
        """Where it is."""

    def batches(self, wanted: Sequence[Evidence]) -> Iterator[tuple[Sequence[Evidence], Ask]]:
        """The things in groups that are asked for together, each with how to ask."""


Ask = Callable[[], tuple[Mapping[str, list[Candidate]], str]]
"""Asks: the candidates by the IRI of the thing that they are for, and the day they were given."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How far a run came: things asked for, linked with certainty, linked perhaps; what ended it early."""

    asked: int = 0
    wanted: int = 0
    same: int = 0
    close: int = 0
    failure: RemoteError | None = None


def ask_dataset(
    wanted: Sequence[Evidence], linker: Linker, dataset: Dataset, keep: KeptLinks
) -> Iterator[Asked]:
    """Ask a dataset for things, batch by batch, and keep what is found after each; yields how far it came.

    Where it fails for good the run ends: what was found is kept, and the next run goes on from the answers
    that are remembered. Candidates of the knowledge base stand beside those of the dataset, so that a
    namesake there keeps a link from being certain.
    """
    progress = Asked(wanted=len(wanted))
    yield progress
    for group, ask in dataset.batches(wanted):
        try:
            candidates, day = ask()
        except RemoteError as error:
            yield replace(progress, failure=error)
            return
        found = [kept for one in group for kept in _decided(one, candidates.get(one.iri, []), linker, day)]
        keep.add(found)
        same = {kept.iri for kept in found if kept.same}
        close = {kept.iri for kept in found} - same
        progress = replace(
            progress,
            asked=progress.asked + len(group),
            same=progress.same + len(same),
            close=progress.close + len(close),
        )
        yield progress


def unsure(evidence: Iterable[Evidence], certain: Iterable[str]) -> tuple[Evidence, ...]:
    """What is worth asking for: things with a full name that the knowledge base is not certain of."""
    known = set(certain)
    return tuple(e for e in evidence if e.kind in KINDS and e.iri not in known and asked_names(e))


def asked_names(evidence: Evidence) -> tuple[str, ...]:
    """The forms to ask for: of people those of two words or more, of others those that begin like names."""
    names = [" ".join(name.split()) for name in evidence.names]
    if evidence.kind == "person":
        names = [name for name in names if len(person_key(name).split()) > 1]
    else:
        names = [name for name in names if name[:1].isupper() or name[:1].isdigit()]
    return tuple(dict.fromkeys(names))[:_NAMES]


def _decided(evidence: Evidence, remote: list[Candidate], linker: Linker, day: str) -> Iterator[Kept]:
    told = {known.thing.qid for known, _ in remote if known.thing.qid}
    own = [] if not remote else [c for c in linker.candidates(evidence) if c[0].thing.qid not in told]
    addresses = {known.thing.id for known, _ in remote}
    for link in linker.decide(evidence, [*remote, *own]):
        if link.target.thing.id in addresses:
            target = link.target
            yield Kept(link.iri, link.same, link.score, link.reason, day, target.thing, target.weight)


class SparqlDataset:
    """A SPARQL endpoint asked by the templates of a profile."""

    def __init__(self, endpoint: Endpoint, profile: Profile, place: Callable[[str], str | None]) -> None:
        self.endpoint = endpoint
        self.profile = profile
        self._place = place

    @property
    def address(self) -> str:
        """Where it is."""
        return self.endpoint.address

    def batches(self, wanted: Sequence[Evidence]) -> Iterator[tuple[Sequence[Evidence], Ask]]:
        """Things of one kind together, for there is one template for each."""
        for kind in KINDS:
            for group in _grouped([e for e in wanted if e.kind == kind], _TOGETHER):
                yield group, lambda group=group, kind=kind: self._ask(group, kind)  # type: ignore[misc]

    def _ask(self, group: Sequence[Evidence], kind: ThingKind) -> tuple[Mapping[str, list[Candidate]], str]:
        names = dict.fromkeys(name for one in group for name in asked_names(one))
        rows, day = self.endpoint.select(self.profile.query(kind, names))
        things = things_of(rows, kind, (self.address, self.profile.licence), self._place)
        return {one.iri: list(_named(one, things)) for one in group}, day


def _named(evidence: Evidence, things: Iterable[Thing]) -> Iterator[Candidate]:
    """The things that have one of the names."""
    exact = {name_key(name) for name in evidence.names}
    rough = {folded(person_key(name)) for name in evidence.names}
    found: list[tuple[Thing, float]] = []
    for thing in things:
        forms = (thing.name, *thing.forms)
        if exact & {name_key(form) for form in forms}:
            found.append((thing, EXACT))
        elif rough & {folded(person_key(form)) for form in forms}:
            found.append((thing, FOLDED))
    for thing, likeness in found:
        yield Known(thing, weight(thing), ""), Likeness(likeness, "name", alone=len(found) == 1)


class ReconciledDataset:
    """A reconciliation service, asked by name, type and state."""

    def __init__(self, service: Reconciliation, linker: Linker, types: Mapping[ThingKind, str]) -> None:
        """Take a service.

        Args:
            service: the service.
            linker: tells what the knowledge base has of a Wikidata item that is proposed.
            types: what the service calls the kinds; a kind without one is asked for without a type.
        """
        self.service = service
        self._linker = linker
        self._types = types

    @property
    def address(self) -> str:
        """Where it is."""
        return self.service.address

    def batches(self, wanted: Sequence[Evidence]) -> Iterator[tuple[Sequence[Evidence], Ask]]:
        """Things in groups as large as services take."""
        for group in _grouped(wanted, BATCH):
            yield group, lambda group=group: self._ask(group)  # type: ignore[misc]

    def _ask(self, group: Sequence[Evidence]) -> tuple[Mapping[str, list[Candidate]], str]:
        questions = [Question(asked_names(e)[0], self._types.get(_kind(e), "")) for e in group]
        answers, day = self.service.ask(questions)
        found: dict[str, list[Candidate]] = defaultdict(list)
        for evidence, proposals in zip(group, answers, strict=True):
            sure = [p for p in proposals if p.sure]
            for proposal in proposals:
                if _alike(evidence, proposal.name):
                    alone = sure == [proposal] or len(proposals) == 1
                    likeness = _SURE if proposal.sure else _UNSURE
                    how = f"{self.address} is {'sure' if proposal.sure else 'not sure'}"
                    thing = self._thing(evidence, proposal.address, proposal.name)
                    known = Known(thing, weight(thing), "")
                    found[evidence.iri].append((known, Likeness(likeness, how, alone)))
        return found, day

    def _thing(self, evidence: Evidence, address: str, name: str) -> Thing:
        """What is proposed, with what the knowledge base has of it."""
        qid, kind = qid_of(address), _kind(evidence)
        known = [k.thing for k in self._linker.base.by_qid(qid) if k.thing.kind == kind] if qid else []
        if known:
            return replace(known[0], sources=(*known[0].sources, self.address))
        return Thing(address, kind, min(evidence.classes), name, qid=qid, sources=(self.address,))


def _kind(evidence: Evidence) -> ThingKind:
    return "institution" if evidence.kind == "instrument" else evidence.kind


def _alike(evidence: Evidence, name: str) -> bool:
    """Whether a proposed name has all words of one of the names, or these all of its."""
    words = set(folded(person_key(name)).split())
    return any(
        words <= set(own) or set(own) <= words
        for own in (folded(person_key(form)).split() for form in evidence.names)
        if own
    )


def _grouped(things: Sequence[Evidence], size: int) -> Iterator[list[Evidence]]:
    rest = iter(things)
    while group := list(islice(rest, size)):
        yield group
