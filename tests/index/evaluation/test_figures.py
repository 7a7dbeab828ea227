"""Figures and their intervals, beside what libraries say and what is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from index.evaluation import curves
from index.evaluation.figures import auc, bootstrap, calibration, calibration_error, share
from index.evaluation.measures import MEASURES, Bar
from index.evaluation.measuring import WAYS, measure, reliability
from index.evaluation.rows import Outcomes
from tests.index.evaluation.rows import made


def test_wilsons_interval_is_the_published_one() -> None:
    figure = share([True] * 81 + [False] * 182)  # Newcombe 1998, table I
    assert (round(figure.low, 4), round(figure.high, 4)) == (0.2553, 0.3662)
    assert share([True] * 10).high == pytest.approx(1)
    assert share([True] * 10).low == pytest.approx(0.7225, abs=1e-4)
    assert math.isnan(share([]).value)


def test_auc_is_that_of_scikit_learn_ties_and_all() -> None:
    from sklearn.metrics import roc_auc_score

    drawing = np.random.default_rng(1)
    positive, negative = drawing.integers(3, 9, 50) / 10, drawing.integers(0, 7, 80) / 10
    label = np.repeat([True, False], [50, 80])
    assert auc(positive, negative) == pytest.approx(roc_auc_score(label, np.concatenate((positive, negative))))
    assert math.isnan(auc(positive, negative[:0]))


def test_calibration_error_of_what_is_known() -> None:
    sure = np.array([0.2] * 10 + [0.8] * 10 + [1.0] * 10)
    right = np.array([True] * 2 + [False] * 8 + [True] * 6 + [False] * 4 + [True] * 10)
    assert calibration_error(sure, right) == pytest.approx(0.2 * 10 / 30)
    figure = calibration(sure, right)
    assert 0 <= figure.low <= figure.value <= figure.high


def test_a_bootstrap_covers_the_truth_about_as_often_as_it_says() -> None:
    drawing = np.random.default_rng(2)
    figures = [bootstrap(lambda x: float(np.median(x)), drawing.normal(5, 1, 60)) for _ in range(40)]
    assert sum(figure.low <= 5 <= figure.high for figure in figures) >= 34


def test_one_value_has_no_interval() -> None:
    figure = bootstrap(lambda x: float(x.mean()), [3.0])
    assert figure.value == 3
    assert math.isnan(figure.low)


def test_every_measure_is_taken_and_counts_what_it_says() -> None:
    rows = [
        *(made(i, held=True, confidence=0.9) for i in range(6)),
        *(made(10 + i, held=False, confidence=0.5, rank=1) for i in range(2)),
        made(20, held=False, confidence=0.1, answered=False, rank=None),
        made(21, held=None, confidence=0.6),
        *(made(30 + i, answerable=False, confidence=0.05, answered=False) for i in range(3)),
        made(40, answerable=False, confidence=0.55),
    ]
    figures = measure(Outcomes.of(rows))
    assert list(figures) == list(WAYS) == list(MEASURES)
    values = {name: (round(figure.value, 4), figure.n) for name, figure in figures.items()}
    assert values["lead"] == (round(6 / 9, 4), 9)
    assert values["source"] == (0.7, 10)
    assert values["source-five"] == (0.9, 10)
    assert values["coverage"] == (0.9, 10)
    assert values["false-answers"] == (0.25, 4)
    assert values["answered-right"] == (round(6 / 9, 4), 9)
    assert values["auc"] == (round((6 * 4 + 2 * 3 + 1 * 3 + 1 * 4) / 40, 4), 14)
    assert values["auc-right"] == (1.0, 13)


def test_what_has_no_question_is_no_number_and_meets_no_bar() -> None:
    figures = measure(Outcomes.of([made(1, held=None), made(2, answerable=False)]))
    for name in ("lead", "answered-right", "auc-right", "calibration"):
        assert math.isnan(figures[name].value)
        assert figures[name].n == 0
        assert not Bar(MEASURES[name], 0.0).is_met(figures[name].value)
    assert "no such questions" in Bar(MEASURES["lead"], 0.8).as_text(math.nan)


def test_curves_pass_through_the_threshold_in_force() -> None:
    rows = [made(i, held=i % 3 > 0, confidence=i / 100, answered=i >= 30) for i in range(100)]
    rows += [made(200 + i, answerable=False, confidence=i / 100, answered=i >= 30) for i in range(50)]
    outcomes = Outcomes.of(rows)
    risk, roc = curves.risk_coverage(outcomes), curves.roc(outcomes)
    assert risk
    assert roc
    assert risk.in_force in risk.points
    assert risk.points[-1] == (1.0, pytest.approx((34 + 50) / 150))
    assert roc.in_force == (pytest.approx(20 / 50), pytest.approx(70 / 100))
    assert (roc.points[0], roc.points[-1]) == ((0, 0), (1, 1))
    assert curves.roc(Outcomes.of(rows[:100])) is None
    assert sum(group.right.n for group in reliability(outcomes)) == 150
