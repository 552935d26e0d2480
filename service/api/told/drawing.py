"""Networks as a browser draws them, and what each filter would keep of them."""

from __future__ import annotations

from pydantic import Field

from service.api.operations import Answer


class Node(Answer):
    """A thing, or all the things of a community."""

    id: str = Field(description="KIND/NAME, an IRI, or community/NUMBER.")
    label: str = Field(description="Of a community, that of its member of most weight.")
    kind: str = Field(description="person, institution, state, territory, instrument, event or community.")
    cls: str | None = Field(serialization_alias="class", description="None for a community.")
    size: int = Field(description="Things that it stands for.")
    neighbours: int = Field(description="Nodes it has edges to, drawn or not.")
    weight: int = Field(description="Sum of the weights of these edges.")
    community: int | None = Field(description="None around things; 0 is the largest.")


class Line(Answer):
    """An edge without its evidence, which is at /api/facts."""

    source: str
    target: str
    weight: int = Field(description="Facts in common.")
    events: int = Field(description="Events among them.")
    cooperative: int
    conflictual: int
    neutral: int
    polarity: str = Field(description="cooperative, conflictual, mixed, neutral, or none without an event.")
    factuality: str = Field(description="That of the surest of the facts.")
    first: str | None
    last: str | None
    spells: list[tuple[str | None, str | None]] = Field(
        description="First and last days of the dated facts, each pair once, in order; null where open."
    )


class Drawn(Answer):
    """Nodes by their ids and the edges among them, the heaviest first."""

    aggregated: bool = Field(description="Whether nodes are communities.")
    total_nodes: int = Field(description="Of what was asked for, drawn or not.")
    total_edges: int
    communities: int = Field(description="Communities of the whole network; 0 around things.")
    nodes: list[Node]
    edges: list[Line]


class Value(Answer):
    """A value of a filter and what it would keep."""

    value: str
    label: str
    count: int


class Counted(Answer):
    """For each filter its values and what each would keep if the other filters stayed as they are.

    kind counts the things that would be nodes if all kinds were; the others count facts. Classes and kinds
    count with all below them.
    """

    nodes: int = Field(description="Nodes of the network as it is filtered.")
    edges: int
    facts: int
    kind: list[Value]
    tie: list[Value]
    cls: list[Value] = Field(serialization_alias="class")
    polarity: list[Value]
    factuality: list[Value]
    document: list[Value]
    publisher: list[Value]
    period: list[Value] = Field(description="Years or months that the facts touch, in order.")
    undated: int = Field(description="Facts without a date.")
