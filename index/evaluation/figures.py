"""Figures with what chance leaves open of them: 95 % intervals."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

CONFIDENCE = 0.95
BINS = 10
"""Bins of equal width, 0 to 1, over which calibration is measured."""

_DRAWS = 1000

_VALUES_AT_ONCE = 2_000_000
"""Values of draws that are held in memory at once, 16 MB of them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval (none where `low` and `high` are it) and the number of cases behind it.

    All three are NaN where there is no case.
    """

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        digits = 3 if abs(self.value) <= 1 else 1
        if self.low == self.high == self.value:
            return f"{self.value:.{digits}f}"
        return f"{self.value:.{digits}f} [{self.low:.{digits}f}, {self.high:.{digits}f}]"


def share(hits: Sequence[bool] | Bools) -> Figure:
    """Return the share of `hits` that are true, with Wilson's interval."""
    from scipy.stats import binomtest

    if not len(hits):
        return Figure(math.nan, math.nan, math.nan, 0)
    count = int(np.sum(hits))
    interval = binomtest(count, len(hits)).proportion_ci(CONFIDENCE, method="wilson")
    return Figure(count / len(hits), float(interval.low), float(interval.high), len(hits))


def bootstrap(
    statistic: Callable[..., float], *samples: Sequence[float] | npt.NDArray[Any], paired: bool = False
) -> Figure:
    """Return `statistic` of `samples` with the percentile interval of 1,000 draws, the same ones every time.

    Each sample is drawn anew on its own, or, where they are `paired`, all alike. Draws of which there is no such
    statistic (NaN) are passed over; where a sample has but one value, there is no interval (NaN).
    """
    from scipy import stats

    arrays = [np.asarray(sample) for sample in samples]
    n = len(arrays[0]) if paired else sum(map(len, arrays))
    value = float(statistic(*arrays))
    if math.isnan(value) or min(map(len, arrays)) < 2:  # noqa: PLR2004 -- one value can be drawn in one way alone
        return Figure(value, math.nan, math.nan, n)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)  # NaN among the draws: they are passed over here
        draws = stats.bootstrap(
            arrays,
            statistic,
            n_resamples=_DRAWS,
            batch=at_once(n),
            paired=paired,
            vectorized=False,
            method="percentile",
            rng=0,
        ).bootstrap_distribution
    low, high = np.quantile(draws[~np.isnan(draws)], [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Figure(value, float(low), float(high), n)


def at_once(n: int) -> int:
    """Return how many draws of `n` values may be made at once."""
    return max(1, _VALUES_AT_ONCE // n)


def auc(positive: Floats, negative: Floats) -> float:
    """Return the probability that one of `positive` is above one of `negative`; a tie counts half.

    It is Mann and Whitney's U as a share of the pairs. NaN where either is empty. `scipy.stats.mannwhitneyu` gives the
    same and takes a millisecond, of which the thousands of draws of an interval make a minute.
    """
    if not len(positive) or not len(negative):
        return math.nan
    ordered = np.sort(negative)
    below, up_to = (np.searchsorted(ordered, positive, side=side) for side in ("left", "right"))
    return float((below + up_to).sum() / 2 / len(positive) / len(negative))


def places(probability: Floats) -> npt.NDArray[np.int64]:
    """Return for each probability the number of its bin."""
    return np.minimum((probability * BINS).astype(np.int64), BINS - 1)


def calibration_error(probability: Floats, label: Bools) -> float:
    """Return the expected calibration error, over bins of equal width (Guo et al. 2017, arXiv:1706.04599).

    NaN where there is nothing to tell it of.
    """
    if not len(label):
        return math.nan
    gaps = np.bincount(places(probability), weights=probability - label, minlength=BINS)
    return float(np.abs(gaps).sum() / len(label))


def calibration(probability: Floats, label: Bools) -> Figure:
    """Return the expected calibration error with an interval.

    What is drawn anew is further off than what it is drawn from, by chance alone: the interval is the basic one, which
    takes that off again, and does not go below 0.
    """
    figure = bootstrap(calibration_error, probability, label, paired=True)
    low, high = (max(2 * figure.value - bound, 0.0) for bound in (figure.high, figure.low))
    return Figure(figure.value, low, high, figure.n)
