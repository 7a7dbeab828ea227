"""When people last called for the helpers."""

from __future__ import annotations

import time
from collections import OrderedDict

COOLDOWN = 1800.0
"""Seconds that one person waits between two calls for the helpers."""

_REMEMBERED = 10_000


class HelpCalls:
    """When people last called for the helpers: in memory alone."""

    def __init__(self) -> None:
        self._last: OrderedDict[int, float] = OrderedDict()

    def seconds_left(self, person: int) -> float:
        """Return how long a person has to wait."""
        return max(self._last.get(person, -COOLDOWN) + COOLDOWN - time.monotonic(), 0.0)

    def note(self, person: int) -> None:
        """Note that somebody calls now."""
        self._last[person] = time.monotonic()
        self._last.move_to_end(person)
        if len(self._last) > _REMEMBERED:
            self._last.popitem(last=False)

    def forget(self, person: int) -> None:
        """Take a call back that could not be made."""
        self._last.pop(person, None)
