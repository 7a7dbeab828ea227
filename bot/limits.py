"""How often one person may ask, and how many questions are taken at once."""

from __future__ import annotations

import time
from collections.abc import Callable

from index.errors import QuothError

_SWEPT_AT = 10_000


class TooSoonError(QuothError):
    """Somebody asks again before their cooldown is over."""


class TooManyError(QuothError):
    """More questions are being answered than are taken at once."""


class Limits:
    """A cooldown for each person, and a cap on questions at once."""

    def __init__(self, cooldown: float, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`cooldown` is in seconds; 0 is none."""
        self._cooldown = cooldown
        self._at_once = at_once
        self._clock = clock
        self._last: dict[int, float] = {}

    def admit(self, person: int, waiting: int) -> None:
        """Take a question of `person` while `waiting` others are being answered.

        Raises `TooSoonError` or `TooManyError` with a message for them.
        """
        now = self._clock()
        left = self._last.get(person, -self._cooldown) + self._cooldown - now
        if left > 0:
            raise TooSoonError(f"One moment, please: you can ask again in {max(round(left), 1)} s.")
        if waiting >= self._at_once:
            raise TooManyError("Many people are asking at the moment: please try again in a few seconds.")
        self._last[person] = now
        if len(self._last) > _SWEPT_AT:
            self._last = {one: at for one, at in self._last.items() if now - at < self._cooldown}
