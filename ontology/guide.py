"""The tables of ``docs/ontology.md``, made from the Turtle: ``python -m ontology.guide docs/ontology.md``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ontology.schema import NAMESPACE, OntologyClass, OntologyProperty, Schema, load_schema

_CODING = {"plover", "ploverCode", "ploverScore", "polarity", "quadClass"}  # columns of the event table


def renewed(page: str, schema: Schema) -> str:
    """A page with each table between ``<!-- table: NAME -->`` and ``<!-- end -->`` made anew.

    The names are ``entities``, ``events`` and ``properties``.

    Raises:
        KeyError: a table of another name.
    """
    tables = {
        "entities": entity_table(schema),
        "events": event_table(schema),
        "properties": property_table(schema),
    }

    def table(match: re.Match[str]) -> str:
        return f"{match[1]}\n{tables[match[2]]}\n{match[3]}"

    return re.sub(r"(<!-- table: (\w+) -->)\n.*?\n?(<!-- end -->)", table, page, flags=re.DOTALL)


def entity_table(schema: Schema) -> str:
    """Classes of entities, each after the one that it is below, with their definitions."""
    below = _below(schema.classes, "Entity")
    rows = [(_term(name, depth), schema.classes[name].comment) for name, depth in below]
    return _table(("class", "what it is"), rows)


def event_table(schema: Schema) -> str:
    """Event classes, finer ones after their parent, with PLOVER code, polarity and definition."""
    classes = [(schema.classes[name], depth) for name, depth in _below(schema.classes, "Event")]
    rows = [(_term(c.name, n), c.plover or "", (c.polarity or "").lower(), c.comment) for c, n in classes]
    return _table(("class", "PLOVER", "polarity", "what it is"), rows)


def property_table(schema: Schema) -> str:
    """Properties of the things in a graph, with what they join and their definitions."""
    spoken = {name: p for name, p in schema.properties.items() if name not in _CODING}
    rows = [
        (_term(name, depth), _ends(spoken[name]), spoken[name].comment)
        for name, depth in _below(spoken, None)
    ]
    return _table(("property", "from → to", "what it says"), rows)


def _below(
    terms: Mapping[str, OntologyClass] | Mapping[str, OntologyProperty], top: str | None, depth: int = 0
) -> Iterator[tuple[str, int]]:
    """Terms below one (below none: all) with their depth, each under the first of its parents."""
    for name, term in terms.items():
        if term.parents[:1] == (() if top is None else (top,)):
            yield name, depth
            yield from _below(terms, name, depth + 1)


def _term(name: str, depth: int) -> str:
    return f"{'↳ ' * depth}`dg:{name}`"


def _ends(prop: OntologyProperty) -> str:
    return f"{_short(prop.domain)} → {_short(prop.range)}"


def _short(iri: str | None) -> str:
    """A term as the tables have it: its local name, with ``dg:`` where it is ours."""
    if iri is None:
        return "anything"
    return f"dg:{iri.removeprefix(NAMESPACE)}" if iri.startswith(NAMESPACE) else re.split(r"[#/]", iri)[-1]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def main(argv: Sequence[str] | None = None) -> None:
    """Renew the tables of the pages named on the command line."""
    for name in sys.argv[1:] if argv is None else argv:
        path = Path(name)
        path.write_text(renewed(path.read_text(encoding="utf-8"), load_schema()), encoding="utf-8")


if __name__ == "__main__":
    main()
