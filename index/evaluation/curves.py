"""The curves of a run: what would be at every threshold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.evaluation.rows import Outcomes

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """Points (x, y) in order of x, and the one at the threshold in force (None where there is none)."""

    points: list[Point]
    in_force: Point | None


def risk_coverage(outcomes: Outcomes) -> Curve | None:
    """Return the share of answers that are wrong (y) over the share of questions that are answered (x).

    Over the questions of which it is known whether the lead quote is right; one that is unanswerable is answered
    wrongly. None where there is no such question. Geifman and El-Yaniv 2017, arXiv:1705.08500.
    """
    sure, right = outcomes.confidence[outcomes.judged], outcomes.held[outcomes.judged]
    if not len(sure):
        return None
    order = np.argsort(-sure, kind="stable")
    answered = np.arange(1, len(order) + 1)
    risk = np.cumsum(~right[order]) / answered
    ends = np.flatnonzero(np.diff(sure[order], append=-1.0))  # those who are equally sure are answered together
    points = [(float(answered[at] / len(order)), float(risk[at])) for at in ends]
    taken = outcomes.answered[outcomes.judged]
    return Curve(points, (float(taken.mean()), float((~right[taken]).mean())) if taken.any() else None)


def roc(outcomes: Outcomes) -> Curve | None:
    """Return the share of answerable questions answered (y) over that of unanswerable ones (x).

    None where there are none of the one or of the other.
    """
    from sklearn.metrics import roc_curve

    if outcomes.answerable.all() or not outcomes.answerable.any():
        return None
    x, y, _ = roc_curve(outcomes.answerable, outcomes.confidence)
    taken = outcomes.answered
    in_force = float(taken[~outcomes.answerable].mean()), float(taken[outcomes.answerable].mean())
    return Curve(list(zip(x.tolist(), y.tolist(), strict=True)), in_force)
