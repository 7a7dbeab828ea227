"""The worst misses: what a person should look at first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from index.evaluation.rows import Row

MOST = 12
"""How many of each kind are shown."""


@dataclass(frozen=True, slots=True)
class Misses:
    """Misses of one kind, worst first: at most `MOST` of the `total` there are."""

    total: int
    worst: list[Row]


def wrong(rows: Sequence[Row]) -> Misses:
    """Return answerable questions that were answered by a quote without the answer, the most confident first."""
    missed = [row for row in rows if row.answerable and row.answered and row.held is False]
    return _most(missed, lambda row: -row.confidence)


def false(rows: Sequence[Row]) -> Misses:
    """Return unanswerable questions that were answered, the most confident first."""
    return _most([row for row in rows if not row.answerable and row.answered], lambda row: -row.confidence)


def refused(rows: Sequence[Row]) -> Misses:
    """Return answerable questions that were not answered: first those whose quote held the answer, least sure first."""
    missed = [row for row in rows if row.answerable and not row.answered]
    return _most(missed, lambda row: (not row.held, row.confidence))


def _most(missed: list[Row], order: Callable[[Row], Any]) -> Misses:
    return Misses(len(missed), sorted(missed, key=order)[:MOST])
