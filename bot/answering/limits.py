"""How often one person may ask, how much is done for one person at once, and how many questions are taken at once."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar

from bot.localisation.catalogue import mark
from index.errors import QuothError

_SWEPT_AT = 10_000

SHARE = 3
"""Questions and presses of one person that are worked on at once: nobody types or clicks faster for long."""

TYPING_SHARE = 4
"""The same for what is completed while somebody types: each keystroke asks, and the last alone is looked at."""


_counted: ContextVar[ExitStack | None] = ContextVar("counted", default=None)
"""What the current task has of somebody's share, where it was counted as a whole."""


class TooSoonError(QuothError):
    """Somebody asks again before their cooldown is over, or before what they asked last is done."""


class TooManyError(QuothError):
    """As many questions are being answered as are allowed at once."""


class Limits:
    """A cooldown and a share for each person, and a cap on questions at once.

    The share is what keeps one person from using up the cap for all: whatever they do counts against it.
    """

    def __init__(self, cooldown: float, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`cooldown` is in seconds; 0 means none."""
        self._cooldown = cooldown
        self._at_once = at_once
        self._clock = clock
        self._last: dict[int, float] = {}
        self._held: Counter[int] = Counter()
        self._typing: Counter[int] = Counter()
        self._in_progress = 0

    @property
    def in_progress(self) -> int:
        """How many questions are being answered."""
        return self._in_progress

    @contextmanager
    def admitted(self, person: int, *, asks: bool = True) -> Iterator[None]:
        """Admit a question of `person` while the context is open.

        If they do not ask, but press a button or write unasked, no cooldown applies and none begins. Raises
        `TooSoonError` or `TooManyError`, with a message for the asker.
        """
        if asks:
            self._check_cooldown(person)
        with self.share(person):
            if self._in_progress >= self._at_once:
                raise TooManyError(mark("Many people are asking at the moment: please try again in a few seconds."))
            if asks:
                self._note(person)
            self._in_progress += 1
            try:
                yield
            finally:
                self._in_progress -= 1

    def count_current(self, person: int) -> None:
        """Count the current task against the share of a person until it ends; raises `TooSoonError`.

        What it takes of the share besides is not counted again.
        """
        task, held = asyncio.current_task(), ExitStack()
        held.enter_context(self.share(person))
        _counted.set(held)
        if task is not None:
            task.add_done_callback(lambda _: held.close())

    def stop_counting(self) -> None:
        """Count the current task no longer: from now on it waits for what is done once for all, such as a build."""
        held = _counted.get()
        if held is not None:
            held.close()

    @contextmanager
    def share(self, person: int) -> Iterator[None]:
        """Take part of what one person may have done at once, and no more; raises `TooSoonError`."""
        if _counted.get() is not None:
            yield
            return
        if self._held[person] >= SHARE:
            raise TooSoonError(mark("One moment, please: I am still at what you asked for last."))
        with _held(self._held, person):
            yield

    @contextmanager
    def typing(self, person: int) -> Iterator[bool]:
        """Say whether what a person types may be completed now: not where as much is under way as is seen."""
        if self._typing[person] >= TYPING_SHARE:
            yield False
            return
        with _held(self._typing, person):
            yield True

    def _check_cooldown(self, person: int) -> None:
        if person not in self._last:
            return
        left = self._last[person] + self._cooldown - self._clock()
        if left > 0:
            message = mark("One moment, please: you can ask again in {seconds} s.")
            raise TooSoonError(message, seconds=max(round(left), 1))

    def _note(self, person: int) -> None:
        now = self._clock()
        self._last[person] = now
        if len(self._last) > _SWEPT_AT:
            self._last = {other: at for other, at in self._last.items() if now - at < self._cooldown}


@contextmanager
def _held(counter: Counter[int], person: int) -> Iterator[None]:
    counter[person] += 1
    try:
        yield
    finally:
        counter[person] -= 1
        if not counter[person]:
            del counter[person]
