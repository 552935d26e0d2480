"""The weights of the learned filter over candidates for events: read from ``learned/candidate_filter.json``.

Weights are whole thousandths, so that sums are exact and every machine decides the same.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

THOUSAND = 1000
_SHOWN = 4


class FilterWeights(BaseModel):
    """A logistic model: the log odds that a candidate is right are the sum of its features' weights.

    Attributes:
        trained_on: the names of the texts whose annotations it was learned from.
        penalty: strength of the L2 penalty it was fitted with.
        keep: log odds that what the rules accept must have at least, in thousandths.
        admit: those that what the rules drop for want of somebody must have.
        intercept: log odds without any feature, in thousandths.
        weights: what each feature adds, in thousandths.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    trained_on: tuple[str, ...]
    penalty: float
    keep: int
    admit: int
    intercept: int
    weights: Mapping[str, int]

    def score(self, features: frozenset[str]) -> int:
        """The log odds of a candidate to be right, in thousandths."""
        return self.intercept + sum(self.weights.get(f, 0) for f in features)

    def reasons(self, features: frozenset[str]) -> tuple[tuple[str, int], ...]:
        """The features that weigh most, with their weights in thousandths."""
        weighed = [(f, self.weights[f]) for f in features if self.weights.get(f)]
        return tuple(sorted(weighed, key=lambda pair: (-abs(pair[1]), pair[0]))[:_SHOWN])


def probability(score: int) -> float:
    """The probability of log odds in thousandths."""
    return 1 / (1 + math.exp(-score / THOUSAND))


@cache
def load_candidate_filter() -> FilterWeights:
    """Read the weights of this package.

    Raises:
        pydantic.ValidationError: the file does not have its form.
    """
    text = (files("ontology") / "learned" / "candidate_filter.json").read_text(encoding="utf-8")
    return FilterWeights.model_validate(json.loads(text))
