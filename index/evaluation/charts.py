"""Curves as SVG: where everything stands in the drawing. The template only writes it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.evaluation.curves import Curve, Point
from index.evaluation.measuring import Bin

WIDTH, HEIGHT = 400, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 388, 12, 268

_TOPS = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
_TICKS = 5
_MOST_POINTS = 400


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis, at `at` in the drawing."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Whisker:
    """A dot with the interval around it, and how many cases are behind it; all places are of the drawing."""

    x: float
    y: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of one curve: `line` and `diagonal` are lists of points, `mark` the one at the threshold in force."""

    x_label: str
    y_label: str
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    line: str = ""
    diagonal: str = ""
    mark: Point | None = None
    whiskers: list[Whisker] = field(default_factory=list)

    left, right, top, bottom = _LEFT, _RIGHT, _TOP, _BOTTOM
    width, height = WIDTH, HEIGHT


def risk_coverage(curve: Curve) -> Chart:
    """Draw how many of the answers are wrong, over how many questions are answered."""
    highest = max(y for _, y in curve.points)
    top = next(top for top in _TOPS if top >= highest)
    return Chart(
        "share of questions answered",
        "share of answers that are wrong",
        *_axes(top),
        line=_line(curve.points, top),
        mark=_place(*curve.in_force, top) if curve.in_force else None,
    )


def roc(curve: Curve) -> Chart:
    """Draw how many answerable questions are answered, over how many unanswerable ones."""
    return Chart(
        "share of unanswerable questions answered",
        "share of answerable ones answered",
        *_axes(),
        line=_line(curve.points),
        diagonal=_line([(0, 0), (1, 1)]),
        mark=_place(*curve.in_force) if curve.in_force else None,
    )


def reliability(bins: Sequence[Bin]) -> Chart:
    """Draw how many lead quotes are right, over how sure they were said to be."""
    places = [(_place(bucket.confidence, bucket.right.value), bucket) for bucket in bins]
    return Chart(
        "confidence",
        "share of lead quotes that are right",
        *_axes(),
        diagonal=_line([(0, 0), (1, 1)]),
        line=_line([(bucket.confidence, bucket.right.value) for bucket in bins]),
        whiskers=[
            Whisker(x, y, _place(0, bucket.right.low)[1], _place(0, bucket.right.high)[1], bucket.right.n)
            for (x, y), bucket in places
        ],
    )


def _axes(top: float = 1.0) -> tuple[list[Tick], list[Tick]]:
    steps = [step / _TICKS for step in range(_TICKS + 1)]
    x_ticks = [Tick(_place(step, 0)[0], f"{step:g}") for step in steps]
    return x_ticks, [Tick(_place(0, step * top, top)[1], f"{step * top:.2g}") for step in steps]


def _place(x: float, y: float, top: float = 1.0) -> Point:
    return round(_LEFT + x * (_RIGHT - _LEFT), 1), round(_BOTTOM - y / top * (_BOTTOM - _TOP), 1)


def _line(points: Sequence[Point], top: float = 1.0) -> str:
    """Return points as SVG writes them; of very many only some."""
    step = max(1, len(points) // _MOST_POINTS)
    some = [*points[:-1:step], points[-1]] if points else []
    return " ".join(f"{x},{y}" for x, y in (_place(*point, top) for point in some))
