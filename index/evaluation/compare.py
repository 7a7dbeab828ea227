"""One run beside an earlier one, question by question: what got better, what got worse, and whether it is chance."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ValidationError

from index.errors import QuothError
from index.evaluation.figures import CONFIDENCE, Figure, at_once, bootstrap
from index.evaluation.labelled import Labelled
from index.evaluation.measures import MEASURES
from index.evaluation.measuring import WAYS, Share, Statistic
from index.evaluation.rows import Outcomes, Row

FORMAT = 1
"""Of the JSON that a run is kept in; raised when an older one can no longer be compared with."""

_PERMUTATIONS = 999

Verdict = Literal["better", "worse", "no more than chance", "unchanged", "not tested"]
Places = npt.NDArray[np.int64]


class CompareError(QuothError):
    """The earlier run cannot be compared with."""


class Earlier(BaseModel):
    """What is read of an earlier run: all but the `name` of its file is in it."""

    name: str = ""
    format: Literal[1]
    created: str
    settings: dict[str, Any]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure `before` and `after`, over the questions that both runs share.

    `difference` is after less before; `p` the probability that chance alone makes one as large, adjusted for the
    number of figures that are compared (Benjamini and Hochberg), NaN where it is not tested.
    """

    name: str
    before: float
    after: float
    difference: Figure
    p: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Pair:
    """A question as it went before and as it went now."""

    before: Row
    after: Row


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run beside an earlier one.

    `questions` counts those in both, asked and labelled alike; `left_out` those that are not. `settings` holds those
    that differ, each before and after. `better` and `worse` are the questions that went well in one run alone.
    """

    name: str
    created: str
    questions: int
    left_out: int
    settings: dict[str, tuple[Any, Any]]
    changes: list[Change]
    better: list[Pair]
    worse: list[Pair]


def read(content: bytes, name: str, asked: Iterable[Labelled]) -> Earlier:
    """Return an earlier run from the JSON in the file `name`.

    Raises `CompareError` where it is none, or holds none of the questions that are `asked`.
    """
    try:
        earlier = Earlier.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "its beginning"
        raise CompareError(
            f"{name} is no run that can be compared with ({where}: {first['msg'].lower()}): "
            "name a file that `quoth eval --json` printed."
        ) from error
    if {row.qid for row in earlier.rows}.isdisjoint(question.qid for question in asked):
        raise _strange(name)
    return earlier.model_copy(update={"name": name})


def compare(earlier: Earlier, rows: Sequence[Row], settings: dict[str, Any]) -> Comparison:
    """Hold `rows` against those of an earlier run; raises `CompareError` where they share no question."""
    pairs = _pairs(earlier.rows, rows)
    if not pairs:
        raise _strange(earlier.name)
    before, after = (Outcomes.of([getattr(pair, side) for pair in pairs]) for side in ("before", "after"))
    return Comparison(
        name=earlier.name,
        created=earlier.created,
        questions=len(pairs),
        left_out=len(earlier.rows) + len(rows) - 2 * len(pairs),
        settings=_differing(earlier.settings, settings),
        changes=_changes(before, after),
        better=[pair for pair in pairs if pair.after.is_good and not pair.before.is_good],
        worse=[pair for pair in pairs if pair.before.is_good and not pair.after.is_good],
    )


def _strange(name: str) -> CompareError:
    return CompareError(f"{name} shares no question with this run: compare runs over the same file of questions.")


def _pairs(before: Sequence[Row], after: Sequence[Row]) -> list[Pair]:
    by_qid = {row.qid: row for row in before}
    pairs = [Pair(by_qid[row.qid], row) for row in after if row.qid in by_qid]
    return [pair for pair in pairs if _label(pair.before) == _label(pair.after)]


def _label(row: Row) -> tuple[Any, ...]:
    """Return what must be alike for two outcomes to be about the same question."""
    return row.question, row.history, row.answerable, row.answers, row.sources


def _differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = [*after, *(name for name in before if name not in after)]
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def _changes(before: Outcomes, after: Outcomes) -> list[Change]:
    figures = [(name, way.value(before), way.value(after)) for name, way in WAYS.items()]
    figures = [figure for figure in figures if not math.isnan(figure[1]) and not math.isnan(figure[2])]
    p = _adjusted([_chance(name, before, after) for name, _, _ in figures])
    return [
        Change(name, old, new, _difference(name, before, after), p_of, _verdict(name, new - old, p_of))
        for (name, old, new), p_of in zip(figures, p, strict=True)
    ]


def _chance(name: str, before: Outcomes, after: Outcomes) -> float:
    """Return the probability that chance alone makes a difference as large as this one.

    How long an answer takes is not tested: it says more of what else the machine did.
    """
    way = WAYS[name]
    if name == "time":
        return math.nan
    return _mcnemar(way, before, after) if isinstance(way, Share) else _permuted(way, before, after)


def _mcnemar(way: Share, before: Outcomes, after: Outcomes) -> float:
    """Test by McNemar whether the questions that changed go one way more often than a tossed coin would."""
    from scipy.stats import binomtest

    kind = way.kind(after)
    old, new = way.hits(before)[kind], way.hits(after)[kind]
    gained, lost = int((new & ~old).sum()), int((old & ~new).sum())
    return float(binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0


def _permuted(way: Statistic, before: Outcomes, after: Outcomes) -> float:
    """Test by permutation whether the difference stands out among those where outcomes change places at random.

    The two outcomes of each question do, and nothing else.
    """
    from scipy.stats import permutation_test

    difference, old, new = _paired(way, before, after)
    tested = permutation_test(
        (old, new),
        difference,
        permutation_type="samples",
        n_resamples=_PERMUTATIONS,
        batch=at_once(len(old)),
        vectorized=False,
        rng=0,
    )
    return float(tested.pvalue)


def _paired(way: Share | Statistic, before: Outcomes, after: Outcomes) -> tuple[Callable[..., float], Places, Places]:
    """Return the difference as a function of rows of both runs together, and the rows of each."""
    both = before + after

    def difference(old: npt.NDArray[Any], new: npt.NDArray[Any]) -> float:
        return way.value(both.at(new.astype(np.int64))) - way.value(both.at(old.astype(np.int64)))

    rows = np.arange(len(before))
    return difference, rows, rows + len(before)


def _difference(name: str, before: Outcomes, after: Outcomes) -> Figure:
    difference, old, new = _paired(WAYS[name], before, after)
    return bootstrap(difference, old, new, paired=True)


def _adjusted(p: list[float]) -> list[float]:
    from scipy.stats import false_discovery_control

    tested = [chance for chance in p if not math.isnan(chance)]
    adjusted = iter(false_discovery_control(tested).tolist() if tested else [])
    return [chance if math.isnan(chance) else next(adjusted) for chance in p]


def _verdict(name: str, difference: float, p: float) -> Verdict:
    if math.isnan(p):
        return "not tested"
    if not difference:
        return "unchanged"
    if p > 1 - CONFIDENCE:
        return "no more than chance"
    return "better" if (difference > 0) is MEASURES[name].more_is_better else "worse"
