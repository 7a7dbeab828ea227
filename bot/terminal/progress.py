"""Progress on standard error, for what takes longer than two seconds."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bot.phrasing import duration

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 2.0
"""Seconds after which progress is shown."""

_BETWEEN_LINES = 10.0
"""Seconds between lines if standard error is not a terminal."""


class Bar:
    """Shows the current step with the time left: a bar in a terminal, otherwise a line now and then."""

    def __init__(self) -> None:
        """Show nothing before two seconds have passed."""
        self._started = time.monotonic()
        self._progress: Progress | None = None
        self._step = ""
        self._first: tuple[float, int] | None = None
        self._last_line = self._started

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def step(self, name: str, done: int, total: int) -> None:
        """Show that `done` of `total` of the step `name` is done."""
        now = time.monotonic()
        if name != self._step:
            self._step, self._first = name, None
            if self._progress is not None:
                self._task = self._progress.add_task(name, total=total)
        if self._first is None and done:
            self._first = now, done
        if now - self._started < PATIENCE:
            return
        if sys.stderr.isatty():
            self._draw(name, done, total)
        elif now - self._last_line >= _BETWEEN_LINES:
            self._last_line = now
            self._line(done, total, now)

    def _draw(self, name: str, done: int, total: int) -> None:
        if self._progress is None:
            # most builds end before there is anything to show
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                TimeRemainingColumn(compact=True),
                console=Console(stderr=True),
                transient=True,
            )
            self._progress.start()
            self._task = self._progress.add_task(name, total=total)
        self._progress.update(self._task, completed=done, total=total)

    def _line(self, done: int, total: int, now: float) -> None:
        left = self._left(done, total, now)
        print(f"{self._step}: {100 * done // max(total, 1)} %{left}", file=sys.stderr, flush=True)  # noqa: T201

    def _left(self, done: int, total: int, now: float) -> str:
        """Say what is left at the speed since something was first done: what came before it is not repeated."""
        began, before = self._first or (now, done)
        if done <= before:
            return ""
        return f", about {duration((now - began) * (total - done) / (done - before))} left"
