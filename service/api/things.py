"""Operations on what the graph knows: entities, timelines, claims, comparisons, disagreements, documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np

from graph.networks.actor_index import BASES, FACTUALITIES, ActorIndex, TieKind, day
from graph.networks.columns import NOTHING, Array
from graph.networks.filters import polarity_of
from graph.networks.traversal import neighbours
from graph.networks.view import View, document_number
from service.api import answers as api
from service.api import parameters as asked
from service.api.asked_index import entities, telling, view
from service.api.openapi import Operations, Parameters, PathPart
from service.api.telling import Telling

operations = Operations()
T = TypeVar("T")

KIND = PathPart("kind", "The kind in the entity's id.", "person")
NAME = PathPart("name", "The name in the entity's id.", "vladimir-putin")
ENTITY = "/entities/{kind}/{name}"
RULE = "/entities/<path:name>"


@operations.get("/entities", api.Entities, parameters=asked.Search)
def search(wanted: asked.Search) -> api.Entities:
    """Entities by a part of their name and kind, those mentioned most first."""
    known = entities()
    return api.Entities(**paged(wanted, known.found(wanted.q, wanted.kind).tolist(), known.listed))


@operations.get(
    f"{ENTITY}/neighbours",
    api.NeighbourPage,
    KIND,
    NAME,
    rule=f"{RULE}/neighbours",
    parameters=asked.Neighbours,
)
def entity_neighbours(wanted: asked.Neighbours, name: str) -> api.NeighbourPage:
    """Who is tied to an entity and by what, those with most facts in common first."""
    tell = telling()
    number = tell.number(name)
    edges = neighbours(view(wanted), number)

    def shown(row: int) -> api.Neighbour:
        edge = edges.chosen(np.array([row]))
        other = int(edge.other[0] if edge.one[0] == number else edge.one[0])
        return api.Neighbour(thing=tell.thing(other), edge=next(tell.edges(edge, wanted.facts)))

    return api.NeighbourPage(**paged(wanted, range(len(edges)), shown))


@operations.get(ENTITY, api.Entity, KIND, NAME, rule=RULE)
def entity(_: Parameters, name: str) -> api.Entity:
    """All that is known of an entity.

    Names, links, offices, relations and the latest events, each with the sentences that say so; of an event,
    who takes part and what each document says.
    """
    known = entities()
    return known.known(known.telling.number(name))


@operations.get("/timeline", api.Events, parameters=asked.Timeline)
def timeline(wanted: asked.Timeline) -> api.Events:
    """The events that an entity has a role in, in the order of time."""
    tell = telling()
    accounts = tell.index.accounts_of(tell.number(wanted.entity))
    seen = view(wanted, anything=True)
    return api.Events(**paged(wanted, tell.events(accounts[seen.fits(accounts)]), tell.event))


@operations.get("/claims", api.Said, parameters=asked.Claims)
def claims(wanted: asked.Claims) -> api.Said:
    """Who speaks of whom: in acts of speech, or as the source for what others do."""
    tell = telling()
    index = tell.index
    about = None if wanted.about is None else tell.number(wanted.about)
    by = None if wanted.by is None else tell.number(wanted.by)
    one = by if by is not None else about
    ties = np.arange(len(index.tie_from), dtype=np.int32) if one is None else index.ties_of[one]
    ties = ties[np.isin(index.tie_kind[ties], (TieKind.CLAIM, TieKind.REPORT))]
    for column, number in ((index.tie_from, by), (index.tie_to, about)):
        ties = ties if number is None else ties[column[ties] == number]
    ties = ties[view(wanted, anything=True).fits(index.tie_account[ties])]
    return api.Said(**paged(wanted, _claims(tell, ties), lambda claim: _claim(tell, *claim)))


Spoken = tuple[int, TieKind, list[int], list[int]]


def _claims(tell: Telling, ties: Array) -> list[Spoken]:
    """Claims by speaker, way and event: whom they are about and the accounts of them, in order of time."""
    index = tell.index
    found: dict[tuple[int, int, int], tuple[set[int], set[int]]] = {}
    for tie in ties.tolist():
        account = int(index.tie_account[tie])
        key = (int(index.account_fact[account]), int(index.tie_from[tie]), int(index.tie_kind[tie]))
        topics, accounts = found.setdefault(key, (set(), set()))
        topics.add(int(index.tie_to[tie]))
        accounts.add(account)
    ordered = {group[0]: place for place, group in enumerate(tell.events(index.tie_account[ties]))}
    firsts = {int(index.account_fact[account]): place for account, place in ordered.items()}
    return [
        (speaker, TieKind(kind), sorted(topics), sorted(accounts))
        for (fact, speaker, kind), (topics, accounts) in sorted(
            found.items(), key=lambda item: (firsts[item[0][0]], item[0][1:])
        )
    ]


def _claim(tell: Telling, speaker: int, kind: TieKind, topics: list[int], accounts: list[int]) -> api.Claim:
    return api.Claim(
        speaker=tell.thing(speaker),
        about=[tell.thing(topic) for topic in topics],
        how="speech" if kind == TieKind.CLAIM else "report",
        event=tell.event(accounts),
    )


@operations.get("/compare", api.Compared, parameters=asked.Comparison)
def compare(wanted: asked.Comparison) -> api.Compared:
    """Two actors side by side: events and neighbours in common, and how the tone between them moved."""
    tell = telling()
    a, b = tell.number(wanted.a), tell.number(wanted.b)
    seen = view(wanted)
    joint = (
        np.intersect1d(tell.index.accounts_of(a), tell.index.accounts_of(b)) if a != b else np.zeros(0, int)
    )
    groups = tell.events(joint[seen.fits(joint)])
    common = _common_neighbours(seen, a, b)
    between = neighbours(seen, a)
    row = np.flatnonzero((between.one == b) | (between.other == b)) if a != b else np.zeros(0, int)
    return api.Compared(
        a=tell.thing(a),
        b=tell.thing(b),
        edge=next(tell.edges(between.chosen(row), 3), None),
        common_events=len(groups),
        events=[tell.event(group) for group in groups[: wanted.limit]],
        common_neighbours=len(common),
        neighbours=[
            api.CommonNeighbour(thing=tell.thing(thing), a=one, b=other)
            for thing, one, other in common[: wanted.limit]
        ],
        tone=list(_tone(tell, groups, wanted.per)),
    )


def _common_neighbours(seen: View, a: int, b: int) -> list[tuple[int, int, int]]:
    """Things tied to both and the weight to each; those first that are tied most to the less tied one."""
    weights: list[dict[int, int]] = []
    for number in (a, b):
        edges = neighbours(seen, number)
        others = np.where(edges.one == number, edges.other, edges.one)
        weights.append(dict(zip(others.tolist(), edges.weight.tolist(), strict=True)))
    both = sorted(weights[0].keys() & weights[1].keys() - {a, b})
    found = [(thing, weights[0][thing], weights[1][thing]) for thing in both]
    return sorted(found, key=lambda item: (-min(item[1:]), -sum(item[1:]), item[0]))


def _tone(tell: Telling, groups: list[list[int]], per: str) -> Iterator[api.Stretch]:
    """Dated events by stretches of time; one that is not over in a stretch counts where it begins."""
    stretches: dict[str, Counter[str]] = {}
    for group in groups:
        begin = next((d for a in group if (d := day(tell.index.account_begin[a]))), None)
        if begin:
            sign = polarity_of(tell.schema, tell.index.account_class(group[0])) or "neutral"
            stretches.setdefault(_period(begin, per), Counter())[sign] += 1
    for period, signs in sorted(stretches.items()):
        signed = signs["cooperative"] + signs["conflictual"]
        yield api.Stretch(
            period=period,
            events=sum(signs.values()),
            cooperative=signs["cooperative"],
            conflictual=signs["conflictual"],
            neutral=signs["neutral"],
            tone=(signs["cooperative"] - signs["conflictual"]) / signed if signed else None,
        )


def _period(iso: str, per: str) -> str:
    """The year, month or quarter of a day: 2016, 2016-04, 2016-Q2."""
    if per == "quarter":
        return f"{iso[:4]}-Q{(int(iso[5:7]) + 2) // 3}"
    return iso[:4] if per == "year" else iso[:7]


@operations.get("/disagreements", api.Differing, parameters=asked.Disagreements)
def disagreements(wanted: asked.Disagreements) -> api.Differing:
    """Events that several documents tell of, and differently."""
    tell = telling()
    seen = view(wanted, anything=True)
    told = np.flatnonzero(np.diff(tell.index.fact_starts) > 1)
    found = []
    for fact in told.tolist():
        accounts = np.array(tell.index.accounts(fact))
        if tell.index.account_basis[accounts[0]] == BASES.index("event"):
            kept = accounts[seen.fits(accounts)].tolist()
            if differs := _differences(tell.index, kept):
                found.append((fact, differs, kept))

    def shown(item: tuple[int, list[str], list[int]]) -> api.Disagreement:
        event = tell.thing(int(tell.index.fact_thing[item[0]]))
        return api.Disagreement(event=event, differs=item[1], accounts=[tell.account(a) for a in item[2]])

    return api.Differing(**paged(wanted, found, shown))


def _differences(index: ActorIndex, accounts: list[int]) -> list[str]:
    """In what accounts of one event differ. What one of them leaves open is no difference."""

    def roles(account: int, names: set[str]) -> frozenset[object]:
        return frozenset((r.thing, r.words) for r in index.roles(account) if r.name in names)

    aspects: dict[str, Callable[[int], object]] = {
        "class": index.account_class,
        "factuality": lambda a: FACTUALITIES[index.account_factuality[a]],
        "time": lambda a: index.account_when[a],
        "place": lambda a: roles(a, {"place"}),
        "participants": lambda a: roles(a, {"participant", "initiator", "recipient"}),
    }
    return [
        name
        for name, aspect in aspects.items()
        if len({value for account in accounts if (value := aspect(account))}) > 1
    ]


@operations.get("/documents", api.Documents, parameters=asked.Paged)
def documents(wanted: asked.Paged) -> api.Documents:
    """The documents of the graph."""
    tell = telling()
    return api.Documents(**paged(wanted, range(len(tell.index.documents)), lambda row: _listed(tell, row)))


@operations.get(
    "/documents/{id}", api.Document, PathPart("id", "The document's name, or its identifier.", "a1"),
    rule="/documents/<path:id>",
)  # fmt: skip
def document(_: Parameters, id: str) -> api.Document:
    """A document: its text, the mentions in it, and what it says with the sentences that say so."""
    tell = telling()
    index = tell.index
    iri = f"{tell.names.base}doc/{id}"
    row = document_number(index, iri if index.documents.find(iri) != NOTHING else id)
    text = index.texts[row]
    spans = [
        api.Span(begin=b, end=e, quote=text[b:e], thing=tell.thing(thing))
        for b, e, thing in (
            (int(index.mention_begin[m]), int(index.mention_end[m]), int(index.mention_thing[m]))
            for m in index.mentions_in[row]
        )
    ]
    statements = [_statement(tell, account) for account in index.accounts_in[row].tolist()]
    return api.Document(**dict(_listed(tell, row)), text=text, spans=spans, statements=statements)


def _listed(tell: Telling, row: int) -> api.DocumentListed:
    index = tell.index
    return api.DocumentListed(
        id=tell.document_id(row),
        iri=index.documents[row],
        identifier=index.identifiers[row],
        title=index.titles[row] or None,
        publisher=tell.known(int(index.publisher[row])),
        issued=index.issued[row] or None,
        address=index.addresses[row] or None,
        mentions=len(index.mentions_in[row]),
        facts=len(index.accounts_in[row]),
    )


def _statement(tell: Telling, account: int) -> api.Statement:
    index = tell.index
    thing = int(index.fact_thing[index.account_fact[account]])
    cls = index.account_class(account)
    return api.Statement(
        id=None if thing == NOTHING else tell.id(index.things[thing]),
        basis=BASES[index.account_basis[account]],
        cls=cls,
        label=index.labels[thing] if thing != NOTHING else index.account_title[account] or cls,
        factuality=FACTUALITIES[index.account_factuality[account]],
        when=index.account_when[account] or None,
        roles=tell.roles([account]),
        spans=[list(span) for span in index.sentences(account)],
    )


def paged(wanted: asked.Paged, items: Sequence[T], shown: Callable[[T], object]) -> dict[str, Any]:
    """The fields of a page: only the items on it are worked out."""
    part: Iterable[T] = items[wanted.offset : wanted.offset + wanted.limit]
    return {"total": len(items), "offset": wanted.offset, "items": [shown(item) for item in part]}
