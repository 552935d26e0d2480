"""Learning the filter over candidates from annotated texts: examples, and the weights that fit them.

An example is right as far as it matches an annotated event (half where only the classes are alike). What the
rules drop is right only where it matches one that they miss; what would only merge with an event of theirs
says nothing, and is no example.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from graph.evaluation.findings import Finder, Findings
from graph.evaluation.gold import GoldDocument
from graph.evaluation.rereading import Rereading
from graph.evaluation.scoring import matched_events
from graph.identity import event_iri
from graph.iri import Namespace
from graph.model import Reading
from graph.notes import Decision, Notes
from ontology.annotation import load_annotation
from ontology.candidate_filter import THOUSAND, FilterWeights

RAREST = 3
"""Features that fewer examples have are left out."""

PENALTY = 6.0
"""Strength of the L2 penalty."""

ADMITTED, KEPT = 0.38, 0.1
"""Probability from which on a candidate that the rules drop is admitted, and one that they accept is kept."""

_STEPS = 50
_ENOUGH = 1e-9

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate of a text with its features, and how far it is right (0 to 1)."""

    text: str
    features: frozenset[str]
    right: float


def examples(
    texts: Rereading, golds: Mapping[str, GoldDocument], find: Finder, names: Namespace
) -> list[Example]:
    """The examples of annotated texts, which are read twice: by the rules alone, and with all candidates."""
    strict = _told_of(texts.read(texts.names, filtered=False), golds, find, names)
    loose = _told_of(texts.read(texts.names), golds, find, names)
    return [example for one, other in zip(strict, loose, strict=True) for example in _examples(one, other)]


@dataclass(frozen=True, slots=True)
class _Told:
    """A text as it was read: by first token and class of each mention, its event and what that matches."""

    text: str
    decisions: tuple[Decision, ...]
    events: Mapping[tuple[int, str], str]
    matches: Mapping[str, tuple[int, float]]


def _told_of(
    texts: Iterable[tuple[Notes, Reading]],
    golds: Mapping[str, GoldDocument],
    find: Finder,
    names: Namespace,
) -> list[_Told]:
    read = list(texts)
    findings = find([reading for _, reading in read])
    return [_told(notes, reading, findings, golds, names) for notes, reading in read]


def _told(
    notes: Notes,
    reading: Reading,
    findings: Mapping[str, Findings],
    golds: Mapping[str, GoldDocument],
    names: Namespace,
) -> _Told:
    identifier = reading.document.identifier
    by_iri = matched_events(golds[Path(identifier).stem], findings[identifier], load_annotation())
    iris = {e.key: event_iri(reading, e, names) for e in reading.events}
    return _Told(
        Path(identifier).stem,
        tuple(notes.decisions),
        {(start, e.rule.split(".")[0]): e.key for e in notes.events for start, _ in e.triggers},
        {key: by_iri[iri] for key, iri in iris.items() if iri in by_iri},
    )


def _examples(strict: _Told, loose: _Told) -> Iterable[Example]:
    found = {gold for gold, _ in strict.matches.values()}
    accepted = {loose.events.get((d.start, d.rule.split(".")[0])) for d in loose.decisions if not d.wanting}
    for decision in loose.decisions:
        told = loose if decision.wanting else strict
        key = told.events.get((decision.start, decision.rule.split(".")[0]))
        if decision.wanting and key is not None and key in accepted:
            continue
        gold, agreement = told.matches.get(key or "", (-1, 0.0))
        right = 0.0 if decision.wanting and gold in found else agreement
        yield Example(loose.text, decision.features, right)


def learn(known: Iterable[Example]) -> FilterWeights:
    """The weights of a logistic regression on examples, rounded to thousandths."""
    rows = list(known)
    counts = Counter(f for row in rows for f in row.features)
    columns = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= RAREST))}
    fitted = _fitted(_matrix(rows, columns), np.array([row.right for row in rows]))
    rounded = [round(float(w) * THOUSAND) for w in fitted]
    weights = {f: rounded[i] for f, i in columns.items() if rounded[i]}
    return FilterWeights(
        trained_on=tuple(sorted({row.text for row in rows})),
        penalty=PENALTY,
        keep=_log_odds(KEPT),
        admit=_log_odds(ADMITTED),
        intercept=rounded[-1],
        weights=weights,
    )


def _log_odds(probability: float) -> int:
    return round(float(np.log(probability / (1 - probability))) * THOUSAND)


def _matrix(rows: list[Example], columns: Mapping[str, int]) -> Array:
    """A row of noughts and ones for each example, with a one for the intercept."""
    filled = np.zeros((len(rows), len(columns) + 1))
    filled[:, -1] = 1
    for i, row in enumerate(rows):
        filled[i, [columns[f] for f in row.features if f in columns]] = 1
    return filled


def _fitted(rows: Array, labels: Array) -> Array:
    """Weights by Newton's method from nought, which leads to the one optimum; the last is the intercept."""
    weights = np.zeros(rows.shape[1])
    penalties = np.append(np.full(rows.shape[1] - 1, PENALTY), 1e-6)
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (p - labels) + penalties * weights
        step = np.linalg.solve((rows.T * (p * (1 - p))) @ rows + np.diag(penalties), slope)
        weights -= step
        if np.abs(step).max() < _ENOUGH:
            break
    return weights
