"""Operations of the ledger: what to ask people, and what they judge. All of them need the token."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, current_app, request

from graph.decisions import Candidate, Told
from graph.errors import NotFoundError
from graph.ledger import Judgement, parsed_place
from graph.networks.columns import NOTHING
from graph.networks.view import document_number
from graph.review import Review
from graph.settings import Settings
from service.api.asked_index import entities, telling
from service.api.operations import Operations, Parameters, PathPart
from service.api.paging import paged
from service.api.parameters import Paged
from service.api.told.review import (
    Following,
    Judged,
    Judgements,
    JudgementTold,
    Judging,
    Question,
    Questions,
    SideTold,
    Spoken,
)
from service.api.told.things import Evidence
from service.endpoint.forms import check_token
from service.refreshing import Refresher

operations = Operations()
blueprint = Blueprint("review", __name__, url_prefix="/api")
NUMBER = PathPart("number", "The line of the ledger.", "1", {"type": "integer", "minimum": 1})
_AROUND = 220
"""Characters that are shown on each side of words."""


@operations.guarded("get", "/review/candidates", Questions, parameters=Paged)
def candidates(wanted: Paged) -> Questions:
    """What the machine would like to ask people, the likeliest first.

    What was answered is not asked again.
    """
    return Questions(**paged(wanted, _review().candidates(), _question))


@operations.guarded("get", "/review/judgements", Judgements, parameters=Paged)
def judgements(wanted: Paged) -> Judgements:
    """All judgements, the latest first, those that were taken back included."""
    made = _review().ledger.history()[::-1]
    return Judgements(**paged(wanted, made, _told), graph=_following())


@operations.guarded("post", "/review/judgements", Judged, body=Judging)
def judge(_: Parameters, judging: Judging) -> Judged:
    """Judge whether the two sides of a question are the same.

    The graph follows at once, beside the service; until then answers are those of before.
    """
    review = _review()
    for side in (judging.a, judging.b):
        review.find(side.name)
    made = review.ledger.judge(judging.verdict, judging.a, judging.b, judging.why, judging.by)
    if made.verdict != "unsure":
        _refresher().ask()
    return Judged(judgement=_told(made), graph=_following())


@operations.guarded(
    "get", "/review/judgements/{number}", Judged, NUMBER, rule="/review/judgements/<int:number>"
)
def judgement(_: Parameters, number: int) -> Judged:
    """One judgement, and how far the graph follows."""
    found = next((j for j in _review().ledger.history() if j.number == number), None)
    if found is None:
        raise NotFoundError(f"There is no judgement {number}.", "All are at /api/review/judgements.")
    return Judged(judgement=_told(found), graph=_following())


@operations.guarded(
    "delete", "/review/judgements/{number}", Judged, NUMBER, rule="/review/judgements/<int:number>"
)
def undo(_: Parameters, number: int) -> Judged:
    """Take a judgement back. What was judged before it holds again."""
    taken = _review().ledger.undo(number)
    _refresher().ask()
    return Judged(judgement=_told(taken), graph=_following())


def _guard() -> None:
    check_token(request, _settings())


operations.register_guarded(blueprint, _guard)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _review() -> Review:
    return Review(_settings().store, _settings().base)


def _refresher() -> Refresher:
    refresher: Refresher = current_app.extensions["refresher"]
    return refresher


def _following() -> Following:
    state = _refresher().state
    if state.is_running:
        return Following(state="following", problem=None)
    return Following(state="failed" if state.problem else "up to date", problem=state.problem)


def _told(judgement: Judgement) -> JudgementTold:
    return JudgementTold.model_validate(judgement.model_dump())


def _question(candidate: Candidate) -> Question:
    return Question(
        score=candidate.score,
        rule=candidate.rule,
        reason=candidate.reason,
        a=_side(candidate.a),
        b=_side(candidate.b),
    )


def _side(told: Told) -> SideTold:
    tell = telling()
    number = tell.index.things.find(tell.iri(told.name))
    known = None if number == NOTHING else entities().known(number)
    offices = known.tenures if known else []
    return SideTold(
        side=told.side,
        label=told.label,
        thing=None if number == NOTHING else tell.thing(number),
        names=known.names if known else [],
        offices=list(dict.fromkeys(f"{t.title}, {t.of.label}" if t.of else t.title for t in offices)),
        documents=list(told.documents),
        spoken=list(_spoken(told.places)),
    )


def _spoken(places: tuple[str, ...]) -> Iterator[Spoken]:
    """The words at some places, those of documents that are there no more left out."""
    tell = telling()
    for place in places:
        identifier, span = parsed_place(place)
        try:
            row = document_number(tell.index, identifier)
        except NotFoundError:
            continue
        text = tell.index.texts[row]
        yield Spoken(
            evidence=Evidence(
                document=identifier,
                id=tell.document_id(row),
                begin=span.begin,
                end=span.end,
                quote=text[span.begin : span.end],
            ),
            before=_cut(text[max(0, span.begin - _AROUND) : span.begin], at_end=False),
            after=_cut(text[span.end : span.end + _AROUND], at_end=True),
        )


def _cut(text: str, at_end: bool) -> str:
    """What is within the paragraph, cut off at a space where it is long."""
    part = text.split("\n\n", maxsplit=1)[0] if at_end else text.rsplit("\n\n", maxsplit=1)[-1]
    if len(part) < _AROUND:
        return part
    return part.rpartition(" ")[0] + " …" if at_end else "… " + part.partition(" ")[2]
