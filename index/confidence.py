"""How probable it is that the lead quote holds the answer, and from which probability on it is called one."""

from __future__ import annotations

import math
from dataclasses import dataclass

THRESHOLD = 0.19
"""Answers from here on: 93 to 95 % of answerable questions, and 2.4 % of questions about other documents."""

_BIAS = -5.872
_COSINE = 5.585
_COVERED = 7.148
_SAID = -3.235
_UNNAMED = -1.796


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


def confidence(evidence: Evidence) -> float:
    """Return a probability (0 to 1): a logistic model, its weights fitted by `bench/fit_confidence.py`."""
    log_odds = (
        _BIAS
        + _COSINE * evidence.cosine
        + _COVERED * evidence.covered
        + _SAID * evidence.said
        + _UNNAMED * evidence.unnamed
    )
    return 1 / (1 + math.exp(-log_odds))
