"""Fitting the threshold."""

from __future__ import annotations

import numpy as np
import pytest

from index.evaluation.tuning import FEWEST, Judged, TooFewError, tune


def made(count: int, edge: float, seed: int = 0) -> list[Judged]:
    """Questions that are right, nearly always, from the confidence `edge` on, and wrong below."""
    rng = np.random.default_rng(seed)
    sure = rng.random(count)
    return [Judged(float(confidence), bool((confidence >= edge) != (rng.random() < 0.05))) for confidence in sure]


def test_the_threshold_is_where_right_and_wrong_part() -> None:
    tuning = tune(made(300, 0.5), current=0.12)
    assert abs(tuning.threshold - 0.5) < 0.08
    assert tuning.is_better
    assert tuning.right[1].value > tuning.right[0].value
    assert tuning.answered[1].value < tuning.answered[0].value


def test_a_threshold_that_fits_already_gains_nothing() -> None:
    tuning = tune(made(200, 0.4), current=0.4)
    assert not tuning.is_better
    assert abs(tuning.gain.value) < 0.05


def test_chance_is_not_taken_for_a_gain() -> None:
    rng = np.random.default_rng(3)
    better = 0
    for _ in range(20):
        judged = [Judged(float(sure), bool(rng.random() < 0.5)) for sure in rng.random(100)]
        better += tune(judged, current=0.5).is_better
    assert better <= 4


def test_too_few_and_all_alike_are_refused() -> None:
    with pytest.raises(TooFewError, match=str(FEWEST)):
        tune(made(FEWEST - 1, 0.5), 0.1)
    with pytest.raises(TooFewError, match="All of these"):
        tune([Judged(0.5, True)] * 50, 0.1)
