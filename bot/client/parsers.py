"""Guards discord.py's parsers of gateway events against events that they cannot read."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

_log = logging.getLogger(__name__)

_SESSION_EVENTS = frozenset({"READY", "RESUMED"})
"""Events without which there is no session: where one is malformed, the connection is."""


def guard_parsers(parsers: dict[str, Callable[[Any], None]]) -> None:
    """Have a gateway event that discord.py cannot read cost that event: it would end the connection, and the process.

    `parsers` are discord.py's, by the name of the event.
    """
    for event in parsers.keys() - _SESSION_EVENTS:
        parsers[event] = _guarded(event, parsers[event])


def _guarded(event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    def parse_or_log(data: Any) -> None:
        try:
            parse(data)
        except Exception:  # noqa: BLE001 -- whatever can be wrong with what comes over the wire
            _log.exception("an event from Discord could not be read", extra={"event": event})

    return parse_or_log
