"""What the documents of a snapshot state of things and texts."""

from __future__ import annotations

from collections import Counter, defaultdict

from graph.iri import DG
from graph.networks.actor_index import EVENT_ROLES
from graph.networks.numbered import Apart, Numbered
from ontology.schema import Schema

_NO_IRI = ('"', "_")
_OF_DOCUMENTS = ("identifier", "title", "issued", "source", "publisher", "spatial", "text")
_NAMING = (
    "dg:holder dg:of dcterms:publisher dcterms:spatial rdf:subject rdf:object itsrdf:taIdentRef dg:ofState"
)
"""Properties beside the roles of events whose objects are things, typed or not."""


class Statements:
    """What is stated of all but facts.

    ``things``, ``documents`` and ``fillers`` (of the roles of facts) are IRIs in ascending order. ``types``,
    ``labels``, ``forms`` and ``links`` are by the row of a thing, ``texts`` by that of a document.
    ``mentions`` are the rows document, begin, end, thing. ``has_words`` tells whether words fill a role.
    """

    def __init__(self, numbered: Numbered, schema: Schema) -> None:
        """Read a graph.

        Args:
            numbered: asks for its rows.
            schema: the ontology; classes and relations that it lacks are left out.
        """
        self.numbered = numbered
        self._schema = schema
        graphs = numbered.graphs()
        self.documents = sorted(row[0] for row in numbered.named("?g a dg:Document", "?g"))
        self._beside = sorted(set(graphs) - set(self.documents))
        self._read_things()
        self.rows = {iri: row for row, iri in enumerate(self.things)}
        self._read_names()
        self._read_documents()
        self._read_mentions()

    def _read_things(self) -> None:
        entities, events = ((top, *self._schema.below(top)) for top in ("Entity", "Event"))
        wanted = " ".join(f"dg:{cls}" for cls in (*entities, *events))
        types: dict[str, str] = {}
        for iri, cls in self.numbered.named(f"?s a ?o . VALUES ?o {{ {wanted} }}", "?s ?o", self._beside):
            name = cls[len(DG) :]
            known = types.setdefault(iri, name)
            if known != name:
                types[iri] = min(name, known, key=self._depth)
        roles = " ".join(f"dg:{role}" for role in EVENT_ROLES)
        filling = f"?s ?p ?o . VALUES ?p {{ {roles} {_NAMING} }}"
        fillers = [row[0] for row in self.numbered.named(filling, "?o", self._beside)]
        self.fillers = sorted({filler for filler in fillers if filler[:1] not in _NO_IRI})
        self.has_words = any(filler[:1] == '"' for filler in fillers)
        self.things = sorted(types.keys() | set(self.fillers))
        self.types = [types.get(iri, "Entity") for iri in self.things]

    def _depth(self, cls: str) -> tuple[int, str]:
        """What puts the more specific of two classes first; of equally specific ones that of the alphabet."""
        return -len(self._schema.classes[cls].ancestors), cls

    def _read_names(self) -> None:
        self.labels: dict[int, str] = {}
        self.forms: dict[int, set[str]] = defaultdict(set)
        self.links: dict[int, set[str]] = defaultdict(set)
        given: dict[int, Counter[str]] = defaultdict(Counter)
        named = {"rdfs:label": 0, "skos:altLabel": 1}
        for (thing, _, code), form in self.numbered.worded(named, Apart(self.things, self.documents)):
            self.forms[thing].add(form)
            if code == 0:
                given[thing][form] += 1
        for thing, labels in given.items():
            self.labels[thing] = min(labels, key=lambda label: (-labels[label], label))
        for iri, link in self.numbered.named("?s owl:sameAs ?o . FILTER(isIRI(?o))", "?s ?o"):
            if iri in self.rows:
                self.links[self.rows[iri]].add(link)

    def _read_documents(self) -> None:
        self.texts: list[dict[str, str]] = [{} for _ in self.documents]
        codes = {f"dcterms:{name}": code for code, name in enumerate(_OF_DOCUMENTS[:-1])}
        codes["nif:isString"] = len(codes)
        rows = self.numbered.worded(codes, Apart(self.documents, self.documents))
        for (subject, graph, code), text in rows:
            if subject == graph:
                said = self.texts[graph]
                said[_OF_DOCUMENTS[code]] = max(text, said.get(_OF_DOCUMENTS[code], ""))

    def _read_mentions(self) -> None:
        places = Apart(self.things, self.documents)
        rows = self.numbered.worded({"itsrdf:taIdentRef": 0}, places, pattern="?o ?p ?s")
        spans = ((thing, graph, self.span(phrase, graph)) for (thing, graph, _), phrase in rows)
        self.mentions = sorted({(graph, *span, thing) for thing, graph, span in spans if span})

    def span(self, phrase: str, document: int) -> tuple[int, int] | None:
        """Where a phrase begins and ends in its document; None where it is none of that document."""
        of, _, place = phrase.rpartition("#char=")
        begin, _, end = place.partition(",")
        if of == self.documents[document] and begin.isdecimal() and end.isdecimal():
            return int(begin), int(end)
        return None
