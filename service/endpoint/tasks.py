"""What a worker can be asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from service.endpoint import evaluation, writing
from service.endpoint.fence import Dataset, Text
from service.endpoint.held import Held
from service.endpoint.outlet import Outlet


class Task(Protocol):
    """One thing to do; what it gives goes to the outlet."""

    @property
    def form(self) -> str:
        """The format of the answer."""

    @property
    def writes(self) -> bool:
        """Whether it changes the store."""

    @property
    def asks(self) -> bool:
        """Whether it is about the graph that a worker holds, rather than about the store."""

    def run(self, held: Held, outlet: Outlet) -> None:
        """Do it. Raises DiplographError."""


@dataclass(frozen=True)  # not slotted, as what it holds
class Ask:
    """Answer a query in one of the formats of its form.

    ``written`` is the text of the client where that is another: it is the one that errors speak of.
    """

    query: Text
    dataset: Dataset
    form: str
    base: str
    written: str = ""
    writes: bool = False
    asks: bool = True

    def run(self, held: Held, outlet: Outlet) -> None:
        """Answer from the held graph."""
        assert held.graph is not None
        if self.query.limit is not None:
            outlet.expect(self.query.limit)
        if self.written:
            evaluation.check(self.written, self.base)
        evaluation.evaluate(held.graph, self.query, self.dataset, self.base).write_to(outlet, self.form)


@dataclass(frozen=True, slots=True)
class ReadGraph:
    """Give one graph; None is the unnamed one."""

    graph: str | None
    form: str
    writes: bool = False
    asks: bool = False

    def run(self, held: Held, outlet: Outlet) -> None:
        """Write it out from the newest snapshot."""
        writing.dump_graph(held.folder, self.graph, outlet, self.form)


@dataclass(frozen=True, slots=True)
class Update:
    """Run an update."""

    text: str
    base: str
    form: str = ""
    writes: bool = True
    asks: bool = False

    def run(self, held: Held, outlet: Outlet) -> None:
        """Change the store and publish it."""
        del outlet
        writing.update(held.folder, self.text, self.base)


@dataclass(frozen=True, slots=True)
class WriteGraph:
    """Put RDF texts into a graph; the answer is ``new`` where there was none of that name."""

    graph: str | None
    parts: tuple[tuple[str, bytes], ...]
    base: str
    replacing: bool
    form: str = ""
    writes: bool = True
    asks: bool = False

    def run(self, held: Held, outlet: Outlet) -> None:
        """Change the store and publish it."""
        is_new = writing.write_graph(held.folder, self.graph, self.parts, self.base, self.replacing)
        outlet.write(b"new" if is_new else b"old")


@dataclass(frozen=True, slots=True)
class DeleteGraph:
    """Remove a graph."""

    graph: str | None
    form: str = ""
    writes: bool = True
    asks: bool = False

    def run(self, held: Held, outlet: Outlet) -> None:
        """Change the store and publish it."""
        del outlet
        writing.delete_graph(held.folder, self.graph)
