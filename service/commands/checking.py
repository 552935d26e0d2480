"""What ``diplograph check`` does: the data contract, as SHACL shapes, over the documents and the links."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from rich.console import Console
from rich.markup import escape

from graph.iri import Namespace
from graph.settings import Settings
from ontology.shapes import Triples, validate, validate_links
from service.endpoint.engine import Engine

SHOWN = 50
"""Violations that are listed; the rest is only counted."""


def run_check(settings: Settings, console: Console) -> bool:
    """Print what breaks the contract; returns whether nothing does.

    Raises:
        StoreError: there is no graph.
    """
    engine = Engine(settings.store)
    documents = number = 0

    def graphs() -> Iterator[tuple[str, Triples]]:
        nonlocal documents
        for name in engine.documents():
            documents += 1
            yield name, engine.copy_of(name)

    beside = [Namespace(settings.base).graph(name) for name in ("links", "names")]
    outside = chain.from_iterable(validate_links(name, engine.copy_of(name)) for name in beside)
    violations = chain(validate(graphs()), outside)
    for number, violation in enumerate(violations, 1):
        if number <= SHOWN:
            console.print(f"[red]broken[/red] {escape(str(violation))}", highlight=False, soft_wrap=True)
    if number > SHOWN:
        console.print(f"… and {number - SHOWN} more")
    console.print(f"{documents} documents checked, {number or 'nothing'} broken.")
    return number == 0
