"""How much was asked, day by day and in all."""

from __future__ import annotations

from collections.abc import Sequence

from bot.insight.reading import DAY, Reading
from bot.insight.records import Day, Totals
from bot.insight.unasked import count_of_unasked
from bot.insight.votes import count_of_votes


def days_of(reading: Reading) -> tuple[Day, ...]:
    """Return how much was asked on each day on which something was."""
    if not reading.has("questions"):
        return ()
    query = f"SELECT count(*), coalesce(sum(answered), 0) FROM {reading.questions} WHERE time BETWEEN ? AND ?"  # noqa: S608
    days = []
    for day in range(int(reading.since // DAY), int(reading.until // DAY) + 1):
        begin, end = max(day * DAY, reading.since), min((day + 1) * DAY - 1e-6, reading.until)
        asked, answered = reading.database.execute(query, (begin, end)).fetchone()
        days += [Day(day, asked, answered)] if asked else []
    return tuple(days)


def totals_of(reading: Reading, days: Sequence[Day]) -> Totals:
    """Return how much was asked, liked and disliked."""
    liked, disliked = count_of_votes(reading)
    asked, answered = sum(day.asked for day in days), sum(day.answered for day in days)
    return Totals(asked, answered, liked, disliked, count_of_unasked(reading))
