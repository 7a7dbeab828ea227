"""How each measure is taken from the outcomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index.evaluation.figures import Bools, Figure, Floats, auc, bootstrap, calibration, calibration_error, share
from index.evaluation.rows import Outcomes, Row, median

_FIVE = 5


@dataclass(frozen=True, slots=True)
class Share:
    """The share of `hits` among the questions of a kind that does not depend on how they were answered."""

    kind: Callable[[Outcomes], Bools]
    hits: Callable[[Outcomes], Bools]

    def value(self, outcomes: Outcomes) -> float:
        """Return the share; NaN where there is no such question."""
        hits = self.hits(outcomes)[self.kind(outcomes)]
        return float(hits.mean()) if len(hits) else float("nan")

    def figure(self, outcomes: Outcomes) -> Figure:
        """Return the share with its interval."""
        return share(self.hits(outcomes)[self.kind(outcomes)])


@dataclass(frozen=True, slots=True)
class Statistic:
    """Any other figure; `value` is NaN where there is none."""

    value: Callable[[Outcomes], float]
    figure: Callable[[Outcomes], Figure]


def _judged_answerable(outcomes: Outcomes) -> Bools:
    return outcomes.judged & outcomes.answerable


def _answerable(outcomes: Outcomes) -> Bools:
    return outcomes.answerable


def _answered_right(outcomes: Outcomes) -> Bools:
    return outcomes.held[outcomes.judged & outcomes.answered]


def _by_answerable(outcomes: Outcomes) -> tuple[Floats, Floats]:
    return outcomes.confidence[outcomes.answerable], outcomes.confidence[~outcomes.answerable]


def _by_right(outcomes: Outcomes) -> tuple[Floats, Floats]:
    right = outcomes.held[outcomes.judged]
    confidence = outcomes.confidence[outcomes.judged]
    return confidence[right], confidence[~right]


def _share_of(hits: Bools) -> float:
    return float(hits.mean()) if len(hits) else float("nan")


def _auc_figure(positive: Floats, negative: Floats) -> Figure:
    if not len(positive) or not len(negative):
        return Figure(float("nan"), float("nan"), float("nan"), 0)
    return bootstrap(auc, positive, negative)


def _median_figure(values: Floats) -> Figure:
    if not len(values):
        return Figure(float("nan"), float("nan"), float("nan"), 0)
    return bootstrap(median, values)


WAYS: dict[str, Share | Statistic] = {
    "lead": Share(_judged_answerable, lambda o: o.held),
    "three": Share(_judged_answerable, lambda o: o.held_in_three),
    "shown": Share(_judged_answerable, lambda o: o.held_in_shown),
    "page": Share(_answerable, lambda o: o.page_shown),
    "source": Share(_answerable, lambda o: o.rank == 0),
    "source-five": Share(_answerable, lambda o: o.rank < _FIVE),
    "coverage": Share(_answerable, lambda o: o.answered),
    "false-answers": Share(lambda o: ~o.answerable, lambda o: o.answered),
    "answered-right": Statistic(lambda o: _share_of(_answered_right(o)), lambda o: share(_answered_right(o))),
    "auc": Statistic(lambda o: auc(*_by_answerable(o)), lambda o: _auc_figure(*_by_answerable(o))),
    "auc-right": Statistic(lambda o: auc(*_by_right(o)), lambda o: _auc_figure(*_by_right(o))),
    "calibration": Statistic(
        lambda o: calibration_error(o.confidence[o.judged], o.held[o.judged]),
        lambda o: calibration(o.confidence[o.judged], o.held[o.judged]),
    ),
    "first-length": Statistic(
        lambda o: median(o.first_characters[o.answerable]),
        lambda o: _median_figure(o.first_characters[o.answerable]),
    ),
    "length": Statistic(
        lambda o: median(o.characters[o.answerable]), lambda o: _median_figure(o.characters[o.answerable])
    ),
    "time": Statistic(lambda o: median(o.milliseconds), lambda o: bootstrap(median, o.milliseconds)),
}
"""By the names of `measures.MEASURES`."""


def measure(outcomes: Outcomes) -> dict[str, Figure]:
    """Return all figures, by name."""
    return {name: way.figure(outcomes) for name, way in WAYS.items()}


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose confidence is from `low` to below `high`: how many, its mean, and how many are right."""

    low: float
    high: float
    confidence: float
    right: Figure


@dataclass(frozen=True, slots=True)
class Kind:
    """The answerable questions of one kind: whether the first quote holds the answer, and all that are shown."""

    kind: str
    lead: Figure
    shown: Figure
    page: Figure


def by_kind(rows: Sequence[Row]) -> list[Kind]:
    """Return the figures of each kind of question that is named, the most frequent first."""
    counted = Counter(row.kind for row in rows if row.answerable and row.kind)
    return [
        _kind(kind, [row for row in rows if row.answerable and row.kind == kind]) for kind, _ in counted.most_common()
    ]


def _kind(kind: str, rows: Sequence[Row]) -> Kind:
    judged = [row for row in rows if row.held is not None]
    return Kind(
        kind,
        share([bool(row.held) for row in judged]),
        share([bool(row.held_in_shown) for row in judged]),
        share([bool(row.page_shown) for row in rows]),
    )


def reliability(outcomes: Outcomes) -> list[Bin]:
    """Return the bins that have questions in them: the confidence beside the share that is right."""
    from index.evaluation.figures import BINS, places

    sure, right = outcomes.confidence[outcomes.judged], outcomes.held[outcomes.judged]
    of = places(sure)
    return [
        Bin(number / BINS, (number + 1) / BINS, float(sure[of == number].mean()), share(right[of == number]))
        for number in np.unique(of).tolist()
    ]
