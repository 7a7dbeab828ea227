"""The stand-in's clock, which tests may move forward instead of waiting."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """Wall-clock time, plus whatever it was moved forward by."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        """Return seconds since 1970."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Move forward: interactions age, nothing is slept through."""
        if seconds < 0:
            raise ValueError(f"A clock cannot go back, and {seconds} is less than 0.")
        self._ahead += seconds


def iso(seconds: float) -> str:
    """Return seconds since 1970 as Discord writes a time."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()
