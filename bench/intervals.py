"""Figures with what chance leaves open of them: 95 % intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_Z = 1.96
_DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval (none where `low` and `high` are it) and the number of cases behind it."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        digits = 3 if abs(self.value) <= 1 else 1
        if self.low == self.high == self.value:
            return f"{self.value:.{digits}f}"
        return f"{self.value:.{digits}f} [{self.low:.{digits}f}, {self.high:.{digits}f}]"


def share(hits: Sequence[bool] | npt.NDArray[np.bool_]) -> Figure:
    """Return the share of `hits` that are true, with Wilson's interval."""
    n, p = len(hits), float(np.mean(hits)) if len(hits) else math.nan
    if not n:
        return Figure(p, p, p, 0)
    middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return Figure(p, max(middle - half, 0.0), min(middle + half, 1.0), n)


def bootstrap(statistic: Callable[..., float], *samples: Sequence[float] | Floats) -> Figure:
    """Return `statistic` of `samples`, each drawn anew on its own, with the percentile interval of 1,000 draws."""
    drawing = np.random.default_rng(0)
    arrays = [np.asarray(sample, np.float64) for sample in samples]
    draws = [statistic(*(drawing.choice(array, len(array)) for array in arrays)) for _ in range(_DRAWS)]
    low, high = np.quantile(draws, [0.025, 0.975])
    return Figure(float(statistic(*arrays)), float(low), float(high), sum(map(len, arrays)))


def auc(positive: Floats, negative: Floats) -> float:
    """Return the probability that one of `positive` is above one of `negative`; a tie counts half."""
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, "left")
    not_above = np.searchsorted(ordered, positive, "right")
    return float((below + not_above).mean() / 2 / len(negative))


def calibration_error(probability: Floats, label: npt.NDArray[np.bool_], bins: int = 10) -> float:
    """Return the expected calibration error, over `bins` of equal width (Guo et al. 2017, arXiv:1706.04599)."""
    places = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [abs((probability - label)[places == one].sum()) for one in range(bins)]
    return float(sum(gaps) / len(label))
