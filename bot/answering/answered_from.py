"""Tells other processes on this machine which generation the running bot answers from."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from bot.answering.desk import Desk

_NAME, _LOCK = "answering", "answering.lock"
"""The file in the data folder that names the generation, and the lock that is held for as long as that is true."""

_EVERY = 1.0
"""Seconds between looks at which generation is answered from, which cost nothing."""

_PATIENCE = 1.0
"""Seconds for the lock, which `answered_from` may hold for a moment."""


def answered_from(data: Path) -> str | None:
    """Return the generation that the bot with this data folder answers from: "" for none, None where no bot runs."""
    with contextlib.suppress(OSError):
        if (data / _LOCK).exists():
            try:
                with FileLock(data / _LOCK, timeout=0):
                    return None
            except Timeout:
                return (data / _NAME).read_text("ascii")
    return None


@asynccontextmanager
async def announced(desk: Desk, data: Path) -> AsyncIterator[None]:
    """Have `answered_from` know what `desk` answers from; where nothing can be written, or another bot runs, not."""
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(FileLock(data / _LOCK, timeout=_PATIENCE))
            (data / _NAME).unlink(missing_ok=True)
        except (Timeout, OSError):
            yield
            return
        announcing = asyncio.create_task(_announce(desk, data / _NAME))
        try:
            yield
        finally:
            announcing.cancel()
            await asyncio.gather(announcing, return_exceptions=True)


async def _announce(desk: Desk, file: Path) -> None:
    published, beside = None, file.with_suffix(".new")
    while True:
        held = desk.held
        now = "" if held is None else held.name
        if now != published:
            with contextlib.suppress(OSError):  # tried again, as is all that cannot be written
                beside.write_text(now, "ascii")
                beside.replace(file)
                published = now
        await asyncio.sleep(_EVERY)
