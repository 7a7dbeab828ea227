"""What is measured: the names of the figures, what they say and which way they should go. Nothing heavy is imported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Measure(NamedTuple):
    """A figure by its `name`: what it says, `of` which questions, and whether more of it is better."""

    name: str
    description: str
    of: str
    more_is_better: bool

    @property
    def direction(self) -> str:
        """Which side of a bar it must be on."""
        return "at least" if self.more_is_better else "at most"

    @property
    def sign(self) -> str:
        """The same as a sign."""
        return "≥" if self.more_is_better else "≤"


MEASURES = {
    measure.name: measure
    for measure in (
        Measure("lead", "lead quote holds the answer", "answerable questions whose answer is given", True),
        Measure("three", "one of three quotes does", "answerable questions whose answer is given", True),
        Measure("shown", "all that is shown does", "answerable questions whose answer is given", True),
        Measure("page", "right document among what is shown", "answerable questions", True),
        Measure("source", "right document quoted first", "answerable questions", True),
        Measure("source-five", "right document in first five", "answerable questions", True),
        Measure("coverage", "answerable ones answered", "answerable questions", True),
        Measure("false-answers", "unanswerable ones answered", "unanswerable questions", False),
        Measure("answered-right", "answered ones that are right", "questions that are answered", True),
        Measure("auc", "AUC, answerable or not", "all questions, by their confidence", True),
        Measure("auc-right", "AUC, lead right or wrong", "all questions, by their confidence", True),
        Measure("calibration", "expected calibration error", "all questions, by their confidence", False),
        Measure("first-length", "median characters of the first quote", "answerable questions", False),
        Measure("length", "median characters shown", "answerable questions", False),
        Measure("time", "median milliseconds", "all questions, one at a time", False),
    )
}
"""All measures by name, in the order in which they are shown."""


class Bar(NamedTuple):
    """What a figure must come to: at least or at most `bound`, whichever is the better side."""

    measure: Measure
    bound: float

    def is_met(self, value: float) -> bool:
        """Tell whether `value` is on the right side; NaN never is."""
        return value >= self.bound if self.measure.more_is_better else value <= self.bound

    def as_text(self, value: float) -> str:
        """Say what the figure came to and what was asked of it."""
        phrase = f"is {value:.4g}" if value == value else "cannot be measured, as there are no such questions"  # noqa: PLR0124 -- NaN is not
        return f"{self.measure.name} {phrase} (bar: {self.measure.direction} {self.bound:g})"


def names(measures: Iterable[Measure], *, more_is_better: bool) -> str:
    """Return the names of those measures that go one way, parted by commas."""
    return ", ".join(measure.name for measure in measures if measure.more_is_better is more_is_better)
