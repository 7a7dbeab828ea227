"""What is known of the questions of a time, for programs: JSON and CSV."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from typing import Any

from bot.insight.reading import DAY
from bot.insight.records import Group, Insight, Kind, Place

_COLUMNS = (
    "list", "name", "example", "people", "asked", "vain", "open", "liked", "disliked", "trend", "nearest", "shown",
)  # fmt: skip
_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]")  # noqa: RUF001 -- signs that some spreadsheets take for these
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that mean something to a terminal, and nothing to a spreadsheet."""


def as_json(insight: Insight) -> dict[str, Any]:
    """Return everything as values that JSON has."""
    totals = insight.totals
    return {
        "since": moment(insight.since),
        "until": moment(insight.until),
        "asked": totals.asked,
        "answered": totals.answered,
        "refused": totals.refused,
        "liked": totals.liked,
        "disliked": totals.disliked,
        "unasked": totals.unasked,
        "days": [
            {"day": moment(day.day * DAY)[:10], "asked": day.asked, "answered": day.answered} for day in insight.days
        ],
        "groups": {
            kind.value: [_group(group) for group in groups]
            for kind, groups in insight.groups.items()
            if kind is not Kind.UNASKED
        },
        "unasked_groups": [_group(group) for group in insight.groups[Kind.UNASKED]],
        "ungrouped": insight.unread,
    }


def as_csv(insight: Insight) -> str:
    """Return the groups as a table; what a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for kind, groups in insight.groups.items():
        for group in groups:
            row = {"list": str(kind)} | _group(group)
            row |= {name: str(getattr(group, name) or "") for name in ("nearest", "shown")}
            writer.writerow([_harmless(row[column]) for column in _COLUMNS])
    return out.getvalue()


def moment(seconds: float) -> str:
    """Return a time (seconds since 1970) as ISO 8601, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "example": group.example,
        "people": group.people,
        "asked": group.asked,
        "vain": group.vain,
        "open": group.open,
        "liked": group.liked,
        "disliked": group.disliked,
        "trend": group.trend,
        "parts": list(group.parts),
        "nearest": _place(group.nearest),
        "shown": _place(group.shown),
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"source": place.source, "title": place.title, "section": list(place.section)}


def _harmless(value: object) -> object:
    if not isinstance(value, str):
        return value
    value = _CONTROL.sub("", value)
    return f"'{value}" if _FORMULA.match(value) else value
