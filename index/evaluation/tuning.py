"""Fits the threshold to questions of which it is known whether their lead quote was right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.errors import QuothError
from index.evaluation.figures import Figure, Floats, bootstrap, share

FEWEST = 30
"""Questions below which a fit says nothing."""

_FOLDS = 5
_STEPS = np.round(np.arange(0.02, 0.96, 0.01), 2)


class TooFewError(QuothError):
    """There are too few questions to fit anything to."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question by the confidence of its lead quote, and whether that quote is right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Tuning:
    """A threshold fitted to questions, beside the one in force.

    `gain` is what it gains on questions that it was not fitted to: right answers less wrong ones, for each question.
    `answered` and `right` are shares with each threshold: of all questions, and of those answered.
    """

    threshold: float
    current: float
    gain: Figure
    answered: tuple[Figure, Figure]
    right: tuple[Figure, Figure]

    @property
    def is_better(self) -> bool:
        """Whether the gain is more than chance."""
        return self.gain.low > 0


def tune(judged: Sequence[Judged], current: float) -> Tuning:
    """Fit the threshold to questions, and measure by cross-validation what that gains over the `current` one.

    Raises `TooFewError` below `FEWEST` questions, or where all are right or none is.
    """
    sure = np.array([question.confidence for question in judged])
    right = np.array([question.right for question in judged], bool)
    if len(judged) < FEWEST:
        raise TooFewError(
            f"There are {len(judged)} questions to fit to, and it takes {FEWEST}: wait for more votes, or name a file "
            "of questions."
        )
    if right.all() or not right.any():
        raise TooFewError("All of these answers are right, or none is: no threshold tells them apart.")
    gains = np.empty(len(judged))
    fold = np.random.default_rng(0).permutation(len(judged)) % _FOLDS
    for number in range(_FOLDS):
        held_out = fold == number
        fitted = _best(sure[~held_out], right[~held_out])
        gains[held_out] = _worth(sure[held_out], right[held_out], fitted)
        gains[held_out] -= _worth(sure[held_out], right[held_out], current)
    best = _best(sure, right)
    answered = tuple(share(sure >= threshold) for threshold in (current, best))
    correct = tuple(share(right[sure >= threshold]) for threshold in (current, best))
    gain = bootstrap(lambda values: float(np.mean(values)), gains)
    return Tuning(best, current, gain, (answered[0], answered[1]), (correct[0], correct[1]))


def _best(sure: Floats, right: Floats) -> float:
    """Return the threshold with the most right answers less wrong ones; of several the middle one."""
    totals = np.array([_worth(sure, right, float(step)).sum() for step in _STEPS])
    return float(np.median(_STEPS[totals == totals.max()]))


def _worth(sure: Floats, right: Floats, threshold: float) -> Floats:
    """Return 1 for each question that is answered rightly, -1 for each answered wrongly, 0 for one that is not."""
    return np.where(sure >= threshold, np.where(right, 1.0, -1.0), 0.0)
