"""Who may be who: questions to people, their judgements, and how far the graph follows them."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from graph.ledger import Side, Verdict
from service.api.operations import Answer
from service.api.told.page import Page
from service.api.told.things import Evidence, Thing


class Spoken(Answer):
    """Words that speak of something, with those around them."""

    evidence: Evidence
    before: str
    after: str


class SideTold(Answer):
    """One side of a question: ``side`` is how a judgement names it."""

    side: Side
    label: str
    thing: Thing | None = Field(description="The thing that it is now; None where it is in no document.")
    names: list[str]
    offices: list[str]
    documents: list[str]
    spoken: list[Spoken]


class Question(Answer):
    """Two things that may be one, and why."""

    score: float = Field(description="How likely it seems, 0 to 1.")
    rule: str
    reason: str
    a: SideTold
    b: SideTold


class Questions(Page[Question]):
    """What was not judged yet, the likeliest first."""


class JudgementTold(Answer):
    """A judgement of the ledger."""

    number: int = Field(description="Its line.")
    verdict: Verdict
    a: Side
    b: Side
    by: str
    why: str
    at: AwareDatetime
    undone: int | None = Field(description="The line that took it back.")


class Following(Answer):
    """How far the graph follows the ledger."""

    state: Literal["up to date", "following", "failed"]
    problem: str | None = Field(description="Why it does not follow, where that failed.")


class Judgements(Page[JudgementTold]):
    """All judgements, the latest first, and how far the graph follows them."""

    graph: Following


class Judged(Answer):
    """A judgement that was made or taken back."""

    judgement: JudgementTold
    graph: Following


class Judging(BaseModel):
    """A judgement to make on the two sides of a question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verdict: Verdict
    a: Side
    b: Side
    why: str = Field("", max_length=2000, description="The reason, for those who come later.")
    by: str = Field("", max_length=200, description="Who judges.")
