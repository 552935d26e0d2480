"""Which documents state which facts, and what they say of them: the largest part of a graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.iri import DG
from graph.networks.actor_index import EVENT_ROLES, FACTUALITIES, ROLES
from graph.networks.columns import Array, Numbers, Places
from graph.networks.numbered import Numbered, Within
from graph.networks.tabular import is_iri, value, values
from ontology.schema import Schema

DETAILS = ("startDate", "endDate", "when", "says", "title")
"""What is said of facts in words."""
_BOTH_ENDS = "?s rdf:subject ?one ; rdf:object ?other FILTER(isIRI(?one) && isIRI(?other))"
_ROLES = {f"dg:{role}": ROLES.index(role) for role in (*EVENT_ROLES, "holder", "of")}
_ENDS = {"rdf:subject": ROLES.index("subject"), "rdf:object": ROLES.index("object")}
_FACTUALITY = len(ROLES)
_DETAIL = _FACTUALITY + 1
_EVIDENCE = _DETAIL + len(DETAILS)
_CODES = {
    **_ROLES,
    **_ENDS,
    **{f"dg:{name}": _DETAIL + place for place, name in enumerate(DETAILS)},
    "prov:wasDerivedFrom": _EVIDENCE,
}
_OTHER_THAN_ACTUAL = {f"dg:factuality dg:{name.title()}": _FACTUALITY for name in FACTUALITIES[1:]}
"""Most are actual, which is as good as nothing said."""
_FACTUALITY_IRIS = [f"{DG}{name.title()}" for name in FACTUALITIES]


@dataclass(frozen=True, slots=True)
class Accounts:
    """Facts by the documents that state them: a row each of ``subjects_of``, ``documents_of`` and ``kinds``.

    ``subjects``, which state them, are IRIs in ascending order; ``kinds`` are places in ``names``, where
    those of events come first, the most specific before the others. ``keys`` are the numbers of subject and
    document as one, in ascending order.
    """

    names: tuple[str, ...]
    event_names: tuple[str, ...]
    documents: Sequence[str]
    subjects: list[str]
    keys: Places
    kinds: Numbers

    @property
    def subjects_of(self) -> Places:
        """The places of what states the facts."""
        return self.keys // max(len(self.documents), 1)

    @property
    def documents_of(self) -> Numbers:
        """The places of the documents that do."""
        return (self.keys % max(len(self.documents), 1)).astype(np.int32)

    def found(self, subjects: Places, documents: Places) -> Places:
        """The rows of subjects and documents; as many as there are where two are no account."""
        wanted, keys = subjects * max(len(self.documents), 1) + documents, np.append(self.keys, -1)
        rows = np.searchsorted(self.subjects_of, np.arange(len(self.subjects)))[subjects]
        others = np.flatnonzero(keys[rows] != wanted)  # most facts are stated by one document
        rows[others] = np.searchsorted(self.keys, wanted[others])
        return np.where(keys[rows] == wanted, rows, len(self.keys))

    def events(self) -> dict[str, str]:
        """The class of each event, the most specific that any document gives it."""
        first = np.full(len(self.subjects), len(self.names), dtype=np.int32)
        np.minimum.at(first, self.subjects_of, self.kinds)
        rows = np.flatnonzero(first < len(self.event_names)).tolist()
        return {self.subjects[row]: self.names[first[row]] for row in rows}


@dataclass(frozen=True, slots=True)
class Telling:
    """What accounts say, by their rows.

    ``roles`` are the rows account, role, place in ``things``; ``words`` account, role, words. ``factuality``
    has the rows account, place in FACTUALITIES. ``details`` are the rows account, place in DETAILS, text, and
    ``evidence`` account and the IRI of a phrase.
    """

    things: list[str]
    roles: Array
    words: list[tuple[int, int, str]]
    factuality: Array
    details: list[tuple[int, int, str]]
    evidence: list[tuple[int, str]]


def read_accounts(numbered: Numbered, schema: Schema, documents: Sequence[str]) -> Accounts:
    """The events, tenures and relations that documents state.

    Args:
        numbered: asks for rows.
        schema: the ontology; classes and relations that it lacks are left out.
        documents: their IRIs.
    """
    events = ("Event", *schema.below("Event"))
    events = tuple(sorted(events, key=lambda name: (-len(schema.classes[name].ancestors), name)))
    names = (*events, "Tenure", *schema.properties)
    first = len(events) + 1
    typed = {f"rdf:type dg:{name}": code for code, name in enumerate(names[:first])}
    related = {f"rdf:predicate dg:{name}": code for code, name in enumerate(names[first:], first)}
    both = numbered.stated(typed), numbered.stated(related, _BOTH_ENDS)
    stating = [subject for found in both for subject in found.subjects]
    subjects = sorted(filter(is_iri, set(stating)))
    places = {term: place for place, term in enumerate(subjects)}
    rows = {f"<{iri}>": row for row, iri in enumerate(documents)}
    subject = np.array([places.get(term, -1) for term in stating], dtype=np.int64)
    graph = np.array([rows.get(term, -1) for found in both for term in found.graphs], dtype=np.int64)
    codes = np.concatenate([found.codes for found in both])
    held = (subject >= 0) & (graph >= 0)
    keys, codes = (subject * max(len(documents), 1) + graph)[held], codes[held]
    order = np.lexsort((codes, keys))
    keys, least = np.unique(keys[order], return_index=True)
    return Accounts(names, events, documents, values(subjects), keys, codes[order][least].astype(np.int32))


def read_telling(numbered: Numbered, accounts: Accounts, things: Sequence[str]) -> Telling:
    """What documents say of facts.

    Args:
        numbered: asks for rows.
        accounts: the facts.
        things: IRIs that facts may name; what else they name is found as well, at more cost.
    """
    listed = [*things, *_FACTUALITY_IRIS]
    places = Within(accounts.subjects, accounts.documents)
    told = numbered.told(_CODES, _OTHER_THAN_ACTUAL, places, listed)
    account = accounts.found(told.subjects, told.graphs)
    held, is_thing = account < len(accounts.kinds), (told.objects >= 0) & (told.objects < len(things))
    filled = held & is_thing & (told.codes < _FACTUALITY)
    judged = held & ~is_thing & (told.objects >= 0) & (told.codes == _FACTUALITY)
    odd = np.flatnonzero(held & (told.objects >= 0) & ~filled & ~judged)
    rows = np.concatenate([np.flatnonzero(told.objects < 0), odd])
    terms = [*told.others, *(f"<{listed[place]}>" for place in told.objects[odd].tolist())]
    in_words = [
        (row, code, term)
        for row, code, term in zip(account[rows].tolist(), told.codes[rows].tolist(), terms, strict=True)
        if row < len(accounts.kinds) and term[:1] != "_"
    ]
    fillers = [(row, code, term) for row, code, term in in_words if code < _FACTUALITY]
    said = [(row, code, term) for row, code, term in in_words if code > _FACTUALITY]
    unlisted = sorted({value(term) for _, _, term in fillers if is_iri(term)})
    numbers = {iri: len(things) + place for place, iri in enumerate(unlisted)}
    more = [(row, code, numbers[value(term)]) for row, code, term in fillers if is_iri(term)]
    return Telling(
        things=[*things, *unlisted],
        roles=np.concatenate(
            [
                np.stack([account[filled], told.codes[filled], told.objects[filled]], axis=1),
                np.array(more, dtype=np.int64).reshape(-1, 3),
            ]
        ),
        words=[(row, code, value(term)) for row, code, term in fillers if not is_iri(term)],
        factuality=np.stack([account[judged], told.objects[judged] - len(things)], axis=1),
        details=[(row, code - _DETAIL, value(term)) for row, code, term in said if code < _EVIDENCE],
        evidence=[(row, value(term)) for row, code, term in said if code == _EVIDENCE],
    )
