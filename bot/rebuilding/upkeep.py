"""Keeps the index up to date while the bot runs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot import compose
from bot.logs import log_failure
from bot.public_errors import KeptAsideError
from bot.rebuilding.rebuilds import Rebuilds
from bot.rebuilding.refresh import check_readable, has_news, is_outdated, must_shed
from bot.rebuilding.watch import watch
from bot.settings import Settings
from index.encode.encoder import Encoder
from index.errors import BusyError, NothingToReadError
from index.store.manifest import Manifest

SMALL = 2000
"""Documents up to which a folder is watched unless the settings say otherwise: each build writes the whole index anew
and reads all of it to check it, so that beyond this a folder in which people write all day would have it build all
day."""

_QUIET = 1.0
"""Seconds without a change after which a build is started: an editor, or a copy, writes in bursts. The build takes some
more to load the model before it looks at the documents, so that what comes meanwhile is taken in, too."""

_AT_LEAST = 3600.0
"""Seconds after which to look again though nothing seems to have changed."""

_AFTER_MIDNIGHT = 5.0
"""Seconds after midnight (UTC) at which to look as well: kept answers lapse with their day."""

_AGAIN = 60.0
"""Seconds after which what could not be taken in is tried again; each further time takes twice as long, up to an hour.
Another build may have been under way, on this machine or another."""

_log = logging.getLogger(__name__)


class Upkeep:
    """Takes in what has changed: when the bot starts, and whenever the documents change where they are watched."""

    def __init__(
        self,
        settings: Settings,
        model: Encoder,
        rebuilds: Rebuilds,
        used: Callable[[], Manifest | None],
        *,
        shared: bool,
    ) -> None:
        """Begin with `run`; `used` returns the manifest of what is answered from, None until there is something.

        `shared` says that other machines build there, too.
        """
        self._settings = settings
        self._model = model
        self._rebuilds = rebuilds
        self._used = used
        self._shared = shared
        self.complaint: Exception | None = None
        """Why the last build failed, or could not begin; None where that is well."""

        self._pause = _AT_LEAST

    async def run(self) -> None:
        """Take in what had changed before the bot started; then watch, where that is wanted, for ever.

        Where it is not, what may not be quoted any more goes all the same. A first build that fails is tried again as
        later ones are: in a while, and at once where the documents change and are watched.
        """
        await self._take_in(self._is_outdated)
        if self._used() is None:
            await self._begin()
        if self._is_watching():
            await self._watch()
        else:
            await self._shed()

    @property
    def has_failed(self) -> bool:
        """Whether the last build failed, or could not begin, though there is something to read."""
        return self.complaint is not None and not isinstance(self.complaint, NothingToReadError)

    def finds_nothing(self, *, emptied: bool) -> bool:
        """Tell whether there is no index for want of documents, and none is being built.

        `emptied` says that there was one until all documents were removed.
        """
        return not (self.has_failed or self._rebuilds.is_running) and (emptied or self.complaint is not None)

    def _is_watching(self) -> bool:
        """Tell whether to watch: by default where the documents are few and no other machine builds as well."""
        if self._settings.watch is not None:
            return self._settings.watch
        used = self._used()
        return not self._shared and (used is None or used.counts.documents <= SMALL)

    async def _begin(self) -> None:
        """Try to build until there is something to answer from, whoever has built it."""
        changed = asyncio.Event()
        watching = asyncio.create_task(self._notice(changed))
        try:
            while self._used() is None:
                await self._until(changed)
                await self._take_in(self._is_missing)
        finally:
            watching.cancel()

    async def _notice(self, changed: asyncio.Event) -> None:
        if self._is_watching():
            await watch(compose.library(self._settings).folders, changed.set)

    async def _shed(self) -> None:
        while True:
            await asyncio.sleep(self._wait())
            await self._take_in(lambda: must_shed(self._settings) or self._is_missing())

    async def _watch(self) -> None:
        changed = asyncio.Event()
        _log.info("watching the documents")
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._notice(changed))
            tasks.create_task(self._take_in_whenever(changed))

    async def _take_in_whenever(self, changed: asyncio.Event) -> None:
        changed.set()  # what changed before the folders were watched
        while True:
            await self._until(changed)
            await self._take_in(self._has_news)

    async def _until(self, changed: asyncio.Event) -> None:
        """Wait until something has changed and nothing does any more, or until it is time to look again."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._wait()):
                await changed.wait()
        while changed.is_set():
            changed.clear()
            await asyncio.sleep(_QUIET)

    def _is_outdated(self) -> bool:
        is_missing = self._is_missing()
        return is_outdated(self._settings, self._model) or is_missing

    def _is_missing(self) -> bool:
        """Tell whether there is nothing to answer from.

        Raises `NothingToReadError` where a build would find nothing, and nothing is to be erased.
        """
        if self._used() is not None:
            return False
        if not must_shed(self._settings):
            check_readable(self._settings)
        return True

    def _has_news(self) -> bool:
        used = self._used()
        return self._is_missing() if used is None else has_news(self._settings, self._model, used)

    def _wait(self) -> float:
        """Return the seconds until the next look, if nothing changes before."""
        now = datetime.now(UTC)
        midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return min(self._pause, (midnight - now).total_seconds() + _AFTER_MIDNIGHT)

    async def _take_in(self, is_needed: Callable[[], bool]) -> None:
        """Build once the build under way has ended, where one is needed then.

        A failure, of whatever kind, is logged once and tried again.
        """
        try:
            await self._rebuilds.ended()
            if await asyncio.to_thread(is_needed):
                report = await asyncio.shield(self._rebuilds.start())
                if report.emptied and report.left_out:  # there is something, which could not be read
                    self.complaint, self._pause = None, _AGAIN
                    return
                if not (report.aside or report.emptied):
                    _log.info("the index was brought up to date", extra={"generation": report.generation})
                elif report.aside and self._used() is None:  # who manages the bot decides: the next would be as well
                    self.complaint, self._pause = KeptAsideError(), _AT_LEAST
                    return
            self.complaint, self._pause = None, _AT_LEAST
        except Exception as error:  # noqa: BLE001 -- whatever it is, the index is to be kept up to date after it
            self._note(error)

    def _note(self, error: Exception) -> None:
        """Note why nothing was taken in, and when to try again."""
        if isinstance(error, BusyError) and self._used() is None:  # what is being built there is turned to
            _log.info("another build is under way: it is waited for")
            self.complaint, self._pause = None, _AGAIN
            return
        found_nothing = isinstance(self.complaint, NothingToReadError)
        if isinstance(error, NothingToReadError) and self._used() is None:
            if not found_nothing:
                _log.warning("there is no document to answer from: what is added is taken in")
        elif found_nothing or str(error) != str(self.complaint):
            log_failure(_log, "changes were not taken in: that is tried again", error)
        self._pause = min(2 * self._pause, _AT_LEAST) if self.complaint is not None else _AGAIN
        self.complaint = error
