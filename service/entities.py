"""What the graph holds of entities, as plain data for JSON and for pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph.errors import NotFoundError
from graph.iri import DG, Namespace
from graph.rdf import PREFIXES
from service.engine import Engine
from service.named import Iri, named_queries

KINDS = {
    "person": "Person",
    "institution": "Institution",
    "territory": "Territory",
    "instrument": "Instrument",
    "event": "Event",
}
"""The kinds of things that have pages, and their classes."""


@dataclass(frozen=True, slots=True)
class Entities:
    """Looks entities up in a graph."""

    engine: Engine
    names: Namespace

    def search(self, words: str | None = None, kind: str | None = None) -> list[dict[str, Any]]:
        """Entities by a part of any of their names and by kind, those mentioned most first."""
        values: dict[str, str] = {"kind": Iri(DG + KINDS[kind])} if kind else {}
        if words:
            values["words"] = words
        return [
            {
                **self._named(row["entity"], row["label"]),
                "class": row["class"].removeprefix(DG),
                "mentions": int(row["mentions"]),
                "documents": int(row["documents"]),
            }
            for row in self._rows("search", values)
        ]

    def entity(self, iri: str) -> dict[str, Any]:
        """All that is known of an entity: names, offices, relations, links, events.

        Raises:
            NotFoundError: the graph knows nothing of it.
        """
        stated = list(self._rows("about", {"entity": Iri(iri)}))
        if not stated:
            raise NotFoundError(f"The graph has nothing named {iri}.", "Look for it with /api/entities?q=…")
        labels = [r["value"] for r in stated if r["property"] == PREFIXES["rdfs"] + "label"]
        forms = {r["value"] for r in stated if r["property"] == PREFIXES["skos"] + "altLabel"}
        types = {r["value"] for r in stated if r["property"] == PREFIXES["rdf"] + "type"}
        return {
            **self._named(iri, labels[0] if labels else iri),
            "classes": sorted(t.removeprefix(DG) for t in types),
            "names": sorted(forms | set(labels)),
            "links": [r["value"] for r in stated if r["property"] == PREFIXES["owl"] + "sameAs"],
            "relations": [
                {"relation": r["property"].removeprefix(DG), **self._named(r["value"], r["label"])}
                for r in stated
                if r["property"].startswith(DG) and r.get("label") and r["value"].startswith(self.names.base)
            ],
            "tenures": [self._tenure(r) for r in self._rows("tenures", {"entity": Iri(iri)})],
            "events": list(self._events(iri)),
        }

    def neighbours(self, iri: str) -> list[dict[str, Any]]:
        """Who takes part in the same events, with events and documents counted apart.

        Raises:
            NotFoundError: the graph knows nothing of the entity.
        """
        found = [
            {
                **self._named(r["other"], r["label"]),
                "events": int(r["events"]),
                "documents": int(r["documents"]),
                "kinds": sorted(r["kinds"].split("|")),
                "cooperative": int(r["cooperation"]),
                "conflictual": int(r["conflict"]),
            }
            for r in self._rows("neighbours", {"entity": Iri(iri)})
        ]
        if not found and not list(self._rows("about", {"entity": Iri(iri)})):
            raise NotFoundError(f"The graph has nothing named {iri}.", "Look for it with /api/entities?q=…")
        return found

    def _tenure(self, row: dict[str, str]) -> dict[str, Any]:
        of = self._named(row["of"], row["ofLabel"]) if "of" in row else None
        holder = self._named(row["holder"], row["holderLabel"])
        return {"title": row["title"], "holder": holder, "of": of, "evidence": _evidence(row)}

    def _events(self, iri: str) -> Iterator[dict[str, Any]]:
        """The events of an entity, each once, with its roles there and all its sentences."""
        events: dict[str, dict[str, Any]] = {}
        for row in self._rows("events", {"entity": Iri(iri)}):
            event = events.setdefault(
                row["event"],
                {
                    **self._named(row["event"], row["label"]),
                    "class": row["what"],
                    "when": row.get("when"),
                    "factuality": row["factuality"],
                    "source": row.get("sourceLabel"),
                    "roles": [],
                    "evidence": [],
                },
            )
            for name, value in (("roles", row["role"]), ("evidence", _evidence(row))):
                if value not in event[name]:
                    event[name].append(value)
        yield from events.values()

    def _named(self, iri: str, label: str) -> dict[str, str]:
        return {"id": iri.removeprefix(self.names.base + "id/"), "iri": iri, "label": label}

    def _rows(self, query: str, values: dict[str, str]) -> Iterator[dict[str, str]]:
        answer = self.engine.query(named_queries("entity")[query].filled(values))
        for row in answer.rows():
            yield {
                column: str(getattr(term, "value", term))
                for column, term in zip(answer.columns, row, strict=True)
                if term is not None
            }


def _evidence(row: dict[str, str]) -> dict[str, Any]:
    """The sentence that a row rests on."""
    return {
        "document": row["document"],
        "begin": int(row["begin"]),
        "end": int(row["end"]),
        "quote": row["quote"],
    }
