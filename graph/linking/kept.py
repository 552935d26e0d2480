"""What was linked by asking others' servers, kept in the store's folder and laid under every build."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from graph.errors import StoreError
from graph.knowledge.base import Known
from graph.linking.linker import Link, Linked
from ontology.knowledge_tables import Thing

FILE = "links.jsonl"
"""One link a line, readable and editable; a thing that has a line is not asked for again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One link as it was found: of which thing of the texts, to what, how sure, and when."""

    iri: str
    same: bool
    score: float
    reason: str
    asked: str
    thing: Thing
    weight: float = 0.0


_KEPT: TypeAdapter[Kept] = TypeAdapter(Kept)


class KeptLinks:
    """The file of a store."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def read(self) -> dict[str, tuple[Kept, ...]]:
        """All links by the IRI of their thing.

        Raises:
            StoreError: a line is damaged.
        """
        found: dict[str, tuple[Kept, ...]] = {}
        try:
            lines = self.path.read_bytes().splitlines() if self.path.exists() else []
        except OSError as error:
            raise StoreError(f"{self.path} cannot be read: {error.strerror}.") from error
        for number, line in enumerate(lines, 1):
            try:
                kept = _KEPT.validate_json(line)
            except ValidationError as error:
                raise StoreError(
                    f"{self.path}, line {number}, is no link.", "Delete the line and run link again."
                ) from error
            found[kept.iri] = (*found.get(kept.iri, ()), kept)
        return found

    def add(self, links: Iterable[Kept]) -> None:
        """Keep some links, in the place of those that their things had; the file is never half written.

        Raises:
            StoreError: it cannot be written.
        """
        fresh = list(links)
        new = {kept.iri for kept in fresh}
        old = [kept for iri, some in self.read().items() if iri not in new for kept in some]
        ordered = sorted((*old, *fresh), key=lambda k: (k.iri, -k.score, k.thing.id))
        unfinished = self.path.with_name(f"{FILE}.{os.getpid()}")
        try:
            unfinished.write_bytes(
                b"".join(_KEPT.dump_json(k, exclude_defaults=True) + b"\n" for k in ordered)
            )
            unfinished.replace(self.path)
        except OSError as error:
            raise StoreError(f"{self.path} cannot be written: {error.strerror}.") from error


def with_kept(linked: Linked, kept: dict[str, tuple[Kept, ...]], present: Iterable[str]) -> Linked:
    """The links of the knowledge base, and where it is not certain those that were kept.

    Args:
        linked: what the knowledge base says.
        kept: what was found elsewhere.
        present: the IRIs of the graph; links of others are left out.
    """
    here = set(present)
    certain = set(linked.same)
    used = {iri: some for iri, some in kept.items() if iri in here and iri not in certain}
    links = [link for link in linked.links if link.iri not in used]
    for iri, some in used.items():
        links += [Link(iri, Known(k.thing, k.weight, ""), k.same, k.score, k.reason, k.asked) for k in some]
    return Linked(
        linked.version, tuple(sorted(links, key=lambda one: (one.iri, -one.score, one.target.thing.id)))
    )
