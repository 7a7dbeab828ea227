"""How probable it is that the lead quote holds the answer, and from which probability on it is called one."""

from __future__ import annotations

import math
from dataclasses import dataclass

THRESHOLD = 0.15
"""Answers from here on: 94 % of the questions that the documents answer, and 1.5 % (squad) to 5 % (clapnq) of questions
about other documents. `bench/RESULTS.md` has the table."""

_WEIGHTS = (-9.586, 12.257, 12.397, -3.190, -3.060, -9.831)
"""Log odds: the bias, then one for each of `Evidence.terms`.

Fitted by `bench/fit_confidence.py` on five sets of questions, for people of whose questions on a topic of the documents
every second one is answered in them.
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the confidence is made of; none of it depends on how many passages there are.

    Of the best sentence of the lead quote: `cosine` with the question, and `covered`, the share of the question that
    it covers. Of its passage: `said`, the share of the question said anywhere in it, and `unnamed`, the share that are
    names and numbers which stand neither in it nor in its title.
    """

    cosine: float
    covered: float
    said: float
    unnamed: float

    @property
    def terms(self) -> tuple[float, ...]:
        """What the log odds are a weighted sum of; the last, because `cosine` and `covered` partly say the same."""
        return (self.cosine, self.covered, self.said, self.unnamed, self.cosine * self.covered)


def confidence(evidence: Evidence) -> float:
    """Return the probability (0 to 1) that the lead quote holds the answer: a logistic model."""
    bias, *weights = _WEIGHTS
    log_odds = bias + sum(weight * term for weight, term in zip(weights, evidence.terms, strict=True))
    return 1 / (1 + math.exp(-log_odds))
