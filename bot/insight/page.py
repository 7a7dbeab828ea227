"""What is known of the questions of a time, as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Template

from bot.insight.reading import DAY
from bot.insight.records import Day, Group, Insight, Kind
from bot.insight.rows import moment
from bot.insight.text import HEADS, MISSING, people, summary, times
from index.evaluation.page import environment

_TEMPLATE = "page.html.j2"
WIDTH, HEIGHT = 720, 200
_LEFT, _BOTTOM, _TOP = 44, 170, 12
_MOST_BARS = 92
_SPARK = 100, 24


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart of days: what was answered, and above it what was not; all places are of the drawing."""

    x: float
    width: float
    answered: tuple[float, float]
    refused: tuple[float, float]
    summary: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart of days: `ticks` are heights and what they stand for, `first` and `last` the days at its ends."""

    bars: list[Bar]
    ticks: list[tuple[float, str]]
    first: str
    last: str


def page(insight: Insight) -> str:
    """Return the page."""
    return _template().render(
        insight=insight,
        summary=summary(insight),
        chart=chart_of(insight),
        since=moment(insight.since)[:10],
        until=moment(insight.until)[:10],
        lists=[
            (kind, head, insight.groups[kind])
            for kind, head in HEADS.items()
            if insight.groups[kind] or kind is not Kind.UNASKED
        ],
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        bottom=_BOTTOM,
        spark_width=_SPARK[0],
        spark_height=_SPARK[1],
    )


def chart_of(insight: Insight) -> Chart | None:
    """Return the chart of days, or of weeks where there are very many; None where nothing was asked."""
    first, last = int(insight.since // DAY), int(insight.until // DAY)
    step = 1 if last - first < _MOST_BARS else 7
    bins = _binned(insight.days, first, last, step)
    top = max((asked for _, asked, _ in bins), default=0)
    if not top:
        return None
    wide = (WIDTH - _LEFT) / len(bins)
    unit = (_BOTTOM - _TOP) / top
    bars = [
        Bar(
            round(_LEFT + number * wide + 0.1 * wide, 1),
            round(0.8 * wide, 1),
            (round(_BOTTOM - answered * unit, 1), round(answered * unit, 1)),
            (round(_BOTTOM - asked * unit, 1), round((asked - answered) * unit, 1)),
            f"{moment(day * DAY)[:10]}: {asked:,} asked, {answered:,} answered",
        )
        for number, (day, asked, answered) in enumerate(bins)
    ]
    ticks = [(round(_BOTTOM - value * unit, 1), f"{value:,}") for value in sorted({0, top // 2, top})]
    return Chart(bars, ticks, moment(first * DAY)[:10], moment(last * DAY)[:10])


def _binned(days: Sequence[Day], first: int, last: int, step: int) -> list[tuple[int, int, int]]:
    """Return the day that each bin begins with, how much was asked in it, and how much of that was answered."""
    bins = [[day, 0, 0] for day in range(first, last + 1, step)]
    for day in days:
        row = bins[min(max(day.day - first, 0) // step, len(bins) - 1)]
        row[1] += day.asked
        row[2] += day.answered
    return [(row[0], row[1], row[2]) for row in bins]


def spark(parts: Sequence[int]) -> str:
    """Return the points of a little line, as SVG writes them."""
    width, height = _SPARK
    top, step = max(parts, default=0) or 1, width / max(len(parts) - 1, 1)
    return " ".join(f"{x * step:.1f},{height - 2 - part / top * (height - 4):.1f}" for x, part in enumerate(parts))


def share(group: Group, groups: Sequence[Group], kind: Kind) -> float:
    """Return how long the bar of a group is, in percent of the longest of its list."""
    worth = {Kind.VAIN: "open", Kind.DISLIKED: "disliked"}.get(kind, "asked")
    longest = max(1, *(int(getattr(other, worth)) for other in groups))
    return round(100 * int(getattr(group, worth)) / longest, 1)


@lru_cache(maxsize=1)
def _template() -> Template:
    made = environment(Path(__file__).parent)
    made.globals |= {"spark": spark, "share": share, "people": people, "times": times, "missing": MISSING}
    return made.get_template(_TEMPLATE)
