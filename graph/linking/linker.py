"""What the texts' things are called in the world outside: candidates, verdicts, and who is sure enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.identity import Identity
from graph.knowledge.base import KnowledgeBase, Known, Match
from graph.linking.evidence import Evidence, gather
from graph.linking.scoring import Likeness, judge
from graph.model import Reading
from ontology.knowledge_tables import Thing, ThingKind
from ontology.title_words import TitleWords

ACCEPTED, MARGIN = 0.80, 0.15
"""A candidate is taken for the same from this probability on, if the next one is so much less likely."""

CLOSE = 0.50
"""A candidate is told as a close match from this probability on."""

SHOWN = 3
"""Close matches that are told of one thing."""

Candidate = tuple[Known, Likeness]

_SURNAME = 0.5  # likeness of a name of which only one word is given
_STATED = 0.95  # likeness of a name in which the state is put otherwise
_WANTED = 64  # candidates that are judged
_NEAR = 0.9  # likeness from which a second bearer of a name counts


@dataclass(frozen=True, slots=True)
class Link:
    """A thing of the texts and one of the world; ``same`` where it is certain enough to say so.

    ``asked`` is the day (ISO 8601) that a server told of it; empty where the knowledge base did.
    """

    iri: str
    target: Known
    same: bool
    score: float
    reason: str
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """All links of a graph, ordered by IRI, and the version of the knowledge base that they come from."""

    version: str = ""
    links: tuple[Link, ...] = ()

    @property
    def same(self) -> dict[str, str]:
        """The Wikidata number of each thing that is linked with certainty, by IRI."""
        return {link.iri: link.target.thing.qid for link in self.links if link.same and link.target.thing.qid}


def link(readings: Iterable[Reading], identity: Identity, base: KnowledgeBase, words: TitleWords) -> Linked:
    """Links of all entities of some readings.

    A function of the set of readings, their identities and the knowledge base alone.

    Args:
        readings: all readings of the graph.
        identity: the IRIs of their entities.
        base: the knowledge base.
        words: what titles of offices mean.
    """
    linker = Linker(base, words)
    things = gather(readings, identity, linker.countries)
    return Linked(base.version, tuple(found for thing in things for found in linker.links(thing)))


class Linker:
    """Finds what one thing of the texts may be, and decides."""

    def __init__(self, base: KnowledgeBase, words: TitleWords) -> None:
        self.base = base
        self.words = words

    def countries(self, row: str) -> tuple[str, ...]:
        """The ids of the places that a row of the name tables is, lies in or belongs to."""
        known = self.base.get(row)
        if known is None:
            return ()
        return (row, *known.thing.country) if known.thing.kind == "territory" else known.thing.country

    def links(self, evidence: Evidence) -> tuple[Link, ...]:
        """The link of a thing, or its close matches, or nothing."""
        rows = [known for row in evidence.known if (known := self.base.get(row))]
        if len(rows) == 1 and rows[0].thing.qid:
            return self._read(evidence, rows[0])
        return self.decide(evidence, self.candidates(evidence))

    def decide(self, evidence: Evidence, candidates: Iterable[Candidate]) -> tuple[Link, ...]:
        """The one of some candidates that is certain, or those that may be meant, or nothing.

        Args:
            evidence: what the texts say.
            candidates: things with how like their names are.
        """
        judged = sorted(self._judged(evidence, candidates), key=lambda one: (-one.score, one.target.thing.id))
        if not judged:
            return ()
        first, second = judged[0], judged[1].score if len(judged) > 1 else 0.0
        if first.score >= ACCEPTED and first.score - second >= MARGIN and len(evidence.known) < 2:
            return (replace(first, same=True),)
        return tuple(one for one in judged[:SHOWN] if one.score >= CLOSE)

    def _read(self, evidence: Evidence, row: Known) -> tuple[Link, ...]:
        """The link of what was read as a row of the name tables.

        It is not certain where the texts name the state of a namesake and not that of the row.
        """
        rival = self._rival(evidence, row)
        reason = f"read as {row.thing.name!r} of the name tables"
        if rival is None:
            return (Link(evidence.iri, row, same=True, score=1.0, reason=reason),)
        doubt = f"{reason}; {rival.thing.name!r} of {rival.thing.country[0]} may be meant"
        return (Link(evidence.iri, row, same=False, score=CLOSE, reason=doubt),)

    def _rival(self, evidence: Evidence, row: Known) -> Known | None:
        around = evidence.beside
        if not row.thing.country or not around or around & {row.thing.id, *row.thing.country}:
            return None
        ids = {m.id for name in evidence.names for m in self.base.exact(name) if m.likeness == 1}
        for known in (self.base.get(id_) for id_ in sorted(ids)):
            if known and known.thing.qid != row.thing.qid and around & set(known.thing.country):
                return known
        return None

    def _judged(self, evidence: Evidence, candidates: Iterable[Candidate]) -> Iterator[Link]:
        """Each candidate once, by what the world calls it, as likely as its best name makes it."""
        seen: set[str] = set()
        for known, name in candidates:
            address = known.thing.qid or (known.thing.id if "://" in known.thing.id else "")
            if address and address not in seen:
                seen.add(address)
                verdict = judge(evidence, known, name, self.words)
                yield Link(evidence.iri, known, same=False, score=verdict.score, reason=verdict.reason)

    def candidates(self, evidence: Evidence) -> Iterator[Candidate]:
        """Things of the knowledge base that may be meant, those with the likest names first."""
        if evidence.kind == "instrument":
            return
        rows = [known.thing for row in evidence.known if (known := self.base.get(row))]
        names = tuple(name for row in rows for name in _own_names(row)) or evidence.names
        matches = self._matches(names, evidence.kind)
        bare = not matches and evidence.kind == "person"
        if bare:
            matches = self._surnames(evidence)
        elif evidence.kind == "institution":
            _keep_best(matches, self._national(evidence, names))
        ordered = sorted(matches.values(), key=lambda m: (-m.likeness, m.id))[:_WANTED]
        things = [(known, m) for m in ordered if (known := self.base.get(m.id))]
        bearers = {known.thing.qid for known, m in things if m.likeness >= _NEAR and known.thing.qid}
        for known, match in things:
            alone = not bare and match.likeness >= _NEAR and bearers <= {known.thing.qid}
            yield known, Likeness(match.likeness, match.how, alone, bare)

    def _matches(self, names: Sequence[str], kind: ThingKind) -> dict[str, Match]:
        """Things that have one of the names, exactly or, where nothing has, nearly."""
        found: dict[str, Match] = {}
        usable = [n for n in names if kind != "person" or len(n.split()) > 1]
        for name in usable:
            _keep_best(found, self.base.exact(name, kind))
        if not found:
            for name in usable:
                _keep_best(found, self.base.fuzzy(name, kind))
        return found

    def _national(self, evidence: Evidence, names: Sequence[str]) -> Iterator[Match]:
        """Institutions of the states that a text gives one, by names in which the state is put otherwise.

        "U.S. Department of Agriculture" is "United States Department of Agriculture"; the "Foreign Ministry"
        of a state its "Ministry of Foreign Affairs".
        """
        states = sorted(evidence.states)
        around = (self.base.get(place) for place in sorted(evidence.states | evidence.beside))
        for state in (known.thing for known in around if known and known.thing.cls == "State"):
            for core in {c for name in names if (c := _core(name, state))}:
                for form in (f"{state.name} {core}", f"{core} of {state.name}", core):
                    for match in self.base.exact(form, "institution"):
                        known = self.base.get(match.id)
                        if form != core or (known and state.id in known.thing.country):
                            yield Match(match.id, match.likeness * _STATED, f"{core!r} of {state.name}")
        for name in names:
            for id_ in self.base.ministries(name, states):
                yield Match(id_, _STATED, f"the {name!r} of that state")

    def _surnames(self, evidence: Evidence) -> dict[str, Match]:
        """People of the states that a text gives somebody with nothing but one word for a name.

        Who has no office and no state stays unknown: a surname alone tells nothing.
        """
        if not evidence.states or any(len(n.split()) > 1 for n in evidence.names):
            return {}
        ids = {id_ for name in evidence.names for id_ in self.base.people(name, sorted(evidence.states))}
        return {id_: Match(id_, _SURNAME, "surname") for id_ in ids}


def _keep_best(found: dict[str, Match], matches: Iterable[Match]) -> None:
    for match in matches:
        if match.id not in found or found[match.id].likeness < match.likeness:
            found[match.id] = match


def _own_names(row: Thing) -> Iterator[str]:
    """The names of a row of the tables that are its own, and not those of its parts ("BBC News")."""
    yield row.name
    if row.name.isupper():
        yield from (form for form in row.forms if len(form.split()) > 2)


def _core(name: str, state: Thing) -> str | None:
    """An institution's name without that of its state; None where it has it not."""
    for form in sorted((state.name, *state.forms, *state.adjectives), key=len, reverse=True):
        for head in (f"{form}'s ", f"{form}’s ", f"{form} "):
            if name.startswith(head) and len(name) > len(head):
                return name[len(head) :]
        if name.endswith(f" of {form}") or name.endswith(f" of the {form}"):
            return name[: name.rindex(" of ")]
    return None
