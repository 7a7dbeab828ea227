"""Counts who asked the questions of groups, when, and what was shown for them: of those groups that are looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from bot.insight.people import count_people
from bot.insight.reading import Reading, among
from bot.insight.records import Group, Insight, Kind

PARTS = 10
"""Parts of the time in which a group is counted."""


def counted(insight: Insight, reading: Reading, looked_at: Mapping[Kind, slice] | None = None) -> Insight:
    """Return the same with those groups counted that are looked at, by kind (None: all groups).

    `reading` is of the same time and server.
    """
    by_id = {id(group): _counted(group, reading) for group in _uncounted(insight, looked_at)}
    groups = {kind: tuple(by_id.get(id(group), group) for group in some) for kind, some in insight.groups.items()}
    return replace(insight, groups=groups)


def is_counted(insight: Insight, looked_at: Mapping[Kind, slice]) -> bool:
    """Tell whether all groups that are looked at have been counted."""
    return not _uncounted(insight, looked_at)


def _uncounted(insight: Insight, looked_at: Mapping[Kind, slice] | None) -> list[Group]:
    parts = looked_at if looked_at is not None else dict.fromkeys(insight.groups, slice(None))
    listed = {id(group): group for kind, part in parts.items() for group in insight.groups[kind][part]}
    return [group for group in listed.values() if not group.people]


def _counted(group: Group, reading: Reading) -> Group:
    keys = group.wordings
    return replace(
        group, people=count_people(reading, keys), parts=_parts(reading, keys, PARTS), lead=_most_shown(reading, keys)
    )


def _parts(reading: Reading, keys: Sequence[bytes], count: int) -> tuple[int, ...]:
    """Return how often these questions were asked in each of `count` equal parts of the time, oldest first."""
    counts, width = [0] * count, max(reading.until - reading.since, 1.0) / count
    for condition, some in among(keys):
        query = (
            f"SELECT CAST((time - ?) / ? AS INTEGER) AS part, count(*) FROM {reading.questions_by_key} "  # noqa: S608
            f"WHERE {condition} AND time BETWEEN ? AND ? GROUP BY part"
        )
        values = (reading.since, width, *some, reading.since, reading.until)
        for part, number in reading.database.execute(query, values):
            counts[min(max(part, 0), count - 1)] += number
    return tuple(counts)


def _most_shown(reading: Reading, keys: Sequence[bytes]) -> tuple[str, int] | None:
    """Return the source and start of the quote that was shown first most often for the first of these questions."""
    leads: Counter[tuple[str, int]] = Counter()
    for condition, some in islice(among(keys), 1):
        rows = reading.database.execute(
            f"SELECT json_extract(quotes, '$[0][0]'), json_extract(quotes, '$[0][1]') FROM questions "  # noqa: S608
            f"WHERE rowid IN (SELECT rowid FROM {reading.questions} WHERE {condition} LIMIT 1000) AND quotes <> '[]'",
            some,
        )
        leads.update((source, start) for source, start in rows if source is not None)
    return leads.most_common(1)[0][0] if leads else None
