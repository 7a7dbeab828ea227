"""Counts who asked the questions of groups, when, and what was shown for them: of those groups that are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.insight.reading import Reading
from bot.insight.records import Group, Insight, Kind

PARTS = 10
"""Parts of the time in which a group is counted."""


def counted(insight: Insight, reading: Reading, looked_at: Mapping[Kind, slice] | None = None) -> Insight:
    """Return the same with those groups counted that are looked at, by kind (None: all groups).

    `reading` is of the same time and server.
    """
    told = {id(group): _counted(group, reading) for group in _uncounted(insight, looked_at)}
    groups = {kind: tuple(told.get(id(group), group) for group in some) for kind, some in insight.groups.items()}
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
    return replace(group, people=reading.people(keys), parts=reading.parts(keys, PARTS), lead=reading.shown(keys))
