"""Refreshes connectors while the bot runs, each in a process of its own, and takes what has changed into the index."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import time
from datetime import UTC, datetime

from pydantic import ValidationError

from bot import compose
from bot.connector_status import outcome_of
from bot.rebuilding.processes import started
from bot.rebuilding.rebuilds import Rebuilds
from bot.settings import Settings, as_environment, variable
from index.build.builder import BuildReport
from index.errors import BuildError, ConnectorError, QuothError
from index.library.additions import Additions
from index.library.connectors.state import State

_LOOK = 15.0
"""Seconds between looks at which connectors are due, and whether the file that names them has changed."""

_AGAIN = 600.0
"""Seconds after which a connector whose process has ended without a word is tried again."""

_LATER = 60.0
"""Seconds after which a failed build is tried again, twice as many each time, up to `_AGAIN`: the disk may be full."""

_log = logging.getLogger(__name__)


class Refreshes:
    """Starts runs of connectors, one at a time for each; a second request mostly joins the first."""

    def __init__(self, settings: Settings, rebuilds: Rebuilds, additions: Additions) -> None:
        """Nothing is started before `run` or `refresh`; what was removed from `additions` is forgotten in time."""
        self._settings = settings
        self._additions = additions
        self._rebuilds = rebuilds
        self._running: dict[str, asyncio.Task[State]] = {}
        self._tried: dict[str, float] = {}
        self._following: set[asyncio.Task[None]] = set()
        self._complaint = ""
        self._known: list[str] = []
        """The connectors that were there at the last look."""

        self._owed: float | None = None
        """From when on a build is tried again that was to take something in, until one succeeds."""

        self._pause = _LATER

        self.is_behind = False
        """Whether what was to be taken in last is not in the index that is answered from."""

    async def run(self) -> None:
        """Refresh what is due, for ever, and take in what has changed or is no longer set up."""
        self._known = await asyncio.to_thread(self._roots)
        while True:
            try:
                await self._catch_up()
                await asyncio.to_thread(self._forget_removed)
                await self._look()
                self._complaint = ""
            except (QuothError, OSError) as error:
                if str(error) != self._complaint:
                    _log.error("connectors are not kept up to date", extra={"reason": str(error)})
                self._complaint = str(error)
            await asyncio.sleep(_LOOK)

    def refresh(self, name: str, *, anew: bool = False) -> asyncio.Task[State]:
        """Start a run of a connector, or join the one under way; the task raises `ConnectorError`.

        With `anew`, that one is waited for: it may have begun before the connector was set up as it is.
        """
        running = self._running.get(name)
        if running is None or running.done() or anew:
            self._tried[name] = time.monotonic()
            running = self._running[name] = asyncio.create_task(self._after(running, name))
        return running

    async def take_in(self) -> BuildReport:
        """Build once the build under way has ended, and return the report; raises `BuildError`.

        A build that fails is tried again, until what was to be taken in is in the index.
        """
        await self._rebuilds.ended()
        try:
            report = await asyncio.shield(self._rebuilds.start())
        except BaseException:
            self._owed, self.is_behind = time.monotonic() + self._pause, True
            self._pause = min(2 * self._pause, _AGAIN)
            raise
        self._owed, self._pause, self.is_behind = None, _LATER, report.aside is not None
        return report

    def cancel(self) -> None:
        """Break the runs off; what they have fetched is kept for the next."""
        for task in (*self._following, *self._running.values()):
            task.cancel()

    async def _look(self) -> None:
        for name in await asyncio.to_thread(self._due):
            following = asyncio.create_task(self._follow(name))  # a slow site keeps nobody else waiting
            self._following.add(following)
            following.add_done_callback(self._following.discard)
        before, self._known = self._known, await asyncio.to_thread(self._roots)
        gone, failure = await asyncio.to_thread(self._pruned)
        for name in gone:
            _log.warning("what a connector fetched was removed: no file sets it up any more", extra={"connector": name})
        if gone or set(before) - set(self._known):
            with contextlib.suppress(BuildError):  # which is counted and logged by itself
                await self.take_in()
        if failure is not None:
            raise failure

    def _pruned(self) -> tuple[list[str], ConnectorError | None]:
        """Remove what connectors have fetched that are set up no more; return them, and what kept others from it."""
        gone: list[str] = []
        try:
            gone.extend(compose.connectors(self._settings).prune())
        except ConnectorError as error:
            return gone, error
        return gone, None

    async def _follow(self, name: str) -> None:
        """Refresh a connector, and take in what has changed."""
        try:
            if (await self.refresh(name)).is_news:
                await self.take_in()
        except QuothError as error:
            _log.warning("a connector was not refreshed", extra={"connector": name, "reason": str(error)})

    async def _catch_up(self) -> None:
        """Take in what a build has failed to, once it is time to."""
        if self._owed is not None and time.monotonic() >= self._owed:
            with contextlib.suppress(BuildError):  # as above
                await self.take_in()

    def _forget_removed(self) -> None:
        """Remove for good what was removed more than an hour ago, and can no longer be put back."""
        self._additions.purge()
        compose.connectors(self._settings).removed()

    def _roots(self) -> list[str]:
        return list(compose.connectors(self._settings).roots())

    def _due(self) -> list[str]:
        connectors, now = compose.connectors(self._settings), datetime.now(UTC)
        return [
            name
            for name, connector in connectors.configured().items()
            if connectors.state(name).due(connector.common.every, now)
            and time.monotonic() - self._tried.get(name, -_AGAIN) >= _AGAIN
            and (name not in self._running or self._running[name].done())
        ]

    async def _after(self, running: asyncio.Task[State] | None, name: str) -> State:
        """Refresh a connector once the run under way has ended, which is broken off with this one."""
        if running is not None:
            try:
                await asyncio.wait([running])
            except asyncio.CancelledError:
                running.cancel()
                raise
        return await self._refreshed(name)

    async def _refreshed(self, name: str) -> State:
        process = await started(self._settings, _environment(self._settings), "connector", "refresh", name, "--json")
        try:
            out, err = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        state = _state_in(out, err)
        details = {"connector": name, "outcome": outcome_of(state)}
        _log.log(logging.WARNING if state.error else logging.INFO, "a connector was refreshed", extra=details)
        return state


def _environment(settings: Settings) -> dict[str, str]:
    """Return the variables of a run: without the bot's token, and without keys, of which it needs none."""
    keys = dict.fromkeys((variable("encoder_key"), variable("writer_key"), variable("index")), "")
    return {**os.environ, **as_environment(settings), **keys}


def _state_in(out: bytes, err: bytes) -> State:
    """Return the state that a process printed; raises `ConnectorError` with what it said instead."""
    try:
        return State.model_validate(json.loads(out))
    except (ValueError, ValidationError) as error:
        lines = err.decode("utf-8", "replace").strip().splitlines()
        message = lines[-1].removeprefix("quoth: ") if lines else "The run ended without a word: nothing has changed."
        raise ConnectorError(message) from error
