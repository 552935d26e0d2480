"""What the documents of a snapshot state of things and texts."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from graph.iri import DG
from graph.networks.account_reading import Accounts, Telling, read_accounts, read_telling
from graph.networks.columns import Array
from graph.networks.numbered import Numbered, Within
from graph.networks.tabular import is_iri, value, values
from ontology.schema import Schema

_OF_DOCUMENTS = ("identifier", "title", "issued", "source", "publisher", "spatial", "text")
_NAMING = "dcterms:publisher dcterms:spatial itsrdf:taIdentRef dg:ofState"
"""Properties beside those of facts whose objects are things, typed or not."""


class Statements:
    """What is stated, by the numbers of things and documents.

    ``things`` and ``documents`` are IRIs in ascending order. ``types``, ``labels``, ``forms`` and ``links``
    are by the row of a thing, ``texts`` by that of a document. ``mentions`` are the rows document, begin,
    end, thing. ``accounts`` tell which facts documents state, and ``telling`` what they say of them.
    """

    accounts: Accounts
    telling: Telling

    def __init__(self, numbered: Numbered, schema: Schema) -> None:
        """Read a graph.

        Args:
            numbered: asks for its rows.
            schema: the ontology; classes and relations that it lacks are left out.
        """
        self.numbered = numbered
        self._schema = schema
        graphs = numbered.graphs()
        self.documents = sorted(values(numbered.named("?g a dg:Document", "?g")[0]))
        self._beside = sorted(set(graphs) - set(self.documents))
        self._read_things()
        self.rows = {iri: row for row, iri in enumerate(self.things)}
        self._read_names()
        self._read_documents()
        self._read_mentions()

    def _read_things(self) -> None:
        """Things are what has a class, what a property of things names, and what takes part in facts."""
        self.accounts = read_accounts(self.numbered, self._schema, self.documents)
        types = self._entity_types()
        for iri, name in self.accounts.events().items():
            types[iri] = self._nearer(name, types.get(iri, name))
        naming = f"?s ?p ?o . VALUES ?p {{ {_NAMING} }}"
        named = map(value, filter(is_iri, self.numbered.named(naming, "?o", self._beside)[0]))
        known = sorted(types.keys() | set(named))
        self.telling = read_telling(self.numbered, self.accounts, known)
        self.things = known if self.telling.things == known else sorted(self.telling.things)
        self.types = [types.get(iri, "Entity") for iri in self.things]

    def _entity_types(self) -> dict[str, str]:
        """The class of each thing that is no event, the most specific one."""
        wanted = " ".join(f"dg:{cls}" for cls in ("Entity", *self._schema.below("Entity")))
        things, classes = self.numbered.named(f"?s a ?o . VALUES ?o {{ {wanted} }}", "?s ?o", self._beside)
        local = {term: value(term)[len(DG) :] for term in set(classes)}
        types: dict[str, str] = {}
        for thing, term in zip(things, classes, strict=True):
            name = local[term]
            known = types.setdefault(thing, name)
            if known is not name:
                types[thing] = self._nearer(name, known)
        return {value(thing): name for thing, name in types.items() if is_iri(thing)}

    def _nearer(self, one: str, other: str) -> str:
        """The more specific of two classes; of equally specific ones that of the alphabet."""
        if one == other:
            return one
        return min(one, other, key=lambda name: (-len(self._schema.classes[name].ancestors), name))

    def _read_names(self) -> None:
        self.labels: dict[int, str] = {}
        self.forms: dict[int, set[str]] = defaultdict(set)
        self.links: dict[int, set[str]] = defaultdict(set)
        given: dict[int, Counter[str]] = defaultdict(Counter)
        named = {"rdfs:label": 0, "skos:altLabel": 1}
        for thing, _, code, form in self.numbered.worded(named, Within(self.things, self.documents)).rows():
            self.forms[thing].add(form)
            if code == 0:
                given[thing][form] += 1
        for thing, labels in given.items():
            self.labels[thing] = min(labels, key=lambda label: (-labels[label], label))
        same = self.numbered.named("?s owl:sameAs ?o . FILTER(isIRI(?s) && isIRI(?o))", "?s ?o")
        for thing, link in zip(*map(values, same), strict=True):
            if thing in self.rows:
                self.links[self.rows[thing]].add(link)

    def _read_documents(self) -> None:
        self.texts: list[dict[str, str]] = [{} for _ in self.documents]
        codes = {f"dcterms:{name}": code for code, name in enumerate(_OF_DOCUMENTS[:-1])}
        codes["nif:isString"] = len(codes)
        found = self.numbered.worded(codes, Within(self.documents, self.documents))
        for subject, graph, code, text in found.rows():
            if subject == graph:
                said = self.texts[graph]
                said[_OF_DOCUMENTS[code]] = max(text, said.get(_OF_DOCUMENTS[code], ""))

    def _read_mentions(self) -> None:
        places = Within(self.things, self.documents)
        rows = self.numbered.worded({"itsrdf:taIdentRef": 0}, places, pattern="?o ?p ?s").rows()
        spans = ((thing, graph, self.span(phrase, graph)) for thing, graph, _, phrase in rows)
        self.mentions = sorted({(graph, *span, thing) for thing, graph, span in spans if span})

    def span(self, phrase: str, document: int) -> tuple[int, int] | None:
        """Where a phrase begins and ends in its document; None where it is none of that document."""
        of, _, place = phrase.rpartition("#char=")
        begin, _, end = place.partition(",")
        if of == self.documents[document] and begin.isdecimal() and end.isdecimal():
            return int(begin), int(end)
        return None

    def numbers_of(self, iris: list[str]) -> Array:
        """The rows of things."""
        return np.array([self.rows[iri] for iri in iris], dtype=np.int64)
