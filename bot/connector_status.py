"""The state of the connectors: what each is set up to do, and what its last run came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.access.rules import Rules, seen
from bot.phrasing import count, duration
from index.errors import ConnectorError
from index.library.connectors.connectors import Connectors, why_left
from index.library.connectors.state import State


@dataclass(frozen=True, slots=True)
class ConnectorRow:
    """A connector, its schedule in words, and its last run."""

    name: str
    kind: str
    location: str
    every: str
    state: State

    @property
    def summary(self) -> str:
        """What the last run came to, and when it was."""
        if self.state.ended is None:
            return "has not run yet"
        ago = duration(max(0.0, (datetime.now(UTC) - datetime.fromisoformat(self.state.ended)).total_seconds()))
        return f"{ago} ago: {outcome_of(self.state)}"

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON holds it."""
        fields = {"name": self.name, "kind": self.kind, "location": self.location, "every": self.every}
        return {**fields, **self.state.model_dump(mode="json")}


def rows(connectors: Connectors) -> list[ConnectorRow]:
    """Return all connectors, in the order of their files, and those whose file is missing; raises `ConnectorError`."""
    configured = [
        ConnectorRow(
            name,
            connector.common.kind,
            connector.common.location,
            _every(connector.common.every),
            connectors.state(name),
        )
        for name, connector in connectors.configured().items()
    ]
    return configured + [_left(name, connectors.state(name)) for name in connectors.left()]


def _left(name: str, state: State) -> ConnectorRow:
    """Return a connector whose documents stay, because nobody has said that they shall go."""
    return ConnectorRow(name, "", "", "never", state.model_copy(update={"error": why_left(name)}))


def visible(connectors: Sequence[ConnectorRow], closed: Rules) -> list[ConnectorRow]:
    """Return the connectors without what the rules `closed` govern: neither they nor their documents are named."""
    return [
        replace(row, state=_narrowed(row.name, row.state, closed))
        for row in connectors
        if seen([f"{row.name}/"], closed)
    ]


def rows_or_fault(connectors: Connectors, closed: Rules = ()) -> tuple[list[ConnectorRow], str | None]:
    """Return the connectors that may be seen; where the files that set them up are wrong, none, and what is wrong."""
    try:
        return visible(rows(connectors), closed), None
    except ConnectorError as error:
        return [], str(error)


def outcome_of(state: State) -> str:
    """Return what a run came to, in words."""
    if state.error is not None:
        return f"failed: {state.error}"
    changes = [
        f"{number:,} {what}"
        for number, what in ((state.added, "added"), (state.changed, "changed"), (state.removed, "removed"))
        if number
    ]
    news = f" ({', '.join(changes)})" if changes else ", nothing new"
    left = f", {state.failed:,} left out" if state.failed else ""
    return f"{count(state.documents, 'document')}{news}{left}, in {duration(state.seconds)}"


def _narrowed(name: str, state: State, closed: Rules) -> State:
    open_ones = tuple(failure for failure in state.failures if seen([f"{name}/{failure.name}"], closed))
    return state if not closed else state.model_copy(update={"failures": open_ones, "failed": len(open_ones)})


def _every(every: timedelta | None) -> str:
    if every is None:
        return "never"
    minutes = int(every.total_seconds() // 60)
    for size, unit in ((24 * 60, "d"), (60, "h")):
        if minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"
