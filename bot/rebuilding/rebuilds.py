"""Rebuilding while the bot runs: the build runs in a process of its own, and a second request joins the first."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.observer import NO_OBSERVER, Observer
from bot.preferences.effective import FIXED_BY
from bot.rebuilding.gaps import ASKING_AGAIN
from bot.rebuilding.processes import started
from bot.settings import Settings, as_environment, variable
from bot.telemetry.labels import Rebuilt
from bot.telemetry.metrics import Metrics
from index.build.builder import BuildReport
from index.errors import BuildError, BusyError, IndexUseError

_log = logging.getLogger(__name__)

_BUSY = "Another build is under way "
"""How the last words of a process begin that has found another one building."""

_REPORT = TypeAdapter(BuildReport)


@dataclass(slots=True)
class Progress:
    """How far a rebuild is in its step; `since` is when the step began (monotonic seconds)."""

    step: str = "starting"
    done: int = 0
    total: int = 1
    since: float = 0.0

    def seconds_left(self) -> float | None:
        """Return how long the rest of the step will take, or None if nothing is done yet."""
        spent = time.monotonic() - self.since
        return spent * (self.total - self.done) / self.done if self.done else None


class Rebuilds:
    """Starts rebuilds, one at a time."""

    def __init__(
        self,
        settings: Settings,
        refresh: Callable[[], Awaitable[None]],
        metrics: Metrics,
        observer: Observer = NO_OBSERVER,
    ) -> None:
        """`refresh` is awaited once a new index is in use, and after each build, even one that has changed nothing.

        `observer` receives the progress and the outcome of each build.
        """
        self._settings = settings
        self._refresh = refresh
        self._metrics = metrics
        self._observer = observer
        self._running: asyncio.Task[BuildReport] | None = None
        self.progress = Progress()

    def start(self) -> asyncio.Task[BuildReport]:
        """Start a rebuild, or join the running one; the task raises `BuildError` if it fails."""
        if self._running is None or self._running.done():
            self.progress = Progress(since=time.monotonic())
            self._running = asyncio.create_task(self._run())
            self._running.add_done_callback(self._tell)
        return self._running

    @property
    def is_running(self) -> bool:
        """Whether a rebuild is under way."""
        return self._running is not None and not self._running.done()

    async def ended(self) -> None:
        """Wait until no rebuild is under way."""
        while self._running is not None and not self._running.done():
            await asyncio.wait({self._running})

    def cancel(self) -> None:
        """Cancel the running rebuild; the index stays as it is."""
        if self._running is not None:
            self._running.cancel()

    def _tell(self, build: asyncio.Task[BuildReport]) -> None:
        self._metrics.rebuilt(_outcome(build))
        if not build.cancelled():
            error = build.exception()
            self._observer.rebuilt(build.result() if error is None else error)

    async def _run(self) -> BuildReport:
        variables = {**os.environ, **_environment(self._settings)}
        process = await started(self._settings, variables, "index", "build", "--progress-json")
        try:
            report, errors = await asyncio.gather(self._follow(process.stdout), _read(process.stderr))
            if await process.wait() or report is None:
                raise _failure(_last_line(errors))
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if report.aside:
            _log.warning("a build was kept aside: it loses canaries", extra={"lost": list(report.lost)})
        try:
            await self._refresh()
        except IndexUseError:  # the one before is another model's: whether the new one is used is still to be decided
            if not report.aside:
                raise
        return report

    async def _follow(self, lines: asyncio.StreamReader | None) -> BuildReport | None:
        report = None
        if lines is None:
            return report
        async for line in whole_lines(lines):
            event = json.loads(line)
            if "report" in event:
                report = _REPORT.validate_python(event["report"])
            else:
                if event["step"] == ASKING_AGAIN != self.progress.step:
                    await self._refresh()  # the new index is in use: nobody waits until all has been asked again
                self._note(event["step"], event["done"], event["total"])
        return report

    def _note(self, step: str, done: int, total: int) -> None:
        if step != self.progress.step:
            self.progress.since = time.monotonic()
        self.progress.step, self.progress.done, self.progress.total = step, done, total
        self._observer.rebuilding(step, done, total)


def _outcome(build: asyncio.Task[BuildReport]) -> Rebuilt:
    if build.cancelled():
        return Rebuilt.BROKEN_OFF
    if build.exception() is not None:
        return Rebuilt.FAILED
    report = build.result()
    return Rebuilt.SWAPPED if report.swapped or report.emptied else Rebuilt.UNCHANGED


async def _read(stream: asyncio.StreamReader | None) -> str:
    return (await stream.read()).decode("utf-8", "replace") if stream is not None else ""


def _last_line(errors: str) -> str:
    lines = errors.strip().splitlines()
    return lines[-1].removeprefix("quoth: ") if lines else ""


def _failure(said: str) -> BuildError:
    """Return why a process has built nothing, by its last words."""
    if said.startswith(_BUSY):
        return BusyError(said)
    return BuildError(said or "The build ended without a word: nothing has changed.")


async def whole_lines(stream: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Yield each complete line as it comes, without the half line of a process that was killed."""
    async for line in stream:
        if line.endswith(b"\n"):
            yield line


def _environment(settings: Settings) -> dict[str, str]:
    """Return the settings for a build, without those at their default that servers set: given, they would be fixed.

    What was asked in vain is asked again as each server wants it answered.
    """
    settable = {field for fields in FIXED_BY.values() for field in fields} - settings.model_fields_set
    left_out = {variable(field) for field in settable}
    return {name: value for name, value in as_environment(settings).items() if name not in left_out}
