"""Limits on how often one person may ask, and on how many questions are answered at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from index.errors import QuothError

_SWEPT_AT = 10_000


class TooSoonError(QuothError):
    """Somebody asks again before their cooldown is over."""


class TooManyError(QuothError):
    """As many questions are being answered as are allowed at once."""


class Limits:
    """A cooldown for each person, and a cap on questions at once."""

    def __init__(self, cooldown: float, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`cooldown` is in seconds; 0 means none."""
        self._cooldown = cooldown
        self._at_once = at_once
        self._clock = clock
        self._last: dict[int, float] = {}
        self._in_progress = 0

    @property
    def in_progress(self) -> int:
        """How many questions are being answered."""
        return self._in_progress

    @contextmanager
    def admitted(self, person: int | None) -> Iterator[None]:
        """Admit a question while the context is open; `person` is None if no cooldown applies.

        Raises `TooSoonError` or `TooManyError`, with a message for the asker.
        """
        self._check_cooldown(person)
        if self._in_progress >= self._at_once:
            raise TooManyError("Many people are asking at the moment: please try again in a few seconds.")
        if person is not None:
            self._note(person)
        self._in_progress += 1
        try:
            yield
        finally:
            self._in_progress -= 1

    def _check_cooldown(self, person: int | None) -> None:
        if person is None or person not in self._last:
            return
        left = self._last[person] + self._cooldown - self._clock()
        if left > 0:
            raise TooSoonError(f"One moment, please: you can ask again in {max(round(left), 1)} s.")

    def _note(self, person: int) -> None:
        now = self._clock()
        self._last[person] = now
        if len(self._last) > _SWEPT_AT:
            self._last = {one: at for one, at in self._last.items() if now - at < self._cooldown}
